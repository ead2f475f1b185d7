"""The steps of a promise that ask something first."""

from __future__ import annotations

from channel_desk.domain.commitments import Commitment, CommitmentStatus


def steps_with_form(commitment: Commitment) -> tuple[str, ...]:
    """Those that ``commitment`` can take now, in the order of the menu: for the proof, the approver, the reason."""
    possible = commitment.next_statuses
    steps = (
        ("fulfil", CommitmentStatus.FULFILLED in possible),
        ("approve", commitment.can_be_approved),
        ("withdraw", CommitmentStatus.WITHDRAWN in possible),
        ("dispute", CommitmentStatus.DISPUTED in possible),
    )
    return tuple(step for step, is_possible in steps if is_possible)
