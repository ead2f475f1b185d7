"""What an import is busy with, and what went wrong with it and can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.progress_row import ProgressRow
from channel_desk.ui.widgets.states import ErrorStrip


class Strips(QWidget):
    """Takes no room while there is nothing to say. ``cancelled``: what is under way is not wanted any more."""

    cancelled = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._repair: Callable[[], object] | None = None
        self.error = ErrorStrip(ctx.theme)
        self.error.acted.connect(self._mend)
        self.busy = ProgressRow(ctx.theme, "", cancel=ctx.tr("Cancel"))
        self.busy.cancelled.connect(self.cancelled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._error_place, self._busy_place = (self._inset(strip) for strip in (self.error, self.busy))
        for place in (self._error_place, self._busy_place):
            layout.addWidget(place)

    def _inset(self, strip: QWidget) -> QWidget:
        place = QWidget(self)
        inside = QVBoxLayout(place)
        inside.setContentsMargins(24, 12, 24, 12)
        inside.addWidget(strip)
        place.hide()
        return place

    def say_busy(self, text: str, *, stoppable: bool = False) -> None:
        """Say what is under way; an empty text: nothing."""
        self.busy.set_text(text)
        self.busy.cancel.setVisible(stoppable)
        self.busy.set_progress(0, 1)
        self._busy_place.setVisible(bool(text))

    def say_error(self, error: UserError, action: str, repair: Callable[[], object]) -> None:
        """Say what went wrong, with a button ``action`` for what can be done about it."""
        self._repair = repair
        self.error.set_text(self._ctx.feedback.sentence(error), action)
        self._error_place.show()

    def take_back_error(self) -> None:
        self._error_place.hide()

    def _mend(self) -> None:
        if self._repair is not None:
            self._repair()
