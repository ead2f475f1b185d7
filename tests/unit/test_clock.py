from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from channel_desk import clock
from channel_desk.clock import LocalZone, SystemClock


def naive(*parts: int) -> datetime:
    """What a clock on the wall shows."""
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


BERLIN = ZoneInfo("Europe/Berlin")
#: Clock times that come twice, or not at all, when summer time ends or begins.
ENDS = naive(2026, 10, 25, 0, 30)
BEGINS = naive(2026, 3, 29, 1)


@pytest.fixture(autouse=True, scope="module")
def berlin() -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("a process cannot choose its zone there")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        read_zone_again()
        yield
    read_zone_again()


def read_zone_again() -> None:
    """Tests that ran before may have asked for the same moments where the machine is."""
    time.tzset()
    clock._offset.cache_clear()
    clock._from_utc.cache_clear()


@given(st.datetimes(naive(1990, 1, 1), naive(2037, 1, 1)))
@example(ENDS)
@example(ENDS + timedelta(hours=1))
@example(BEGINS)
@example(BEGINS - timedelta(minutes=1))
def test_that_a_moment_has_the_clock_time_of_its_own_day(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    here, there = at.astimezone(LocalZone()), at.astimezone(BERLIN)
    assert (here.replace(tzinfo=None), here.fold) == (there.replace(tzinfo=None), there.fold)
    assert here.astimezone(UTC) == at


@given(st.datetimes(naive(1990, 1, 1), naive(2037, 1, 1)))
def test_that_a_clock_time_is_the_moment_it_is_on_its_own_day(local: datetime) -> None:
    assert local.replace(tzinfo=LocalZone()).utcoffset() == local.replace(tzinfo=BERLIN).utcoffset()


def test_that_what_is_planned_in_winter_for_summer_keeps_its_hour() -> None:
    planned = datetime(2027, 7, 1, 10, tzinfo=SystemClock().zone)
    assert planned.astimezone(UTC).hour == 8
    assert planned.astimezone(UTC).astimezone(SystemClock().zone).hour == 10


@pytest.mark.parametrize("year", [1, 1899, 2999, 9998])
def test_that_years_far_away_do_no_harm(year: int) -> None:
    at = datetime(year, 6, 1, 12, tzinfo=UTC)
    assert at.astimezone(LocalZone()).astimezone(UTC) == at
