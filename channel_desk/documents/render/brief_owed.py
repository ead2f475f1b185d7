"""Which promises stand on the first page of a brief, and which go on behind it."""

from __future__ import annotations

from dataclasses import dataclass

from channel_desk.documents.builders.brief_content import Brief, Owed, OwedList
from channel_desk.documents.render.brief_levels import MANY, Level
from channel_desk.documents.render.brief_promises import PromiseSetter
from channel_desk.documents.render.brief_rows import more_row
from channel_desk.documents.render.sheet import stack


@dataclass(frozen=True)
class Split:
    """The promises of one side that are shown, and the others; both in the order of their list."""

    shown: tuple[Owed, ...]
    rest: tuple[Owed, ...]


def side_by_side(brief: Brief, promises: PromiseSetter, level: Level) -> tuple[Split, Split]:
    """What is shown of both lists at ``level``; the shorter one goes on as far as the longer one reaches."""
    ours, theirs = (_split(owed, level) for owed in (brief.ours, brief.theirs))
    if ours.rest or theirs.rest:
        room = max(_height(ours, promises), _height(theirs, promises))
        ours, theirs = _filled(brief.ours, ours, promises, room), _filled(brief.theirs, theirs, promises, room)
    return ours, theirs


def _split(owed: OwedList, level: Level) -> Split:
    """Late and flagged ones stay, and count towards the three a side."""
    shown: list[Owed] = []
    rest: list[Owed] = []
    urgent = others = 0
    for row in owed.rows:
        if row.must_stay:
            stays = urgent < level.urgent
            urgent += 1
        else:
            stays = level.owed == MANY or urgent + others < level.owed
            others += stays
        (shown if stays else rest).append(row)
    return Split(tuple(shown), tuple(rest))


def _filled(owed: OwedList, side: Split, promises: PromiseSetter, room: float) -> Split:
    """``side`` with as many of its rest as ``room`` holds, the late and flagged first."""
    for new in sorted(side.rest, key=lambda row: not row.must_stay):
        fuller = Split(
            tuple(row for row in owed.rows if row is new or row in side.shown),
            tuple(row for row in side.rest if row is not new),
        )
        if _height(fuller, promises) > room:
            break
        side = fuller
    return side


def _height(side: Split, promises: PromiseSetter) -> float:
    """With the lines that count the rest."""
    counted = len({row.must_stay for row in side.rest})
    rows = stack([promises.row(row, x=0) for row in side.shown])
    return rows + counted * more_row("", promises.style, x=0).height
