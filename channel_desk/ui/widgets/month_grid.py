"""One month of days to choose from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from channel_desk.i18n import Language
from channel_desk.presentation.calendar_days import in_month, month_weeks
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_CELL: Final = QSize(32, 26)
_HEAD: Final = 26
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class MonthGrid(QWidget):
    """Weeks from Monday. Arrows move by day and week, Page Up and Down by month, Enter chooses, letters are ``typed``.

    ``marked`` days (festivals) are red; today has an outline, ``day`` is filled.
    """

    chosen = Signal(date)
    month_shown = Signal(date)
    typed = Signal(str)

    def __init__(self, theme: Theme, language: Language, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._today = today
        self._day = today
        self._marked: frozenset[date] = frozenset()
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.show_day(today)

    @property
    def day(self) -> date:
        """The day the next Enter chooses."""
        return self._day

    def show_day(self, day: date) -> None:
        """Go to ``day`` and show its month."""
        self._day = day
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(self._language.formats.day_full(day))
        self.month_shown.emit(day)
        self.update()

    def turn(self, months: int) -> None:
        """Show a later or, below zero, an earlier month."""
        if 2 < self._day.year < 9998:
            self.show_day(in_month(self._day, months))

    def set_marked(self, days: frozenset[date]) -> None:
        self._marked = days
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(7 * _CELL.width(), _HEAD + len(month_weeks(self._day)) * _CELL.height())

    def _cells(self) -> dict[date, QRect]:
        cells = {}
        for row, week in enumerate(month_weeks(self._day)):
            for column, day in enumerate(week):
                if day.month == self._day.month:
                    corner = QPoint(column * _CELL.width(), _HEAD + row * _CELL.height())
                    cells[day] = QRect(corner, _CELL)
        return cells

    def _day_at(self, place: QPoint) -> date | None:
        return next((day for day, rect in self._cells().items() if rect.contains(place)), None)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._day_at(event.position().toPoint())
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.show_day(day)
            self.chosen.emit(day)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.show_day(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key is Qt.Key.Key_PageDown else -1)
        elif key in (*ENTER, Qt.Key.Key_Space):
            self.chosen.emit(self._day)
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("ink-3"))
        for column, day in enumerate(month_weeks(self._day)[0]):
            head = QRect(column * _CELL.width(), 0, _CELL.width(), _HEAD)
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, self._letter(day))
        for day, cell in self._cells().items():
            self._paint_day(painter, day, cell)

    def _letter(self, day: date) -> str:
        """One letter for the weekday: M, 一."""
        short = self._language.formats.weekday(day)
        return short[0] if short.isascii() else short[-1]

    def _paint_day(self, painter: QPainter, day: date, cell: QRect) -> None:
        theme = self._theme
        colour = "danger-text" if day in self._marked else "ink"
        if day == self._day:
            drawing.box(painter, cell, fill=theme.colour("accent-fill"), radius=drawing.FIELD)
            colour = "accent-fill-text"
        elif day == self._hovered:
            drawing.box(painter, cell, fill=theme.colour("hover"), radius=drawing.FIELD)
        if day == self._today and day != self._day:
            drawing.box(painter, cell, edge=theme.colour("accent"), radius=drawing.FIELD)
        painter.setFont(theme.font("body-strong" if day == self._day else "secondary"))
        painter.setPen(theme.colour(colour))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
