from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from channel_desk.clock import FixedClock
from channel_desk.domain.commitments import Direction
from channel_desk.domain.record import DistributorId
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.storage.queries import tagged
from channel_desk.storage.reader import Reader
from channel_desk.storage.store import Store
from tests.fixtures.desks import furnish

READS: dict[str, Callable[[Reader], object]] = {
    "the visits of two weeks": lambda reader: tagged.visits_between(
        reader, reader.clock.now(), reader.clock.now() + timedelta(days=14)
    ),
    "the next visit": lambda reader: tagged.next_visit(reader, reader.clock.now()),
    "the number of unwritten visits": lambda reader: tagged.count_unwritten(reader, reader.clock.now()),
    "what we owe": lambda reader: tagged.commitment_lines(reader, direction=Direction.OURS, limit=100),
    "how much each side owes": tagged.count_pending,
}


def test_that_the_list_of_unwritten_visits_holds_those_that_say_so_themselves(store: Store) -> None:
    """Each status with an end before, at and after now: the condition of the list is the rule of the record."""
    furnish(store)
    now, hour = store.clock.now(), timedelta(hours=1)
    every = [
        Visit(distributor_id=DistributorId(1), starts_at=now + off - hour, ends_at=now + off, status=status)
        for status in VisitStatus
        for off in (-hour, timedelta(0), hour)
    ]
    store.write("Plan", lambda uow: uow.insert_many(every))
    visits = store.read(lambda reader: reader.all(Visit))
    unwritten = {one.id for one in visits if one.is_unwritten(now)}
    assert 0 < len(unwritten) < len(visits)
    assert {line.visit.id for line in store.read(lambda reader: tagged.unwritten_visits(reader, now))} == unwritten
    assert store.read(lambda reader: tagged.count_unwritten(reader, now)) == len(unwritten)


@pytest.mark.parametrize("hours", range(0, 72, 3))
def test_that_the_next_visit_is_one_that_says_so_itself(store: Store, hours: int) -> None:
    """Each status with an end before, at and after now, in a zone far from UTC, at any hour of the day."""
    desk = furnish(store)
    store.write("Clear", lambda uow: uow.update(Visit, desk.visit, status=VisitStatus.CANCELLED))
    assert isinstance(store.clock, FixedClock)
    store.clock.zone = ZoneInfo("Asia/Shanghai")
    store.clock.advance(timedelta(hours=hours))
    now, hour = store.clock.now(), timedelta(hours=1)
    for status in VisitStatus:
        for off in (-24 * hour, -6 * hour, timedelta(0), 6 * hour):
            visit = Visit(distributor_id=DistributorId(1), starts_at=now + off - hour, ends_at=now + off, status=status)
            visit_id = store.write("Plan", lambda uow, one=visit: uow.insert(one)).result
            found = store.read(lambda reader: tagged.next_visit(reader, now))
            assert (found is not None) is visit.is_coming(now, store.clock.zone), (status, off)
            store.write("Take away", lambda uow, one=visit_id: uow.delete(Visit, one))


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_that_years_of_visits_and_promises_are_sifted_by_the_index_alone(
    store: Store, read: Callable[[Reader], object]
) -> None:
    """Whole rows read for all that is sifted made the first page of a large desk take seconds."""
    statements: list[str] = []

    def work(reader: Reader) -> list[str]:
        reader.raw.set_trace_callback(statements.append)
        try:
            read(reader)
        finally:
            reader.raw.set_trace_callback(None)
        plan = reader.raw.execute(f"EXPLAIN QUERY PLAN {statements[-1]}").fetchall()
        return [str(row[3]) for row in plan]

    plan = store.read(work)
    assert len(statements) == 1
    sifted = [step for step in plan if step.startswith(("SCAN", "SEARCH")) and " d " not in step]
    assert any("COVERING INDEX" in step for step in sifted), plan
    assert not [step for step in sifted if "INDEX" not in step and "rowid=?" not in step], plan
