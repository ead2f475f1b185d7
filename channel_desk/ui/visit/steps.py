"""What is stored of a visit beside its answers: each a step of its own with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.errors import UserError
from channel_desk.services.commitments import fulfil_commitment, promise
from channel_desk.services.visits import close_visit, end_talk, reopen_visit
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import kept_forms, step_key

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


class VisitSteps(QObject):
    """Belongs to the page, so that its steps are the page's own: the page hears of them here, once."""

    #: The visit, or what is open beside it, is another one.
    changed = Signal()
    #: The reason why a step was not done.
    refused = Signal(object)
    #: A promise was recorded, or was not: the :class:`Commitment`, the reason.
    promised = Signal(object)
    promise_refused = Signal(object)
    #: The proof of a promise was not taken: the promise's id, the reason.
    proof_refused = Signal(int, object)

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx

    def end_talk(self, visit_id: int) -> None:
        """The talk is over, the writing up begins; nothing is said, for the page shows it."""
        self._write(self._ctx.tr("Talk ended"), lambda uow: end_talk(uow, visit_id), toast=False)

    def close(self, visit_id: int) -> None:
        self._write(self._ctx.tr("Visit closed"), lambda uow: close_visit(uow, visit_id))

    def reopen(self, visit_id: int) -> None:
        """Open a closed or cancelled visit for writing."""
        self._write(self._ctx.tr("Visit opened again"), lambda uow: reopen_visit(uow, visit_id))

    def record(self, commitment: Commitment) -> None:
        """A promise that was made in the visit."""

        def done(_result: object) -> None:
            self.promised.emit(commitment)
            self.changed.emit()

        self._ctx.tasks.write(
            self._ctx.tr("Promise recorded"),
            lambda uow: promise(uow, commitment),
            initiator=self,
            then=done,
            failed=self.promise_refused.emit,
        )

    def fulfil(self, commitment_id: int, proof: str) -> None:
        """A promise was kept today; ``proof`` says what shows it. What was typed of it is not wanted any more then."""
        today = self._ctx.today

        def done() -> None:
            kept_forms(self._ctx).forget(step_key(commitment_id))
            self.changed.emit()

        self._write(
            self._ctx.tr("Promise kept"),
            lambda uow: fulfil_commitment(uow, commitment_id, on=today, note=proof),
            done=done,
            failed=lambda error: self.proof_refused.emit(commitment_id, error),
        )

    def _write(
        self,
        label: str,
        work: Callable[[UnitOfWork], None],
        *,
        done: Callable[[], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        toast: bool = True,
    ) -> None:
        self._ctx.tasks.write(
            label,
            work,
            initiator=self,
            then=lambda _: (done or self.changed.emit)(),
            failed=failed or self.refused.emit,
            toast=toast,
        )
