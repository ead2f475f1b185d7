"""Everything the page of the day shows, in one read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import PENDING, Commitment, Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import CommitmentLine, VisitLine
from channel_desk.services.briefs import Checklists, gather_brief
from channel_desk.services.commitments import open_commitments
from channel_desk.services.visits import count_unwritten, next_visit, unwritten_visits, visits_between
from channel_desk.storage.reader import Reader

#: Lines of a list that are read; nobody works through more on one day.
MOST = 100


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
    #: How many there are of each in all; the lists hold the first :data:`MOST` of them.
    unwritten_total: int = 0
    ours_total: int = 0
    theirs_total: int = 0
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
    unwritten = unwritten_visits(reader, limit=MOST + 1)
    others = tuple(one for one in unwritten if line is None or one.visit.id != line.visit.id)
    return TodayFacts(
        now=reader.clock.now(),
        zone=zone,
        days=days,
        visits=visits_between(reader, start, end),
        coming=coming,
        unwritten=others[:MOST],
        ours=open_commitments(reader, Direction.OURS, limit=MOST),
        theirs=open_commitments(reader, Direction.THEIRS, limit=MOST),
        unwritten_total=count_unwritten(reader) - (len(unwritten) - len(others)),
        ours_total=reader.count(Commitment, direction=Direction.OURS, status=tuple(PENDING)),
        theirs_total=reader.count(Commitment, direction=Direction.THEIRS, status=tuple(PENDING)),
        is_empty=not reader.all(Distributor, limit=1),
    )
