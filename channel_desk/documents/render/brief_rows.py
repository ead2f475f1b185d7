"""Rows of a visit brief that stand on its first page or go on behind it: people, objections, the profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from channel_desk.documents.builders.blocks import Fact
from channel_desk.documents.builders.brief_content import Brief, Objection, Person
from channel_desk.documents.render.palette import BODY, LABEL, TABLE, Style
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.sheet import (
    GUTTER,
    HALF,
    LEFT,
    WIDTH,
    Column,
    Piece,
    columns,
    heading,
    labelled,
    space,
    table_head,
    table_row,
    two_columns,
)
from channel_desk.documents.render.text import Span, Typesetter

_PEOPLE_SHARES: Final = (22, 12, 12, 24, 30)
#: English roles, attitudes and titles are longer: the usual ones stand on one line.
_PEOPLE_SHARES_LATIN: Final = (27, 13.3, 11.2, 22, 26.5)
_OBJECTION_SHARES: Final = (31, 18, 36, 15)
_FIGURE: Final = BODY.sized(9.2, 13).in_bold()


def more_row(text: str, style: Style, *, x: float) -> Piece:
    return Piece(style.leading + 3, lambda pdf, top: pdf.text(text, style, x, top + 2))


def people_places(brief: Brief) -> tuple[Column, ...]:
    return columns(_PEOPLE_SHARES) if brief.language == "zh_CN" else columns(_PEOPLE_SHARES_LATIN, gap=6)


def person_row(
    person: Person, places: Sequence[Column], typesetter: Typesetter, style: Style = TABLE, *, padding: float, most: int
) -> Piece:
    name = (Span(person.name, style.in_bold()), Span(f"  {person.title}" if person.title else "", style))
    rest = (person.role, person.attitude, person.wants, person.approach)
    cells = [
        typesetter.lay(name, style, places[0].width, most=most),
        *(typesetter.lay(text, style, place.width, most=most) for text, place in zip(rest, places[1:], strict=True)),
    ]
    return table_row(cells, places, padding=padding)


def objection_row(
    objection: Objection, typesetter: Typesetter, style: Style = TABLE, *, padding: float, most: int
) -> Piece:
    places = columns(_OBJECTION_SHARES, gap=6)
    said = (Span(f"{objection.kind}  ", style.in_bold()), Span(objection.they_say, style))
    rest = (objection.ask_first, objection.answer, objection.bring)
    cells = [
        typesetter.lay(said, style, places[0].width, most=most),
        *(typesetter.lay(text, style, place.width, most=most) for text, place in zip(rest, places[1:], strict=True)),
    ]
    return table_row(cells, places, padding=padding)


def people_head(brief: Brief) -> list[Piece]:
    return [heading(brief.people_title), table_head(brief.people_heads, people_places(brief))]


def objections_head(brief: Brief) -> list[Piece]:
    return [heading(brief.objections_title), table_head(brief.objections_heads, columns(_OBJECTION_SHARES, gap=6))]


def profile_pieces(
    figures: Sequence[Fact], facts: Sequence[Fact], typesetter: Typesetter, *, lines: int
) -> list[Piece]:
    """The known numbers in one or two rows, and the facts in words in two columns."""
    pieces: list[Piece] = []
    if figures:
        pieces.append(space(8))
        pieces.extend(_figure_bands(figures, typesetter))
    if facts:
        pieces.append(space(5))
        middle = (len(facts) + 1) // 2
        left = [_fact(fact, typesetter, x=LEFT, lines=lines) for fact in facts[:middle]]
        right = [_fact(fact, typesetter, x=LEFT + HALF + GUTTER, lines=lines) for fact in facts[middle:]]
        pieces.append(two_columns(left, right))
    return pieces


def _figure_bands(figures: Sequence[Fact], typesetter: Typesetter) -> list[Piece]:
    """One row of columns of the same width; a long amount takes of the others, or all go on two rows: none is cut."""
    gap = 8.0
    places = columns([1] * max(len(figures), 4), gap=gap)
    needs = [max(typesetter.width(one.label, LABEL), typesetter.width(one.value, _FIGURE)) for one in figures]
    if any(need > place.width for need, place in zip(needs, places, strict=False)):
        spare = WIDTH - sum(needs) - gap * (len(figures) - 1)
        if spare < 0 and len(figures) > 1:
            middle = (len(figures) + 1) // 2
            return [band for part in (figures[:middle], figures[middle:]) for band in _figure_bands(part, typesetter)]
        places = columns([need + gap + spare / len(figures) for need in needs], WIDTH + gap, gap=gap)
    return [_figure_band(figures, places, typesetter)]


def _figure_band(figures: Sequence[Fact], places: Sequence[Column], typesetter: Typesetter) -> Piece:
    cells = [
        labelled(typesetter, fact.label, fact.value, _FIGURE, place.width, most=1)
        for fact, place in zip(figures, places, strict=False)
    ]
    height = LABEL.leading + _FIGURE.leading + 2

    def draw(pdf: Pdf, top: float) -> None:
        for (label, value), place in zip(cells, places, strict=False):
            pdf.block(label, LEFT + place.x, top)
            pdf.block(value, LEFT + place.x, top + LABEL.leading)

    return Piece(height, draw)


def _fact(fact: Fact, typesetter: Typesetter, *, x: float, lines: int) -> Piece:
    label = typesetter.lay(fact.label, LABEL, 58, most=1)
    value = typesetter.lay(fact.value, TABLE, HALF - 62, most=lines)

    def draw(pdf: Pdf, top: float) -> None:
        pdf.block(label, x, top + (TABLE.leading - LABEL.leading) / 2 + 0.4)
        pdf.block(value, x + 62, top)

    return Piece(max(value.height, TABLE.leading) + 1, draw)
