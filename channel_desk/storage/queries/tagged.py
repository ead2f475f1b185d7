"""Lists of records with their distributor's name beside them; one statement each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from channel_desk.domain.commitments import PENDING, Commitment, Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import CommitmentLine, DistributorTag, SessionLine, VisitLine
from channel_desk.domain.record import Record
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.storage.reader import Reader
from channel_desk.storage.tables import TABLES

_distributors = TABLES[Distributor]
_visits = TABLES[Visit]
_commitments = TABLES[Commitment]
_sessions = TABLES[TrainingSession]
_slides = TABLES[Slide]

_TAG = ("id", "name", "short_name", "city", "tier", "status")
_TAG_COLUMNS = tuple(_distributors.c[name].label(f"tag_{name}") for name in _TAG)


def _with_tag(kind: type[Record], *more: Any) -> Select[Any]:
    table = TABLES[kind]
    return select(*table.columns, *_TAG_COLUMNS, *more).join(
        _distributors, _distributors.c.id == table.c.distributor_id
    )


def _split(kind: type[Record], row: Any) -> tuple[Any, DistributorTag]:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
    tag = DistributorTag(**{name: values.pop(f"tag_{name}") for name in _TAG})
    return kind(**{column.name: values[column.name] for column in TABLES[kind].columns}), tag


def _visit_lines(reader: Reader, statement: Select[Any]) -> tuple[VisitLine, ...]:
    return tuple(VisitLine(*_split(Visit, row)) for row in reader.execute(statement))


def visits_between(reader: Reader, start: datetime, end: datetime) -> tuple[VisitLine, ...]:
    """Visits that overlap ``[start, end)``, by start; cancelled ones left out."""
    statement = (
        _with_tag(Visit)
        .where(_visits.c.starts_at < end, _visits.c.ends_at > start, _visits.c.status != VisitStatus.CANCELLED)
        .order_by(_visits.c.starts_at, _visits.c.id)
    )
    return _visit_lines(reader, statement)


def next_visit(reader: Reader, now: datetime) -> VisitLine | None:
    """The running visit, or else the first open one that is not over."""
    statement = (
        _with_tag(Visit)
        .where(_visits.c.ends_at > now, _visits.c.status.in_([VisitStatus.PLANNED, VisitStatus.RUNNING]))
        .order_by(_visits.c.status != VisitStatus.RUNNING, _visits.c.starts_at, _visits.c.id)
        .limit(1)
    )
    lines = _visit_lines(reader, statement)
    return lines[0] if lines else None


def unwritten_visits(reader: Reader, now: datetime) -> tuple[VisitLine, ...]:
    """Visits that are over or begun but not closed, newest first."""
    over = (_visits.c.status == VisitStatus.PLANNED) & (_visits.c.ends_at < now)
    begun = _visits.c.status.in_([VisitStatus.RUNNING, VisitStatus.HELD])
    statement = _with_tag(Visit).where(over | begun).order_by(_visits.c.starts_at.desc(), _visits.c.id.desc())
    return _visit_lines(reader, statement)


def last_visit(reader: Reader, distributor_id: int, before: datetime) -> Visit | None:
    """The newest visit that began before ``before`` and was held."""
    statement = (
        select(*_visits.columns)
        .where(
            _visits.c.distributor_id == distributor_id,
            _visits.c.starts_at < before,
            _visits.c.status.in_([VisitStatus.CLOSED, VisitStatus.HELD]),
        )
        .order_by(_visits.c.starts_at.desc(), _visits.c.id.desc())
        .limit(1)
    )
    row = reader.execute(statement).first()
    return None if row is None else Visit(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def commitment_lines(
    reader: Reader,
    *,
    direction: Direction | None = None,
    pending_only: bool = True,
    distributor_ids: Collection[int] | None = None,
    due_until: date | None = None,
) -> tuple[CommitmentLine, ...]:
    """Commitments by urgency: the longest overdue first, undated last."""
    statement = _with_tag(Commitment)
    if direction is not None:
        statement = statement.where(_commitments.c.direction == direction)
    if pending_only:
        statement = statement.where(_commitments.c.status.in_(list(PENDING)))
    if distributor_ids is not None:
        statement = statement.where(_commitments.c.distributor_id.in_(list(distributor_ids)))
    if due_until is not None:
        statement = statement.where(_commitments.c.due_on <= due_until)
    statement = statement.order_by(_commitments.c.due_on.is_(None), _commitments.c.due_on, _commitments.c.id)
    return tuple(CommitmentLine(*_split(Commitment, row)) for row in reader.execute(statement))


def session_lines(reader: Reader) -> tuple[SessionLine, ...]:
    """Training sessions with the number of their slides, the next or newest first."""
    slides = select(func.count()).where(_slides.c.session_id == _sessions.c.id).scalar_subquery().label("slide_count")
    statement = _with_tag(TrainingSession, slides).order_by(_sessions.c.starts_at.desc(), _sessions.c.id.desc())
    lines = []
    for row in reader.execute(statement):
        session, tag = _split(TrainingSession, row)
        lines.append(SessionLine(session, tag, int(row.slide_count)))
    return tuple(lines)
