"""The only source of the current time. Injected, so that tests and the sample data choose their own today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
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


def local_zone() -> tzinfo:
    """The zone of this machine."""
    return datetime.now(UTC).astimezone().tzinfo or UTC


class SystemClock:
    """The clock of this machine."""

    @property
    def zone(self) -> tzinfo:
        return local_zone()

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
