"""Today: the day's line, the next visit, what is owed on both sides, what is not written up, and the days ahead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.visits import Answer, Participant, Visit
from channel_desk.errors import UserError
from channel_desk.presentation import today as words
from channel_desk.presentation.coming_visit import ComingVisit, coming_visit
from channel_desk.presentation.open_points import promise_rows, unwritten_rows
from channel_desk.services import commitments
from channel_desk.services.briefs import Checklists
from channel_desk.services.today import FEW_PROMISES, MOST_PROMISES, DayFacts, OpenFacts, gather_day, gather_open
from channel_desk.services.visits import start_visit
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import kept_forms, step_key
from channel_desk.ui.forms.promise_replay import PromiseReplay
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.today.coming import ComingCard
from channel_desk.ui.today.day_line import DayLineView
from channel_desk.ui.today.lists import UnwrittenCard, WeekCard
from channel_desk.ui.today.promises import PromiseCard
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.refilling import clear, refilling
from channel_desk.ui.widgets.right_margin import keep_right_margin
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.states import EmptyState, LoadingRows

_SIDE = 344
#: Below this width of the page there is one column only.
_NARROW = 1080
#: Qt's largest width, which means none.
QWIDGETSIZE_MAX = (1 << 24) - 1


class TodayPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Visit, Commitment, Distributor, Contact, Participant, Answer)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._checklists = Checklists(ctx.resources / "checklists")
        self._coming: ComingVisit | None = None
        #: Whether it is known by now which visit comes next, and what was asked to be done with it before.
        self._is_known = False
        self._asked: Callable[[int], None] | None = None
        self._promises = FEW_PROMISES
        #: Whether what is open has stood here before.
        self._is_filled = False
        self._build()
        self._connect()
        self._add_actions()
        ctx.time.minute_passed.connect(self._on_minute)

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx = self.ctx
        self.bar.set_title(words.title(ctx.today, 0, ctx.language).text)
        self._new = Button(ctx.theme, ctx.tr("New visit"), "primary", icon="plus")
        self.bar.add_right(self._new)
        self.day_line = DayLineView(ctx.theme)
        self.coming_place = QVBoxLayout()
        loading = LoadingRows(ctx.theme, rows=4, parent=self.content)  # else a window of a moment
        loading.start()
        self.coming_place.addWidget(loading)
        self.ours = PromiseCard(ctx, ctx.tr("We owe"), ctx.tr("We owe nobody anything."))
        self.theirs = PromiseCard(ctx, ctx.tr("They owe"), ctx.tr("Nobody owes us anything."))
        self.ours.setObjectName("ours")
        self.theirs.setObjectName("theirs")
        self.unwritten = UnwrittenCard(ctx)
        self.week = WeekCard(ctx)
        self._arrange()

    def _arrange(self) -> None:
        promises = QHBoxLayout()
        promises.setSpacing(24)
        promises.addWidget(self.ours, 1)
        promises.addWidget(self.theirs, 1)
        main = self._main = QVBoxLayout()
        main.setSpacing(16)
        main.addLayout(self.coming_place)
        main.addLayout(promises)
        main.addWidget(self.week)
        main.addStretch(1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.unwritten)
        side.addStretch(1)
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(main, 1)
        ground = QWidget()
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(24, 16, 24, 24)
        whole.setSpacing(16)
        whole.addWidget(self.day_line)
        whole.addLayout(columns)
        whole.addStretch(1)
        scroll = Scroller(ground)
        keep_right_margin(scroll, whole)
        self.fill(scroll)
        self._is_narrow: bool | None = None
        self._fit()

    def _connect(self) -> None:
        ctx = self.ctx
        self._new.clicked.connect(self._new_visit)
        for card in (self.ours, self.theirs):
            card.kept.connect(self._fulfil)
            card.all_wanted.connect(self._load_all_promises)
            card.file_wanted.connect(lambda distributor: ctx.go(Place("file", distributor)))
        PromiseReplay(self, self.ours, self.theirs, lead_to=self._lead_to)
        for part in (self.day_line, self.unwritten, self.week):
            part.visit_wanted.connect(self._open_visit)
        self.week.day_wanted.connect(lambda day: ctx.go(Place("planner", extra=day.isoformat())))

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        for name, text, keys, run in (
            ("new", tr("New visit"), "Ctrl+N", self._new_visit),
            ("start", tr("Start visit"), "Ctrl+Return", self._start_coming),
            ("print", tr("Print brief"), "Ctrl+P", self._print_coming),
        ):
            self.add_page_action(name, text, run, keys=keys)

    def _fit(self) -> None:
        """A narrow page has one column: what stands at the side moves below the next visit."""
        narrow = self.width() < _NARROW
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(QWIDGETSIZE_MAX)
            self._main.insertWidget(1, self._side)
        else:
            self._side.setFixedWidth(_SIDE)
            self._columns.addWidget(self._side)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- showing -----------------------------------------------------------------------------------------------------

    @override
    def show_place(self, place: Place) -> None:
        for card in (self.ours, self.theirs):
            card.take_up_note()

    @override
    def leave(self) -> None:
        self._asked = None
        for card in (self.ours, self.theirs):
            card.keep_note()

    @override
    def load(self) -> None:
        days = words.days_ahead(self.ctx.today, starts_on=self.ctx.week_starts_on)
        checklists = self._checklists
        self.read(
            lambda reader: gather_day(reader, days=days, checklists=checklists),
            self._show_day,
            key="day",
            failed=self._wait_no_more,
        )
        self._load_open()

    def _load_open(self) -> None:
        promises = self._promises
        self.read(lambda reader: gather_open(reader, promises=promises), self._show_open, key="open")

    def _wait_no_more(self, _error: UserError) -> bool:
        self._asked = None
        if self._coming is None:
            clear(self.coming_place)
        return False

    def _load_all_promises(self) -> None:
        self._promises = MOST_PROMISES
        self._load_open()

    def _show_day(self, facts: DayFacts) -> None:
        ctx, language = self.ctx, self.ctx.language
        settings = ctx.settings
        line = words.day_line(facts, language, hours=(settings.number("day_starts"), settings.number("day_ends")))
        title = words.title(facts.today, len(line.chips), language)
        self.bar.set_title(title.text, title.remark)
        self.day_line.show_line(line)
        self._show_coming(coming_visit(facts, language), is_empty=facts.is_empty)
        self.week.show_week(words.week_ahead(facts, language))
        self._is_known = True
        asked, self._asked = self._asked, None
        if asked is not None:
            self._with_coming(asked)

    def _show_open(self, facts: OpenFacts) -> None:
        language = self.ctx.language
        ours, theirs = (promise_rows(rows, facts.today, language) for rows in (facts.ours, facts.theirs))
        unwritten = unwritten_rows(facts, language)
        steps: tuple[Callable[[], None], ...] = (
            partial(self.ours.show_rows, ours, total=facts.ours_total),
            partial(self.theirs.show_rows, theirs, total=facts.theirs_total),
            partial(self.unwritten.show_rows, unwritten, total=facts.unwritten_total),
        )
        self.show_parts(steps, at_once=self._is_filled, key="open")
        self._is_filled = True

    def _show_coming(self, coming: ComingVisit | None, *, is_empty: bool) -> None:
        if coming is not None and coming == self._coming:
            return
        self._coming = coming
        with refilling(self.coming_place):
            self.coming_place.addWidget(
                self._coming_card(coming) if coming is not None else self._sheet(is_empty=is_empty)
            )

    def _sheet(self, *, is_empty: bool) -> QWidget:
        sheet = Ground(self.ctx.theme, "surface", edge="hairline", radius=drawing.CARD)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.addWidget(self._beginning() if is_empty else self._nothing_planned())
        return sheet

    def _coming_card(self, coming: ComingVisit) -> ComingCard:
        ctx = self.ctx
        card = ComingCard(ctx, coming)
        card.start_wanted.connect(self._start)
        card.brief_wanted.connect(self._print)
        card.file_wanted.connect(lambda distributor: ctx.go(Place("file", distributor)))
        return card

    def _nothing_planned(self) -> QWidget:
        ctx = self.ctx
        plan = Button(ctx.theme, ctx.tr("Plan a visit"))
        plan.clicked.connect(self._new_visit)
        return EmptyState(ctx.theme, "calendar-plus", ctx.tr("No visit is planned."), [plan])

    def _beginning(self) -> QWidget:
        """The very first day: nobody to visit yet."""
        ctx = self.ctx
        bring = Button(ctx.theme, ctx.tr("Import your Excel file"), "primary", icon="file-spreadsheet")
        bring.clicked.connect(lambda: ctx.go(Place("import")))
        add = Button(ctx.theme, ctx.tr("New distributor"))
        add.clicked.connect(lambda: ctx.go(Place("distributors", extra="new")))
        sentence = ctx.tr("Begin with your distributors: bring in the list you have, or add the first by hand.")
        return EmptyState(ctx.theme, "building-2", sentence, [bring, add])

    def _on_minute(self) -> None:
        """The time goes on: the red mark moves, "in 9 min" counts down."""
        now = self.ctx.local(self.ctx.clock.now())
        self.day_line.set_now(now.hour * words.MINUTES_AN_HOUR + now.minute)
        self.load_anew()

    # -- acting ------------------------------------------------------------------------------------------------------

    def _open_visit(self, visit_id: int) -> None:
        self.ctx.go(Place("visit", visit_id))

    def _new_visit(self) -> None:
        self.ctx.go(Place("planner", extra="new"))

    def _start_coming(self) -> None:
        self._with_coming(self._start)

    def _print_coming(self) -> None:
        self._with_coming(self._print)

    def _with_coming(self, act: Callable[[int], None]) -> None:
        """Do it with the next visit; a key that is faster than the page waits for what is read."""
        if self._coming is not None:
            act(self._coming.visit_id)
        elif not self._is_known:
            self._asked = act

    def _start(self, visit_id: int) -> None:
        self.ctx.tasks.write(
            self.ctx.tr("Visit started"),
            lambda uow: start_visit(uow, visit_id),
            then=lambda _: self._open_visit(visit_id),
            toast=False,
        )

    def _print(self, visit_id: int) -> None:
        self.ctx.go(Place("brief", visit_id))

    def _lead_to(self, commitment_id: int) -> None:
        for card in (self.ours, self.theirs):
            card.lead_to(commitment_id)

    def _fulfil(self, commitment_id: int, note: str) -> None:
        today = self.ctx.today

        def refused(error: UserError) -> None:
            sentence = self.ctx.feedback.sentence(error)
            for card in (self.ours, self.theirs):
                card.refuse(commitment_id, sentence)

        self.ctx.tasks.write(
            self.ctx.tr("Promise kept"),
            lambda uow: commitments.fulfil_commitment(uow, commitment_id, on=today, note=note),
            then=lambda _: kept_forms(self.ctx).forget(step_key(commitment_id)),
            failed=refused,
        )
