"""``import``: a spreadsheet of distributors, in one step or not at all."""

from __future__ import annotations

import argparse
from dataclasses import replace
from gettext import gettext as _tr
from typing import TYPE_CHECKING, Any, Final

from channel_desk.cli.arguments import path, row_number
from channel_desk.cli.commands.declaration import Command, add_json
from channel_desk.i18n import mark

if TYPE_CHECKING:
    from channel_desk.cli.session import Session
    from channel_desk.domain.import_plan import ImportPlan
    from channel_desk.storage.reader import Reader
    from channel_desk.storage.unit_of_work import UnitOfWork

_SHEETS_LEFT_OUT: Final = frozenset({"sheet_left_out", "hidden_sheet_left_out"})


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("distributors",))
    parser.add_argument("file", type=path, metavar="FILE", help=_tr("Excel (.xlsx, .xls), OpenDocument or CSV"))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help=_tr("column heading, letter or number of a field"),
    )
    parser.add_argument("--sheet", help=_tr("name of the sheet (default: the one with the table)"))
    parser.add_argument(
        "--heading-row",
        type=row_number,
        metavar="N",
        help=_tr("number of the row with the headings, the last of several (default: found out)"),
    )
    parser.add_argument("--encoding", help=_tr("of a CSV file (default: found out)"))
    parser.add_argument("--dry-run", action="store_true", help=_tr("only tell what would happen"))
    parser.add_argument("--update", action="store_true", help=_tr("bring rows of known distributors into their files"))
    add_json(parser)


def _complaint(given: argparse.Namespace) -> str:
    wrong = next((one for one in given.map if not all(_choice(one))), "")
    return _tr("argument --map: not FIELD=COLUMN: {text}").format(text=wrong) if wrong else ""


def _choice(text: str) -> tuple[str, str]:
    field, found, column = text.partition("=")
    return field.strip(), column.strip() if found else ""


def _run(session: Session, given: argparse.Namespace) -> None:
    from channel_desk.storage.collecting import no_collection

    with no_collection():
        report(session, _plan(session, given), as_json=given.json)
    if given.dry_run and not given.json:
        session.say(mark("This was a dry run: nothing was written."))


def _plan(session: Session, given: argparse.Namespace) -> ImportPlan:
    """What was done, or with ``--dry-run`` what would be."""
    from channel_desk.services.imports import (
        choose_columns,
        preview_first_import,
        preview_import,
        read_spreadsheet,
        run_import,
        suggest_mapping,
    )

    # Whole, so that "." has a name that a refusal can tell.
    table = read_spreadsheet(
        given.file.absolute(), sheet=given.sheet, encoding=given.encoding, heading_row=given.heading_row
    ).table
    choices = [_choice(one) for one in given.map]

    if session.has_no_data:
        # What is refused is refused before any data is begun; one row is enough to know.
        tried = table if given.dry_run else replace(table, rows=table.rows[:1])
        first = preview_first_import(tried, choices, today=session.clock.today(), update=given.update)
        if given.dry_run:
            return first

    def look(reader: Reader) -> ImportPlan:
        mapping = choose_columns(suggest_mapping(reader, table)[0], choices)
        return preview_import(reader, table, mapping, update=given.update)

    def bring_in(uow: UnitOfWork) -> ImportPlan:
        mapping = choose_columns(suggest_mapping(uow, table)[0], choices)
        return run_import(uow, table, mapping, update=given.update)

    if given.dry_run:
        return session.store.read(look)
    label = session.language.tr("Import {file}", file=given.file.name)
    return session.store.write(label, bring_in).result


def report(session: Session, plan: ImportPlan, *, as_json: bool) -> None:
    """The four counts, which add up to the data rows of the file, and every problem with its row."""
    counts = {str(verdict): count for verdict, count in plan.counts.items()}
    problems: list[dict[str, Any]] = [
        {
            "row": problem.row,
            "column": problem.column,
            "code": problem.code,
            "severity": str(problem.severity),
            "message": problem.message(session.language),
        }
        for problem in plan.problems
    ]
    if as_json:
        session.print_json({**counts, "problems": problems})
        return
    for problem in problems:
        print(_line_of(session, problem))
    session.say(mark("{created} created, {updated} updated, {skipped} skipped, {rejected} rejected"), **counts)
    if any(problem.code in _SHEETS_LEFT_OUT for problem in plan.findings):
        session.say(mark("Each run brings in one sheet; --sheet NAME chooses another."))


def _line_of(session: Session, problem: dict[str, Any]) -> str:
    """The sentence for a problem of a cell, of a row, or of the whole file, which has no row."""
    row, column, message = problem["row"], problem["column"], str(problem["message"])
    if not row:
        return message
    if column:
        return session.language.tr("Row {row}, {column}: {message}", row=row, column=column, message=message)
    return session.language.tr("Row {row}: {message}", row=row, message=message)


IMPORT: Final = Command(
    "import", mark("bring in a spreadsheet of distributors"), _arguments, _run, _complaint, begins_data=True
)
