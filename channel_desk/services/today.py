"""Everything the page of the day shows, in one read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import CommitmentLine, VisitLine
from channel_desk.services.briefs import Checklists, gather_brief
from channel_desk.services.commitments import open_commitments
from channel_desk.services.visits import next_visit, unwritten_visits, visits_between
from channel_desk.storage.reader import Reader


@dataclass(frozen=True)
class TodayFacts:
    """``days`` are today and the days that follow; ``visits`` are those of all of them, by start."""

    now: datetime
    zone: tzinfo
    days: tuple[date, ...]
    visits: tuple[VisitLine, ...]
    #: The visit that runs or comes next, with everything about it.
    coming: BriefFacts | None
    #: Over or begun but not closed, newest first; without the coming one.
    unwritten: tuple[VisitLine, ...]
    ours: tuple[CommitmentLine, ...]
    theirs: tuple[CommitmentLine, ...]
    #: Whether there is nobody to visit yet.
    is_empty: bool = False

    @property
    def today(self) -> date:
        return self.days[0]


def gather_today(reader: Reader, *, days: tuple[date, ...], checklists: Checklists) -> TodayFacts:
    """What stands on the desk on the first of ``days``; a fixed number of statements."""
    zone = reader.clock.zone
    start = datetime.combine(days[0], time.min, zone)
    end = datetime.combine(days[-1] + timedelta(days=1), time.min, zone)
    line = next_visit(reader)
    coming = None if line is None else gather_brief(reader, line.visit.id, checklists=checklists)
    return TodayFacts(
        now=reader.clock.now(),
        zone=zone,
        days=days,
        visits=visits_between(reader, start, end),
        coming=coming,
        unwritten=tuple(one for one in unwritten_visits(reader) if line is None or one.visit.id != line.visit.id),
        ours=open_commitments(reader, Direction.OURS),
        theirs=open_commitments(reader, Direction.THEIRS),
        is_empty=not reader.all(Distributor, limit=1),
    )
