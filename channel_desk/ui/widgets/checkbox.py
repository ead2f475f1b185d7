"""Boxes to check and dots to choose, each with its word."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

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


def _paint_words(painter: QPainter, theme: Theme, widget: QWidget, text: str) -> None:
    painter.setFont(theme.font("body"))
    painter.setPen(theme.colour("ink" if widget.isEnabled() else "ink-3"))
    place = widget.rect().adjusted(2 + _SIDE + _GAP, 0, 0, 0)
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    if widget.hasFocus():
        square = QRect(0, (widget.height() - 20) // 2, 20, 20)
        drawing.box(painter, square, edge=theme.colour("accent"), radius=6, width=2)


def _size(theme: Theme, text: str) -> QSize:
    words = QFontMetrics(theme.font("body")).horizontalAdvance(text)
    return QSize(4 + _SIDE + ((_GAP + words) if text else 0), 24)


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
        return _size(self._theme, self._words)

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
        painter = QPainter(self)
        square = QRect(2, (self.height() - _SIDE) // 2, _SIDE, _SIDE)
        paint_check(painter, self._theme, square, state=self.checkState(), enabled=self.isEnabled())
        _paint_words(painter, self._theme, self, self._words)


class RadioButton(QRadioButton):
    """One of several that exclude each other."""

    def __init__(self, theme: Theme, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setFont(theme.font("body"))

    @override
    def sizeHint(self) -> QSize:
        return _size(self._theme, self._words)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(2 + _SIDE / 2, self.height() / 2)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-fill" if self.isEnabled() else "edge"))
            painter.drawEllipse(middle, _SIDE / 2, _SIDE / 2)
            painter.setBrush(theme.colour("accent-fill-text"))
            painter.drawEllipse(middle, 3, 3)
        else:
            painter.setPen(QPen(theme.colour("edge" if self.isEnabled() else "hairline-strong"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawEllipse(middle, 7.5, 7.5)
        _paint_words(painter, theme, self, self._words)
