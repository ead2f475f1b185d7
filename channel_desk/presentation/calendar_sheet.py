"""What the planner shows at a time: a sheet of the calendar, which is the week or the month around a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from channel_desk.i18n import Language
from channel_desk.presentation.calendar_days import in_month, month_weeks, week_days, week_of
from channel_desk.presentation.visit_span import moment

WEEK: Final = "week"
MONTH: Final = "month"


@dataclass(frozen=True)
class CalendarSheet:
    """The ``mode`` is WEEK or MONTH; weeks start on 0 for Monday, 6 for Sunday."""

    mode: str
    day: date
    starts_on: int = 0

    @property
    def week(self) -> tuple[date, ...]:
        """The days of the week around the day, also where a month is shown."""
        return week_days(week_of(self.day, starts_on=self.starts_on))

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """All that is shown: the week, or those that hold the month."""
        return month_weeks(self.day, starts_on=self.starts_on) if self.mode == MONTH else (self.week,)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The moments ``[start, end)`` that are shown."""
        weeks = self.weeks
        return moment(weeks[0][0], 0, zone), moment(weeks[-1][-1] + timedelta(days=1), 0, zone)

    def shows(self, starts_at: datetime, ends_at: datetime, zone: tzinfo) -> bool:
        """Whether any of a visit is on the sheet."""
        start, end = self.bounds(zone)
        return starts_at < end and start < ends_at

    def has(self, day: date) -> bool:
        """Whether a day is on the sheet."""
        return any(day in week for week in self.weeks)

    def title(self, language: Language) -> str:
        """The words for the month, or for the week."""
        formats = language.formats
        return formats.month(self.day) if self.mode == MONTH else formats.week_range(self.week[0], self.week[-1])

    def turned(self, steps: int, framed: date | None = None) -> CalendarSheet:
        """The sheet ``steps`` weeks or months on: of the day that lies there as ``framed`` lies here, if it does."""
        is_here = framed is not None and self.around(framed).bounds(UTC) == self.bounds(UTC)
        day = framed if framed is not None and is_here else self.day
        return self.around(in_month(day, steps) if self.mode == MONTH else day + timedelta(weeks=steps))

    def around(self, day: date) -> CalendarSheet:
        """The sheet of another day."""
        return replace(self, day=day)

    def as_mode(self, mode: str) -> CalendarSheet:
        """The week instead of the month, or the month instead of the week."""
        return replace(self, mode=mode)
