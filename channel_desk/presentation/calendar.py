"""Geometry of the planner: which rectangle is which visit, and where a pointer or a key takes it.

Times come in as aware datetimes and are read in the user's zone; everything here is plain numbers. One unit of height
is one minute, so that the painter only scales.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.visits import SHORTEST

SNAP_MINUTES: Final = 15
MINUTES_A_DAY: Final = 24 * 60
_THURSDAY: Final = 3
_HALF_A_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True)
class Slot:
    """A span within one day: minutes from midnight, ``start < end``."""

    day: date
    start: int
    end: int


@dataclass(frozen=True)
class Placed:
    """A visit in its day. ``lane`` of ``lanes`` shares the column with visits that overlap it."""

    line: VisitLine
    slot: Slot
    lane: int
    lanes: int

    @property
    def visit_id(self) -> int:
        return self.line.visit.id


def week_of(day: date, *, starts_on: int = 0) -> date:
    """The first day of the week of ``day``; ``starts_on`` is 0 for Monday, 6 for Sunday."""
    return day - timedelta(days=(day.weekday() - starts_on) % 7)


def week_days(first: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(7))


def week_number(days: Iterable[date]) -> int:
    """The number of the week that most of seven ``days`` belong to (ISO 8601: the week of the Thursday)."""
    return next(day for day in days if day.weekday() == _THURSDAY).isocalendar().week


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


def fold(placed: Iterable[Placed], most: int) -> tuple[tuple[Placed, ...], tuple[tuple[Placed, ...], ...]]:
    """The visits of a day in ``most`` lanes at the most, and those that have none: in bundles that hang together.

    A bundle has the last lane, where "+n" stands for it.
    """
    fit: list[Placed] = []
    bundles: list[list[Placed]] = []
    end = -1
    for one in placed:
        narrowed = replace(one, lane=min(one.lane, most - 1), lanes=min(one.lanes, most))
        if one.lanes <= most or one.lane < most - 1:
            fit.append(narrowed)
            continue
        if one.slot.start >= end:
            bundles.append([])
        bundles[-1].append(narrowed)
        end = max(end, one.slot.end)
    return tuple(fit), tuple(tuple(bundle) for bundle in bundles)


def by_first_day(lines: Iterable[VisitLine], zone: tzinfo) -> dict[date, tuple[VisitLine, ...]]:
    """The visits by the day on which they begin, each by time."""
    by_day: dict[date, list[VisitLine]] = {}
    for line in sorted(lines, key=lambda line: (line.visit.starts_at, line.visit.id)):
        by_day.setdefault(line.visit.starts_at.astimezone(zone).date(), []).append(line)
    return {day: tuple(found) for day, found in by_day.items()}


def snap(minutes: float) -> int:
    """The nearest quarter of an hour, within the day."""
    return max(0, min(MINUTES_A_DAY, _quarter(minutes)))


def _quarter(minutes: float) -> int:
    return round(minutes / SNAP_MINUTES) * SNAP_MINUTES


def moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The aware moment ``minutes`` after midnight of ``day`` where the user is."""
    extra, minutes = divmod(minutes, MINUTES_A_DAY)
    clock_time = time(minutes // 60, minutes % 60, tzinfo=zone)
    return datetime.combine(day + timedelta(days=extra), clock_time)


@dataclass(frozen=True)
class Span:
    """When a visit is, as moments of UTC: what it lasts is real time, also over a change of summer time."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        for name in ("starts_at", "ends_at"):
            object.__setattr__(self, name, getattr(self, name).astimezone(UTC))

    @classmethod
    def of(cls, line: VisitLine) -> Span:
        return cls(line.visit.starts_at, line.visit.ends_at)

    @classmethod
    def lasting(cls, starts_at: datetime, length: timedelta) -> Span:
        return cls(starts_at, starts_at.astimezone(UTC) + length)

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    def moved_to(self, day: date, start: int, zone: tzinfo) -> Span:
        """The same length, beginning at ``start`` minutes of ``day``."""
        return Span.lasting(moment(day, snap(start), zone), self.length)

    def shifted(self, zone: tzinfo, *, days: int = 0, minutes: int = 0) -> Span:
        """Moved by whole days (same clock time, also over a change of summer time) and by minutes."""
        starts_at = self.starts_at
        if days:
            local = starts_at.astimezone(zone).replace(tzinfo=None)
            starts_at = (local + timedelta(days=days)).replace(tzinfo=zone)
        return Span.lasting(starts_at.astimezone(UTC) + timedelta(minutes=minutes), self.length)

    def ending_at(self, day: date, end: float, zone: tzinfo) -> Span:
        """The same start with its end at ``end`` minutes of ``day``, which may lie before its midnight and not after;
        never shorter than a quarter of an hour.
        """
        ends_at = moment(day, min(MINUTES_A_DAY, _quarter(end)), zone)
        return Span(self.starts_at, max(ends_at, self.starts_at + SHORTEST))

    def lengthened(self, minutes: int) -> Span:
        return Span(self.starts_at, max(self.ends_at + timedelta(minutes=minutes), self.starts_at + SHORTEST))

    def beginning_at(self, day: date, start: int, zone: tzinfo) -> Span:
        """The same end with another start."""
        return Span(min(moment(day, snap(start), zone), self.ends_at - SHORTEST), self.ends_at)


def written(day: date, start: time, end: time, zone: tzinfo) -> Span | None:
    """From ``start`` of ``day`` until ``end``, which is after midnight where it comes before ``start``.

    None where that would take longer than half a day: an afternoon was meant, or the start is another one.
    """
    over_midnight = end <= start
    ends_at = datetime.combine(day + timedelta(days=over_midnight), end, zone)
    span = Span(datetime.combine(day, start, zone), ends_at)
    is_meant = not over_midnight or span.length < _HALF_A_DAY
    return span if is_meant and span.length > timedelta(0) else None


@dataclass(frozen=True)
class FullDay:
    """A day with more visits than fit: all of them, and those that do not; both by time."""

    day: date
    lines: tuple[VisitLine, ...]
    hidden: tuple[VisitLine, ...]

    def lists(self, visit_id: int) -> bool:
        return any(line.visit.id == visit_id for line in self.lines)

    def hides(self, visit_id: int | None) -> bool:
        return any(line.visit.id == visit_id for line in self.hidden)


@dataclass(frozen=True)
class MonthDay:
    """One cell of the month: the visits that fit, and those that do not."""

    day: date
    in_month: bool
    lines: tuple[VisitLine, ...]
    hidden: tuple[VisitLine, ...]


def month_weeks(day: date, *, starts_on: int = 0) -> tuple[tuple[date, ...], ...]:
    """The weeks that hold the month of ``day``; five or six, four only when they fit exactly."""
    first = week_of(day.replace(day=1), starts_on=starts_on)
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    weeks = ((last - first).days // 7) + 1
    return tuple(week_days(first + timedelta(weeks=number)) for number in range(weeks))


def month_days(
    lines: Iterable[VisitLine], day: date, zone: tzinfo, *, starts_on: int = 0, most: int
) -> tuple[tuple[MonthDay, ...], ...]:
    """The month of ``day`` in weeks, each day with ``most`` lines: of its visits, or the last one of "+n"."""
    by_day = by_first_day(lines, zone)

    def cell(one: date) -> MonthDay:
        found = by_day.get(one, ())
        fit = len(found) if len(found) <= most else most - (1 if most > 1 else 0)
        return MonthDay(one, one.month == day.month, found[:fit], found[fit:])

    return tuple(tuple(cell(one) for one in week) for week in month_weeks(day, starts_on=starts_on))


def in_month(day: date, months: int) -> date:
    """The day of a later, or below zero an earlier, month; the 31st becomes the last of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def next_working_day(day: date) -> date:
    """The day after ``day``, or the Monday where that is a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= 4 else 1)


def free_slot(
    lines: Iterable[VisitLine], day: date, zone: tzinfo, *, now: datetime, day_starts: int, length: timedelta
) -> Span:
    """The first gap of ``length``, in which a new visit is put when no time was chosen.

    It begins an hour after the working day does, and today not in what is over.
    """
    taken = sorted(
        (slot.start, slot.end)
        for line in lines
        for slot in slots_of(line.visit.starts_at, line.visit.ends_at, zone)
        if slot.day == day
    )
    hour, here = day_starts + 1, now.astimezone(zone)
    if day == here.date():
        hour = min(max(hour, here.hour + 1), 22)
    start = hour * 60
    minutes = round(length.total_seconds() / 60)
    for begin, end in taken:
        if begin - start >= minutes:
            break
        start = max(start, -(-end // SNAP_MINUTES) * SNAP_MINUTES)
    start = min(start, MINUTES_A_DAY - minutes)
    return Span.lasting(moment(day, start, zone), length)
