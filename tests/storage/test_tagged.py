from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from channel_desk.domain.commitments import Direction
from channel_desk.storage.queries import tagged
from channel_desk.storage.reader import Reader
from channel_desk.storage.store import Store

READS: dict[str, Callable[[Reader], object]] = {
    "the visits of two weeks": lambda reader: tagged.visits_between(
        reader, reader.clock.now(), reader.clock.now() + timedelta(days=14)
    ),
    "the next visit": lambda reader: tagged.next_visit(reader, reader.clock.now()),
    "the number of unwritten visits": lambda reader: tagged.count_unwritten(reader, reader.clock.now()),
    "what we owe": lambda reader: tagged.commitment_lines(reader, direction=Direction.OURS, limit=100),
    "how much each side owes": tagged.count_pending,
}


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
