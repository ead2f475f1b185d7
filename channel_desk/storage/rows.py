"""Records to rows, straight through the driver; ``storage/stored`` is the way back.

The statements are compiled from the tables once, and the conversions are the column types' own; what is left out is
the per-statement work of a compiler that always gives the same answer. Autosave and imports live from this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from channel_desk.domain.record import Record
from channel_desk.storage.tables import TABLES, row_changes

_DIALECT: Final = SQLiteDialect_pysqlite(paramstyle="qmark")

Convert = Callable[[Any], Any]

#: The values of a field about which nothing is known.
_NOTHING: Final = (None, "", (), 0, False)

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
        by_name = {f.name: f.default if f.default in _NOTHING else MISSING for f in fields(kind)}
        #: What an image leaves out. A default that says something may be another one in a later version of the program,
        #: and is told.
        self.nothing = tuple(by_name[name] for name in self.names)
        self._bind: dict[str, Convert] = {}
        for column in self.table.columns:
            bind = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            if bind is not None:
                self._bind[column.name] = bind
        self._inserts: dict[tuple[str, ...], str] = {}
        self.delete = str(self.table.delete().where(self.table.c.id == 0).compile(dialect=_DIALECT))
        self._updates: dict[tuple[str, ...], str] = {}

    def columns(self, records: Sequence[Record]) -> list[list[Any]]:
        """The values of ``records`` column by column, in table order."""
        return list(map(list, zip(*map(self.values, records), strict=True)))

    def inserted(self, columns: Sequence[list[Any]]) -> tuple[str, Iterator[tuple[Any, ...]]]:
        """The statement that stores rows given by column, and the rows as the driver takes them.

        Of many rows the columns that are empty in all of them are left out: the driver is slow with each None.
        """
        bound: dict[str, list[Any]] = {}
        for name, column in zip(self.names, columns, strict=True):
            if len(column) == 1 or column.count(None) < len(column):
                convert = self._bind.get(name)
                bound[name] = column if convert is None else _converted(column, convert)
        names = tuple(bound)
        statement = self._inserts.get(names)
        if statement is None:
            statement = str(self.table.insert().compile(dialect=_DIALECT, column_keys=names))
            self._inserts[names] = statement
        return statement, zip(*bound.values(), strict=True)

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

    def images(self, columns: Sequence[list[Any]]) -> list[dict[str, Any]]:
        """Of each row the values that are not empty; the rest come back with the class."""
        told = [
            (name, nothing, column)
            for name, nothing, column in zip(self.names, self.nothing, columns, strict=True)
            if name != "id" and column.count(nothing) < len(column)
        ]
        names = [name for name, _, _ in told]
        empty = [nothing for _, nothing, _ in told]
        return [
            {
                name: value
                for name, value, nothing in zip(names, row, empty, strict=True)
                if nothing is MISSING or value != nothing
            }
            for row in zip(*(column for _, _, column in told), strict=True)
        ]


def _converted(column: list[Any], convert: Convert) -> list[Any]:
    """``column`` as the driver takes it. The same object is converted once: a moment or a word fills whole columns."""
    known: dict[int, Any] = {id(None): None}
    found = []
    for value in column:
        place = id(value)
        if place not in known:
            known[place] = convert(value)
        found.append(known[place])
    return found


_FORMS: Final[dict[type[Record], RowForm]] = {}


def form_of(kind: type[Record]) -> RowForm:
    """The form of ``kind``, made once."""
    form = _FORMS.get(kind)
    if form is None:
        form = _FORMS[kind] = RowForm(kind)
    return form
