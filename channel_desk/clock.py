"""The only source of the current time. Injected, so that tests and the sample data choose their own today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Protocol


class Clock(Protocol):
    """Tells the time in aware UTC, and the calendar day where the user is."""

    @property
    def zone(self) -> tzinfo:
        """The zone the user lives in."""
        ...

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The calendar day in :attr:`zone`."""
        ...


#: A year that every system has rules for.
_ANY_YEAR = 2000


class LocalZone(tzinfo):
    """The zone of this machine, summer time included: the system is asked, once for each quarter of an hour.

    The ``tzinfo`` that :meth:`datetime.astimezone` gives will not do: it has the offset of one moment for all others.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        return None if dt is None else _offset(_quarter(dt), dt.fold)

    def dst(self, _dt: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _dt: datetime | None) -> str | None:
        return None

    def fromutc(self, dt: datetime) -> datetime:
        offset, fold = _from_utc(_quarter(dt))
        local = dt + offset
        return local.replace(fold=1) if fold else local


def _quarter(moment: datetime) -> datetime:
    """The beginning of the quarter of an hour, naive and not folded."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0, tzinfo=None, fold=0)


@lru_cache(maxsize=4096)
def _from_utc(moment: datetime) -> tuple[timedelta, int]:
    """The offset at a moment of UTC, and 1 when its clock time comes for the second time: summer time has ended."""
    offset = _offset(moment.replace(tzinfo=UTC), 0)
    return offset, int(_offset(moment + offset, 0) != offset)


@lru_cache(maxsize=4096)
def _offset(moment: datetime, fold: int) -> timedelta:
    """The offset of this machine from UTC at ``moment``, which is local if it is naive."""
    try:
        found = moment.replace(fold=fold).astimezone().utcoffset()
    except (OSError, OverflowError, ValueError):
        if moment.year == _ANY_YEAR:
            raise
        return _offset(moment.replace(year=_ANY_YEAR), fold)
    return found or timedelta()


class SystemClock:
    """The clock of this machine."""

    zone: tzinfo = LocalZone()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()


@dataclass
class FixedClock:
    """A clock that stands still until told to go on; for tests and reproducible documents."""

    at: datetime
    zone: tzinfo = field(default=UTC)

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def advance(self, by: timedelta) -> None:
        self.at += by
