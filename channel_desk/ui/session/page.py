"""The deck of one training session: chosen from the library, put in order, typed, checked and exported."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.errors import UserError
from channel_desk.presentation import deck_builder as words
from channel_desk.presentation.deck_builder_draft import DeckDraft
from channel_desk.presentation.session_list import deck_languages, session_when
from channel_desk.services.training import SessionSheet
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.session.deck import SessionDeck
from channel_desk.ui.session.desk import DeckDesk
from channel_desk.ui.session.export import DeckExport
from channel_desk.ui.session.pictures import DeckPictures
from channel_desk.ui.session.thumbnails import PICTURE, SlideRow


class SessionPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (TrainingSession, Slide, Distributor, Contact, Commitment)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._current = 0
        self._part = 0
        self._typed = ""
        self._drawn: tuple[SessionSheet, str] | None = None
        self.deck = SessionDeck(ctx, self)
        self.desk = DeckDesk(self)
        self.pictures = DeckPictures(ctx, self)
        self.export = DeckExport(ctx, self)
        self._connect()
        self._add_actions()

    def _connect(self) -> None:
        desk, deck = self.desk, self.deck
        deck.renewed.connect(self._on_renewed)
        deck.gone.connect(lambda: self.ctx.go(Place("training")))
        deck.added.connect(self._on_added)
        deck.stored.connect(desk.strip.hide)
        deck.refused.connect(self._on_refused)
        desk.strip.acted.connect(deck.save)
        desk.title.committed.connect(lambda value: self._edit_session({"title": str(value).strip()}))
        desk.language.chosen.connect(deck.choose_language)
        desk.facts.edited.connect(self._edit_session)
        desk.facts.file_wanted.connect(self._open_file)
        desk.facts.closed.connect(lambda: desk.show_facts(on=False))
        desk.library.searched.connect(self._search)
        desk.library.chosen.connect(self.add_module)
        desk.library.blank_wanted.connect(lambda layout: deck.add_blank(layout, at=self._after))
        desk.slides.picked.connect(self.pick)
        desk.slides.moved.connect(self.move_slide)
        desk.slides.removed.connect(deck.remove)
        desk.stage.turned.connect(self.turn)
        desk.stage.resized.connect(self._on_size)
        desk.editor.changed.connect(self._on_typed)
        desk.checks.minutes_changed.connect(self._on_minutes)
        desk.checks.slide_wanted.connect(self.pick)
        desk.standard.clicked.connect(deck.add_standard)
        desk.pdf.clicked.connect(lambda: self._export("pdf"))
        desk.pptx.clicked.connect(lambda: self._export("pptx"))
        self.pictures.drawn.connect(self._show_pictures)
        self.pictures.page_drawn.connect(self._on_page_drawn)

    def _add_actions(self) -> None:
        tr, desk = self.ctx.tr, self.desk
        for name, text, keys, run in (
            ("export_pdf", tr("Export PDF"), "Ctrl+P", lambda: self._export("pdf")),
            ("export_pptx", tr("Export PPTX"), "Ctrl+Shift+P", lambda: self._export("pptx")),
            ("blank", tr("Blank slide"), "Ctrl+N", desk.open_layouts),
            ("library", tr("Show or hide the modules"), "F4", desk.toggle_library),
            ("facts", tr("When, where and who"), "Ctrl+I", desk.toggle_facts),
            ("earlier", tr("Previous slide"), "PgUp", lambda: self.turn(-1)),
            ("later", tr("Next slide"), "PgDown", lambda: self.turn(1)),
            ("texts", tr("Edit the texts"), "Alt+1", lambda: desk.editor.edit_part("texts")),
            ("notes", tr("Edit the notes"), "Alt+2", lambda: desk.editor.edit_part("notes")),
            ("move_up", tr("Move slide up"), "", lambda: desk.slides.move_by(-1)),
            ("move_down", tr("Move slide down"), "", lambda: desk.slides.move_by(1)),
            ("remove", tr("Remove slide"), "", lambda: self.deck.remove(self._current)),
        ):
            self.add_page_action(name, text, run, keys=keys)
        for code, name in deck_languages():
            text = tr("{setting}: {choice}", setting=tr("Language of the deck"), choice=name)
            self.add_page_action(f"language_{code}", text, partial(self.deck.choose_language, code))

    # -- showing -------------------------------------------------------------------------------------------------------

    @override
    def search_field(self) -> QWidget | None:
        return self.desk.show_library()

    @override
    def start_focus(self) -> QWidget | None:
        return self.desk.slides

    @override
    def show_place(self, place: Place) -> None:
        if place.id is not None and place.id != self.deck.session_id:
            self.leave()
            self.deck.turn_to(place.id)
            self._drawn = None
            self._current = self._part = 0
            self.pictures.forget()
            self.desk.clear()
            self.blank()
        self.load_anew()

    @override
    def load(self) -> None:
        self.deck.load()

    @override
    def leave_field(self) -> bool:
        """Esc leads to the slides first, from wherever the deck is worked on, and from the slides to the list."""
        here, slides = QApplication.focusWidget(), self.desk.slides
        if here is None or here is slides or not self.isAncestorOf(here):
            return False
        slides.setFocus(Qt.FocusReason.OtherFocusReason)
        return slides.hasFocus()

    def _on_renewed(self, before: DeckDraft | None) -> None:
        came = self.deck.draft.added_to(before) if self.deck.draft is not None and before is not None else ()
        if len(came) == 1:
            self._current, self._part = came[0], 0  # Undo or Redo has brought it back
        if self.deck.slide(self._current) is None:
            self._current, self._part = self._neighbour(before), 0
        self._show()

    def _neighbour(self, before: DeckDraft | None) -> int:
        """The slide in the place of the one that was shown."""
        slides = self.deck.draft.slides if self.deck.draft is not None else ()
        place = before.place_of(self._current) if before is not None else None
        return slides[min(place or 0, len(slides) - 1)].id if slides else 0

    def _show(self) -> None:
        draft = self.deck.draft
        if draft is None:
            return
        ctx, session = self.ctx, draft.session
        start, end = ctx.local(session.starts_at), ctx.local(session.ends_at)
        people = ctx.tr_n("{n} person", "{n} people", session.head_count) if session.head_count else ""
        remark, brief = (
            " · ".join(part for part in (session_when(start, end, ctx.formats, short=short), people) if part)
            for short in (False, True)
        )
        self.desk.show_session(session, draft.sheet.distributor.display_name, remark, brief=brief)
        self._show_library()
        self.desk.show_empty(empty=not draft.slides)
        self._show_slides()
        self._edit(draft.slide(self._current))
        self._show_stage()
        self._draw()

    def _show_library(self) -> None:
        deck, language = self.deck, self.ctx.language
        if deck.draft is not None and deck.facts is not None:
            slides, modules = deck.draft.slides, deck.library.modules
            self.desk.library.show_rows(
                words.library_rows(modules, deck.facts, slides, typed=self._typed, language=language)
            )

    def _show_slides(self) -> None:
        """The small pictures' words, the time and the checks."""
        draft, language = self.deck.draft, self.ctx.language
        if draft is None:
            return
        pages, cut, unprinted = self.pictures.pages, self.pictures.cut, self.pictures.unprinted
        rows = [
            SlideRow(
                id=slide.id,
                number=str(words.slide_number(slide, place, pages)),
                name=self.deck.name_of(slide),
                minutes=words.minutes_short(slide.minutes, language),
                is_doubtful=slide.id in cut or words.is_empty(slide),
            )
            for place, slide in enumerate(draft.slides)
        ]
        total = max(pages.total, len(rows))
        self.desk.show_slides(rows, self._current, self.ctx.tr_n("{n} slide", "{n} slides", total) if total else "")
        length = round((draft.session.ends_at - draft.session.starts_at).total_seconds() / 60)
        self.desk.checks.show_time(words.time_plan(draft.slides, length, self.deck.modules, language), self._current)
        slide = draft.slide(self._current)
        self.desk.checks.show_minutes(slide.minutes if slide is not None else None)
        self.desk.checks.show_checks(words.checks(draft.slides, cut, pages, language, unprinted=unprinted))

    @property
    def page(self) -> int | None:
        """The drawn page that is shown, from 0."""
        first = self.pictures.pages.first_of(self._current)
        return None if first is None else first + self._part

    def _show_stage(self) -> None:
        """The large picture; the one before stays until the new one is there."""
        draft, page = self.deck.draft, self.page
        slide = draft.slide(self._current) if draft is not None else None
        if draft is None or slide is None:
            return
        total = max(self.pictures.pages.total, len(draft.slides))
        place = draft.place_of(self._current) or 0
        name = self.deck.name_of(slide)
        self.desk.stage.show_page(place if page is None else page, total, name=name)
        if page is not None:
            self.pictures.want_page(page)

    def _on_page_drawn(self, page: int) -> None:
        if page == self.page:
            self.desk.stage.show_image(self.pictures.large[page])

    def _show_pictures(self) -> None:
        counts = dict(self.pictures.pages.counts)
        self._part = min(self._part, counts.get(self._current, 1) - 1)
        self.desk.slides.show_pictures(self.pictures.small)
        self._show_slides()
        self._show_stage()

    def _draw(self, *, now: bool = True) -> None:
        """Have the pictures drawn when the deck looks different."""
        draft = self.deck.draft
        if draft is None or not self.isVisible():
            return
        wish = (draft.sheet, draft.session.language)
        if wish == self._drawn:
            return
        self._drawn = wish
        self.pictures.set_widths(self.desk.stage.width_wanted, round(PICTURE.width() * self.devicePixelRatioF()))
        self.pictures.draw(draft.sheet, self.deck.language, slide_id=self._current, part=self._part, now=now)

    def _on_size(self) -> None:
        """The slide has another size: its picture is drawn anew, sharp."""
        if self.deck.draft is None or not self.isVisible():
            return
        width = self.desk.stage.width_wanted
        self.pictures.set_widths(width, round(PICTURE.width() * self.devicePixelRatioF()))
        self._show_stage()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.desk.fit(self.width())

    # -- choosing ------------------------------------------------------------------------------------------------------

    def pick(self, slide_id: int, part: int = 0) -> None:
        """Show a slide."""
        if self.deck.draft is None or self.deck.slide(slide_id) is None:
            return
        self.desk.checks.flush()
        self._current, self._part = slide_id, part
        self._show_slides()
        self._edit(self.deck.draft.slide(slide_id))
        self._show_stage()

    def _edit(self, slide: Slide | None) -> None:
        self.desk.editor.show_slide(slide, "" if slide is None else self.deck.kind_of(slide))

    def turn(self, step: int) -> None:
        """The page before or after; a slide of many rows has several."""
        draft, page = self.deck.draft, self.page
        if draft is None:
            return
        pages = self.pictures.pages
        target = pages.slide_at(page + step) if page is not None and page + step >= 0 else None
        if page is not None and target is not None:
            self.pick(target, page + step - (pages.first_of(target) or 0))
            return
        place = (draft.place_of(self._current) or 0) + step
        if page is None and 0 <= place < len(draft.slides):
            self.pick(draft.slides[place].id)

    def _search(self, typed: str) -> None:
        self._typed = typed
        self._show_library()

    # -- typing --------------------------------------------------------------------------------------------------------

    def _on_typed(self, slide: Slide) -> None:
        self.deck.type(slide)
        self._show_slides()
        self._draw(now=False)

    def _on_minutes(self, minutes: int) -> None:
        slide = self.deck.slide(self._current)
        if slide is not None and slide.minutes != minutes:
            changed = replace(slide, minutes=minutes)
            self._edit(changed)
            self._on_typed(changed)

    @override
    def leave(self) -> None:
        self.desk.flush()
        self.deck.save()

    @override
    def let_go(self) -> None:
        self.leave()
        self.deck.let_go()

    def _on_refused(self, error: UserError) -> None:
        self.desk.strip.set_text(self.ctx.feedback.sentence(error), self.ctx.tr("Try again"))
        self.desk.strip.show()

    # -- the deck ------------------------------------------------------------------------------------------------------

    @property
    def _after(self) -> int | None:
        """The place after the current slide; ``None`` is the end."""
        place = self.deck.draft.place_of(self._current) if self.deck.draft is not None else None
        return None if place is None else place + 1

    def add_module(self, key: str) -> None:
        """Add a slide of the library after the current one, or say what it lacks."""
        deck, ctx = self.deck, self.ctx
        if deck.facts is None:
            return
        module = deck.modules[key]
        missing = words.missing_facts(module, deck.facts)
        if not missing:
            deck.add_module(key, at=self._after)
            return
        reason = words.missing_words(missing, ctx.language)
        own = words.SESSION_FACTS.issuperset(missing)
        ctx.feedback.say(
            ctx.tr("“{name}” cannot be added yet. {reason}", name=module.text(ctx.language.code).name, reason=reason),
            action=ctx.tr("When, where and who") if own else ctx.tr("Open file"),
            run=partial(self.desk.show_facts, on=True) if own else self._open_file,
            wrong=True,
        )

    def _on_added(self, slide_id: int) -> None:
        self._current, self._part = slide_id, 0

    def move_slide(self, slide_id: int, to: int) -> None:
        """Give a slide another place, from 0; it is the shown one then."""
        self._current, self._part = slide_id, 0
        self.deck.move(slide_id, to)

    # -- the session ---------------------------------------------------------------------------------------------------

    def _edit_session(self, changes: dict[str, object]) -> None:
        draft = self.deck.draft
        if draft is not None and changes.get("title") == "":
            self.desk.title.set_value(draft.session.title)
            self.ctx.feedback.error(UserError("name_missing"))
            return
        self.deck.edit_session(changes)
        self._show()

    def _open_file(self) -> None:
        if self.deck.draft is not None:
            self.ctx.go(Place("file", self.deck.draft.session.distributor_id))

    # -- export --------------------------------------------------------------------------------------------------------

    def _export(self, form: str) -> None:
        """Ask where the deck is to be written as ``pdf`` or ``pptx``, under the title that is typed."""
        self.leave()
        if self.deck.draft is not None:
            sheet, language = self.deck.draft.sheet, self.deck.language
            self.export.ask(sheet, language, form, lambda target: self.export_to(target, form))

    def export_to(self, target: Path, form: str) -> None:
        """Write the deck as ``pdf`` or ``pptx``, as it is typed."""
        self.leave()
        if self.deck.draft is not None:
            self.export.write(self.deck.draft.sheet, self.deck.language, form, target)
