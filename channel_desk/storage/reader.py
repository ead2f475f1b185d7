"""Reading records: generic, by kind and field; everything cleverer is a named query in ``storage/queries``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from channel_desk.clock import Clock
from channel_desk.domain.record import Record
from channel_desk.errors import UserError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable, Select
    from sqlalchemy.engine import CursorResult

    from channel_desk.storage import file

R = TypeVar("R", bound=Record)


class Reader:
    """Reads within one transaction. Light until the first record is asked for: SQLAlchemy is loaded then."""

    def __init__(self, raw: file.Connection, connection: Callable[[], Connection], clock: Clock) -> None:
        self.raw = raw
        self.clock = clock
        self._connection = connection

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a Core statement; for the modules of storage."""
        return self._connection().execute(statement, values)

    def get(self, kind: type[R], record_id: int) -> R:
        """The record; raises ``record_gone``."""
        found = self.find(kind, record_id)
        if found is None:
            raise UserError("record_gone")
        return found

    def find(self, kind: type[R], record_id: int) -> R | None:
        """The record, or None."""
        found = self.all(kind, id=record_id)
        return found[0] if found else None

    def all(
        self,
        kind: type[R],
        *,
        order: str | Sequence[str] = "id",
        descending: bool = False,
        limit: int | None = None,
        **equal: object,
    ) -> tuple[R, ...]:
        """The records whose fields equal ``equal`` (a tuple, list or set means any of), ordered by ``order``."""
        from channel_desk.storage.tables import TABLES

        table = TABLES[kind]
        names = (order,) if isinstance(order, str) else tuple(order)
        columns = [table.c[name].desc() if descending else table.c[name] for name in names]
        statement = self._where(table.select(), kind, equal).order_by(*columns)
        if limit is not None:
            statement = statement.limit(limit)
        return tuple(kind(**row._mapping) for row in self.execute(statement))  # noqa: SLF001 - SQLAlchemy's public name

    def count(self, kind: type[Record], **equal: object) -> int:
        """How many records match."""
        from sqlalchemy import func, select

        from channel_desk.storage.tables import TABLES

        statement = self._where(select(func.count()).select_from(TABLES[kind]), kind, equal)
        return int(self.execute(statement).scalar_one())

    @staticmethod
    def _where(statement: Select[Any], kind: type[Record], equal: dict[str, object]) -> Select[Any]:
        from channel_desk.storage.tables import TABLES

        table = TABLES[kind]
        for name, value in equal.items():
            column = table.c[name]
            if isinstance(value, (tuple, list, set, frozenset)):
                statement = statement.where(column.in_(list(value)))
            else:
                statement = statement.where(column.is_(None) if value is None else column == value)
        return statement
