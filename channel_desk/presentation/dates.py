"""Days and times as people type them: "next wed", "15 oct", "10-15", "下周三", "+3"; "9", "930", "下午3点"."""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Final

_WORDS: Final = {
    "today": 0, "tod": 0, "tomorrow": 1, "tmr": 1, "tom": 1, "yesterday": -1, "day after tomorrow": 2,
    "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
_WEEKDAYS: Final = {
    **{name[:length]: number for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) for length in range(3, 10)},
    **{sign: number for number, sign in enumerate("一二三四五六日")}, "天": 6, "末": 5,
}  # fmt: skip
_MONTHS: Final = {
    name[:length]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june",
         "july", "august", "september", "october", "november", "december"), 1)
    for length in range(3, 10)
}  # fmt: skip
_CHINESE: Final = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_UNITS: Final = {"d": 1, "day": 1, "days": 1, "天": 1, "日": 1, "w": 7, "week": 7, "weeks": 7, "周": 7, "星期": 7}
#: Which week, and in Chinese also which month, counted from this one.
_WEEKS: Final = {"": None, "this": 0, "next": 1, "last": -1, "本": 0, "这": 0, "下": 1, "下下": 2, "上": -1}
#: A day without a year that lies no further back is meant as the one just gone.
_JUST_GONE: Final = timedelta(days=31)

_NUMBER = r"(?P<n>\d{1,3}|[一二两三四五六七八九十])"
_AFTER = re.compile(
    rf"(?:in )?(?P<sign>[+-]?) ?{_NUMBER} ?(?:个)?(?P<unit>[a-z]+|天|日|周|星期|)(?P<after>[以之]?后|前)?"
)
_WEEKDAY = re.compile(r"(?P<week>this|next|last)? ?(?P<day>[a-z]{3,9})")
_WEEKDAY_ZH = re.compile(r"(?P<week>本|这|下下|下|上|)(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])?")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/.年 ]?(?P<m>\d{1,2})[-/.月 ]?(?P<d>\d{1,2})[日号]?")
_YEAR_LAST = re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})")
_MONTH_DAY = re.compile(r"(?P<m>\d{1,2})(?:[-/.]|月)(?P<d>\d{1,2})[日号]?")
_MONTH_NAMED_ZH = re.compile(r"(?P<month>本|这|下下|下|上)个?月(?P<d>\d{1,2})[日号]?")
_DAY_NAMED = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)? ?(?P<m>[a-z]{3,9})(?:,? (?P<y>\d{4}))?")
_NAMED_DAY = re.compile(r"(?P<m>[a-z]{3,9}) ?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<y>\d{4}))?")
_DAY_ALONE = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|日|号)?")
_SHOWN_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=\d)| ?(?:周|星期)[一二三四五六日天]$")

_TIME = re.compile(
    r"(?P<part>上午|早上|中午|下午|晚上)? ?(?P<h>\d{1,2})"
    r"(?:[:.点时 ]?(?P<m>[0-5]\d|半)?|点(?P<q>[一三])刻) ?分?(?P<half>am|pm|a|p)?"
)


def read_day(text: str, today: date, *, ahead: bool = True) -> date | None:
    """The day meant by ``text``, or ``None`` when it is none.

    A day without a year is the coming one (one that went by in the last month stays in the past); with
    ``ahead=False``, for records of what has happened, it is the one gone by. "next wed" is in the next week.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    plain = _SHOWN_WEEKDAY.sub("", typed)
    try:
        for read in _READERS:
            day = read(plain if plain and plain[0].isdigit() else typed, today, ahead)
            if day is not None:
                return day
    except (ValueError, OverflowError):  # no such day, such as 30 February or the year 12000
        return None
    return None


def read_time(text: str) -> time | None:
    """The time of day meant by ``text``, or ``None``."""
    typed = unicodedata.normalize("NFKC", text).casefold().strip()
    found = _TIME.fullmatch(typed)
    if found is None:
        return None
    hour = int(found["h"])
    minute = {"一": 15, "三": 45}.get(found["q"] or "", 0)
    if found["m"]:
        minute = 30 if found["m"] == "半" else int(found["m"])
    late = (found["half"] or "").startswith("p") or found["part"] in ("下午", "晚上")
    if late and hour < 12:
        hour += 12
    elif (found["half"] or "").startswith("a") and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 else None


def _whole(day: dict[str, str | None]) -> date:
    return date(int(day["y"] or 0), _month(day["m"]), int(day["d"] or 0))


def _month(written: str | None) -> int:
    return _MONTHS[written] if written in _MONTHS else int(written or 0)


def _near(month: int, day: int, today: date, ahead: bool) -> date:  # noqa: FBT001 - handed on by position
    """The year of a day that was typed without one."""
    years = (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    for year in years:
        # 29 February waits for its year
        found = date(year, month, day) if (month, day) != (2, 29) or isleap(year) else None
        if found is not None and (found >= today - _JUST_GONE if ahead else found <= today + _JUST_GONE):
            return found
    return date(years[1], month, day)


def _read_after(typed: str, today: date, _ahead: bool) -> date | None:  # noqa: FBT001 - the shape of all readers
    found = _AFTER.fullmatch(typed)
    if found is None or not (found["sign"] or found["unit"]):
        return None
    unit = _UNITS.get(found["unit"]) if found["unit"] else 1
    if unit is None or (found["unit"] in ("日", "天", "周", "星期") and not (found["after"] or found["sign"])):
        return None
    count = _CHINESE.get(found["n"]) or int(found["n"])
    back = found["sign"] == "-" or found["after"] == "前"
    return today + timedelta(days=count * unit * (-1 if back else 1))


def _read_weekday(typed: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001 - the shape of all readers
    found = _WEEKDAY_ZH.fullmatch(typed) or _WEEKDAY.fullmatch(typed)
    if found is None:
        return None
    week = _WEEKS[found["week"] or ""]
    monday = today - timedelta(days=today.weekday())
    named = found["day"] or "week"
    if named == "week" and week is not None:
        return monday + timedelta(weeks=week)
    if named not in _WEEKDAYS:
        return None
    day = monday + timedelta(days=_WEEKDAYS[named])
    if week is not None:
        return day + timedelta(weeks=week)
    if ahead:
        return day if day > today else day + timedelta(weeks=1)
    return day if day < today else day - timedelta(weeks=1)


def _read_month(typed: str, today: date, _ahead: bool) -> date | None:  # noqa: FBT001 - the shape of all readers
    if found := _MONTH_NAMED_ZH.fullmatch(typed):
        month = today.year * 12 + today.month - 1 + (_WEEKS[found["month"]] or 0)
        return date(month // 12, month % 12 + 1, int(found["d"]))
    first = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    if typed in ("月底", "月末", "month end", "end of month", "eom"):
        return first - timedelta(days=1)
    return first if typed in ("下月", "下个月", "next month") else None


def _read_calendar(typed: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001 - the shape of all readers
    if found := _YEAR_FIRST.fullmatch(typed) or _YEAR_LAST.fullmatch(typed):
        return _whole(found.groupdict())
    if found := _DAY_NAMED.fullmatch(typed) or _NAMED_DAY.fullmatch(typed):
        if found["m"] not in _MONTHS:
            return None
        return _whole(found.groupdict()) if found["y"] else _near(_MONTHS[found["m"]], int(found["d"]), today, ahead)
    if found := _MONTH_DAY.fullmatch(typed):
        month, day = int(found["m"]), int(found["d"])
        return _near(month, day, today, ahead) if month <= 12 else _near(day, month, today, ahead)
    return None


def _read_day_alone(typed: str, today: date, ahead: bool) -> date | None:  # noqa: FBT001 - the shape of all readers
    found = _DAY_ALONE.fullmatch(typed)
    if found is None:
        return None
    number = int(found["d"])
    month = today.replace(day=1)
    for _ in range(3):  # no day is missing in two months in a row
        last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if 1 <= number <= last.day:
            day = month.replace(day=number)
            if day >= today if ahead else day <= today:
                return day
        month = last + timedelta(days=1) if ahead else (month - timedelta(days=1)).replace(day=1)
    return None


_READERS: Final[tuple[Callable[[str, date, bool], date | None], ...]] = (
    _read_after,
    _read_weekday,
    _read_month,
    _read_calendar,
    _read_day_alone,
)
