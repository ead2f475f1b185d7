"""Visits in their days: what part of which day each one takes, and which ones lie beside each other.

Times come in as aware datetimes and are read in the user's zone; everything here is plain numbers. One unit of height
is one minute, so that the painter only scales.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from channel_desk.domain.lines import VisitLine

SNAP_MINUTES: Final = 15
MINUTES_A_DAY: Final = 24 * 60


class Slot(NamedTuple):
    """A span within one day: minutes from midnight, ``start < end``."""

    day: date
    start: int
    end: int


class Placed(NamedTuple):
    """A visit in its day. ``lane`` of ``lanes`` shares the column with visits that overlap it."""

    line: VisitLine
    slot: Slot
    lane: int
    lanes: int

    @property
    def visit_id(self) -> int:
        return self.line.visit.id


def slots_of(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> tuple[Slot, ...]:
    """The span cut at midnights, in ``zone``; never shorter than a quarter of an hour on paper or screen."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    found = []
    day = start.date()
    while day <= end.date():
        begin = start.hour * 60 + start.minute if day == start.date() else 0
        finish = end.hour * 60 + end.minute if day == end.date() else MINUTES_A_DAY
        if finish > begin or (day == start.date() == end.date()):
            found.append(Slot(day, begin, min(MINUTES_A_DAY, max(finish, begin + SNAP_MINUTES))))
        day += timedelta(days=1)
    return tuple(found)


def place_days(lines: Iterable[VisitLine], days: Sequence[date], zone: tzinfo) -> dict[date, tuple[Placed, ...]]:
    """The visits of each day, in lanes where they overlap."""
    by_day: dict[date, list[tuple[Slot, VisitLine]]] = {day: [] for day in days}
    for line in lines:
        for slot in slots_of(line.visit.starts_at, line.visit.ends_at, zone):
            if slot.day in by_day:
                by_day[slot.day].append((slot, line))
    return {day: _lanes(slots) for day, slots in by_day.items()}


def _lanes(slots: list[tuple[Slot, VisitLine]]) -> tuple[Placed, ...]:
    """First free lane by start; a group of visits that hang together shares the number of lanes."""
    slots.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[1].visit.id))
    placed: list[Placed] = []
    group: list[tuple[Slot, VisitLine, int]] = []
    ends: list[int] = []
    group_end = -1

    def close() -> None:
        placed.extend(Placed(line, slot, lane, len(ends)) for slot, line, lane in group)
        group.clear()
        ends.clear()

    for slot, line in slots:
        if slot.start >= group_end:
            close()
            group_end = -1
        lane = next((number for number, end in enumerate(ends) if end <= slot.start), len(ends))
        if lane == len(ends):
            ends.append(slot.end)
        else:
            ends[lane] = slot.end
        group.append((slot, line, lane))
        group_end = max(group_end, slot.end)
    close()
    return tuple(placed)


def by_first_day(lines: Iterable[VisitLine], zone: tzinfo) -> dict[date, tuple[VisitLine, ...]]:
    """The visits by the day on which they begin, each by time."""
    by_day: dict[date, list[VisitLine]] = {}
    for line in sorted(lines, key=lambda line: (line.visit.starts_at, line.visit.id)):
        by_day.setdefault(line.visit.starts_at.astimezone(zone).date(), []).append(line)
    return {day: tuple(found) for day, found in by_day.items()}
