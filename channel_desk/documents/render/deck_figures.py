"""Slides that show figures: one big number, bars with two facts, and a case before and after (paper.md, section 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from channel_desk.documents.builders.deck import Deck, DeckSlide
from channel_desk.documents.render.deck_sheet import (
    BODY,
    CONTENT_BOTTOM,
    CONTENT_TOP,
    HEAD,
    INNER,
    LABEL,
    LEFT,
    RESERVE,
    SMALLER,
    STRONG,
    Bar,
    Columns,
    Element,
    Lying,
    Phrase,
    Stroke,
    fit,
    smaller,
    words,
    written,
)
from channel_desk.documents.render.deck_values import NUMBER, fit_values, read_values, split_number, value_blocks
from channel_desk.documents.render.palette import ACCENT, CHART_BAR, GREY, HAIRLINE, INK, Style
from channel_desk.documents.render.text import Block, Typesetter

_OPERATORS: Final = re.compile(r"\s+([\u00d7x*+\-\u2212\u00f7/=\u2248])\s+")


def big_number(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
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
    amount, unit = split_number(text)
    if amount:
        for size in (150, 130, 110, 90, 72, 56):
            large = Style(size, size * 1.12, bold=True, colour=ACCENT)
            small = Style(min(40, size * 0.45), min(40, size * 0.45) * 1.3, bold=True)
            gap = 15.0 if unit else 0.0
            if ruler.width(amount, large) + gap + ruler.width(unit, small) <= INNER * RESERVE:
                pieces = ((amount, large, 0.0), (unit, small, gap)) if unit else ((amount, large, 0.0),)
                return Phrase(x=LEFT, y=156 + (150 - size) * 0.85, w=INNER, pieces=pieces)
    styles = smaller(Style(72, 86, bold=True, colour=ACCENT), (56, 68), (44, 54), (32, 42))
    if len(text) < 60:
        return words(ruler, text, styles, x=LEFT, y=170, w=INNER, most=2)
    # Four of the larger lines would stand on the sum below.
    return words(ruler, text, styles[2:], x=LEFT, y=170, w=INNER, most=4)


def _sum(ruler: Typesetter, text: str) -> Element:
    """How the number comes about: figures bold with their meaning in grey, operators between; one line, or plain."""
    parts = _OPERATORS.split(text)
    for size in (24, 20, 18):
        pieces: list[tuple[str, Style, float]] = []
        bold, label = Style(size, 32, bold=True), Style(max(14, size * 0.6), 32, colour=GREY)
        operator = Style(size * 1.15, 32, colour=GREY)
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
    if not tokens or not NUMBER.match(tokens[0]):
        return part, ""
    with_unit = len(tokens) > 2 and len(tokens[1]) <= 2 and not tokens[1].isascii()
    taken = 2 if with_unit else 1
    return " ".join(tokens[:taken]), " ".join(tokens[taken:])


def chart(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    rows = slide.table("bars")[:12]
    elements: list[Element] = []
    if rows:
        elements += _columns(ruler, rows)
    y = CONTENT_TOP
    for index, (number, meaning) in enumerate(slide.table("facts")[:2]):
        elements.append(Stroke(x=704, y=y, w=200, colour=HAIRLINE if index else INK, weight=0.5 if index else 0.7))
        styles = smaller(Style(48, 58, bold=True), (38, 48), (28, 38), (20, 28), (16, 22), (14, 20))
        what = meaning
        figure = written(ruler, number, styles, x=704, y=y + 9, w=200)
        amount, unit = split_number(number)
        if amount and unit and figure[0].block.is_cut:
            # The figure stays whole; its long unit leads the words below.
            figure = written(ruler, amount, styles, x=704, y=y + 9, w=200)
            what = " · ".join(text for text in (unit, meaning) if text)
        elements += figure
        top = y + 9 + (figure[0].h if figure else 4)
        said = written(ruler, what, Style(16, 23), x=704, y=top - 2, w=200, most=4)
        elements += said
        y = top + (said[0].h if said else 0) + 12
    return [elements]


def _columns(ruler: Typesetter, rows: Sequence[Sequence[str]]) -> list[Element]:
    """The bars, and above their axis the unit where there was no room for it at each value."""
    pitch = _pitch(len(rows))
    label = LABEL if pitch >= 56 else replace(LABEL, size=12)
    inner = smaller(LABEL, (12, 16), (10, 13))
    outer = (Style(20, 26, bold=True), *inner)
    last = len(rows) - 1
    values = read_values([shown for _, shown in rows])
    fitted = fit_values(
        ruler,
        [shown if value is not None else "" for (_, shown), value in zip(rows, values, strict=True)],
        [outer if index in {0, last} else inner for index in range(len(rows))],
        (pitch - 2,) * len(outer),
    )
    bars = tuple(
        Bar(name, "", shown, value, ACCENT if index == last else CHART_BAR)
        for index, ((name, _), shown, value) in enumerate(zip(rows, fitted.shown, values, strict=True))
    )
    columns = Columns(
        x=LEFT, y=CONTENT_TOP, w=600, h=330, bars=bars, pitch=pitch, thick=pitch * 0.7, label=label,
        values=value_blocks(ruler, fitted), styles=fitted.styles, is_cut=fitted.is_cut or _lost(rows, values),
        labels=tuple(_label_block(ruler, bar.label, label, pitch - 4) for bar in bars),
    )  # fmt: skip
    return [*written(ruler, fitted.unit, HEAD, x=LEFT, y=CONTENT_TOP - 16, w=600), columns]


def _lost(rows: Sequence[Sequence[str]], values: Sequence[float | None]) -> bool:
    """Whether words stand where a value belongs: without a bar there is no place for them."""
    return any(value is None and shown.strip("_ ") for (_, shown), value in zip(rows, values, strict=True))


def _pitch(bars: int) -> float:
    """From one bar to the next: 60, less where there are more than ten, more where the plot would stay half empty."""
    if bars > 10:
        return 600 / bars
    return 60.0 if bars > 7 else min(100.0, 600 / max(1, bars))


def _label_block(ruler: Typesetter, text: str, style: Style, width: float) -> Block:
    return fit(ruler, text, smaller(style, (12, 16), (11, 14), (10, 13)), width=width / RESERVE, most=1)[1]


def case(ruler: Typesetter, _deck: Deck, slide: DeckSlide) -> list[list[Element]]:
    elements: list[Element] = []
    y = CONTENT_TOP + 14
    rows = slide.table("bars")[:3]
    if rows:
        lying = _lying(ruler, rows, y=y)
        elements.append(lying)
        y += lying.h
        units = dict.fromkeys(text for text in (lying.unit, slide.text("unit")) if text)
        elements += written(ruler, " · ".join(units), HEAD, x=LEFT + lying.label_width, y=y + 18, w=400)
        y += 55
    else:
        y = CONTENT_TOP
    quote = slide.text("quote")
    if quote:
        elements.append(Stroke(x=LEFT, y=y, w=500, weight=0.5, colour=HAIRLINE))
        most = 3 if y < 380 else 2
        room = CONTENT_BOTTOM - y - 13 - (LABEL.leading if slide.text("speaker") else 0)
        styles = smaller(Style(20, 30), (18, 26), (16, 23))
        fitting = [style for style in styles if most * style.leading <= room] or styles[-1:]
        said = words(ruler, quote, fitting, x=LEFT, y=y + 13, w=500, most=most)
        elements.append(said)
        elements += written(ruler, slide.text("speaker"), LABEL, x=LEFT, y=said.y + said.h + 1, w=500)
    elements += _case_steps(ruler, slide)
    return [elements]


#: Styles of the values at lying bars, and how wide they may be at each: the bars need their room too.
_LYING_VALUES: Final = smaller(Style(26, 34, bold=True), (18, 25), (16, 22), (14, 20), (12, 16), (10, 13))
_LYING_ROOM: Final = (200.0, 280.0, 320.0, 320.0, 320.0, 320.0)


def _lying(ruler: Typesetter, rows: Sequence[Sequence[str]], *, y: float) -> Lying:
    last = len(rows) - 1
    values = read_values([shown for _, shown in rows])
    fitted = fit_values(
        ruler,
        [shown if value is not None else "" for (_, shown), value in zip(rows, values, strict=True)],
        [_LYING_VALUES] * len(rows),
        _LYING_ROOM,
    )
    bars = []
    for index, ((label, _), shown, value) in enumerate(zip(rows, fitted.shown, values, strict=True)):
        main, under = _two_parts(label)
        bars.append(Bar(main, under, shown, value, ACCENT if index == last else CHART_BAR))
    thick, pitch = (56.0, 88.0) if len(bars) < 3 else (44.0, 62.0)
    labels = []
    for index, bar in enumerate(bars):
        below = written(ruler, bar.under, LABEL, x=LEFT, y=0, w=84)
        beside = written(ruler, bar.label, Style(16, 22), x=LEFT, y=0, w=84, most=1 if below else 2) + below
        at = y + index * pitch + (thick - sum(text.h for text in beside)) / 2
        placed = []
        for text in beside:
            placed.append(replace(text, y=at))
            at += text.h
        labels.append(tuple(placed))
    blocks = value_blocks(ruler, fitted)
    behind = max((block.width for block, value in zip(blocks, values, strict=True) if (value or 0) >= 0), default=0.0)
    before = max((block.width + 14 for block, value in zip(blocks, values, strict=True) if (value or 0) < 0), default=0)
    return Lying(
        x=LEFT, y=y, w=500, bars=tuple(bars), thick=thick, pitch=pitch, label_width=92,
        reach=max(60.0, min(272.0, 500 - 92 - 12 - behind - before)), before=before, labels=tuple(labels),
        values=blocks, styles=fitted.styles, unit=fitted.unit,
        is_cut=fitted.is_cut or _lost(rows, values),
    )  # fmt: skip


def _two_parts(label: str) -> tuple[str, str]:
    """A label and what it is about: "Before: bottles" is two lines."""
    for separator in ("\n", "：", ": ", "，"):
        head, found, rest = label.partition(separator)
        if found and head.strip() and rest.strip():
            return head.strip(), rest.strip()
    return label, ""


def _case_steps(ruler: Typesetter, slide: DeckSlide) -> list[Element]:
    """Three steps at the right, set closer and smaller where their texts are long."""
    steps = slide.table("steps")[:3]
    if not steps:
        return []
    elements: list[Element] = [Stroke(x=604, y=CONTENT_TOP, w=300)]
    elements += written(ruler, slide.text("lead"), LABEL, x=604, y=145, w=300)
    placed: list[Element] = []
    for size, leading, gap in ((18, 25, 14), (17, 24, 10), (16, 22, 6)):
        placed = _placed_steps(ruler, steps, STRONG.sized(size, leading), BODY.sized(size, leading), gap=gap)
        if max(element.y + element.h for element in placed) <= CONTENT_BOTTOM:
            break
    return elements + placed


def _placed_steps(
    ruler: Typesetter, steps: Sequence[Sequence[str]], bold: Style, plain: Style, *, gap: float
) -> list[Element]:
    elements: list[Element] = []
    y = 174.0
    for number, (name, what) in enumerate(steps, start=1):
        figure = words(ruler, str(number), bold, x=604, y=y, w=26)
        named = written(ruler, name, bold, x=631, y=y, w=273, most=2)
        height = named[0].h if named else bold.leading
        said = written(ruler, what, plain, x=604, y=y + height, w=300, most=2)
        elements += [figure, *named, *said]
        y += max(56.0 + gap, height + (said[0].h if said else 0) + gap)
    return elements
