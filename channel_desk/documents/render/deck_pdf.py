"""Training decks as PDF: 960 x 540 points a slide, drawn from the shapes of the layout (paper.md, section 6)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, Final

from channel_desk.documents.builders.deck import Deck
from channel_desk.documents.printed import Printed, Unprinted
from channel_desk.documents.render.deck_layouts import lay_out
from channel_desk.documents.render.deck_sheet import (
    HEIGHT,
    LABEL_ZONE,
    VALUE_ZONE,
    WIDTH,
    Align,
    Box,
    Columns,
    Element,
    Grid,
    Lying,
    Phrase,
    SlideSheet,
    Stroke,
    Words,
)
from channel_desk.documents.render.fonts import FontBook
from channel_desk.documents.render.palette import HAIRLINE, INK, WRITING
from channel_desk.documents.render.pdf import Pdf, write_file
from channel_desk.documents.render.text import Block

_BLANK: Final = re.compile("_{3,}")
#: Middle and thickness of an underscore below the base line, in ems, by weight.
_UNDER: Final = {False: (0.110, 0.060), True: (0.1125, 0.085)}


def render_deck_pdf(deck: Deck, target: Path | BinaryIO, book: FontBook) -> Printed:
    """Write ``deck`` to ``target``, all of it or nothing; places are the numbers on the slides.

    UserError ``file_not_written`` where the place cannot be written.
    """
    pdf = Pdf(
        book,
        title=deck.title,
        author=deck.author,
        language=deck.language_code,
        subject=deck.cover.subtitle,
        size=(WIDTH, HEIGHT),
        made_at=deck.made_at,
    )
    unprinted: list[Unprinted] = []
    for sheet in lay_out(deck, pdf.typesetter):
        draw_slide(pdf, sheet)
        if missing := pdf.take_missing():
            unprinted.append(Unprinted(str(sheet.number), missing))
        pdf.bookmark(sheet.title or deck.title)
        pdf.end_page()
    write_file(target, pdf.finish())
    return Printed(pdf.pages, tuple(unprinted))


def draw_slide(pdf: Pdf, sheet: SlideSheet) -> None:
    """Draw one slide on the present page."""
    for element in sheet.elements:
        _draw(pdf, element)


def _draw(pdf: Pdf, element: Element) -> None:
    match element:
        case Words():
            _words(pdf, element)
        case Phrase():
            _phrase(pdf, element)
        case Stroke():
            pdf.line(
                element.x, element.y, element.x + element.w, element.y, width=element.weight, colour=element.colour
            )
        case Box():
            _box(pdf, element)
        case Grid():
            _grid(pdf, element)
        case Columns():
            _columns(pdf, element)
        case Lying():
            _lying(pdf, element)


def _place(pdf: Pdf, block: Block, align: Align, *, left: float, right: float, top: float) -> None:
    if align == "right":
        pdf.block_right(block, right, top)
    else:
        pdf.block(block, left, top)
        _join_blanks(pdf, block, left, top)


def _join_blanks(pdf: Pdf, block: Block, left: float, top: float) -> None:
    """Underscores have gaps in our faces; where people write, they become one line."""
    for number, line in enumerate(block.lines):
        for run in line.runs:
            for blank in _BLANK.finditer(run.text):
                stroke = pdf.typesetter.width("_", run.style)
                start = left + run.x + pdf.typesetter.width(run.text[: blank.start() + 1], run.style) - stroke
                end = start + stroke * len(blank.group())
                y = top + block.baseline(number) + run.style.size * _UNDER[run.style.bold][0]
                thick = run.style.size * _UNDER[run.style.bold][1]
                pdf.line(start, y, end, y, width=thick, colour=run.style.colour)


def _words(pdf: Pdf, words: Words) -> None:
    _place(pdf, words.block, words.align, left=words.x, right=words.x + words.w, top=words.y)


def _phrase(pdf: Pdf, phrase: Phrase) -> None:
    """Pieces of several sizes on the base line of the tallest one."""
    lines = [pdf.typesetter.line(text, style) for text, style, _ in phrase.pieces]
    tallest = max(lines, key=lambda line: line.leading)
    baseline = phrase.y + tallest.baseline(0)
    x = phrase.x
    for line, (_, _, gap) in zip(lines, phrase.pieces, strict=True):
        x += gap
        pdf.block(line, x, baseline - line.baseline(0))
        x += line.width


def _box(pdf: Pdf, box: Box) -> None:
    if box.fill or box.edge:
        pdf.box(box.x, box.y, box.w, box.h, fill=box.fill, stroke=box.edge, radius=box.radius)
    for words in box.inside:
        _words(pdf, words)


def _grid(pdf: Pdf, grid: Grid) -> None:
    x = grid.x
    for cell, width, align, gutter in zip(grid.head, grid.widths, grid.aligns, grid.gutters, strict=True):
        _place(pdf, cell.block, align, left=x, right=x + width - gutter, top=grid.y)
        x += width
    y = grid.y + grid.head_height
    pdf.line(grid.x, y, grid.x + grid.w, y, width=0.8, colour=INK)
    for row, height in zip(grid.rows, grid.heights, strict=True):
        x = grid.x
        tallest = max(row, key=lambda cell: cell.style.leading)
        first = tallest.block.baseline(0)
        for cell, width, align, gutter in zip(row, grid.widths, grid.aligns, grid.gutters, strict=True):
            top = y + grid.padding + first - cell.block.baseline(0)
            _place(pdf, cell.block, align, left=x, right=x + width - gutter, top=top)
            x += width
        y += height
        pdf.line(grid.x, y, grid.x + grid.w, y, width=0.5, colour=HAIRLINE)


def _columns(pdf: Pdf, chart: Columns) -> None:
    low, high = chart.span()
    bottom = chart.y + chart.h - LABEL_ZONE
    if low < 0:
        bottom -= 20
    room = bottom - chart.y - VALUE_ZONE
    scale = room / (high - low) if high > low else 0.0
    base = bottom + low * scale
    last = len(chart.bars) - 1
    if all(bar.value is None for bar in chart.bars):
        _drawing_lines(pdf, chart, base)
    for index, (bar, label) in enumerate(zip(chart.bars, chart.labels, strict=True)):
        left = chart.x + index * chart.pitch
        centre = left + chart.thick / 2
        height = (bar.value or 0.0) * scale
        if height:
            pdf.box(left, base - max(height, 0), chart.thick, abs(height), fill=bar.colour)
        if bar.value is not None:
            value = chart.values[index]
            top = base - height - value.leading - 1 if height >= 0 else base - height + 1
            pdf.block_centred(value, centre, top)
        pdf.block_centred(label, centre, chart.y + chart.h - LABEL_ZONE + 6)
    pdf.line(chart.x, base, chart.x + last * chart.pitch + chart.thick, base, width=1.4, colour=INK)


def _drawing_lines(pdf: Pdf, chart: Columns, base: float) -> None:
    """A chart without values is drawn in by hand: lines to draw along."""
    right = chart.x + (len(chart.bars) - 1) * chart.pitch + chart.thick
    step = (base - chart.y - VALUE_ZONE) / 5
    for number in range(1, 6):
        pdf.line(chart.x, base - number * step, right, base - number * step, width=0.5, colour=HAIRLINE)


def _lying(pdf: Pdf, chart: Lying) -> None:
    left = chart.x + chart.label_width
    for index, (bar, labels) in enumerate(zip(chart.bars, chart.labels, strict=True)):
        top = chart.y + index * chart.pitch
        for words in labels:
            _words(pdf, words)
        if bar.value is None:
            pdf.box(left, top, chart.reach, chart.thick, stroke=WRITING, line=0.7)
            continue
        end = chart.zero + bar.value * chart.scale
        if end != chart.zero:
            pdf.box(min(end, chart.zero), top, abs(end - chart.zero), chart.thick, fill=bar.colour)
        value = chart.values[index]
        at = end + 12 if bar.value >= 0 else end - 12 - value.width
        pdf.block(value, at, top + (chart.thick - value.height) / 2)
    if chart.span()[0] < 0:
        pdf.line(chart.zero, chart.y, chart.zero, chart.y + chart.h, width=0.7, colour=INK)
