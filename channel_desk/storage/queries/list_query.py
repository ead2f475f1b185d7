"""What can be asked of the list of distributors, and the answer: ids in order."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from typing import Any, Final, Literal

from channel_desk.clock import Clock
from channel_desk.domain.distributors import PROFILE_REVIEW_DAYS, Status, Tier
from channel_desk.domain.stance import seen_lately_from
from channel_desk.domain.visits import VisitStatus
from channel_desk.storage.kinds import TOOK_PLACE_STATUSES
from channel_desk.storage.stored import moment_text

#: Rows that are read at once: what most screens show. What is not seen makes each key slower.
PAGE: Final = 20

Sort = Literal[
    "name", "code", "city", "region", "tier", "status", "last_visit", "next_visit", "late", "open", "confirmed"
]


class View(str, Enum):
    """The ready-made views above the list."""

    ALL = "all"
    AT_RISK = "at_risk"
    LATE = "late"
    STALE = "stale"
    NOT_VISITED = "not_visited"


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """What is asked for. Empty sets do not filter; ``None`` among ``tiers`` means those without one."""

    text: str = ""
    tiers: frozenset[Tier | None] = frozenset()
    statuses: frozenset[Status] = frozenset()
    regions: frozenset[str] = frozenset()
    view: View = View.ALL
    sort: Sort = "name"
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class ListResult:
    """The ids in order: found by name first, then by contact, then by record; sorted within each.

    ``complete`` is False when ``ids`` holds only the first page. ``total`` and ``source_counts`` (name, contact,
    record; all zero without a text) are exact all the same if ``counted``; else there are at least so many.
    """

    ids: array[int]
    total: int
    source_counts: tuple[int, int, int] = (0, 0, 0)
    complete: bool = True
    counted: bool = True


# -- pieces of statements; all of them are constants, values are always bound --------------------------------------

HAPPENED: Final = f"status IN ({TOOK_PLACE_STATUSES})"
PLANNED: Final = f"status = '{VisitStatus.PLANNED.value}' AND starts_at > :now"


def times(clock: Clock) -> dict[str, Any]:
    """The parameters that views and counts compare with."""
    today = clock.today()
    return {
        "today": today.isoformat(),
        "now": moment_text(clock.now()),
        "fresh_from": (today - timedelta(days=PROFILE_REVIEW_DAYS)).isoformat(),
        "visited_from": moment_text(datetime.combine(seen_lately_from(today), time.min, clock.zone)),
    }
