"""The record of a visit: the checklist to work through with a pen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

from channel_desk.documents.builders.blocks import Check, Checklist, Form, State
from channel_desk.documents.builders.brief_content import Brief, Words
from channel_desk.documents.render.brief_spacing import Spacing
from channel_desk.documents.render.brief_strips import STRIP_LEADING, Strip, draw_strip, strip_of, with_blanks
from channel_desk.documents.render.palette import (
    ACCENT,
    CODE,
    COMPACT,
    GREY,
    LABEL,
    SECTION,
    WRITING,
    Style,
)
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.sheet import (
    CODE_HEIGHT,
    LEFT,
    RIGHT,
    RULE_HEAD,
    RULE_ROW,
    WIDTH,
    Column,
    Piece,
    draw_stack,
    stack,
    table_head,
    two_columns,
)
from channel_desk.documents.render.text import Block, Mark, Span, Typesetter
from channel_desk.domain.visits import Phase

_CODE_WIDTH: Final = 21.0
_BOX: Final = 26.2
_TEXT: Final = 40.5
_GAP: Final = 17.0
_COLUMN: Final = (WIDTH - _GAP) / 2
_HINT: Final = Style(7.6, 13, colour=GREY)
_ANSWER: Final = Style(8.4, 12.4, colour=ACCENT)
_AGREED_ROWS: Final = 4
#: Between a text and what stands beside it.
_STRIP_GAP: Final = 8.0


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
        if checklist.phase is Phase.BEFORE:
            pieces.extend(setter.column_by_column(checklist.items, spacing.before))
        else:
            least = spacing.during if checklist.phase is Phase.DURING else spacing.after
            pieces.extend(setter.row_by_row(checklist.items, least))
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
    strip: Strip | None
    strip_beside: bool
    answer: Block | None
    lines: int
    #: Of the column, of a row without anything below it, and of the whole item.
    width: float
    least: float
    height: float


class _Items:
    """Sets checklist items in one or two columns."""

    def __init__(self, words: Words, typesetter: Typesetter, spacing: Spacing) -> None:
        self.words, self.typesetter, self.spacing = words, typesetter, spacing

    def column_by_column(self, items: Sequence[Check], least: float) -> list[Piece]:
        """Down the left column, then down the right one."""
        if self.spacing.is_packed:
            return self._packed(items, least, may_write=False)
        middle = (len(items) + 1) // 2
        return [
            self._pair(items[row], items[middle + row] if middle + row < len(items) else None, least, may_write=False)
            for row in range(middle)
        ]

    def row_by_row(self, items: Sequence[Check], least: float) -> list[Piece]:
        """Pairs from left to right; an item with much to write takes the whole width."""
        pieces: list[Piece] = []
        if self.spacing.is_packed:
            for wide, group in groupby(items, self._is_wide):
                together = list(group)
                pieces.extend([self._wide(item, least) for item in together] if wide else self._packed(together, least))
            return pieces
        waiting: Check | None = None
        for item in items:
            if self._is_wide(item):
                if waiting is not None:
                    pieces.append(self._pair(waiting, None, least))
                    waiting = None
                pieces.append(self._wide(item, least))
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

    def _packed(self, items: Sequence[Check], least: float, *, may_write: bool = True) -> list[Piece]:
        """Two columns of items close together, as even as can be."""
        rows = [self._set(item, _COLUMN, least) for item in items]
        heights = [row.height for row in rows]
        cut = min(range(len(rows) + 1), key=lambda place: (max(sum(heights[:place]), sum(heights[place:])), -place))

        most = max(sum(heights[:cut]), sum(heights[cut:]))

        def column(number: int, part: Sequence[_SetItem]) -> list[Piece]:
            x = LEFT + number * (_COLUMN + _GAP)
            # where people write, the shorter column ends where the other does; else rows stand on one line with theirs
            more = (most - sum(row.height for row in part)) / max(len(part), 1) if may_write else 0.0
            return [
                Piece(row.height + more, partial(self._draw_at, row, row.height + more, x), entries=1) for row in part
            ]

        return [two_columns(column(0, rows[:cut]), column(1, rows[cut:]))]

    def _draw_at(self, row: _SetItem, height: float, x: float, pdf: Pdf, top: float) -> None:
        self._draw(pdf, row, x, top, height=height)

    def _pair(self, left: Check, right: Check | None, least: float, *, may_write: bool = True) -> Piece:
        sets = [self._set(check, _COLUMN, least) for check in (left, right) if check is not None]
        height = max(one.height for one in sets)
        if may_write:
            sets = [self._filled(one, height) for one in sets]

        def draw(pdf: Pdf, top: float) -> None:
            for number, one in enumerate(sets):
                self._draw(pdf, one, LEFT + number * (_COLUMN + _GAP), top, height=height)

        return Piece(height, draw, entries=len(sets))

    def _filled(self, one: _SetItem, height: float) -> _SetItem:
        """``one`` with lines to write on in the room that a higher neighbour leaves it."""
        if one.answer or not one.check.is_written_on:
            return one
        return replace(one, lines=one.lines + int((height - one.height) / self.spacing.pitch))

    def _wide(self, item: Check, least: float) -> Piece:
        one = self._set(item, WIDTH, least)
        row = Piece(one.height, lambda pdf, top: self._draw(pdf, one, LEFT, top, height=one.height), entries=1)
        if item.form is not Form.AGREED:
            return row
        both = (row, self._agreed())
        return Piece(stack(both), lambda pdf, top: draw_stack(pdf, both, top), entries=1)

    def _set(self, check: Check, width: float, least: float) -> _SetItem:
        room = width - _TEXT
        text = self._text(check, room)
        if self.spacing.is_packed and len(text.lines) > 1:
            text = self._text(check, room, with_hint=False)
        strip = strip_of(check, self.words, self.typesetter, room)
        beside = _is_beside(text, strip, room)
        if strip is not None and not beside and check.hint:
            # the hint gives way when that keeps everything on one line
            short = self._text(check, room, with_hint=False)
            if _is_beside(short, strip, room):
                text, beside = short, True
        if strip is not None:
            spare = room - strip.width - (text.width + _STRIP_GAP if beside else 0)
            strip = strip_of(check, self.words, self.typesetter, room, spare=spare)
        most = self.spacing.answer_lines
        answer = self.typesetter.lay(check.answer, _ANSWER, room, most=most) if check.answer else None
        lines = self._lines(check)
        height = max(least, text.height + least - COMPACT.leading)
        if strip is not None and not beside:
            height += strip.lines * STRIP_LEADING
        if answer is not None:
            height += answer.height
        height += lines * self.spacing.pitch
        return _SetItem(check, text, strip, beside, answer, lines, width, least, height)

    def _lines(self, check: Check) -> int:
        spacing = self.spacing
        if check.answer or check.form is Form.AGREED:
            return 0
        if check.lines:
            return min(check.lines, spacing.most_lines) + spacing.more_lines
        return spacing.text_lines if check.in_words else 0

    def _text(self, check: Check, room: float, *, with_hint: bool = True) -> Block:
        hint = [Span("  ", _HINT), Span(check.hint, _HINT)] if check.hint and with_hint else []
        return self.typesetter.lay([*with_blanks(check.text, COMPACT), *hint], COMPACT, room, most=3)

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
            draw_strip(pdf, one.strip, x + _TEXT + one.text.width + _STRIP_GAP, y)
        y += one.text.height
        if one.strip is not None and not one.strip_beside:
            draw_strip(pdf, one.strip, x + _TEXT, y)
            y += one.strip.lines * STRIP_LEADING
        if one.answer is not None:
            pdf.block(one.answer, x + _TEXT, y)
        for number in range(one.lines):
            line = top + height - number * self.spacing.pitch - 2.5
            pdf.line(x, line, x + width, line, width=0.5, colour=WRITING)

    def _agreed(self) -> Piece:
        places = (
            Column(0, 36),
            Column(44, WIDTH - 254),
            Column(WIDTH - 208, 62),
            Column(WIDTH - 138, 62),
            Column(WIDTH - 68, 68),
        )
        head = table_head(self.words.agreed_heads, places)
        rows, pitch, words = _AGREED_ROWS, self.spacing.pitch, self.words

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


def _is_beside(text: Block, strip: Strip | None, room: float) -> bool:
    """Whether ``strip`` stands behind the only line of ``text``."""
    if strip is None or strip.lines > 1 or len(text.lines) != 1:
        return False
    return text.width + _STRIP_GAP + strip.width <= room
