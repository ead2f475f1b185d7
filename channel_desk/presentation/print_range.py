"""Which briefs are printed together: those of one visit, one day, one week, or other days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from channel_desk.domain.briefs import BriefFacts
from channel_desk.i18n import Language
from channel_desk.presentation.calendar_days import week_of
from channel_desk.presentation.file_names import safe_name
from channel_desk.presentation.visit_span import moment

VISIT: Final = "visit"
DAY: Final = "day"
WEEK: Final = "week"
DAYS: Final = "days"
_DAYS_A_WEEK: Final = 7


@dataclass(frozen=True)
class PrintRange:
    """``visit_id`` is known where one visit was asked for; the days are both included."""

    kind: str
    visit_id: int | None = None
    first: date | None = None
    last: date | None = None

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The moments between which the visits begin; raises ValueError for a visit whose day is unknown."""
        if self.first is None or self.last is None:
            raise ValueError(self)
        return moment(self.first, 0, zone), moment(self.last + timedelta(days=1), 0, zone)


def read_range(visit_id: int | None, extra: str) -> PrintRange:
    """A place as a range: an id, or two ISO days with a slash between them. Raises ValueError for anything else."""
    if visit_id is not None:
        return PrintRange(VISIT, visit_id)
    first_text, _, last_text = extra.partition("/")
    first = date.fromisoformat(first_text)
    last = date.fromisoformat(last_text) if last_text else first
    if last < first:
        raise ValueError(extra)
    days = (last - first).days + 1
    return PrintRange({1: DAY, _DAYS_A_WEEK: WEEK}.get(days, DAYS), None, first, last)


def turned_to(kind: str, shown: PrintRange, day: date, *, starts_on: int = 0) -> PrintRange:
    """Another ``kind`` of range around ``day``, the day of what is shown; the visit stays known."""
    if kind == DAY:
        return PrintRange(DAY, shown.visit_id, day, day)
    if kind == WEEK:
        first = week_of(day, starts_on=starts_on)
        return PrintRange(WEEK, shown.visit_id, first, first + timedelta(days=_DAYS_A_WEEK - 1))
    return PrintRange(VISIT, shown.visit_id)


def remark(shown: PrintRange, facts: Sequence[BriefFacts], language: Language) -> str:
    """Beside the title: whose brief, or how many and of which days."""
    formats = language.formats
    if shown.kind == VISIT and facts:
        one = facts[0]
        start = one.visit.starts_at.astimezone(one.zone)
        return language.tr(
            "{name} · {day} {time}",
            name=one.distributor.display_name,
            day=formats.day(start.date()),
            time=formats.time(start),
        )
    if shown.first is None or shown.last is None:
        return ""
    one_day = shown.first == shown.last
    days = formats.day(shown.first) if one_day else formats.week_range(shown.first, shown.last)
    if not facts:
        return days
    visits = language.tr_n("{n} visit", "{n} visits", len(facts))
    return language.tr("{days} · {visits}", days=days, visits=visits)


def file_name(shown: PrintRange, facts: Sequence[BriefFacts], language: Language) -> str:
    """The name a PDF is saved under unless another is chosen; ``language`` is that of the document."""
    if shown.kind == VISIT and facts:
        one = facts[0]
        day = one.visit.starts_at.astimezone(one.zone).date()
        name = language.tr(
            "Visit brief {name} {day}", name=safe_name(one.distributor.display_name), day=day.isoformat()
        )
    else:
        days = [one.isoformat() for one in (shown.first, shown.last) if one is not None]
        name = language.tr("Visit briefs {days}", days=" – ".join(dict.fromkeys(days)))
    return f"{name}.pdf"
