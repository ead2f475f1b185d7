"""A row that can be pressed as a whole, with the mouse and the keyboard."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.pressable import Pressable


class PressRow(Pressable):
    """Holds a layout like any widget; hovered it changes its ground, with the keyboard on it shows the ring inside.

    It keeps ``INSET`` pixels from the edges of its card; ``RADIUS`` is that of its ground.
    """

    INSET: ClassVar = 1
    RADIUS: ClassVar = 0

    def __init__(self, theme: Theme, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A button asks for all of its words; here they end with an ellipsis where the room ends.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = self.rect().adjusted(self.INSET, 0, -self.INSET, 0)
        if self.underMouse():
            drawing.box(painter, place, fill=self._theme.colour("hover"), radius=self.RADIUS)
        if self.hasFocus():
            drawing.box(painter, place, edge=self._theme.colour("accent"), radius=self.RADIUS or 4, width=2)
        painter.end()
