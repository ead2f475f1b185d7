"""From when to when a visit is, and where a pointer or a key takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.visits import SHORTEST
from channel_desk.presentation.calendar import MINUTES_A_DAY, SNAP_MINUTES, slots_of

_HALF_A_DAY: Final = timedelta(hours=12)


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
