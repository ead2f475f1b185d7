"""From a sheet to a table with headings, and from headings to fields: guessed, remembered, or said by the user."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from channel_desk.domain.cells import Cell, cell_text, column_letters, folded, is_blank, without_invisible
from channel_desk.domain.import_fields import (
    CONTACTS_IN_A_ROW,
    EXTRA,
    FAMILY_NAME,
    FIELDS,
    GIVEN_NAME,
    NOTHING,
    ROW_NUMBER,
    key_of,
    target_of,
)
from channel_desk.domain.import_plan import ColumnChoice, ColumnMapping, ImportTable
from channel_desk.domain.import_problems import Problem
from channel_desk.domain.import_units import MoneyUnit
from channel_desk.errors import UserError
from channel_desk.exchange.header_rows import (
    HeaderRow,
    find_header,
    header_at,
    holds_units,
    is_form,
    likely_headings,
    next_table,
    rows_above,
)
from channel_desk.exchange.heading_people import PersonByRole, people_by_role
from channel_desk.exchange.heading_values import counts_rows, settled_guesses
from channel_desk.exchange.heading_words import field_of, heading_key, heading_money, heading_units, table_unit
from channel_desk.exchange.limits import MAX_COLUMNS
from channel_desk.exchange.merged_cells import Merge, filled_down, lines_across
from channel_desk.exchange.source_table import SourceTable

#: In a list of people 单位 is where they work, in any other a unit.
_EMPLOYERS: Final = frozenset({"单位", "單位"})


def find_table(source: SourceTable, *, heading_row: int | None = None) -> ImportTable:
    """The headings, in the row of that number or where they seem to be, and the rows below them.

    Raises ``import_no_table``, ``import_form``, ``import_heading_row_blank`` or ``import_no_rows``.
    """
    rows = filled_down(source.rows, source.merges)
    header = _guessed_header(rows, source.name) if heading_row is None else _header_in(rows, heading_row, source.name)
    headings = _headings(rows[header.first : header.last + 1], header.first, source.merges)
    below = header.last + 1
    if not any(not is_blank(cell) for row in rows[below:] for cell in row):
        raise UserError("import_no_rows", path=source.name)
    findings = [
        Problem(0, "", "hidden_sheet_left_out" if sheet in source.hidden_sheets else "sheet_left_out", {"sheet": sheet})
        for sheet in source.left_out
    ]
    if source.sheet in source.hidden_sheets:
        findings.append(Problem(0, "", "sheet_hidden", {"sheet": source.sheet}))
    findings += [Problem(row, "", "quotes_repaired") for row in source.repaired]
    findings += [
        Problem(index + 1, "", "row_above", {"heading": header.last + 1, "text": _line(rows[index])})
        for index in rows_above(rows, header.first)
    ]
    findings += [
        Problem(index + 1, column_letters(column), "cell_far_right", {"text": cell_text(cell)})
        for index, row in enumerate(rows[:below])
        for column, cell in enumerate(row[MAX_COLUMNS:], MAX_COLUMNS)
        if not is_blank(cell)
    ]
    across = {row for row in lines_across(rows, source.merges, width=len(headings)) if row >= below}
    findings += [Problem(index + 1, "", "line_across", {"text": _line(rows[index])}) for index in sorted(across)]
    rows = tuple(() if index in across else row for index, row in enumerate(rows)) if across else rows
    beside = _table_beside(headings, rows[below:])
    if beside:
        left = sum(1 for row in rows[below:] if _line(row[beside:]))
        findings.append(Problem(header.last + 1, column_letters(beside), "table_beside", {"count": left}))
        headings, rows = headings[: beside - 1], tuple(row[: beside - 1] for row in rows)
    end = next_table(rows, below)
    if end < len(rows):
        left = sum(1 for row in rows[end:] if _line(row))
        findings.append(Problem(end + 1, "", "another_table", {"text": _line(rows[end]), "count": left}))
    findings += [
        Problem(index + 1, "", "likely_headings", {"text": _line(rows[index])})
        for index in likely_headings(rows, below, end)
    ]
    findings += source.hidden.problems(headings, rows[below:end], below)
    above = (cell for row in rows[: header.first] for cell in row if isinstance(cell, str))
    unit = next(filter(None, map(table_unit, above)), MoneyUnit(1, ""))
    return ImportTable(
        headings,
        tuple(rows[below:end]),
        below + 1,
        header.last + 1,
        tuple(findings),
        unit.factor,
        unit.currency,
        source.from_1904,
    )


def _guessed_header(rows: Sequence[Sequence[Cell]], path: str) -> HeaderRow:
    header = find_header(rows)
    if header is None:
        raise UserError("import_no_table", path=path)
    if is_form(rows, header):
        raise UserError("import_form", path=path)
    return header


def _header_in(rows: Sequence[Sequence[Cell]], number: int, path: str) -> HeaderRow:
    if number > len(rows) or not _line(rows[number - 1]):
        raise UserError("import_heading_row_blank", path=path, row=number)
    return header_at(rows, number - 1)


def _line(row: Sequence[Cell]) -> str:
    return " ".join(filter(None, map(cell_text, row)))


def _table_beside(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    """Where the same headings begin again, right of a blank column; 0 without."""
    for index in range(3, len(headings) - 1):
        again, between = headings[index:], index - 1
        if headings[between] == column_letters(between) and again == headings[: len(again)]:
            return index if all(is_blank(cell) for row in rows for cell in row[between:index]) else 0
    return 0


def _headings(rows: Sequence[Sequence[Cell]], first: int, merges: tuple[Merge, ...]) -> tuple[str, ...]:
    width = min(MAX_COLUMNS, max(len(row) for row in rows))
    lines = [
        [" ".join(without_invisible(cell_text(row[i])).split()) if i < len(row) else "" for i in range(width)]
        for row in rows
    ]
    if len(lines) > 1 and holds_units(rows[-1]):
        # In brackets a unit is told from the words of a heading, however many there are.
        lines[-1] = [f"({unit.strip('()（） ')})" if unit else "" for unit in lines[-1]]
    if len(lines) > 1:
        upper = lines[0]
        for top, left, _, right in merges:
            if top == first and left < right and left < width:
                upper[left : right + 1] = [upper[left]] * (min(right, width - 1) - left + 1)
        if not any(top == first for top, *_ in merges):
            _spread_groups(upper, lines[1])
    while width and not any(line[width - 1] for line in lines):
        width -= 1
    headings = []
    for index in range(width):
        parts = list(dict.fromkeys(line[index] for line in lines if line[index]))
        headings.append(" ".join(parts) or column_letters(index))
    return tuple(headings)


def _spread_groups(upper: list[str], lower: Sequence[str]) -> None:
    """Where a file knows no merged cells, a group reaches over the columns beside it that have finer headings only."""
    for index in range(1, len(upper)):
        if not upper[index] and upper[index - 1] and lower[index - 1] and lower[index]:
            upper[index] = upper[index - 1]


def guess_mapping(table: ImportTable) -> ColumnMapping:
    """A field for every heading that names one; what stays over is kept as EXTRA. Blank columns are left out."""
    people = people_by_role(table)
    fields = _fields(table, people)
    titles = {person.name_column: person.title for person in people}
    columns = []
    for index, heading in enumerate(table.headings):
        if heading == column_letters(index) and _is_blank_column(table, index):
            continue
        units = heading_units(heading)
        money = heading_money(units) or MoneyUnit(table.amount_unit, table.amount_currency)
        # A scale alone (万) leaves the currency to the line above the table.
        currency = money.currency or table.amount_currency
        title = titles.get(index, "")
        columns.append(ColumnChoice(index, heading, fields[index], money.factor, currency, units, title))
    return _promote(ColumnMapping(tuple(columns)), table)


def _fields(table: ImportTable, people: Sequence[PersonByRole]) -> list[str]:
    """A field for each column; ``people`` come after those whom no role names, as far as a row has room for them."""
    by_role = {index for person in people for index in person.columns.values()}
    headings = ("" if index in by_role else heading for index, heading in enumerate(table.headings))
    found = settled_guesses(replace(table, headings=tuple(headings)))
    if "contact2.name" in found:
        # 联系人1, 电话1, 联系人2, 电话2: the second phone is the second person's.
        found = ["contact2.phone" if key == "contact.phone_2" else key for key in found]
    if "contact.name" in found:
        found = [EXTRA if key in {FAMILY_NAME, GIVEN_NAME} else key for key in found]
    if not _has_person(found) and any(key.startswith("contact.") for key in found):
        # A phone, and nobody without a phone but the buyer: it is the buyer's.
        for index, key in next((one.keys(1) for one in people if "phone" not in one.columns), {}).items():
            found[index] = key
    has_person = _has_person(found)
    taken: set[str] = set()
    for index, key in enumerate(found):
        found[index] = _free(key, taken, has_person=has_person)
        taken.add(found[index])
    known = {target.person for target in map(target_of, found) if target is not None}
    free = (number for number in range(1, CONTACTS_IN_A_ROW + 1) if number not in known)
    others = (person for person in people if all(found[index] == EXTRA for index in person.columns.values()))
    for person, number in zip(others, free, strict=False):
        for index, key in person.keys(number).items():
            found[index] = key
    return found


def _has_person(keys: Sequence[str]) -> bool:
    """Whether the name of anybody is among the fields."""
    return any(one is not None and one.person and one.field.attribute == "name" for one in map(target_of, keys))


def _is_blank_column(table: ImportTable, index: int) -> bool:
    return all(is_blank(row[index]) for row in table.rows if index < len(row))


def _free(key: str, taken: set[str], *, has_person: bool) -> str:
    """The field itself, or where a second column of the same kind goes; EXTRA when there is no room."""
    if key in {EXTRA, ROW_NUMBER}:
        return key
    target = target_of(key)
    if target is not None and target.person and not has_person:
        # A phone without any person is the company's; what else is known of nobody has no place in a contact.
        return "phone" if key == "contact.phone" and "phone" not in taken else EXTRA
    if key not in taken:
        return key
    if target is None:
        return EXTRA
    if target.field.key == "contact.phone" and "contact.phone_2" not in taken and "contact2.name" not in taken:
        return "contact.phone_2"
    if target.person:
        for person in range(target.person + 1, CONTACTS_IN_A_ROW + 1):
            other = key_of(target.field, person)
            is_led = target.field.key == "contact.name" or f"contact{person}.name" in taken
            if other not in taken and is_led:
                return other
    if key == "contact.phone" and "phone" not in taken:
        return "phone"
    return EXTRA


def _promote(mapping: ColumnMapping, table: ImportTable) -> ColumnMapping:
    """Without a name the short name is it, or the 单位 of people; a person's name never is the company's."""
    employers = [one for one in mapping.columns if one.heading in _EMPLOYERS and mapping.column_of("contact.name")]
    column = next(filter(None, (mapping.column_of("short_name"), *employers)), None)
    if mapping.column_of("name") is not None or column is None:
        return mapping
    has_names = any(not is_blank(row[column.index]) for row in table.rows if column.index < len(row))
    return mapping.with_field(column.index, "name") if has_names else mapping


def fingerprint(headings: Sequence[str]) -> str:
    """The same for tables with the same headings in the same order; the key of a remembered mapping."""
    return hashlib.sha256("\x1f".join(folded(heading) for heading in headings).encode()).hexdigest()[:32]


def mapping_to_dict(mapping: ColumnMapping) -> dict[str, str]:
    """A mapping for storing, by column number: a heading may stand twice."""
    return {str(column.index): column.field for column in mapping.columns}


def mapping_from_dict(table: ImportTable, stored: Mapping[str, str]) -> ColumnMapping:
    """The remembered mapping for a table with the same fingerprint; what is not remembered is guessed."""
    columns = []
    for column in guess_mapping(table).columns:
        field = stored.get(str(column.index), column.field)
        if target_of(field) is None and field not in {EXTRA, ROW_NUMBER, NOTHING}:
            field = column.field
        if field == ROW_NUMBER and not counts_rows(table, column.index):
            field = column.field  # the heading counted the rows of another file, and of this one it does not
        columns.append(replace(column, field=field))
    return ColumnMapping(tuple(columns))


def choose(mapping: ColumnMapping, field: str, column: str) -> ColumnMapping:
    """Send one column to a field, both as a person names them: ``phone`` and ``联系电话``, ``C`` or ``3``.

    Raises UserErrors ``import_field_unknown`` and ``import_column_unknown``.
    """
    key = _field_named(field)
    chosen = _column_named(mapping, column)
    return mapping.with_field(chosen.index, key)


def _field_named(text: str) -> str:
    wanted = text.strip().lower().replace("-", "_")
    shapes = (
        wanted,
        f"{wanted}_minor",
        f"{wanted}_on",
        wanted.replace("_", ".", 1),
        wanted.replace("_", ".", 1) + "_on",
    )
    for key in (EXTRA, ROW_NUMBER, NOTHING):
        if wanted == key:
            return key
    for shape in shapes:
        if target_of(shape) is not None:
            return shape
    by_heading = field_of(text)
    if by_heading is not None:
        return by_heading
    raise UserError("import_field_unknown", field=text, fields=", ".join(FIELDS))


def _column_named(mapping: ColumnMapping, text: str) -> ColumnChoice:
    wanted = folded(text)
    for column in mapping.columns:
        if folded(column.heading) == wanted:
            return column
    key = heading_key(text).key
    for column in mapping.columns:
        if key and heading_key(column.heading).key == key:
            return column
    for column in mapping.columns:
        if column_letters(column.index).lower() == wanted or str(column.index + 1) == wanted:
            return column
    headings = ", ".join(column.heading for column in mapping.columns)
    raise UserError("import_column_unknown", column=text, columns=headings)
