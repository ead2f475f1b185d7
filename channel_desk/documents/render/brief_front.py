"""The first page of a visit brief: everything about the visit on one page (paper.md, sections 3 and 4).

A page that is too full gives up as little as it can: ``brief_levels`` holds the order of the cuts. What is cut goes on
at the end of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from channel_desk.documents.builders.blocks import Fact, Told
from channel_desk.documents.builders.brief_content import Brief, Objection, Owed, OwedList, Person
from channel_desk.documents.render.brief_carried import Carried, Part, Rest
from channel_desk.documents.render.brief_levels import CLOSER_PADDING, Level, given_back, levels
from channel_desk.documents.render.brief_owed import side_by_side
from channel_desk.documents.render.brief_promises import PromiseSetter
from channel_desk.documents.render.brief_rows import (
    more_row,
    objection_row,
    objections_head,
    people_head,
    people_places,
    person_row,
    profile_pieces,
)
from channel_desk.documents.render.palette import (
    ACCENT,
    ALERT,
    COMPACT,
    GREY,
    HAIRLINE,
    INK,
    KEY_SENTENCE,
    LABEL,
    TABLE,
    TINT,
    TITLE,
    WRITING,
    Style,
)
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.sheet import (
    BODY_BOTTOM,
    BODY_TOP,
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
    stack,
    two_columns,
)
from channel_desk.documents.render.text import Block, Span, Typesetter

_DAY: Final = Style(11, 15, bold=True)
_TIME: Final = Style(20, 24, bold=True)
_KEY_PADDING: Final = 12.0
_BOX_PADDING: Final = 8.0
_MOST_BLANK_PEOPLE: Final = 3


@dataclass(frozen=True)
class Front:
    """The set first page and the rest."""

    pieces: tuple[Piece, ...]
    rest: Rest
    level: Level


def set_front(brief: Brief, typesetter: Typesetter) -> Front:
    """Set the first page as full as it can be; ``refer`` tells it afterwards where the rest stands."""
    fronts: dict[Level, Front] = {}

    def room(level: Level) -> float:
        if level not in fronts:
            fronts[level] = _Setter(brief, typesetter, level).front()
        return BODY_BOTTOM - BODY_TOP - stack(fronts[level].pieces)

    def fits(level: Level) -> bool:
        return room(level) >= 0

    if fits(Level()):
        return fronts[Level()]
    offered = levels(brief)
    last = min(bisect_left(offered, x=True, lo=1, key=fits), len(offered) - 1)
    return fronts[given_back(offered[: last + 1], room)]


def set_closer(brief: Brief, typesetter: Typesetter, front: Front) -> Front:
    """``front`` with its rows as close as they come before anything is given up."""
    return _Setter(brief, typesetter, replace(front.level, padding=CLOSER_PADDING)).front()


def refer(brief: Brief, typesetter: Typesetter, front: Front, carried: Carried) -> Front:
    """``front`` with the words for what is ``carried``; they take the same room whatever they say."""
    return _Setter(brief, typesetter, front.level, carried).front()


class _Setter:
    """Sets the parts of the page at one level."""

    def __init__(self, brief: Brief, typesetter: Typesetter, level: Level, carried: Carried | None = None) -> None:
        self.brief, self.typesetter, self.level = brief, typesetter, level
        self.carried = carried or Carried()
        self.table = TABLE.sized(TABLE.size, level.leading)
        self.promises = PromiseSetter(
            brief,
            typesetter,
            self.table,
            padding=level.padding,
            most=level.cell_lines,
            on_one_line=level.owed_on_one_line,
        )

    def front(self) -> Front:
        brief, level = self.brief, self.level
        ours, theirs = side_by_side(brief, self.promises, level)
        people, objections = brief.people[: level.people], brief.objections[: level.objections]
        rest = Rest(
            ours.rest,
            theirs.rest,
            brief.people[level.people :],
            brief.objections[level.objections :],
            (*(() if level.shows_figures else brief.figures), *brief.profile[level.profile :]),
        )
        parts = [
            self._name(),
            self._places(),
            self._key_box(),
            self._stance(),
            two_columns(
                [
                    *self._owed(brief.ours, ours.shown, x=LEFT),
                    *self._more(rest, Part.OURS_URGENT, x=LEFT),
                    *self._more(rest, Part.OURS, x=LEFT),
                ],
                [
                    *self._owed(brief.theirs, theirs.shown, x=LEFT + HALF + GUTTER),
                    *self._more(rest, Part.THEIRS_URGENT, x=LEFT + HALF + GUTTER),
                    *self._more(rest, Part.THEIRS, x=LEFT + HALF + GUTTER),
                ],
            ),
            self._last_visit(),
            *profile_pieces(
                brief.figures if level.shows_figures else (),
                (*brief.profile[: level.profile], *self._more_profile(rest)),
                self.typesetter,
                lines=level.profile_lines,
            ),
            *self._people(people),
            *self._more(rest, Part.PEOPLE, title="" if people else brief.people_title),
            *self._objections(objections),
            *self._more(rest, Part.OBJECTIONS, title="" if objections else brief.objections_title),
        ]
        return Front(tuple(parts), rest, level)

    # the head of the page

    def _name(self) -> Piece:
        brief, typesetter = self.brief, self.typesetter
        day, time = typesetter.line(brief.day, _DAY), typesetter.line(brief.time, _TIME)
        aside = max(day.width, time.width)
        room = WIDTH - aside - 14
        sizes = (TITLE, TITLE.sized(18, 24), TITLE.sized(16, 20))
        is_long = brief.name.isascii() and len(brief.name) > 30
        name = typesetter.fit(brief.name, sizes[1:] if is_long else sizes, room)
        if name.is_cut:
            # a name stands nowhere else in full
            name = typesetter.lay(brief.name, TITLE.sized(12, 15), room, most=4)
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

    def _places(self) -> Piece:
        places = columns((1, 1, 1, 1))
        return _beside(self._labelled(self.brief.places, places, most=self.level.place_lines), places, above=4)

    def _labelled(self, facts: Sequence[Fact], places: Sequence[Column], *, most: int) -> list[tuple[Block, Block]]:
        return [
            labelled(self.typesetter, fact.label, fact.value, COMPACT, place.width, most=most)
            for fact, place in zip(facts, places, strict=True)
        ]

    def _key_box(self) -> Piece:
        brief, typesetter = self.brief, self.typesetter
        width = WIDTH - 3 - 2 * _KEY_PADDING
        result = typesetter.lay(brief.result, KEY_SENTENCE, width, most=2)
        if result.is_cut:
            result = typesetter.lay(brief.result, KEY_SENTENCE.sized(12, 17), width, most=self.level.result_lines)
        goals = brief.goals[: self.level.goals]
        places = columns([1] * min(max(len(goals), 1), 3), width, gap=12)
        cells = [
            typesetter.lay(
                (Span(f"{goal.label}  ", COMPACT.in_bold()), Span(goal.value, COMPACT)),
                COMPACT,
                places[number % 3].width,
                most=self.level.goal_lines,
            )
            for number, goal in enumerate(goals)
        ]
        hidden = len(brief.goals) - len(goals)
        more = typesetter.lay(brief.words.more.told(hidden) if hidden else "", COMPACT.in_colour(GREY), width)
        bands = [cells[start : start + 3] for start in range(0, len(cells), 3)]
        band_heights = [max(cell.height for cell in band) + 1 for band in bands]
        result_height = result.height if result.lines else 2 * PITCH
        height = (
            _BOX_PADDING
            + LABEL.leading
            + 1
            + result_height
            + (7 + sum(band_heights) + more.height if goals else 0)
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
                pdf.line(x, line, x + width, line, width=0.5, colour=WRITING)
            y += result_height
            if goals:
                pdf.line(x, y + 3, x + width, y + 3, width=RULE_ROW, colour=HAIRLINE)
                y += 7
            for band, band_height in zip(bands, band_heights, strict=True):
                for cell, place in zip(band, places, strict=False):
                    pdf.block(cell, x + place.x, y)
                y += band_height
            pdf.block(more, x, y)

        return Piece(height + 7, draw)

    def _stance(self) -> Piece:
        brief, typesetter = self.brief, self.typesetter
        places = columns((142, 126, 122, 114.6), gap=9)
        most = self.level.limit_lines
        lead = (Span(f"{brief.stance}  ", Style(10, 13, bold=True)), Span(brief.stance_reason, COMPACT))
        cells = [
            (
                typesetter.lay(brief.stance_label, LABEL, places[0].width, most=1),
                typesetter.lay(lead, COMPACT, places[0].width, most=most),
            ),
            *self._labelled(brief.limits, places[1:], most=most),
        ]
        return _beside(cells, places, above=7)

    # promises

    def _owed(self, owed: OwedList, rows: Sequence[Owed], *, x: float) -> list[Piece]:
        pieces = self.promises.head(owed, x=x, with_note=True)
        if not owed.rows:
            pieces.append(empty_row(owed.empty, x=x, width=HALF))
        pieces.extend(self.promises.row(one, x=x) for one in rows)
        return pieces

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

    def _people(self, people: Sequence[Person]) -> list[Piece]:
        brief = self.brief
        places = people_places(brief)
        if brief.people and not people:
            return []
        pieces = people_head(brief)
        if not brief.people:
            pieces.extend(blank_row(places) for _ in range(_MOST_BLANK_PEOPLE))
        pieces.extend(
            person_row(one, places, self.typesetter, self.table, padding=self.level.padding, most=self.level.cell_lines)
            for one in people
        )
        return pieces

    def _objections(self, objections: Sequence[Objection]) -> list[Piece]:
        brief = self.brief
        if brief.objections and not objections:
            return []
        pieces = objections_head(brief)
        if not brief.objections:
            pieces.append(empty_row(brief.objections_empty))
        pieces.extend(
            objection_row(one, self.typesetter, self.table, padding=self.level.padding, most=self.level.cell_lines)
            for one in objections
        )
        return pieces

    def _more(self, rest: Rest, part: Part, *, x: float = LEFT, title: str = "") -> list[Piece]:
        """The line that counts what of ``part`` does not stand here; red where nothing should be missing.

        Under rows, or beside ``title`` where there is none.
        """
        hidden = rest.counts()[part]
        if not hidden:
            return []
        sentence = self.carried.sentence(self.brief.words, part, hidden)
        if title:
            return [heading(title, sentence)]
        style = self.table.in_bold().in_colour(ALERT) if part.is_urgent else self.table.in_colour(GREY)
        return [more_row(sentence, style, x=x)]

    def _more_profile(self, rest: Rest) -> tuple[Fact, ...]:
        """The same of the profile, in the place of its next fact."""
        hidden = len(rest.profile)
        if not hidden:
            return ()
        return (Fact(self.brief.words.profile, self.carried.sentence(self.brief.words, Part.PROFILE, hidden)),)


def _beside(cells: Sequence[tuple[Block, Block]], places: Sequence[Column], *, above: float) -> Piece:
    """Labels with what stands under them, side by side in ``places``, ``above`` points below what comes before."""
    height = above + max(label.height + value.height for label, value in cells)

    def draw(pdf: Pdf, top: float) -> None:
        for (label, value), place in zip(cells, places, strict=True):
            pdf.block(label, LEFT + place.x, top + above)
            pdf.block(value, LEFT + place.x, top + above + label.height)

    return Piece(height, draw)
