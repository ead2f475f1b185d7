"""The month: weeks of days, each with the visits that fit and how many more there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.i18n import Language
from channel_desk.presentation.calendar import MonthDay, Span, month_days, week_number
from channel_desk.presentation.planner import ChipText
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.full_day import DayList, MoreButton
from channel_desk.ui.theme.theme import Theme

WEEK_WIDTH = 32
HEAD = 32
LINE = 20
_DAY_HEAD = 26


class MonthView(QWidget):
    """A grid of days. Dragging a visit to another day keeps its time."""

    create_wanted = Signal(object, int)
    day_opened = Signal(object)
    visit_picked = Signal(int)
    visit_opened = Signal(int)
    visit_moved = Signal(int, object)
    menu_wanted = Signal(int, QPoint)
    #: The pointer holds no visit any more.
    let_go = Signal()

    def __init__(self, theme: Theme, language: Language, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._zone = zone
        self._day = date.min
        self._today = date.min
        self._starts_on = 0
        self._lines: dict[int, VisitLine] = {}
        self._texts: Mapping[int, ChipText] = {}
        self._weeks: tuple[tuple[MonthDay, ...], ...] = ()
        self._chips: list[tuple[VisitChip, int, int, int]] = []
        self._more: list[tuple[MoreButton, int, int, int]] = []
        #: The visits of a full day, while they are shown.
        self._list: DayList | None = None
        self._picked: int | None = None
        self._target: date | None = None
        self._cursor: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        if self._cursor is None or (day.year, day.month) != (self._day.year, self._day.month):
            self._cursor = day
        self._day, self._starts_on = day, starts_on
        self._today = now.astimezone(self._zone).date()
        self._lines = {line.visit.id: line for line in lines}
        self._texts = texts
        self._fill()

    def _fill(self) -> None:
        """Chips for as many lines a day as the height allows."""
        focused = next((chip.visit_id for chip in self._every_chip() if chip.hasFocus()), None)
        full = next((button.day for button, *_ in self._more if button.hasFocus()), None)
        unfolded = None if self._list is None else self._list.day
        self._take_list_away()
        for widget, *_ in (*self._chips, *self._more):
            widget.hide()
            widget.deleteLater()
        self._chips.clear()
        self._more.clear()
        rows = max(1, int((self._row_height() - _DAY_HEAD - 2) // (LINE + 1)))
        self._weeks = month_days(
            self._lines.values(), self._day, self._zone, starts_on=self._starts_on, most=min(rows, 4)
        )
        for row, week in enumerate(self._weeks):
            for column, cell in enumerate(week):
                for number, line in enumerate(cell.lines):
                    self._chips.append((self._new_chip(line, self), row, column, number))
                if cell.hidden:
                    button = MoreButton(self._theme, self._language, cell.day, cell.more, self)
                    button.clicked.connect(lambda _checked=False, day=cell.day: self.unfold(day))
                    self._more.append((button, row, column, len(cell.lines)))
        self._arrange()
        for widget, *_ in (*self._chips, *self._more):
            widget.show()
        if unfolded is not None and focused is not None:
            self.unfold(unfolded, focused)
        elif focused is not None:
            self.focus_visit(focused)
        elif full is not None:
            self._focus_more(full)
        self.update()

    def _new_chip(self, line: VisitLine, parent: QWidget) -> VisitChip:
        chip = VisitChip(self._theme, self._texts[line.visit.id], compact=True, parent=parent)
        chip.setChecked(line.visit.id == self._picked)
        chip.picked.connect(self._pick)
        chip.opened.connect(self.visit_opened)
        chip.dragged.connect(self._drag)
        chip.dropped.connect(self._drop)
        chip.nudged.connect(self._nudge)
        chip.menu_wanted.connect(self.menu_wanted)
        chip.let_go.connect(self.let_go)
        return chip

    def _every_chip(self) -> list[VisitChip]:
        """Those of the list first: it lies over others of the same visits."""
        return [*(() if self._list is None else self._list.chips), *(chip for chip, *_ in self._chips)]

    @property
    def is_held(self) -> bool:
        """Whether the pointer holds a visit: it has to stay the widget that it is."""
        return any(chip.is_held for chip in self._every_chip())

    def pick(self, visit_id: int | None) -> None:
        """Mark a visit as the current one, without telling anybody."""
        self._picked = visit_id
        for chip in self._every_chip():
            chip.setChecked(chip.visit_id == visit_id)

    def focus_visit(self, visit_id: int) -> None:
        """Put the keyboard on a visit, in the list of its day where it does not fit."""
        for chip in self._every_chip():
            if chip.visit_id == visit_id:
                chip.setFocus()
                return
        for cell in self._cells():
            if any(line.visit.id == visit_id for line in cell.hidden):
                self.unfold(cell.day, visit_id)

    # -- full days -----------------------------------------------------------------------------------------------------

    def unfold(self, day: date, visit_id: int | None = None) -> None:
        """List all visits of a full day, with the keyboard on ``visit_id``, else on the first that does not fit."""
        for row, week in enumerate(self._weeks):
            for column, cell in enumerate(week):
                if cell.day == day and cell.hidden:
                    self._show_list(cell, self._cell(row, column).toRect(), visit_id or cell.hidden[0].visit.id)
                    return
        if visit_id is not None:
            self.focus_visit(visit_id)

    def _show_list(self, cell: MonthDay, box: QRect, visit_id: int) -> None:
        self._take_list_away()
        shown = DayList(self._theme, self._language, cell.day, self)
        shown.closed.connect(self._fold)
        shown.week_wanted.connect(self.day_opened)
        shown.open_over(box, [self._new_chip(line, shown.inside) for line in (*cell.lines, *cell.hidden)])
        self._list = shown
        shown.put_focus(visit_id)

    def _fold(self, by_key: bool) -> None:  # noqa: FBT001 - a signal's argument
        """The list goes; Esc leaves the keyboard where it came from."""
        shown = self._list
        self._take_list_away()
        if by_key and shown is not None:
            self._focus_more(shown.day)

    def _take_list_away(self) -> None:
        shown, self._list = self._list, None
        if shown is not None:
            shown.blockSignals(True)  # noqa: FBT003 - Qt's name
            shown.hide()
            shown.deleteLater()

    def _focus_more(self, day: date) -> None:
        for button, *_ in self._more:
            if button.day == day:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cells(self) -> Iterator[MonthDay]:
        return (cell for week in self._weeks for cell in week)

    def _enter_day(self, day: date) -> None:
        """Put the keyboard on the first visit of a day, or of those that do not fit."""
        for cell in self._cells():
            if cell.day == day and cell.hidden:
                self.unfold(day)
            elif cell.day == day and cell.lines:
                self.focus_visit(cell.lines[0].visit.id)

    # -- geometry ----------------------------------------------------------------------------------------------------

    def _row_height(self) -> float:
        return (self.height() - HEAD) / max(1, len(self._weeks) or 5)

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

    def _arrange(self) -> None:
        for chip, row, column, number in self._chips:
            cell = self._cell(row, column)
            top = int(cell.top()) + _DAY_HEAD + number * (LINE + 1)
            chip.setGeometry(QRect(int(cell.left()) + 3, top, int(cell.width()) - 6, LINE))
        for button, row, column, number in self._more:
            cell = self._cell(row, column)
            button.resize(button.sizeHint())
            button.move(int(cell.left()) + 3, int(cell.top()) + _DAY_HEAD + number * (LINE + 1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._weeks:
            self._fill()

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
        current = self._target or (self._cursor if self.hasFocus() else None)
        if cell.day == current:
            pen = QPen(self._theme.colour("accent"), 2)
            if self._target is not None:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 6, 6)

    # -- pointer and keys ----------------------------------------------------------------------------------------------

    def _pick(self, visit_id: int) -> None:
        self.pick(visit_id)
        self.visit_picked.emit(visit_id)

    def _drag(self, visit_id: int, way: QPoint, edge: int) -> None:
        del edge
        chip = next(chip for chip in self._every_chip() if chip.visit_id == visit_id)
        if not chip.faded:
            chip.faded = True
            chip.update()
        self._aim(self._day_at(chip.mapTo(self, chip.rect().center()) + way))

    def _drop(self, visit_id: int, kept: bool) -> None:  # noqa: FBT001 - a signal's argument
        target = self._target
        self._aim(None)
        for chip in self._every_chip():
            if chip.faded:
                chip.faded = False
                chip.update()
        line = self._lines[visit_id]
        start = line.visit.starts_at.astimezone(self._zone).date()
        if kept and target is not None and target != start:
            self.visit_moved.emit(visit_id, Span.of(line).shifted(self._zone, days=(target - start).days))

    def _aim(self, target: date | None) -> None:
        """The day that a dragged visit would go to."""
        if target != self._target:
            self._paint_anew(self._target, target)
            self._target = target

    def _set_cursor(self, day: date) -> None:
        self._paint_anew(self._cursor, day)
        self._cursor = day

    def _paint_anew(self, *days: date | None) -> None:
        """Not the whole month, which may hold many visits."""
        for row, week in enumerate(self._weeks):
            for column, cell in enumerate(week):
                if cell.day in days:
                    self.update(self._cell(row, column).toAlignedRect())

    def _nudge(self, visit_id: int, days: int, quarters: int, resize: bool) -> None:  # noqa: FBT001 - a signal's argument
        if not resize:
            shift = days + 7 * quarters
            self.visit_moved.emit(visit_id, Span.of(self._lines[visit_id]).shifted(self._zone, days=shift))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self._set_cursor(day)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.create_wanted.emit(day, -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._cursor is not None:
            self.create_wanted.emit(self._cursor, -1)
        elif key == Qt.Key.Key_Space and self._cursor is not None:
            self._enter_day(self._cursor)
        elif key in ways and not event.modifiers() and self._cursor is not None and self._weeks:
            first, last = self._weeks[0][0].day, self._weeks[-1][-1].day
            self._set_cursor(min(max(self._cursor + timedelta(days=ways[key]), first), last))
        else:
            super().keyPressEvent(event)
