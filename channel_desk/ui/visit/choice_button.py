"""The buttons that answer a question, each with the digit that does the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import PaintedButton
from channel_desk.ui.widgets.key_cap import cap_width, paint_cap

_HEIGHT: Final = 28
_PADDING: Final = 8
_GAP: Final = 8
_ARROWS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class ChoiceButton(PaintedButton):
    """A choice with its digit; filled while it is the answer."""

    def __init__(self, theme: Theme, text: str, *, digit: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = text
        self._digit = "" if digit is None else str(digit)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    @override
    def nextCheckState(self) -> None:
        """The answer decides what is checked, not the click."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # they move in the checklist
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("body-strong")).horizontalAdvance(self._words)
        cap = cap_width(self._theme, self._digit) + _GAP if self._digit else 0
        return QSize(max(cap + words + 2 * _PADDING, _HEIGHT), _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, chosen = self._theme, self.isChecked()
        fill = "accent-fill" if chosen else "hover" if self._is_hot else "surface"
        edge = None if chosen else theme.colour("hairline-strong")
        drawing.box(painter, self.rect(), fill=theme.colour(fill), edge=edge, radius=self.RADIUS)
        colour = "accent-fill-text" if chosen else "ink" if self.isEnabled() else "ink-3"
        left = _PADDING
        if self._digit:
            cap = QRect(left, 0, 18, self.height())
            paint_cap(painter, theme, self._digit, cap, colour="accent-fill-text" if chosen else "ink-3")
            left += cap_width(theme, self._digit) + _GAP
        painter.setFont(theme.font("body-strong"))
        painter.setPen(theme.colour(colour))
        if self._digit:
            place = QRect(left, 0, self.width() - left, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
