"""Use cases of promises, ours and theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction
from channel_desk.domain.lines import CommitmentLine
from channel_desk.domain.quantities import is_below_zero
from channel_desk.domain.record import CommitmentId
from channel_desk.errors import UserError
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


#: Days of a promise on which something has happened; it is due on days to come.
_HAPPENED: Final = ("promised_on", "fulfilled_on", "approved_on")


def promise(uow: UnitOfWork, commitment: Commitment) -> CommitmentId:
    """Write a promise down; raises ``promise_empty``, ``approver_missing``, ``below_zero`` and ``day_to_come``."""
    for code in commitment.missing:
        raise UserError(code)
    _check(uow, vars(commitment))
    return CommitmentId(uow.insert(commitment))


def edit_commitment(uow: UnitOfWork, commitment_id: int, **changes: object) -> None:
    """Change a promise's fields; raises ``promise_empty``, ``approver_missing``, ``proof_missing``, ``reason_missing``.

    What was missing before, in data from elsewhere, may go on missing. Raises ``below_zero``, and ``day_to_come`` for
    what cannot have happened yet.
    """
    before = uow.get(Commitment, commitment_id)
    after = replace(before, **changes)  # type: ignore[arg-type]  # checked by the record's table
    for code in after.missing:
        if code not in before.missing:
            raise UserError(code)
    _check(uow, {name: value for name, value in changes.items() if value != getattr(before, name)})
    uow.update(Commitment, commitment_id, **changes)


def _check(uow: UnitOfWork, values: Mapping[str, object]) -> None:
    if is_below_zero(values):
        raise UserError("below_zero")
    today = uow.clock.today()
    if any(isinstance(day := values.get(name), date) and day > today for name in _HAPPENED):
        raise UserError("day_to_come")


def fulfil_commitment(uow: UnitOfWork, commitment_id: int, *, on: date, note: str) -> None:
    """Say that a promise was kept; a date and a proof or note are needed (``proof_missing``)."""
    _become(uow, commitment_id, CommitmentStatus.FULFILLED, fulfilled_on=on, outcome_note=note.strip())


def withdraw_commitment(uow: UnitOfWork, commitment_id: int, *, note: str) -> None:
    """Take a promise back, with the reason (``reason_missing``)."""
    _become(uow, commitment_id, CommitmentStatus.WITHDRAWN, outcome_note=note.strip())


def dispute_commitment(uow: UnitOfWork, commitment_id: int, *, note: str) -> None:
    """Say that the two sides remember differently, and how (``reason_missing``)."""
    _become(uow, commitment_id, CommitmentStatus.DISPUTED, outcome_note=note.strip())


def reopen_commitment(uow: UnitOfWork, commitment_id: int) -> None:
    """Take a fulfilment, withdrawal or dispute back."""
    _become(uow, commitment_id, CommitmentStatus.OPEN, fulfilled_on=None, outcome_note="")


def _become(uow: UnitOfWork, commitment_id: int, status: CommitmentStatus, **changes: object) -> None:
    """Give a promise another status; raises ``promise_over`` for one that it cannot have next."""
    if status not in uow.get(Commitment, commitment_id).next_statuses:
        raise UserError("promise_over")
    edit_commitment(uow, commitment_id, status=status, **changes)


def approve_commitment(uow: UnitOfWork, commitment_id: int, *, by: str, on: date) -> None:
    """Record who allowed a promise of ours (``approver_missing``); ``promise_over`` where nothing is left to allow."""
    if not uow.get(Commitment, commitment_id).can_be_approved:
        raise UserError("promise_over")
    edit_commitment(uow, commitment_id, authority=Authority.APPROVED, approved_by=by.strip(), approved_on=on)


def delete_commitment(uow: UnitOfWork, commitment_id: int) -> None:
    """Remove a promise that was entered by mistake."""
    uow.delete(Commitment, commitment_id)


def open_commitments(
    reader: Reader, direction: Direction | None = None, *, limit: int = -1
) -> tuple[CommitmentLine, ...]:
    """What is still pending, by urgency, at most ``limit`` (-1: all); one statement."""
    from channel_desk.storage.queries.tagged import commitment_lines

    return commitment_lines(reader, direction=direction, limit=limit)


def count_open(reader: Reader, *, most: int) -> dict[Direction, int]:
    """How many are still pending on each side, counted up to ``most``; one statement."""
    from channel_desk.storage.queries.tagged import count_pending

    return count_pending(reader, most=most)
