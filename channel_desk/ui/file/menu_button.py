"""A value that opens a short menu: the tier and the status in the head of a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_status, paint_tier
from channel_desk.ui.widgets.button import PaintedButton
from channel_desk.ui.widgets.menu import open_menu_at

_MARKS = {"tier": 20, "status": 8}


class MenuButton(PaintedButton):
    """Shows a tier or a status with its word; ``chosen`` gives the value picked from the menu."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        mark: str,
        choices: Sequence[tuple[object, str]],
        *,
        name: str,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._mark = mark
        self._choices = tuple(choices)
        self._name = name
        self._empty = empty
        self._value: object = None
        self.setFont(theme.font("body"))
        self.clicked.connect(self.open)
        self.set_value(None)

    @property
    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        """Show ``value`` without telling anyone."""
        self._value = value
        words = self._words
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(words or str(value or self._empty))
        drawing.set_tip(self, self._name)
        self.updateGeometry()
        self.update()

    def open(self) -> None:
        entries = [(words, partial(self.chosen.emit, value)) for value, words in self._choices]
        open_menu_at(self._theme, self, entries, current=dict(self._choices).get(self._value, ""))

    @property
    def _words(self) -> str:
        if self._value is None:
            return self._empty
        return "" if self._mark == "tier" else dict(self._choices).get(self._value, "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self._words)
        marked = _MARKS[self._mark] + 6 if self._value is not None else 0
        return QSize(4 + marked + words + (6 if words else 0) + 18, 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        if self._is_hot:
            drawing.box(painter, self.rect(), fill=theme.colour("hover"), radius=self.RADIUS)
        left = 4
        if self._value is not None:
            corner = self.rect().adjusted(left, 0, 0, 0)
            if self._mark == "tier":
                paint_tier(painter, theme, str(self._value), corner)
            else:
                paint_status(painter, theme, str(self._value), corner)
            left += _MARKS[self._mark] + 6
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink-3" if self._value is None else "ink"))
        place = self.rect().adjusted(left, 0, -18, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        end = QRect(self.width() - 17, 0, 14, self.height())
        drawing.icon(painter, theme, "chevron-down", end, colour="ink-3", size=14)
