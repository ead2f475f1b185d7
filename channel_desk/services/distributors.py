"""Use cases of the distributor file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from channel_desk.domain.commitments import Commitment, urgency
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import STATUSES_WITH_REASON, Distributor, Status
from channel_desk.domain.lines import DistributorFile
from channel_desk.domain.one_line import in_one_line
from channel_desk.domain.quantities import is_below_zero
from channel_desk.domain.record import ContactId, DistributorId, Record
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Participant, Visit
from channel_desk.errors import UserError
from channel_desk.services.training import delete_session
from channel_desk.services.visits import delete_visit
from channel_desk.storage.queries.distributor_list import DistributorLine, list_rows
from channel_desk.storage.queries.existing import ids_called
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


def create_distributor(uow: UnitOfWork, distributor: Distributor) -> DistributorId:
    """Store a new file. Raises ``name_missing``, ``code_taken``, ``below_zero`` and ``reason_missing``."""
    _check_name(distributor.name)
    _check_quantities(vars(distributor))
    _check_code(uow, distributor.code, but=None)
    _check_reason(distributor)
    return DistributorId(uow.insert(distributor))


def namesakes(reader: Reader, name: str) -> tuple[DistributorLine, ...]:
    """The distributors that are called ``name`` already; two companies may share a name, but mostly they are one."""
    return list_rows(reader.raw, ids_called(reader, name), clock=reader.clock)


def edit_distributor(uow: UnitOfWork, distributor_id: int, **changes: object) -> None:
    """Change fields of the card; raises ``name_missing``, ``code_taken``, ``below_zero``, ``reason_missing``."""
    _check_quantities(changes)
    if "name" in changes:
        _check_name(str(changes["name"]))
    if "code" in changes:
        _check_code(uow, str(changes["code"]), but=distributor_id)
    if changes.keys() & {"status", "status_reason"}:
        before = uow.get(Distributor, distributor_id)
        changes = with_own_reason(before, changes)
        _check_reason(replace(before, **changes))  # type: ignore[arg-type]  # checked by the table
    uow.update(Distributor, distributor_id, **changes)


def with_own_reason(record: Distributor, changes: Mapping[str, object]) -> dict[str, object]:
    """``changes`` of ``record``; of a new status the old reason says nothing."""
    is_new = changes.get("status", record.status) is not record.status
    return {"status_reason": "", **changes} if is_new else dict(changes)


def change_status(uow: UnitOfWork, distributor_id: int, *, status: Status, reason: str = "") -> None:
    """Move a distributor through its life-cycle; suspending and ending need a reason (``reason_missing``)."""
    edit_distributor(uow, distributor_id, status=status, status_reason=reason)


def confirm_profile(uow: UnitOfWork, distributor_id: int) -> None:
    """Say that the profile card is still true today."""
    uow.update(Distributor, distributor_id, confirmed_on=uow.clock.today())


def note_down(uow: UnitOfWork, distributor_id: int, line: str) -> None:
    """Put ``line`` on top of the note; what stood there before stays below it."""
    before = uow.get(Distributor, distributor_id).note
    edit_distributor(uow, distributor_id, note="\n".join(part for part in (line, before) if part))


def delete_distributor(uow: UnitOfWork, distributor_id: int) -> None:
    """Remove a file with everything in it; one step, so one Undo brings all of it back."""
    for session in uow.all(TrainingSession, distributor_id=distributor_id):
        delete_session(uow, session.id)
    for commitment in uow.all(Commitment, distributor_id=distributor_id):
        uow.delete(Commitment, commitment.id)
    for visit in uow.all(Visit, distributor_id=distributor_id):
        delete_visit(uow, visit.id)
    for contact in uow.all(Contact, distributor_id=distributor_id):
        uow.delete(Contact, contact.id)
    uow.delete(Distributor, distributor_id)


def add_contact(uow: UnitOfWork, contact: Contact) -> ContactId:
    """Add a person below those that are there; raises ``name_missing``."""
    _check_name(contact.name)
    last = max((one.position for one in uow.all(Contact, distributor_id=contact.distributor_id)), default=-1)
    return ContactId(uow.insert(replace(contact, position=last + 1)))


def edit_contact(uow: UnitOfWork, contact_id: int, **changes: object) -> None:
    """Change a person's fields; raises ``name_missing``."""
    if "name" in changes:
        _check_name(str(changes["name"]))
    uow.update(Contact, contact_id, **changes)


def delete_contact(uow: UnitOfWork, contact_id: int) -> None:
    """Remove a person, also from the visits they took part in."""
    for participant in uow.all(Participant, contact_id=contact_id):
        uow.delete(Participant, participant.id)
    uow.delete(Contact, contact_id)


def open_file(reader: Reader, distributor_id: int) -> DistributorFile:
    """The whole file; five statements whatever its size. Raises ``record_gone``."""
    return DistributorFile(
        distributor=reader.get(Distributor, distributor_id),
        contacts=reader.all(Contact, distributor_id=distributor_id, order=("position", "id")),
        commitments=tuple(sorted(reader.all(Commitment, distributor_id=distributor_id), key=urgency)),
        visits=reader.all(Visit, distributor_id=distributor_id, order="starts_at", descending=True),
        sessions=reader.all(TrainingSession, distributor_id=distributor_id, order="starts_at", descending=True),
    )


def find_subject(reader: Reader, kind: type[Record], record_id: int) -> tuple[Record, Distributor] | None:
    """A distributor or something of one, with the distributor; None where it is gone."""
    record = reader.find(kind, record_id)
    if record is None or isinstance(record, Distributor):
        return None if record is None else (record, record)
    distributor = reader.find(Distributor, getattr(record, "distributor_id"))  # noqa: B009 - of the kinds that have one
    return None if distributor is None else (record, distributor)


def _check_name(name: str) -> None:
    if not name.strip():
        raise UserError("name_missing")


def _check_quantities(values: Mapping[str, object]) -> None:
    if is_below_zero(values):
        raise UserError("below_zero")


def _check_reason(distributor: Distributor) -> None:
    if distributor.status in STATUSES_WITH_REASON and not distributor.status_reason.strip():
        raise UserError("reason_missing")


def _check_code(uow: UnitOfWork, code: str, *, but: int | None) -> None:
    code = in_one_line(code)
    if not code:
        return
    for other in uow.all(Distributor, code=code, limit=2):
        if other.id != but:
            raise UserError("code_taken", code=code, name=other.name)
