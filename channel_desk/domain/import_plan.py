"""From the rows of a table to distributors: what each row becomes, and what is said about it.

Every row with content between the headings and the end of the table becomes one :class:`ImportRow` with a verdict, so
that created + updated + skipped + rejected is the number of data rows. What no field can hold is kept in
``Distributor.extra``; what cannot be read as its field's kind goes there too and is pointed out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from channel_desk.domain.cells import Cell
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.import_fields import EXTRA, target_of
from channel_desk.domain.import_problems import Problem


@dataclass(frozen=True)
class ImportTable:
    """The table of a file: the headings and the rows below them.

    ``first_row`` is the number of ``rows[0]`` as the spreadsheet program shows it. ``findings`` are
    problems of the whole file, such as a second sheet with data. ``amount_unit`` is 10,000 when a line above the
    headings says that all amounts are in 万元; ``amount_currency`` is the currency it names.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int = 2
    heading_row: int = 1
    findings: tuple[Problem, ...] = ()
    amount_unit: int = 1
    amount_currency: str = ""
    #: Whether a bare number in a column of dates counts the days from 1904, as the workbook says.
    from_1904: bool = False


@dataclass(frozen=True)
class ColumnChoice:
    """Where one column goes: ``field`` is a key of ``import_fields`` (``name``, ``contact.phone``, ``contact2.name``),
    or EXTRA, ROW_NUMBER, NOTHING. ``factor`` and ``currency`` are the unit of an amount's heading: 万元 is 10,000 and
    CNY. ``units`` is what stands beside the heading, in brackets or behind it. ``title`` is the job of the person whom
    the heading names by it: 采购.
    """

    index: int
    heading: str
    field: str = EXTRA
    factor: int = 1
    currency: str = ""
    units: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class ColumnMapping:
    """The choice for every column of a table, in their order."""

    columns: tuple[ColumnChoice, ...]

    def column_of(self, key: str) -> ColumnChoice | None:
        """The column that fills the field ``key``."""
        return next((column for column in self.columns if column.field == key), None)

    def with_field(self, index: int, key: str) -> ColumnMapping:
        """The mapping with another choice for one column; a column that had the field before becomes EXTRA."""
        is_field = target_of(key) is not None
        return ColumnMapping(
            tuple(
                replace(column, field=key)
                if column.index == index
                else replace(column, field=EXTRA)
                if is_field and column.field == key
                else column
                for column in self.columns
            )
        )


class Verdict(StrEnum):
    """What becomes of a row; the words are the keys of the counts."""

    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    REJECTED = "rejected"


NO_CHANGES: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One data row.

    ``distributor`` is what was read, also for skipped rows (None only without a name). ``contacts`` carry no
    distributor id yet. An UPDATED row has either ``existing_id`` (``changes`` are the fields to set; ``extra`` and
    ``tags`` in it are to be added to those of the record) or ``joins_row``: its contacts belong to the distributor
    that row creates. SKIPPED rows name what they repeat in the same two ways.
    """

    row: int
    verdict: Verdict
    distributor: Distributor | None
    contacts: tuple[Contact, ...] = ()
    problems: tuple[Problem, ...] = ()
    existing_id: int = 0
    joins_row: int = 0
    changes: Mapping[str, object] = field(default_factory=lambda: NO_CHANGES)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. ``findings`` are problems of no data row: totals, remarks, other sheets."""

    rows: tuple[ImportRow, ...]
    findings: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[Verdict, int]:
        """Rows by verdict; all four are there."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def changes_anything(self) -> bool:
        """Whether any row comes in."""
        return any(row.verdict in {Verdict.CREATED, Verdict.UPDATED} for row in self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything there is to say, in the order of the rows."""
        of_rows = [problem for row in self.rows for problem in row.problems]
        return tuple(sorted((*self.findings, *of_rows), key=lambda problem: problem.row))
