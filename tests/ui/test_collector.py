"""The collector of cycles runs when nobody waits, and only then."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from threading import Event

from channel_desk.ui.collector import IdleCollector
from channel_desk.ui.tasks import Tasks


class Knot:
    """Holds itself, so that only the collector ends it."""

    def __init__(self) -> None:
        self.itself = self


def forgotten_knots() -> list[weakref.ref[Knot]]:
    """More knots that nobody knows any more than Python lets pass without a look."""
    gc.collect()
    return [weakref.ref(Knot()) for _ in range(gc.get_threshold()[0] + 100)]


def test_that_forgotten_knots_go_when_nothing_is_under_way(tasks: Tasks, settle: Callable[[], None]) -> None:
    settle()
    collector = IdleCollector(tasks)
    knots = forgotten_knots()
    collector.collect_if_due()
    assert not any(knot() for knot in knots)


def test_that_nothing_is_collected_while_the_worker_works(tasks: Tasks, settle: Callable[[], None]) -> None:
    settle()
    collector = IdleCollector(tasks)
    may_end = Event()
    tasks.read(lambda _: may_end.wait(10), lambda _: None, owner=collector)
    knots = forgotten_knots()
    collector.collect_if_due()
    assert all(knot() for knot in knots)
    may_end.set()
    settle()
    collector.collect_if_due()
    assert not any(knot() for knot in knots)
