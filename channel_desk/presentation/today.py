"""The page of the day: its title, the line of its hours, and the days that follow."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from channel_desk.domain.distributors import Tier
from channel_desk.domain.lines import VisitLine
from channel_desk.domain.overlaps import conflicts
from channel_desk.i18n import Language
from channel_desk.presentation.calendar import Placed, by_first_day, place_days
from channel_desk.presentation.calendar_days import week_days, week_of
from channel_desk.services.today import DayFacts

MINUTES_AN_HOUR: Final = 60


def days_ahead(today: date, *, starts_on: int) -> tuple[date, ...]:
    """Today and the rest of its week; on its last day the whole week that follows."""
    rest = tuple(day for day in week_days(week_of(today, starts_on=starts_on)) if day >= today)
    return rest if len(rest) > 1 else (today, *week_days(today + timedelta(days=1)))


class Title(NamedTuple):
    text: str
    remark: str


def title(today: date, visits_today: int, language: Language) -> Title:
    """The day in full, and how many visits it holds."""
    formats = language.formats
    text = language.tr("{weekday} {day}", weekday=formats.weekday_long(today), day=formats.day_short(today))
    if not visits_today:
        return Title(text, language.tr("No visits today"))
    return Title(text, language.tr_n("{n} visit today", "{n} visits today", visits_today))


# -- the line of the day -----------------------------------------------------------------------------------------------


class DayChip(NamedTuple):
    """A visit on the line; ``start`` and ``end`` are minutes from midnight."""

    visit_id: int
    start: int
    end: int
    lane: int
    lanes: int
    tier: Tier | None
    name: str
    #: Everything in one sentence, for tooltips and screen readers.
    spoken: str
    is_over: bool


class DayLine(NamedTuple):
    """The hours from ``first`` to ``last``; ``now`` in minutes from midnight."""

    first: int
    last: int
    now: int
    chips: tuple[DayChip, ...]

    def share(self, minutes: float) -> float:
        """Where a minute of the day lies on the line, 0 at its left end and 1 at its right."""
        return (minutes / MINUTES_AN_HOUR - self.first) / (self.last - self.first)


def day_line(facts: DayFacts, language: Language, *, hours: tuple[int, int]) -> DayLine:
    """Today's visits on the hours of the working day, stretched where a visit lies outside."""
    placed = place_days(facts.visits, (facts.today,), facts.zone)[facts.today]
    first, last = _stretched(hours, placed)
    now = facts.now.astimezone(facts.zone)
    chips = tuple(_chip(one, facts.now, facts.zone, language) for one in placed)
    return DayLine(first, last, now.hour * MINUTES_AN_HOUR + now.minute, chips)


def _stretched(hours: tuple[int, int], placed: Iterable[Placed]) -> tuple[int, int]:
    """The ``hours`` of the working day, with as many more as hold every visit."""
    first, last = hours
    for one in placed:
        first = min(first, one.slot.start // MINUTES_AN_HOUR)
        last = max(last, -(-one.slot.end // MINUTES_AN_HOUR))
    return first, last


def _chip(placed: Placed, now: datetime, zone: tzinfo, language: Language) -> DayChip:
    visit, tag = placed.line.visit, placed.line.distributor
    formats = language.formats
    times = formats.time_range(visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone))
    words = [tag.display_name, times, language.tr(visit.purpose.label), visit.place or tag.city]
    return DayChip(
        visit_id=visit.id,
        start=placed.slot.start,
        end=placed.slot.end,
        lane=placed.lane,
        lanes=placed.lanes,
        tier=tag.tier,
        name=tag.display_name,
        spoken=formats.join([word for word in words if word]),
        is_over=not visit.is_open or visit.ends_at < now,
    )


# -- the days that follow ----------------------------------------------------------------------------------------------


class WeekEntry(NamedTuple):
    visit_id: int
    time: str
    name: str
    overlaps: bool


class WeekDay(NamedTuple):
    day: date
    text: str
    entries: tuple[WeekEntry, ...]


class WeekAhead(NamedTuple):
    title: str
    remark: str
    days: tuple[WeekDay, ...]


def week_ahead(facts: DayFacts, language: Language) -> WeekAhead:
    """The days after today with the visits that begin on them, and how many overlap."""
    formats = language.formats
    by_day, clashing = by_first_day(facts.visits, facts.zone), conflicts(facts.visits)
    days = []
    for day in facts.days[1:]:
        entries = tuple(_week_entry(line, facts.zone, language, clashing) for line in by_day.get(day, ()))
        text = language.tr("{weekday} {number}", weekday=formats.weekday(day), number=day.day)
        days.append(WeekDay(day, text, entries))
    count = sum(len(day.entries) for day in days)
    clashes = sum(entry.overlaps for day in days for entry in day.entries)
    is_next = len(facts.days) > 7
    return WeekAhead(
        title=language.tr("Next week") if is_next else language.tr("Rest of the week"),
        remark=_week_remark(count, clashes, language),
        days=tuple(days),
    )


def _week_entry(line: VisitLine, zone: tzinfo, language: Language, clashing: Container[int]) -> WeekEntry:
    start = language.formats.time(line.visit.starts_at.astimezone(zone))
    return WeekEntry(line.visit.id, start, line.distributor.display_name, line.visit.id in clashing)


def _week_remark(count: int, clashes: int, language: Language) -> str:
    if not count:
        return language.tr("Nothing planned yet")
    visits = language.tr_n("{n} visit", "{n} visits", count)
    if not clashes:
        return visits
    overlaps = language.tr_n("{n} overlaps", "{n} overlap", clashes)
    return language.tr("{visits}, {overlaps}", visits=visits, overlaps=overlaps)
