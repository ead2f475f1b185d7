"""An icon that stands beside its word."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing


class Icon(QWidget):
    """An icon that only shows something; its word stands beside it."""

    def __init__(
        self, theme: Theme, name: str, colour: str = "ink-2", size: int = 16, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._colour = colour
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, colour: str = "") -> None:
        self._name = name
        self._colour = colour or self._colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        drawing.icon(QPainter(self), self._theme, self._name, self.rect(), colour=self._colour, size=self._size)
