"""Reading records: generic, by kind and field; everything cleverer is a named query in ``storage/queries``.

Reading is light: the driver and our own modules. SQLAlchemy comes with the first write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from channel_desk.clock import Clock
from channel_desk.domain.record import Record
from channel_desk.errors import UserError
from channel_desk.storage.kinds import KINDS
from channel_desk.storage.stored import comparable, stored_form

if TYPE_CHECKING:
    from channel_desk.storage import file

R = TypeVar("R", bound=Record)


class Reader:
    """Reads, alone or within a transaction."""

    def __init__(self, raw: file.Connection, clock: Clock) -> None:
        self.raw = raw
        self.clock = clock

    def get(self, kind: type[R], record_id: int) -> R:
        """The record; raises ``record_gone``."""
        found = self.find(kind, record_id)
        if found is None:
            raise UserError("record_gone")
        return found

    def find(self, kind: type[R], record_id: int) -> R | None:
        """The record, or None."""
        form = stored_form(kind)
        row = self.raw.execute(form.by_id, (record_id,)).fetchone()
        return None if row is None else form.record(row)

    def all(
        self,
        kind: type[R],
        /,
        *,
        order: str | Sequence[str] = "id",
        descending: bool = False,
        limit: int | None = None,
        **equal: object,
    ) -> tuple[R, ...]:
        """The records whose fields equal ``equal`` (a tuple, list or set means any of), ordered by ``order``."""
        form = stored_form(kind)
        where, values = _conditions(kind, equal)
        names = (order,) if isinstance(order, str) else tuple(order)
        way = " DESC" if descending else ""
        by = ", ".join(f"{_known(kind, name)}{way}" for name in names)
        statement = f"SELECT {form.columns()} FROM {form.table}{where} ORDER BY {by}"  # noqa: S608 - our own names
        if limit is not None:
            statement += f" LIMIT {int(limit)}"
        return tuple(form.record(row) for row in self.raw.execute(statement, values))

    def each(self, kind: type[R]) -> Iterator[R]:
        """Every record by its id, one at a time: memory stays level however many there are."""
        form = stored_form(kind)
        statement = f"SELECT {form.columns()} FROM {form.table} ORDER BY id"  # noqa: S608 - our own names
        return map(form.record, self.raw.execute(statement))

    def count(self, kind: type[Record], /, **equal: object) -> int:
        """How many records match."""
        where, values = _conditions(kind, equal)
        statement = f"SELECT count(*) FROM {KINDS[kind]}{where}"  # noqa: S608 - our own names
        return int(self.raw.execute(statement, values).fetchone()[0])


def _known(kind: type[Record], name: str) -> str:
    """``name``, which has to be a field: names go into statements, values never do."""
    if name not in stored_form(kind).names:
        raise KeyError(name)
    return name


def _conditions(kind: type[Record], equal: dict[str, object]) -> tuple[str, list[Any]]:
    """A WHERE of our own names with the values apart."""
    parts: list[str] = []
    values: list[Any] = []
    for name, value in equal.items():
        column = _known(kind, name)
        if isinstance(value, (tuple, list, set, frozenset)):
            parts.append(f"{column} IN ({', '.join('?' * len(value))})")
            values += [comparable(one) for one in value]
        elif value is None:
            parts.append(f"{column} IS NULL")
        else:
            parts.append(f"{column} = ?")
            values.append(comparable(value))
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values
