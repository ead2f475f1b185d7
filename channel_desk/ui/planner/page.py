"""The planner: week and month of visits; everything by pointer and by key, each with Undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import VisitLine
from channel_desk.domain.record import DistributorId, Record
from channel_desk.domain.visits import Participant, Visit, VisitStatus
from channel_desk.presentation.calendar import Span, free_slot, moment, shown_range, turned, week_days, week_of
from channel_desk.presentation.planner import ChipText, chip_text, conflicts
from channel_desk.services.visits import (
    cancel_visit,
    delete_visit,
    edit_visit,
    move_visit,
    plan_visit,
    set_participants,
    visits_between,
)
from channel_desk.storage.reader import Reader
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.planner.details import VisitDetails, VisitPane
from channel_desk.ui.planner.hint import FloatingHint
from channel_desk.ui.planner.month import MonthView
from channel_desk.ui.planner.week import WeekView
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.segmented import Segmented


@dataclass(frozen=True)
class _Range:
    lines: tuple[VisitLine, ...]


class PlannerPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Visit, Participant, Distributor, Contact)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._mode = "week"
        self._day = ctx.today
        #: What was today when the calendar was filled.
        self._today = ctx.today
        self._lines: dict[int, VisitLine] = {}
        self._picked: int | None = None
        self._focus_after: int | None = None
        self._build()
        self._add_actions()
        self._clock = QTimer(self)
        self._clock.setInterval(60_000)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx, theme = self.ctx, self.ctx.theme
        back = IconButton(theme, "chevron-left", ctx.tr("Earlier"), size=32, edged=True)
        today = Button(theme, ctx.tr("Today"))
        on = IconButton(theme, "chevron-right", ctx.tr("Later"), size=32, edged=True)
        back.clicked.connect(lambda: self.turn(-1))
        today.clicked.connect(self.show_today)
        on.clicked.connect(lambda: self.turn(1))
        self._modes = Segmented(
            theme, [("week", ctx.tr("Week")), ("month", ctx.tr("Month"))], name=ctx.tr("What is shown")
        )
        self._modes.chosen.connect(self.show_mode)
        for widget in (back, today, on, self._modes):
            self.bar.add_left(widget)
        new = Button(theme, ctx.tr("New visit"), kind="primary", icon="plus")
        new.clicked.connect(self.new_visit)
        self.bar.add_right(new)
        self._week = WeekView(theme, ctx.language, ctx.clock.zone)
        self._month = MonthView(theme, ctx.language, ctx.clock.zone)
        self._views = QStackedWidget(self.content)
        self._views.addWidget(self._week)
        self._views.addWidget(self._month)
        self._empty = FloatingHint(theme, ctx.tr("No visits here yet. Double-click a time to plan one."), self._views)
        self._empty.hide()
        self._pane = VisitPane(ctx, self.content)
        self._pane.hide()
        layout = QHBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._views, 1)
        layout.addWidget(self._pane)
        for view in (self._week.grid, self._month):
            view.create_wanted.connect(self._begin_new)
            view.visit_picked.connect(self._pick)
            view.visit_opened.connect(lambda one: self.ctx.go(Place("visit", one)))
            view.visit_moved.connect(self._move)
            view.menu_wanted.connect(self._open_menu)
        self._month.day_opened.connect(self._open_day)
        pane = self._pane
        pane.edited.connect(self._edit)
        pane.moved.connect(self._move)
        pane.participants_chosen.connect(self._choose_people)
        pane.created.connect(self._create)
        pane.opened.connect(lambda one: self.ctx.go(Place("visit", one)))
        pane.file_wanted.connect(lambda one: self.ctx.go(Place("file", one)))
        pane.brief_wanted.connect(lambda one: self.ctx.go(Place("brief", one)))
        pane.deleted.connect(self._delete)
        pane.cancelled.connect(self._call_off)
        pane.closed.connect(self._close_pane)

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        for name, text, keys, run in (
            ("new", tr("New visit"), "Ctrl+N", self.new_visit),
            ("earlier", tr("Earlier"), "PgUp", lambda: self.turn(-1)),
            ("later", tr("Later"), "PgDown", lambda: self.turn(1)),
            ("today", tr("Go to today"), "Home", self.show_today),
            ("week", tr("Week"), "Alt+1", lambda: self.show_mode("week")),
            ("month", tr("Month"), "Alt+2", lambda: self.show_mode("month")),
            ("delete", tr("Delete visit"), "Del", self._delete_picked),
            ("print", tr("Print brief"), "Ctrl+P", self._print_picked),
            ("print_week", tr("Print the briefs of this week"), "Ctrl+Shift+P", self._print_week),
        ):
            self.add_page_action(name, text, run, keys=keys)

    # -- showing -----------------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if place.extra:
            self._day = date.fromisoformat(place.extra)
        if place.id is not None:
            self._picked = place.id
        self.load_anew()

    def start_focus(self) -> QWidget:
        return self._week.grid if self._mode == "week" else self._month

    def _starts_on(self) -> int:
        return 6 if self.ctx.settings.text("week_starts") == "sunday" else 0

    def load(self) -> None:
        start, end = shown_range(self._mode, self._day, self.ctx.clock.zone, starts_on=self._starts_on())
        first = week_of(self._day, starts_on=self._starts_on())
        formats = self.ctx.formats
        title = formats.month(self._day) if self._mode == "month" else formats.week_range(first, first + timedelta(6))
        self.bar.set_title(title)
        self.ctx.tasks.read(
            lambda reader: _Range(visits_between(reader, start, end)), self._show, owner=self, key="range"
        )
        if self._picked is not None:
            self._load_details(self._picked)

    def _on_minute(self) -> None:
        if self._today == self.ctx.today:
            self._week.grid.tick(self.ctx.clock.now())
        else:
            self.load_anew()

    def _show(self, found: _Range) -> None:
        now, self._today = self.ctx.clock.now(), self.ctx.today
        self._lines = {line.visit.id: line for line in found.lines}
        clashing = conflicts(found.lines)
        texts: dict[int, ChipText] = {
            line.visit.id: chip_text(
                line, language=self.ctx.language, zone=self.ctx.clock.zone, now=now, conflict=line.visit.id in clashing
            )
            for line in found.lines
        }
        settings = self.ctx.settings
        if self._mode == "week":
            self._week.show_week(
                week_days(week_of(self._day, starts_on=self._starts_on())),
                found.lines,
                texts,
                now=now,
                working=(settings.number("day_starts"), settings.number("day_ends")),
            )
        else:
            self._month.show_month(self._day, found.lines, texts, now=now, starts_on=self._starts_on())
        self._views.setCurrentIndex(0 if self._mode == "week" else 1)
        self._empty.setVisible(not found.lines)
        self._empty.raise_()
        self._mark(self._picked)
        if self._focus_after is not None:
            view = self._week.grid if self._mode == "week" else self._month
            view.focus_visit(self._focus_after)
            self._focus_after = None

    def show_mode(self, mode: str) -> None:
        """``week`` or ``month``."""
        self._mode = mode
        self._modes.choose(mode)
        self.load_anew()

    def turn(self, steps: int) -> None:
        """Show the weeks or months before or after."""
        self._day = turned(self._mode, self._day, steps)
        self.load_anew()

    def show_today(self) -> None:
        self._day = self.ctx.today
        self.load_anew()

    def _open_day(self, day: date) -> None:
        self._day = day
        self.show_mode("week")

    # -- the pane ----------------------------------------------------------------------------------------------------

    def _mark(self, visit_id: int | None) -> None:
        self._week.grid.pick(visit_id)
        self._month.pick(visit_id)

    def _pick(self, visit_id: int) -> None:
        self._picked = visit_id
        self._mark(visit_id)
        self._load_details(visit_id)

    def _load_details(self, visit_id: int) -> None:
        def work(reader: Reader) -> VisitDetails | None:
            visit = reader.find(Visit, visit_id)
            if visit is None:
                return None
            lines = visits_between(reader, visit.starts_at, visit.ends_at)
            line = next((one for one in lines if one.visit.id == visit_id), None)
            if line is None:
                return None
            contacts = reader.all(Contact, distributor_id=visit.distributor_id, order=("position", "id"))
            present = reader.all(Participant, visit_id=visit_id)
            return VisitDetails(line, contacts, frozenset(one.contact_id for one in present))

        self.ctx.tasks.read(work, self._show_details, owner=self, key="details")

    def _show_details(self, details: VisitDetails | None) -> None:
        if details is None:
            self._close_pane()
            return
        self._pane.show_visit(details, conflict=self._conflict_words(details.line))
        self._pane.show()

    def _conflict_words(self, line: VisitLine) -> str:
        if not line.visit.is_open:
            return ""
        for other in self._lines.values():
            same = other.visit.id == line.visit.id
            meets = other.visit.starts_at < line.visit.ends_at and line.visit.starts_at < other.visit.ends_at
            if not same and meets and other.visit.is_open:
                return self.ctx.tr("Overlaps {name}", name=other.distributor.display_name)
        return ""

    def _close_pane(self) -> None:
        self._pane.leave()
        self._picked = None
        self._mark(None)
        self._pane.hide()

    def leave(self) -> None:
        self._pane.leave()

    # -- creating ----------------------------------------------------------------------------------------------------

    def _length(self) -> timedelta:
        return timedelta(minutes=self.ctx.settings.number("visit_minutes"))

    def new_visit(self) -> None:
        """A new visit on the shown day, in its first gap; today when today is shown."""
        start, end = shown_range(self._mode, self._day, self.ctx.clock.zone, starts_on=self._starts_on())
        today = self.ctx.today
        inside = start.date() <= today < end.date()
        self._begin_new(today if inside and self._mode == "week" else self._day, -1)

    def _begin_new(self, day: date, minutes: int) -> None:
        zone = self.ctx.clock.zone
        if minutes < 0:
            hour = self.ctx.settings.number("day_starts") + 1
            if day == self.ctx.today:
                # What is over cannot be planned any more.
                hour = min(max(hour, self.ctx.local(self.ctx.clock.now()).hour + 1), 22)
            span = free_slot(self._lines.values(), day, zone, first_hour=hour, length=self._length())
        else:
            begins: datetime = moment(day, minutes, zone)
            span = Span(begins, begins + self._length())
        self._picked = None
        self._mark(None)
        self._pane.show()
        self._pane.begin_new(span)

    def _create(self, distributor_id: int, name: str, span: Span) -> None:
        visit = Visit(distributor_id=DistributorId(distributor_id), starts_at=span.starts_at, ends_at=span.ends_at)

        def done(visit_id: int) -> None:
            self._picked = self._focus_after = visit_id
            self._day = self.ctx.local(span.starts_at).date()
            self.load()

        label = self.ctx.tr("Visit to {name} planned", name=name)
        self.ctx.tasks.write(label, lambda uow: plan_visit(uow, visit), initiator=self, then=done)

    # -- changing ----------------------------------------------------------------------------------------------------

    def _name(self, visit_id: int) -> str:
        line = self._lines.get(visit_id)
        return line.distributor.display_name if line is not None else ""

    def _move(self, visit_id: int, span: Span) -> None:
        label = self.ctx.tr(
            "{name} moved to {day}, {time}",
            name=self._name(visit_id),
            day=self.ctx.formats.day(self.ctx.local(span.starts_at).date()),
            time=self.ctx.formats.time_range(self.ctx.local(span.starts_at), self.ctx.local(span.ends_at)),
        )
        self._focus_after = visit_id

        def work(uow: UnitOfWork) -> None:
            move_visit(uow, visit_id, starts_at=span.starts_at, ends_at=span.ends_at)

        self.ctx.tasks.write(label, work, initiator=self, then=lambda _: self.load())

    def _edit(self, visit_id: int, changes: dict[str, object]) -> None:
        label = self.ctx.tr("Visit to {name} changed", name=self._name(visit_id))
        self.ctx.tasks.write(
            label,
            lambda uow: edit_visit(uow, visit_id, **changes),
            initiator=self,
            then=lambda _: self.load(),
            toast=False,
        )

    def _choose_people(self, visit_id: int, ids: frozenset[int]) -> None:
        label = self.ctx.tr("Participants changed")
        self.ctx.tasks.write(label, lambda uow: set_participants(uow, visit_id, ids), initiator=self, toast=False)

    def _delete(self, visit_id: int) -> None:
        label = self.ctx.tr("Visit to {name} deleted", name=self._name(visit_id))
        self._close_pane()
        self.ctx.tasks.write(label, lambda uow: delete_visit(uow, visit_id), initiator=self, then=lambda _: self.load())

    def _call_off(self, visit_id: int) -> None:
        label = self.ctx.tr("Visit to {name} called off", name=self._name(visit_id))
        self._close_pane()
        self.ctx.tasks.write(label, lambda uow: cancel_visit(uow, visit_id), initiator=self, then=lambda _: self.load())

    def _open_menu(self, visit_id: int, at: QPoint) -> None:
        tr, line = self.ctx.tr, self._lines.get(visit_id)
        if line is None:
            return
        menu = QMenu(self)
        plan = [
            (tr("Open visit"), lambda: self.ctx.go(Place("visit", visit_id))),
            (tr("Print brief"), lambda: self.ctx.go(Place("brief", visit_id))),
            (tr("Open file"), lambda: self.ctx.go(Place("file", line.distributor.id))),
        ]
        if line.visit.status is not VisitStatus.CLOSED:
            plan += [
                (tr("Move to the next day"), lambda: self._shift(visit_id, days=1)),
                (tr("Move by a week"), lambda: self._shift(visit_id, days=7)),
                (tr("Half an hour longer"), lambda: self._lengthen(visit_id, 30)),
                (tr("Half an hour shorter"), lambda: self._lengthen(visit_id, -30)),
            ]
        if line.visit.status is VisitStatus.PLANNED:
            plan.append((tr("Call off"), lambda: self._call_off(visit_id)))
        plan.append((tr("Delete"), lambda: self._delete(visit_id)))
        for text, run in plan:
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, run=run: run())
            menu.addAction(action)
        menu.popup(at)

    def _shift(self, visit_id: int, *, days: int) -> None:
        self._move(visit_id, Span.of(self._lines[visit_id]).shifted(self.ctx.clock.zone, days=days))

    def _lengthen(self, visit_id: int, minutes: int) -> None:
        self._move(visit_id, Span.of(self._lines[visit_id]).lengthened(minutes))

    def _delete_picked(self) -> None:
        if self._picked is not None:
            self._delete(self._picked)

    def _print_picked(self) -> None:
        if self._picked is not None:
            self.ctx.go(Place("brief", self._picked))

    def _print_week(self) -> None:
        first = week_of(self._day, starts_on=self._starts_on())
        self.ctx.go(Place("brief", None, f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}"))
