"""What the steps of a promise ask before they are taken; what each writes is in ``ui/file/promise_steps``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from channel_desk.domain.commitments import Commitment, CommitmentStatus, PromiseStep
from channel_desk.i18n import mark


@dataclass(frozen=True)
class StepQuestion:
    """What a step asks first: for the proof, the approver, the reason; and when, where it ``is_dated``."""

    menu: str
    question: str
    example: str
    confirm: str
    is_dated: bool = False


#: In the order of the menu; the other steps ask nothing.
QUESTIONS: Final[dict[PromiseStep, StepQuestion]] = {
    PromiseStep.FULFIL: StepQuestion(
        mark("Kept…"),
        mark("When was it kept, and what proves it?"),
        mark("Receipt, message, who saw it"),
        mark("Kept"),
        is_dated=True,
    ),
    PromiseStep.APPROVE: StepQuestion(
        mark("Approved…"),
        mark("Who approved it, and when?"),
        mark("For example: Sun Wei"),
        mark("Approved"),
        is_dated=True,
    ),
    PromiseStep.WITHDRAW: StepQuestion(
        mark("Withdraw…"),
        mark("Why is it withdrawn?"),
        mark("For example: no longer wanted"),
        mark("Withdraw"),
    ),
    PromiseStep.DISPUTE: StepQuestion(
        mark("Dispute…"),
        mark("What is disputed?"),
        mark("What each side remembers"),
        mark("Mark as disputed"),
    ),
}


def steps_with_form(commitment: Commitment) -> tuple[PromiseStep, ...]:
    """Those that ask something and that ``commitment`` can take now, in the order of the menu."""
    possible = commitment.next_statuses
    can_take = {
        PromiseStep.FULFIL: CommitmentStatus.FULFILLED in possible,
        PromiseStep.APPROVE: commitment.can_be_approved,
        PromiseStep.WITHDRAW: CommitmentStatus.WITHDRAWN in possible,
        PromiseStep.DISPUTE: CommitmentStatus.DISPUTED in possible,
    }
    return tuple(step for step in QUESTIONS if can_take[step])
