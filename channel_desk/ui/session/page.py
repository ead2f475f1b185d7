"""The deck of one training session: chosen from the library, put in order, typed, checked and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.deck_modules import DeckFacts
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.training import Layout, Slide, TrainingSession
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, Language
from channel_desk.presentation import deck_builder as words
from channel_desk.presentation.deck_builder_draft import DeckDraft
from channel_desk.presentation.session_list import session_when
from channel_desk.services.training import (
    DeckLibrary,
    SessionSheet,
    add_slide,
    deck_facts,
    edit_session,
    edit_slide,
    move_slide,
    open_session,
    remove_slide,
    slide_of,
    standard_slides,
)
from channel_desk.storage.reader import Reader
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.session.desk import DeckDesk
from channel_desk.ui.session.export import DeckExport
from channel_desk.ui.session.pictures import DeckPictures
from channel_desk.ui.session.thumbnails import PICTURE, SlideRow

#: Milliseconds after the last key before typing is stored.
AUTOSAVE: Final = 400
#: Minutes of a slide made by hand.
BLANK_MINUTES: Final = 5


@dataclass(frozen=True)
class _Found:
    sheet: SessionSheet
    facts: DeckFacts


class SessionPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (TrainingSession, Slide, Distributor, Contact, Commitment)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._id = 0
        self._draft: DeckDraft | None = None
        self._facts: DeckFacts | None = None
        self._current = 0
        self._part = 0
        self._typed = ""
        self._writes = 0
        self._is_late = False
        self._drawn: tuple[SessionSheet, str] | None = None
        self._library = DeckLibrary(ctx.resources / "decks")
        self._modules = {module.key: module for module in self._library.modules}
        self.desk = DeckDesk(self)
        self.pictures = DeckPictures(ctx, self)
        self.export = DeckExport(ctx, self)
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE)
        self._autosave.timeout.connect(self._save)
        self._connect()
        self._add_actions()

    def _connect(self) -> None:
        desk = self.desk
        desk.title.committed.connect(lambda value: self._edit_session({"title": str(value).strip()}))
        desk.language.chosen.connect(self._choose_language)
        desk.facts.edited.connect(self._edit_session)
        desk.facts.file_wanted.connect(self._open_file)
        desk.facts.closed.connect(lambda: desk.show_facts(on=False))
        desk.library.searched.connect(self._search)
        desk.library.chosen.connect(self.add_module)
        desk.library.blank_wanted.connect(self.add_blank)
        desk.slides.picked.connect(self.pick)
        desk.slides.moved.connect(self.move_slide)
        desk.slides.removed.connect(self.remove_slide)
        desk.stage.turned.connect(self.turn)
        desk.stage.resized.connect(self._on_size)
        desk.editor.changed.connect(self._on_typed)
        desk.checks.minutes_changed.connect(self._on_minutes)
        desk.checks.slide_wanted.connect(self.pick)
        desk.standard.clicked.connect(self._fill_standard)
        desk.pdf.clicked.connect(partial(self._export, "pdf"))
        desk.pptx.clicked.connect(partial(self._export, "pptx"))
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
            ("remove", tr("Remove slide"), "", lambda: self.remove_slide(self._current)),
        ):
            self.add_page_action(name, text, run, keys=keys)

    # -- showing -------------------------------------------------------------------------------------------------------

    @override
    def search_field(self) -> QWidget | None:
        return self.desk.show_library()

    @override
    def start_focus(self) -> QWidget | None:
        return self.desk.slides

    @override
    def show_place(self, place: Place) -> None:
        if place.id is not None and place.id != self._id:
            self._id = place.id
            self._draft = self._facts = self._drawn = None
            self._current = self._part = 0
            self.pictures.forget()
            self.desk.clear()
        self.load_anew()

    @override
    def load(self) -> None:
        session_id = self._id

        def work(reader: Reader) -> _Found | None:
            session = reader.find(TrainingSession, session_id)
            if session is None:
                return None
            return _Found(open_session(reader, session_id), deck_facts(reader, session))

        self.ctx.tasks.read(work, self._take, owner=self, key="session")

    def _take(self, found: _Found | None) -> None:
        if self._writes:
            self._is_late = True  # read before what is being written: read again after it
            return
        if found is None:
            self.ctx.go(Place("training"))
            return
        before = self._draft
        self._facts = found.facts
        self._draft = DeckDraft.opened(found.sheet) if before is None else before.renewed(found.sheet)
        if self._draft.slide(self._current) is None:
            self._current, self._part = self._neighbour(before), 0
        self._show()

    def _neighbour(self, before: DeckDraft | None) -> int:
        """The slide in the place of the one that was shown."""
        slides = self._draft.slides if self._draft is not None else ()
        place = before.place_of(self._current) if before is not None else None
        return slides[min(place or 0, len(slides) - 1)].id if slides else 0

    def _show(self) -> None:
        draft = self._draft
        if draft is None:
            return
        ctx, session = self.ctx, draft.session
        start, end = ctx.local(session.starts_at), ctx.local(session.ends_at)
        people = ctx.tr_n("{n} person", "{n} people", session.head_count) if session.head_count else ""
        remark = " · ".join(part for part in (session_when(start, end, ctx.formats), people) if part)
        self.desk.show_session(session, draft.sheet.distributor.display_name, remark)
        self._show_library()
        self.desk.show_empty(empty=not draft.slides)
        self._show_slides()
        self.desk.editor.show_slide(draft.slide(self._current))
        self._show_stage()
        self._draw()

    def _show_library(self) -> None:
        if self._draft is not None and self._facts is not None:
            modules, language = self._library.modules, self.ctx.language
            self.desk.library.show_rows(
                words.library_rows(modules, self._facts, self._draft.slides, typed=self._typed, language=language)
            )

    def _show_slides(self) -> None:
        """The small pictures' words, the time and the checks."""
        draft, language = self._draft, self.ctx.language
        if draft is None:
            return
        pages, cut = self.pictures.pages, self.pictures.cut
        rows = [
            SlideRow(
                id=slide.id,
                number=str(words.slide_number(slide, place, pages)),
                name=words.slide_name(slide, self._modules, language),
                minutes=words.minutes_short(slide.minutes, language),
                is_doubtful=slide.id in cut or words.is_empty(slide),
            )
            for place, slide in enumerate(draft.slides)
        ]
        total = max(pages.total, len(rows))
        self.desk.show_slides(rows, self._current, self.ctx.tr_n("{n} slide", "{n} slides", total) if total else "")
        length = round((draft.session.ends_at - draft.session.starts_at).total_seconds() / 60)
        self.desk.checks.show_time(words.time_plan(draft.slides, length, self._modules, language), self._current)
        slide = draft.slide(self._current)
        self.desk.checks.show_minutes(slide.minutes if slide is not None else None)
        self.desk.checks.show_checks(words.checks(draft.slides, cut, pages, language))

    @property
    def page(self) -> int | None:
        """The drawn page that is shown, from 0."""
        first = self.pictures.pages.first_of(self._current)
        return None if first is None else first + self._part

    def _show_stage(self) -> None:
        """The large picture; the one before stays until the new one is there."""
        draft, page = self._draft, self.page
        slide = draft.slide(self._current) if draft is not None else None
        if draft is None or slide is None:
            return
        total = max(self.pictures.pages.total, len(draft.slides))
        place = draft.place_of(self._current) or 0
        name = words.slide_name(slide, self._modules, self.ctx.language)
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

    def _language(self) -> Language:
        return self.ctx.language_of(self._draft.session.language if self._draft is not None else self.ctx.language.code)

    def _draw(self, *, now: bool = True) -> None:
        """Have the pictures drawn when the deck looks different."""
        draft = self._draft
        if draft is None or not self.isVisible():
            return
        wish = (draft.sheet, draft.session.language)
        if wish == self._drawn:
            return
        self._drawn = wish
        self.pictures.set_widths(self.desk.stage.width_wanted, round(PICTURE.width() * self.devicePixelRatioF()))
        self.pictures.draw(draft.sheet, self._language(), slide_id=self._current, part=self._part, now=now)

    def _on_size(self) -> None:
        """The slide has another size: its picture is drawn anew, sharp."""
        if self._draft is None or not self.isVisible():
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
        if self._draft is None or self._draft.slide(slide_id) is None:
            return
        self.desk.checks.flush()
        self._current, self._part = slide_id, part
        self._show_slides()
        self.desk.editor.show_slide(self._draft.slide(slide_id))
        self._show_stage()

    def turn(self, step: int) -> None:
        """The page before or after; a slide of many rows has several."""
        draft, page = self._draft, self.page
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
        if self._draft is None:
            return
        self._draft = self._draft.typed(slide)
        self._autosave.start()
        self._show_slides()
        self._draw(now=False)

    def _on_minutes(self, minutes: int) -> None:
        slide = self._draft.slide(self._current) if self._draft is not None else None
        if slide is not None and slide.minutes != minutes:
            changed = replace(slide, minutes=minutes)
            self.desk.editor.show_slide(changed)
            self._on_typed(changed)

    def _save(self) -> None:
        """Hand what is typed over to be stored."""
        self._autosave.stop()
        draft = self._draft
        unsaved = draft.unsaved if draft is not None else {}
        if draft is None or not unsaved:
            return
        stored = {slide_id: draft.stored[slide_id] for slide_id in unsaved}
        self._draft = draft.saved()

        def work(uow: UnitOfWork) -> None:
            for slide_id, changes in unsaved.items():
                edit_slide(uow, slide_id, **changes)

        def put_back() -> None:
            if self._draft is not None and self._draft.session.id == draft.session.id:
                self._draft = self._draft.refused(stored)

        self._write(self.ctx.tr("Slide changed"), work, toast=False, again=False, refused=put_back)

    def _write(
        self,
        label: str,
        work: Callable[[UnitOfWork], object],
        *,
        toast: bool = True,
        show: bool = False,
        again: bool = True,
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Store a change of this page and read it ``again``; with ``show`` the slide whose id comes back is picked."""
        self._writes += 1

        def done(result: object) -> None:
            if show and isinstance(result, int):
                self._current, self._part = result, 0
            self._end_write(again=again)

        def failed(error: UserError) -> None:
            if refused is not None:
                refused()
            self.ctx.feedback.error(error)
            self._end_write(again=True)

        self.ctx.tasks.write(label, work, initiator=self, then=done, failed=failed, toast=toast)

    def _end_write(self, *, again: bool) -> None:
        self._writes -= 1
        self._is_late = self._is_late or again
        if not self._writes and self._is_late:
            self._is_late = False
            self.load_anew()

    @override
    def leave(self) -> None:
        self.desk.flush()
        self._save()

    # -- the deck ------------------------------------------------------------------------------------------------------

    @property
    def _after(self) -> int | None:
        """The place after the current slide; ``None`` is the end."""
        place = self._draft.place_of(self._current) if self._draft is not None else None
        return None if place is None else place + 1

    def add_module(self, key: str) -> None:
        """Add a slide of the library after the current one, or say what it lacks."""
        if self._facts is None:
            return
        module, ctx, library = self._modules[key], self.ctx, self._library
        name = module.text(ctx.language.code).name
        missing = words.missing_facts(module, self._facts)
        if missing:
            reason = words.missing_words(missing, ctx.language)
            own = words.SESSION_FACTS.issuperset(missing)
            ctx.feedback.say(
                ctx.tr("“{name}” cannot be added yet. {reason}", name=name, reason=reason),
                action=ctx.tr("When, where and who") if own else ctx.tr("Open file"),
                run=partial(self.desk.show_facts, on=True) if own else self._open_file,
            )
            return
        self._save()
        session_id, at, language_of = self._id, self._after, ctx.language_of

        def work(uow: UnitOfWork) -> int:
            session = uow.get(TrainingSession, session_id)
            slide = slide_of(uow, session, key, library=library, language=language_of(session.language))
            return add_slide(uow, slide, at=at)

        self._write(ctx.tr("“{name}” added", name=name), work, show=True)

    def add_blank(self, layout: Layout) -> None:
        """Add a slide without texts after the current one."""
        if self._draft is None:
            return
        self._save()
        slide, at = Slide(session_id=self._draft.session.id, layout=layout, minutes=BLANK_MINUTES), self._after
        label = self.ctx.tr("“{name}” added", name=self.ctx.tr(layout.label))
        self._write(label, lambda uow: add_slide(uow, slide, at=at), show=True)

    def _fill_standard(self) -> None:
        session_id, library, language = self._id, self._library, self._language()

        def work(uow: UnitOfWork) -> None:
            session = uow.get(TrainingSession, session_id)
            for slide in standard_slides(uow, session, library=library, language=language):
                add_slide(uow, slide)

        self._write(self.ctx.tr("Standard deck added"), work)

    def move_slide(self, slide_id: int, to: int) -> None:
        """Give a slide another place, from 0."""
        slide = self._draft.slide(slide_id) if self._draft is not None else None
        if slide is None:
            return
        self._save()
        self._current = slide_id
        name = words.slide_name(slide, self._modules, self.ctx.language)
        label = self.ctx.tr("“{name}” moved to place {number}", name=name, number=to + 1)
        self._write(label, lambda uow: move_slide(uow, slide_id, to=to))

    def remove_slide(self, slide_id: int) -> None:
        """Take a slide out of the deck."""
        slide = self._draft.slide(slide_id) if self._draft is not None else None
        if slide is None:
            return
        self._save()
        name = words.slide_name(slide, self._modules, self.ctx.language)
        self._write(self.ctx.tr("“{name}” removed", name=name), lambda uow: remove_slide(uow, slide_id))

    # -- the session ---------------------------------------------------------------------------------------------------

    def _edit_session(self, changes: dict[str, object]) -> None:
        draft = self._draft
        if draft is None:
            return
        if changes.get("title") == "":
            self.desk.title.set_value(draft.session.title)
            self.ctx.feedback.error(UserError("name_missing"))
            return
        self._draft = draft.with_session(**changes)
        session_id = self._id
        self._write(self.ctx.tr("Training changed"), lambda uow: edit_session(uow, session_id, **changes), toast=False)
        self._show()

    def _choose_language(self, code: str) -> None:
        session_id = self._id
        label = self.ctx.tr("Headings and dates are now in {language}; your texts stay", language=LANGUAGES[code])
        self._save()
        self._write(label, lambda uow: edit_session(uow, session_id, language=code))

    def _open_file(self) -> None:
        if self._draft is not None:
            self.ctx.go(Place("file", self._draft.session.distributor_id))

    # -- export --------------------------------------------------------------------------------------------------------

    def _export(self, form: str) -> None:
        self.leave()
        if self._draft is not None:
            self.export.ask(self._draft.sheet, self._language(), form)

    def export_to(self, target: Path, form: str) -> None:
        """Write the deck as ``pdf`` or ``pptx``, as it is typed."""
        self.leave()
        if self._draft is not None:
            self.export.write(self._draft.sheet, self._language(), form, target)
