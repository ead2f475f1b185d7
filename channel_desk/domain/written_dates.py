"""Calendar dates as spreadsheets write them: 2026-01-02, 2026/1/2, 2026年1月2日, 2.1.2026, Jan 2 2026, 46024."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from channel_desk.domain.cells import Cell, is_number


class DayOrder(Enum):
    """Which comes first in dates such as 03/04/2026."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"


class Unread(Enum):
    """Why a text is not taken for a date."""

    NOT_A_DATE = "not_a_date"
    AMBIGUOUS = "date_ambiguous"
    INCOMPLETE = "date_incomplete"
    CENTURY = "date_century"


class ReadDay(NamedTuple):
    """A day that was read; ``has_time`` where a time of day stood behind it and was left out."""

    day: date
    has_time: bool


#: The day before day 1 of a spreadsheet, moved by one for the 29 February 1900 that never was.
_EPOCH: Final = date(1899, 12, 30)
#: Serial numbers that can be meant as a day: 1927 to 2118. Smaller ones are years or counts.
_SERIALS: Final = range(10_000, 80_000)

#: From the first day that Excel counts to the one where the days of old Macintosh workbooks begin.
_DAYS_TO_1904: Final = 1462
#: Longer texts are prose; patterns are not tried on them.
_LONGEST: Final = 60

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_TIME = r"(?:[\sT日,]*(?P<time>\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?秒?\s*(?:am|pm)?(?:Z|[+-]\d\d:?\d\d)?))?"
_WEEKDAY = r"(?:[\s,(（]*(?:周|星期|礼拜)[一二三四五六日天][)）]?)?"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})\s*[-/.年\\]\s*(?P<m>\d{{1,2}})\s*[-/.月\\]\s*(?P<d>\d{{1,2}})\s*[日号.]?{_WEEKDAY}{_TIME}",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?P<y>\d{2})年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})[日号]?")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_YEAR_LAST = re.compile(
    rf"(?P<a>\d{{1,2}})\s*(?P<mark>[-/.])\s*(?P<b>\d{{1,2}})\s*(?P=mark)\s*(?P<y>\d{{4}}){_TIME}", re.IGNORECASE
)
_NAMED_FIRST = re.compile(
    rf"(?:[a-z]{{2,9}}[.,]?\s+)?(?P<m>[a-z]{{3,9}})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[,\s]+(?P<y>\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_NAMED_SECOND = re.compile(
    rf"(?:[a-z]{{2,9}}[.,]?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]*(?:of\s+)?(?P<m>[a-z]{{3,9}})\.?[,\s-]*(?P<y>\d{{4}}|\d\d){_TIME}",
    re.IGNORECASE,
)
_WITHOUT_DAY = re.compile(
    r"\d{4}\s*(?:[-/.年]\s*\d{1,2}\s*月?(?:份)?|年|年度)?|[a-z]{3,9}\.?\s*\d{4}|\d{1,2}[-/.]\d{4}", re.IGNORECASE
)


def day_order(cells: Iterable[Cell]) -> DayOrder:
    """What the other dates of a column tell about 03/04/2026: a number above twelve can only be the day."""
    first = second = False
    for cell in cells:
        match = _YEAR_LAST.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) <= _LONGEST else None
        if match and match["mark"] != ".":
            first = first or int(match["a"]) > 12
            second = second or int(match["b"]) > 12
    if first == second:
        return DayOrder.UNKNOWN
    return DayOrder.DAY_FIRST if first else DayOrder.MONTH_FIRST


def counted_from_1900(serial: float) -> float:
    """The number of the same day where days are counted from 1900; years and counts stay what they are."""
    moved = serial + _DAYS_TO_1904
    return moved if _SERIALS.start <= moved < _SERIALS.stop else serial


def read_date(
    cell: Cell, order: DayOrder = DayOrder.UNKNOWN, *, latest: date = date.max, is_past: bool = False
) -> ReadDay | Unread:
    """The day of a cell. With points the day is first, as in 2.1.2026.

    A year of two digits is of this century unless the day would be later than ``latest``: for what lies in the past
    (``is_past``: a birthday) it is then of the last century, for anything else it is refused.
    """
    if isinstance(cell, datetime):
        return ReadDay(cell.date(), cell.time() != time.min)
    if isinstance(cell, date):
        return ReadDay(cell, has_time=False)
    if is_number(cell):
        return _from_number(float(cell))
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return Unread.NOT_A_DATE
    return _from_text(cell, order, latest=latest, is_past=is_past)


def _from_number(number: float) -> ReadDay | Unread:
    if not math.isfinite(number):
        return Unread.NOT_A_DATE
    whole = int(number)
    if whole in _SERIALS:
        return ReadDay(_EPOCH + timedelta(days=whole), number != whole)
    if number == whole:
        return _from_text(str(whole), DayOrder.UNKNOWN, latest=date.max, is_past=False)
    return Unread.NOT_A_DATE


@lru_cache(maxsize=4096)
def _from_text(written: str, order: DayOrder, *, latest: date, is_past: bool) -> ReadDay | Unread:
    text = unicodedata.normalize("NFKC", written).strip()
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _day(match["y"], match["m"], match["d"], match["time"])
    match = _COMPACT.fullmatch(text)
    if match:
        return _day(match["y"], match["m"], match["d"], None)
    match = _YEAR_LAST.fullmatch(text)
    if match:
        return _year_last(match, order)
    match = _SHORT_YEAR.fullmatch(text)
    if match:
        return _short_year(_day(f"20{match['y']}", match["m"], match["d"], None), latest, is_past=is_past)
    match = _NAMED_FIRST.fullmatch(text) or _NAMED_SECOND.fullmatch(text)
    if match and match["m"].lower() in _MONTHS:
        month = str(_MONTHS[match["m"].lower()])
        if len(match["y"]) == 4:
            return _day(match["y"], month, match["d"], match["time"])
        return _short_year(_day(f"20{match['y']}", month, match["d"], match["time"]), latest, is_past=is_past)
    if text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return ReadDay(_EPOCH + timedelta(days=int(text)), has_time=False)
    return Unread.INCOMPLETE if _WITHOUT_DAY.fullmatch(text) else Unread.NOT_A_DATE


def _short_year(read: ReadDay | Unread, latest: date, *, is_past: bool) -> ReadDay | Unread:
    """A day of two year digits, read as one of this century: moved to the last one, or refused, when it is too late."""
    if isinstance(read, Unread) or read.day <= latest:
        return read
    if not is_past:
        return Unread.CENTURY
    moved = _day(str(read.day.year - 100), str(read.day.month), str(read.day.day), None)
    return moved if isinstance(moved, Unread) else moved._replace(has_time=read.has_time)


def _year_last(match: re.Match[str], order: DayOrder) -> ReadDay | Unread:
    first, second = match["a"], match["b"]
    if match["mark"] == "." or int(first) > 12 or (order is DayOrder.DAY_FIRST and int(second) <= 12):
        return _day(match["y"], second, first, match["time"])
    if int(second) > 12 or order is DayOrder.MONTH_FIRST or first == second:
        return _day(match["y"], first, second, match["time"])
    return Unread.AMBIGUOUS


def _day(year: str, month: str, day: str, clock_time: str | None) -> ReadDay | Unread:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Unread.NOT_A_DATE
    return ReadDay(found, bool(clock_time and clock_time.strip("0:分秒时点. ")))
