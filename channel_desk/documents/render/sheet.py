"""The common sheet of internal documents: head, footer, columns, tables (paper.md, sections 1 and 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from channel_desk.documents.render.palette import (
    HAIRLINE,
    INK,
    LABEL,
    MM,
    SECTION,
    TABLE,
    TAG,
    WRITING,
    Style,
)
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.text import Block, Span, Typesetter

LEFT: Final = 16 * MM
WIDTH: Final = 178 * MM
RIGHT: Final = LEFT + WIDTH
GUTTER: Final = 4 * MM
HALF: Final = (WIDTH - GUTTER) / 2
HEAD_RULE: Final = 10 * MM
BODY_TOP: Final = 20.5 * MM
BODY_BOTTOM: Final = 280 * MM
FOOT_RULE: Final = 283 * MM
#: Lines to write on are this far apart.
PITCH: Final = 8 * MM
CODE_HEIGHT: Final = 10.6

SECTION_ABOVE: Final = 9.0
SECTION_BELOW: Final = 2.5
#: Space between a table's head and its rule.
HEAD_BELOW: Final = 2.0
RULE_HEAD: Final = 0.8
RULE_ROW: Final = 0.4
_EMPTY_PADDING: Final = 3.4


@dataclass(frozen=True)
class Piece:
    """Something with a height that can be drawn with its top at a place."""

    height: float
    draw: Callable[[Pdf, float], object]
    #: How many entries of a list it shows.
    entries: int = 0


def stack(pieces: Sequence[Piece]) -> float:
    """The height of ``pieces`` under one another."""
    return sum(piece.height for piece in pieces)


def draw_stack(pdf: Pdf, pieces: Sequence[Piece], top: float) -> float:
    """Draw ``pieces`` under one another; where they end."""
    for piece in pieces:
        piece.draw(pdf, top)
        top += piece.height
    return top


def space(height: float) -> Piece:
    return Piece(height, lambda _pdf, _top: None)


@dataclass(frozen=True)
class Frame:
    """What stands at the head and the foot of an internal page."""

    tag: str
    kind: str
    source: str
    footer_word: str

    def draw(self, pdf: Pdf, *, reason: str, page: str) -> None:
        pdf.box(LEFT, HEAD_RULE, WIDTH, 3, fill=INK)
        tag = pdf.typesetter.line(self.tag, TAG)
        top = HEAD_RULE + 8
        pdf.box(LEFT, top, tag.width + 12, 13, fill=INK, radius=2)
        pdf.block(tag, LEFT + 6, top + 6.5 - tag.leading / 2)
        label_top = top + 6.5 - LABEL.leading / 2
        kind = pdf.text(self.kind, LABEL, LEFT + tag.width + 20, label_top)
        source = pdf.typesetter.lay(self.source, LABEL, WIDTH - tag.width - kind - 40, most=1)
        pdf.block_right(source, RIGHT, label_top)
        pdf.line(LEFT, FOOT_RULE, RIGHT, FOOT_RULE, width=RULE_ROW, colour=HAIRLINE)
        footer = (Span(self.footer_word, LABEL.in_bold().in_colour(INK)), Span(f" · {reason}", LABEL))
        pdf.text(footer, LABEL, LEFT, FOOT_RULE + 4)
        pdf.text_right(page, LABEL, RIGHT, FOOT_RULE + 4)


@dataclass(frozen=True)
class Column:
    """A column of a table: left edge from the table's, and the width of its text."""

    x: float
    width: float


def columns(shares: Sequence[float], width: float = WIDTH, *, gap: float = 8) -> tuple[Column, ...]:
    """Columns that share ``width``; each leaves ``gap`` to the next."""
    total, x, result = sum(shares), 0.0, []
    for number, share in enumerate(shares):
        full = width * share / total
        result.append(Column(x, full - (gap if number < len(shares) - 1 else 0)))
        x += full
    return tuple(result)


def heading(title: str, note: str = "", *, x: float = LEFT, width: float = WIDTH) -> Piece:
    """A section's head, with a grey note at its right end."""

    def draw(pdf: Pdf, top: float) -> None:
        pdf.text(title, SECTION, x, top + SECTION_ABOVE)
        if note:
            pdf.text_right(note, LABEL, x + width, top + SECTION_ABOVE + 3.5)

    return Piece(SECTION_ABOVE + SECTION.leading + SECTION_BELOW, draw)


def table_head(labels: Sequence[str], places: Sequence[Column], *, x: float = LEFT, width: float = WIDTH) -> Piece:
    """Labels over a table and the rule under them."""

    def draw(pdf: Pdf, top: float) -> None:
        for label, place in zip(labels, places, strict=True):
            pdf.text(label, LABEL, x + place.x, top)
        rule = top + LABEL.leading + HEAD_BELOW
        pdf.line(x, rule, x + width, rule, width=RULE_HEAD)

    return Piece(LABEL.leading + HEAD_BELOW + RULE_HEAD / 2, draw)


def table_row(cells: Sequence[Block], places: Sequence[Column], *, padding: float) -> Piece:
    """Blocks side by side with a hairline under them."""
    height = max((block.height for block in cells), default=TABLE.leading) + 2 * padding

    def draw(pdf: Pdf, top: float) -> None:
        for block, place in zip(cells, places, strict=True):
            pdf.block(block, LEFT + place.x, top + padding)
        pdf.line(LEFT, top + height, LEFT + WIDTH, top + height, width=RULE_ROW, colour=HAIRLINE)

    return Piece(height, draw, entries=1)


def empty_row(text: str, *, x: float = LEFT, width: float = WIDTH) -> Piece:
    """One grey line that says what to do."""
    height = TABLE.leading + 2 * _EMPTY_PADDING

    def draw(pdf: Pdf, top: float) -> None:
        pdf.text(text, TABLE.in_colour(LABEL.colour), x, top + _EMPTY_PADDING)
        pdf.line(x, top + height, x + width, top + height, width=RULE_ROW, colour=HAIRLINE)

    return Piece(height, draw)


def blank_row(places: Sequence[Column]) -> Piece:
    """A row to write in, with upright lines between its columns."""

    def draw(pdf: Pdf, top: float) -> None:
        for place in places[1:]:
            left = LEFT + place.x - 4
            pdf.line(left, top, left, top + PITCH, width=RULE_ROW, colour=WRITING)
        pdf.line(LEFT, top + PITCH, LEFT + WIDTH, top + PITCH, width=RULE_ROW, colour=WRITING)

    return Piece(PITCH, draw)


def labelled(
    typesetter: Typesetter, label: str, value: str, style: Style, width: float, *, most: int
) -> tuple[Block, Block]:
    """A grey label and what stands under it."""
    return typesetter.lay(label, LABEL, width, most=1), typesetter.lay(value, style, width, most=most)


def two_columns(left: Sequence[Piece], right: Sequence[Piece]) -> Piece:
    """Two stacks side by side, which draw at their own places."""

    def draw(pdf: Pdf, top: float) -> None:
        draw_stack(pdf, left, top)
        draw_stack(pdf, right, top)

    entries = sum(piece.entries for piece in (*left, *right))
    return Piece(max(stack(left), stack(right)), draw, entries)
