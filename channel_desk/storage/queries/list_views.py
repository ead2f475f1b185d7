"""What narrows the list: the ready-made views and the filters, each as a set of distributors, and their counts."""
# ruff: noqa: S608 - statements are put together from the constants of this package alone; every value is bound

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any, Final

from channel_desk.clock import Clock
from channel_desk.domain.distributors import Status, Tier
from channel_desk.storage.file import Connection
from channel_desk.storage.kept import kept_of
from channel_desk.storage.kinds import PENDING_STATUSES
from channel_desk.storage.queries.list_query import HAPPENED, ListQuery, View, times
from channel_desk.storage.search.members import bits_of
from channel_desk.storage.search.name_order import name_order

_KEYS: Final = "SELECT json_group_array(distributor_id) FROM search_keys INDEXED BY ix_search_keys_filters"
_AT_RISK: Final = f"{_KEYS} WHERE status = '{Status.AT_RISK.value}'"
_STALE: Final = f"{_KEYS} WHERE confirmed_on IS NULL OR confirmed_on < :fresh_from"
_ENDED: Final = f"{_KEYS} WHERE status = '{Status.ENDED.value}'"
_LATE: Final = f"""SELECT json_group_array(distributor_id) FROM commitments
    WHERE status IN ({PENDING_STATUSES}) AND due_on < :today"""
_VISITED: Final = f"""SELECT json_group_array(distributor_id)
    FROM visits INDEXED BY ix_visits_starts_at_status_distributor_id
    WHERE starts_at >= :visited_from AND {HAPPENED}"""


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


@dataclass(frozen=True)
class _KeptView:
    """A view's members, true on one day as long as nothing is written."""

    changes: int
    day: tuple[str, str]
    members: int


def _view(connection: Connection, view: View, parameters: dict[str, Any]) -> int:
    """The members of a view, kept from the last time where nothing was written since and the day is the same."""
    if connection.in_transaction:
        return _view_members(connection, view, parameters)
    views, changes = kept_of(connection).views, connection.total_changes
    day = (parameters["today"], parameters["visited_from"])
    known: _KeptView | None = views.get(view)
    if known is None or (known.changes, known.day) != (changes, day):
        known = views[view] = _KeptView(changes, day, _view_members(connection, view, parameters))
    return known.members


def _view_members(connection: Connection, view: View, parameters: dict[str, Any]) -> int:
    if view is View.NOT_VISITED:
        left_out = _members(connection, _ENDED, parameters) | _members(connection, _VISITED, parameters)
        return name_order(connection).members & ~left_out
    if view is View.ALL:
        return name_order(connection).members
    statement = {View.AT_RISK: _AT_RISK, View.LATE: _LATE, View.STALE: _STALE}[view]
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


def view_counts(connection: Connection, *, clock: Clock) -> dict[View, int]:
    """How many distributors each view holds."""
    parameters = times(clock)
    return {view: _view(connection, view, parameters).bit_count() for view in View}


def facets(connection: Connection) -> Facets:
    """What can be filtered by, with counts; regions by name, tiers and statuses in their own order."""
    kept = kept_of(connection)
    if kept.facets is not None and kept.facets[0] == kept.names and not connection.in_transaction:
        known: Facets = kept.facets[1]
        return known
    found = _count_facets(connection)
    if not connection.in_transaction:
        kept.facets = (kept.names, found)
    return found


def _count_facets(connection: Connection) -> Facets:
    found: dict[str, dict[str, int]] = {"region": {}, "tier": {}, "status": {}}
    for status, tier, region, count in connection.execute(
        "SELECT status, tier, region, count(*) FROM search_keys INDEXED BY ix_search_keys_filters GROUP BY 1, 2, 3"
    ):
        for name, value in (("region", region), ("tier", tier or ""), ("status", status)):
            found[name][value] = found[name].get(value, 0) + count
    tiers, statuses = found["tier"], found["status"]
    return Facets(
        regions=tuple(Facet(value=value, count=found["region"][value]) for value in sorted(found["region"]) if value),
        tiers=tuple(Facet(value=tier.value, count=tiers[tier.value]) for tier in Tier if tier.value in tiers),
        statuses=tuple(Facet(value=one.value, count=statuses[one.value]) for one in Status if one.value in statuses),
    )
