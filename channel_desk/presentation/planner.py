"""What the planner writes on a visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.overlaps import conflicts
from channel_desk.domain.visits import VisitStatus
from channel_desk.i18n import Language
from channel_desk.presentation.visit_span import Span


@dataclass(frozen=True)
class ChipText:
    """The words of one visit in the calendar."""

    visit_id: int
    title: str
    start: str
    hours: str
    #: The hours with the place behind them.
    times: str
    detail: str
    #: Stands instead of the detail when there is something to do.
    remark: str
    #: Everything in one sentence, for tooltips and screen readers.
    spoken: str
    status: VisitStatus
    movable: bool
    conflict: bool
    unwritten: bool


def chip_text(line: VisitLine, *, language: Language, zone: tzinfo, now: datetime, conflict: bool) -> ChipText:
    """The words for ``line``."""
    visit, formats = line.visit, language.formats
    start, end = visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)
    hours = formats.time_range(start, end)
    name = line.distributor.display_name
    purpose = language.tr(visit.purpose.label)
    unwritten = visit.is_left_unwritten(now, zone)
    remark = language.tr("Not written up yet") if unwritten else ""
    place = visit.place or line.distributor.city
    spoken = formats.join(
        [word for word in (name, formats.day(start.date()), hours, purpose, visit.subject, place, remark) if word]
    )
    return ChipText(
        visit_id=visit.id,
        title=name,
        start=formats.time(start),
        hours=hours,
        times=language.tr("{times} · {place}", times=hours, place=place) if place else hours,
        detail=visit.subject or visit.result_wanted or purpose,
        remark=remark,
        spoken=language.tr("{what}, overlaps another visit", what=spoken) if conflict else spoken,
        status=visit.status,
        movable=visit.is_movable,
        conflict=conflict,
        unwritten=unwritten,
    )


class ChipTexts(Mapping[int, ChipText]):
    """The words for all ``lines`` by visit, with who overlaps whom; written when asked for: a month shows few."""

    def __init__(self, lines: Sequence[VisitLine], *, language: Language, zone: tzinfo, now: datetime) -> None:
        self._lines: dict[int, VisitLine] = {line.visit.id: line for line in lines}
        self._clashing = conflicts(lines)
        self._language, self._zone, self._now = language, zone, now

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines)

    def __getitem__(self, visit_id: int) -> ChipText:
        conflict = visit_id in self._clashing
        return chip_text(
            self._lines[visit_id], language=self._language, zone=self._zone, now=self._now, conflict=conflict
        )


def moved_words(line: VisitLine, span: Span, *, language: Language, zone: tzinfo) -> str:
    """What is told after ``line`` was given another time: where it went, or how long it takes now."""
    start, end = span.starts_at.astimezone(zone), span.ends_at.astimezone(zone)
    day, time = language.formats.day(start.date()), language.formats.time_range(start, end)
    name = line.distributor.display_name
    if line.visit.length == span.length:
        return language.tr("{name} moved to {day}, {time}", name=name, day=day, time=time)
    return language.tr("{name} now takes {time}, {day}", name=name, day=day, time=time)
