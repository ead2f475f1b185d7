"""Everything the page of the day shows: the visits in one read, what is open in another, so that neither waits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import CommitmentLine, VisitLine
from channel_desk.services.briefs import Checklists, gather_brief
from channel_desk.services.commitments import count_open, open_commitments
from channel_desk.services.visits import count_unwritten, next_visit, unwritten_visits, visits_between
from channel_desk.storage.reader import Reader

#: Promises of each side that stand there before all are asked for, and those that are read then: nobody works through
#: more on one day. Each line read costs the start a look at its distributor.
FEW_PROMISES = 5
MOST_PROMISES = 100
#: Visits not written up that are listed; the others come up as these are written.
UNWRITTEN = 8
#: Counted no further: with tens of thousands open the day must begin as fast.
MOST_COUNTED = 1_000


class DayFacts(NamedTuple):
    """``days`` are today and the days that follow; ``visits`` are those of all of them, by start."""

    now: datetime
    zone: tzinfo
    days: tuple[date, ...]
    visits: tuple[VisitLine, ...]
    #: The visit that runs or comes next, with everything about it.
    coming: BriefFacts | None
    #: Whether there is nobody to visit yet.
    is_empty: bool = False

    @property
    def today(self) -> date:
        return self.days[0]


class OpenFacts(NamedTuple):
    """What is still open on ``today``; the totals count what the lists are too short for.

    A total above :data:`MOST_COUNTED` says that there are more than so many, not how many.
    """

    zone: tzinfo
    today: date
    #: Visits over or begun but not closed, the last to end first; without the coming one.
    unwritten: tuple[VisitLine, ...]
    ours: tuple[CommitmentLine, ...]
    theirs: tuple[CommitmentLine, ...]
    unwritten_total: int = 0
    ours_total: int = 0
    theirs_total: int = 0


def gather_day(reader: Reader, *, days: tuple[date, ...], checklists: Checklists) -> DayFacts:
    """The visits of ``days``, of which the first is today; a fixed number of statements."""
    zone = reader.clock.zone
    start = datetime.combine(days[0], time.min, zone)
    end = datetime.combine(days[-1] + timedelta(days=1), time.min, zone)
    line = next_visit(reader)
    return DayFacts(
        now=reader.clock.now(),
        zone=zone,
        days=days,
        visits=visits_between(reader, start, end),
        coming=None if line is None else gather_brief(reader, line.visit.id, checklists=checklists),
        is_empty=not reader.all(Distributor, limit=1),
    )


def gather_open(reader: Reader, *, promises: int = MOST_PROMISES) -> OpenFacts:
    """What is open today, with at most so many ``promises`` of each side; a fixed number of statements."""
    coming = next_visit(reader)
    unwritten = unwritten_visits(reader, limit=UNWRITTEN + 1)
    others = tuple(one for one in unwritten if coming is None or one.visit.id != coming.visit.id)
    pending = count_open(reader, most=MOST_COUNTED + 1)
    return OpenFacts(
        zone=reader.clock.zone,
        today=reader.clock.today(),
        unwritten=others[:UNWRITTEN],
        ours=open_commitments(reader, Direction.OURS, limit=promises),
        theirs=open_commitments(reader, Direction.THEIRS, limit=promises),
        # The coming one is counted with them and is none of them.
        unwritten_total=count_unwritten(reader, most=MOST_COUNTED + 2) - (len(unwritten) - len(others)),
        ours_total=pending[Direction.OURS],
        theirs_total=pending[Direction.THEIRS],
    )
