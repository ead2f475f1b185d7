"""The record of a visit: the checklist to work through with a pen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from channel_desk.documents.builders.blocks import Check, Checklist, Form, State
from channel_desk.documents.builders.brief_content import Brief, Words
from channel_desk.documents.render.palette import (
    ACCENT,
    CODE,
    COMPACT,
    GREY,
    INK,
    LABEL,
    SECTION,
    WHITE,
    WRITING,
    Style,
)
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.sheet import (
    CODE_HEIGHT,
    LEFT,
    PITCH,
    RIGHT,
    RULE_HEAD,
    RULE_ROW,
    WIDTH,
    Column,
    Piece,
    table_head,
    two_columns,
)
from channel_desk.documents.render.text import Block, Mark, Span, Typesetter

_CODE_WIDTH: Final = 21.0
_BOX: Final = 26.2
_TEXT: Final = 40.5
_GAP: Final = 17.0
_COLUMN: Final = (WIDTH - _GAP) / 2
_CHOICE_GAP: Final = 9.0
_CIRCLE: Final = 5.0
_HINT: Final = Style(7.6, 13, colour=GREY)
_ANSWER: Final = Style(8.4, 12.4, colour=ACCENT)
_DIGIT: Final = Style(7.2, 10)
_AGREED_ROWS: Final = 4
_BLANK: Final = re.compile(r"_{3,}")


@dataclass(frozen=True)
class Spacing:
    """How roomy the record is set."""

    before: float = 17.0
    during: float = 17.3
    after: float = 20.0
    pitch: float = PITCH
    most_lines: int = 2
    #: Lines beyond those asked for, where there is room.
    more_lines: int = 0
    agreed_rows: int = _AGREED_ROWS
    #: Both columns are filled on their own, and hints give way to short rows.
    is_packed: bool = False


#: Tried in this order until the record fits on one page.
SPACINGS: Final = (
    Spacing(more_lines=1),
    Spacing(),
    Spacing(after=18.0, before=16.0, most_lines=1),
    Spacing(before=15.0, during=15.5, after=17.0, pitch=19.0, most_lines=1),
    Spacing(before=16.0, during=16.6, after=18.5, most_lines=1, is_packed=True),
    Spacing(before=15.0, during=15.6, after=16.5, pitch=19.0, most_lines=1, is_packed=True),
    Spacing(before=13.6, during=14.0, after=14.6, pitch=18.0, most_lines=1, is_packed=True),
)


#: For checklists longer than two pages, which are cut between rows.
ROWS_FOR_PAGES: Final = Spacing(before=15.0, during=15.5, after=17.0, pitch=19.0, most_lines=1)


def record_head(brief: Brief, typesetter: Typesetter, note: str, *, legend: bool = True) -> Piece:
    """Whose record it is; with the legend of its signs."""
    words = brief.words
    name = typesetter.lay(brief.short_name, Style(14, 20, bold=True), WIDTH * 0.4, most=1)
    line = typesetter.line(note, COMPACT.in_colour(GREY))
    signs = typesetter.line(
        (
            Span("", _HINT, Mark.TICKED_BOX),
            Span(f"\u00a0{words.legend_done}   ", _HINT),
            Span("", _HINT, Mark.STRUCK_BOX),
            Span(f"\u00a0{words.legend_not_applicable}   ", _HINT),
            Span(words.legend_codes, _HINT),
        ),
        _HINT,
    )
    beside = name.width + 10 + line.width + 14 + signs.width <= WIDTH or not legend
    height = 21.0 if beside else 34.0

    def draw(pdf: Pdf, top: float) -> None:
        pdf.block(name, LEFT, top)
        pdf.block(line, LEFT + name.width + 10, top + 4.6)
        if legend:
            pdf.block_right(signs, RIGHT, top + (5.2 if beside else 19.5))

    return Piece(height, draw)


def checklist_pieces(
    brief: Brief, typesetter: Typesetter, spacing: Spacing, checklists: Sequence[Checklist]
) -> list[Piece]:
    """The items of ``checklists``, row by row."""
    pieces: list[Piece] = []
    setter = _Items(brief.words, typesetter, spacing)
    for number, checklist in enumerate(checklists):
        pieces.append(_phase_head(checklist, above=5.0 if number == 0 else 8.0))
        first = checklist.items[0].code[0]
        if first == "1":
            pieces.extend(setter.column_by_column(checklist.items, spacing.before))
        else:
            pieces.extend(setter.row_by_row(checklist.items, spacing.during if first == "2" else spacing.after))
    return pieces


def _phase_head(checklist: Checklist, *, above: float) -> Piece:
    def draw(pdf: Pdf, top: float) -> None:
        width = pdf.text(checklist.title, SECTION, LEFT, top + above)
        pdf.text(checklist.note, _HINT, LEFT + width + 8, top + above + 1.6)
        pdf.text_right(checklist.count, _HINT, RIGHT, top + above + 1.6)
        rule = top + above + SECTION.leading + 2.5
        pdf.line(LEFT, rule, RIGHT, rule, width=RULE_HEAD)

    return Piece(above + SECTION.leading + 5.5, draw)


@dataclass(frozen=True)
class _SetItem:
    """An item set for a column: its blocks and what it needs below them."""

    check: Check
    text: Block
    #: Choices, circles or a blank beside the text, or in lines of their own under it.
    strip: _Strip | None
    strip_beside: bool
    answer: Block | None
    lines: int
    #: Of the column, of a row without anything below it, and of the whole item.
    width: float
    least: float
    height: float


@dataclass(frozen=True)
class _Strip:
    """Boxes, circles and blanks in lines: each is ``(x, line, draw)``."""

    parts: tuple[tuple[float, int, Part], ...]
    width: float
    lines: int


@dataclass(frozen=True)
class Part:
    """A box with its label, a scale of circles, or text with blanks."""

    label: Block
    width: float
    is_box: bool = False
    is_ticked: bool = False
    circles: bool = False
    value: int | None = None


class _Items:
    """Sets checklist items in one or two columns."""

    def __init__(self, words: Words, typesetter: Typesetter, spacing: Spacing) -> None:
        self.words, self.typesetter, self.spacing = words, typesetter, spacing

    def column_by_column(self, items: Sequence[Check], least: float) -> list[Piece]:
        """Down the left column, then down the right one."""
        if self.spacing.is_packed:
            return self._packed(items, least)
        middle = (len(items) + 1) // 2
        return [
            self._pair(items[row], items[middle + row] if middle + row < len(items) else None, least)
            for row in range(middle)
        ]

    def row_by_row(self, items: Sequence[Check], least: float) -> list[Piece]:
        """Pairs from left to right; an item with much to write takes the whole width."""
        pieces: list[Piece] = []
        if self.spacing.is_packed:
            for wide, group in groupby(items, self._is_wide):
                together = list(group)
                narrow = [] if wide else self._packed(together, least)
                pieces.extend(narrow or [piece for item in together for piece in self._wide(item, least)])
            return pieces
        waiting: Check | None = None
        for item in items:
            if self._is_wide(item):
                if waiting is not None:
                    pieces.append(self._pair(waiting, None, least))
                    waiting = None
                pieces.extend(self._wide(item, least))
            elif waiting is None:
                waiting = item
            else:
                pieces.append(self._pair(waiting, item, least))
                waiting = None
        if waiting is not None:
            pieces.append(self._pair(waiting, None, least))
        return pieces

    def _is_wide(self, item: Check) -> bool:
        return item.form is Form.AGREED or min(item.lines, self.spacing.most_lines) > 1

    def _packed(self, items: Sequence[Check], least: float) -> list[Piece]:
        """Two columns of items close together, as even as can be."""
        rows = [self._set(item, _COLUMN, least) for item in items]
        heights = [row.height for row in rows]
        cut = min(range(len(rows) + 1), key=lambda place: (max(sum(heights[:place]), sum(heights[place:])), -place))

        def column(number: int, part: Sequence[_SetItem]) -> list[Piece]:
            x = LEFT + number * (_COLUMN + _GAP)
            return [Piece(row.height, partial(self._draw_at, row, x)) for row in part]

        return [two_columns(column(0, rows[:cut]), column(1, rows[cut:]))]

    def _draw_at(self, row: _SetItem, x: float, pdf: Pdf, top: float) -> None:
        self._draw(pdf, row, x, top, height=row.height)

    def _pair(self, left: Check, right: Check | None, least: float) -> Piece:
        sets = [self._set(check, _COLUMN, least) for check in (left, right) if check is not None]
        height = max(one.height for one in sets)

        def draw(pdf: Pdf, top: float) -> None:
            for number, one in enumerate(sets):
                self._draw(pdf, one, LEFT + number * (_COLUMN + _GAP), top, height=height)

        return Piece(height, draw)

    def _wide(self, item: Check, least: float) -> list[Piece]:
        one = self._set(item, WIDTH, least)
        pieces = [Piece(one.height, lambda pdf, top: self._draw(pdf, one, LEFT, top, height=one.height))]
        if item.form is Form.AGREED:
            pieces.append(self._agreed())
        return pieces

    def _set(self, check: Check, width: float, least: float) -> _SetItem:
        typesetter = self.typesetter
        room = width - _TEXT
        spans = [*_with_blanks(check.text, COMPACT)]
        if check.hint:
            spans += [Span("  ", _HINT), Span(check.hint, _HINT)]
        text = typesetter.lay(spans, COMPACT, room, most=3)
        if self.spacing.is_packed and len(text.lines) > 1:
            text = typesetter.lay([*_with_blanks(check.text, COMPACT)], COMPACT, room, most=3)
        strip = self._strip(check, room)
        beside = (
            strip is not None and len(text.lines) == 1 and text.width + 8 + strip.width <= room and strip.lines == 1
        )
        if strip is not None and not beside and strip.lines == 1 and check.hint:
            # the hint gives way when that keeps everything on one line
            short = typesetter.lay([*_with_blanks(check.text, COMPACT)], COMPACT, room, most=3)
            if len(short.lines) == 1 and short.width + 8 + strip.width <= room:
                text, beside = short, True
        answer = typesetter.lay(check.answer, _ANSWER, room, most=3) if check.answer else None
        lines = 0 if check.answer or check.form is Form.AGREED else min(check.lines, self.spacing.most_lines)
        lines += self.spacing.more_lines if lines else 0
        height = max(least, text.height + least - COMPACT.leading)
        if strip is not None and not beside:
            height += strip.lines * 13
        if answer is not None:
            height += answer.height
        height += lines * self.spacing.pitch
        return _SetItem(check, text, strip, beside, answer, lines, width, least, height)

    def _draw(self, pdf: Pdf, one: _SetItem, x: float, top: float, *, height: float) -> None:
        check, least, width = one.check, one.least, one.width
        middle = top + least / 2
        pdf.code_label(x, middle - CODE_HEIGHT / 2, check.code, width=_CODE_WIDTH, style=CODE)
        pdf.tick_box(
            x + _BOX,
            middle - 4.5,
            ticked=check.state is State.DONE,
            struck=check.state is State.NOT_APPLICABLE,
        )
        y = middle - COMPACT.leading / 2
        pdf.block(one.text, x + _TEXT, y)
        if one.strip is not None and one.strip_beside:
            _draw_strip(pdf, one.strip, x + _TEXT + one.text.width + 8, y)
        y += one.text.height
        if one.strip is not None and not one.strip_beside:
            _draw_strip(pdf, one.strip, x + _TEXT, y)
            y += one.strip.lines * 13
        if one.answer is not None:
            pdf.block(one.answer, x + _TEXT, y)
        for number in range(one.lines):
            line = top + height - number * self.spacing.pitch - 2.5
            pdf.line(x, line, x + width, line, width=0.5, colour=WRITING)

    # what is filled in by hand

    def _strip(self, check: Check, room: float) -> _Strip | None:
        parts: list[Part] = []
        if check.form is Form.CHOICE:
            parts = [self._box(choice.label, is_ticked=choice.is_chosen) for choice in check.choices]
        elif check.form is Form.RATING:
            parts = [self._circles(scale.label, scale.value) for scale in check.scales]
        elif check.answer:
            return None
        elif check.form is Form.BLANK:
            label = self.typesetter.line(
                (Span("______", COMPACT, Mark.BLANK), Span(f" {check.unit}", COMPACT)), COMPACT
            )
            parts = [Part(label, label.width)]
        elif check.form is Form.NEXT_STEP:
            until = self.typesetter.line([*_with_blanks(self.words.date_blank, COMPACT)], COMPACT)
            parts = [Part(until, until.width), self._box(self.words.no_next_step)]
        return _in_lines(parts, room) if parts else None

    def _box(self, label: str, *, is_ticked: bool = False) -> Part:
        block = self.typesetter.lay(label, COMPACT, 160, most=1)
        return Part(block, 12 + block.width, is_box=True, is_ticked=is_ticked)

    def _circles(self, label: str, value: int | None) -> Part:
        block = self.typesetter.lay(label, COMPACT, 120, most=1)
        return Part(block, block.width + 4 + 5 * 2.6 * _CIRCLE, circles=True, value=value)

    def _agreed(self) -> Piece:
        places = (
            Column(0, 36),
            Column(44, WIDTH - 254),
            Column(WIDTH - 208, 62),
            Column(WIDTH - 138, 62),
            Column(WIDTH - 68, 68),
        )
        head = table_head(self.words.agreed_heads, places)
        rows, pitch, words = self.spacing.agreed_rows, self.spacing.pitch, self.words

        def draw(pdf: Pdf, top: float) -> None:
            head.draw(pdf, top)
            bottom = top + head.height + rows * pitch
            for place in places[1:]:
                pdf.line(LEFT + place.x - 4, top, LEFT + place.x - 4, bottom, width=RULE_ROW, colour=WRITING)
            for number in range(rows):
                y = top + head.height + number * pitch
                pdf.text(words.agreed_direction, LABEL, LEFT, y + pitch / 2 - 5)
                pdf.line(LEFT, y + pitch, RIGHT, y + pitch, width=RULE_ROW, colour=WRITING)

        return Piece(head.height + rows * pitch + 2, draw)


def _with_blanks(text: str, style: Style) -> list[Span]:
    """Underscores in a text are blanks to fill in."""
    spans: list[Span] = []
    place = 0
    for match in _BLANK.finditer(text):
        spans += [Span(text[place : match.start()], style), Span(match[0], style, Mark.BLANK)]
        place = match.end()
    return [*spans, Span(text[place:], style)]


def _in_lines(parts: Sequence[Part], room: float) -> _Strip:
    x, line, widest, placed = 0.0, 0, 0.0, []
    for part in parts:
        if x and x + part.width > room:
            x, line = 0.0, line + 1
        placed.append((x, line, part))
        widest = max(widest, x + part.width)
        x += part.width + _CHOICE_GAP
    return _Strip(tuple(placed), widest, line + 1)


def _draw_strip(pdf: Pdf, strip: _Strip, x: float, top: float) -> None:
    for offset, line, part in strip.parts:
        left, y = x + offset, top + line * 13
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
