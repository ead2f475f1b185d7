"""The steps a promise can take, as writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from channel_desk.domain.commitments import Commitment, PromiseStep
from channel_desk.services.commitments import (
    approve_commitment,
    delete_commitment,
    dispute_commitment,
    fulfil_commitment,
    reopen_commitment,
    withdraw_commitment,
)

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


def promise_step(step: PromiseStep, commitment: Commitment, text: str, day: date) -> Callable[[UnitOfWork], None]:
    """What a step writes. ``text`` is the proof, the reason or the approver."""
    one = commitment.id
    steps: dict[PromiseStep, Callable[[UnitOfWork], None]] = {
        PromiseStep.FULFIL: lambda uow: fulfil_commitment(uow, one, on=day, note=text),
        PromiseStep.APPROVE: lambda uow: approve_commitment(uow, one, by=text, on=day),
        PromiseStep.WITHDRAW: lambda uow: withdraw_commitment(uow, one, note=text),
        PromiseStep.DISPUTE: lambda uow: dispute_commitment(uow, one, note=text),
        PromiseStep.REOPEN: lambda uow: reopen_commitment(uow, one),
        PromiseStep.DELETE: lambda uow: delete_commitment(uow, one),
    }
    return steps[step]
