"""Tables derived from the domain's records, by field name and type; there is no mapper per table.

A record class is a "kind". Adding a field to a record adds a column here; the migration is written by hand, and a test
compares the two. Types: calendar dates as dates, moments as UTC, enums by value, tuples as JSON, references as foreign
keys without cascade (a cascade in the database would escape the undo log). The types say how a value is stored; how it
comes back stands in ``storage/stored``, which is there before SQLAlchemy is.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.engine import Dialect

from channel_desk.domain.record import Record
from channel_desk.storage.kinds import KINDS, PENDING_STATUSES, field_types

#: What a reference field points at.
_REFERENCES: Final = {
    "distributor_id": "distributors.id",
    "contact_id": "contacts.id",
    "visit_id": "visits.id",
    "session_id": "training_sessions.id",
}
_UNIQUE: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "preferences": (("key",),),
    "participants": (("visit_id", "contact_id"),),
    "answers": (("visit_id", "code"),),
}
_INDEXED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "distributors": (("code",), ("region",), ("public_id",)),
    "contacts": (("distributor_id",),),
    # Covering: the list of distributors and the page of the day count and date from the index alone.
    "visits": (
        ("distributor_id", "starts_at", "status"),
        ("starts_at", "status", "distributor_id"),
        ("status", "ends_at", "starts_at"),
    ),
    "participants": (("contact_id",),),
    "expected_objections": (("visit_id",),),
    "commitments": (
        ("distributor_id", "status", "direction", "due_on"),
        ("status", "due_on", "distributor_id"),
        ("visit_id",),
    ),
    "training_sessions": (("distributor_id",), ("starts_at",)),
    "slides": (("session_id", "position"),),
}
#: Indexes of some rows only, with what those have in common.
_INDEXED_WHERE: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    # By urgency on each side: few are pending of all that were ever promised.
    "commitments": (("direction", "due_on", "id", "status"), f"status IN ({PENDING_STATUSES})"),
}


class UtcMoment(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC without zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)


class EnumByValue(TypeDecorator[Enum]):
    """An enumeration, stored as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[Enum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(self.members(value).value)


class JsonTuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of plain values, stored as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str:
        del dialect
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "[]"


def _column_type(kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return EnumByValue(kind)
    plain = {
        int: Integer(),
        float: Float(),
        bool: Boolean(create_constraint=False),
        str: Text(),
        date: Date(),
        datetime: UtcMoment(),
        tuple: JsonTuple(),
    }
    return plain[kind]


NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


def _table_of(kind: type[Record], name: str) -> Table:
    columns: list[Any] = []
    for field_name, (bare, optional) in field_types(kind).items():
        if field_name == "id":
            columns.append(Column("id", Integer, primary_key=True))
            continue
        reference = _REFERENCES.get(field_name)
        arguments = (ForeignKey(reference),) if reference else ()
        columns.append(Column(field_name, _column_type(bare), *arguments, nullable=optional))
    indexes = [Index(None, *names) for names in _INDEXED.get(name, ())]
    unique = [Index(None, *names, unique=True) for names in _UNIQUE.get(name, ())]
    partial = [
        Index(None, *names, sqlite_where=text(where))
        for table, (names, where) in _INDEXED_WHERE.items()
        if table == name
    ]
    return Table(name, metadata, *columns, *indexes, *unique, *partial)


TABLES: Final[dict[type[Record], Table]] = {kind: _table_of(kind, name) for kind, name in KINDS.items()}

#: The log of row images: undo, redo and history are read from it. ``transaction_no`` groups one write.
row_changes = Table(
    "row_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("transaction_no", Integer, nullable=False),
    Column("at", UtcMoment(), nullable=False),
    Column("label", Text, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("distributor_id", Integer),
    Column("before", Text),
    Column("after", Text),
    Index(None, "transaction_no"),
    Index(None, "distributor_id"),
    # Of deleted rows only: a new row asks which ids were used before, however many were ever imported.
    Index(None, "table_name", "row_id", sqlite_where=text("after IS NULL")),
)
#: Distributors whose search entries are renewed as soon as nobody waits: autosave does not pay for the index.
search_dirty = Table("search_dirty", metadata, Column("distributor_id", Integer, primary_key=True, autoincrement=False))
#: Facts about the file itself: the oldest program version that may open it.
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
