"""The days over the week: weekday and number, today on accent, the number of the week at the left."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from channel_desk.i18n import Language
from channel_desk.presentation.calendar_days import week_number
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme

#: Width of the hours at the left, shared with the grid below.
HOURS_WIDTH = 52
HEAD = 60


class WeekHead(QWidget):
    """Weekday and number over each column; today on accent."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._days: tuple[date, ...] = ()
        self._today = date.min
        #: The width of the grid below.
        self._over = 0
        self.setFixedHeight(HEAD)

    def show_days(self, days: tuple[date, ...], today: date) -> None:
        self._days, self._today = days, today
        formats = self._language.formats
        self.setAccessibleName(formats.week_range(days[0], days[-1]))
        self.update()

    def stand_over(self, width: int) -> None:
        """Keep the columns over those of a grid of this ``width``, which may have a scroll bar beside it."""
        self._over = width
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        width = (self._over - HOURS_WIDTH) / 7
        hairline = QPen(self._theme.colour("hairline"), 1)
        if self._days:
            painter.setFont(self._theme.font("hour"))
            painter.setPen(self._theme.colour("ink-3"))
            week = self._language.tr("Week {number}", number=week_number(self._days))
            painter.drawText(QRectF(0, 34, HOURS_WIDTH, 18), Qt.AlignmentFlag.AlignCenter, week)
        for number, day in enumerate(self._days):
            left = HOURS_WIDTH + number * width
            painter.setPen(hairline)
            painter.drawLine(int(left), 0, int(left), HEAD)
            painter.setFont(self._theme.font("secondary"))
            painter.setPen(self._theme.colour("ink-2"))
            painter.drawText(QRectF(left + 9, 6, width, 18), 0, self._language.formats.weekday(day))
            painter.setFont(self._theme.font("page-title"))
            text = str(day.day)
            box = QRectF(left + 4, 26, painter.fontMetrics().horizontalAdvance(text) + 12, 26)
            if day == self._today:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent-fill"))
                painter.drawRoundedRect(box, 6, 6)
                painter.setPen(self._theme.colour("accent-fill-text"))
            else:
                painter.setPen(self._theme.colour("ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(hairline)
        painter.drawLine(0, HEAD - 1, self.width(), HEAD - 1)
        painter.end()
