"""The rows of the list: what is shown of each distributor, read for one page of ids at a time."""
# ruff: noqa: S608 - statements are put together from the constants of this package alone; every value is bound

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from channel_desk.clock import Clock
from channel_desk.domain.commitments import Direction
from channel_desk.domain.distributors import Status, Tier, shown_name
from channel_desk.domain.record import DistributorId
from channel_desk.storage.file import Connection
from channel_desk.storage.kinds import PENDING_STATUSES
from channel_desk.storage.queries.list_query import HAPPENED, PLANNED, times
from channel_desk.storage.queries.search_matches import Match, find_matches
from channel_desk.storage.stored import members, stored_date, stored_moment

_TIERS: Final = members(Tier)
_STATUSES: Final = members(Status)

_LINES: Final = f"""
    SELECT d.id, d.name, d.short_name, d.code, d.city, d.region, d.tier, d.status, d.confirmed_on,
        (SELECT max(starts_at) FROM visits WHERE distributor_id = d.id AND {HAPPENED}),
        (SELECT min(starts_at) FROM visits WHERE distributor_id = d.id AND {PLANNED})
    FROM json_each(:ids) AS wanted CROSS JOIN distributors AS d ON d.id = wanted.value ORDER BY wanted.rowid
"""
_PROMISES: Final = f"""
    SELECT c.distributor_id, c.direction, count(*), sum(c.due_on IS NOT NULL AND c.due_on < :today)
    FROM json_each(:ids) AS wanted CROSS JOIN commitments AS c
        ON c.distributor_id = wanted.value AND c.status IN ({PENDING_STATUSES})
    GROUP BY c.distributor_id, c.direction
"""
#: The indexes that :data:`_LINES` and :data:`_PROMISES` look into for each row.
_INDEXES: Final = {
    "visits": "ix_visits_distributor_id_starts_at_status",
    "commitments": "ix_commitments_distributor_id_status_direction_due_on",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DistributorLine:
    """One row of the list. ``match`` is set when the text was found outside name and short name."""

    id: DistributorId
    name: str
    short_name: str
    code: str
    city: str
    region: str
    tier: Tier | None
    status: Status
    last_visit_at: datetime | None
    next_visit_at: datetime | None
    ours_open: int
    ours_late: int
    theirs_open: int
    theirs_late: int
    confirmed_on: date | None
    match: Match | None = None

    @property
    def display_name(self) -> str:
        return shown_name(self.name, self.short_name)


def read_ahead(connection: Connection) -> None:
    """Bring into memory what :func:`list_rows` looks into for any row, so that the first ones do not wait for it."""
    for table, index in _INDEXES.items():
        # A sum, for SQLite counts rows in the smallest index of a table, whichever is named.
        connection.execute(f"SELECT sum(distributor_id) FROM {table} INDEXED BY {index}").fetchone()


def frequent_characters(connection: Connection, ids: Sequence[int], *, most: int = 400) -> str:
    """The characters met most often in what rows show of ``ids``: names, cities and people."""
    wanted = json.dumps(list(ids))
    met: Counter[str] = Counter()
    for text, table, key in (
        ("t.name || t.short_name || t.city", "distributors", "id"),
        ("t.name || t.title", "contacts", "distributor_id"),
    ):
        statement = f"""SELECT group_concat({text}, '')
            FROM json_each(?) AS wanted CROSS JOIN {table} AS t ON t.{key} = wanted.value"""
        (texts,) = connection.execute(statement, (wanted,)).fetchone()
        met.update(texts or "")
    return "".join(character for character, _ in met.most_common(most))


def list_rows(
    connection: Connection, ids: Sequence[int], *, text: str = "", clock: Clock
) -> tuple[DistributorLine, ...]:
    """The lines of ``ids`` in that order, without those that are gone; with ``text`` also where it was found."""
    parameters = {**times(clock), "ids": json.dumps(list(ids))}
    promises: dict[tuple[int, str], tuple[int, int]] = {
        (owner, direction): (count, late) for owner, direction, count, late in connection.execute(_PROMISES, parameters)
    }
    rows = connection.execute(_LINES, parameters).fetchall()
    matches = find_matches(connection, [(*row[:3], row[4]) for row in rows], text) if text.strip() else {}
    lines = []
    for row in rows:
        ours = promises.get((row[0], Direction.OURS.value), (0, 0))
        theirs = promises.get((row[0], Direction.THEIRS.value), (0, 0))
        lines.append(
            DistributorLine(
                id=DistributorId(row[0]),
                name=row[1],
                short_name=row[2],
                code=row[3],
                city=row[4],
                region=row[5],
                tier=_TIERS.get(row[6]),
                status=_STATUSES[row[7]],
                confirmed_on=stored_date(row[8]),
                last_visit_at=stored_moment(row[9]),
                next_visit_at=stored_moment(row[10]),
                ours_open=ours[0],
                ours_late=ours[1],
                theirs_open=theirs[0],
                theirs_late=theirs[1],
                match=matches.get(row[0]),
            )
        )
    return tuple(lines)
