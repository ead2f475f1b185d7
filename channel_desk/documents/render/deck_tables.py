"""Slides that are tables: agenda, work plan, objections and products (paper.md, section 6).

Rows that do not fit go on to another slide, with the head repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from channel_desk.documents.builders.deck import Deck, DeckSlide
from channel_desk.documents.render.deck_sheet import (
    BODY,
    CONTENT_BOTTOM,
    CONTENT_TOP,
    HEAD,
    INNER,
    LEFT,
    RESERVE,
    SMALLER,
    STRONG,
    Align,
    Cell,
    Element,
    Grid,
    Phrase,
    fit,
    smaller,
    words,
)
from channel_desk.documents.render.deck_values import NUMBER
from channel_desk.documents.render.palette import ACCENT, GREY, WRITING, Style
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.slide_layouts import LAYOUTS

_GUTTER: Final = 12.0
#: Room for figures that end before their column does; the editable deck has another font.
_SPARE: Final = 1.3
#: How far figures stand from the words behind them, where they leave that much.
_APART: Final = 40.0


def _grid_pages(
    ruler: Typesetter,
    slide: DeckSlide,
    key: str,
    *,
    shares: Sequence[float],
    styles: Sequence[Style],
    paddings: Sequence[float],
    order: Sequence[int] = (),
    bottom: float = CONTENT_BOTTOM,
    steps: Sequence[tuple[float, float]] = SMALLER,
    figures: bool = False,
) -> list[Grid]:
    """The table ``key`` on as many slides as it needs, all in one size; the roomiest of ``paddings`` comes first."""
    order = order or range(len(shares))
    rows = [[row[column] for column in order] for row in slide.table(key)]
    heads = [slide.head(key)[column] for column in order]
    most = next(table.most for table in LAYOUTS[slide.layout].rows if table.key == key)
    widths = tuple(INNER * share / 100 for share in shares)
    aligns = _aligns(rows if figures else (), len(shares))
    batches = [rows[start : start + most] for start in range(0, len(rows), most)] or [[]]
    pages: list[Grid] = []
    for size in (None, *steps):
        chosen = [style.sized(*size) if size and style.size > size[0] else style for style in styles]
        for padding in paddings:
            pages = [
                _grid(ruler, heads, batch, chosen, widths=widths, aligns=aligns, padding=padding) for batch in batches
            ]
            if all(page.y + page.h <= bottom for page in pages):
                return _apart(pages)
    return _apart(list(_parted(pages, bottom)))


def _parted(pages: Sequence[Grid], bottom: float) -> Iterator[Grid]:
    """The rows of ``pages`` on as many pages as they need, each with one row at the least."""
    cells = [(row, height) for page in pages for row, height in zip(page.rows, page.heights, strict=True)]
    room, most = bottom - pages[0].y - pages[0].head_height, len(pages[0].rows)
    while cells:
        taken = 1
        while taken < min(most, len(cells)) and sum(height for _, height in cells[: taken + 1]) <= room:
            taken += 1
        yield replace(
            pages[0],
            rows=tuple(row for row, _ in cells[:taken]),
            heights=tuple(height for _, height in cells[:taken]),
        )
        cells = cells[taken:]


def _apart(pages: list[Grid]) -> list[Grid]:
    """Figures before a column of words keep away from them: else "2,699" and "3 years" read as one value."""
    gutters = list(pages[0].gutters)
    for column, (align, beside) in enumerate(pairwise(pages[0].aligns)):
        if align == "right" and beside == "left":
            cells = [row[column] for page in pages for row in (page.head, *page.rows)]
            widest = max(cell.block.width for cell in cells)
            gutters[column] = max(_GUTTER, min(_APART, pages[0].widths[column] - widest * _SPARE))
    return [replace(page, gutters=tuple(gutters)) for page in pages]


def _grid(
    ruler: Typesetter,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    styles: Sequence[Style],
    *,
    widths: tuple[float, ...],
    aligns: tuple[Align, ...],
    padding: float,
) -> Grid:
    last = len(widths) - 1
    inner = [
        width - (_GUTTER if column < last or aligns[column] == "right" else 0) for column, width in enumerate(widths)
    ]
    cells = tuple(
        tuple(_cell(ruler, text, style, width) for text, style, width in zip(row, styles, inner, strict=True))
        for row in rows
    )
    return Grid(
        x=LEFT,
        y=CONTENT_TOP,
        widths=widths,
        aligns=aligns,
        head=tuple(_cell(ruler, text, HEAD, width, most=1) for text, width in zip(heads, inner, strict=True)),
        head_height=21,
        rows=cells,
        heights=tuple(
            max(max(cell.block.height, cell.style.leading) for cell in row) + 2 * padding + 0.7 for row in cells
        ),
        padding=padding,
        gutters=(_GUTTER,) * len(widths),
    )


def _cell(ruler: Typesetter, text: str, style: Style, width: float, most: int = 3) -> Cell:
    if text and not text.strip("_ "):
        style = Style(style.size, style.leading, colour=WRITING)
    style, block, shown = fit(ruler, text, (style,), width=width, most=most)
    return Cell(shown, block, style)


def _aligns(rows: Sequence[Sequence[str]], columns: int) -> tuple[Align, ...]:
    """Columns of figures stand at the right; the first column never does."""
    return tuple(
        "right" if column and _is_figures([row[column] for row in rows]) else "left" for column in range(columns)
    )


def _is_figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip("_ ")]
    return bool(filled) and all(NUMBER.match(cell) for cell in filled)


def agenda(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    styles, shares, order = [replace(BODY, colour=GREY), STRONG, BODY], [13, 53, 34], [0, 1, 2]
    if not any(time for time, *_ in slide.table("parts")):
        # nobody knows yet when each part begins: no empty column under "Time"
        styles, shares, order = styles[1:], [60, 40], order[1:]
    pages = _grid_pages(ruler, slide, "parts", shares=shares, styles=styles, paddings=(12.5, 9, 6), order=order)
    return [[page] for page in pages]


def work_plan(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    """Who stands first on the slide: people look for their own name."""
    pages = _grid_pages(
        ruler, slide, "tasks", shares=(13, 50, 19, 18), styles=(STRONG, BODY, STRONG, BODY), paddings=(12.5, 9, 6),
        order=(2, 1, 0, 3),
    )  # fmt: skip
    return [[page] for page in pages]


def objections(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    styles = (Style(20, 28.5, bold=True), Style(18, 28.5, bold=True, colour=ACCENT), Style(18, 28.5))
    pages = _grid_pages(
        ruler, slide, "objections", shares=(27, 27, 46), styles=styles, paddings=(24, 18, 13),
        steps=((18, 25), (16, 22)),
    )  # fmt: skip
    return [[page] for page in pages]


def products(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    tip = slide.text("tip")
    styles = (Style(22, 25, bold=True), BODY, BODY, BODY, STRONG, BODY)
    bottom = CONTENT_BOTTOM - (44 if tip else 0)
    pages = _grid_pages(
        ruler, slide, "products", shares=(15, 25, 16, 18, 15, 11), styles=styles, paddings=(15, 12, 9, 6),
        bottom=bottom, figures=True,
    )  # fmt: skip
    elements: list[list[Element]] = [[page] for page in pages]
    if tip:
        last = pages[-1]
        elements[-1].append(_tip(ruler, tip, y=last.y + last.h + 18))
    return elements


def _tip(ruler: Typesetter, text: str, *, y: float) -> Element:
    """A rule of thumb on one line; the words before its colon are bold."""
    head, colon, rest = text.partition("：") if "：" in text else text.partition(": ")
    if colon and rest:
        first, second = (head + colon).strip(), rest.strip()
        gap = 5.0 if colon == ": " else 0.0
        for size, leading in ((18, 25), *SMALLER):
            bold, plain = STRONG.sized(size, leading), BODY.sized(size, leading)
            if ruler.width(first, bold) + gap + ruler.width(second, plain) <= INNER * RESERVE:
                return Phrase(x=LEFT, y=y, w=INNER, pieces=((first, bold, 0.0), (second, plain, gap)))
    return words(ruler, text, smaller(BODY, *SMALLER), x=LEFT, y=y, w=INNER)
