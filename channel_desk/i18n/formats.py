"""How dates, times, numbers and money are written in each language.

English: "Tue 22 Sep", "9:30", "¥18,600", "¥486k". 中文：“9月22日 周二”、“9:30”、“18,600 元”、“48.6 万”.
Money is an integer of minor units (cents, 分) with a currency code.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Protocol

_DAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_LONG_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_LONG_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS_ZH: Final = "一二三四五六日"
_SYMBOLS: Final = {"CNY": "¥", "EUR": "€", "USD": "$", "GBP": "£", "HKD": "HK$", "TWD": "NT$"}
_MINUS: Final = "\u2212"


def _amount(minor: int) -> str:
    """Without its sign, and with cents only where there are any: no float holds the cents of the largest amounts."""
    whole, cents = divmod(abs(minor), 100)
    return f"{whole:,}.{cents:02d}" if cents else f"{whole:,}"


def _sign(minor: int) -> str:
    return _MINUS if minor < 0 else ""


class Formats(Protocol):
    """What every language can write. ``today`` decides whether the year is shown."""

    def weekday(self, day: date) -> str: ...
    def weekday_long(self, day: date) -> str: ...
    def day_short(self, day: date) -> str:
        """Day and month: "22 Sep", "9月22日"."""
        ...

    def day(self, day: date, today: date | None = None) -> str:
        """With the weekday, and with the year when it is not that of ``today``."""
        if today is not None and day.year != today.year:
            return self.day_full(day)
        return self.day_with_weekday(day)

    def day_with_weekday(self, day: date) -> str: ...
    def day_full(self, day: date) -> str:
        """With weekday and year."""
        ...

    def month(self, day: date) -> str: ...
    def month_short(self, day: date) -> str:
        """Without the year, for a narrow column: "Sep", "9月"."""
        ...

    def week_range(self, first: date, last: date) -> str: ...
    def time(self, moment: datetime) -> str:
        """By the clock of 24 hours, which both languages write alike."""
        return f"{moment.hour}:{moment.minute:02d}"

    def time_range(self, start: datetime, end: datetime) -> str:
        """The midnight that ends a day is its 24:00."""
        is_midnight = end.date() > start.date() and not (end.hour or end.minute)
        return f"{self.time(start)}–{'24:00' if is_midnight else self.time(end)}"

    def relative_day(self, day: date, today: date) -> str:
        """Today, tomorrow, yesterday, the weekday within a week, else the date."""
        ...

    def number(self, value: float, decimals: int = 0) -> str:
        return f"{value:,.{decimals}f}".replace("-", _MINUS)

    def money(self, minor: int | None, currency: str) -> str: ...
    def money_big(self, minor: int | None, currency: str) -> str:
        """Rounded for a narrow column: "¥486k", "48.6 万"."""
        ...

    def duration(self, span: timedelta) -> str: ...
    def join(self, items: list[str]) -> str: ...


class _English(Formats):
    def weekday(self, day: date) -> str:
        return _DAYS_EN[day.weekday()]

    def weekday_long(self, day: date) -> str:
        return _DAYS_LONG_EN[day.weekday()]

    def day_short(self, day: date) -> str:
        return f"{day.day} {_MONTHS_EN[day.month - 1]}"

    def day_with_weekday(self, day: date) -> str:
        return f"{self.weekday(day)} {self.day_short(day)}"

    def day_full(self, day: date) -> str:
        return f"{self.day_with_weekday(day)} {day.year}"

    def month(self, day: date) -> str:
        return f"{_MONTHS_LONG_EN[day.month - 1]} {day.year}"

    def month_short(self, day: date) -> str:
        return _MONTHS_EN[day.month - 1]

    def week_range(self, first: date, last: date) -> str:
        if first.month == last.month:
            return f"{first.day}–{last.day} {_MONTHS_LONG_EN[last.month - 1]} {last.year}"
        return f"{self.day_short(first)} – {self.day_short(last)} {last.year}"

    def relative_day(self, day: date, today: date) -> str:
        days = (day - today).days
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}
        if days in near:
            return near[days]
        return self.weekday_long(day) if 1 < days < 7 else self.day(day, today)

    def money(self, minor: int | None, currency: str) -> str:
        if minor is None:
            return "–"
        return f"{_sign(minor)}{self._symbol(currency)}{_amount(minor)}"

    def money_big(self, minor: int | None, currency: str) -> str:
        if minor is None:
            return "–"
        value = abs(minor) / 100
        if value < 10_000:
            return self.money(minor, currency)
        rounded = f"{self.number(value / 1_000_000, 1)}m" if value >= 10_000_000 else f"{self.number(value / 1000, 0)}k"
        return f"{_sign(minor)}{self._symbol(currency)}{rounded}"

    @staticmethod
    def _symbol(currency: str) -> str:
        return _SYMBOLS.get(currency, f"{currency} ")

    def duration(self, span: timedelta) -> str:
        hours, minutes = divmod(round(span.total_seconds() / 60), 60)
        if hours and minutes:
            return f"{hours} h {minutes} min"
        return f"{hours} h" if hours else f"{minutes} min"

    def join(self, items: list[str]) -> str:
        return ", ".join(items)


class _Chinese(Formats):
    def weekday(self, day: date) -> str:
        return f"周{_DAYS_ZH[day.weekday()]}"

    def weekday_long(self, day: date) -> str:
        return f"星期{_DAYS_ZH[day.weekday()]}"

    def day_short(self, day: date) -> str:
        return f"{day.month}月{day.day}日"

    def day_with_weekday(self, day: date) -> str:
        return f"{self.day_short(day)} {self.weekday(day)}"

    def day_full(self, day: date) -> str:
        return f"{day.year}年{self.day_with_weekday(day)}"

    def month(self, day: date) -> str:
        return f"{day.year}年{day.month}月"

    def month_short(self, day: date) -> str:
        return f"{day.month}月"

    def week_range(self, first: date, last: date) -> str:
        end = f"{last.day}日" if first.month == last.month else self.day_short(last)
        return f"{first.year}年{self.day_short(first)} – {end}"

    def relative_day(self, day: date, today: date) -> str:
        days = (day - today).days
        near = {0: "今天", 1: "明天", 2: "后天", -1: "昨天"}
        if days in near:
            return near[days]
        if not 1 < days < 7:
            return self.day(day, today)
        # On a Friday 周一 would be the one that is over.
        return self.weekday(day) if day.weekday() > today.weekday() else f"下{self.weekday(day)}"

    def money(self, minor: int | None, currency: str) -> str:
        if minor is None:
            return "–"
        sign, amount = _sign(minor), _amount(minor)
        if currency == "CNY":
            return f"{sign}{amount} 元"
        symbol = _SYMBOLS.get(currency)
        return f"{sign}{symbol}{amount}" if symbol else f"{sign}{amount} {currency}"

    def money_big(self, minor: int | None, currency: str) -> str:
        if minor is None:
            return "–"
        value = minor / 100
        if abs(value) < 10_000:
            return self.money(minor, currency)
        unit = "万元" if currency == "CNY" else f"万 {currency}"
        return f"{self.number(value / 10_000, 1).removesuffix('.0')} {unit}"

    def duration(self, span: timedelta) -> str:
        hours, minutes = divmod(round(span.total_seconds() / 60), 60)
        if hours and minutes:
            return f"{hours} 小时 {minutes} 分钟"
        return f"{hours} 小时" if hours else f"{minutes} 分钟"

    def join(self, items: list[str]) -> str:
        return "、".join(items)


FORMATS: Final[dict[str, Formats]] = {"en": _English(), "zh_CN": _Chinese()}
