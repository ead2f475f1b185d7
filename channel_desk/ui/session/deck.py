"""The deck of the session page between the page and the data: reading, typing, and every change with its Undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from channel_desk.domain.deck_modules import DeckFacts, Module
from channel_desk.domain.training import Layout, Slide, TrainingSession
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, Language
from channel_desk.presentation import deck_builder as words
from channel_desk.presentation.deck_builder_draft import DeckDraft
from channel_desk.services.training import (
    DeckLibrary,
    SessionSheet,
    add_slide,
    deck_facts,
    edit_session,
    move_slide,
    open_session,
    remove_slide,
    slide_of,
    standard_slides,
)
from channel_desk.storage.reader import Reader
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.page import Page
from channel_desk.ui.session.drafts import SlideDrafts

#: Minutes of a slide made by hand.
BLANK_MINUTES: Final = 5


@dataclass(frozen=True)
class _Found:
    sheet: SessionSheet
    facts: DeckFacts


class SessionDeck(QObject):
    """A child of its page, so that the page ignores the echo of what is stored here.

    ``renewed`` gives the draft before, after the deck was read; ``gone`` tells that there is no such session any more;
    ``added`` gives a slide that was put in; ``stored`` and ``refused`` follow each write of what was typed.
    """

    renewed = Signal(object)
    gone = Signal()
    added = Signal(int)
    stored = Signal()
    refused = Signal(object)

    def __init__(self, ctx: Context, page: Page) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._page = page
        self._id = 0
        self.draft: DeckDraft | None = None
        self.facts: DeckFacts | None = None
        self.library = DeckLibrary(ctx.resources / "decks")
        self.modules: dict[str, Module] = {module.key: module for module in self.library.modules}
        self._drafts: SlideDrafts | None = None

    @property
    def session_id(self) -> int:
        return self._id

    @property
    def language(self) -> Language:
        """The language of the deck."""
        ctx = self._ctx
        return ctx.language_of(self.draft.session.language if self.draft is not None else ctx.language.code)

    def slide(self, slide_id: int) -> Slide | None:
        """A slide as it is typed."""
        return self.draft.slide(slide_id) if self.draft is not None else None

    def name_of(self, slide: Slide) -> str:
        """What a slide is called on the screen."""
        return words.slide_name(slide, self.modules, self._ctx.language)

    def kind_of(self, slide: Slide) -> str:
        """The name of its module, else of its layout."""
        return words.kind_name(slide, self.modules, self._ctx.language)

    # -- reading -------------------------------------------------------------------------------------------------------

    def turn_to(self, session_id: int) -> None:
        """Another session is meant; it is read with :meth:`load`."""
        self.let_go()
        self._id = session_id
        self.draft = self.facts = None

    def load(self) -> None:
        """Read the deck; what is typed and not stored yet stays on top."""
        session_id = self._id
        if not session_id:
            return

        def work(reader: Reader) -> _Found | None:
            session = reader.find(TrainingSession, session_id)
            if session is None:
                return None
            return _Found(open_session(reader, session_id), deck_facts(reader, session))

        self._page.read(work, self._take, key="session")

    def _take(self, found: _Found | None) -> None:
        if found is None:
            self.gone.emit()
            return
        if found.sheet.session.id != self._id:
            return
        before = self.draft
        self.facts = found.facts
        if self._drafts is None:
            self._drafts = SlideDrafts.of(self._ctx, self._id, self, stored=self.stored.emit, refused=self.refused.emit)
        self.draft = self._drafts.merged(DeckDraft(found.sheet))
        self.renewed.emit(before)

    # -- typing --------------------------------------------------------------------------------------------------------

    def type(self, slide: Slide) -> None:
        """``slide`` as it is typed now; it is stored after a pause."""
        before = self.slide(slide.id)
        if self.draft is not None and self._drafts is not None and before is not None:
            self.draft = self.draft.typed(slide)
            self._drafts.take(before, slide)

    def save(self) -> None:
        """Hand what is typed over to be stored."""
        if self._drafts is not None:
            self._drafts.flush()

    def let_go(self) -> None:
        """The deck is not shown any more; what is typed and cannot be stored outlives the page."""
        if self._drafts is not None:
            self._drafts.let_go()
        self._drafts = None
        self._id = 0  # a read on its way must not take the drafts back to a page that ends

    def _write(
        self,
        label: str,
        work: Callable[[UnitOfWork], object],
        *,
        toast: bool = True,
        then: Callable[[object], None] | None = None,
    ) -> None:
        """Store a change of this page and read the deck again."""

        def done(result: object) -> None:
            if then is not None:
                then(result)
            self.load()

        def failed(error: UserError) -> None:
            self._ctx.feedback.error(error)
            self.load()

        self._ctx.tasks.drop(self._page, "session")  # it would show the deck without what is changed now
        self._ctx.tasks.write(label, work, initiator=self, then=done, failed=failed, toast=toast)

    # -- slides --------------------------------------------------------------------------------------------------------

    def _add(self, label: str, work: Callable[[UnitOfWork], int]) -> None:
        self.save()
        self._write(label, work, then=self.added.emit)

    def add_module(self, key: str, *, at: int | None) -> None:
        """Put in a slide of the library, filled, at place ``at`` or at the end."""
        session_id, library, language_of = self._id, self.library, self._ctx.language_of

        def work(uow: UnitOfWork) -> int:
            session = uow.get(TrainingSession, session_id)
            slide = slide_of(uow, session, key, library=library, language=language_of(session.language))
            return add_slide(uow, slide, at=at)

        name = self.modules[key].text(self._ctx.language.code).name
        self._add(self._ctx.tr("“{name}” added", name=name), work)

    def add_blank(self, layout: Layout, *, at: int | None) -> None:
        """Put in a slide without texts."""
        if self.draft is not None:
            slide = Slide(session_id=self.draft.session.id, layout=layout, minutes=BLANK_MINUTES)
            label = self._ctx.tr("“{name}” added", name=self._ctx.tr(layout.label))
            self._add(label, lambda uow: add_slide(uow, slide, at=at))

    def add_standard(self) -> None:
        """Put in the slides of the standard deck."""
        session_id, library, language = self._id, self.library, self.language

        def work(uow: UnitOfWork) -> None:
            session = uow.get(TrainingSession, session_id)
            for slide in standard_slides(uow, session, library=library, language=language):
                add_slide(uow, slide)

        self._write(self._ctx.tr("Standard deck added"), work)

    def move(self, slide_id: int, to: int) -> None:
        """Give a slide another place, from 0."""
        slide = self.slide(slide_id)
        if slide is not None:
            self.save()
            label = self._ctx.tr("“{name}” moved to place {number}", name=self.name_of(slide), number=to + 1)
            self._write(label, lambda uow: move_slide(uow, slide_id, to=to))

    def remove(self, slide_id: int) -> None:
        """Take a slide out of the deck."""
        slide = self.slide(slide_id)
        if slide is not None:
            self.save()
            label = self._ctx.tr("“{name}” removed", name=self.name_of(slide))
            self._write(label, lambda uow: remove_slide(uow, slide_id))

    # -- the session ---------------------------------------------------------------------------------------------------

    def edit_session(self, changes: dict[str, object]) -> None:
        """Change facts of the session."""
        if self.draft is not None:
            self.draft = self.draft.with_session(**changes)
            session_id = self._id
            label = self._ctx.tr("Training changed")
            self._write(label, lambda uow: edit_session(uow, session_id, **changes), toast=False)

    def choose_language(self, code: str) -> None:
        """Write the frame of the deck in another language; the texts stay."""
        session_id = self._id
        label = self._ctx.tr("Headings and dates are now in {language}; your texts stay", language=LANGUAGES[code])
        self.save()
        self._write(label, lambda uow: edit_session(uow, session_id, language=code))
