"""Use cases of the visit, from the calendar to its closing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.lines import VisitLine
from channel_desk.domain.record import ContactId, VisitId
from channel_desk.domain.visits import (
    Answer,
    AnswerState,
    ExpectedObjection,
    Participant,
    Phase,
    Visit,
    VisitStatus,
    can_be_next,
)
from channel_desk.errors import UserError
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


def plan_visit(uow: UnitOfWork, visit: Visit) -> VisitId:
    """Put a visit into the calendar; raises ``times_reversed``."""
    _check_times(visit.starts_at, visit.ends_at)
    return VisitId(uow.insert(visit))


def move_visit(uow: UnitOfWork, visit_id: int, *, starts_at: datetime, ends_at: datetime) -> None:
    """Give a visit another time; raises ``times_reversed`` and ``visit_closed``."""
    edit_visit(uow, visit_id, starts_at=starts_at, ends_at=ends_at)


def edit_visit(uow: UnitOfWork, visit_id: int, **changes: object) -> None:
    """Change fields of a visit; raises ``times_reversed``, and ``next_step_over`` for a new day that is over.

    A closed one keeps its time and what closing asks for: raises ``visit_closed``.
    """
    before = uow.get(Visit, visit_id)
    after = replace(before, **changes)  # type: ignore[arg-type]  # checked by the record's table
    _check_times(after.starts_at, after.ends_at)
    is_moved = (after.starts_at, after.ends_at) != (before.starts_at, before.ends_at)
    if (is_moved and not before.is_movable) or (after.status is VisitStatus.CLOSED and after.missing_to_close):
        raise UserError("visit_closed")
    if after.next_step_on != before.next_step_on and not can_be_next(after.next_step_on, uow.clock.today()):
        raise UserError("next_step_over")
    uow.update(Visit, visit_id, **changes)


def set_participants(uow: UnitOfWork, visit_id: int, contact_ids: Collection[int]) -> None:
    """Say who of theirs takes part; raises ``visit_closed`` for one that is closed."""
    _check_unclosed(uow.get(Visit, visit_id))
    present: dict[int, int] = {
        participant.contact_id: participant.id for participant in uow.all(Participant, visit_id=visit_id)
    }
    for contact_id, participant_id in present.items():
        if contact_id not in contact_ids:
            uow.delete(Participant, participant_id)
    for contact_id in contact_ids:
        if contact_id not in present:
            uow.insert(Participant(visit_id=VisitId(visit_id), contact_id=ContactId(contact_id)))


def delete_visit(uow: UnitOfWork, visit_id: int) -> None:
    """Remove a visit with its answers. Promises made in it stay in the file: they were made."""
    for commitment in uow.all(Commitment, visit_id=visit_id):
        uow.update(Commitment, commitment.id, visit_id=None)
    for kind in (Answer, Participant, ExpectedObjection):
        for child in uow.all(kind, visit_id=visit_id):
            uow.delete(kind, child.id)
    uow.delete(Visit, visit_id)


def cancel_visit(uow: UnitOfWork, visit_id: int) -> None:
    """Call a planned visit off; it stays in the file. Raises ``visit_begun``: what has begun is written up."""
    if uow.get(Visit, visit_id).status not in {VisitStatus.PLANNED, VisitStatus.CANCELLED}:
        raise UserError("visit_begun")
    uow.update(Visit, visit_id, status=VisitStatus.CANCELLED)


def start_visit(uow: UnitOfWork, visit_id: int) -> None:
    """Begin a planned visit; begun ones stay as they are."""
    visit = uow.get(Visit, visit_id)
    if visit.status is VisitStatus.PLANNED:
        uow.update(Visit, visit_id, status=VisitStatus.RUNNING, started_at=visit.started_at or uow.now)


def end_talk(uow: UnitOfWork, visit_id: int) -> None:
    """The talk is over, the write-up is not: the visit stays on the to-do list."""
    if uow.get(Visit, visit_id).status in {VisitStatus.PLANNED, VisitStatus.RUNNING}:
        uow.update(Visit, visit_id, status=VisitStatus.HELD)


def answer_item(
    uow: UnitOfWork,
    visit_id: int,
    *,
    code: int,
    state: AnswerState | None = None,
    value: str = "",
    note: str = "",
) -> None:
    """Store the answer to one checklist item; an empty one takes the answer back. Raises ``visit_closed``.

    Answering something of the talk begins the visit.
    """
    visit = uow.get(Visit, visit_id)
    _check_open(visit)
    if visit.status is VisitStatus.PLANNED and Phase.of_code(code) is not Phase.BEFORE:
        start_visit(uow, visit_id)
    found = uow.all(Answer, visit_id=visit_id, code=code)
    answer = Answer(visit_id=VisitId(visit_id), code=code, state=state, value=value, note=note, answered_at=uow.now)
    if not found:
        if answer.is_answered:
            uow.insert(answer)
    elif answer.is_answered:
        uow.update(Answer, found[0].id, state=state, value=value, note=note, answered_at=uow.now)
    else:
        uow.delete(Answer, found[0].id)


def keep_place(uow: UnitOfWork, visit_id: int, code: int | None) -> None:
    """Remember the item where the wizard goes on."""
    uow.update(Visit, visit_id, current_code=code)


def set_objections(uow: UnitOfWork, visit_id: int, objections: Sequence[ExpectedObjection]) -> None:
    """Replace the prepared objections; those with an id are changed in place. Raises ``visit_closed``."""
    _check_unclosed(uow.get(Visit, visit_id))
    present = {objection.id: objection for objection in uow.all(ExpectedObjection, visit_id=visit_id)}
    kept = {objection.id for objection in objections}
    for objection_id in present:
        if objection_id not in kept:
            uow.delete(ExpectedObjection, objection_id)
    for position, objection in enumerate(objections):
        placed = replace(objection, visit_id=VisitId(visit_id), position=position)
        if placed.id in present:
            values = {name: getattr(placed, name) for name in ("kind", "they_say", "ask_first", "answer", "bring")}
            uow.update(
                ExpectedObjection,
                placed.id,
                **values,
                raised=placed.raised,
                overcome=placed.overcome,
                position=position,
            )
        else:
            uow.insert(placed)


def close_visit(uow: UnitOfWork, visit_id: int) -> None:
    """Close a visit; needs a verdict with its reason and a next step or an explicit none (``visit_not_closable``).

    Raises ``visit_closed`` for one that is closed or called off.
    """
    visit = uow.get(Visit, visit_id)
    _check_open(visit)
    if visit.missing_to_close:
        raise UserError("visit_not_closable")
    uow.update(Visit, visit_id, status=VisitStatus.CLOSED, closed_at=uow.now, started_at=visit.started_at or uow.now)


def reopen_visit(uow: UnitOfWork, visit_id: int) -> None:
    """Open a closed or cancelled visit again."""
    visit = uow.get(Visit, visit_id)
    if not visit.is_open:
        began = visit.started_at is not None
        uow.update(Visit, visit_id, status=VisitStatus.HELD if began else VisitStatus.PLANNED, closed_at=None)


def visits_between(reader: Reader, start: datetime, end: datetime) -> tuple[VisitLine, ...]:
    """The calendar of ``[start, end)``; one statement."""
    from channel_desk.storage.queries import tagged

    return tagged.visits_between(reader, start, end)


def next_visit(reader: Reader) -> VisitLine | None:
    """The visit that runs or comes next."""
    from channel_desk.storage.queries import tagged

    return tagged.next_visit(reader, reader.clock.now())


def unwritten_visits(reader: Reader, *, limit: int = -1) -> tuple[VisitLine, ...]:
    """Visits that are over or begun but not closed, the last to end first, at most ``limit`` (-1: all)."""
    from channel_desk.storage.queries import tagged

    return tagged.unwritten_visits(reader, reader.clock.now(), limit=limit)


def count_unwritten(reader: Reader, *, most: int) -> int:
    """How many visits are over or begun but not closed, counted up to ``most``."""
    from channel_desk.storage.queries import tagged

    return tagged.count_unwritten(reader, reader.clock.now(), most=most)


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise UserError("times_reversed")


def _check_unclosed(visit: Visit) -> None:
    """A closed visit says who was there and what was objected; one that was called off may be prepared again."""
    if visit.status is VisitStatus.CLOSED:
        raise UserError("visit_closed")


def _check_open(visit: Visit) -> None:
    if not visit.is_open:
        raise UserError("visit_closed")
