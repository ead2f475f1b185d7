"""The plan of an import: every data row of a table judged, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from channel_desk.domain.cells import BLANKS, Cell, cell_text, folded
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.duplicates import ANOTHER_COMPANY, Known, KnownDistributors, Match, similarity
from channel_desk.domain.import_fields import CONTACT_ATTRIBUTES, NOTHING, ROW_NUMBER, target_of
from channel_desk.domain.import_lines import LONGEST_MARK, line_of_no_distributor
from channel_desk.domain.import_plan import ColumnMapping, ImportPlan, ImportRow, ImportTable, Verdict
from channel_desk.domain.import_problems import Problem
from channel_desk.domain.import_units import rounded_amounts, unit_not_applied, unknown_units
from channel_desk.domain.phones import phone_keys
from channel_desk.domain.read_row import ReadRow
from channel_desk.domain.row_reading import RowReader
from channel_desk.errors import UserError

#: A lone 0 is what a formula finds in a blank cell.
_ONLY_NUMBER = re.compile(r"[\d\s+()./\-]{7,}|0")
_CODE_SHAPE = re.compile(r"[A-Za-z]{0,4}[-_]?\d+[A-Za-z]?")
_LIKE_A_NAME = re.compile(r"[\u3400-\u9fff]{4,}|(?<![A-Za-z])[A-Za-z]{3,}\s+[A-Za-z]{3,}")
#: Facts of a real business; a row that has one of them is no total and no mix-up.
_SOLID: Final = ("address", "phone", "city", "province", "country", "postal_code", "legal_person", "licence_no")
#: Columns that fill a field of the distributor which has none of its own: the phone of nobody is the company's.
_ALSO_FROM: Final = MappingProxyType(
    {
        "phone": ("contact.phone", "contact2.phone", "contact3.phone"),
        "currency": ("annual_sales_minor", "credit_limit_minor"),
    }
)
#: Such a name may be a heading, a class or a department that slipped into the wrong column.
_SHORT_NAME: Final = 4


def plan_import(
    table: ImportTable, mapping: ColumnMapping, *, existing: KnownDistributors, today: date, update: bool = False
) -> ImportPlan:
    """What importing ``table`` would do.

    With ``update`` a row whose code, or else name, is known changes that distributor; without it the row is skipped.
    Raises UserError ``import_no_name_column`` when no column holds the distributor's name.
    """
    if mapping.column_of("name") is None:
        raise UserError("import_no_name_column", headings=", ".join(heading for heading in table.headings if heading))
    judge = _Judge(mapping, table, existing=existing, today=today, update=update)
    rows = []
    for number, cells in enumerate(table.rows, table.first_row):
        row = judge.judge(number, cells)
        if row is not None:
            rows.append(row)
    of_columns = (
        *unknown_units(mapping, table.heading_row),
        *unit_not_applied(mapping, table),
        *rounded_amounts(mapping, table),
    )
    return ImportPlan(tuple(rows), (*table.findings, *of_columns, *judge.findings))


class _Judge:
    """Goes down the table once and remembers what it has seen."""

    def __init__(
        self, mapping: ColumnMapping, table: ImportTable, *, existing: KnownDistributors, today: date, update: bool
    ) -> None:
        self.findings: list[Problem] = []
        self._reader = RowReader(mapping, table.rows, today=today, from_1904=table.from_1904)
        #: Whole headings and the ends of those of two lines, by their places.
        self._headings = frozenset(
            (index, part)
            for index, heading in enumerate(table.headings)
            for part in (heading, heading.partition(" ")[2], heading.rpartition(" ")[2])
        )
        self._width = len(table.headings)
        self._existing = existing
        self._seen = KnownDistributors()
        self._created: dict[int, tuple[Distributor, list[Contact]]] = {}
        #: By the id of a known distributor: the row that updates it, what that row said, and its people so far.
        self._updated: dict[int, tuple[int, Distributor, list[Contact]]] = {}
        #: The distributor of the row above, unless that is none or was rejected.
        self._above: Match | None = None
        self._update = update
        self._ignored = frozenset(c.index for c in mapping.columns if c.field in {ROW_NUMBER, NOTHING})
        self._columns = {column.field: column.heading for column in mapping.columns}
        name, title = mapping.column_of("name"), mapping.column_of("contact.title")
        self._name_index = name.index if name else -1
        self._title_heading = title.heading if title else ""

    def judge(self, number: int, cells: Sequence[Cell]) -> ImportRow | None:
        """The verdict on one row; None when it is no data row."""
        above, self._above = self._above, None
        filled = [
            (index, cell)
            for index, cell in enumerate(cells)
            if cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip(BLANKS))
        ]
        if all(index in self._ignored for index, _ in filled):
            # A line that only carries its number was prepared for later; unless the number's place holds words.
            if filled:
                self._report_aside(number, filled)
            return None
        if self._is_no_data(number, filled):
            return None
        found = self._reader.read(number, cells)
        if not found.text("name") and found.text("short_name"):
            found.values["name"] = found.values.pop("short_name")
        if not found.text("name"):
            is_numbered = any(index in self._ignored for index, _ in filled)
            row = None if is_numbered else self._below(above, found)
            return row or self._rejected(found, "no_name")
        mixed_up = self._mix_up(found)
        return mixed_up or self._placed(found)

    def _below(self, above: Match | None, found: ReadRow) -> ImportRow | None:
        """A row that holds nothing but a person speaks of the distributor in the row above."""
        contacts = found.contacts()
        if above is None or not contacts or found.values or found.extra:
            return None
        self._above = above
        found.values["name"] = above.known.name
        return self._of_known(found, above._replace(by_code=False), contacts)

    def _report_aside(self, number: int, filled: Sequence[tuple[int, Cell]]) -> None:
        texts = [(i, cell.strip(BLANKS)) for i, cell in filled if isinstance(cell, str) and not cell.strip().isdigit()]
        if texts:
            code = line_of_no_distributor(texts, filled=len(texts), width=self._width, name_index=self._name_index)
            self.findings.append(Problem(number, "", code or "remark_row", {"text": texts[0][1]}))

    def _is_no_data(self, number: int, filled: Sequence[tuple[int, Cell]]) -> bool:
        """Totals, remarks, lines of a template and repeated headings: not imported, but said."""
        texts = [(index, cell[:LONGEST_MARK].strip(BLANKS)) for index, cell in filled if isinstance(cell, str)]
        if not texts:
            return False
        if len(filled) > 1 and self._repeats_headings(texts, len(filled)):
            self.findings.append(Problem(number, "", "heading_again"))
            return True
        code = line_of_no_distributor(texts, filled=len(filled), width=self._width, name_index=self._name_index)
        if not code:
            return False
        shown = " ".join(cell_text(cell) for _, cell in filled)
        self.findings.append(Problem(number, "", code, {"text": shown}))
        return True

    def _repeats_headings(self, texts: list[tuple[int, str]], filled: int) -> bool:
        same = sum(1 for cell in texts if cell in self._headings)
        return same >= 2 and same * 10 >= filled * 8

    def _rejected(self, found: ReadRow, problem_code: str, **values: object) -> ImportRow:
        problem = Problem(found.row, self._columns.get("name", ""), problem_code, values)
        distributor = found.distributor() if found.text("name") else None
        return ImportRow(found.row, Verdict.REJECTED, distributor, found.contacts(), (problem, *found.problems))

    def _mix_up(self, found: ReadRow) -> ImportRow | None:
        """A row whose columns are mixed up: Northwind has two with a department as the company's name."""
        name, code = found.text("name"), found.text("code")
        if _ONLY_NUMBER.fullmatch(name):
            return self._rejected(found, "name_is_number", name=name)
        if code and _CODE_SHAPE.fullmatch(name) and _LIKE_A_NAME.search(code):
            return self._rejected(found, "columns_swapped", name=name, code=code)
        person = found.people.get(1, {})
        has_facts = any(found.values.get(key) for key in _SOLID) or any(
            person.get(k) for k in ("phone", "email", "fax")
        )
        if not has_facts and len(name) <= _SHORT_NAME and person.get("title") == name:
            return self._rejected(found, "columns_mixed_up", name=name, column=self._title_heading)
        return None

    def _placed(self, found: ReadRow) -> ImportRow:
        """Created, unless the distributor is known from the file or from the data."""
        contacts = found.contacts()
        entry = _known(found, contacts)
        match = self._seen.match(entry)
        if match is None or not match.certain:
            # A certain match in the data outweighs a similar name in the file.
            stored = self._existing.match(entry)
            match = stored if stored and (match is None or stored.certain) else match
        if match is None:
            self._above = Match(entry, by_code=False, certain=True)
            return self._create(found, entry, contacts)
        if match.by_code and similarity(entry.bare, match.known.bare) < ANOTHER_COMPANY:
            return self._clash(found, match)
        self._above = match
        return self._of_known(found, match, contacts)

    def _of_known(self, found: ReadRow, match: Match, contacts: tuple[Contact, ...]) -> ImportRow:
        if match.certain and match.known.id in self._updated:
            return self._of_earlier_row(found, match, contacts)
        if match.known.id:
            return self._of_existing(found, match, contacts)
        return self._of_earlier_row(found, match, contacts)

    def _create(self, found: ReadRow, entry: Known, contacts: tuple[Contact, ...]) -> ImportRow:
        for known in (self._seen, self._existing):
            namesake = known.namesake(entry)
            if namesake:
                found.note(self._columns.get("name", ""), "same_name", name=namesake.name)
                break
            mate = known.phone_mate(entry)
            if mate:
                found.note(self._heading_of("phone"), "same_phone", name=mate.name)
                break
        self._seen.add(entry)
        distributor = found.distributor()
        self._created[found.row] = (distributor, list(contacts))
        return ImportRow(found.row, Verdict.CREATED, distributor, contacts, tuple(found.problems))

    def _heading_of(self, key: str) -> str:
        """The column that a value of the distributor came from, if need be from one of another field."""
        return next(filter(None, map(self._columns.get, (key, *_ALSO_FROM.get(key, ())))), "")

    def _clash(self, found: ReadRow, match: Match) -> ImportRow:
        known, column = match.known, self._columns.get("code", "")
        if known.id:
            problem = Problem(
                found.row, column, "code_clash_existing", {"code": found.text("code"), "other": known.name}
            )
        else:
            values = {"code": found.text("code"), "other": known.name, "row": known.row}
            problem = Problem(found.row, column, "code_clash", values)
        return ImportRow(found.row, Verdict.REJECTED, found.distributor(), found.contacts(), (problem, *found.problems))

    def _of_existing(self, found: ReadRow, match: Match, contacts: tuple[Contact, ...]) -> ImportRow:
        known, distributor = match.known, found.distributor()
        column = self._columns.get("code" if match.by_code else "name", "")
        if self._update and match.certain:
            self._updated[known.id] = (found.row, distributor, list(contacts))
            if known.name != distributor.name:
                found.note(self._columns.get("name", ""), "renamed", name=known.name)
            changes = {**found.values, "extra": tuple(found.extra)} if found.extra else dict(found.values)
            return ImportRow(
                found.row,
                Verdict.UPDATED,
                distributor,
                contacts,
                tuple(found.problems),
                existing_id=known.id,
                changes=changes,
            )
        code = "duplicate_existing" if match.certain else "similar_existing"
        problem = Problem(found.row, column, code, {"name": known.name})
        return ImportRow(
            found.row, Verdict.SKIPPED, distributor, contacts, (problem, *found.problems), existing_id=known.id
        )

    def _of_earlier_row(self, found: ReadRow, match: Match, contacts: tuple[Contact, ...]) -> ImportRow:
        known, distributor = match.known, found.distributor()
        row, first, first_contacts = self._updated.get(known.id) or (known.row, *self._created[known.row])
        joins_row = 0 if known.id else row
        column = self._columns.get("code" if match.by_code else "name", "")
        newcomers = _newcomers(contacts, first_contacts) if match.certain else ()
        differing = (
            *self._differing(first, distributor, found.values),
            *self._differing_contacts(contacts, first_contacts),
        )
        if newcomers:
            first_contacts.extend(newcomers)
            found.note(column, "contact_added", row=row, contact=tuple(contact.name for contact in newcomers))
            if differing:
                found.note(column, "duplicate_row_differs", name=known.name, row=row, columns=differing)
            return ImportRow(
                found.row, Verdict.UPDATED, distributor, newcomers, tuple(found.problems), known.id, joins_row
            )
        if not match.certain:
            problem = Problem(found.row, column, "similar_row", {"name": known.name, "row": row})
        elif differing:
            values = {"name": known.name, "row": row, "columns": differing}
            problem = Problem(found.row, column, "duplicate_row_differs", values)
        else:
            problem = Problem(found.row, column, "duplicate_row", {"name": known.name, "row": row})
        return ImportRow(
            found.row, Verdict.SKIPPED, distributor, contacts, (problem, *found.problems), known.id, joins_row
        )

    def _differing(self, first: Distributor, again: Distributor, given: Mapping[str, object]) -> tuple[str, ...]:
        """Headings of the columns in which the later row says something else than the first."""
        columns = []
        for key in given:
            one, other = getattr(first, key), getattr(again, key)
            if other and one != other and _compared(one) != _compared(other):
                columns.append(self._heading_of(key))
        before = set(first.extra)
        columns.extend(heading for heading, text in again.extra if (heading, text) not in before)
        return tuple(dict.fromkeys(columns))

    def _differing_contacts(self, contacts: Sequence[Contact], known: Sequence[Contact]) -> tuple[str, ...]:
        """Headings of the columns in which the later row says something else of a person, or more."""
        by_name = {folded(person.name): person for person in known}
        attributes = [
            attribute
            for person in contacts
            if folded(person.name) in by_name
            for attribute in _said_otherwise(by_name[folded(person.name)], person)
        ]
        named = {
            target.field.attribute: heading
            for target, heading in ((target_of(key), heading) for key, heading in reversed(self._columns.items()))
            if target and target.person
        }
        return tuple(dict.fromkeys(named.get(attribute, "") for attribute in attributes))


def _compared(value: object) -> object:
    return folded(value) if isinstance(value, str) else value


def _known(found: ReadRow, contacts: tuple[Contact, ...]) -> Known:
    phones = [found.text("phone"), *(phone for person in contacts for phone in (person.phone, person.phone_2))]
    return Known.of(
        row=found.row,
        code=found.text("code"),
        name=found.text("name"),
        phones=phones,
        city=found.text("city"),
        address=found.text("address"),
    )


def _newcomers(contacts: Sequence[Contact], known: Sequence[Contact]) -> tuple[Contact, ...]:
    """People of a later row that the first one does not name."""
    names = {folded(person.name) for person in known}
    return tuple(person for person in contacts if folded(person.name) not in names)


def _said_otherwise(first: Contact, again: Contact) -> list[str]:
    """The fields of a person that the later row fills with something else than the first."""
    found = []
    for name in CONTACT_ATTRIBUTES:
        one, other = getattr(first, name), getattr(again, name)
        if not other:
            continue
        if name.startswith("phone"):
            one, other = phone_keys(one), phone_keys(other)
        if _compared(one) != _compared(other):
            found.append(name)
    return found
