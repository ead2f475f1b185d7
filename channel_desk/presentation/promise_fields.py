"""The fields of a promise that are edited in its file."""

from __future__ import annotations

from typing import Final

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction, Evidence
from channel_desk.i18n import mark
from channel_desk.presentation.file_cards import CardField

#: Every field of a promise that is edited in place; the status has its own steps.
PROMISE: Final[tuple[CardField, ...]] = (
    CardField(name="text", label=mark("What was promised"), kind="multiline"),
    CardField(name="due_on", label=mark("Due"), kind="date", is_ahead=True),
    CardField(name="amount_minor", label=mark("Amount"), kind="money"),
    CardField(name="promised_by", label=mark("Promised by")),
    CardField(name="promised_to", label=mark("Promised to")),
    CardField(name="promised_on", label=mark("Promised on"), kind="date"),
    CardField(name="authority", label=mark("Permission"), kind="choice", choices=tuple(Authority), is_needed=True),
    CardField(name="approved_by", label=mark("Approved by")),
    CardField(name="evidence", label=mark("Evidence"), kind="choice", choices=tuple(Evidence), is_needed=True),
    CardField(name="evidence_note", label=mark("Where the evidence is")),
    CardField(name="fulfilled_on", label=mark("Kept on"), kind="date"),
    CardField(name="outcome_note", label=mark("What came of it"), kind="multiline"),
)


def fields_of(commitment: Commitment) -> tuple[CardField, ...]:
    """The fields that make sense for it: only our promises need somebody's leave, and only a step has an outcome."""
    is_shown = {
        "authority": commitment.direction is Direction.OURS,
        "approved_by": commitment.direction is Direction.OURS,
        "fulfilled_on": commitment.status is CommitmentStatus.FULFILLED,
        "outcome_note": commitment.status is not CommitmentStatus.OPEN or bool(commitment.outcome_note),
    }
    return tuple(one for one in PROMISE if is_shown.get(one.name, True))
