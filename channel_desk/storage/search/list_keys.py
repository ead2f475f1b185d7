"""The rows of ``search_keys``: what lists sort and filter by, a narrow copy of every distributor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from channel_desk.domain.distributors import shown_name
from channel_desk.domain.keys import sort_key
from channel_desk.storage.file import Connection
from channel_desk.storage.kept import kept_of
from channel_desk.storage.search import labels

_SOURCE: Final = """SELECT d.id, d.short_name, d.name, d.city, d.code, d.tier, d.status, d.region, d.confirmed_on
    FROM json_each(?) AS wanted CROSS JOIN distributors AS d ON d.id = wanted.value"""
_STORED: Final = """SELECT k.distributor_id, k.sort_key, k.name_label
    FROM json_each(?) AS wanted CROSS JOIN search_keys AS k ON k.distributor_id = wanted.value"""
_NEW: Final = "INSERT INTO search_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"
#: A name that sorts elsewhere needs another label; what did not change is not written.
_CHANGED: Final = (
    "UPDATE search_keys SET name_label = iif(sort_key = ?2, name_label, 0), sort_key = ?2, city_key = ?3, code = ?4,"
    " tier = ?5, status = ?6, region = ?7, confirmed_on = ?8 WHERE distributor_id = ?1"
    " AND (sort_key, city_key, code, tier, status, region, confirmed_on) IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8)"
)
#: Cities come again and again.
_city_key = lru_cache(maxsize=1024)(sort_key)


def renew(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Renew the rows of ``ids``; of deleted distributors they go.

    Returns the former labels of all whose label is another one now or is gone, neighbours that moved among them.
    """
    before = connection.total_changes
    wanted = json.dumps(ids)
    stored = {one: (key, label) for one, key, label in connection.execute(_STORED, (wanted,))}
    rows = {row[0]: row for row in map(_row, connection.execute(_SOURCE, (wanted,)))}
    gone = [one for one in stored if one not in rows]
    connection.executemany("DELETE FROM search_keys WHERE distributor_id = ?", [(one,) for one in gone])
    connection.executemany(_CHANGED, [row for one, row in rows.items() if one in stored])
    connection.executemany(_NEW, [row for one, row in rows.items() if one not in stored])
    former = {one: label for one, (key, label) in stored.items() if one not in rows or rows[one][1] != key}
    if connection.total_changes > before:
        kept_of(connection).note_names()
    # Its own, not one that it had for a moment while neighbours moved.
    return labels.settle(connection) | former


def _row(columns: Sequence[Any]) -> tuple[Any, ...]:
    distributor_id, short_name, name, city, *rest = columns
    return (distributor_id, sort_key(shown_name(name, short_name)), _city_key(city), *rest)
