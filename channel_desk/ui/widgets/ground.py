"""Plain areas filled with one colour of the theme."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing


class Ground(QFrame):
    """An area of the colour ``fill``, with an edge and round corners where asked for."""

    def __init__(
        self, theme: Theme, fill: str = "surface", *, edge: str = "", radius: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fill = fill
        self._edge = edge
        self._radius = radius

    def set_fill(self, fill: str) -> None:
        self._fill = fill
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill = self._theme.colour(self._fill)
        if not self._edge and not self._radius:
            painter.fillRect(event.rect(), fill)
            return
        edge = self._theme.colour(self._edge) if self._edge else None
        drawing.box(painter, self.rect(), fill=fill, edge=edge, radius=self._radius)
