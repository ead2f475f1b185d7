"""The ten layouts: from the words of a slide to shapes in their places (paper.md, section 6).

Rules of fit: a title takes two lines, at 30 points or else at 26; body texts shrink to 16 at the least; table rows that
do not fit go on to another slide; a text that is longer than its place even then ends in an ellipsis, and the
trainer's notes keep it whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from channel_desk.documents.builders.deck import Cover, Deck, DeckSlide
from channel_desk.documents.render.deck_sheet import (
    BAR,
    CONTENT_BOTTOM,
    CONTENT_TOP,
    HEIGHT,
    INNER,
    LEFT,
    RESERVE,
    Align,
    Bar,
    Box,
    Cell,
    Columns,
    Element,
    Grid,
    Lying,
    Phrase,
    Role,
    SlideSheet,
    Stroke,
    Words,
    fit,
    smaller,
    words,
)  # fmt: skip
from channel_desk.documents.render.palette import ACCENT, GREY, HAIRLINE, INK, TINT, WHITE, WRITING, Style
from channel_desk.documents.render.text import Block, Typesetter
from channel_desk.domain.training import LAYOUTS, Layout

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

_GUTTER: Final = 12.0
_LETTERS: Final = "ABCD"
_NUMBER: Final = re.compile(r"^[^\d\s]{0,3}[+\-\u2212]?\d[\d,.\u00a0]*%?")
_OPERATORS: Final = re.compile(r"\s+([\u00d7x*+\-\u2212\u00f7/=])\s+")

Body = Callable[[Typesetter, Deck, DeckSlide], list[list[Element]]]


def lay_out(deck: Deck, ruler: Typesetter) -> tuple[SlideSheet, ...]:
    """Every slide of ``deck`` in its place, with continuation slides where rows do not fit."""
    pages: list[tuple[DeckSlide, list[Element], int]] = []
    for slide in deck.slides:
        for part, elements in enumerate(_BODIES[slide.layout](ruler, deck, slide)):
            pages.append((slide, elements, part))
    return tuple(
        _sheet(ruler, deck, slide, elements=elements, part=part, number=number)
        for number, (slide, elements, part) in enumerate(pages, start=1)
    )


def _sheet(
    ruler: Typesetter, deck: Deck, slide: DeckSlide, *, elements: list[Element], part: int, number: int
) -> SlideSheet:
    if slide.layout is Layout.COVER:
        frame: list[Element] = []
    else:
        kicker = " · ".join(text for text in (slide.kicker, deck.more if part else "") if text)
        frame = [
            *_written(ruler, kicker, KICKER, x=LEFT, y=26, w=INNER, role="kicker"),
            *(balanced(ruler, title) for title in _written(
                ruler, slide.title, smaller(TITLE, (26, 35)), x=LEFT, y=44, w=INNER, most=2, role="title"
            )),
            *_written(ruler, slide.text("source"), SOURCE, x=LEFT, y=481, w=INNER, role="source"),
            Stroke(x=LEFT, y=504, w=INNER, weight=0.5, colour=HAIRLINE),
            *_written(ruler, deck.footer, FOOTER, x=LEFT, y=510, w=INNER - 60, role="footer"),
            words(
                ruler, str(number), Style(10, 14, bold=True), x=LEFT + INNER - 48, y=510, w=48, align="right",
                role="number",
            ),
        ]  # fmt: skip
    sheet = SlideSheet(
        number=number,
        kind="cover" if slide.layout is Layout.COVER else "content",
        title=slide.title,
        elements=tuple(frame + elements),
        notes=slide.notes,
        alt=slide.alt,
    )
    if sheet.is_cut:
        return replace(sheet, notes="\n\n".join(text for text in (slide.notes, slide.alt) if text))
    return sheet


def _written(
    ruler: Typesetter,
    text: str,
    styles: Style | Sequence[Style],
    *,
    x: float,
    y: float,
    w: float,
    most: int = 1,
    role: Role = "body",
    align: Align = "left",
) -> list[Words]:
    """``text`` in its place, or nothing where there is none."""
    if not text:
        return []
    return [words(ruler, text, styles, x=x, y=y, w=w, most=most, align=align, role=role)]


# -- cover -------------------------------------------------------------------------------------------------------------


def _cover(ruler: Typesetter, deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    cover = deck.cover
    title = _cover_title(ruler, slide.title or deck.title)
    elements: list[Element] = [Box(x=660, y=0, w=300, h=HEIGHT, fill=ACCENT)]
    elements += _written(
        ruler, cover.brand or slide.kicker, Style(14, 20, bold=True), x=LEFT, y=56, w=540, role="kicker"
    )
    elements.append(title)
    below = max(296.0, title.y + title.h + 14)
    elements += _written(
        ruler, cover.subtitle, smaller(Style(20, 28, colour=GREY), (18, 25)), x=LEFT, y=below, w=540, most=2
    )
    elements.append(Stroke(x=LEFT, y=446, w=540))
    elements += _written(ruler, cover.date_line, Style(14, 20), x=LEFT, y=457, w=540)
    elements += _written(ruler, cover.place_line, LABEL, x=LEFT, y=477, w=540)
    elements += _promises(ruler, cover, slide.table("promises"))
    return [elements]


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


def _cover_title(ruler: Typesetter, text: str) -> Words:
    for size, leading, most in ((48, 64, 2), (40, 53, 2), (32, 43, 3)):
        title = words(ruler, text, Style(size, leading, bold=True), x=LEFT, y=148, w=540, most=most, role="title")
        if not title.block.is_cut:
            return balanced(ruler, title)
    return title


def _promises(ruler: Typesetter, cover: Cover, promises: Sequence[Sequence[str]]) -> list[Element]:
    """What they take away, from the bottom of the panel upwards: a number and what it counts."""
    if not promises:
        return []
    number = Style(72, 84, bold=True, colour=WHITE)
    label = Style(18, 25, colour=WHITE)
    white_head = Style(14, 20, bold=True, colour=WHITE)
    elements: list[Element] = [*_written(ruler, cover.promises_head, white_head, x=700, y=56, w=220)]
    bottom = 488.0
    shown = promises[:2]
    for index, (amount, what) in reversed(list(enumerate(shown))):
        said = _written(ruler, what, smaller(label, (16, 22)), x=700, y=0, w=220, most=3)
        height = said[0].h if said else 0.0
        elements += [replace(text, y=bottom - height) for text in said]
        figure = _written(ruler, amount, smaller(number, (56, 66), (40, 48), (28, 34)), x=700, y=0, w=220, most=1)
        top = bottom - height - (figure[0].h if figure else 0.0) + 7
        elements += [replace(text, y=top) for text in figure]
        if index:
            elements.append(Stroke(x=700, y=top - 10, w=220, colour=WHITE))
            bottom = top - 28
    return elements


# -- tables ------------------------------------------------------------------------------------------------------------


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
    """The table ``key`` on as many slides as it needs; ``paddings`` are tried from the roomiest to the tightest."""
    order = order or range(len(shares))
    rows = [[row[column] for column in order] for row in slide.table(key)]
    heads = [slide.head(key)[column] for column in order]
    most = next(table.most for table in LAYOUTS[slide.layout].rows if table.key == key)
    widths = tuple(INNER * share / 100 for share in shares)
    aligns = _aligns(rows if figures else (), len(shares))
    sizes: list[tuple[float, float] | None] = [None, *steps]
    pages: list[Grid] = []
    while rows or not pages:
        batch = rows[:most]
        grid = None
        for size in sizes:
            chosen = [style.sized(*size) if size and style.size > size[0] else style for style in styles]
            for padding in paddings:
                grid = _grid(ruler, heads, batch, chosen, widths=widths, aligns=aligns, padding=padding)
                if grid.y + grid.h <= bottom:
                    break
            else:
                continue
            break
        assert grid is not None  # noqa: S101 - there is always a size and a padding to try
        while grid.y + grid.h > bottom and len(grid.rows) > 1:
            grid = replace(grid, rows=grid.rows[:-1], heights=grid.heights[:-1])
        pages.append(grid)
        rows = rows[max(1, len(grid.rows)) :]
    return pages


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
        gutter=_GUTTER,
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
    return bool(filled) and all(_NUMBER.match(cell) for cell in filled)


def _agenda(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    styles = (replace(BODY, colour=GREY), STRONG, BODY)
    pages = _grid_pages(ruler, slide, "parts", shares=(13, 53, 34), styles=styles, paddings=(12.5, 9, 6))
    return [[page] for page in pages]


def _work_plan(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    """Who stands first on the slide: people look for their own name."""
    pages = _grid_pages(
        ruler, slide, "tasks", shares=(13, 50, 19, 18), styles=(STRONG, BODY, STRONG, BODY), paddings=(12.5, 9, 6),
        order=(2, 1, 0, 3),
    )  # fmt: skip
    return [[page] for page in pages]


def _objections(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    styles = (Style(20, 28.5, bold=True), Style(18, 28.5, bold=True, colour=ACCENT), Style(18, 28.5))
    pages = _grid_pages(
        ruler, slide, "objections", shares=(27, 27, 46), styles=styles, paddings=(24, 18, 13),
        steps=((18, 25), (16, 22)),
    )  # fmt: skip
    return [[page] for page in pages]


def _products(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
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


# -- figures -----------------------------------------------------------------------------------------------------------


def _big_number(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    elements: list[Element] = []
    number = slide.text("number")
    if number:
        elements.append(_figure(ruler, number))
    if slide.text("sum"):
        elements.append(Stroke(x=LEFT, y=394, w=INNER))
        elements.append(_sum(ruler, slide.text("sum")))
    return [elements]


def _figure(ruler: Typesetter, text: str) -> Element:
    """The big number with its unit small beside it, as large as it fits; a text without a number is set smaller."""
    found = _NUMBER.match(text)
    amount, unit = (found.group(), text[found.end() :].strip()) if found else ("", text)
    if amount:
        for size in (150, 130, 110, 90, 72, 56):
            large = Style(size, size * 1.12, bold=True, colour=ACCENT)
            small = Style(min(40, size * 0.45), min(40, size * 0.45) * 1.3, bold=True)
            gap = 15.0 if unit else 0.0
            if ruler.width(amount, large) + gap + ruler.width(unit, small) <= INNER * RESERVE:
                pieces = ((amount, large, 0.0), (unit, small, gap)) if unit else ((amount, large, 0.0),)
                return Phrase(x=LEFT, y=156 + (150 - size) * 0.85, w=INNER, pieces=pieces)
    styles = smaller(Style(72, 86, bold=True, colour=ACCENT), (56, 68), (44, 54), (32, 42))
    return words(ruler, text, styles, x=LEFT, y=170, w=INNER, most=2 if len(text) < 60 else 4)


def _sum(ruler: Typesetter, text: str) -> Element:
    """How the number comes about: figures bold with their meaning in grey, operators between; one line, or plain."""
    parts = _OPERATORS.split(text)
    for size in (24, 20, 18):
        pieces: list[tuple[str, Style, float]] = []
        bold, label = Style(size, 32, bold=True), Style(max(14, size * 0.6), 32, colour=GREY)
        operator = Style(size * 1.4, 32, colour=GREY)
        for index, part in enumerate(parts):
            if index % 2:
                pieces.append((part, operator, 17.0))
                continue
            figure, meaning = _split_figure(part)
            pieces.append((figure, bold, 17.0 if index else 0.0))
            if meaning:
                pieces.append((meaning, label, 6.0))
        if sum(gap + ruler.width(piece, style) for piece, style, gap in pieces) <= INNER * RESERVE:
            return Phrase(x=LEFT, y=410, w=INNER, pieces=tuple(pieces))
    return words(ruler, text, smaller(BODY, *SMALLER), x=LEFT, y=408, w=INNER, most=2)


def _split_figure(part: str) -> tuple[str, str]:
    """A figure with its unit, and what it means: "480 元 一套滤芯" is ("480 元", "一套滤芯")."""
    tokens = part.split()
    if not tokens or not _NUMBER.match(tokens[0]):
        return part, ""
    with_unit = len(tokens) > 2 and len(tokens[1]) <= 2 and not tokens[1].isascii()
    taken = 2 if with_unit else 1
    return " ".join(tokens[:taken]), " ".join(tokens[taken:])


def read_value(text: str) -> float | None:
    """The number in ``text`` ("1,234", "3.5%", "¥18,600"), or None where there is none."""
    found = re.search(r"[+\-\u2212]?\d[\d,]*(?:\.\d+)?", text)
    return float(found.group().replace(",", "").replace("\u2212", "-")) if found else None


def _chart(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    rows = slide.table("bars")[:12]
    elements: list[Element] = []
    if rows:
        last = len(rows) - 1
        bars = tuple(
            Bar(label, "", shown, read_value(shown), ACCENT if index == last else BAR)
            for index, (label, shown) in enumerate(rows)
        )
        pitch = _pitch(len(bars))
        label = LABEL if pitch >= 56 else replace(LABEL, size=12)
        elements.append(
            Columns(
                x=LEFT, y=CONTENT_TOP, w=600, h=330, bars=bars, pitch=pitch, thick=pitch * 0.7,
                label=label, value=LABEL, strong=Style(20, 26, bold=True),
                labels=tuple(_label_block(ruler, bar.label, label, pitch - 4) for bar in bars),
            )
        )  # fmt: skip
    y = CONTENT_TOP
    for index, (number, what) in enumerate(slide.table("facts")[:2]):
        elements.append(Stroke(x=704, y=y, w=200, colour=HAIRLINE if index else INK, weight=0.5 if index else 0.7))
        figure = _written(
            ruler, number, smaller(Style(48, 58, bold=True), (38, 48), (28, 38), (20, 28)), x=704, y=y + 9, w=200
        )
        elements += figure
        top = y + 9 + (figure[0].h if figure else 4)
        said = _written(ruler, what, Style(16, 23), x=704, y=top - 2, w=200, most=4)
        elements += said
        y = top + (said[0].h if said else 0) + 12
    return [elements]


def _pitch(bars: int) -> float:
    """From one bar to the next: 60, less where there are more than ten, more where the plot would stay half empty."""
    if bars > 10:
        return 600 / bars
    return 60.0 if bars > 7 else min(100.0, 600 / max(1, bars))


def _label_block(ruler: Typesetter, text: str, style: Style, width: float) -> Block:
    return fit(ruler, text, smaller(style, (12, 16), (11, 14), (10, 13)), width=width / RESERVE, most=1)[1]


def _case(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    elements: list[Element] = []
    y = CONTENT_TOP + 14
    rows = slide.table("bars")[:3]
    if rows:
        lying = _lying(ruler, rows, y=y)
        elements.append(lying)
        y += lying.h
        elements += _written(ruler, slide.text("unit"), HEAD, x=LEFT + lying.label_width, y=y + 18, w=400)
        y += 55
    else:
        y = CONTENT_TOP
    quote = slide.text("quote")
    if quote:
        elements.append(Stroke(x=LEFT, y=y, w=500, weight=0.5, colour=HAIRLINE))
        styles = smaller(Style(20, 30), (18, 26), (16, 23))
        most = 3 if y < 380 else 2
        said = words(ruler, quote, styles, x=LEFT, y=y + 13, w=500, most=most)
        elements.append(said)
        elements += _written(ruler, slide.text("speaker"), LABEL, x=LEFT, y=said.y + said.h + 1, w=500)
    elements += _case_steps(ruler, slide)
    return [elements]


def _lying(ruler: Typesetter, rows: Sequence[Sequence[str]], *, y: float) -> Lying:
    last = len(rows) - 1
    bars = []
    for index, (label, shown) in enumerate(rows):
        main, under = _two_parts(label)
        bars.append(Bar(main, under, shown, read_value(shown), ACCENT if index == last else BAR))
    thick, pitch = (56.0, 88.0) if len(bars) < 3 else (44.0, 62.0)
    labels = []
    for index, bar in enumerate(bars):
        below = _written(ruler, bar.under, LABEL, x=LEFT, y=0, w=84)
        beside = _written(ruler, bar.label, Style(16, 22), x=LEFT, y=0, w=84, most=1 if below else 2) + below
        at = y + index * pitch + (thick - sum(text.h for text in beside)) / 2
        placed = []
        for text in beside:
            placed.append(replace(text, y=at))
            at += text.h
        labels.append(tuple(placed))
    value = Style(26, 34, bold=True)
    widest = max((ruler.width(bar.shown, value) for bar in bars), default=0.0)
    if widest > 200:
        value = Style(18, 25, bold=True)
        widest = max(ruler.width(bar.shown, value) for bar in bars)
    return Lying(
        x=LEFT, y=y, w=500, bars=tuple(bars), thick=thick, pitch=pitch, label_width=92,
        reach=max(60.0, min(272.0, 500 - 92 - 12 - widest)), value=value, labels=tuple(labels),
    )  # fmt: skip


def _two_parts(label: str) -> tuple[str, str]:
    """A label and what it is about: "Before: bottles" is two lines."""
    for separator in ("\n", "：", ": ", "，"):
        head, found, rest = label.partition(separator)
        if found and head.strip() and rest.strip():
            return head.strip(), rest.strip()
    return label, ""


def _case_steps(ruler: Typesetter, slide: DeckSlide) -> list[Element]:
    steps = slide.table("steps")[:3]
    if not steps:
        return []
    elements: list[Element] = [Stroke(x=604, y=CONTENT_TOP, w=300)]
    elements += _written(ruler, slide.text("lead"), LABEL, x=604, y=145, w=300)
    y = 174.0
    for number, (name, what) in enumerate(steps, start=1):
        figure = words(ruler, str(number), STRONG, x=604, y=y, w=26)
        named = _written(ruler, name, smaller(STRONG, *SMALLER), x=631, y=y, w=273, most=2)
        height = named[0].h if named else 25.0
        said = _written(ruler, what, smaller(BODY, *SMALLER), x=604, y=y + height, w=300, most=2)
        elements += [figure, *named, *said]
        y += max(70.0, height + (said[0].h if said else 0) + 14)
    return elements


# -- policy and quiz ---------------------------------------------------------------------------------------------------


def _policy(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    elements: list[Element] = []
    for index, (rule, saying) in enumerate(slide.table("rules")[:3]):
        x = LEFT + index * 296
        elements.append(Stroke(x=x, y=CONTENT_TOP, w=256))
        elements += _written(ruler, rule, LABEL, x=x, y=146, w=256)
        elements += [_broken_at_a_mark(ruler, text) for text in _written(
            ruler, saying, smaller(Style(20, 29, bold=True), (18, 26), (16, 22)), x=x, y=167, w=256, most=3
        )]  # fmt: skip
    steps = slide.table("steps")[:4]
    if steps:
        elements += _written(ruler, slide.text("lead"), LABEL, x=LEFT, y=264, w=INNER)
    for index, (step, what) in enumerate(steps):
        elements.append(_step_box(ruler, index, step, what))
    return [elements]


def _broken_at_a_mark(ruler: Typesetter, said: Words) -> Words:
    """Two lines of about the same length, broken after a comma or semicolon where there is one near the middle."""
    if len(said.block.lines) > 2 or said.block.is_cut or "\n" in said.text:
        return said
    breaks = [match.end() for match in re.finditer(r"[，；：]|[,;:]\s", said.text)][:1]
    for at in breaks:
        first, second = said.text[:at].strip(), said.text[at:].strip()
        widths = [ruler.width(part, said.style) for part in (first, second)]
        if second and max(widths) <= said.w * RESERVE and min(widths) > max(widths) * 0.3:
            text = f"{first}\n{second}"
            return replace(said, text=text, block=ruler.lay(text, said.style, said.w))
    return balanced(ruler, said)


#: Fill and text colour of the four steps: they grow more serious.
_STEPS: Final = ((WHITE, INK), (TINT, INK), (HAIRLINE, INK), (INK, WHITE))


def _step_box(ruler: Typesetter, index: int, step: str, what: str) -> Box:
    fill, ink = _STEPS[index]
    x, y = LEFT + index * 214.0, 289.0
    number = words(ruler, str(index + 1), Style(14, 20, colour=ink), x=x + 14.5, y=y + 12, w=177)
    name = _written(
        ruler,
        step,
        smaller(Style(22, 30, bold=True, colour=ink), (20, 27), (18, 25), (16, 22)),
        x=x + 14.5,
        y=y + 32,
        w=177,
    )
    top = y + 32 + (name[0].h if name else 30.0) + 1
    said = _written(ruler, what, Style(14, 20, colour=ink), x=x + 14.5, y=top, w=177, most=2)
    return Box(x=x, y=y, w=206, h=112, fill=fill, edge=INK, radius=3, inside=(number, *name, *said))


def _quiz(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    elements: list[Element] = []
    top = 153.0
    question = slide.text("question")
    if question:
        asked = words(
            ruler, question, smaller(Style(20, 28), (18, 25), (16, 22)), x=LEFT, y=CONTENT_TOP - 4, w=INNER, most=2
        )
        elements.append(asked)
        top = max(top, asked.y + asked.h + 14)
    for index, (option, *_) in enumerate(slide.table("options")[:4]):
        x = LEFT + (index % 2) * 432.0
        y = top + (index // 2) * 134.0
        letter = words(ruler, _LETTERS[index], Style(40, 52, bold=True, colour=ACCENT), x=x + 22, y=y + 33, w=44)
        said = _written(
            ruler, option, smaller(Style(22, 30), (20, 28), (18, 25), (16, 22)), x=x + 75, y=y, w=321, most=3
        )
        placed = tuple(replace(text, y=y + (118 - text.h) / 2) for text in said)
        elements.append(Box(x=x, y=y, w=416, h=118, edge=INK, radius=3, inside=(letter, *placed)))
    return [elements]


_BODIES: Final[dict[Layout, Body]] = {
    Layout.COVER: _cover,
    Layout.AGENDA: _agenda,
    Layout.BIG_NUMBER: _big_number,
    Layout.CHART: _chart,
    Layout.PRODUCTS: _products,
    Layout.CASE: _case,
    Layout.OBJECTIONS: _objections,
    Layout.POLICY: _policy,
    Layout.QUIZ: _quiz,
    Layout.WORK_PLAN: _work_plan,
}
