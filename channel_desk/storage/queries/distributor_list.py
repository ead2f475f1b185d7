"""The list of distributors: which ones, in which order.

This is the hottest path of the window, read before SQLAlchemy is loaded and again at each key: plain SQL on the
driver's connection. A list is an array of ids; lines are read for one page of ids at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress, islice
from typing import Final

from channel_desk.clock import Clock
from channel_desk.storage.file import Connection
from channel_desk.storage.giving_way import look_up
from channel_desk.storage.queries.distributor_lines import DistributorLine, frequent_characters, list_rows, read_ahead
from channel_desk.storage.queries.distributor_preview import DistributorPreview, preview
from channel_desk.storage.queries.list_order import count_all, first_by_name, sorted_ids
from channel_desk.storage.queries.list_query import PAGE, ListQuery, ListResult, Sort, View, times
from channel_desk.storage.queries.list_views import Facet, Facets, facets, narrowed, view_counts
from channel_desk.storage.search.members import flags_of, ids_of
from channel_desk.storage.search.name_order import NameOrder, is_name_order_known, name_order
from channel_desk.storage.search.query import SOURCES, first_names, search_ids

__all__ = [
    "PAGE",
    "DistributorLine",
    "DistributorPreview",
    "Facet",
    "Facets",
    "ListQuery",
    "ListResult",
    "Sort",
    "View",
    "facets",
    "first_ids",
    "frequent_characters",
    "list_ids",
    "list_rows",
    "name_order",
    "preview",
    "read_ahead",
    "view_counts",
]

#: Up to so many are sorted by their places; of more, the whole order is walked.
_FEW_HITS: Final = 2000
#: So many are put in order at once.
_PART: Final = 1 << 14


def list_ids(connection: Connection, query: ListQuery, *, clock: Clock) -> ListResult:
    """All ids of ``query`` in order."""
    parameters = times(clock)
    left = narrowed(connection, query, parameters)
    if not query.text.strip():
        order = sorted_ids(connection, query.sort, parameters, descending=query.descending)
        ids = array("q", order) if left is None else _among(connection, left, order)
        return ListResult(ids=ids, total=len(ids))
    hits = search_ids(connection, query.text)
    if left is not None:
        hits = hits.among(left)
    total = len(hits)
    ids = array("q")
    if total <= _FEW_HITS and query.sort == "name":
        names = name_order(connection)
        for members in hits.bits:
            ids.extend(names.by_name(ids_of(members), descending=query.descending))
    else:
        order = sorted_ids(connection, query.sort, parameters, descending=query.descending)
        for members in filter(None, hits.bits):
            ids.extend(_among(connection, members, order))
    return ListResult(ids=ids, total=total, source_counts=hits.counts)


def _among(connection: Connection, members: int, order: Sequence[int]) -> array[int]:
    """Those of ``order`` that are in the set ``members``."""
    flags = flags_of(members, name_order(connection).size)
    ids = array("q")
    for start in range(0, len(order), _PART):
        look_up(connection)
        part = order[start : start + _PART]
        ids.extend(compress(part, map(flags.__getitem__, part)))
    return ids


def first_ids(connection: Connection, query: ListQuery, *, clock: Clock, limit: int = PAGE) -> ListResult:
    """The first ``limit`` ids of ``query``, before all of them are known.

    It costs no more than :func:`list_ids` and, in the order of names, far less. When the answer is not ``complete``,
    show it and ask :func:`list_ids` for the rest. Where names fill the page nothing else is looked through, where
    contacts do no records are, and the answer is not ``counted``.
    """
    if query.sort != "name":
        return list_ids(connection, query, clock=clock)
    if query == ListQuery() and not is_name_order_known(connection):
        return ListResult(
            ids=first_by_name(connection, limit), total=(total := count_all(connection)), complete=total <= limit
        )
    left = narrowed(connection, query, times(clock))
    names = name_order(connection)
    if not query.text.strip():
        if left is None:
            ids = names.ids[: -limit - 1 : -1] if query.descending else names.ids[:limit]
            return ListResult(ids=ids, total=len(names.ids), complete=len(names.ids) <= limit)
        ids = array("q", _first(names, left, limit, descending=query.descending))
        return ListResult(ids=ids, total=(total := left.bit_count()), complete=total <= limit)
    if left is None and not query.descending:
        ids = array("q", first_names(connection, query.text, limit + 1))
        if len(ids) > limit:
            return ListResult(ids=ids[:limit], total=len(ids), complete=False, counted=False)
    for sources in range(1, len(SOURCES) + 1):
        hits = search_ids(connection, query.text, sources=sources)
        hits = hits if left is None else hits.among(left)
        if len(hits) > limit:
            break
    ids = array("q")
    for members in filter(None, hits.bits):
        if len(ids) < limit:
            ids.extend(_first(names, members, limit - len(ids), descending=query.descending))
    return ListResult(
        ids=ids,
        total=len(hits),
        source_counts=hits.counts,
        complete=len(hits) <= limit,
        counted=sources == len(SOURCES),
    )


def _first(names: NameOrder, members: int, limit: int, *, descending: bool) -> Iterable[int]:
    """The first ``limit`` of ``members``: sorted when they are few, met on a walk through the order when many."""
    if members.bit_count() <= _FEW_HITS:
        return names.by_name(ids_of(members), descending=descending)[:limit]
    flags = flags_of(members, names.size)
    order = reversed(names.ids) if descending else iter(names.ids)
    return islice(filter(flags.__getitem__, order), limit)
