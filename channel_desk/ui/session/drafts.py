"""What was typed on the slides of a deck and is not stored yet."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Self

from channel_desk.domain.training import Slide
from channel_desk.presentation.deck_builder import changed_fields
from channel_desk.presentation.deck_builder_draft import DeckDraft
from channel_desk.services.training import edit_slide
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.drafts import Batch, Drafts
from channel_desk.ui.overriding import override


@dataclass
class _Batch(Batch):
    """Fields of slides, by the slide's id and the field's name."""

    #: Slides, with the names of their fields or of the texts among them.
    typed: set[Hashable] = field(default_factory=set)

    @property
    @override
    def places(self) -> set[Hashable]:
        return self.typed

    @property
    def slides(self) -> dict[int, dict[str, object]]:
        """The changed fields of each slide."""
        found: dict[int, dict[str, object]] = {}
        for (slide_id, name), value in self.values.items():
            found.setdefault(slide_id, {})[name] = value
        return found

    @override
    def add(self, other: Self) -> None:
        super().add(other)
        self.typed |= other.typed

    @override
    def store(self, uow: UnitOfWork, record_id: int) -> None:
        for slide_id, changes in self.slides.items():
            # what was kept for a slide that was taken out meanwhile must not hold back the others
            if uow.find(Slide, slide_id) is not None:
                edit_slide(uow, slide_id, **changes)


class SlideDrafts(Drafts[_Batch]):
    """The typing of one open deck."""

    @override
    def _batch(self) -> _Batch:
        return _Batch()

    @override
    def _label(self, batch: _Batch) -> str:
        return self._ctx.tr("Slide changed")

    def take(self, before: Slide, after: Slide) -> None:
        """Keep what ``after`` has that ``before`` had not, and store it after a pause."""
        changes = changed_fields(before, after)
        texts = dict(set(after.texts) ^ set(before.texts)).keys()
        self._waiting.values.update({(after.id, name): value for name, value in changes.items()})
        self._waiting.typed |= {(after.id, name) for name in (changes.keys() - {"texts"}) | texts}
        self._wait()

    def merged(self, draft: DeckDraft) -> DeckDraft:
        """``draft`` as read from the data, with what is newer here."""
        for batch in (*self._on_the_way, self._waiting):
            for slide_id, changes in batch.slides.items():
                slide = draft.slide(slide_id)
                if slide is not None:
                    draft = draft.typed(replace(slide, **changes))  # type: ignore[arg-type]  # the fields of a slide
        return draft
