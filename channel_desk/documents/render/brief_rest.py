"""What the first page of a visit brief had no room for, as it goes on at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from channel_desk.documents.builders.brief_content import Brief, Owed
from channel_desk.documents.render.brief_carried import Carried, Part, Rest
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
from channel_desk.documents.render.palette import ALERT, GREY, TABLE
from channel_desk.documents.render.sheet import (
    BODY_BOTTOM,
    BODY_TOP,
    GUTTER,
    HALF,
    LEFT,
    Piece,
    heading,
    stack,
    two_columns,
)
from channel_desk.documents.render.text import Typesetter

_ROOM: Final = BODY_BOTTOM - BODY_TOP
#: A line that counts what is not printed at all.
COUNT_HEIGHT: Final = TABLE.leading + 3
#: With the first page.
MOST_PAGES: Final = 3


@dataclass(frozen=True)
class _Form:
    """How closely promises are set."""

    padding: float = 2.2
    leading: float = TABLE.leading
    on_one_line: bool = False


_FULL: Final = _Form()
_FORMS: Final = (_FULL, _Form(on_one_line=True), _Form(padding=0.6, leading=11.4, on_one_line=True))


@dataclass(frozen=True)
class _Row:
    """A row and the entries in it."""

    piece: Piece
    entries: Counter[Part]


@dataclass(frozen=True)
class _Table:
    """Rows under a head, which never stands without one of them."""

    head: tuple[Piece, ...]
    rows: tuple[_Row, ...]


def least_height(brief: Brief, rest: Rest, typesetter: Typesetter) -> float:
    """The room without which nothing of ``rest`` can begin on a page."""
    table = _tables(brief, rest, typesetter, _FULL)[0]
    return stack((heading(brief.words.continued), *table.head, table.rows[0].piece)) + 2 * COUNT_HEIGHT


def urgent_height(brief: Brief, rest: Rest, typesetter: Typesetter) -> float:
    """The room that all late and flagged promises of ``rest`` need on a page, set as closely as they may be."""
    table = _promises(brief, rest, typesetter, _FORMS[-1])
    rows = [row.piece for row in table.rows if any(part.is_urgent for part in row.entries)]
    return stack((heading(brief.words.continued), *table.head, *rows)) + 2 * COUNT_HEIGHT if rows else 0.0


def place_rest(
    brief: Brief, rest: Rest, typesetter: Typesetter, pages: Sequence[Sequence[Piece]], head: Piece
) -> tuple[list[list[Piece]], Carried]:
    """``pages`` with ``rest`` behind them, and what of it is printed where; ``head`` begins a new page.

    Late and flagged promises come first. If something finds no room, they are set more closely; what even then finds
    none is counted at the end.
    """
    counts = rest.counts()
    has_urgent = any(count for part, count in counts.items() if part.is_urgent)
    tries = []
    for form in _FORMS if has_urgent else _FORMS[:1]:
        flow = _Flow(pages, head, counts)
        flow.add([heading(brief.words.continued)])
        tables = _tables(brief, rest, typesetter, form)
        tries.append(flow)
        if all(flow.table(table, is_last=table is tables[-1]) for table in tables):
            break
    # when something is left in any case, then no closer than the late ones need
    chosen = tries[-1]
    if chosen.is_short():
        chosen = next((flow for flow in tries[1:] if not flow.left_urgent()), chosen)
    chosen.count_left(brief)
    return chosen.pages, Carried(chosen.shown, chosen.where)


class _Flow:
    """Fills pages with rows and keeps account of what stands where."""

    def __init__(self, pages: Sequence[Sequence[Piece]], head: Piece, counts: Counter[Part]) -> None:
        self.pages = [list(page) for page in pages]
        self.shown: Counter[Part] = Counter()
        self.where: dict[Part, tuple[int, int]] = {}
        self._head, self._counts = head, counts
        self._lines = 1 + any(count for part, count in counts.items() if part.is_urgent)

    def add(self, pieces: Sequence[Piece]) -> None:
        self.pages[-1].extend(pieces)

    def table(self, table: _Table, *, is_last: bool) -> bool:
        """Add the rows of ``table``; whether all of them found room."""
        for number, row in enumerate(table.rows):
            head = table.head if number == 0 else ()
            may_turn = len(self.pages) + 2 <= MOST_PAGES
            ends = may_turn or (is_last and number == len(table.rows) - 1)
            reserve = 0.0 if ends else self._lines * COUNT_HEIGHT
            if stack((*self.pages[-1], *head, row.piece)) + reserve > _ROOM:
                if not may_turn:
                    return False
                self.pages.append([self._head])
                head = table.head
            self.add((*head, row.piece))
            self._note(row)
        return True

    def _note(self, row: _Row) -> None:
        page = len(self.pages) + 1
        self.shown.update(row.entries)
        for part in row.entries:
            self.where[part] = (self.where.get(part, (page, page))[0], page)

    def left_urgent(self) -> int:
        """How many late or flagged promises found no room."""
        return sum(count for part, count in (self._counts - self.shown).items() if part.is_urgent)

    def is_short(self) -> bool:
        return self.shown != self._counts

    def count_left(self, brief: Brief) -> None:
        """Say at the end how many entries are printed nowhere."""
        urgent = self.left_urgent()
        others = sum((self._counts - self.shown).values()) - urgent
        if urgent:
            text = brief.words.more_urgent.told(urgent)
            self.add([more_row(text, TABLE.in_bold().in_colour(ALERT), x=LEFT)])
        if others:
            self.add([more_row(brief.words.more.told(others), TABLE.in_colour(GREY), x=LEFT)])


def _tables(brief: Brief, rest: Rest, typesetter: Typesetter, form: _Form) -> list[_Table]:
    """What goes on from the first page, in the order of its weight."""
    tables = []
    if rest.ours or rest.theirs:
        tables.append(_promises(brief, rest, typesetter, form))
    if rest.people:
        places = people_places(brief)
        people = (person_row(one, places, typesetter, padding=2.2, most=2) for one in rest.people)
        tables.append(_Table(tuple(people_head(brief)), tuple(_Row(row, Counter([Part.PEOPLE])) for row in people)))
    if rest.objections:
        said = (objection_row(one, typesetter, padding=2.2, most=2) for one in rest.objections)
        head = tuple(objections_head(brief))
        tables.append(_Table(head, tuple(_Row(row, Counter([Part.OBJECTIONS])) for row in said)))
    if rest.profile:
        *above, facts = profile_pieces((), rest.profile, typesetter, lines=2)
        tables.append(_Table(tuple(above), (_Row(facts, Counter({Part.PROFILE: len(rest.profile)})),)))
    return tables


def _promises(brief: Brief, rest: Rest, typesetter: Typesetter, form: _Form) -> _Table:
    """Both lists side by side, a row of each at a time, so that they can be cut at a page's end."""
    setter = PromiseSetter(
        brief,
        typesetter,
        TABLE.sized(TABLE.size, form.leading),
        padding=form.padding,
        most=2,
        on_one_line=form.on_one_line,
    )

    def ordered(rows: Sequence[Owed]) -> list[Owed]:
        return sorted(rows, key=lambda row: not row.must_stay)

    sides = (
        (LEFT, Part.OURS_URGENT, Part.OURS),
        (LEFT + HALF + GUTTER, Part.THEIRS_URGENT, Part.THEIRS),
    )
    rows = []
    for pair in zip_longest(ordered(rest.ours), ordered(rest.theirs)):
        height = max(setter.row(row, x=0).height for row in pair if row)
        halves: list[list[Piece]] = []
        entries: Counter[Part] = Counter()
        for row, (x, urgent, calm) in zip(pair, sides, strict=True):
            halves.append([setter.row(row, x=x, least=height)] if row else [])
            entries.update([urgent if row.must_stay else calm] if row else [])
        rows.append(_Row(two_columns(*halves), entries))
    left_head = setter.head(brief.ours, x=LEFT) if rest.ours else []
    right_head = setter.head(brief.theirs, x=LEFT + HALF + GUTTER) if rest.theirs else []
    head = (two_columns(left_head[number : number + 1], right_head[number : number + 1]) for number in range(2))
    return _Table(tuple(head), tuple(rows))
