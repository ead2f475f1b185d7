"""Figures beside their floors: the median of both, taken in turn, so that a drifting machine hurts them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure: ``value`` and ``floor`` in ``unit``; without a floor the ratio is None."""

    name: str
    value: float
    unit: str
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if not self.floor else self.value / self.floor

    def as_object(self) -> dict[str, object]:
        ratio = self.ratio
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "floor": None if self.floor is None else round(self.floor, 3),
            "ratio": None if ratio is None else round(ratio, 2),
        }


def milliseconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes once."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_turn(work: Callable[[], object], floor: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """Medians of ``work`` and ``floor`` in milliseconds, after one unmeasured round of each."""
    work()
    floor()
    times = [(milliseconds(work), milliseconds(floor)) for _ in range(rounds)]
    return statistics.median(one for one, _ in times), statistics.median(one for _, one in times)
