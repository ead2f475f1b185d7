"""Days with more visits than there is room for: those that fit, and those behind "+n"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from channel_desk.domain.lines import VisitLine
from channel_desk.presentation.calendar import Placed, by_first_day
from channel_desk.presentation.calendar_days import month_weeks


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


def fold(placed: Iterable[Placed], most: int) -> tuple[tuple[Placed, ...], tuple[tuple[Placed, ...], ...]]:
    """The visits of a day in ``most`` lanes at the most, and those that have none: in bundles that hang together.

    A bundle has the last lane, where "+n" stands for it.
    """
    fit: list[Placed] = []
    bundles: list[list[Placed]] = []
    end = -1
    for one in placed:
        narrowed = one._replace(lane=min(one.lane, most - 1), lanes=min(one.lanes, most))
        if one.lanes <= most or one.lane < most - 1:
            fit.append(narrowed)
            continue
        if one.slot.start >= end:
            bundles.append([])
        bundles[-1].append(narrowed)
        end = max(end, one.slot.end)
    return tuple(fit), tuple(tuple(bundle) for bundle in bundles)


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
