"""A training deck in words: slides, numbers, footer and alternative texts, all final (paper.md, section 6).

The deck is shown to the distributor. It is built from :class:`ShareableDistributor` and from slides, never from the
distributor's own record, so that nothing internal can come in by type (domain.md, section 13).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from channel_desk.clock import Clock
from channel_desk.domain.shareable import ShareableDistributor
from channel_desk.domain.slide_layouts import LAYOUTS, MOST_ROWS
from channel_desk.domain.training import Layout, Slide, TrainingKind, TrainingSession
from channel_desk.i18n import Language, mark

#: Longest texts that are taken over; a longer one could not be read anyway and takes long to break into lines.
LONGEST_TEXT: Final = 1_000
LONGEST_NOTES: Final = 20_000

_FOOTERS: Final[dict[TrainingKind, str]] = {
    TrainingKind.PRODUCT: mark("{name} product training"),
    TrainingKind.SALES: mark("{name} sales training"),
    TrainingKind.MANAGEMENT: mark("{name} management training"),
}
_QUIZ_LETTERS: Final = "ABCD"
_SEPARATOR: Final = " · "


@dataclass(frozen=True, kw_only=True)
class DeckSlide:
    """One slide as it is drawn; ``number`` counts from 1. ``heads`` are column heads by table."""

    number: int
    layout: Layout
    kicker: str
    title: str
    texts: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    heads: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: What the trainer says; a quiz tells its answer here and nowhere else.
    notes: str = ""
    #: What the slide shows, for people who cannot see it.
    alt: str = ""

    def text(self, key: str) -> str:
        return dict(self.texts).get(key, "")

    def table(self, key: str) -> tuple[tuple[str, ...], ...]:
        return dict(self.rows).get(key, ())

    def head(self, key: str) -> tuple[str, ...]:
        return dict(self.heads).get(key, ())


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What the cover shows besides its slide's texts."""

    brand: str
    subtitle: str
    date_line: str
    place_line: str
    promises_head: str


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A whole deck, made at a moment of the user's clock. ``more`` marks the title of a continuation slide."""

    language_code: str
    title: str
    author: str
    made_at: datetime
    footer: str
    cover: Cover
    more: str
    slides: tuple[DeckSlide, ...]


def build_deck(
    session: TrainingSession,
    slides: Sequence[Slide],
    distributor: ShareableDistributor,
    language: Language,
    *,
    clock: Clock,
) -> Deck:
    """The deck of ``session`` in ``language``, its times where ``clock`` stands. TypeError for an internal record."""
    if type(distributor) is not ShareableDistributor:
        raise TypeError("a deck is built from the shareable part of a distributor only")
    starts_at, ends_at = session.starts_at.astimezone(clock.zone), session.ends_at.astimezone(clock.zone)
    day = language.formats.day_full(starts_at.date())
    brand = clean_text(session.brand)
    name = clean_text(distributor.display_name)
    title = clean_text(session.title)
    team = language.tr(_FOOTERS[session.kind], name=name)
    place = clean_text(session.place)
    city = clean_text(distributor.city)
    where = [city, place] if city and city not in place else [place]
    trainer = clean_text(session.trainer)
    ordered = sorted(slides, key=lambda slide: slide.position)
    return Deck(
        language_code=language.code,
        title=title,
        author=trainer,
        made_at=clock.now().astimezone(clock.zone),
        footer=_SEPARATOR.join(part for part in (brand, team, day) if part),
        cover=Cover(
            brand=brand,
            # A new session is called like this, and its cover would say it twice.
            subtitle=clean_text(session.subtitle) or (team if team != title else ""),
            date_line=_spaced([day, language.formats.time_range(starts_at, ends_at)]),
            place_line=_spaced([_SEPARATOR.join(p for p in where if p), language.tr("Trainer {name}", name=trainer)])
            if trainer
            else _SEPARATOR.join(p for p in where if p),
            promises_head=language.tr("Take away today"),
        ),
        more=language.tr("continued"),
        slides=tuple(_slide(number, slide, language) for number, slide in enumerate(ordered, start=1)),
    )


def clean_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """``text`` without characters that no file format takes, cut at ``longest`` characters with an ellipsis."""
    kept = "".join(c for c in text.replace("\r\n", "\n").replace("\t", " ")[: longest * 2] if c == "\n" or _is_text(c))
    kept = kept.strip()
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def _is_text(character: str) -> bool:
    """Whether XML can hold the character; controls, surrogates and the two that are none in any standard it cannot."""
    return unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} and character not in "\ufffe\uffff"


def _slide(number: int, slide: Slide, language: Language) -> DeckSlide:
    form = LAYOUTS[slide.layout]
    known = {text.key for text in form.texts}
    texts = {key: clean_text(text) for key, text in slide.texts if key in known}
    answer = texts.pop("answer", "")
    title = clean_text(slide.title)
    if slide.layout is Layout.QUIZ and not title:
        title = texts.pop("question", "")
    rows = tuple((table.key, _rows(slide.table(table.key), len(table.columns))) for table in form.rows)
    notes = clean_text(slide.notes, LONGEST_NOTES)
    if answer:
        notes = "\n".join(part for part in (language.tr("Answer: {answer}", answer=answer), notes) if part)
    built = DeckSlide(
        number=number,
        layout=slide.layout,
        kicker=clean_text(slide.kicker),
        title=title,
        texts=tuple(texts.items()),
        rows=rows,
        heads=tuple((table.key, tuple(language.tr(column) for column in table.columns)) for table in form.rows),
        notes=notes,
    )
    return replace(built, alt=_alternative_text(built, language))


def _rows(rows: Sequence[Sequence[str]], columns: int) -> tuple[tuple[str, ...], ...]:
    """Rows of exactly ``columns`` clean cells; rows without any text are left out."""
    cleaned = (tuple(clean_text(cell) for cell in row[:columns]) for row in rows[:MOST_ROWS])
    return tuple(row + ("",) * (columns - len(row)) for row in cleaned if any(row))


def _alternative_text(slide: DeckSlide, language: Language) -> str:
    """The slide read aloud: layout, title, then every text and row."""
    said = [language.tr(slide.layout.label), slide.title, *(text for _, text in slide.texts)]
    for _, rows in slide.rows:
        said += [" – ".join(cell for cell in row if cell) for row in rows]
    if slide.layout is Layout.QUIZ:
        options = slide.table("options")
        said = [language.tr(slide.layout.label), slide.title, *(text for _, text in slide.texts)]
        said += [f"{letter} {row[0]}" for letter, row in zip(_QUIZ_LETTERS, options, strict=False)]
    return "\n".join(part for part in said if part)


def _spaced(parts: Sequence[str]) -> str:
    """Parts of one line, an em space apart."""
    return "\u2003".join(part for part in parts if part)
