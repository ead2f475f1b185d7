"""Writes what is entered on a file page: at once, silently or with Undo, and with errors where they belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.file.reason_form import ReasonForm
from channel_desk.ui.file.record_edit import RecordEdit
from channel_desk.ui.forms.kept_forms import kept_forms
from channel_desk.ui.widgets.field import TextField

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


class Pen(QObject):
    """One for a page. ``stored`` after each write, with the time; the page then reads anew."""

    stored = Signal(str)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx

    def write(
        self,
        label: str,
        fn: Callable[[UnitOfWork], object],
        *,
        toast: bool = False,
        then: Callable[[], object] | None = None,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """One step named ``label`` (translated). ``toast`` offers Undo; else the time of saving is all that is told."""

        def done(_result: object) -> None:
            if then is not None:
                then()
            self.stored.emit(self._ctx.formats.time(self._ctx.local(self._ctx.clock.now())))

        self._ctx.tasks.write(label, fn, initiator=self, then=done, failed=failed, toast=toast)

    def write_field(self, label: str, fn: Callable[[UnitOfWork], object], edit: RecordEdit, *, before: object) -> None:
        """The new value of ``edit``; when it is refused, the typing stays open and Esc gives ``before`` back.

        Where the edit shows another record by then, or none, the typing waits until its own is shown again.
        """
        about, value = edit.about, edit.value
        if about is None:
            raise ValueError("a value is stored in a record")
        kept, form = kept_forms(self._ctx), edit.keep_until_stored(about)

        def tell(error: UserError) -> bool:
            if edit.about != about:
                return False
            edit.refuse(value, self._ctx.feedback.sentence(error), before=before)
            return True

        self.write(label, fn, then=lambda: kept.settle(about, form), failed=self.complain_in(edit, tell))

    def complain_at(self, place: TextField | ReasonForm) -> Callable[[UserError], None]:
        """What takes a failure: says it at ``place``, as :meth:`complain_in` does."""

        def tell(error: UserError) -> bool:
            place.set_error(self._ctx.feedback.sentence(error))
            return True

        return self.complain_in(place, tell)

    def complain_in(self, place: QWidget, tell: Callable[[UserError], bool]) -> Callable[[UserError], None]:
        """What takes a failure: ``tell`` says it in ``place``, and gives whether it did.

        Where nobody sees it there, because ``place`` was closed or its page left, a message says it.
        """

        def refuse(error: UserError) -> None:
            is_told = shiboken6.isValid(place) and tell(error)
            if not is_told or not place.isVisible():
                self._ctx.feedback.error(error)

        return refuse
