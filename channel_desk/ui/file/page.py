"""The file of one distributor: everything known about it, edited where it stands, each step with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import DistributorFile
from channel_desk.domain.record import Record
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Visit
from channel_desk.errors import UserError
from channel_desk.i18n import Language
from channel_desk.presentation.file_cards import coming_visit
from channel_desk.presentation.timeline import Section, timeline
from channel_desk.services.distributors import delete_distributor, open_file
from channel_desk.storage.reader import Reader
from channel_desk.ui.context import Context
from channel_desk.ui.file.contacts_card import ContactsCard
from channel_desk.ui.file.edits import FileEdits
from channel_desk.ui.file.field_rows import save_all
from channel_desk.ui.file.header import FileHeader, NextStepStrip
from channel_desk.ui.file.note_card import NoteCard
from channel_desk.ui.file.part import FilePart
from channel_desk.ui.file.pen import Pen
from channel_desk.ui.file.profile_card import ProfileCard
from channel_desk.ui.file.promises_card import PromisesCard
from channel_desk.ui.file.timeline_pane import WIDTH as TIMELINE_WIDTH
from channel_desk.ui.file.timeline_pane import TimelinePane
from channel_desk.ui.file.visits_card import VisitsCard
from channel_desk.ui.forms.kept_forms import About, kept_forms
from channel_desk.ui.forms.plan_soon import plan_soon
from channel_desk.ui.forms.promise_replay import PromiseReplay
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.tab_order import step_into
from channel_desk.ui.widgets.button import Button, ButtonKind, IconButton
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.menu import open_menu_at
from channel_desk.ui.widgets.right_margin import keep_right_margin
from channel_desk.ui.widgets.scrolling import Scroller, lay_out
from channel_desk.ui.widgets.states import EmptyState
from channel_desk.ui.widgets.text import Text

#: Below these widths in pixels the timeline hides by itself, and the cards stand in one column.
TIMELINE_FROM = 1120
TWO_COLUMNS_FROM = 760


class FilePage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Distributor, Contact, Commitment, Visit, TrainingSession)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._id: int | None = None
        self._file: DistributorFile | None = None
        self._pen = Pen(ctx, self)
        #: None: shown where there is room.
        self._timeline_wanted: bool | None = None
        self._build()
        self._kept = kept_forms(ctx)
        #: What is only stored with Enter.
        self._lines = {"name": self.contacts.new_name, "note": self.timeline.new_note, "tag": self.note.new_tag}
        self._edits = FileEdits(
            ctx,
            self._pen,
            header=self.header,
            profile=self.profile,
            note=self.note,
            contacts=self.contacts,
            promises=self.promises,
            timeline=self.timeline,
        )
        self._connect()
        self._add_actions()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx, theme = self.ctx, self.ctx.theme
        self.bar.set_title(ctx.tr("Distributor file"))
        self._saved = Text(theme, "", "secondary", "ink-3")
        self.bar.add_left(self._back_to_list("ghost", icon="arrow-left"))
        self.bar.add_left(self._saved)
        self.header = FileHeader(ctx)
        self.strip = NextStepStrip(ctx)
        self.contacts = ContactsCard(ctx)
        self.promises = PromisesCard(ctx)
        self.visits = VisitsCard(ctx)
        self.note = NoteCard(ctx)
        self.profile = ProfileCard(ctx)
        self.timeline = TimelinePane(ctx)
        left = (self.contacts, self.promises, self.visits)
        right = (self.note, self.profile)
        #: Where F6 goes, in this order.
        self._turns: tuple[QWidget, ...] = (*left, *right, self.timeline)
        self._parts: tuple[FilePart, ...] = (self.header, self.strip, *left, *right)
        #: What is shown until the cards are filled, the file, and what is shown where it is no longer there.
        self._blank = QWidget()
        self._sheet = self._lay_out(self._scrolled(left, right))
        self._gone = EmptyState(
            theme, "building-2", ctx.tr("This distributor is no longer there."), [self._back_to_list()]
        )
        self._stack = QStackedWidget(self.content)
        for widget in (self._blank, self._sheet, self._gone):
            self._stack.addWidget(widget)
        self.fill(self._stack)

    def _back_to_list(self, kind: ButtonKind = "plain", *, icon: str = "") -> Button:
        button = Button(self.ctx.theme, self.ctx.tr("Back to the list"), kind, icon=icon)
        button.clicked.connect(lambda: self.ctx.go(Place("distributors")))
        return button

    def _scrolled(self, *columns: Sequence[Card]) -> Scroller:
        """The cards in their columns."""
        self._cards = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._cards)
        self._columns.setContentsMargins(24, 16, 24, 24)
        self._columns.setSpacing(16)
        for cards in columns:
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self._scroll = Scroller(self._cards)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep_right_margin(self._scroll, self._columns)
        return self._scroll

    def _lay_out(self, scroll: QWidget) -> QWidget:
        """The head over the cards, with the timeline at their side."""
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        stripped = QHBoxLayout()
        stripped.setContentsMargins(24, 12, 24, 16)
        stripped.addWidget(self.strip)
        column.addLayout(stripped)
        column.addWidget(Hairline(self.ctx.theme))
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(scroll, 1)
        body.addWidget(self.timeline)
        column.addLayout(body, 1)
        return sheet

    def _connect(self) -> None:
        header = self.header
        header.plan_wanted.connect(self.plan)
        header.print_wanted.connect(self.print_brief)
        header.more_wanted.connect(self._open_more)
        self.strip.plan_wanted.connect(self.plan)
        self.strip.visit_wanted.connect(lambda one: self.ctx.go(Place("visit", one)))
        self._pen.stored.connect(self._on_stored)
        PromiseReplay(self, self.promises, lead_to=self.promises.lead_to)
        self.visits.opened.connect(lambda one: self.ctx.go(Place("visit", one)))
        self.timeline.opened.connect(self.ctx.go)

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        for name, text, keys, run in (
            ("plan", tr("Plan visit"), "Ctrl+Shift+N", self.plan),
            ("print", tr("Print brief"), "Ctrl+P", self.print_brief),
            ("timeline", tr("Show or hide the timeline"), "F4", self.toggle_timeline),
            ("next_card", tr("Next card"), "F6", lambda: self._turn_card(1)),
            ("previous_card", tr("Previous card"), "Shift+F6", lambda: self._turn_card(-1)),
            ("note", tr("Note something down"), "N", self._start_note),
            ("person", tr("Add a person"), "Ctrl+Alt+P", self._start_person),
            ("ours", tr("Add what we owe"), "Ctrl+Alt+O", self.promises.ours.open_form),
            ("theirs", tr("Add what they owe"), "Ctrl+Alt+T", self.promises.theirs.open_form),
            ("confirm", tr("Profile is still true"), "", self._edits.confirm),
            ("delete", tr("Delete distributor"), "", self.delete),
        ):
            self.add_page_action(name, text, run, keys=keys)

    # -- showing -----------------------------------------------------------------------------------------------------

    @override
    def show_place(self, place: Place) -> None:
        if place.id is not None and place.id != self._id:
            self._id = place.id
            self._file = None
            self._edits.show_file(None)
            self._saved.setText("")
            for part in self._parts:
                part.start_anew()
            self.timeline.start_anew()
            kept = self._kept.find(_lines_of(place.id))
            show_typing(self._lines, dict.fromkeys(self._lines, ("", "")) if kept is None else kept.typing)
            self._stack.setCurrentWidget(self._blank)
            self.blank()
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self.promises.take_up_forms()
        self.load_anew()

    @override
    def load(self) -> None:
        wanted, language = self._id, self.ctx.language
        if wanted is not None:
            self.read(lambda reader: _read_file(reader, wanted, language), self._show, failed=self._tell_gone)

    @override
    def leave(self) -> None:
        save_all(self)
        self.header.keep_reason()
        self.promises.keep_forms()
        is_typed = any(field.text() for field in self._lines.values())
        self._kept.keep_if_typed(_lines_of(self._id or 0), typing_of(self._lines) if is_typed else None)

    def _show(self, read: tuple[DistributorFile, tuple[Section, ...]]) -> None:
        file, sections = read
        self._file = file
        self._edits.show_file(file)
        steps: list[Callable[[], None]] = [partial(part.show_file, file) for part in self._parts]
        steps.append(partial(self.timeline.show_sections, sections))
        is_uncovered = self._stack.currentWidget() is self._sheet
        self.show_parts(steps if is_uncovered else [*steps, self._uncover], at_once=is_uncovered)

    def _uncover(self) -> None:
        """All of it is filled."""
        self._stack.setCurrentWidget(self._sheet)
        if self.isVisible():
            lay_out(self._scroll, self._cards)

    def _tell_gone(self, error: UserError) -> bool:
        if error.code != "record_gone":
            return False
        self._file = None
        self._edits.show_file(None)
        self._stack.setCurrentWidget(self._gone)
        return True

    def _on_stored(self, time: str) -> None:
        self._saved.setText(self.ctx.tr("Saved {time}", time=time))
        self.load()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width()
        wanted = room >= TIMELINE_FROM if self._timeline_wanted is None else self._timeline_wanted
        self.timeline.setVisible(wanted)
        left = room - (TIMELINE_WIDTH if wanted else 0)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if left >= TWO_COLUMNS_FROM else down)

    def toggle_timeline(self) -> None:
        """Show the timeline, or give its room to the cards."""
        self._timeline_wanted = self.timeline.isHidden()
        self._arrange()

    def _turn_card(self, step: int) -> None:
        """Give the keyboard to the card ``step`` places on, the first or the last where it is in none."""
        cards = self._turns
        here = QApplication.focusWidget()
        inside = [number for number, card in enumerate(cards) if here is not None and card.isAncestorOf(here)]
        place = inside[0] if inside else -1 if step > 0 else 0
        for number in range(1, len(cards) + 1):
            card = cards[(place + number * step) % len(cards)]
            if step_into(card):  # one that is hidden has no stop
                return

    # -- the head ----------------------------------------------------------------------------------------------------

    def _open_more(self, anchor: IconButton) -> None:
        tr = self.ctx.tr
        entries = (
            (tr("Profile is still true"), self._edits.confirm),
            None,
            (tr("Delete distributor"), self.delete),
        )
        open_menu_at(self.ctx.theme, anchor, entries, right=True)

    def delete(self) -> None:
        """Delete the distributor with everything in its file; Undo brings all of it back."""
        if self._file is None:
            return
        shown = self._file.distributor
        label = self.ctx.tr("{name} deleted", name=shown.display_name)
        self.ctx.tasks.write(
            label,
            lambda uow: delete_distributor(uow, shown.id),
            initiator=self,
            then=lambda _: self.ctx.go(Place("distributors")),
        )

    # -- writing down ------------------------------------------------------------------------------------------------

    def _start_note(self) -> None:
        if self.timeline.isVisible():
            self.timeline.new_note.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.note.note.start()

    def _start_person(self) -> None:
        self.contacts.new_name.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- visits ------------------------------------------------------------------------------------------------------

    def plan(self) -> None:
        """Plan a visit soon and show it in the planner to be moved."""
        if self._file is not None:
            plan_soon(self.ctx, self._file.distributor.id, owner=self, then=self._go_to_planner)

    def _go_to_planner(self, visit_id: int, day: str) -> None:
        self.load_anew()
        self.ctx.go(Place("planner", visit_id, day))

    def print_brief(self) -> None:
        """Show the brief of the visit that comes next."""
        if self._file is None:
            return
        visit = coming_visit(self._file.visits, self.ctx.clock.now(), self.ctx.clock.zone)
        if visit is None:
            words = self.ctx.tr("No visit is planned that a brief could be printed for.")
            self.ctx.feedback.say(words, action=self.ctx.tr("Plan visit"), run=self.plan, wrong=True)
        else:
            self.ctx.go(Place("brief", visit.id))


def _read_file(reader: Reader, distributor_id: int, language: Language) -> tuple[DistributorFile, tuple[Section, ...]]:
    """A file and its timeline; thousands of events are put into words while the window goes on."""
    file = open_file(reader, distributor_id)
    return file, timeline(file, now=reader.clock.now(), zone=reader.clock.zone, language=language)


def _lines_of(distributor_id: int) -> About:
    return About("file", "new lines", Distributor, distributor_id)
