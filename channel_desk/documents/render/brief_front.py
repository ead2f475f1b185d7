"""The first page of a visit brief: everything about the visit on one page (paper.md, sections 3 and 4).

A page that is too full is set again, each time with a little less: :data:`LEVELS` holds the order of the cuts. What is
cut goes on at the end of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from channel_desk.documents.builders.blocks import Fact, Told
from channel_desk.documents.builders.brief import Brief, Objection, Owed, OwedList, Person
from channel_desk.documents.render.palette import (
    ACCENT,
    ALERT,
    BODY,
    CODE,
    COMPACT,
    FLAG,
    GREY,
    HAIRLINE,
    INK,
    KEY_SENTENCE,
    LABEL,
    TABLE,
    TINT,
    TITLE,
    Style,
)
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.sheet import (
    BODY_BOTTOM,
    BODY_TOP,
    CODE_HEIGHT,
    GUTTER,
    HALF,
    LEFT,
    PITCH,
    RIGHT,
    RULE_HEAD,
    RULE_ROW,
    WIDTH,
    Column,
    Piece,
    blank_row,
    columns,
    empty_row,
    heading,
    labelled,
    space,
    stack,
    table_head,
    table_row,
    two_columns,
)
from channel_desk.documents.render.text import Block, Mark, Span, Typesetter

MANY: Final = 1_000
_PEOPLE_SHARES: Final = (22, 12, 12, 24, 30)
#: English names of roles and attitudes are longer.
_PEOPLE_SHARES_LATIN: Final = (24, 15, 13, 21, 27)
_OBJECTION_SHARES: Final = (31, 18, 36, 15)
_OWED_CODE: Final = 25.0
_DUE: Final = 50.0
_DUE_MOST: Final = 70.0
_DUE_WITH_LATE: Final = 96.0
_DAY: Final = Style(11, 15, bold=True)
_TIME: Final = Style(20, 24, bold=True)
_KEY_PADDING: Final = 12.0
_BOX_PADDING: Final = 8.0
_MOST_BLANK_PEOPLE: Final = 3


@dataclass(frozen=True)
class Level:
    """How much of everything is shown."""

    padding: float = 3.4
    #: Promises a side, beside the late and the flagged.
    owed: int = MANY
    objections: int = MANY
    people: int = MANY
    told_lines: int = 3
    profile_lines: int = 2
    cell_lines: int = 3
    shows_profile: bool = True
    shows_figures: bool = True
    #: Promises on one line each, without their evidence.
    owed_on_one_line: bool = False
    #: Of the tables.
    leading: float = TABLE.leading
    #: Head, result and limits on the fewest lines.
    short_head: bool = False
    urgent: int = MANY


_CLOSE: Final = Level(padding=2.2, leading=11.4)
_CUT: Final = replace(_CLOSE, objections=3, owed=3)
_TIGHT: Final = replace(_CUT, people=5, told_lines=1, profile_lines=1, cell_lines=2)
_TIGHTER: Final = replace(
    _TIGHT, shows_profile=False, shows_figures=False, objections=2, owed=2, people=4, cell_lines=1
)
_TIGHTEST: Final = replace(_TIGHTER, owed_on_one_line=True, short_head=True)
#: The cuts, in the order of paper.md section 4; the last ones only for files fuller than it foresees.
LEVELS: Final = (
    Level(),
    Level(padding=2.2),
    _CLOSE,
    _CUT,
    replace(_CUT, people=5),
    replace(_CUT, people=5, told_lines=2, profile_lines=1, cell_lines=2),
    _TIGHT,
    replace(_TIGHT, shows_profile=False),
    _TIGHTER,
    _TIGHTEST,
    replace(_TIGHTEST, objections=1, owed=0, people=3),
    replace(_TIGHTEST, objections=0, owed=0, people=0),
)


@dataclass(frozen=True)
class Rest:
    """What did not find room on the first page."""

    ours: tuple[Owed, ...] = ()
    theirs: tuple[Owed, ...] = ()
    people: tuple[Person, ...] = ()
    objections: tuple[Objection, ...] = ()
    profile: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ours or self.theirs or self.people or self.objections or self.profile)


@dataclass(frozen=True)
class Front:
    """The set first page and the rest."""

    pieces: tuple[Piece, ...]
    rest: Rest


def set_front(brief: Brief, typesetter: Typesetter, more_page: int) -> Front:
    """Set the first page; ``more_page`` is where the rest will stand."""
    room = BODY_BOTTOM - BODY_TOP
    for level in LEVELS:
        front = _Setter(brief, typesetter, level, more_page).front()
        if stack(front.pieces) <= room:
            return front
    # so many late promises that not even they fit: as many as possible
    low, high = 0, max(len(brief.ours.rows), len(brief.theirs.rows))
    while low < high:
        middle = (low + high + 1) // 2
        front = _Setter(brief, typesetter, replace(LEVELS[-1], urgent=middle), more_page).front()
        low, high = (middle, high) if stack(front.pieces) <= room else (low, middle - 1)
    return _Setter(brief, typesetter, replace(LEVELS[-1], urgent=low), more_page).front()


class _Setter:
    """Sets the parts of the page at one level."""

    def __init__(self, brief: Brief, typesetter: Typesetter, level: Level, more_page: int) -> None:
        self.brief, self.typesetter, self.level, self.more_page = brief, typesetter, level, more_page
        self.table = TABLE.sized(TABLE.size, level.leading)

    def front(self) -> Front:
        brief, level = self.brief, self.level
        ours, rest_ours = self._shown(brief.ours)
        theirs, rest_theirs = self._shown(brief.theirs)
        people, objections = brief.people[: level.people], brief.objections[: level.objections]
        parts = [
            self._name(),
            self._places(),
            self._key_box(),
            self._stance(),
            two_columns(
                self._owed(brief.ours, ours, len(rest_ours), x=LEFT),
                self._owed(brief.theirs, theirs, len(rest_theirs), x=LEFT + HALF + GUTTER),
            ),
            self._last_visit(),
            *profile_pieces(
                brief.figures if level.shows_figures else (),
                brief.profile if level.shows_profile else (),
                self.typesetter,
                lines=level.profile_lines,
            ),
            *self._people(people, len(brief.people) - len(people)),
            *self._objections(objections, len(brief.objections) - len(objections)),
        ]
        rest = Rest(
            rest_ours,
            rest_theirs,
            brief.people[level.people :],
            brief.objections[level.objections :],
            (*(() if level.shows_figures else brief.figures), *(() if level.shows_profile else brief.profile)),
        )
        return Front(tuple(parts), rest)

    # the head of the page

    def _name(self) -> Piece:
        brief, typesetter = self.brief, self.typesetter
        day, time = typesetter.line(brief.day, _DAY), typesetter.line(brief.time, _TIME)
        aside = max(day.width, time.width)
        room = WIDTH - aside - 14
        sizes = (TITLE, TITLE.sized(18, 24), TITLE.sized(16, 20))
        is_long = brief.name.isascii() and len(brief.name) > 30
        name = typesetter.fit(brief.name, sizes[1:] if is_long else sizes, room)
        line = typesetter.lay("   |   ".join(brief.facts_line), COMPACT.in_colour(GREY), room)
        for style in (COMPACT, COMPACT.sized(8.2, 13), COMPACT.sized(7.6, 13)):
            if len(line.lines) > 1:
                line = typesetter.lay(" | ".join(brief.facts_line), style.in_colour(GREY), room, most=2)
        height = max(name.height + line.height, _DAY.leading + _TIME.leading) + 5.5

        def draw(pdf: Pdf, top: float) -> None:
            bottom = top + height - 5.5
            pdf.block(name, LEFT, bottom - line.height - name.height)
            pdf.block(line, LEFT, bottom - line.height)
            pdf.block_right(day, RIGHT, bottom - _TIME.leading - _DAY.leading)
            pdf.block_right(time, RIGHT, bottom - _TIME.leading)
            pdf.line(LEFT, top + height, RIGHT, top + height, width=RULE_HEAD)

        return Piece(height, draw)

    def _fields(
        self, facts: Sequence[Fact], places: Sequence[Column], style: Style, *, most: int, above: float
    ) -> Piece:
        cells = [
            labelled(self.typesetter, fact.label, fact.value, style, place.width, most=most)
            for fact, place in zip(facts, places, strict=True)
        ]
        height = above + max(label.height + value.height for label, value in cells)

        def draw(pdf: Pdf, top: float) -> None:
            for (label, value), place in zip(cells, places, strict=True):
                pdf.block(label, LEFT + place.x, top + above)
                pdf.block(value, LEFT + place.x, top + above + label.height)

        return Piece(height, draw)

    def _places(self) -> Piece:
        return self._fields(
            self.brief.places, columns((1, 1, 1, 1)), COMPACT, most=1 if self.level.short_head else 2, above=4
        )

    def _key_box(self) -> Piece:
        brief, typesetter = self.brief, self.typesetter
        width = WIDTH - 3 - 2 * _KEY_PADDING
        result = typesetter.lay(brief.result, KEY_SENTENCE, width, most=2)
        if result.is_cut:
            result = typesetter.lay(
                brief.result, KEY_SENTENCE.sized(12, 17), width, most=2 if self.level.short_head else 3
            )
        goals = brief.goals[: 3 if self.level.short_head else 6]
        places = columns([1] * min(max(len(goals), 1), 3), width, gap=12)
        cells = [
            typesetter.lay(
                (Span(f"{goal.label}  ", COMPACT.in_bold()), Span(goal.value, COMPACT)),
                COMPACT,
                places[number % 3].width,
                most=1 if self.level.short_head else 2,
            )
            for number, goal in enumerate(goals)
        ]
        bands = [cells[start : start + 3] for start in range(0, len(cells), 3)]
        band_heights = [max(cell.height for cell in band) + 1 for band in bands]
        result_height = result.height if result.lines else 2 * PITCH
        height = (
            _BOX_PADDING
            + LABEL.leading
            + 1
            + result_height
            + (7 + sum(band_heights) if goals else 0)
            + _BOX_PADDING
            - 2
        )

        def draw(pdf: Pdf, top: float) -> None:
            top += 7
            pdf.box(LEFT, top, WIDTH, height, fill=TINT)
            pdf.box(LEFT, top, 3, height, fill=ACCENT)
            x, y = LEFT + 3 + _KEY_PADDING, top + _BOX_PADDING
            pdf.text(brief.result_label, LABEL.in_bold().in_colour(ACCENT), x, y)
            y += LABEL.leading + 1
            pdf.block(result, x, y)
            for number in range(0 if result.lines else 2):
                line = y + (number + 1) * PITCH - 3
                pdf.line(x, line, x + width, line, width=0.5)
            y += result_height
            if goals:
                pdf.line(x, y + 3, x + width, y + 3, width=RULE_ROW, colour=HAIRLINE)
                y += 7
            for band, band_height in zip(bands, band_heights, strict=True):
                for cell, place in zip(band, places, strict=False):
                    pdf.block(cell, x + place.x, y)
                y += band_height

        return Piece(height + 7, draw)

    def _stance(self) -> Piece:
        brief, typesetter = self.brief, self.typesetter
        places = columns((142, 126, 122, 114.6), gap=9)
        most = 2 if self.level.short_head else 3
        above = 7.0
        lead = (Span(f"{brief.stance}  ", Style(10, 13, bold=True)), Span(brief.stance_reason, COMPACT))
        cells = [
            (
                typesetter.lay(brief.stance_label, LABEL, places[0].width, most=1),
                typesetter.lay(lead, COMPACT, places[0].width, most=most),
            ),
            *(
                labelled(typesetter, fact.label, fact.value, COMPACT, place.width, most=most)
                for fact, place in zip(brief.limits, places[1:], strict=True)
            ),
        ]
        height = above + max(label.height + value.height for label, value in cells)

        def draw(pdf: Pdf, top: float) -> None:
            for (label, value), place in zip(cells, places, strict=True):
                pdf.block(label, LEFT + place.x, top + above)
                pdf.block(value, LEFT + place.x, top + above + label.height)

        return Piece(height, draw)

    # promises

    def _shown(self, owed: OwedList) -> tuple[tuple[Owed, ...], tuple[Owed, ...]]:
        """The rows that are shown, and the others; late and flagged ones stay."""
        shown: list[Owed] = []
        rest: list[Owed] = []
        urgent = others = 0
        for row in owed.rows:
            if row.must_stay:
                stays = urgent < self.level.urgent
                urgent += 1
            else:
                # the late ones count towards the three a side
                stays = self.level.owed == MANY or urgent + others < self.level.owed
                others += stays
            (shown if stays else rest).append(row)
        return tuple(shown), tuple(rest)

    def _owed_places(self) -> tuple[Column, Column, Column]:
        """Both lists have the same columns; the last one is as wide as its widest late line."""
        if self.level.owed_on_one_line:
            due = _DUE_WITH_LATE
        else:
            late = [row for row in (*self.brief.ours.rows, *self.brief.theirs.rows) if row.late]
            widest = max((self.typesetter.line(self._late(row), self.table).width for row in late), default=0.0)
            due = min(max(_DUE, widest), _DUE_MOST)
        return (Column(0, _OWED_CODE), Column(_OWED_CODE, HALF - _OWED_CODE - due - 6), Column(HALF - due, due))

    def _owed(self, owed: OwedList, rows: Sequence[Owed], hidden: int, *, x: float) -> list[Piece]:
        places = self._owed_places()
        pieces = [heading(owed.title, owed.note, x=x, width=HALF), table_head(owed.heads, places, x=x, width=HALF)]
        if not owed.rows:
            pieces.append(empty_row(owed.empty, x=x, width=HALF))
        set_row = self._owed_line if self.level.owed_on_one_line else self._owed_row
        pieces.extend(set_row(row, places, x) for row in rows)
        if hidden:
            urgent = self.level.urgent != MANY
            text = self.brief.words.more_on(hidden, self.more_page, urgent=urgent)
            style = self.table.in_bold().in_colour(ALERT) if urgent else self.table.in_colour(GREY)
            pieces.append(more_row(text, style, x=x))
        return pieces

    def _promise(self, row: Owed, style: Style) -> tuple[Span, ...]:
        flags = [
            piece for flag in row.flags for piece in (Span(" ", style), Span(flag, FLAG.in_colour(ALERT), Mark.FLAG))
        ]
        return (Span(row.text, style), *flags)

    def _late(self, row: Owed) -> tuple[Span, ...]:
        style = self.table.in_bold().in_colour(ALERT)
        return (Span("", style, Mark.SQUARE), Span(f"\u00a0{row.late}", style))

    def _owed_row(self, row: Owed, places: Sequence[Column], x: float) -> Piece:
        typesetter, lines = self.typesetter, self.level.cell_lines
        room = places[1].width
        # flags stay readable however long the promise is
        flags = sum(typesetter.width(flag, FLAG) + 12 for flag in row.flags)
        text = typesetter.lay(self._promise(row, self.table), self.table, room, most=lines)
        if text.is_cut and row.flags:
            words = typesetter.lay(row.text, self.table, max(room - flags, room / 2), most=lines)
            marks = typesetter.lay(self._promise(replace(row, text=""), self.table)[1:], self.table, room)
            text = Block((*words.lines, *marks.lines), words.leading, words.size)
        evidence = typesetter.lay(row.evidence, self.table.in_colour(GREY), room, most=min(2, lines))
        due = typesetter.line(row.due, self.table)
        late = (
            typesetter.line(self._late(row), self.table) if row.late else Block((), self.table.leading, self.table.size)
        )
        return _promise_piece(row.code, [text, evidence], [due, late], places, x=x, padding=self.level.padding)

    def _owed_line(self, row: Owed, places: Sequence[Column], x: float) -> Piece:
        typesetter = self.typesetter
        flags = self._promise(replace(row, text=""), self.table)[1:]
        marks = typesetter.line(flags, self.table) if flags else Block((), self.table.leading, self.table.size)
        text = typesetter.lay(row.text, self.table, places[1].width - marks.width, most=1)
        if flags and text.lines:
            moved = tuple(replace(run, x=run.x + text.width) for run in marks.lines[0].runs)
            line = replace(text.lines[0], runs=(*text.lines[0].runs, *moved), width=text.width + marks.width)
            text = replace(text, lines=(line,))
        spans = (Span(f"{row.due}  ", self.table), *(self._late(row) if row.late else ()))
        return _promise_piece(
            row.code, [text], [typesetter.line(spans, self.table)], places, x=x, padding=self.level.padding
        )

    # the box and the profile

    def _last_visit(self) -> Piece:
        rows = self.brief.last_visit or (Told(self.brief.last_visit_label, "", self.brief.last_visit_empty),)
        label_width = max(self.typesetter.width(row.label, self.table.in_bold()) for row in rows) + 12
        style = self.table if self.brief.last_visit else self.table.in_colour(GREY)
        blocks = [
            self.typesetter.lay(
                tuple(
                    Span(text, part)
                    for text, part in ((f"{row.lead}  " if row.lead else "", self.table.in_bold()), (row.text, style))
                ),
                self.table,
                WIDTH - 2 * _BOX_PADDING - label_width,
                most=self.level.told_lines,
            )
            for row in rows
        ]
        labels = [row.label for row in rows]
        height = sum(block.height for block in blocks) + 8 * len(blocks)

        def draw(pdf: Pdf, top: float) -> None:
            top += 8
            pdf.box(LEFT, top, WIDTH, height, stroke=INK, line=0.7, radius=2)
            x, y = LEFT + _BOX_PADDING, top
            for number, (label, block) in enumerate(zip(labels, blocks, strict=True)):
                if number:
                    pdf.line(x, y, RIGHT - _BOX_PADDING, y, width=RULE_ROW, colour=HAIRLINE)
                pdf.text(label, self.table.in_bold(), x, y + 4)
                pdf.block(block, x + label_width, y + 4)
                y += block.height + 8

        return Piece(height + 8, draw)

    # tables

    def _people(self, people: Sequence[Person], hidden: int) -> list[Piece]:
        brief = self.brief
        places = people_places(brief)
        pieces = people_head(brief) if people or not brief.people else [heading(brief.people_title)]
        if not brief.people:
            pieces.extend(blank_row(places) for _ in range(_MOST_BLANK_PEOPLE))
        pieces.extend(
            person_row(one, places, self.typesetter, self.table, padding=self.level.padding, most=self.level.cell_lines)
            for one in people
        )
        return [*pieces, *self._more(hidden)]

    def _objections(self, objections: Sequence[Objection], hidden: int) -> list[Piece]:
        brief = self.brief
        shows = objections or not brief.objections
        pieces = objections_head(brief) if shows else [heading(brief.objections_title)]
        if not brief.objections:
            pieces.append(empty_row(brief.objections_empty))
        pieces.extend(
            objection_row(one, self.typesetter, self.table, padding=self.level.padding, most=self.level.cell_lines)
            for one in objections
        )
        return [*pieces, *self._more(hidden)]

    def _more(self, hidden: int) -> list[Piece]:
        if not hidden:
            return []
        return [more_row(self.brief.words.more_on(hidden, self.more_page), self.table.in_colour(GREY), x=LEFT)]


def more_row(text: str, style: Style, *, x: float) -> Piece:
    return Piece(style.leading + 3, lambda pdf, top: pdf.text(text, style, x, top + 2))


def _promise_piece(
    code: str, texts: Sequence[Block], dues: Sequence[Block], places: Sequence[Column], *, x: float, padding: float
) -> Piece:
    height = max(sum(block.height for block in texts), sum(block.height for block in dues), TABLE.leading) + 2 * padding

    def draw(pdf: Pdf, top: float) -> None:
        middle = top + padding + TABLE.leading / 2
        width = max(17.0, pdf.typesetter.width(code, CODE) + 5)
        pdf.code_label(x, middle - CODE_HEIGHT / 2, code, width=width, style=CODE)
        for blocks, place in ((texts, places[1]), (dues, places[2])):
            y = top + padding
            for block in blocks:
                pdf.block(block, x + place.x, y)
                y += block.height
        pdf.line(x, top + height, x + HALF, top + height, width=RULE_ROW, colour=HAIRLINE)

    return Piece(height, draw, entries=1)


def promise_pieces(
    owed: OwedList, rows: Sequence[Owed], typesetter: Typesetter, brief: Brief, *, x: float
) -> list[Piece]:
    """A list of promises as it goes on after the first page."""
    if not rows:
        return []
    setter = _Setter(brief, typesetter, Level(padding=2.2, cell_lines=2), 0)
    places = setter._owed_places()  # noqa: SLF001 - the same columns and rows, elsewhere
    head = [heading(owed.title, x=x, width=HALF), table_head(owed.heads, places, x=x, width=HALF)]
    return [*head, *(setter._owed_row(row, places, x) for row in rows)]  # noqa: SLF001


def people_places(brief: Brief) -> tuple[Column, ...]:
    return columns(_PEOPLE_SHARES if brief.language == "zh_CN" else _PEOPLE_SHARES_LATIN)


def person_row(
    person: Person, places: Sequence[Column], typesetter: Typesetter, style: Style = TABLE, *, padding: float, most: int
) -> Piece:
    name = (Span(person.name, style.in_bold()), Span(f"  {person.title}" if person.title else "", style))
    rest = (person.role, person.attitude, person.wants, person.approach)
    cells = [
        typesetter.lay(name, style, places[0].width, most=most),
        *(typesetter.lay(text, style, place.width, most=most) for text, place in zip(rest, places[1:], strict=True)),
    ]
    return table_row(cells, places, padding=padding)


def objection_row(
    objection: Objection, typesetter: Typesetter, style: Style = TABLE, *, padding: float, most: int
) -> Piece:
    places = columns(_OBJECTION_SHARES, gap=6)
    said = (Span(f"{objection.kind}  ", style.in_bold()), Span(objection.they_say, style))
    rest = (objection.ask_first, objection.answer, objection.bring)
    cells = [
        typesetter.lay(said, style, places[0].width, most=most),
        *(typesetter.lay(text, style, place.width, most=most) for text, place in zip(rest, places[1:], strict=True)),
    ]
    return table_row(cells, places, padding=padding)


def people_head(brief: Brief) -> list[Piece]:
    return [heading(brief.people_title), table_head(brief.people_heads, people_places(brief))]


def objections_head(brief: Brief) -> list[Piece]:
    return [heading(brief.objections_title), table_head(brief.objections_heads, columns(_OBJECTION_SHARES, gap=6))]


def profile_pieces(
    figures: Sequence[Fact], facts: Sequence[Fact], typesetter: Typesetter, *, lines: int
) -> list[Piece]:
    """The known numbers in one or two rows, and the facts in words in two columns."""
    pieces: list[Piece] = []
    if figures:
        pieces.append(space(8))
        pieces.append(_figure_band(figures, columns([1] * max(len(figures), 4)), typesetter))
    if facts:
        pieces.append(space(5))
        middle = (len(facts) + 1) // 2
        left = [_fact(fact, typesetter, x=LEFT, lines=lines) for fact in facts[:middle]]
        right = [_fact(fact, typesetter, x=LEFT + HALF + GUTTER, lines=lines) for fact in facts[middle:]]
        pieces.append(two_columns(left, right))
    return pieces


def _figure_band(figures: Sequence[Fact], places: Sequence[Column], typesetter: Typesetter) -> Piece:
    style = BODY.sized(9.2, 13).in_bold()
    cells = [
        labelled(typesetter, fact.label, fact.value, style, place.width, most=1)
        for fact, place in zip(figures, places, strict=False)
    ]
    height = LABEL.leading + style.leading + 2

    def draw(pdf: Pdf, top: float) -> None:
        for (label, value), place in zip(cells, places, strict=False):
            pdf.block(label, LEFT + place.x, top)
            pdf.block(value, LEFT + place.x, top + LABEL.leading)

    return Piece(height, draw)


def _fact(fact: Fact, typesetter: Typesetter, *, x: float, lines: int) -> Piece:
    label = typesetter.lay(fact.label, LABEL, 58, most=1)
    value = typesetter.lay(fact.value, TABLE, HALF - 62, most=lines)

    def draw(pdf: Pdf, top: float) -> None:
        pdf.block(label, x, top + (TABLE.leading - LABEL.leading) / 2 + 0.4)
        pdf.block(value, x + 62, top)

    return Piece(max(value.height, TABLE.leading) + 1, draw)
