"""Labels: whole numbers in the order of names, with room between them for names that are yet to come.

The document of a distributor's names is numbered by its label, so the index gives names in their order, and the first
page of a hundred thousand hits without the others. Where there is no room left, neighbours move apart, and only they
(Dietz and Sleator, "Two algorithms for maintaining order in a list", 1987, in its simplest form).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from typing import Final

from channel_desk.storage.file import Connection

#: Between the labels of names that come one after the other at the end.
STEP: Final = 64
#: Where neighbours have to move, they get so much room.
_ROOM: Final = 4
#: Up to so many new names are each put between their neighbours; for more, all labels are looked at at once.
_FEW: Final = 64
#: So many neighbours on either side are looked at first.
_NEIGHBOURS: Final = 16

_NEW: Final = "SELECT sort_key, distributor_id FROM search_keys WHERE name_label = 0 ORDER BY 1, 2"
_ALL: Final = "SELECT distributor_id, name_label FROM search_keys ORDER BY sort_key, distributor_id"
_BEFORE: Final = """SELECT distributor_id, name_label FROM search_keys
    WHERE (sort_key, distributor_id) < (?, ?) AND name_label > 0 ORDER BY sort_key DESC, distributor_id DESC LIMIT ?"""
_AFTER: Final = """SELECT distributor_id, name_label FROM search_keys
    WHERE (sort_key, distributor_id) > (?, ?) AND name_label > 0 ORDER BY sort_key, distributor_id LIMIT ?"""
_WRITE: Final = """UPDATE search_keys SET name_label = given.value
    FROM json_each(?) AS given WHERE distributor_id = CAST(given.key AS INTEGER)"""


def spread(labels: Sequence[int]) -> list[int]:
    """``labels`` with one for each that has none yet, which is 0; the others ascend, and so do all in the answer.

    Labels stay where they are unless there is no room between them.
    """
    spread_out = list(labels)
    size = len(spread_out)
    start = 0
    while start < size:
        if spread_out[start]:
            start += 1
            continue
        end, room = _run_end(spread_out, start), 1
        while True:
            low = spread_out[start - 1] if start else 0
            high = spread_out[end] if end < size else low + (end - start + 1) * STEP
            if high - low >= (end - start + 1) * room:
                break
            more, room = end - start, _ROOM
            start, end = max(0, start - more), _run_end(spread_out, min(size, end + more))
        parts = end - start + 1
        spread_out[start:end] = [low + (high - low) * part // parts for part in range(1, parts)]
        start = end
    return spread_out


def _run_end(labels: Sequence[int], place: int) -> int:
    """The first place from ``place`` on that has a label."""
    return next((one for one in range(place, len(labels)) if labels[one]), len(labels))


def label_of(connection: Connection, distributor_id: int) -> int:
    """The label of a distributor; 0, which no document has, where there is none."""
    row = connection.execute(
        "SELECT name_label FROM search_keys WHERE distributor_id = ?", (distributor_id,)
    ).fetchone()
    return row[0] if row else 0


def settle(connection: Connection) -> dict[int, int]:
    """Give labels to the rows of ``search_keys`` without one; returns the former ones of neighbours that moved."""
    new = connection.execute(_NEW).fetchall()
    if len(new) > _FEW:
        rows = connection.execute(_ALL).fetchall()
        return _write(connection, rows, spread([label for _, label in rows]))
    former: dict[int, int] = {}
    for key in new:
        for moved, label in _put_between(connection, key).items():
            former.setdefault(moved, label)
    return former


def _put_between(connection: Connection, key: tuple[str, int]) -> dict[int, int]:
    for neighbours in (_NEIGHBOURS << more for more in count()):
        before = connection.execute(_BEFORE, (*key, neighbours)).fetchall()[::-1]
        after = connection.execute(_AFTER, (*key, neighbours)).fetchall()
        rows = [*before, (key[1], 0), *after]
        labels = spread([label for _, label in rows])
        # The outermost may move only where nobody stands beyond them.
        if (len(before) < neighbours or labels[0] == rows[0][1]) and (
            len(after) < neighbours or labels[-1] == rows[-1][1]
        ):
            break
    return _write(connection, rows, labels)


def _write(connection: Connection, rows: Sequence[tuple[int, int]], labels: Sequence[int]) -> dict[int, int]:
    """Write the ``labels`` of ``rows`` (distributor and former label); returns the former ones of those that moved."""
    changed = {one: label for (one, former), label in zip(rows, labels, strict=True) if label != former}
    connection.execute(_WRITE, (json.dumps(changed),))
    return {one: former for one, former in rows if former and one in changed}
