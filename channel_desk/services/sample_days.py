"""Days of the sample data: written relative to today, and always workdays.

A day is written as ``+8`` or ``-13`` (calendar days from today, moved away from today to a workday) or as ``w+2`` and
``w-1`` (workdays counted from the first workday that is not over; a Sunday's ``w+0`` is Monday). Texts name days in
braces: ``{day+8}`` gives 9月30日, ``{md-13}`` gives 9-09, ``{month+1}`` gives 10月.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from random import Random
from typing import Final

from channel_desk.i18n.formats import FORMATS
from channel_desk.i18n.spacing import spaced

#: Month and day of the public holidays that fall on the same date each year, Qingming on one of two: no visits then.
_HOLIDAYS: Final = frozenset(
    {(1, 1), (4, 4), (4, 5), *((5, day) for day in range(1, 6)), *((10, day) for day in range(1, 8))}
)
#: Spring Festival, Dragon Boat and Mid-Autumn by year: the moon sets them.
_BY_THE_MOON: Final = {
    2022: ("02-01", "06-03", "09-10"),
    2023: ("01-22", "06-22", "09-29"),
    2024: ("02-10", "06-10", "09-17"),
    2025: ("01-29", "05-31", "10-06"),
    2026: ("02-17", "06-19", "09-25"),
    2027: ("02-06", "06-09", "09-15"),
    2028: ("01-26", "05-28", "10-03"),
    2029: ("02-13", "06-16", "09-22"),
    2030: ("02-03", "06-05", "09-12"),
    2031: ("01-23", "06-24", "10-01"),
    2032: ("02-11", "06-12", "09-19"),
    2033: ("01-31", "06-01", "09-08"),
    2034: ("02-19", "06-20", "09-27"),
    2035: ("02-08", "06-10", "09-16"),
    2036: ("01-28", "05-30", "10-04"),
}
_DAY: Final = timedelta(days=1)
_CALENDAR_SPEC: Final = re.compile(r"[+-]\d+")
_WORKDAY_SPEC: Final = re.compile(r"w[+-]\d+")
_DAY_NAME: Final = re.compile(r"\{(day|md|wd|month)([+-]\d+)?\}")
_RANGE: Final = re.compile(r"\{n:(\d+)-(\d+)\}")


@cache
def _festivals(year: int) -> frozenset[date]:
    """The days off of ``year`` that the moon sets; Spring Festival goes from its eve to the seventh day."""
    if year not in _BY_THE_MOON:
        return frozenset()
    spring, dragon_boat, mid_autumn = (date.fromisoformat(f"{year}-{day}") for day in _BY_THE_MOON[year])
    off = {dragon_boat, mid_autumn, *(spring + number * _DAY for number in range(-1, 7))}
    if mid_autumn.month == 10:  # it falls into the week of the National Day, which gets one day more
        off.add(date(year, 10, 8))
    return frozenset(off)


def _is_holiday(day: date) -> bool:
    return (day.month, day.day) in _HOLIDAYS or day in _festivals(day.year)


def is_workday(day: date) -> bool:
    """Whether somebody would be at the office; a holiday on a weekend takes the Monday too."""
    if day.weekday() >= 5 or _is_holiday(day):
        return False
    return day.weekday() > 0 or not (_is_holiday(day - _DAY) or _is_holiday(day - 2 * _DAY))


def workday_from(day: date, *, step: int) -> date:
    """``day`` if it is a workday, else the next one forwards (``step`` 1) or backwards (-1)."""
    while not is_workday(day):
        day += step * _DAY
    return day


def add_months(day: date, months: int) -> date:
    """The first of the month ``months`` later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def chance_of(seed: str) -> Random:
    """Chances that fall the same way each time for the same ``seed``."""
    return Random(seed)  # noqa: S311 - invented people, not secrets


@dataclass(frozen=True)
class Days:
    """The calendar as seen from ``now`` (aware) by somebody who lives in ``zone``."""

    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, spec: str) -> date:
        """The day that ``spec`` names; ValueError for anything else."""
        if _WORKDAY_SPEC.fullmatch(spec):
            return self.workday(int(spec[1:]))
        if _CALENDAR_SPEC.fullmatch(spec):
            return self.shifted(self.today, int(spec))
        raise ValueError(spec)

    def shifted(self, anchor: date, days: int) -> date:
        """``days`` after ``anchor``, moved on in the same direction to a workday."""
        return workday_from(anchor + days * _DAY, step=-1 if days < 0 else 1)

    def workday(self, number: int) -> date:
        """The workday ``number``: 0 is today or the next one, -1 the last one before today."""
        if number < 0:
            day = workday_from(self.today - _DAY, step=-1)
            for _ in range(-number - 1):
                day = workday_from(day - _DAY, step=-1)
            return day
        day = workday_from(self.today, step=1)
        for _ in range(number):
            day = workday_from(day + _DAY, step=1)
        return day

    def moment(self, day: date, clock_time: str) -> datetime:
        """``clock_time`` ("9:30") of ``day``, in UTC."""
        hour, minute = clock_time.split(":")
        return datetime.combine(day, time(int(hour), int(minute)), self.zone).astimezone(UTC)

    def fill(self, text: str, *, anchor: date, words: Mapping[str, str], chance: Random | None = None) -> str:
        """``text`` with its days, words and ``{n:3-9}`` numbers filled in; days count from ``anchor``."""
        if "{" not in text:
            return text
        text = spaced(text, words)
        for name, word in words.items():
            text = text.replace(f"{{{name}}}", word)
        if chance is not None:
            drawn = chance
            text = _RANGE.sub(lambda found: _number(drawn, found), text)
        return _DAY_NAME.sub(lambda found: self._named(found, anchor), text)

    def _named(self, found: re.Match[str], anchor: date) -> str:
        kind, offset = found[1], int(found[2] or 0)
        formats = FORMATS["zh_CN"]
        if kind == "month":
            return formats.day_short(add_months(anchor, offset)).split("月")[0] + "月"
        day = self.workday(offset) if kind == "wd" else self.shifted(anchor, offset) if offset else anchor
        return f"{day.month}-{day.day:02d}" if kind == "md" else formats.day_short(day)


def _number(chance: Random, found: re.Match[str]) -> str:
    number = chance.randint(int(found[1]), int(found[2]))
    return f"{number:0{len(found[1])}d}" if found[1].startswith("0") else f"{number:,}"
