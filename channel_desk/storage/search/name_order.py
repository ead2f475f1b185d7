"""All distributors by name, kept in memory: what every other order and every answer of the index is made from."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Final

from channel_desk.storage.file import Connection
from channel_desk.storage.kept import kept_of
from channel_desk.storage.search.members import bits_of

#: One JSON text is read three times as fast as a row for each.
_READ: Final = """SELECT json_group_array(distributor_id), json_group_array(name_label) FROM
    (SELECT distributor_id, name_label FROM search_keys ORDER BY name_label)"""
#: Of more labels than one in so many, all from the first to the last are walked through instead of looking for each.
_SPARSE: Final = 32


class NameOrder:
    """``ids`` are in the order of names, ``places`` has the place of each id, ``labels`` the label at each place."""

    def __init__(self, ids: Sequence[int], labels: Sequence[int]) -> None:
        self.ids = array("q", ids)
        self.labels = array("q", labels)
        #: Beyond the largest id.
        self.size = max(ids, default=0) + 1
        self.places = array("i", bytes(array("i").itemsize * self.size))
        for place, one in enumerate(ids):
            self.places[one] = place
        #: What else is kept as long as this order holds; see :mod:`channel_desk.storage.queries.list_order`.
        self.ranks: dict[str, array[int]] = {}
        self._members: int | None = None

    def by_name(self, ids: Iterable[int], *, descending: bool = False) -> list[int]:
        """``ids`` in the order of names."""
        return sorted(ids, key=self.places.__getitem__, reverse=descending)

    def with_labels(self, labels: Sequence[int]) -> list[int]:
        """The ids that have these labels, which ascend: those in the order of names."""
        if not labels:
            return []
        first, end = bisect_left(self.labels, labels[0]), bisect_right(self.labels, labels[-1])
        if len(labels) * _SPARSE > end - first:
            return list(compress(self.ids[first:end], map(set(labels).__contains__, self.labels[first:end])))
        return [self.ids[bisect_left(self.labels, label)] for label in labels]

    @property
    def members(self) -> int:
        """All ids as a set; see :mod:`channel_desk.storage.search.members`."""
        if self._members is None:
            self._members = bits_of(self.ids)
        return self._members


def name_order(connection: Connection) -> NameOrder:
    """The order by name; read anew only when a name was changed."""
    kept = kept_of(connection)
    if kept.order is not None and kept.order[0] == kept.names and not connection.in_transaction:
        known: NameOrder = kept.order[1]
        return known
    order = NameOrder(*map(json.loads, connection.execute(_READ).fetchone()))
    if not connection.in_transaction:
        kept.order = (kept.names, order)
    return order


def is_name_order_known(connection: Connection) -> bool:
    """Whether the order is in memory, so that it costs nothing to ask for it."""
    kept = kept_of(connection)
    return kept.order is not None and kept.order[0] == kept.names
