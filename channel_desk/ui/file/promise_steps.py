"""The steps a promise can take, as writes with their names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from channel_desk.domain.commitments import Commitment
from channel_desk.i18n import mark
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


def promise_step(step: str, commitment: Commitment, text: str, day: date) -> tuple[str, Callable[[UnitOfWork], None]]:
    """The English name of a step for Undo, and what it writes. ``text`` is the proof, the reason or the approver."""
    one = commitment.id
    steps: dict[str, tuple[str, Callable[[UnitOfWork], None]]] = {
        "fulfil": (mark("Promise kept"), lambda uow: fulfil_commitment(uow, one, on=day, note=text)),
        "withdraw": (mark("Promise withdrawn"), lambda uow: withdraw_commitment(uow, one, note=text)),
        "dispute": (mark("Promise disputed"), lambda uow: dispute_commitment(uow, one, note=text)),
        "approve": (mark("Promise approved"), lambda uow: approve_commitment(uow, one, by=text, on=day)),
        "reopen": (mark("Promise open again"), lambda uow: reopen_commitment(uow, one)),
        "delete": (mark("Promise deleted"), lambda uow: delete_commitment(uow, one)),
    }
    return steps[step]
