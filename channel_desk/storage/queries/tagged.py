"""Lists of records with their distributor's name beside them; one statement each, with the driver alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time
from typing import Any, Final, TypeVar

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.distributors import Status, Tier
from channel_desk.domain.lines import CommitmentLine, DistributorTag, SessionLine, VisitLine
from channel_desk.domain.record import DistributorId, Record
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.storage.kinds import PENDING_STATUSES, TOOK_PLACE_STATUSES
from channel_desk.storage.reader import Reader
from channel_desk.storage.stored import comparable, members, stored_form

R = TypeVar("R", bound=Record)

_TAG: Final = "d.id, d.name, d.short_name, d.city, d.tier, d.status"
_TIERS: Final = members(Tier)
_STATUSES: Final = members(Status)


def _tagged(
    reader: Reader,
    kind: type[R],
    values: Collection[object],
    *,
    order: str,
    where: str = "TRUE",
    limit: int = -1,
    more: str = "",
) -> Iterator[tuple[R, DistributorTag, tuple[Any, ...]]]:
    """Records of ``kind`` (as ``x``) with the tag of their distributor (as ``d``) and the columns ``more``."""
    form = stored_form(kind)
    # Chosen and cut by the index alone: whole rows are read for those that are shown, not for all that were sorted.
    chosen = f"SELECT x.id FROM {form.table} x WHERE {where} ORDER BY {order} LIMIT {int(limit)}"  # noqa: S608 - our own names
    statement = (
        f"SELECT {form.columns('x.')}, {_TAG}{more} FROM {form.table} x "  # noqa: S608 - our own names
        f"JOIN distributors d ON d.id = x.distributor_id WHERE x.id IN ({chosen}) ORDER BY {order}"
    )
    width = len(form.names)
    for row in reader.raw.execute(statement, [comparable(value) for value in values]):
        number, name, short_name, city, tier, status, *extra = row[width:]
        tag = DistributorTag(DistributorId(number), name, short_name, city, _TIERS.get(tier or ""), _STATUSES[status])
        yield form.record(row), tag, tuple(extra)


def _visit_lines(reader: Reader, where: str, *values: object, order: str, limit: int = -1) -> tuple[VisitLine, ...]:
    found = _tagged(reader, Visit, values, where=where, order=order, limit=limit)
    return tuple(VisitLine(visit, tag) for visit, tag, _ in found)


def visit_lines(reader: Reader) -> tuple[VisitLine, ...]:
    """All visits by start, those that were called off too."""
    return _visit_lines(reader, "TRUE", order="x.starts_at, x.id")


#: Named one by one: the index begins with the status.
_STANDING: Final = tuple(status for status in VisitStatus if status is not VisitStatus.CANCELLED)


def visits_between(reader: Reader, start: datetime, end: datetime) -> tuple[VisitLine, ...]:
    """Visits that overlap ``[start, end)``, by start; cancelled ones left out."""
    return _visit_lines(
        reader,
        f"x.starts_at < ? AND x.ends_at > ? AND x.status IN ({', '.join('?' * len(_STANDING))})",
        end,
        start,
        *_STANDING,
        order="x.starts_at, x.id",
    )


def next_visit(reader: Reader, now: datetime) -> VisitLine | None:
    """The visit that runs, or else the first that is to come: ``Visit.is_coming``; a test compares the two."""
    zone = reader.clock.zone
    lines = _visit_lines(
        reader,
        f"x.status IN (?, ?) AND x.ends_at >= ? AND (x.status = '{VisitStatus.RUNNING}' OR x.ends_at >= ?)",
        VisitStatus.PLANNED,
        VisitStatus.RUNNING,
        datetime.combine(now.astimezone(zone).date(), time.min, zone),
        now,
        order=f"x.status <> '{VisitStatus.RUNNING}', x.starts_at, x.id",
        limit=1,
    )
    return lines[0] if lines else None


#: ``Visit.is_unwritten`` as the index of visits by status and end finds it; a test compares the two.
_UNWRITTEN: Final = ("x.status = 'planned' AND x.ends_at < ?", "x.status = 'running'", "x.status = 'held'")


def unwritten_visits(reader: Reader, now: datetime, *, limit: int = -1) -> tuple[VisitLine, ...]:
    """Visits that are over or begun but not closed, the last to end first; at most ``limit`` (-1: all).

    The newest of each status are found at the end of its part of the index, and years of others are not sorted.
    """
    order = "ends_at DESC, starts_at DESC, id DESC"
    newest = " UNION ALL ".join(
        f"SELECT * FROM (SELECT id FROM visits x WHERE {one} ORDER BY {order} LIMIT {int(limit)})"  # noqa: S608 - ours
        for one in _UNWRITTEN
    )
    in_order = "x.ends_at DESC, x.starts_at DESC, x.id DESC"
    return _visit_lines(reader, f"x.id IN ({newest})", now, order=in_order, limit=limit)


def count_unwritten(reader: Reader, now: datetime, *, most: int) -> int:
    """How many visits :func:`unwritten_visits` would give; no more than ``most`` are counted."""
    every = " OR ".join(f"({one})" for one in _UNWRITTEN)
    statement = f"SELECT count(*) FROM (SELECT 1 FROM visits x WHERE {every} LIMIT {int(most)})"  # noqa: S608 - ours
    return int(reader.raw.execute(statement, [comparable(now)]).fetchone()[0])


def last_visit(reader: Reader, distributor_id: int, before: datetime) -> Visit | None:
    """The newest visit that took place and began before ``before``."""
    form = stored_form(Visit)
    row = reader.raw.execute(
        f"SELECT {form.columns()} FROM visits "  # noqa: S608 - our own names
        f"WHERE distributor_id = ? AND starts_at < ? AND status IN ({TOOK_PLACE_STATUSES}) "
        "ORDER BY starts_at DESC, id DESC LIMIT 1",
        [comparable(one) for one in (distributor_id, before)],
    ).fetchone()
    return None if row is None else form.record(row)


def commitment_lines(
    reader: Reader,
    *,
    direction: Direction | None = None,
    pending_only: bool = True,
    distributor_ids: Collection[int] | None = None,
    limit: int = -1,
) -> tuple[CommitmentLine, ...]:
    """Commitments by urgency: the longest overdue first, undated last; at most ``limit`` (-1: all)."""
    parts: list[str] = []
    values: list[object] = []

    def among(column: str, allowed: Collection[object]) -> None:
        parts.append(f"{column} IN ({', '.join('?' * len(allowed))})")
        values.extend(allowed)

    if direction is not None:
        among("x.direction", [direction])
    if pending_only:
        parts.append(f"x.status IN ({PENDING_STATUSES})")  # spelled out: it chooses the index of the pending ones
    if distributor_ids is not None:
        among("x.distributor_id", distributor_ids)
    where = " AND ".join(parts) or "TRUE"
    order = "x.due_on NULLS LAST, x.id"
    found = _tagged(reader, Commitment, values, where=where, order=order, limit=limit)
    return tuple(CommitmentLine(commitment, tag) for commitment, tag, _ in found)


def count_pending(reader: Reader, *, most: int) -> dict[Direction, int]:
    """How many commitments are pending on each side; no more than ``most`` are counted of either."""
    counts = ", ".join(
        "(SELECT count(*) FROM (SELECT 1 FROM commitments INDEXED BY ix_commitments_direction_due_on_id_status "  # noqa: S608 - ours
        f"WHERE direction = '{direction}' AND status IN ({PENDING_STATUSES}) LIMIT {int(most)}))"
        for direction in Direction
    )
    found = reader.raw.execute(f"SELECT {counts}").fetchone()
    return dict(zip(Direction, found, strict=True))


def session_lines(reader: Reader) -> tuple[SessionLine, ...]:
    """Training sessions with the number of their slides, the next or newest first."""
    slides = ", (SELECT count(*) FROM slides s WHERE s.session_id = x.id)"
    found = _tagged(reader, TrainingSession, (), order="x.starts_at DESC, x.id DESC", more=slides)
    return tuple(SessionLine(session, tag, int(extra[0])) for session, tag, extra in found)
