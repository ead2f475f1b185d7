"""What stands on a slide: texts, strokes, boxes, tables and bars with their places, measured but not yet drawn.

The PDF draws these shapes, the PPTX makes text boxes, tables and charts of them; so both say and show the same.
Sizes are points on a slide of 960 x 540 with the origin at the top left (paper.md, section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from channel_desk.documents.render.palette import ACCENT, GREY, INK, Style
from channel_desk.documents.render.text import Block, Typesetter, clean

WIDTH: Final = 960.0
HEIGHT: Final = 540.0
LEFT: Final = 56.0
INNER: Final = 848.0
CONTENT_TOP: Final = 136.0
CONTENT_BOTTOM: Final = 476.0

# styles of texts, from the title down
TITLE: Final = Style(30, 40, bold=True)
KICKER: Final = Style(11, 14, bold=True, colour=ACCENT)
SOURCE: Final = Style(10.5, 14, colour=GREY)
FOOTER: Final = Style(10, 14, colour=GREY)
HEAD: Final = Style(12, 17, colour=GREY)
LABEL: Final = Style(14, 20, colour=GREY)
BODY: Final = Style(18, 25)
STRONG: Final = Style(18, 25, bold=True)

#: Smaller sizes of table and body texts: 16 is the least.
SMALLER: Final = ((17, 24), (16, 22))

#: Texts are broken a little before the edge: the font of the editable deck is another one and runs a little wider.
RESERVE: Final = 0.975
ELLIPSIS: Final = "…"

Align: TypeAlias = Literal["left", "right"]
Role: TypeAlias = Literal["title", "subtitle", "kicker", "source", "footer", "number", "body"]


def smaller(style: Style, *steps: tuple[float, float]) -> tuple[Style, ...]:
    """``style`` and after it the same at each smaller size and leading."""
    return (style, *(style.sized(size, leading) for size, leading in steps))


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text in a frame: ``text`` for whoever edits it, ``block`` as it is set in our fonts."""

    x: float
    y: float
    w: float
    text: str
    block: Block
    style: Style
    align: Align = "left"
    role: Role = "body"

    @property
    def h(self) -> float:
        return self.block.height


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One line of pieces in several styles on a common base line, ``gap`` before each piece."""

    x: float
    y: float
    w: float
    pieces: tuple[tuple[str, Style, float], ...]

    @property
    def h(self) -> float:
        return max(style.leading for _, style, _ in self.pieces)

    @property
    def text(self) -> str:
        return " ".join(text for text, _, _ in self.pieces)


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A horizontal line."""

    x: float
    y: float
    w: float
    weight: float = 0.7
    colour: str = INK

    @property
    def h(self) -> float:
        return 0.0


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle with the texts in it."""

    x: float
    y: float
    w: float
    h: float
    fill: str = ""
    edge: str = ""
    radius: float = 0.0
    inside: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell of a grid."""

    text: str
    block: Block
    style: Style


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table with a head and hairlines; ``padding`` above and below each cell, one of ``gutters`` at its right."""

    x: float
    y: float
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    head: tuple[Cell, ...]
    head_height: float
    rows: tuple[tuple[Cell, ...], ...]
    heights: tuple[float, ...]
    padding: float
    gutters: tuple[float, ...]

    @property
    def w(self) -> float:
        return sum(self.widths)

    @property
    def h(self) -> float:
        return self.head_height + sum(self.heights)


@dataclass(frozen=True)
class Bar:
    """One bar: its label, an optional second line, the value as text and as a number (None: not known)."""

    label: str
    under: str
    shown: str
    value: float | None
    colour: str


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Standing bars: ``pitch`` from one to the next, ``thick`` wide; ``w`` and ``h`` hold values and labels too."""

    x: float
    y: float
    w: float
    h: float
    bars: tuple[Bar, ...]
    pitch: float
    thick: float
    label: Style
    #: Values as they are set, with their styles; the texts are those of ``bars``.
    values: tuple[Block, ...]
    styles: tuple[Style, ...]
    labels: tuple[Block, ...]
    #: Whether a value had no room.
    is_cut: bool = False

    @property
    def base(self) -> float:
        """Where the zone of the labels begins."""
        return self.y + self.h - LABEL_ZONE

    def span(self) -> tuple[float, float]:
        """Smallest and largest value, zero included."""
        return _span(self.bars)


def _span(bars: Sequence[Bar]) -> tuple[float, float]:
    values = [bar.value for bar in bars if bar.value is not None]
    return min([0.0, *values]), max([0.0, *values])


LABEL_ZONE: Final = 26.0
#: Room above the highest standing bar for its value.
VALUE_ZONE: Final = 40.0


@dataclass(frozen=True, kw_only=True)
class Lying:
    """Lying bars with a label left and the value right."""

    x: float
    y: float
    w: float
    bars: tuple[Bar, ...]
    thick: float
    pitch: float
    #: Width of the labels, and of the longest bar.
    label_width: float
    reach: float
    values: tuple[Block, ...]
    styles: tuple[Style, ...]
    labels: tuple[tuple[Words, ...], ...]
    #: The unit of all values, where there was no room for it at each.
    unit: str = ""
    #: Room for values left of the bars that go below zero.
    before: float = 0.0
    #: Whether a value had no room.
    is_cut: bool = False

    def span(self) -> tuple[float, float]:
        """Smallest and largest value, zero included."""
        return _span(self.bars)

    @property
    def scale(self) -> float:
        """Points for each one of the value."""
        low, high = self.span()
        return self.reach / (high - low) if high > low else 0.0

    @property
    def zero(self) -> float:
        """Where the bars begin."""
        return self.x + self.label_width + self.before - self.span()[0] * self.scale

    @property
    def h(self) -> float:
        return self.pitch * (len(self.bars) - 1) + self.thick if self.bars else 0.0


Element: TypeAlias = Words | Phrase | Stroke | Box | Grid | Columns | Lying


@dataclass(frozen=True, kw_only=True)
class SlideSheet:
    """One slide, laid out. ``number`` counts from 1; the cover does not show its own."""

    number: int
    kind: Literal["cover", "content"]
    title: str
    elements: tuple[Element, ...]
    notes: str = ""
    alt: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether a text had to be shortened."""
        return any(_cut(element) for element in self.elements)


def _cut(element: Element) -> bool:
    if isinstance(element, Words):
        return element.block.is_cut
    if isinstance(element, Box):
        return any(words.block.is_cut for words in element.inside)
    if isinstance(element, Grid):
        return any(cell.block.is_cut for row in element.rows for cell in row)
    if isinstance(element, Columns):
        return element.is_cut or any(label.is_cut for label in element.labels)
    if isinstance(element, Lying):
        return element.is_cut or any(words.block.is_cut for texts in element.labels for words in texts)
    return False


def fit(ruler: Typesetter, text: str, styles: Sequence[Style], *, width: float, most: int) -> tuple[Style, Block, str]:
    """The largest of ``styles`` at which ``text`` takes at most ``most`` lines: style, set text, and the text shown.

    Where none fits, the text is cut at the last style and ends in an ellipsis.
    """
    for style in styles[:-1]:
        block = ruler.lay(text, style, width * RESERVE, most=most)
        if not block.is_cut:
            return style, block, text
    block = ruler.lay(text, styles[-1], width * RESERVE, most=most)
    return styles[-1], block, _shown(ruler, text, block) if block.is_cut else text


def _shown(ruler: Typesetter, text: str, block: Block) -> str:
    """The part of ``text`` that a cut ``block`` shows, with its ellipsis."""
    plane = ruler.book.narrow_plane
    text = clean(text)
    end = 0
    for line in block.lines:
        glyphs = "".join(run.text for run in line.runs)
        seen = "".join(chr(ord(c) - plane) if ord(c) >= plane else c for c in glyphs).strip().removesuffix(ELLIPSIS)
        found = text.find(seen, end)
        end = end if found < 0 else found + len(seen)
    return text[:end].rstrip() + ELLIPSIS


def words(
    ruler: Typesetter,
    text: str,
    styles: Style | Sequence[Style],
    *,
    x: float,
    y: float,
    w: float,
    most: int = 1,
    align: Align = "left",
    role: Role = "body",
) -> Words:
    """``text`` fitted into ``w`` points and ``most`` lines."""
    choices = (styles,) if isinstance(styles, Style) else styles
    style, block, shown = fit(ruler, text, choices, width=w, most=most)
    return Words(x=x, y=y, w=w, text=shown, block=block, style=style, align=align, role=role)


def written(
    ruler: Typesetter,
    text: str,
    styles: Style | Sequence[Style],
    *,
    x: float,
    y: float,
    w: float,
    most: int = 1,
    role: Role = "body",
) -> list[Words]:
    """``text`` in its place, or nothing where there is none."""
    if not text:
        return []
    return [words(ruler, text, styles, x=x, y=y, w=w, most=most, role=role)]


def balanced(ruler: Typesetter, said: Words) -> Words:
    """Two lines of about the same length, instead of a long one and a single word."""
    if len(said.block.lines) != 2 or said.block.is_cut or "\n" in said.text:
        return said
    narrow, wide = said.w / 2, said.w
    block = said.block
    for _ in range(6):
        middle = (narrow + wide) / 2
        tried = ruler.lay(said.text, said.style, middle, most=2)
        if tried.is_cut:
            narrow = middle
        else:
            wide, block = middle, tried
    return replace(said, block=block)
