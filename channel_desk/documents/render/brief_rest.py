"""What the first page of a visit brief had no room for, as it goes on at the end."""

from __future__ import annotations

from collections.abc import Sequence

from channel_desk.documents.builders.brief_content import Brief
from channel_desk.documents.render.brief_front import Rest
from channel_desk.documents.render.brief_promises import PromiseSetter
from channel_desk.documents.render.brief_rows import (
    objection_row,
    objections_head,
    people_head,
    people_places,
    person_row,
    profile_pieces,
)
from channel_desk.documents.render.sheet import GUTTER, HALF, LEFT, Piece, heading, two_columns
from channel_desk.documents.render.text import Typesetter


def rest_pieces(brief: Brief, rest: Rest, typesetter: Typesetter) -> list[Piece]:
    """What goes on from the first page."""
    if not rest:
        return []
    pieces = [heading(brief.words.continued)]
    setter = PromiseSetter(brief, typesetter, padding=2.2, most=2)
    left, right = (
        [*setter.head(owed, x=x), *(setter.row(row, x=x) for row in rows)] if rows else []
        for owed, rows, x in ((brief.ours, rest.ours, LEFT), (brief.theirs, rest.theirs, LEFT + HALF + GUTTER))
    )
    pieces.extend(_side_by_side(left, right))
    if rest.people:
        pieces.extend(people_head(brief))
        places = people_places(brief)
        pieces.extend(person_row(one, places, typesetter, padding=2.2, most=2) for one in rest.people)
    if rest.objections:
        pieces.extend(objections_head(brief))
        pieces.extend(objection_row(one, typesetter, padding=2.2, most=2) for one in rest.objections)
    if rest.profile:
        pieces.extend(profile_pieces((), rest.profile, typesetter, lines=2))
    return pieces


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> list[Piece]:
    """Two lists, a row of each at a time, so that they can be cut at a page's end."""
    count = max(len(left), len(right))
    return [two_columns(left[number : number + 1], right[number : number + 1]) for number in range(count)]
