"""What an import is busy with, and what went wrong with it and can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.progress_row import ProgressRow
from channel_desk.ui.widgets.states import ErrorStrip
from channel_desk.ui.widgets.text import Text


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
        self.news = Text(ctx.theme, "", "body", "ink", wrap=True)
        news = Ground(ctx.theme, "accent-tint", radius=6)
        line = QHBoxLayout(news)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(12)
        line.addWidget(Icon(ctx.theme, "arrow-right", "accent"))
        line.addWidget(self.news, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        strips = (news, self.error, self.busy)
        self._news_place, self._error_place, self._busy_place = places = [self._inset(strip) for strip in strips]
        for place in places:
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

    def say_news(self, text: str) -> None:
        """Say what was done and what comes next; an empty text: nothing."""
        self.news.setText(text)
        self._news_place.setVisible(bool(text))

    def say_error(self, error: UserError, action: str, repair: Callable[[], object]) -> None:
        """Say what went wrong, with a button ``action`` for what can be done about it."""
        self._repair = repair
        self.error.set_text(self._ctx.feedback.sentence(error), action)
        self._error_place.show()

    def clear(self) -> None:
        """Say nothing more of what went wrong, and of what was done."""
        self.take_back_error()
        self.say_news("")

    def take_back_error(self) -> None:
        self._error_place.hide()

    def _mend(self) -> None:
        if self._repair is not None:
            self._repair()
