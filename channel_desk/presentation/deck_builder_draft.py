"""A deck while it is typed: what is stored, what is typed, and how both meet when the data changed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.presentation.deck_builder import changed_fields
from channel_desk.services.training import SessionSheet


@dataclass(frozen=True)
class DeckDraft:
    """``sheet`` is the deck as it is typed, ``stored`` its slides as they were last stored or read, by id."""

    sheet: SessionSheet
    stored: Mapping[int, Slide]

    @classmethod
    def opened(cls, sheet: SessionSheet) -> Self:
        return cls(sheet, {slide.id: slide for slide in sheet.slides})

    @property
    def session(self) -> TrainingSession:
        return self.sheet.session

    @property
    def slides(self) -> tuple[Slide, ...]:
        return self.sheet.slides

    def slide(self, slide_id: int) -> Slide | None:
        return next((slide for slide in self.slides if slide.id == slide_id), None)

    def place_of(self, slide_id: int) -> int | None:
        return next((place for place, slide in enumerate(self.slides) if slide.id == slide_id), None)

    def typed(self, slide: Slide) -> Self:
        """With ``slide`` as it is typed now."""
        slides = tuple(slide if one.id == slide.id else one for one in self.slides)
        return replace(self, sheet=replace(self.sheet, slides=slides))

    def with_session(self, **changes: object) -> Self:
        """With other facts of the session."""
        session = replace(self.session, **changes)  # type: ignore[arg-type]  # the fields of a session
        return replace(self, sheet=replace(self.sheet, session=session))

    @property
    def unsaved(self) -> dict[int, dict[str, object]]:
        """The changed fields of the slides that differ from what is stored, by id."""
        found = {slide.id: changed_fields(self.stored[slide.id], slide) for slide in self.slides}
        return {slide_id: changes for slide_id, changes in found.items() if changes}

    @property
    def unsaved_places(self) -> frozenset[tuple[int, str]]:
        """Where the unsaved changes are: slides, with the names of their fields or of the texts among them."""
        places: set[tuple[int, str]] = set()
        for slide in self.slides:
            stored = self.stored[slide.id]
            fields = changed_fields(stored, slide).keys()
            texts = dict(set(slide.texts) ^ set(stored.texts)).keys()
            places.update((slide.id, name) for name in (fields - {"texts"}) | texts)
        return frozenset(places)

    def saved(self) -> Self:
        """What is typed was handed over to be stored."""
        return replace(self, stored={slide.id: slide for slide in self.slides})

    def refused(self, stored: Mapping[int, Slide]) -> Self:
        """Storing failed: the slides are still as ``stored``, and what is typed stays typed."""
        return replace(self, stored={**self.stored, **stored})

    def renewed(self, sheet: SessionSheet) -> Self:
        """The deck as it was read anew, with what is typed but not stored yet on top."""
        unsaved = self.unsaved
        slides = tuple(
            replace(slide, **unsaved.get(slide.id, {}))  # type: ignore[arg-type]  # the fields of a slide
            for slide in sheet.slides
        )
        return type(self)(replace(sheet, slides=slides), {slide.id: slide for slide in sheet.slides})
