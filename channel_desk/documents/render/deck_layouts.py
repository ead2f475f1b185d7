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
from channel_desk.documents.render.deck_figures import big_number, case, chart
from channel_desk.documents.render.deck_sheet import (
    CONTENT_TOP,
    FOOTER,
    HEIGHT,
    INNER,
    KICKER,
    LABEL,
    LEFT,
    RESERVE,
    SOURCE,
    TITLE,
    Box,
    Element,
    SlideSheet,
    Stroke,
    Words,
    balanced,
    smaller,
    words,
    written,
)
from channel_desk.documents.render.deck_tables import agenda, objections, products, work_plan
from channel_desk.documents.render.palette import ACCENT, GREY, HAIRLINE, INK, TINT, WHITE, Style
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.training import Layout

_LETTERS: Final = "ABCD"
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
    """One slide with its frame, in the order in which it is read."""
    is_cover = slide.layout is Layout.COVER
    framed = elements if is_cover else [*_top(ruler, deck, slide, part), *elements, *_foot(ruler, deck, slide, number)]
    sheet = SlideSheet(
        number=number,
        kind="cover" if is_cover else "content",
        title=slide.title,
        elements=tuple(framed),
        notes=slide.notes,
        alt=slide.alt,
    )
    if sheet.is_cut:
        return replace(sheet, notes="\n\n".join(text for text in (slide.notes, slide.alt) if text))
    return sheet


def _top(ruler: Typesetter, deck: Deck, slide: DeckSlide, part: int) -> list[Element]:
    kicker = " · ".join(text for text in (slide.kicker, deck.more if part else "") if text)
    title = written(ruler, slide.title, smaller(TITLE, (26, 35)), x=LEFT, y=44, w=INNER, most=2, role="title")
    return [
        *written(ruler, kicker, KICKER, x=LEFT, y=26, w=INNER, role="kicker"),
        *(balanced(ruler, text) for text in title),
    ]


def _foot(ruler: Typesetter, deck: Deck, slide: DeckSlide, number: int) -> list[Element]:
    bold = Style(10, 14, bold=True)
    return [
        *written(ruler, slide.text("source"), SOURCE, x=LEFT, y=481, w=INNER, role="source"),
        Stroke(x=LEFT, y=504, w=INNER, weight=0.5, colour=HAIRLINE),
        *written(ruler, deck.footer, FOOTER, x=LEFT, y=510, w=INNER - 60, role="footer"),
        words(ruler, str(number), bold, x=LEFT + INNER - 48, y=510, w=48, align="right", role="number"),
    ]


def _cover(ruler: Typesetter, deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    cover = deck.cover
    title = _cover_title(ruler, slide.title or deck.title)
    elements: list[Element] = [Box(x=660, y=0, w=300, h=HEIGHT, fill=ACCENT)]
    elements += written(
        ruler, cover.brand or slide.kicker, Style(14, 20, bold=True), x=LEFT, y=56, w=540, role="kicker"
    )
    elements.append(title)
    below = max(296.0, title.y + title.h + 14)
    grey = smaller(Style(20, 28, colour=GREY), (18, 25))
    elements += written(ruler, cover.subtitle, grey, x=LEFT, y=below, w=540, most=2, role="subtitle")
    elements.append(Stroke(x=LEFT, y=446, w=540))
    elements += written(ruler, cover.date_line, Style(14, 20), x=LEFT, y=457, w=540)
    elements += written(ruler, cover.place_line, LABEL, x=LEFT, y=477, w=540)
    elements += _promises(ruler, cover, slide.table("promises"))
    return [elements]


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
    number = Style(72, 76, bold=True, colour=WHITE)
    label = Style(18, 25, colour=WHITE)
    white_head = Style(14, 20, bold=True, colour=WHITE)
    elements: list[Element] = [*written(ruler, cover.promises_head, white_head, x=700, y=56, w=220)]
    bottom = 488.0
    shown = promises[:2]
    for index, (amount, what) in reversed(list(enumerate(shown))):
        said = written(ruler, what, smaller(label, (16, 22)), x=700, y=0, w=220, most=3)
        height = said[0].h if said else 0.0
        elements += [replace(text, y=bottom - height) for text in said]
        figure = written(ruler, amount, smaller(number, (56, 60), (40, 44), (28, 32)), x=700, y=0, w=220, most=1)
        top = bottom - height - (figure[0].h if figure else 0.0) + 3
        elements += [replace(text, y=top) for text in figure]
        if index:
            elements.append(Stroke(x=700, y=top - 10, w=220, colour=WHITE))
            bottom = top - 28
    return sorted(elements, key=lambda element: element.y)


def _policy(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    elements: list[Element] = []
    for index, (rule, saying) in enumerate(slide.table("rules")[:3]):
        x = LEFT + index * 296
        elements.append(Stroke(x=x, y=CONTENT_TOP, w=256))
        elements += written(ruler, rule, LABEL, x=x, y=146, w=256)
        elements += [_broken_at_a_mark(ruler, text) for text in written(
            ruler, saying, smaller(Style(20, 29, bold=True), (18, 26), (16, 22)), x=x, y=167, w=256, most=3
        )]  # fmt: skip
    steps = slide.table("steps")[:4]
    if steps:
        elements += written(ruler, slide.text("lead"), LABEL, x=LEFT, y=264, w=INNER)
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
    name = written(
        ruler,
        step,
        smaller(Style(22, 30, bold=True, colour=ink), (20, 27), (18, 25), (16, 22)),
        x=x + 14.5,
        y=y + 32,
        w=177,
    )
    top = y + 32 + (name[0].h if name else 30.0) + 1
    said = written(ruler, what, Style(14, 20, colour=ink), x=x + 14.5, y=top, w=177, most=2)
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
        said = written(
            ruler, option, smaller(Style(22, 30), (20, 28), (18, 25), (16, 22)), x=x + 75, y=y, w=321, most=3
        )
        placed = tuple(replace(text, y=y + (118 - text.h) / 2) for text in said)
        elements.append(Box(x=x, y=y, w=416, h=118, edge=INK, radius=3, inside=(letter, *placed)))
    return [elements]


_BODIES: Final[dict[Layout, Body]] = {
    Layout.COVER: _cover,
    Layout.AGENDA: agenda,
    Layout.BIG_NUMBER: big_number,
    Layout.CHART: chart,
    Layout.PRODUCTS: products,
    Layout.CASE: case,
    Layout.OBJECTIONS: objections,
    Layout.POLICY: _policy,
    Layout.QUIZ: _quiz,
    Layout.WORK_PLAN: work_plan,
}
