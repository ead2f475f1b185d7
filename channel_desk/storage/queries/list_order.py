"""The orders of the list.

The order by name is kept in memory; every other order is made from it, so that equal ones stand by name.
"""
# ruff: noqa: S608 - statements are put together from the constants of this package alone; every value is bound

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any, Final

from channel_desk.domain.distributors import Status
from channel_desk.storage.file import Connection
from channel_desk.storage.kinds import PENDING_STATUSES
from channel_desk.storage.queries.list_query import HAPPENED, PLANNED, Sort
from channel_desk.storage.search.name_order import NameOrder, name_order

_STATUS_RANKS: Final = {status.value: rank for rank, status in enumerate(Status)}
_COLUMNS: Final[dict[str, str]] = {
    "city": "city_key",
    "region": "region",
    "tier": "tier",
    "status": "status",
    "confirmed": "confirmed_on",
}
#: Visits by time, with their distributors. A last visit is met first from the end, a next one from the beginning.
_VISITS: Final[dict[str, str]] = {
    "last_visit": f"""SELECT json_group_array(distributor_id) FROM visits INDEXED BY
        ix_visits_starts_at_status_distributor_id WHERE {HAPPENED}
        GROUP BY starts_at ORDER BY starts_at DESC""",
    "next_visit": f"""SELECT json_group_array(distributor_id) FROM visits INDEXED BY
        ix_visits_starts_at_status_distributor_id WHERE {PLANNED}
        GROUP BY starts_at ORDER BY starts_at""",
}
_OPEN: Final = f"SELECT json_group_array(distributor_id) FROM commitments WHERE status IN ({PENDING_STATUSES})"
_LATE: Final = f"{_OPEN} AND due_on < :today"


def first_by_name(connection: Connection, limit: int) -> array[int]:
    """The first ids by name, without reading the others."""
    statement = "SELECT distributor_id FROM search_keys ORDER BY name_label LIMIT ?"
    return array("q", [one for (one,) in connection.execute(statement, (limit,))])


def count_all(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM search_keys").fetchone()[0])


def sorted_ids(connection: Connection, sort: Sort, times: dict[str, Any], *, descending: bool = False) -> Sequence[int]:
    """All ids in the order asked for; empty values stand last in either direction."""
    names = name_order(connection)
    if sort == "name":
        return names.ids[::-1] if descending else names.ids
    if sort in _COLUMNS:
        return _by_column(names, _ranks(connection, names, sort), descending=descending)
    if sort == "code":
        return _by_code(connection, descending=descending)
    groups = [names.by_name(group) for group in _groups(connection, sort, times)]
    if descending != (sort in {"last_visit", "late", "open"}):
        groups.reverse()
    with_value = [one for group in groups for one in group]
    found = bytearray(names.size)
    for one in with_value:
        found[one] = 1
    return array("q", with_value) + array("q", [one for one in names.ids if not found[one]])


def _ranks(connection: Connection, names: NameOrder, sort: str) -> array[int]:
    """By id, the rank of each one's value among all values of a column; 0 for none."""
    known = names.ranks.get(sort)
    if known is None:
        numbers: defaultdict[Any, int] = defaultdict(count().__next__)
        met = array("i", bytes(array("i").itemsize * names.size))
        statement = f"SELECT distributor_id, {_COLUMNS[sort]} FROM search_keys INDEXED BY ix_search_keys_filters"
        for one, value in connection.execute(statement):
            met[one] = numbers[value]
        key: Callable[[Any], Any] = _STATUS_RANKS.__getitem__ if sort == "status" else str
        ranks = {value: rank for rank, value in enumerate(sorted(filter(None, numbers), key=key), start=1)}
        rank_of_number = array("i", [ranks.get(value, 0) for value in numbers])
        known = names.ranks[sort] = array("i", map(rank_of_number.__getitem__, met))
    return known


def _by_column(names: NameOrder, ranks: array[int], *, descending: bool) -> array[int]:
    places: dict[int, list[int]] = defaultdict(list)
    for one in names.ids:
        places[ranks[one]].append(one)
    empty = places.pop(0, [])
    return array("q", [one for rank in sorted(places, reverse=descending) for one in places[rank]] + empty)


def _by_code(connection: Connection, *, descending: bool) -> array[int]:
    way = "DESC" if descending else "ASC"
    statement = (
        "SELECT json_group_array(distributor_id) FROM (SELECT distributor_id FROM search_keys"
        f" ORDER BY code = '', code {way}, name_label {way})"
    )
    return array("q", json.loads(connection.execute(statement).fetchone()[0]))


def _counted(connection: Connection, statement: str, times: dict[str, Any]) -> Counter[int]:
    return Counter(json.loads(connection.execute(statement, times).fetchone()[0]))


def _groups(connection: Connection, sort: str, times: dict[str, Any]) -> Iterator[Iterable[int]]:
    """Distributors of equal value: latest last visit, most promises (late ones first) or nearest next visit first."""
    if sort in {"late", "open"}:
        late = _counted(connection, _LATE, times) if sort == "late" else Counter[int]()
        by_count: dict[tuple[int, int], list[int]] = defaultdict(list)
        for one, number in _counted(connection, _OPEN, times).items():
            by_count[late[one], number].append(one)
        for counts in sorted(by_count, reverse=True):
            yield by_count[counts]
        return
    met: set[int] = set()
    for (text,) in connection.execute(_VISITS[sort], times):
        new = set(json.loads(text)) - met
        met |= new
        yield new
