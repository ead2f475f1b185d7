"""What narrows the list: the ready-made views and the filters, each as a set of distributors, and their counts."""
# ruff: noqa: S608 - statements are put together from the constants of this package alone; every value is bound

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any, Final

from channel_desk.domain.distributors import Status, Tier
from channel_desk.storage.file import Connection
from channel_desk.storage.queries.list_query import HAPPENED, PENDING_STATUSES, ListQuery, View, times
from channel_desk.storage.search.members import bits_of

_KEYS: Final = "SELECT json_group_array(distributor_id) FROM search_keys INDEXED BY ix_search_keys_name"
_AT_RISK: Final = f"{_KEYS} WHERE status = '{Status.AT_RISK.value}'"
_STALE: Final = f"{_KEYS} WHERE confirmed_on IS NULL OR confirmed_on < :fresh_from"
_GOING_ON: Final = f"{_KEYS} WHERE status <> '{Status.ENDED.value}'"
_LATE: Final = f"""SELECT json_group_array(distributor_id) FROM commitments
    WHERE status IN ({PENDING_STATUSES}) AND due_on < :today"""
_VISITED: Final = f"""SELECT json_group_array(distributor_id) FROM visits
    INDEXED BY ix_visits_starts_at_status_distributor_id WHERE starts_at >= :visited_from AND {HAPPENED}"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """One value to filter by, with how many distributors have it."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Facets:
    regions: tuple[Facet, ...]
    tiers: tuple[Facet, ...]
    statuses: tuple[Facet, ...]


def _members(connection: Connection, statement: str, parameters: dict[str, Any]) -> int:
    return bits_of(json.loads(connection.execute(statement, parameters).fetchone()[0]))


def _view(connection: Connection, view: View, parameters: dict[str, Any]) -> int:
    if view is View.NOT_VISITED:
        going_on = _members(connection, _GOING_ON, parameters)
        return going_on & ~_members(connection, _VISITED, parameters)
    statement = {View.ALL: _KEYS, View.AT_RISK: _AT_RISK, View.LATE: _LATE, View.STALE: _STALE}[view]
    return _members(connection, statement, parameters)


def narrowed(connection: Connection, query: ListQuery, parameters: dict[str, Any]) -> int | None:
    """The set of distributors that view and filters of ``query`` leave; None when all are left."""
    sets = [] if query.view is View.ALL else [_view(connection, query.view, parameters)]
    conditions = []
    values: dict[str, Any] = {}
    if query.tiers:
        values["tiers"] = json.dumps([tier.value for tier in query.tiers if tier is not None])
        without = " OR tier IS NULL" if None in query.tiers else ""
        conditions.append(f"(tier IN (SELECT value FROM json_each(:tiers)){without})")
    for column, wanted in (("status", query.statuses), ("region", query.regions)):
        if wanted:
            values[column] = json.dumps(sorted(map(str, wanted)), ensure_ascii=False)
            conditions.append(f"{column} IN (SELECT value FROM json_each(:{column}))")
    if conditions:
        sets.append(_members(connection, f"{_KEYS} WHERE {' AND '.join(conditions)}", values))
    return reduce(and_, sets) if sets else None


def view_counts(connection: Connection, *, today: date, now: datetime) -> dict[View, int]:
    """How many distributors each view holds."""
    parameters = times(today, now)
    total, at_risk, stale = connection.execute(
        f"""SELECT count(*), total(status = '{Status.AT_RISK.value}'),
        total(confirmed_on IS NULL OR confirmed_on < :fresh_from) FROM search_keys INDEXED BY ix_search_keys_name""",
        parameters,
    ).fetchone()
    return {
        View.ALL: total,
        View.AT_RISK: int(at_risk),
        View.LATE: _view(connection, View.LATE, parameters).bit_count(),
        View.STALE: int(stale),
        View.NOT_VISITED: _view(connection, View.NOT_VISITED, parameters).bit_count(),
    }


def facets(connection: Connection) -> Facets:
    """What can be filtered by, with counts; regions by name, tiers and statuses in their own order."""
    found: dict[str, dict[str, int]] = {"region": {}, "tier": {}, "status": {}}
    for region, tier, status, count in connection.execute(
        "SELECT region, tier, status, count(*) FROM search_keys GROUP BY region, tier, status"
    ):
        for name, value in (("region", region), ("tier", tier or ""), ("status", status)):
            found[name][value] = found[name].get(value, 0) + count
    tiers, statuses = found["tier"], found["status"]
    return Facets(
        regions=tuple(Facet(value=value, count=found["region"][value]) for value in sorted(found["region"]) if value),
        tiers=tuple(Facet(value=tier.value, count=tiers[tier.value]) for tier in Tier if tier.value in tiers),
        statuses=tuple(Facet(value=one.value, count=statuses[one.value]) for one in Status if one.value in statuses),
    )
