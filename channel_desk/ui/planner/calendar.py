"""The calendar of the planner: the week or the month, and what to do where there is no visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.presentation.calendar_sheet import WEEK, CalendarSheet
from channel_desk.presentation.planner import ChipTexts
from channel_desk.ui.context import Context
from channel_desk.ui.planner.calendar_view import CalendarView
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.hint import FloatingHint
from channel_desk.ui.planner.month import MonthView
from channel_desk.ui.planner.week import WeekView


class Calendar(QStackedWidget):
    """One of its :attr:`views` is shown."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.week = WeekView(ctx.theme, ctx.language, ctx.clock.zone)
        self.month = MonthView(ctx.theme, ctx.language, ctx.clock.zone)
        self.views: tuple[CalendarView, ...] = (self.week.grid, self.month)
        self.addWidget(self.week)
        self.addWidget(self.month)
        self.frame(ctx.today)
        self.empty = FloatingHint(ctx.theme, ctx.tr("No visits here yet. Double-click a time to plan one."), self)
        self.empty.hide()

    @property
    def view(self) -> CalendarView:
        """The hours of the week or the month, whichever is shown."""
        return self.views[self.currentIndex()]

    def show_sheet(self, sheet: CalendarSheet, lines: Sequence[VisitLine]) -> None:
        """A week or a month with its visits; a keyboard in the other view comes along."""
        ctx, now = self._ctx, self._ctx.clock.now()
        texts = ChipTexts(lines, language=ctx.language, zone=ctx.clock.zone, now=now)
        if sheet.mode == WEEK:
            working = ctx.settings.number("day_starts"), ctx.settings.number("day_ends")
            self.week.show_week(sheet.week, lines, texts, now=now, working=working)
        else:
            self.month.show_month(sheet.day, lines, texts, now=now, starts_on=sheet.starts_on)
        index = 0 if sheet.mode == WEEK else 1
        comes_along = self.has_keyboard and index != self.currentIndex()
        if comes_along:
            self.setFocus()  # else Qt puts it on any visit of the view that comes
        self.setCurrentIndex(index)
        if comes_along:
            self.view.take_keyboard()
        self.empty.setVisible(not lines)
        self.empty.raise_()

    def frame(self, day: date) -> None:
        """Put the frame of the keyboard on a day."""
        for view in self.views:
            view.frame(day)

    def pick(self, visit_id: int | None) -> None:
        """Mark a visit as the current one."""
        for view in self.views:
            view.pick(visit_id)

    @property
    def has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @property
    def focused_visit(self) -> int | None:
        """The visit that has the keyboard."""
        focused = QApplication.focusWidget()
        return focused.visit_id if isinstance(focused, VisitChip) and self.isAncestorOf(focused) else None
