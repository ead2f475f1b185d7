from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from channel_desk.clock import FixedClock
from channel_desk.domain.commitments import Commitment, Direction
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
    "the number of unwritten visits": lambda reader: tagged.count_unwritten(reader, reader.clock.now(), most=9),
    "what we owe": lambda reader: tagged.commitment_lines(reader, direction=Direction.OURS, limit=100),
    "how much each side owes": lambda reader: tagged.count_pending(reader, most=9),
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
    assert store.read(lambda reader: tagged.count_unwritten(reader, now, most=99)) == len(unwritten)
    in_order = [line.visit.ends_at for line in store.read(lambda reader: tagged.unwritten_visits(reader, now))]
    assert in_order == sorted(in_order, reverse=True)
    for limit in range(1, len(unwritten) + 1):
        few = store.read(lambda reader, limit=limit: tagged.unwritten_visits(reader, now, limit=limit))
        assert [line.visit.ends_at for line in few] == in_order[:limit]


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
    looked = [step for step in plan if step.startswith(("SCAN", "SEARCH")) and " d " not in step]
    sifted = [step for step in looked if "(subquery-" not in step and step != "SCAN CONSTANT ROW"]
    assert any("COVERING INDEX" in step for step in sifted), plan
    assert not [step for step in sifted if "INDEX" not in step and "rowid=?" not in step], plan


def test_that_a_day_begins_as_fast_however_much_was_left_open(store: Store) -> None:
    """Tens of thousands of promises and visits, counted and sorted whole, were a fifth of the start."""
    furnish(store)
    now, hour = store.clock.now(), timedelta(hours=1)

    def steps(many: int) -> int:
        visits = [
            Visit(
                distributor_id=DistributorId(1), starts_at=now - n * hour, ends_at=now - n * hour + hour, status=status
            )
            for n in range(1, many)
            for status in (VisitStatus.PLANNED, VisitStatus.HELD)
        ]
        promises = [
            Commitment(distributor_id=DistributorId(1), direction=direction, text="Samples")
            for direction in Direction
            for _ in range(many)
        ]
        store.write("Import", lambda uow: (uow.insert_many(visits), uow.insert_many(promises)))
        taken = [0]

        def count() -> int:
            taken[0] += 1
            return 0

        def work(reader: Reader) -> None:
            reader.raw.set_progress_handler(count, 1)
            try:
                tagged.unwritten_visits(reader, now, limit=5)
                tagged.count_unwritten(reader, now, most=20)
                tagged.count_pending(reader, most=20)
                tagged.commitment_lines(reader, direction=Direction.OURS, limit=5)
            finally:
                reader.raw.set_progress_handler(None, 0)

        store.read(work)
        return taken[0]

    few = steps(50)
    assert few
    assert steps(900) < few * 1.1
