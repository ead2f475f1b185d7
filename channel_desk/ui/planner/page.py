"""The planner: week and month of visits; everything by pointer and by key, each with Undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import VisitLine
from channel_desk.domain.overlaps import overlapped
from channel_desk.domain.record import Record
from channel_desk.domain.visits import Participant, Visit
from channel_desk.presentation.calendar_sheet import MONTH, WEEK
from channel_desk.presentation.visit_span import Span, moment
from channel_desk.services.visits import visits_between
from channel_desk.storage.unit_of_work import ChangeSet
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import About, Typing, kept_forms
from channel_desk.ui.forms.plan_soon import gap_on, visit_length
from channel_desk.ui.handed_on import hand_on
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.planner.calendar import Calendar
from channel_desk.ui.planner.changes import VisitChanges
from channel_desk.ui.planner.details import VisitPane
from channel_desk.ui.planner.head import PlannerHead
from channel_desk.ui.planner.open_sheet import OpenSheet, open_sheet
from channel_desk.ui.planner.opening import PaneOpening
from channel_desk.ui.planner.visit_details import VisitDetails, read_details
from channel_desk.ui.planner.visit_menu import menu_of
from channel_desk.ui.widgets.menu import open_menu

#: What a new visit is kept under that was left half typed.
_NEW: Final = About("planner", "new visit")


class PlannerPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Visit, Participant, Distributor, Contact)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._sheet, self._picked, begun = open_sheet(ctx)
        self._lines: dict[int, VisitLine] = {}
        self._focus_after = self._picked
        #: The visit that had the keyboard when a new one was begun.
        self._came_from: int | None = None
        #: The day of a new visit and the gap in it that was offered before the visits of that day were read.
        self._offered: tuple[date, Span] | None = None
        #: What was read is not shown yet, for the pointer holds a visit.
        self._is_behind = False
        self._changes = VisitChanges(ctx, self)
        self._changes.changed.connect(self.load)
        self._changes.planned.connect(self._show_planned)
        ctx.tasks.replayed.connect(self._follow)
        self._build()
        self._add_actions()
        ctx.time.minute_passed.connect(self._on_minute)
        kept = kept_forms(ctx).find(_NEW)
        new = begun if kept is None else kept.typing
        if new is not None:
            self._pane.take_up(new)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx = self.ctx
        self._head = PlannerHead(ctx, self.bar)
        self._head.show_mode(self._sheet.mode)
        self._head.turned.connect(self.turn)
        self._head.today_wanted.connect(self.show_today)
        self._head.mode_chosen.connect(self.show_mode)
        self._head.new_wanted.connect(self.new_visit)
        self._calendar = Calendar(ctx, self.content)
        self._calendar.frame(self._sheet.day)
        self._pane = VisitPane(ctx, self.content)
        self._pane.hide()
        self._opening = PaneOpening(self)
        self._opening.due.connect(self._load_details)
        self._row = QHBoxLayout(self.content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._calendar, 1)
        self._row.addWidget(self._pane)
        for view in self._calendar.views:
            view.create_wanted.connect(self._begin_new)
            view.visit_picked.connect(self._pick)
            view.visit_opened.connect(lambda one: self.ctx.go(Place("visit", one)))
            view.visit_moved.connect(self.give_time)
            view.menu_wanted.connect(self._open_menu)
            view.let_go.connect(self._catch_up)
            view.day_opened.connect(self._open_day)
        pane = self._pane
        pane.edited.connect(lambda one, changes: self._changes.edit(one, self._name(one), changes))
        pane.moved.connect(self.give_time)
        pane.participants_chosen.connect(self._changes.choose_people)
        pane.created.connect(self._changes.plan)
        pane.opened.connect(lambda one: self.ctx.go(Place("visit", one)))
        pane.file_wanted.connect(lambda one: self.ctx.go(Place("file", one)))
        pane.brief_wanted.connect(self._print_brief)
        pane.deleted.connect(self.delete)
        pane.cancelled.connect(self.call_off)
        pane.closed.connect(self._close_pane)

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        for name, text, keys, run in (
            ("new", tr("New visit"), "Ctrl+N", self.new_visit),
            ("earlier", tr("Earlier"), "PgUp", lambda: self.turn(-1)),
            ("later", tr("Later"), "PgDown", lambda: self.turn(1)),
            ("today", tr("Go to today"), "Home", self.show_today),
            ("week", tr("Week"), "Alt+1", lambda: self.show_mode(WEEK)),
            ("month", tr("Month"), "Alt+2", lambda: self.show_mode(MONTH)),
            ("call_off", tr("Call off"), "", lambda: self._with_current(self.call_off)),
            ("delete", tr("Delete visit"), "Del", lambda: self._with_current(self.delete)),
            ("print", tr("Print brief"), "Ctrl+P", lambda: self._with_current(self._print_brief)),
            ("print_week", tr("Print the briefs of this week"), "Ctrl+Shift+P", self._print_week),
        ):
            self.add_page_action(name, text, run, keys=keys)

    # -- showing -----------------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self._sheet = replace(self._sheet, starts_on=self.ctx.week_starts_on)  # the setting may be another one now
        if place.id is not None:
            # With the keyboard on it: Enter means the visit that was just planned, not a second one on top of it.
            self._picked = self._focus_after = place.id
        if place.extra:
            self._look_at(date.fromisoformat(place.extra))
        else:
            self.load_anew()
            if place.id is not None:
                self._look_for(place.id)

    def start_focus(self) -> QWidget:
        return self._calendar.view if self._new is None else self._pane.start

    def load(self) -> None:
        start, end = self._sheet.bounds(self.ctx.clock.zone)
        self.bar.set_title(self._sheet.title(self.ctx.language))
        self.read(lambda reader: visits_between(reader, start, end), self._show, key="range")
        if self._picked is not None and not self._calendar.view.is_held:
            self._load_details(self._picked)

    def _on_minute(self) -> None:
        if self._is_behind:
            self.load_anew()
        else:
            self._calendar.week.grid.tick(self.ctx.clock.now())

    def _catch_up(self) -> None:
        if self._is_behind:
            self.load()

    def _show(self, lines: tuple[VisitLine, ...]) -> None:
        self._is_behind = self._calendar.view.is_held
        if self._is_behind:
            return
        self._lines = {line.visit.id: line for line in lines}
        self._calendar.show_sheet(self._sheet, lines)
        self._calendar.pick(self._picked)
        if self._focus_after is not None:
            self._calendar.view.focus_visit(self._focus_after)
            self._focus_after = None
        if self._offered is not None:
            (day, before), self._offered = self._offered, None
            if self._sheet.has(day):
                self._pane.offer_instead(before, self._gap(day))

    def show_mode(self, mode: str) -> None:
        """WEEK or MONTH; the keyboard stays on its visit, or on its day."""
        line, framed = self._lines.get(self._calendar.focused_visit or 0), self._calendar.view.framed_day
        self._sheet = self._sheet.as_mode(mode)
        self._head.show_mode(mode)
        if line is None:
            self._look_at(framed or self._sheet.day)
        else:
            self._turn_to(line.visit.id, line.visit.starts_at)

    def turn(self, steps: int) -> None:
        """Show the weeks or months before or after."""
        self._look_at(self._sheet.turned(steps, self._calendar.view.framed_day).day)

    def show_today(self) -> None:
        self._look_at(self.ctx.today)

    def _open_day(self, day: date) -> None:
        self._calendar.view.frame(day)
        self.show_mode(WEEK)

    def _look_at(self, day: date) -> None:
        """Show the calendar around ``day``. The pane closes when its visit is not in it: keys would still mean it."""
        self._sheet = self._sheet.around(day)
        self._calendar.frame(day)
        shown = self._pane.line
        if shown is not None and shown.visit.id == self._picked:
            visit = shown.visit
            if not self._sheet.shows(visit.starts_at, visit.ends_at, self.ctx.clock.zone):
                self._close_pane()
        self.load_anew()

    # -- the pane ----------------------------------------------------------------------------------------------------

    def _pick(self, visit_id: int) -> None:
        self._picked = visit_id
        self._calendar.pick(visit_id)
        if self._pane.isVisible():
            self._load_details(visit_id)
        else:
            self._opening.ask(visit_id)

    def _load_details(self, visit_id: int) -> None:
        self.read(
            lambda reader: read_details(reader, visit_id),
            lambda details: self._show_details(visit_id, details),
            key="details",
        )

    def _show_details(self, visit_id: int, details: VisitDetails | None) -> None:
        if visit_id != self._picked:
            return  # the pane was closed, or another visit picked, while this one was read
        if details is None:
            self._close_pane()
            return
        other = overlapped(
            self._lines.values(), visit_id, starts_at=details.line.visit.starts_at, ends_at=details.line.visit.ends_at
        )
        name = other.distributor.display_name if other is not None and details.line.visit.is_open else ""
        self._pane.show_visit(details, conflict=self.ctx.tr("Overlaps {name}", name=name) if name else "")
        self._pane.show()

    def _close_pane(self) -> None:
        """Close the pane; a keyboard that was in it goes back to the visit in the calendar."""
        self._pane.leave()
        was_inside = self._pane.has_keyboard
        picked = self._picked or self._came_from
        self._picked = self._came_from = None
        self._calendar.pick(None)
        if was_inside:
            self._calendar.view.take_keyboard()  # else Qt puts it on any visit, and the frame with it
        self._pane.hide()
        if was_inside and picked is not None:
            self._row.activate()  # the calendar has its room again before the visit is looked for
            self._calendar.view.focus_visit(picked)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step: the pane first, then the page."""
        if event.key() == Qt.Key.Key_Escape and self._pane.isVisible():
            self._close_pane()
        else:
            super().keyPressEvent(event)

    @override
    def leave(self) -> None:
        self._pane.leave()
        kept_forms(self.ctx).keep_if_typed(_NEW, self._new if self._pane.looks_for_somebody else None)

    @override
    def let_go(self) -> None:
        hand_on(self.ctx, OpenSheet(self._sheet, self._picked, self._new))
        if self.isVisible():  # else whoever comes next says what to show
            self.ctx.become(Place("planner"))

    # -- creating ----------------------------------------------------------------------------------------------------

    @property
    def _new(self) -> Typing | None:
        """What is typed for a new visit; None while none is begun."""
        return self._pane.typing if self._pane.isVisibleTo(self) else None

    def new_visit(self) -> None:
        """A new visit in the first gap of the day with the frame; without one today, or where that is not shown, the
        day that was asked for.
        """
        usual = self.ctx.today if self._sheet.has(self.ctx.today) else self._sheet.day
        self._begin_new(self._calendar.view.framed_day or usual, -1)

    def _gap(self, day: date) -> Span:
        return gap_on(self.ctx, day)(self._lines.values())

    def _begin_new(self, day: date, minutes: int) -> None:
        if minutes < 0:
            span = self._gap(day)
            self._offered = (day, span)
        else:
            span = Span.lasting(moment(day, minutes, self.ctx.clock.zone), visit_length(self.ctx))
            self._offered = None
        calendar = self._calendar
        self._came_from = calendar.focused_visit if calendar.has_keyboard else self._picked or self._came_from
        self._picked = None
        self._calendar.pick(None)
        self._pane.begin_new(span)

    def _show_planned(self, visit_id: int, span: Span) -> None:
        self._picked = visit_id
        self._turn_to(visit_id, span.starts_at)

    def _turn_to(self, visit_id: int, starts_at: datetime) -> None:
        """Show the week or month of a visit, with the keyboard on it."""
        self._focus_after = visit_id
        self._look_at(self.ctx.local(starts_at).date())

    # -- changing ----------------------------------------------------------------------------------------------------

    def _line(self, visit_id: int) -> VisitLine | None:
        """A visit of the calendar, or the one in the pane."""
        shown = self._pane.line
        return shown if shown is not None and shown.visit.id == visit_id else self._lines.get(visit_id)

    def _name(self, visit_id: int) -> str:
        line = self._line(visit_id)
        return line.distributor.display_name if line is not None else ""

    def give_time(self, visit_id: int, span: Span) -> None:
        """Give a visit another time, or another length; the calendar turns with a visit that leaves it."""
        line = self._line(visit_id)
        if line is not None:
            self._focus_after = visit_id
            day = self.ctx.local(span.starts_at).date()
            if not self._sheet.has(day):
                self._sheet = self._sheet.around(day)
                if visit_id != self._picked:
                    self._close_pane()
            self._changes.move(line, span)

    def delete(self, visit_id: int) -> None:
        name = self._name(visit_id)
        self._take_out(visit_id)
        self._changes.delete(visit_id, name)

    def call_off(self, visit_id: int) -> None:
        name = self._name(visit_id)
        self._take_out(visit_id)
        self._changes.call_off(visit_id, name)

    def _take_out(self, visit_id: int) -> None:
        """A visit is about to leave the calendar: so do its pane and the keyboard on it."""
        if visit_id == self._picked:
            self._close_pane()
        if visit_id == self._calendar.focused_visit:
            self._calendar.view.take_keyboard()

    def _follow(self, changes: ChangeSet, _back: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Undo and Redo put the keyboard on the visit that came back or moved, unless it is beside the calendar."""
        visit_ids, focused = changes.kinds.get(Visit, frozenset()), QApplication.focusWidget()
        is_beside = focused is not None and self.isAncestorOf(focused) and not self._calendar.has_keyboard
        if len(visit_ids) == 1 and self.isVisible() and not is_beside:
            (visit_id,) = visit_ids
            self._look_for(visit_id)

    def _look_for(self, visit_id: int) -> None:
        """Show the calendar around a visit, with the keyboard on it."""
        self.read(lambda reader: read_details(reader, visit_id), self._go_to, key="looked for")

    def _go_to(self, details: VisitDetails | None) -> None:
        if details is None or self._is_behind:
            return
        visit = details.line.visit
        if visit.id in self._lines:
            self._calendar.view.focus_visit(visit.id)
        else:
            self._turn_to(visit.id, visit.starts_at)

    def _open_menu(self, visit_id: int, at: QPoint) -> None:
        line = self._lines.get(visit_id)
        if line is not None:
            open_menu(self.ctx.theme, self, menu_of(self.ctx, line, self), at)

    # -- the visit that a key means ----------------------------------------------------------------------------------

    def _with_current(self, act: Callable[[int], None]) -> None:
        """Do it with the visit that has the keyboard, else with the one in the pane."""
        focused = self._calendar.focused_visit
        visit_id = self._picked if focused is None else focused
        if visit_id is not None:
            act(visit_id)

    def _print_brief(self, visit_id: int) -> None:
        self.ctx.go(Place("brief", visit_id))

    def _print_week(self) -> None:
        first, last = self._sheet.week[0], self._sheet.week[-1]
        self.ctx.go(Place("brief", None, f"{first.isoformat()}/{last.isoformat()}"))
