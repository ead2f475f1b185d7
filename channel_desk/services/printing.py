"""Printed things from gathered facts: no database, no window; runs on a pool."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from channel_desk.clock import Clock
from channel_desk.documents.printed import Printed
from channel_desk.errors import UserError
from channel_desk.i18n import Language
from channel_desk.services.training import SessionSheet

if TYPE_CHECKING:
    from channel_desk.documents.builders.brief_content import Brief
    from channel_desk.domain.briefs import BriefFacts


@dataclass(frozen=True)
class SlideFit:
    """How a slide fits its place: the pages it takes, and whether a text of it had to be shortened."""

    slide_id: int
    pages: int
    is_cut: bool


class Control(Protocol):
    """How a long job tells how far it is and learns that it is no longer wanted."""

    @property
    def cancelled(self) -> bool: ...

    def report(self, done: int, total: int) -> None: ...


class Printer:
    """Draws documents with the fonts of one folder, which are read when first needed."""

    def __init__(self, resources: Path) -> None:
        from channel_desk.documents.render.fonts import FontBook

        self._book = FontBook(resources / "fonts")

    def print_briefs(self, facts: Sequence[BriefFacts], target: Path | BinaryIO, *, language: Language) -> Printed:
        """One PDF of all ``facts``. Raises ``file_not_written``, ``file_denied``, ``file_is_data``, ``disk_full``."""
        from channel_desk.documents.render.brief_pdf import render_briefs

        return render_briefs(_built(facts, language), target, book=self._book)

    def brief_pdf(
        self, facts: Sequence[BriefFacts], *, language: Language, control: Control | None = None
    ) -> tuple[bytes, Printed]:
        """The same as bytes, for the preview; empty when cancelled."""
        from channel_desk.documents.render.brief_pdf import brief_pdf

        made = brief_pdf(_built(facts, language, control), self._book)
        return (b"", Printed(0)) if control is not None and control.cancelled else made

    def print_deck(
        self, sheet: SessionSheet, target: Path | BinaryIO, *, form: str, language: Language, clock: Clock
    ) -> Printed:
        """The deck as ``pdf`` or ``pptx``, which is shown in fonts of the reader's own. Raises ``deck_empty``."""
        from channel_desk.documents.builders.deck import build_deck

        if not sheet.slides:
            raise UserError("deck_empty")
        deck = build_deck(sheet.session, sheet.slides, sheet.distributor, language, clock=clock)
        if form == "pptx":
            from channel_desk.documents.render.deck_pptx import render_deck_pptx

            return Printed(render_deck_pptx(deck, target, self._book))
        from channel_desk.documents.render.deck_pdf import render_deck_pdf

        return render_deck_pdf(deck, target, self._book)

    def deck_pdf(self, sheet: SessionSheet, *, language: Language, clock: Clock) -> tuple[bytes, Printed]:
        """The deck as PDF bytes, for the preview."""
        target = io.BytesIO()
        printed = self.print_deck(sheet, target, form="pdf", language=language, clock=clock)
        return target.getvalue(), printed

    def fit_slides(self, sheet: SessionSheet, *, language: Language, clock: Clock) -> tuple[SlideFit, ...]:
        """How each slide of the deck fits its place, in their order."""
        from channel_desk.documents.builders.deck import build_deck
        from channel_desk.documents.render.deck_layouts import lay_out
        from channel_desk.documents.render.text import Typesetter

        deck = build_deck(sheet.session, sheet.slides, sheet.distributor, language, clock=clock)
        ruler = Typesetter(self._book)
        ids = [slide.id for slide in sorted(sheet.slides, key=lambda slide: slide.position)]
        fits = []
        for slide_id, slide in zip(ids, deck.slides, strict=True):
            pages = lay_out(replace(deck, slides=(slide,)), ruler)
            fits.append(SlideFit(slide_id, len(pages), any(page.is_cut for page in pages)))
        return tuple(fits)


def _built(facts: Sequence[BriefFacts], language: Language, control: Control | None = None) -> Iterator[Brief]:
    """The briefs of ``facts`` one by one, each when the one before it is drawn; none more once cancelled."""
    from channel_desk.documents.builders.brief import build_brief

    for number, one in enumerate(facts, 1):
        if control is not None and control.cancelled:
            return
        yield build_brief(one, language)
        if control is not None:
            control.report(number, len(facts))
