"""A deck while it is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.services.training import SessionSheet


@dataclass(frozen=True)
class DeckDraft:
    """``sheet`` is the deck as it is typed."""

    sheet: SessionSheet

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

    def added_to(self, before: DeckDraft) -> tuple[int, ...]:
        """The slides that ``before`` did not have."""
        return tuple(one.id for one in self.slides if before.slide(one.id) is None)

    def typed(self, slide: Slide) -> Self:
        """With ``slide`` as it is typed now."""
        slides = tuple(slide if one.id == slide.id else one for one in self.slides)
        return replace(self, sheet=replace(self.sheet, slides=slides))

    def with_session(self, **changes: object) -> Self:
        """With other facts of the session."""
        session = replace(self.session, **changes)  # type: ignore[arg-type]  # the fields of a session
        return replace(self, sheet=replace(self.sheet, session=session))
