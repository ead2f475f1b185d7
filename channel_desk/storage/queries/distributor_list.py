"""The list of distributors: which ones, in which order, and the lines of the rows that are on screen.

This is the hottest path of the window, read before SQLAlchemy is loaded and again at each key: plain SQL on the
driver's connection. A list is an array of ids; lines are read for one page of ids at a time.
"""
# ruff: noqa: S608 - statements are put together from the constants of this module alone; every value is bound

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import chain, islice
from typing import Any, Final, Literal

from channel_desk.domain.commitments import PENDING, Direction
from channel_desk.domain.contacts import DecisionRole
from channel_desk.domain.distributors import PROFILE_REVIEW_DAYS, Status, Tier
from channel_desk.domain.record import DistributorId
from channel_desk.domain.stance import COOLING_DAYS
from channel_desk.domain.visits import VisitStatus
from channel_desk.storage.file import Connection
from channel_desk.storage.queries.search_matches import Match, find_matches
from channel_desk.storage.search.query import SearchHits, search_ids

#: Rows that are read at once.
PAGE: Final = 64
#: Up to so many hits are looked up one by one; of more, the whole order is walked.
_FEW_HITS: Final = 3000
#: The same for a first page: of more hits, a page is met early on the walk.
_FEW_FOR_A_PAGE: Final = 600

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

    ``complete`` is False when ``ids`` holds only the first page; ``total`` and ``source_counts`` are exact all the same
    (name, contact, record; all zero without a text).
    """

    ids: array[int]
    total: int
    source_counts: tuple[int, int, int] = (0, 0, 0)
    complete: bool = True


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
    contact_name: str
    contact_phone: str
    match: Match | None = None

    @property
    def display_name(self) -> str:
        return self.short_name or self.name

    def is_stale(self, today: date) -> bool:
        """Whether the profile has to be confirmed again."""
        return self.confirmed_on is None or (today - self.confirmed_on).days > PROFILE_REVIEW_DAYS


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


_TIERS: Final = {tier.value: tier for tier in Tier}
_STATUSES: Final = {status.value: status for status in Status}
_DIRECTIONS: Final = {direction.value: direction for direction in Direction}

# -- pieces of statements; all of them are constants, values are always bound --------------------------------------

_PENDING: Final = ", ".join(f"'{status.value}'" for status in sorted(PENDING))
_HAPPENED: Final = f"status <> '{VisitStatus.CANCELLED.value}' AND starts_at <= :now"
_PLANNED: Final = f"status = '{VisitStatus.PLANNED.value}' AND starts_at > :now"

_VIEWS: Final = {
    View.ALL: "",
    View.AT_RISK: f"k.status = '{Status.AT_RISK.value}'",
    View.LATE: f"""k.distributor_id IN
        (SELECT distributor_id FROM commitments WHERE status IN ({_PENDING}) AND due_on < :today)""",
    View.STALE: "(k.confirmed_on IS NULL OR k.confirmed_on < :fresh_from)",
    View.NOT_VISITED: f"""k.status <> '{Status.ENDED.value}' AND k.distributor_id NOT IN
        (SELECT distributor_id FROM visits WHERE starts_at >= :visited_from AND {_HAPPENED})""",
}

_NAME: Final = "k.sort_key {0}, k.distributor_id {0}"
_TIER_RANK: Final = "CASE k.tier WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'C' THEN 3 ELSE 4 END"
_STATUS_RANK: Final = (
    "CASE k.status " + " ".join(f"WHEN '{one.value}' THEN {rank}" for rank, one in enumerate(Status)) + " END"
)
#: Empty values stand last in either direction; equal ones stand by name.
_ORDERS: Final[dict[str, str]] = {
    "name": _NAME,
    "code": "k.code = '', k.code {0}, " + _NAME,
    "city": "k.city_key = '', k.city_key {0}, k.sort_key, k.distributor_id",
    "region": "k.region = '', k.region {0}, k.sort_key, k.distributor_id",
    "tier": f"k.tier IS NULL, {_TIER_RANK} {{0}}, k.sort_key, k.distributor_id",
    "status": f"{_STATUS_RANK} {{0}}, k.sort_key, k.distributor_id",
    "confirmed": "k.confirmed_on IS NULL, k.confirmed_on {0}, k.sort_key, k.distributor_id",
    "last_visit": "x.value IS NULL, x.value {0}, k.sort_key, k.distributor_id",
    "next_visit": "x.value IS NULL, x.value {0}, k.sort_key, k.distributor_id",
    "late": "x.value IS NULL, x.value {0}, k.sort_key, k.distributor_id",
    "open": "x.value IS NULL, x.value {0}, k.sort_key, k.distributor_id",
}
#: Values that are worked out from other tables to sort by.
_VALUES: Final[dict[str, str]] = {
    "last_visit": f"SELECT distributor_id, max(starts_at) AS value FROM visits WHERE {_HAPPENED} GROUP BY 1",
    "next_visit": f"SELECT distributor_id, min(starts_at) AS value FROM visits WHERE {_PLANNED} GROUP BY 1",
    "late": f"""SELECT distributor_id, count(*) AS value FROM commitments
        WHERE status IN ({_PENDING}) AND due_on < :today GROUP BY 1""",
    "open": f"SELECT distributor_id, count(*) AS value FROM commitments WHERE status IN ({_PENDING}) GROUP BY 1",
}

_LINES: Final = f"""
    SELECT d.id, d.name, d.short_name, d.code, d.city, d.region, d.tier, d.status, d.confirmed_on,
        (SELECT max(starts_at) FROM visits WHERE distributor_id = d.id AND {_HAPPENED}),
        (SELECT min(starts_at) FROM visits WHERE distributor_id = d.id AND {_PLANNED})
    FROM json_each(:ids) AS wanted CROSS JOIN distributors AS d ON d.id = wanted.value ORDER BY wanted.rowid
"""
_PROMISES: Final = f"""
    SELECT c.distributor_id, c.direction, count(*), sum(c.due_on IS NOT NULL AND c.due_on < :today)
    FROM json_each(:ids) AS wanted CROSS JOIN commitments AS c
        ON c.distributor_id = wanted.value AND c.status IN ({_PENDING})
    GROUP BY c.distributor_id, c.direction
"""
_FIRST_CONTACTS: Final = """
    SELECT c.distributor_id, c.name, CASE WHEN c.phone <> '' THEN c.phone ELSE c.phone_2 END
    FROM json_each(:ids) AS wanted CROSS JOIN contacts AS c ON c.distributor_id = wanted.value
    ORDER BY c.distributor_id, c.position DESC, c.id DESC
"""


def moment_text(moment: datetime) -> str:
    """``moment`` as it is stored, for comparing: UTC with microseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def stored_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def stored_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _times(today: date, now: datetime) -> dict[str, Any]:
    return {
        "today": today.isoformat(),
        "now": moment_text(now),
        "fresh_from": (today - timedelta(days=PROFILE_REVIEW_DAYS)).isoformat(),
        "visited_from": moment_text(now - timedelta(days=COOLING_DAYS)),
    }


@dataclass(frozen=True)
class _Statement:
    """A statement that yields ids in order, with its parameters."""

    sql: str
    parameters: dict[str, Any]

    def ids(self, connection: Connection) -> list[int]:
        """All ids, as one JSON text: read three times as fast as a row for each."""
        sql = f"SELECT json_group_array(distributor_id) FROM ({self.sql})"
        found: list[int] = json.loads(connection.execute(sql, self.parameters).fetchone()[0])
        return found

    def walk(self, connection: Connection) -> Iterator[int]:
        """The ids one by one, for who may stop before the end."""
        return chain.from_iterable(connection.execute(self.sql, self.parameters))

    def count(self, connection: Connection) -> int:
        sql = f"SELECT count(*) FROM ({self.sql})"
        return int(connection.execute(sql, self.parameters).fetchone()[0])


def _statement(query: ListQuery, times: dict[str, Any], among: Iterable[int] | None = None) -> _Statement:
    """The statement for ``query`` without its text; with ``among``, only of these ids."""
    parameters = dict(times)
    conditions = [_VIEWS[query.view]] if _VIEWS[query.view] else []
    if query.tiers:
        parameters["tiers"] = json.dumps([tier.value for tier in query.tiers if tier is not None])
        without = " OR k.tier IS NULL" if None in query.tiers else ""
        conditions.append(f"(k.tier IN (SELECT value FROM json_each(:tiers)){without})")
    for column, wanted in (("status", query.statuses), ("region", query.regions)):
        if wanted:
            parameters[column] = json.dumps(sorted(map(str, wanted)), ensure_ascii=False)
            conditions.append(f"k.{column} IN (SELECT value FROM json_each(:{column}))")
    if among is not None:
        parameters["among"] = json.dumps(list(among))
        conditions.append("k.distributor_id IN (SELECT value FROM json_each(:among))")
    value = _VALUES.get(query.sort)
    joined = f" LEFT JOIN ({value}) AS x ON x.distributor_id = k.distributor_id" if value else ""
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = _ORDERS[query.sort].format("DESC" if query.descending else "ASC")
    sql = f"SELECT k.distributor_id FROM search_keys AS k{joined}{where} ORDER BY {order}"
    return _Statement(sql, parameters)


def list_ids(connection: Connection, query: ListQuery, *, today: date, now: datetime) -> ListResult:
    """All ids of ``query`` in order."""
    times = _times(today, now)
    if not query.text.strip():
        ids = array("q", _statement(query, times).ids(connection))
        return ListResult(ids=ids, total=len(ids))
    hits = search_ids(connection, query.text)
    return _ordered(connection, query, times, hits)


def first_ids(connection: Connection, query: ListQuery, *, today: date, now: datetime, limit: int = PAGE) -> ListResult:
    """The first ``limit`` ids of ``query`` with the exact total, before all of them are known.

    It costs no more than :func:`list_ids` and, of a long list in the order of names, far less. When the answer is not
    ``complete``, show it and ask :func:`list_ids` for the rest.
    """
    times = _times(today, now)
    if not query.text.strip():
        statement = _statement(query, times)
        ids = array("q", islice(statement.walk(connection), limit + 1))
        if len(ids) <= limit:
            return ListResult(ids=ids, total=len(ids))
        uncounted = _statement(replace(query, sort="name"), times)
        return ListResult(ids=ids[:limit], total=uncounted.count(connection), complete=False)
    hits = search_ids(connection, query.text)
    unfiltered = query == ListQuery(text=query.text, descending=query.descending)
    if not unfiltered or len(hits) <= limit:
        return _ordered(connection, query, times, hits)
    first = array("q")
    for found in hits.by_source:
        if found and len(first) < limit:
            first.extend(_first_of(connection, replace(query, text=""), times, found, limit - len(first)))
    return ListResult(ids=first, total=len(hits), source_counts=hits.counts, complete=False)


def _first_of(
    connection: Connection, query: ListQuery, times: dict[str, Any], found: frozenset[int], limit: int
) -> Iterable[int]:
    """The first ``limit`` of ``found``: looked up when they are few, met on a walk through the order when many."""
    if len(found) <= _FEW_FOR_A_PAGE:
        return _statement(query, times, found).ids(connection)[:limit]
    return islice(filter(found.__contains__, _statement(query, times).walk(connection)), limit)


def _ordered(connection: Connection, query: ListQuery, times: dict[str, Any], hits: SearchHits) -> ListResult:
    if not hits:
        return ListResult(ids=array("q"), total=0)
    among = hits.ids if len(hits) <= _FEW_HITS else None
    order = array("q", _statement(query, times, among).ids(connection))
    found = [array("q", filter(ids.__contains__, order)) if ids else array("q") for ids in hits.by_source]
    ids = found[0] + found[1] + found[2]
    named, contacts, records = map(len, found)
    return ListResult(ids=ids, total=len(ids), source_counts=(named, contacts, records))


def list_rows(
    connection: Connection, ids: Sequence[int], *, text: str = "", today: date, now: datetime
) -> tuple[DistributorLine, ...]:
    """The lines of ``ids`` in that order, without those that are gone; with ``text`` also where it was found."""
    parameters = {**_times(today, now), "ids": json.dumps(list(ids))}
    promises: dict[tuple[int, str], tuple[int, int]] = {
        (owner, direction): (count, late) for owner, direction, count, late in connection.execute(_PROMISES, parameters)
    }
    contacts = {owner: (name, phone) for owner, name, phone in connection.execute(_FIRST_CONTACTS, parameters)}
    rows = connection.execute(_LINES, parameters).fetchall()
    matches = find_matches(connection, [(*row[:3], row[4]) for row in rows], text) if text.strip() else {}
    lines = []
    for row in rows:
        ours = promises.get((row[0], Direction.OURS.value), (0, 0))
        theirs = promises.get((row[0], Direction.THEIRS.value), (0, 0))
        contact_name, contact_phone = contacts.get(row[0], ("", ""))
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
                contact_name=contact_name,
                contact_phone=contact_phone,
                match=matches.get(row[0]),
            )
        )
    return tuple(lines)


def first_page(connection: Connection, *, today: date, now: datetime, limit: int = PAGE) -> tuple[DistributorLine, ...]:
    """The first lines of the whole list by name, for the first paint."""
    ids = array("q", islice(_statement(ListQuery(), _times(today, now)).walk(connection), limit))
    return list_rows(connection, ids, today=today, now=now)


def view_counts(connection: Connection, *, today: date, now: datetime) -> dict[View, int]:
    """How many distributors each view holds."""
    parts = [
        f"(SELECT count(*) FROM search_keys AS k{f' WHERE {condition}' if condition else ''})"
        for condition in _VIEWS.values()
    ]
    row = connection.execute(f"SELECT {', '.join(parts)}", _times(today, now)).fetchone()
    return dict(zip(_VIEWS, row, strict=True))


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


@dataclass(frozen=True, kw_only=True)
class PendingPromise:
    """One open promise in the preview."""

    direction: Direction
    text: str
    due_on: date | None

    def days_late(self, today: date) -> int:
        """Whole days past the due date; 0 when not late."""
        return max((today - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True, kw_only=True)
class DistributorPreview:
    """What the pane beside the list shows of one distributor. The contact is the decision maker, else the first."""

    line: DistributorLine
    contact_title: str
    credit_limit_minor: int | None
    terms_days: int | None
    currency: str
    promises: tuple[PendingPromise, ...]
    last_words: str
    last_words_at: datetime | None


def preview(connection: Connection, distributor_id: int, *, today: date, now: datetime) -> DistributorPreview | None:
    """The preview of a distributor, or None when it is gone. Promises stand by urgency."""
    lines = list_rows(connection, (distributor_id,), today=today, now=now)
    if not lines:
        return None
    credit_limit, terms, currency = connection.execute(
        "SELECT credit_limit_minor, terms_days, currency FROM distributors WHERE id = ?", (distributor_id,)
    ).fetchone()
    person = connection.execute(
        "SELECT name, title, CASE WHEN phone <> '' THEN phone ELSE phone_2 END FROM contacts WHERE distributor_id = ?"
        " ORDER BY decision_role IS NOT ?, position, id LIMIT 1",
        (distributor_id, DecisionRole.DECISION_MAKER.value),
    ).fetchone()
    name, title, phone = person or ("", "", "")
    promises = connection.execute(
        f"SELECT direction, text, due_on FROM commitments WHERE distributor_id = ? AND status IN ({_PENDING})"
        " ORDER BY due_on IS NULL, due_on, id",
        (distributor_id,),
    ).fetchall()
    said = connection.execute(
        "SELECT summary, starts_at FROM visits WHERE distributor_id = ? AND summary <> ''"
        " ORDER BY starts_at DESC LIMIT 1",
        (distributor_id,),
    ).fetchone() or ("", None)
    return DistributorPreview(
        line=replace(lines[0], contact_name=name, contact_phone=phone),
        contact_title=title,
        credit_limit_minor=credit_limit,
        terms_days=terms,
        currency=currency,
        promises=tuple(
            PendingPromise(direction=_DIRECTIONS[direction], text=text, due_on=stored_date(due_on))
            for direction, text, due_on in promises
        ),
        last_words=said[0],
        last_words_at=stored_moment(said[1]),
    )
