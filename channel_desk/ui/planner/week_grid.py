"""The hours of the week: seven columns with the visits as chips on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.overlaps import overlapped
from channel_desk.i18n import Language
from channel_desk.presentation.calendar import MINUTES_A_DAY, SNAP_MINUTES, Placed, place_days, slots_of
from channel_desk.presentation.full_days import FullDay, fold
from channel_desk.presentation.planner import ChipText
from channel_desk.presentation.visit_span import Span, snap
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.calendar_view import CalendarView
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.week_head import HOURS_WIDTH
from channel_desk.ui.theme.theme import Theme

HOUR = 60
_GAP = 3
#: The narrowest that visits beside each other become: what a few characters of a name need.
_LANE = 36
#: Above the first hour.
ABOVE = 8
#: The last time of a day where the frame stands.
_LAST = MINUTES_A_DAY - 30


class WeekGrid(CalendarView):
    """All hours of the day, so that a visit is seen, planned and dragged at any of them; those outside the working day
    stand on another ground.
    """

    #: An arrow has put the frame here, perhaps out of sight.
    framed = Signal(QRect)

    COMPACT = False

    def __init__(self, theme: Theme, language: Language, zone: tzinfo, parent: QWidget) -> None:
        super().__init__(theme, language, zone, parent)
        self._days: tuple[date, ...] = ()
        self._working = (8, 19)
        #: The visits that there is room for, with their times.
        self._placed: tuple[Placed, ...] = ()
        #: The time of day, in minutes, at which the earliest visit of the week begins.
        self.first_minute = MINUTES_A_DAY
        self._ghost_conflict = False
        self._frame_seen = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self.y_of(MINUTES_A_DAY) + ABOVE)
        self.setAccessibleName(language.tr("Week calendar"))

    # -- content -----------------------------------------------------------------------------------------------------

    def show_week(
        self,
        days: tuple[date, ...],
        lines: Sequence[VisitLine],
        texts: Mapping[int, ChipText],
        *,
        now: datetime,
        working: tuple[int, int],
    ) -> None:
        """Show ``lines`` on ``days``; the working day is from the first to the second of the ``working`` hours."""
        turned = days != self._days
        if turned:
            self._framed_minutes = (working[0] + 1) * 60
        self._days, self._working = days, working
        self._show(lines, texts, now)
        if turned and self._frame_seen and self.hasFocus():
            self._come_to_visit()

    @override
    def _fits(self) -> int:
        return max(2, int((self._column_width() - 2 * _GAP) / _LANE))

    @override
    def _fill(self) -> None:
        by_day = place_days(self._lines.values(), self._days, self._zone)
        starts = (one.slot.start for placed in by_day.values() for one in placed)
        self.first_minute = min(starts, default=MINUTES_A_DAY)
        self._placed = ()
        for day, placed in by_day.items():
            fit, bundles = fold(placed, self._most)
            self._placed += tuple(fit)
            for one in fit:
                self._put(one.line, partial(self._box, one))
            for bundle in bundles:
                full = FullDay(day, tuple(one.line for one in placed), tuple(one.line for one in bundle))
                self._put_more(full, partial(self._corner, bundle[0]))

    def tick(self, now: datetime) -> None:
        """Move the now-line."""
        self._now = now
        self.update()

    # -- geometry ----------------------------------------------------------------------------------------------------

    def _column_width(self) -> float:
        return (self.width() - HOURS_WIDTH) / 7

    def y_of(self, minutes: int) -> int:
        """The height of a time of day."""
        return ABOVE + minutes * HOUR // 60

    def _minutes_at(self, y: float) -> int:
        return min(max(0, int((y - ABOVE) * 60 / HOUR)), MINUTES_A_DAY - 1)

    def _box(self, placed: Placed) -> QRect:
        width = self._column_width()
        column = self._days.index(placed.slot.day)
        room = width - 2 * _GAP
        lane = room / placed.lanes
        left = HOURS_WIDTH + column * width + _GAP + placed.lane * lane
        top = self.y_of(placed.slot.start)
        height = max(18, self.y_of(placed.slot.end) - top - 1)
        return QRect(int(left), top, int(lane) - (2 if placed.lanes > 1 else 0), height)

    def _corner(self, placed: Placed) -> QPoint:
        return self._box(placed).topLeft()

    @override
    def _day_box(self, day: date) -> QRect:
        top = min((button.y() for button in self._more if button.full.day == day), default=0)
        width = self._column_width()
        return QRect(int(HOURS_WIDTH + self._days.index(day) * width), top, int(width), HOUR)

    # -- painting ----------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        width = self._column_width()
        begins, ends = (self.y_of(hour * 60) for hour in self._working)
        for number, day in enumerate(self._days):
            column = QRectF(HOURS_WIDTH + number * width, 0, width, self.height())
            painter.fillRect(column, self._theme.colour("sunken"))
            if day.weekday() < 5:
                column.setTop(begins)
                column.setBottom(ends)
                painter.fillRect(column, self._theme.colour("surface"))
        painter.setFont(self._theme.font("hour"))
        for hour in range(25):
            y = self.y_of(hour * 60)
            painter.setPen(QPen(self._theme.colour("hairline"), 1))
            painter.drawLine(HOURS_WIDTH, y, self.width(), y)
            painter.setPen(self._theme.colour("ink-3"))
            label = QRectF(0, y - 8, HOURS_WIDTH - 8, 16)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{hour}:00")
        painter.setPen(QPen(self._theme.colour("hairline"), 1))
        for number in range(7):
            x = int(HOURS_WIDTH + number * width)
            painter.drawLine(x, 0, x, self.height())
        self._paint_now(painter, width)
        self._paint_frame(painter)
        self._paint_ghost(painter)
        painter.end()

    def _paint_now(self, painter: QPainter, width: float) -> None:
        if self._now is None or self._today not in self._days:
            return
        local = self._now.astimezone(self._zone)
        minutes = local.hour * 60 + local.minute
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = HOURS_WIDTH + self._days.index(self._today) * width
        y = self.y_of(minutes)
        painter.setPen(QPen(self._theme.colour("danger-mark"), 2))
        painter.drawLine(int(left), y, int(left + width), y)
        painter.setBrush(self._theme.colour("danger-mark"))
        painter.drawEllipse(QPoint(int(left), y), 4, 4)

    def _paint_frame(self, painter: QPainter) -> None:
        if not (self._frame_seen and self.hasFocus()):
            return
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in self._frame_boxes():
            painter.drawRoundedRect(box, 6, 6)

    def _paint_ghost(self, painter: QPainter) -> None:
        if self._ghost is None:
            return
        local = [one.astimezone(self._zone) for one in (self._ghost.starts_at, self._ghost.ends_at)]
        words = self._language.formats.time_range(*local)
        if self._ghost_conflict:
            words = self._language.tr("{times}, overlaps", times=words)
        mark = "warning-mark" if self._ghost_conflict else "accent"
        painter.setBrush(self._theme.colour("surface"))
        painter.setFont(self._theme.font("secondary"))
        line = painter.fontMetrics().lineSpacing()
        for box in self._ghost_boxes():
            painter.setPen(QPen(self._theme.colour(mark), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(self._theme.colour("ink"))
            in_sight = box & QRectF(self.visibleRegion().boundingRect())
            room = in_sight.adjusted(8, 4, -4, -2)
            if room.height() < line:  # of a quarter of an hour: its words have all of it, and lean out a little
                lying = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
                painter.drawText(in_sight.adjusted(8, 0, -4, 0), lying, words)
            else:
                painter.drawText(room, 0, f"{words}\n{self._ghost_name}" if room.height() >= 2 * line + 6 else words)

    # -- what is painted anew: not the whole grid, which may hold many visits ------------------------------------------

    @override
    def _frame_boxes(self) -> list[QRectF]:
        if self._framed_day not in self._days:
            return []
        width, column = self._column_width(), self._days.index(self._framed_day)
        top = self.y_of(self._framed_minutes)
        height = min(HOUR, self.y_of(MINUTES_A_DAY) - top)
        return [QRectF(HOURS_WIDTH + column * width + 2, top, width - 4, height)]

    @override
    def _ghost_boxes(self) -> list[QRectF]:
        """Where a dragged visit would lie, on each of its days."""
        if self._ghost is None:
            return []
        width, slots = self._column_width(), slots_of(self._ghost.starts_at, self._ghost.ends_at, self._zone)
        return [
            QRectF(
                HOURS_WIDTH + self._days.index(slot.day) * width + _GAP,
                self.y_of(slot.start),
                width - 2 * _GAP,
                self.y_of(slot.end) - self.y_of(slot.start),
            )
            for slot in slots
            if slot.day in self._days
        ]

    # -- dragging ----------------------------------------------------------------------------------------------------

    @override
    def _dragged_to(self, chip: VisitChip, way: QPoint, edge: int) -> Span:
        span = Span.of(self._lines[chip.visit_id])
        local = span.starts_at.astimezone(self._zone)
        minutes = way.y() * 60 / HOUR
        if edge == 0:
            columns = round(way.x() / self._column_width())
            # One that began before the week stays where it is while only its time is changed.
            day = self._in_week(local.date() + timedelta(days=columns)) if columns else local.date()
            start = max(0, min(MINUTES_A_DAY - SNAP_MINUTES, snap(local.hour * 60 + local.minute + minutes)))
            ghost = span.moved_to(day, start, self._zone)
        elif edge > 0:
            end = span.ends_at.astimezone(self._zone)
            ghost = span.ending_at(end.date(), end.hour * 60 + end.minute + minutes, self._zone)
        else:
            start = snap(local.hour * 60 + local.minute + minutes)
            ghost = span.beginning_at(local.date(), start, self._zone)
        self._ghost_conflict = (
            overlapped(self._lines.values(), chip.visit_id, starts_at=ghost.starts_at, ends_at=ghost.ends_at)
            is not None
        )
        return ghost

    @override
    def _stepped(self, span: Span, days: int, rows: int) -> Span:
        return span.shifted(self._zone, days=days, minutes=SNAP_MINUTES * rows)

    def _in_week(self, day: date) -> date:
        return min(max(day, self._days[0]), self._days[-1])

    # -- empty places --------------------------------------------------------------------------------------------------

    @property
    @override
    def framed_day(self) -> date | None:
        return self._framed_day if self._frame_seen else None

    @override
    def _frame_visit(self, span: Span) -> None:
        slots = slots_of(span.starts_at, span.ends_at, self._zone)
        slot = next((slot for slot in slots if slot.day in self._days), None)
        if slot is not None:
            self._frame_seen = True
            self.frame(slot.day, slot.start)

    @override
    def take_keyboard(self) -> None:
        super().take_keyboard()
        self._frame_seen = True
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by key sees the frame at once."""
        super().focusInEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._frame_seen = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self.update()

    def _time_at(self, point: QPoint) -> tuple[date, int] | None:
        """The day and the half hour of a place."""
        if point.x() < HOURS_WIDTH or not self._days:
            return None
        column = min(6, int((point.x() - HOURS_WIDTH) / self._column_width()))
        return self._days[column], self._minutes_at(point.y()) // 30 * 30

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = self._time_at(event.position().toPoint())
        if where is not None:
            self._frame_seen = True
            self.frame(*where)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        where = self._time_at(event.position().toPoint())
        if where is not None:
            self.create_wanted.emit(*where)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._framed_day in self._days:
            self.create_wanted.emit(self._framed_day, self._framed_minutes)
            return
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -30),
            Qt.Key.Key_Down: (0, 30),
        }
        if event.modifiers() or Qt.Key(key) not in ways or not self._days:
            super().keyPressEvent(event)
            return
        across, down = ways[Qt.Key(key)]
        self._step(across, down)

    def _step(self, across: int, down: int) -> None:
        """To the time beside the frame; to the visit that lies there, for below it nobody would see the frame."""
        here = next((chip.visit_id for chip in self._chips if chip.hasFocus()), None)
        below = self._framed_minutes + down
        if down > 0:
            ends = (one.slot.end for one in self._on(self._framed_day) if one.line.visit.id == here)
            below = next(ends, below)
        self._come_from_visit()
        self._frame_seen = True
        self.frame(self._in_week(self._framed_day + timedelta(days=across)), max(0, min(_LAST, below)))
        if not self._come_to_visit():
            self.framed.emit(self._frame_boxes()[0].toAlignedRect())

    def _come_to_visit(self) -> bool:
        """Put the keyboard on the visit that lies at the frame; False where none does."""
        slots, time = self._on(self._framed_day), self._framed_minutes
        visit_id = next((one.line.visit.id for one in slots if one.slot.start <= time < one.slot.end), None)
        if visit_id is not None:
            self.focus_visit(visit_id)
        return visit_id is not None

    def _on(self, day: date) -> Iterator[Placed]:
        return (one for one in self._placed if one.slot.day == day)
