"""Bringing a spreadsheet of distributors in: read, map, look, and write everything in one step that can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.import_plan import ColumnMapping, ImportPlan, ImportRow, ImportTable, Verdict
from channel_desk.domain.importing import plan_import
from channel_desk.domain.preferences import Preference
from channel_desk.domain.record import DistributorId
from channel_desk.exchange.headings import (
    choose,
    find_table,
    fingerprint,
    guess_mapping,
    mapping_from_dict,
    mapping_to_dict,
)
from channel_desk.exchange.source_table import SourceTable
from channel_desk.exchange.tables import read_table
from channel_desk.services.import_updates import file_update, with_unchanged_skipped
from channel_desk.services.preferences import write_preference
from channel_desk.storage.giving_way import look_up
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork

#: Where the mappings that were used are remembered, by the fingerprint of the headings.
_MEMORY = "import.mapping."


@dataclass(frozen=True)
class ImportSource:
    """A file that was read: its sheet, and the table found on it."""

    source: SourceTable
    table: ImportTable


def read_spreadsheet(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, heading_row: int | None = None
) -> ImportSource:
    """Read a file and find its table; no database is involved. Raises ``import_…`` errors."""
    return with_headings(read_table(path, sheet=sheet, encoding=encoding), heading_row=heading_row)


def with_headings(source: SourceTable, *, heading_row: int | None = None) -> ImportSource:
    """The table of a sheet with its headings in the row of that number, or where they seem to be."""
    table = find_table(source, heading_row=heading_row)
    return ImportSource(source, replace(table, findings=(*source.doubts, *table.findings)))


def suggest_mapping(reader: Reader, table: ImportTable) -> tuple[ColumnMapping, bool]:
    """The mapping used for these headings before, or a guess; and whether it was remembered."""
    stored = reader.all(Preference, key=_MEMORY + fingerprint(table.headings))
    if stored:
        return mapping_from_dict(table, json.loads(stored[0].value)), True
    return guess_mapping(table), False


def choose_columns(mapping: ColumnMapping, choices: Iterable[tuple[str, str]]) -> ColumnMapping:
    """``mapping`` with ``(field, column)`` choices of the user's.

    Raises ``import_field_unknown`` and ``import_column_unknown``.
    """
    for field, column in choices:
        mapping = choose(mapping, field, column)
    return mapping


def preview_first_import(
    table: ImportTable, choices: Iterable[tuple[str, str]], *, today: date, update: bool = False
) -> ImportPlan:
    """What an import would do where there is no data yet; no database is involved. Raises as the import would."""
    mapping = choose_columns(guess_mapping(table), choices)
    return plan_import(table, mapping, existing=KnownDistributors(), today=today, update=update)


def preview_import(reader: Reader, table: ImportTable, mapping: ColumnMapping, *, update: bool = False) -> ImportPlan:
    """What an import would do, row by row; changes nothing."""
    from channel_desk.storage.queries.existing import existing_rows

    existing = KnownDistributors.of(existing_rows(reader))
    plan = plan_import(table, mapping, existing=existing, today=reader.clock.today(), update=update)
    return with_unchanged_skipped(reader, plan)


def run_import(
    uow: UnitOfWork,
    table: ImportTable,
    mapping: ColumnMapping,
    *,
    update: bool = False,
    report: Callable[[int, int], object] = lambda _done, _of: None,
) -> ImportPlan:
    """Import, and remember the mapping unless nothing comes in.

    The plan is made anew inside the transaction, so that it is still true.

    ``report`` hears how far it is, in tenths of the time that it takes with the search index.
    """
    plan = preview_import(uow, table, mapping, update=update)
    if not plan.changes_anything:
        return plan  # no step that only remembers columns
    look_up(uow.raw)
    report(3, 10)
    created = [row for row in plan.rows if row.verdict is Verdict.CREATED and row.distributor is not None]
    ids = uow.insert_many([row.distributor for row in created if row.distributor is not None])
    report(5, 10)
    id_of_row = {row.row: DistributorId(one) for row, one in zip(created, ids, strict=True)}
    people: dict[DistributorId, list[Contact]] = {distributor_id: [] for distributor_id in id_of_row.values()}
    for row in plan.rows:
        if row.verdict is Verdict.UPDATED and row.existing_id:
            _update(uow, row)
        elif row.verdict in {Verdict.CREATED, Verdict.UPDATED}:
            distributor_id = id_of_row[row.joins_row or row.row]
            together = people[distributor_id]
            for contact in row.contacts:
                together.append(replace(contact, distributor_id=distributor_id, position=len(together)))
    uow.insert_many([contact for together in people.values() for contact in together])
    report(6, 10)
    memory = json.dumps(mapping_to_dict(mapping), ensure_ascii=False)
    write_preference(uow, _MEMORY + fingerprint(table.headings), memory)
    return plan


def _update(uow: UnitOfWork, row: ImportRow) -> None:
    """Carry out what ``row`` changes in the file of the known distributor."""
    people = uow.all(Contact, distributor_id=row.existing_id)
    found = file_update(row, uow.get(Distributor, row.existing_id), people)
    uow.update(Distributor, row.existing_id, **found.changes)
    last = max((contact.position for contact in people), default=-1)
    for position, contact in enumerate(found.newcomers, last + 1):
        uow.insert(replace(contact, distributor_id=DistributorId(row.existing_id), position=position))
    for contact, given in found.renewed:
        uow.update(Contact, contact.id, **given)
