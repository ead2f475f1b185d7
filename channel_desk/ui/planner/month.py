"""The month: weeks of days, each with the visits that fit and how many more there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.i18n import Language
from channel_desk.presentation.calendar_days import month_weeks, week_number
from channel_desk.presentation.full_days import FullDay, MonthDay, month_days
from channel_desk.presentation.planner import ChipText
from channel_desk.presentation.visit_span import Span
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.calendar_view import CalendarView
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.theme.theme import Theme

WEEK_WIDTH = 32
HEAD = 32
LINE = 20
_DAY_HEAD = 26
#: Lines of a day, however high it is; the last is "+n" where there are more.
_MOST = 4


class MonthView(CalendarView):
    """A grid of days. A visit that is moved to another day keeps its time."""

    COMPACT = True

    def __init__(self, theme: Theme, language: Language, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(theme, language, zone, parent)
        self._day = date.min
        self._starts_on = 0
        self._weeks: tuple[tuple[MonthDay, ...], ...] = ()
        self._rows = 5
        self.setAccessibleName(language.tr("Month calendar"))

    def show_month(
        self,
        day: date,
        lines: Sequence[VisitLine],
        texts: Mapping[int, ChipText],
        *,
        now: datetime,
        starts_on: int,
    ) -> None:
        """Show the month of ``day``."""
        self._day, self._starts_on = day, starts_on
        self._rows = len(month_weeks(day, starts_on=starts_on))
        self._show(lines, texts, now)

    @override
    def _fits(self) -> int:
        return max(1, min(_MOST, int((self._row_height() - _DAY_HEAD - 2) // (LINE + 1))))

    @override
    def _fill(self) -> None:
        self._weeks = month_days(
            self._lines.values(), self._day, self._zone, starts_on=self._starts_on, most=self._most
        )
        for cell in self._cells():
            for number, line in enumerate(cell.lines):
                self._put(line, partial(self._line_box, cell.day, number))
            if cell.hidden:
                corner = partial(self._corner, cell.day, len(cell.lines))
                self._put_more(FullDay(cell.day, cell.lines + cell.hidden, cell.hidden), corner)

    def _cells(self) -> Iterator[MonthDay]:
        return (cell for week in self._weeks for cell in week)

    def _enter_day(self, day: date) -> None:
        """Put the keyboard on the first visit of a day, or of those that do not fit."""
        for cell in self._cells():
            if cell.day == day:
                for line in (cell.hidden or cell.lines)[:1]:
                    self.focus_visit(line.visit.id)

    # -- geometry ----------------------------------------------------------------------------------------------------

    def _row_height(self) -> float:
        return (self.height() - HEAD) / self._rows

    def _column_width(self) -> float:
        return (self.width() - WEEK_WIDTH) / 7

    def _cell(self, row: int, column: int) -> QRectF:
        width, height = self._column_width(), self._row_height()
        return QRectF(WEEK_WIDTH + column * width, HEAD + row * height, width, height)

    def _day_at(self, point: QPoint) -> date | None:
        if point.y() < HEAD or point.x() < WEEK_WIDTH or not self._weeks:
            return None
        row = min(len(self._weeks) - 1, int((point.y() - HEAD) / self._row_height()))
        column = min(6, int((point.x() - WEEK_WIDTH) / self._column_width()))
        return self._weeks[row][column].day

    @override
    def _day_box(self, day: date) -> QRect:
        first = self._weeks[0][0].day
        return self._cell(*divmod((day - first).days, 7)).toRect()

    def _corner(self, day: date, number: int) -> QPoint:
        """Where a line of a day begins."""
        return self._day_box(day).topLeft() + QPoint(3, _DAY_HEAD + number * (LINE + 1))

    def _line_box(self, day: date, number: int) -> QRect:
        return QRect(self._corner(day, number), QSize(int(self._column_width()) - 6, LINE))

    # -- painting ----------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        hairline = QPen(self._theme.colour("hairline"), 1)
        for row, week in enumerate(self._weeks):
            for column, cell in enumerate(week):
                box = self._cell(row, column)
                if box.toAlignedRect().intersects(event.rect()):
                    self._paint_day(painter, box, cell)
            top = int(self._cell(row, 0).top())
            painter.setPen(hairline)
            painter.drawLine(0, top, self.width(), top)
            painter.setPen(self._theme.colour("ink-3"))
            painter.setFont(self._theme.font("hour"))
            number = str(week_number(cell.day for cell in week))
            painter.drawText(QRectF(0, top + 6, WEEK_WIDTH, 16), Qt.AlignmentFlag.AlignHCenter, number)
        painter.setPen(hairline)
        painter.setFont(self._theme.font("secondary"))
        for column in range(7):
            left = int(self._cell(0, column).left())
            painter.setPen(hairline)
            painter.drawLine(left, HEAD, left, self.height())
            if self._weeks:
                painter.setPen(self._theme.colour("ink-2"))
                name = self._language.formats.weekday_long(self._weeks[0][column].day)
                painter.drawText(QRectF(left + 11, 0, self._column_width(), HEAD), Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()

    def _paint_day(self, painter: QPainter, box: QRectF, cell: MonthDay) -> None:
        if cell.day.weekday() >= 5 or not cell.in_month:
            painter.fillRect(box, self._theme.colour("sunken"))
        painter.setFont(self._theme.font("body-strong"))
        formats = self._language.formats
        text = formats.day_short(cell.day) if cell.day.day == 1 else str(cell.day.day)
        name = QRectF(box.left() + 6, box.top() + 4, painter.fontMetrics().horizontalAdvance(text) + 10, 20)
        if cell.day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent-fill"))
            painter.drawRoundedRect(name, 6, 6)
            painter.setPen(self._theme.colour("accent-fill-text"))
        else:
            painter.setPen(self._theme.colour("ink" if cell.in_month else "ink-3"))
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, text)
        target = self._target()
        current = target or (self._framed_day if self.hasFocus() else None)
        if cell.day == current:
            pen = QPen(self._theme.colour("accent"), 2)
            if target is not None:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 6, 6)

    # -- pointer and keys ----------------------------------------------------------------------------------------------

    @override
    def _dragged_to(self, chip: VisitChip, way: QPoint, edge: int) -> Span | None:
        day = self._day_at(chip.mapTo(self, chip.rect().center()) + way)
        span = Span.of(self._lines[chip.visit_id])
        return None if day is None else span.shifted(self._zone, days=(day - self._day_of(span)).days)

    @override
    def _stepped(self, span: Span, days: int, rows: int) -> Span:
        return span.shifted(self._zone, days=days + 7 * rows)

    def _day_of(self, span: Span) -> date:
        return span.starts_at.astimezone(self._zone).date()

    def _target(self) -> date | None:
        """The day that a dragged visit would go to."""
        return None if self._ghost is None else self._day_of(self._ghost)

    @override
    def _ghost_boxes(self) -> Iterator[QRectF]:
        return self._boxes_of(self._target())

    @override
    def _frame_boxes(self) -> Iterator[QRectF]:
        return self._boxes_of(self._framed_day)

    def _boxes_of(self, day: date | None) -> Iterator[QRectF]:
        return (QRectF(self._day_box(cell.day)) for cell in self._cells() if cell.day == day)

    @override
    def _frame_visit(self, span: Span) -> None:
        self.frame(self._day_of(span))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.frame(day)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.create_wanted.emit(day, -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if not self._weeks:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.create_wanted.emit(self._framed_day, -1)
        elif key == Qt.Key.Key_Space:
            self._enter_day(self._framed_day)
        elif key in ways and not event.modifiers():
            self._come_from_visit()
            first, last = self._weeks[0][0].day, self._weeks[-1][-1].day
            self.frame(min(max(self._framed_day + timedelta(days=ways[key]), first), last))
        else:
            super().keyPressEvent(event)
