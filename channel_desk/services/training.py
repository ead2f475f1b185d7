"""Use cases of training sessions and their decks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from channel_desk.domain.contacts import Contact
from channel_desk.domain.deck_modules import DeckFacts, Module, fill_module, load_modules, standard_deck
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import SessionLine
from channel_desk.domain.record import SessionId
from channel_desk.domain.shareable import ShareableDistributor
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.errors import UserError
from channel_desk.i18n import Language
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SessionSheet:
    """A session with its slides, and the shareable part of its distributor."""

    session: TrainingSession
    distributor: ShareableDistributor
    slides: tuple[Slide, ...]


class DeckLibrary:
    """The modules that ship with the program, read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._modules: tuple[Module, ...] | None = None

    @property
    def modules(self) -> tuple[Module, ...]:
        if self._modules is None:
            self._modules = load_modules(self._folder)
        return self._modules

    def module(self, key: str) -> Module:
        return next(module for module in self.modules if module.key == key)


def plan_session(uow: UnitOfWork, session: TrainingSession, slides: Sequence[Slide] = ()) -> SessionId:
    """Store a session with the slides of its deck; raises ``name_missing`` and ``times_reversed``."""
    _check(session)
    session_id = SessionId(uow.insert(session))
    for position, slide in enumerate(slides):
        uow.insert(replace(slide, id=0, session_id=session_id, position=position))
    return session_id


def edit_session(uow: UnitOfWork, session_id: int, **changes: object) -> None:
    """Change fields of a session; raises ``name_missing`` and ``times_reversed``."""
    _check(replace(uow.get(TrainingSession, session_id), **changes))  # type: ignore[arg-type]  # checked by the table
    uow.update(TrainingSession, session_id, **changes)


def delete_session(uow: UnitOfWork, session_id: int) -> None:
    """Remove a session with its slides."""
    for slide in uow.all(Slide, session_id=session_id):
        uow.delete(Slide, slide.id)
    uow.delete(TrainingSession, session_id)


def add_slide(uow: UnitOfWork, slide: Slide, *, at: int | None = None) -> int:
    """Put a slide into its deck at position ``at``, or at the end; returns its id."""
    slides = _ordered(uow, slide.session_id)
    where = len(slides) if at is None else max(0, min(at, len(slides)))
    for later in reversed(slides[where:]):
        uow.update(Slide, later.id, position=later.position + 1)
    return uow.insert(replace(slide, id=0, position=where))


def edit_slide(uow: UnitOfWork, slide_id: int, **changes: object) -> None:
    """Change the texts of a slide."""
    uow.update(Slide, slide_id, **changes)


def move_slide(uow: UnitOfWork, slide_id: int, *, to: int) -> None:
    """Give a slide another place in its deck."""
    slide = uow.get(Slide, slide_id)
    others = [one for one in _ordered(uow, slide.session_id) if one.id != slide_id]
    others.insert(max(0, min(to, len(others))), slide)
    _number(uow, others)


def remove_slide(uow: UnitOfWork, slide_id: int) -> None:
    """Take a slide out of its deck."""
    slide = uow.get(Slide, slide_id)
    uow.delete(Slide, slide_id)
    _number(uow, _ordered(uow, slide.session_id))


def open_session(reader: Reader, session_id: int) -> SessionSheet:
    """A session with everything its deck is made of; three statements. Raises ``record_gone``."""
    session = reader.get(TrainingSession, session_id)
    distributor = reader.get(Distributor, session.distributor_id)
    return SessionSheet(session, ShareableDistributor.of(distributor), _ordered(reader, session_id))


def sessions(reader: Reader) -> tuple[SessionLine, ...]:
    """All sessions, the latest first; one statement."""
    from channel_desk.storage.queries.tagged import session_lines

    return session_lines(reader)


def deck_facts(reader: Reader, session: TrainingSession) -> DeckFacts:
    """What the slides of ``session`` may be filled with: shareable facts only.

    Promises are none: what is owed, claimed and disputed is for the people of the file, not for a room full of staff.
    """
    distributor = reader.get(Distributor, session.distributor_id)
    contacts = reader.all(Contact, distributor_id=distributor.id, order=("position", "id"))
    return DeckFacts.of(
        session,
        ShareableDistributor.of(distributor),
        zone=reader.clock.zone,
        contacts=[contact.name for contact in contacts],
    )


def standard_slides(
    reader: Reader, session: TrainingSession, *, library: DeckLibrary, language: Language
) -> tuple[Slide, ...]:
    """The standard deck for ``session``, filled and in order."""
    return standard_deck(library.modules, deck_facts(reader, session), language.code, language.formats)


def slide_of(
    reader: Reader, session: TrainingSession, module_key: str, *, library: DeckLibrary, language: Language
) -> Slide:
    """One module filled for ``session``; raises ``deck_facts_missing``."""
    return fill_module(library.module(module_key), deck_facts(reader, session), language.code, language.formats)


def _ordered(reader: Reader, session_id: int) -> tuple[Slide, ...]:
    return reader.all(Slide, session_id=session_id, order=("position", "id"))


def _number(uow: UnitOfWork, slides: Sequence[Slide]) -> None:
    for position, slide in enumerate(slides):
        if slide.position != position:
            uow.update(Slide, slide.id, position=position)


def _check(session: TrainingSession) -> None:
    if not session.title.strip():
        raise UserError("name_missing")
    if session.ends_at <= session.starts_at:
        raise UserError("times_reversed")
