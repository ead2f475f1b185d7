"""Records to rows and back, straight through the driver.

The statements are compiled from the tables once, and the conversions are the column types' own; what is left out is
the per-statement work of a compiler that always gives the same answer. Autosave and imports live from this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from channel_desk.domain.record import Record
from channel_desk.storage.tables import TABLES, row_changes

_DIALECT: Final = SQLiteDialect_pysqlite(paramstyle="qmark")

Convert = Callable[[Any], Any]

#: One row of the log of images, in the order of the columns after ``id``.
LOG_INSERT: Final = str(
    row_changes.insert().compile(
        dialect=_DIALECT, column_keys=[column.name for column in row_changes.columns if column.name != "id"]
    )
)
_LOG_MOMENT: Final = row_changes.c.at.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def log_moment(moment: datetime) -> Any:
    """``moment`` as the log's driver row takes it."""
    return moment if _LOG_MOMENT is None else _LOG_MOMENT(moment)


class RowForm:
    """Statements and conversions of one kind."""

    def __init__(self, kind: type[Record]) -> None:
        self.kind = kind
        self.table = TABLES[kind]
        self.names = tuple(column.name for column in self.table.columns)
        self.index = {name: number for number, name in enumerate(self.names)}
        self.values: Callable[[Any], tuple[Any, ...]] = attrgetter(*self.names)
        by_name = {f.name: f.default for f in fields(kind)}
        self.defaults = tuple(by_name[name] for name in self.names)
        self._bind: dict[str, Convert] = {}
        results: list[Convert | None] = []
        for column in self.table.columns:
            bind = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            if bind is not None:
                self._bind[column.name] = bind
            results.append(column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None))
        self._results = tuple((number, convert) for number, convert in enumerate(results) if convert is not None)
        self._bound = tuple((self.index[name], convert) for name, convert in self._bind.items())
        self.insert = str(self.table.insert().compile(dialect=_DIALECT))
        self.select = str(self.table.select().where(self.table.c.id == 0).compile(dialect=_DIALECT))
        self.delete = str(self.table.delete().where(self.table.c.id == 0).compile(dialect=_DIALECT))
        self._updates: dict[tuple[str, ...], str] = {}

    def bind(self, values: Sequence[Any]) -> list[Any]:
        """A full row of values as the driver takes them."""
        row = list(values)
        for number, convert in self._bound:
            if row[number] is not None:
                row[number] = convert(row[number])
        return row

    def update(self, names: tuple[str, ...]) -> str:
        """The statement that sets ``names`` (in table order) of one id."""
        statement = self._updates.get(names)
        if statement is None:
            changed = self.table.update().where(self.table.c.id == 0).values(dict.fromkeys(names))
            statement = self._updates[names] = str(changed.compile(dialect=_DIALECT))
        return statement

    def in_order(self, names: Sequence[str]) -> tuple[str, ...]:
        """``names`` in table order, as the compiled update binds them."""
        return tuple(sorted(names, key=self.index.__getitem__))

    def bind_some(self, values: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
        """The values of ``names`` as the driver takes them."""
        row = []
        for name in names:
            value, convert = values[name], self._bind.get(name)
            row.append(convert(value) if convert is not None and value is not None else value)
        return row

    def record(self, row: Sequence[Any]) -> Any:
        """The record of a driver row."""
        values = list(row)
        for number, convert in self._results:
            values[number] = convert(values[number])
        return self.kind(**dict(zip(self.names, values, strict=True)))

    def image(self, values: Sequence[Any]) -> dict[str, Any]:
        """The values that differ from the record's defaults; the rest come back with the class."""
        return {
            name: value
            for name, value, default in zip(self.names, values, self.defaults, strict=True)
            if name != "id" and (default is MISSING or value != default)
        }


_FORMS: Final[dict[type[Record], RowForm]] = {}


def form_of(kind: type[Record]) -> RowForm:
    """The form of ``kind``, made once."""
    form = _FORMS.get(kind)
    if form is None:
        form = _FORMS[kind] = RowForm(kind)
    return form
