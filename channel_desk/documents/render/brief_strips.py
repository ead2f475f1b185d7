"""What a checklist item is answered with by hand beside its text: boxes, circles and blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from channel_desk.documents.builders.blocks import Check, Form
from channel_desk.documents.builders.brief_content import Words
from channel_desk.documents.render.palette import COMPACT, INK, WHITE, Style
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.text import BLANK_WIDTH, Block, Mark, Span, Typesetter

#: The distance of the lines of a strip.
STRIP_LEADING: Final = 13.0
_CHOICE_GAP: Final = 9.0
_CIRCLE: Final = 5.0
_DIGIT: Final = Style(7.2, 10)
_BLANK: Final = re.compile(r"_{3,}")
#: Underscores of a blank for a figure, and how many more are of use to write it.
_FIGURE: Final = "_" * 6
_MORE_OF_FIGURE: Final = 3


@dataclass(frozen=True)
class Part:
    """A box with its label, a scale of circles, or text with blanks."""

    label: Block
    width: float
    is_box: bool = False
    is_ticked: bool = False
    circles: bool = False
    value: int | None = None


@dataclass(frozen=True)
class Strip:
    """Boxes, circles and blanks in lines: each is ``(x, line, part)``."""

    parts: tuple[tuple[float, int, Part], ...]
    width: float
    lines: int


def strip_of(check: Check, words: Words, typesetter: Typesetter, room: float, *, spare: float = 0.0) -> Strip | None:
    """What is printed for the answer by hand, in lines of ``room``; none where there is nothing but text.

    A blank takes of what is ``spare`` on its line.
    """
    more = max(int(spare / BLANK_WIDTH), 0)

    def box(label: str, *, is_ticked: bool = False) -> Part:
        block = typesetter.lay(label, COMPACT, 160, most=1)
        return Part(block, 12 + block.width, is_box=True, is_ticked=is_ticked)

    def circles(label: str, value: int | None) -> Part:
        block = typesetter.lay(label, COMPACT, 120, most=1)
        return Part(block, block.width + 4 + 5 * 2.6 * _CIRCLE, circles=True, value=value)

    parts: list[Part] = []
    if check.form is Form.CHOICE:
        boxes = [box(choice.label, is_ticked=choice.is_chosen) for choice in check.choices]
        return _in_even_lines(boxes, room) if boxes else None
    if check.form is Form.RATING:
        parts = [circles(scale.label, scale.value) for scale in check.scales]
    elif check.answer:
        return None
    elif check.form is Form.BLANK:
        blank = _FIGURE + "_" * min(more, _MORE_OF_FIGURE)
        label = typesetter.line((Span(blank, COMPACT, Mark.BLANK), Span(f" {check.unit}", COMPACT)), COMPACT)
        parts = [Part(label, label.width)]
    elif check.form is Form.NEXT_STEP:
        blanks = _BLANK.sub(lambda match: match[0] + "_" * more, words.date_blank, count=1)
        until = typesetter.line(with_blanks(blanks, COMPACT), COMPACT)
        parts = [Part(until, until.width), box(words.no_next_step)]
    return _in_lines(parts, room) if parts else None


def with_blanks(text: str, style: Style) -> list[Span]:
    """Underscores in a text are blanks to fill in."""
    spans: list[Span] = []
    place = 0
    for match in _BLANK.finditer(text):
        spans += [Span(text[place : match.start()], style), Span(match[0], style, Mark.BLANK)]
        place = match.end()
    return [*spans, Span(text[place:], style)]


def _in_lines(parts: Sequence[Part], room: float) -> Strip:
    x, line, widest, placed = 0.0, 0, 0.0, []
    for part in parts:
        if x and x + part.width > room:
            x, line = 0.0, line + 1
        placed.append((x, line, part))
        widest = max(widest, x + part.width)
        x += part.width + _CHOICE_GAP
    return Strip(tuple(placed), widest, line + 1)


def _in_even_lines(parts: Sequence[Part], room: float) -> Strip:
    """In no more lines than ``room`` asks for, the longest as short as it can be: no box stands alone at the end."""
    strip = _in_lines(parts, room)
    while strip.lines > 1:
        narrower = _in_lines(parts, strip.width - 1)
        if narrower.lines > strip.lines or narrower.width >= strip.width:
            break
        strip = narrower
    return strip


def draw_strip(pdf: Pdf, strip: Strip, x: float, top: float) -> None:
    for offset, line, part in strip.parts:
        left, y = x + offset, top + line * STRIP_LEADING
        if part.is_box:
            pdf.tick_box(left, y + COMPACT.leading / 2 - 4.5, ticked=part.is_ticked)
            pdf.block(part.label, left + 12, y)
            continue
        pdf.block(part.label, left, y)
        if part.circles:
            for number in range(1, 6):
                centre = left + part.label.width + 4 + (number - 0.5) * 2.6 * _CIRCLE
                chosen = number == part.value
                pdf.circle(centre, y + 6.5, _CIRCLE, stroke=INK, fill=INK if chosen else "", line=0.7)
                pdf.text_centred(str(number), _DIGIT.in_colour(WHITE if chosen else INK), centre, y + 1.5)
