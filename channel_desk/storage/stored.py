"""Rows of the driver as records, and values as the driver compares them.

The first page is read before SQLAlchemy is loaded, so reading does without it. What stands in the columns is decided by
the column types of ``storage/tables``; a test brings every field of every kind back as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from channel_desk.domain.record import Record
from channel_desk.storage.kinds import KINDS, deep_tuple, field_types

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=Enum)


def moment_text(moment: datetime) -> str:
    """``moment`` as it is stored, for comparing: UTC with microseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def stored_moment(text: str | None) -> datetime | None:
    """The moment that a column holds."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def stored_date(text: str | None) -> date | None:
    """The day that a column holds."""
    return None if text is None else date.fromisoformat(text)


def members(kind: type[E]) -> dict[str, E]:
    """The words of an enumeration by what a column holds."""
    return {str(member.value): member for member in kind}


def _tuple(text: str) -> Any:
    return () if text == "[]" else deep_tuple(json.loads(text))


def _converter(bare: Any) -> Callable[[Any], Any] | None:
    """From the column to the field; None where they are the same."""
    if bare is datetime:
        return stored_moment
    if bare is date:
        return stored_date
    if bare is bool:
        return bool
    if bare is tuple:
        return _tuple
    if isinstance(bare, type) and issubclass(bare, Enum):
        return members(bare).__getitem__
    return None


def comparable(value: object) -> Any:
    """``value`` as the driver stores it, for conditions."""
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    return int(value) if isinstance(value, bool) else value


class StoredForm(Generic[R]):
    """How one kind is read: its columns, and a record from their values."""

    def __init__(self, kind: type[R]) -> None:
        self.kind = kind
        self.table = KINDS[kind]
        types = field_types(kind)
        self.names = tuple(types)
        converters = [(number, _converter(bare)) for number, (bare, _) in enumerate(types.values())]
        self._converters = tuple((number, convert) for number, convert in converters if convert is not None)
        self.by_id = f"SELECT {self.columns()} FROM {self.table} WHERE id = ?"  # noqa: S608 - our own names

    def columns(self, prefix: str = "") -> str:
        """The columns of a SELECT, in the order :meth:`record` takes them."""
        return ", ".join(f"{prefix}{name}" for name in self.names)

    def record(self, row: Sequence[Any]) -> R:
        """The record of the first columns of ``row``."""
        values = list(row[: len(self.names)])
        for number, convert in self._converters:
            if values[number] is not None:
                values[number] = convert(values[number])
        return self.kind(**dict(zip(self.names, values, strict=True)))


_FORMS: Final[dict[type[Record], StoredForm[Any]]] = {}


def stored_form(kind: type[R]) -> StoredForm[R]:
    """The form of ``kind``, made once."""
    if kind not in _FORMS:
        _FORMS[kind] = StoredForm(kind)
    return _FORMS[kind]
