"""The days of weeks and months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

_THURSDAY: Final = 3


def week_of(day: date, *, starts_on: int = 0) -> date:
    """The first day of the week of ``day``; ``starts_on`` is 0 for Monday, 6 for Sunday."""
    return day - timedelta(days=(day.weekday() - starts_on) % 7)


def week_days(first: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(7))


def week_number(days: Iterable[date]) -> int:
    """The number of the week that most of seven ``days`` belong to (ISO 8601: the week of the Thursday)."""
    return next(day for day in days if day.weekday() == _THURSDAY).isocalendar().week


def month_weeks(day: date, *, starts_on: int = 0) -> tuple[tuple[date, ...], ...]:
    """The weeks that hold the month of ``day``; five or six, four only when they fit exactly."""
    first = week_of(day.replace(day=1), starts_on=starts_on)
    weeks = ((_last_of_month(day) - first).days // 7) + 1
    return tuple(week_days(first + timedelta(weeks=number)) for number in range(weeks))


def in_month(day: date, months: int) -> date:
    """The day of a later, or below zero an earlier, month; the 31st becomes the last of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, _last_of_month(first).day))


def next_working_day(day: date) -> date:
    """The day after ``day``, or the Monday where that is a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= 4 else 1)


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
