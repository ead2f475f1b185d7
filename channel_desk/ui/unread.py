"""What a page, or a pane of it, shows that could not be read: why, and a way to try again, until it has come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.widgets.states import ErrorStrip


class UnreadStrip(QWidget):
    """Takes no room while everything has come."""

    def __init__(self, ctx: Context, parent: QWidget, *, margins: tuple[int, int, int, int] = (24, 0, 24, 12)) -> None:
        super().__init__(parent)
        self._ctx = ctx
        #: Made when it is first needed: the window paints before.
        self._strip: ErrorStrip | None = None
        #: What reads it again, by what was read.
        self._again: dict[str, Callable[[], None]] = {}
        self._inset = QVBoxLayout(self)
        self._inset.setContentsMargins(*margins)
        self.hide()

    @property
    def has_keyboard(self) -> bool:
        return self._strip is not None and self._strip.action.hasFocus()

    def take_keyboard(self) -> None:
        if self._strip is not None:
            self._strip.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, key: str, reason: str, again: Callable[[], None]) -> None:
        """``key`` could not be read for ``reason`` (translated)."""
        self._again[key] = again
        if self._strip is None:
            self._strip = ErrorStrip(self._ctx.theme, parent=self)
            self._strip.acted.connect(self._try_again)
            self._inset.addWidget(self._strip)
        self._strip.set_text(reason, self._ctx.tr("Try again"))
        self.show()

    def take_back(self, key: str) -> None:
        """``key`` has come, or nobody wants it any more."""
        self._again.pop(key, None)
        self.setVisible(bool(self._again))

    def take_all_back(self) -> None:
        self._again.clear()
        self.hide()

    def _try_again(self) -> None:
        for again in tuple(self._again.values()):
            again()
