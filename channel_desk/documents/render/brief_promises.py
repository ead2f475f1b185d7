"""The two lists of promises of a visit brief: code, text with flags, evidence, due and late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from channel_desk.documents.builders.brief_content import Brief, Owed, OwedList
from channel_desk.documents.render.palette import ALERT, CODE, FLAG, GREY, HAIRLINE, TABLE, Style
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.sheet import (
    CODE_HEIGHT,
    HALF,
    RULE_ROW,
    Column,
    Piece,
    heading,
    table_head,
)
from channel_desk.documents.render.text import Block, Mark, Span, Typesetter

#: The label of a code at the least, and what stands between it and the promise at the least.
_CODE: Final = 25.0
_GAP: Final = 2.0
_DUE: Final = 50.0
_DUE_MOST: Final = 70.0
_DUE_WITH_LATE: Final = 96.0


class PromiseSetter:
    """Sets promises in one way for both lists."""

    def __init__(
        self,
        brief: Brief,
        typesetter: Typesetter,
        style: Style = TABLE,
        *,
        padding: float,
        most: int,
        on_one_line: bool = False,
    ) -> None:
        self.typesetter, self.style = typesetter, style
        self.padding, self.most, self.on_one_line = padding, most, on_one_line
        self.places = self._places(brief)

    def head(self, owed: OwedList, *, x: float, with_note: bool = False) -> list[Piece]:
        note = owed.note if with_note else ""
        return [
            heading(owed.title, note, x=x, width=HALF),
            table_head(owed.heads, self.places, x=x, width=HALF),
        ]

    def row(self, row: Owed, *, x: float, least: float = 0.0) -> Piece:
        """``row``, no lower than ``least``, so that it ends where the one beside it does."""
        return self._on_a_line(row, x, least) if self.on_one_line else self._in_full(row, x, least)

    def _places(self, brief: Brief) -> tuple[Column, Column, Column]:
        """Both lists have the same columns; the last one is as wide as its widest late line."""
        if self.on_one_line:
            due = _DUE_WITH_LATE
        else:
            late = [row for row in (*brief.ours.rows, *brief.theirs.rows) if row.late]
            widest = max((self.typesetter.line(self._late(row), self.style).width for row in late), default=0.0)
            due = min(max(_DUE, widest), _DUE_MOST)
        rows = (*brief.ours.rows, *brief.theirs.rows)
        code = max([_CODE, *(_label_width(self.typesetter, row.code) + _GAP for row in rows)])
        return (Column(0, code), Column(code, HALF - code - due - 6), Column(HALF - due, due))

    def _promise(self, row: Owed, style: Style) -> tuple[Span, ...]:
        flags = [
            piece for flag in row.flags for piece in (Span(" ", style), Span(flag, FLAG.in_colour(ALERT), Mark.FLAG))
        ]
        return (Span(row.text, style), *flags)

    def _late(self, row: Owed) -> tuple[Span, ...]:
        style = self.style.in_bold().in_colour(ALERT)
        return (Span("", style, Mark.SQUARE), Span(f"\u00a0{row.late}", style))

    def _in_full(self, row: Owed, x: float, least: float) -> Piece:
        typesetter, lines, places = self.typesetter, self.most, self.places
        room = places[1].width
        text = typesetter.lay(self._promise(row, self.style), self.style, room, most=lines)
        if text.is_cut and row.flags:
            # The flags stay readable however long the promise is: on a line of their own.
            words = typesetter.lay(row.text, self.style, room, most=lines)
            marks = typesetter.lay(self._promise(replace(row, text=""), self.style)[1:], self.style, room)
            text = Block((*words.lines, *marks.lines), words.leading, words.size)
        evidence = typesetter.lay(row.evidence, self.style.in_colour(GREY), room, most=min(2, lines))
        due = typesetter.line(row.due, self.style)
        late = (
            typesetter.line(self._late(row), self.style) if row.late else Block((), self.style.leading, self.style.size)
        )
        return _promise_piece(row.code, [text, evidence], [due, late], places, x=x, padding=self.padding, least=least)

    def _on_a_line(self, row: Owed, x: float, least: float) -> Piece:
        typesetter, places = self.typesetter, self.places
        flags = self._promise(replace(row, text=""), self.style)[1:]
        marks = typesetter.line(flags, self.style) if flags else Block((), self.style.leading, self.style.size)
        is_crowded = marks.width > 0.6 * places[1].width
        text = typesetter.lay(row.text, self.style, places[1].width - (0 if is_crowded else marks.width), most=1)
        texts = [text, marks] if is_crowded else [_joined(text, marks)]
        spans = (Span(f"{row.due}  ", self.style), *(self._late(row) if row.late else ()))
        dues = [typesetter.line(spans, self.style)]
        return _promise_piece(row.code, texts, dues, places, x=x, padding=self.padding, least=least)


def _joined(text: Block, marks: Block) -> Block:
    """``marks`` behind the only line of ``text``."""
    if not text.lines or not marks.lines:
        return text if text.lines else marks
    line, more = text.lines[0], marks.lines[0]
    moved = tuple(replace(run, x=run.x + line.width) for run in more.runs)
    return replace(text, lines=(replace(line, runs=(*line.runs, *moved), width=line.width + more.width),))


def _label_width(typesetter: Typesetter, code: str) -> float:
    return max(17.0, typesetter.width(code, CODE) + 5)


def _promise_piece(
    code: str,
    texts: Sequence[Block],
    dues: Sequence[Block],
    places: Sequence[Column],
    *,
    x: float,
    padding: float,
    least: float,
) -> Piece:
    told = max(sum(block.height for block in texts), sum(block.height for block in dues), TABLE.leading)
    height = max(told + 2 * padding, least)

    def draw(pdf: Pdf, top: float) -> None:
        middle = top + padding + TABLE.leading / 2
        width = _label_width(pdf.typesetter, code)
        pdf.code_label(x, middle - CODE_HEIGHT / 2, code, width=width, style=CODE)
        for blocks, place in ((texts, places[1]), (dues, places[2])):
            y = top + padding
            for block in blocks:
                pdf.block(block, x + place.x, y)
                y += block.height
        pdf.line(x, top + height, x + HALF, top + height, width=RULE_ROW, colour=HAIRLINE)

    return Piece(height, draw, entries=1)
