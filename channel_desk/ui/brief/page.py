"""The brief as it will be printed: one visit, a day or a week; save it as PDF or print it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.visits import Answer, ExpectedObjection, Participant, Visit
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES
from channel_desk.presentation.print_range import (
    DAY,
    DAYS,
    VISIT,
    WEEK,
    PrintRange,
    file_name,
    read_range,
    remark,
    turned_to,
)
from channel_desk.presentation.unprinted import unprinted_in_briefs
from channel_desk.services.briefs import Checklists, gather_briefs, visits_to_brief
from channel_desk.storage.reader import Reader
from channel_desk.ui.brief.handing_out import HandingOut
from channel_desk.ui.brief.making import Made, Maker
from channel_desk.ui.brief.pages_view import PagesView
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.progress_row import ProgressRow
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.states import EmptyState, ErrorStrip
from channel_desk.ui.widgets.text import Text

#: Pages drawn in one go.
_AT_ONCE = 2


class BriefPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (
        Visit,
        Participant,
        Answer,
        ExpectedObjection,
        Distributor,
        Contact,
        Commitment,
    )

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._range: PrintRange | None = None
        self._facts: tuple[BriefFacts, ...] = ()
        #: What is in sight is a document of these visits already.
        self._shows_range = False
        self._code = self._usual_code = ctx.document_language.code
        self.maker = Maker(ctx, self)
        self.out = HandingOut(ctx, self.maker, self)
        self._build()
        self._connect()
        for name, text, keys, run in (
            ("print", ctx.tr("Print"), "Ctrl+P", self.print),
            ("save", ctx.tr("Save as PDF"), "Ctrl+S", self.save),
            ("earlier", ctx.tr("Previous page"), "PgUp", lambda: self.view.turn(-1)),
            ("later", ctx.tr("Next page"), "PgDown", lambda: self.view.turn(1)),
        ):
            self.add_page_action(name, text, run, keys=keys)
        for code, name in LANGUAGES.items():
            text = ctx.tr("{setting}: {choice}", setting=ctx.tr("Language of the brief"), choice=name)
            self.add_page_action(f"language_{code}", text, partial(self.show_language, code))

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx, theme, tr = self.ctx, self.ctx.theme, self.ctx.tr
        self.bar.set_title(tr("Visit brief"))
        self._save = Button(theme, tr("Save as PDF"), icon="save", key="Ctrl S")
        self._print = Button(theme, tr("Print"), "primary", icon="printer", key="Ctrl P")
        self.bar.add_right(self._save)
        self.bar.add_right(self._print)
        back = Button(theme, tr("Back"), "ghost", icon="arrow-left")
        back.clicked.connect(ctx.back)
        self.ranges = Segmented(
            theme,
            [(VISIT, tr("This visit")), (DAY, tr("This day")), (WEEK, tr("This week"))],
            name=tr("Which briefs"),
        )
        self.days = Segmented(theme, [(DAY, tr("This day")), (WEEK, tr("This week"))], name=tr("Which briefs"))
        self.languages = Segmented(theme, list(LANGUAGES.items()), name=tr("Language of the brief"))
        self.zoom = Segmented(theme, [("width", tr("Page width")), ("page", tr("Whole page"))], name=tr("Size"))
        self._place = Text(theme, "", "body", "ink-2")
        tools = QHBoxLayout()
        tools.setContentsMargins(16, 10, 24, 10)
        tools.setSpacing(16)
        for widget in (back, self.ranges, self.days, self.languages, self.zoom):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self._place)
        self.progress = ProgressRow(theme, "", cancel=tr("Cancel"))
        self._progress = self._held(self.progress)
        self.view = PagesView(theme, tr("Pages of the brief"))
        self.plan = Button(theme, tr("Plan visit"), "primary", icon="calendar-plus")
        self.plan.clicked.connect(self._plan_visit)
        self.empty = EmptyState(theme, "printer", "", [self.plan])
        self._again = Button(theme, tr("Make it again"))
        self.remark = ErrorStrip(theme, is_warning=True)
        self._remark = self._held(self.remark)
        self._again.clicked.connect(self._make_again)
        self.stopped = EmptyState(theme, "printer", "", [self._again])
        self._stack = QStackedWidget(self.content)
        self._blank = QWidget()
        for part in (self._blank, self.view, self.empty, self.stopped):
            self._stack.addWidget(part)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(Hairline(theme))
        column.addWidget(self._progress)
        column.addWidget(self._remark)
        column.addWidget(self._stack, 1)

    def _held(self, inside: QWidget) -> QWidget:
        """``inside`` between the tools and the pages, hidden until there is something to tell."""
        holder = QWidget(self.content)
        held = QVBoxLayout(holder)
        held.setContentsMargins(24, 8, 24, 12)
        held.addWidget(inside)
        holder.hide()
        return holder

    def _connect(self) -> None:
        self._save.clicked.connect(self.save)
        self._print.clicked.connect(self.print)
        self.ranges.chosen.connect(self.show_range)
        self.days.chosen.connect(self.show_range)
        self.languages.chosen.connect(self.show_language)
        self.zoom.chosen.connect(lambda key: self.view.fit_page(whole=key == "page"))
        self.progress.cancelled.connect(self.maker.cancel)
        self.view.pages_wanted.connect(self._draw)
        self.view.page_reached.connect(self._say_place)
        maker = self.maker
        maker.made.connect(self._on_made)
        maker.progressed.connect(self._on_progress)
        maker.stopped.connect(self._on_stopped)
        maker.failed.connect(self._on_failed)
        maker.drawn.connect(self.view.set_picture)
        maker.rested.connect(self._draw)
        self.out.document_wanted.connect(self._make)

    # -- showing -----------------------------------------------------------------------------------------------------

    @override
    def show_place(self, place: Place) -> None:
        if place.id is None and not place.extra:
            day = self.ctx.today.isoformat()
            place = Place(place.page, None, f"{day}/{day}")
        usual = self.ctx.document_language.code
        if usual != self._usual_code:  # the setting was changed since
            self._code = self._usual_code = usual
        self._show_range(read_range(place.id, place.extra))

    def _show_range(self, wanted: PrintRange) -> None:
        self._range = wanted
        self._shows_range = False
        self.ranges.setVisible(wanted.visit_id is not None)
        self.days.setVisible(wanted.visit_id is None and wanted.kind != DAYS)
        if wanted.visit_id is not None and wanted.kind != DAYS:
            self.ranges.choose(wanted.kind)
        elif wanted.kind in {DAY, WEEK}:
            self.days.choose(wanted.kind)
        self.languages.choose(self._code)
        self.out.give_up()
        self._take(())  # until the visits of these days are read: the document of others has not their name
        self.maker.drop()
        self._end_progress(self.view)
        self.load_anew()

    @override
    def start_focus(self) -> QWidget:
        return self.view

    def show_range(self, kind: str) -> None:
        """Switch to the brief of the visit, of its day, or of its week."""
        if self._range is not None:
            self._show_range(turned_to(kind, self._range, self._day(), starts_on=self.ctx.week_starts_on))

    def _day(self) -> date:
        """The day of what is shown."""
        if self._range is not None and self._range.first is not None:
            within = self._range.first <= self.ctx.today <= (self._range.last or self._range.first)
            visit = self._range.visit_id
            for one in self._facts:
                if one.visit.id == visit:
                    return self.ctx.local(one.visit.starts_at).date()
            return self.ctx.today if within else self._range.first
        return self.ctx.local(self._facts[0].visit.starts_at).date() if self._facts else self.ctx.today

    def show_language(self, code: str) -> None:
        """Write the brief in another language; the window keeps its own."""
        self._code = code
        self.languages.choose(code)
        self.out.give_up()
        self._make()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if event.spontaneous() or not self.maker.is_making:
            return
        if self.out.is_waiting:
            tr = self.ctx.tr
            self.ctx.feedback.say(tr("The briefs are still being made."), action=tr("Cancel"), run=self.maker.cancel)
        else:
            self.maker.drop()  # nobody sees it, and whoever comes back has it made anew

    @override
    def let_go(self) -> None:
        self.out.give_up()
        self.maker.drop()  # it would be made for nobody

    @override
    def load(self) -> None:
        wanted = self._range
        if wanted is None:
            return
        zone, checklists = self.ctx.clock.zone, Checklists(self.ctx.resources / "checklists")
        author = self.ctx.settings.text("user_name")

        def work(reader: Reader) -> tuple[BriefFacts, ...]:
            one = wanted.visit_id if wanted.kind == VISIT else None
            ids = (one,) if one is not None else visits_to_brief(reader, *wanted.bounds(zone))
            return gather_briefs(reader, ids, checklists=checklists, author=author)

        self.read(work, self._show, failed=self._on_unread)

    def _show(self, facts: tuple[BriefFacts, ...]) -> None:
        self._take(facts)
        if self._range is not None:
            self.bar.set_title(self.ctx.tr("Visit brief"), remark(self._range, facts, self.ctx.language))
        self._make()

    def _take(self, facts: tuple[BriefFacts, ...]) -> None:
        """What is printed from now on; without any there is nothing to save or to print."""
        self._facts = facts
        for button in (self._save, self._print):
            button.setEnabled(bool(facts))

    def _on_unread(self, error: UserError) -> bool:
        self._take(())
        self.out.give_up()
        self.maker.drop()
        self._progress.hide()
        self._remark.hide()
        self._place.setText("")
        if self._range is not None:
            self.bar.set_title(self.ctx.tr("Visit brief"), remark(self._range, (), self.ctx.language))
        known = {
            "no_visits": self.ctx.tr("No visits on these days, so there is nothing to print."),
            "record_gone": self.ctx.tr("This visit is no longer there."),
        }
        self.empty.set_sentence(known.get(error.code, ""))
        self._stack.setCurrentWidget(self.empty if error.code in known else self._blank)
        return error.code in known

    def _make(self) -> None:
        if not self._facts:
            return
        self.maker.make(self._facts, self.ctx.language_of(self._code))
        self._on_progress(0, len(self._facts))
        # One brief is made before anybody could read that it is being made.
        takes_time = len(self._facts) > 1
        self._progress.setVisible(takes_time)
        is_of_before = self._stack.currentWidget() is self.view and not self._shows_range
        if self._stack.currentWidget() in {self.empty, self.stopped} or (takes_time and is_of_before):
            self._place.setText("")
            self._stack.setCurrentWidget(self._blank)

    def _on_progress(self, done: int, total: int) -> None:
        words = self.ctx.tr("Making briefs, {done} of {total}", done=done, total=total)
        self.progress.set_progress(done, total, words)

    def _end_progress(self, after: QWidget) -> None:
        """Hide how far it is; the keyboard that was on Cancel is ``after`` from now on."""
        if self.progress.cancel.hasFocus():
            after.setFocus()
        self._progress.hide()

    def _make_again(self) -> None:
        had_keyboard = self._again.hasFocus()
        self._make()
        if had_keyboard and self._progress.isVisible():
            self.progress.cancel.setFocus()

    def _on_made(self, made: Made) -> None:
        self.remark.set_text(unprinted_in_briefs(made.unprinted, self.ctx.language))
        self._remark.setVisible(bool(made.unprinted))
        self._stack.setCurrentWidget(self.view)
        self._end_progress(self.view)
        self.view.show_pages(made.sizes, keeps_place=self._shows_range)
        self._shows_range = True
        self._draw()
        self.out.take(made.pdf)

    def _on_stopped(self) -> None:
        self.out.forget()
        self._remark.hide()
        self._place.setText("")
        self.stopped.set_sentence(self.ctx.tr("Stopped. Nothing was made."))
        self._stack.setCurrentWidget(self.stopped)
        self._end_progress(self._again)

    def _on_failed(self, error: UserError) -> None:
        self._on_stopped()
        self.stopped.set_sentence(self.ctx.feedback.sentence(error))

    def _draw(self) -> None:
        self.maker.draw(self.view.missing()[:_AT_ONCE])

    def _say_place(self, number: int, count: int) -> None:
        self._place.setText(self.ctx.tr("Page {number} of {count}", number=number, count=count))

    def _plan_visit(self) -> None:
        self.ctx.go(Place("planner", extra=self._day().isoformat()))

    # -- out ---------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask where, then save."""
        name = self._file_name()
        if name:
            self.out.ask_and_save(name)

    def print(self) -> None:
        """Print the document, as soon as it is made."""
        name = self._file_name()
        if name:
            self.out.print(name.removesuffix(".pdf"))

    def _file_name(self) -> str:
        """What the document is called, in its own language; empty where there is nothing to print."""
        if self._range is None or not self._facts:
            return ""
        return file_name(self._range, self._facts, self.ctx.language_of(self._code))
