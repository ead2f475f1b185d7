"""Boxes to check, each with its word."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_SIDE: Final = 16
_GAP: Final = 8
#: The width that is asked for at least; longer words end with an ellipsis.
_LEAST: Final = 120


def paint_check(painter: QPainter, theme: Theme, square: QRect, *, state: Qt.CheckState, enabled: bool = True) -> None:
    """A check box of 16 pixels in the middle of ``square``."""
    corner = square.center() - QRect(0, 0, _SIDE, _SIDE).center()
    place = QRect(corner.x(), corner.y(), _SIDE, _SIDE)
    if state is Qt.CheckState.Unchecked:
        edge = theme.colour("edge" if enabled else "hairline-strong")
        drawing.box(painter, place, fill=theme.colour("surface"), edge=edge, radius=drawing.BADGE)
        return
    drawing.box(painter, place, fill=theme.colour("accent-fill" if enabled else "edge"), radius=drawing.BADGE)
    sign = "check" if state is Qt.CheckState.Checked else "minus"
    drawing.icon(painter, theme, sign, place, colour="accent-fill-text", size=12)


class Checkbox(QCheckBox):
    """A check box; ``name`` is read aloud where no word stands beside it."""

    def __init__(self, theme: Theme, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        self.setFont(theme.font("body"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("body")).horizontalAdvance(self._words)
        return QSize(4 + _SIDE + ((_GAP + words) if self._words else 0), 24)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(_LEAST, 24))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._words:
            drawing.set_tip(self, self._words if self.width() < self.sizeHint().width() else "")

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        square = QRect(2, (self.height() - _SIDE) // 2, _SIDE, _SIDE)
        paint_check(painter, theme, square, state=self.checkState(), enabled=self.isEnabled())
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink-3"))
        place = self.rect().adjusted(2 + _SIDE + _GAP, 0, 0, 0)
        words = drawing.elided(painter.fontMetrics(), self._words, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if self.hasFocus():
            around = QRect(0, (self.height() - 20) // 2, 20, 20)
            drawing.box(painter, around, edge=theme.colour("accent"), radius=6, width=2)
