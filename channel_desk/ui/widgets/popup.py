"""A small sheet that opens below what was pressed and goes when one clicks elsewhere."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.corners import cut_corners, round_off

_GAP: Final = 4


class Popup(QFrame):
    """``body`` takes the content. Esc and a click elsewhere close it; ``closed`` tells. The focus goes back."""

    closed = Signal()

    def __init__(self, theme: Theme, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self._theme = theme
        self._anchor = anchor
        round_off(self)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)

    def open_below(self) -> None:
        """Open below the anchor, at its left edge; above it where the screen ends."""
        self.resize(self.sizeHint())  # adjustSize would make a short list 100 pixels high
        size, anchor = self.size(), self._anchor
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + _GAP))
        room = anchor.screen().availableGeometry()
        if corner.y() + size.height() > room.bottom():
            corner.setY(max(anchor.mapToGlobal(QPoint(0, 0)).y() - _GAP - size.height(), room.top()))
        corner.setX(max(min(corner.x(), room.right() - size.width()), room.left()))
        self.move(corner)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut_corners(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        drawing.box(
            QPainter(self),
            self.rect(),
            fill=self._theme.colour("surface"),
            edge=self._theme.colour("hairline-strong"),
            radius=drawing.CARD,
        )
