"""Cells of one row into the values of a distributor and its contacts, with a note for everything that did not fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from channel_desk.domain import amounts, written_dates
from channel_desk.domain.cells import (
    BLANKS,
    ERROR_MARKS,
    KEPT_DIGITS,
    UNREADABLE,
    Cell,
    UncalculatedFormula,
    cell_text,
    column_letters,
    is_formula_error,
    is_number,
    row_number,
    without_apostrophe,
    without_control_characters,
)
from channel_desk.domain.contacts import whole_name
from channel_desk.domain.distributors import STATUSES_WITH_REASON, Status
from channel_desk.domain.import_fields import GIVEN_NAME, NOTHING, ROW_NUMBER, ImportField, Kind, choice_of, target_of
from channel_desk.domain.import_plan import ColumnChoice, ColumnMapping
from channel_desk.domain.import_problems import Label
from channel_desk.domain.import_units import CURRENCY_CODES, inexact_unit, number_factor
from channel_desk.domain.payment_terms import days_of_terms
from channel_desk.domain.phones import has_digits, has_lost_digits, without_fraction
from channel_desk.domain.places_in_cells import place_in
from channel_desk.domain.quantities import is_below_zero
from channel_desk.domain.read_row import ReadRow
from channel_desk.domain.row_people import settle_people
from channel_desk.domain.written_dates import DayOrder
from channel_desk.domain.yes_or_no import answered_status

#: What only says "nothing here": dashes of people, and what databases and scripts write for a blank.
SAYS_NOTHING: Final = frozenset(
    "- -- --- — —— – − / \\ － N/A n/a NULL null (null) None NaN nan NaT <NA> undefined".split()  # noqa: SIM905 - shorter
)
#: Days that cannot be still to come.
_PAST: Final = frozenset({"since_on", "founded_on", "contact.birthday_on"})
#: How spreadsheet programs write a day without its year into a text file: 12-Mar, Mar-12, 3月12日.
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY_OF_A_PROGRAM = re.compile(rf"\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{2}}|\d{{1,2}}月\d{{1,2}}日")
_TAG_MARKS: Final = str.maketrans(dict.fromkeys(",，;；、|\n", ","))


@dataclass(frozen=True)
class _Column:
    choice: ColumnChoice
    field: ImportField | None
    person: int
    order: DayOrder
    latest: date
    read: Callable[[ReadRow, _Column, Cell, str], object]
    #: Taken out of the choice: they are looked up for every cell.
    index: int
    heading: str
    #: The field of the distributor that plain text goes to, empty for all other columns.
    text_key: str


class RowReader:
    """Reads the rows of one table by its mapping; made once, because date columns are judged as a whole."""

    def __init__(
        self, mapping: ColumnMapping, rows: Sequence[Sequence[Cell]], *, today: date, from_1904: bool = False
    ) -> None:
        self._today, self._from_1904 = today, from_1904
        self._columns = tuple(self._column(choice, rows) for choice in mapping.columns if choice.field != NOTHING)
        self._headings = {choice.field: choice.heading for choice in mapping.columns}
        titled = ((choice.title, target_of(choice.field)) for choice in mapping.columns if choice.title)
        self._jobs = {
            target.person: title for title, target in titled if target is not None and target.field.attribute == "name"
        }
        self._width = max((choice.index for choice in mapping.columns), default=-1) + 1

    def _column(self, choice: ColumnChoice, rows: Sequence[Sequence[Cell]]) -> _Column:
        target = target_of(choice.field)
        if target is None:
            return _Column(choice, None, 0, DayOrder.UNKNOWN, self._today, _read_text, choice.index, choice.heading, "")
        order = DayOrder.UNKNOWN
        if target.field.kind is Kind.DATE:
            order = written_dates.day_order(row[choice.index] for row in rows if choice.index < len(row))
        text_key = target.field.key if target.field.kind is Kind.TEXT and not target.person else ""
        # A year of two digits reaches this far ahead: to a start that is agreed on, to the end of a long contract.
        ahead = 0 if target.field.key == "contact.birthday_on" else 1 if target.field.key in _PAST else 30
        latest = date(self._today.year + ahead, 12, 31) if ahead else self._today
        read = _READERS[target.field.kind]
        return _Column(choice, target.field, target.person, order, latest, read, choice.index, choice.heading, text_key)

    def read(self, number: int, cells: Sequence[Cell]) -> ReadRow:
        """The values of one row; ``number`` is its number in the spreadsheet."""
        found = ReadRow(number)
        width = len(cells)
        currencies: list[tuple[_Column, str, amounts.Amount]] = []
        for column in self._columns:
            index = column.index
            cell = cells[index] if index < width else None
            if cell is None or cell == "":
                continue
            text = _clean_text(found, column.heading, cell)
            if text in SAYS_NOTHING and column.field is not None:
                continue
            if text and column.text_key:
                found.values[column.text_key] = text
            elif text:
                self._take(found, column, cell, text, currencies)
        beyond = [
            (index, text)
            for index in range(self._width, width)
            if cells[index] is not None and (text := _clean_text(found, column_letters(index), cells[index]))
        ]
        for index, text in beyond:
            _keep(found, column_letters(index), cells[index], text)
        if beyond:
            found.note(column_letters(beyond[0][0]), "more_cells")
        if currencies:
            _settle_currency(found, currencies)
        _settle_places(found)
        settle_people(found, self._jobs)
        self._settle_reason(found)
        return found

    def _settle_reason(self, found: ReadRow) -> None:
        """Only suspending and ending have a reason, and ask for one; any other is kept where it can be seen."""
        status = found.values.get("status")
        if status not in STATUSES_WITH_REASON:
            reason = found.values.pop("status_reason", None)
            if reason:
                found.extra.append((self._headings["status_reason"], str(reason)))
        elif isinstance(status, Status) and not found.text("status_reason"):
            found.note(self._headings["status"], "reason_missing", status=Label(status.label))

    def _take(
        self,
        found: ReadRow,
        column: _Column,
        cell: Cell,
        text: str,
        currencies: list[tuple[_Column, str, amounts.Amount]],
    ) -> None:
        if column.field is None:
            if column.choice.field == ROW_NUMBER and row_number(cell) is not None:
                return
            _keep(found, column.heading, cell, text)
            return
        if self._from_1904 and column.field.kind is Kind.DATE and is_number(cell):
            cell = written_dates.counted_from_1900(cell)
        value = column.read(found, column, cell, text)
        if value is None:
            return
        if isinstance(value, amounts.Amount):
            currencies.append((column, text, value))
            value = value.minor
        elif isinstance(value, date) and value > self._today and column.field.key in _PAST:
            found.note(column.heading, "date_in_future", date=value)
        if column.person:
            person = found.people.setdefault(column.person, {})
            known = str(person.get("name", "")) if column.field.part_of else ""
            if known:
                value = whole_name(known, text) if column.field.key == GIVEN_NAME else whole_name(text, known)
            person[column.field.attribute] = value
            found.person_headings[column.person, column.field.attribute] = column.heading
        else:
            found.values[column.field.key] = value


def _clean_text(found: ReadRow, heading: str, cell: Cell) -> str:
    """The cell's text; empty when there is nothing to keep."""
    text = cell.strip(BLANKS) if isinstance(cell, str) else cell_text(cell)
    if text.startswith("'"):
        text = without_apostrophe(text)
    if isinstance(cell, UncalculatedFormula):
        found.note(heading, "formula_not_calculated", text=text)
        return ""
    if text.isprintable() and UNREADABLE not in text:
        if text.startswith(ERROR_MARKS) and is_formula_error(text):
            found.note(heading, "formula_error", text=text)
            return ""
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = without_control_characters(text)
    if cleaned != text:
        found.note(heading, "control_characters")
    if UNREADABLE in text:
        found.note(heading, "unreadable_characters")
    return cleaned


def _read_text(_found: ReadRow, _column: _Column, _cell: Cell, text: str) -> object:
    return text


def _keep(found: ReadRow, heading: str, cell: Cell, text: str) -> None:
    """Keep what no field holds under further details."""
    found.extra.append((heading, text))
    _note_lost_digits(found, heading, cell, text)


def _note_lost_digits(found: ReadRow, heading: str, cell: Cell, text: str) -> None:
    if is_number(cell) and abs(cell) >= 10**KEPT_DIGITS:
        found.note(heading, "number_rounded", text=text)
    elif has_lost_digits(text):
        found.note(heading, "digits_lost", text=text)


def _read_code(found: ReadRow, column: _Column, cell: Cell, text: str) -> object:
    if isinstance(cell, date | time | timedelta) or _DAY_OF_A_PROGRAM.fullmatch(text):
        found.note(column.heading, "date_for_code", text=text)
    _note_lost_digits(found, column.heading, cell, text)
    return text


def _read_phone(found: ReadRow, column: _Column, cell: Cell, text: str) -> object:
    if not has_digits(text):
        found.note(column.heading, "no_digits", text=text)
        return text
    # The lines of a phone are numbers of their own; a record has them on one line.
    number = " / ".join(filter(None, map(str.strip, text.splitlines())))
    return _read_code(found, column, cell, without_fraction(number))


def _read_amount(found: ReadRow, column: _Column, cell: Cell, text: str) -> object:
    amount = amounts.read_amount(cell if is_number(cell) else text, column.choice.factor)
    if isinstance(amount, amounts.Amount):
        if amount.in_own_unit:
            found.note(column.heading, "own_unit", text=text)
        return _from_zero(found, column, text, amount, amount.minor)
    unclear = amount is amounts.Unread.UNCLEAR
    found.put_aside(column.heading, text, "amount_unclear" if unclear else "not_an_amount")
    return None


def _read_number(found: ReadRow, column: _Column, cell: Cell, text: str) -> object:
    if column.field is None:
        return None
    # A number with a word of its own (30天) is in that unit, whatever the heading says.
    is_bare = not any(character.isalpha() for character in unicodedata.normalize("NFKC", text))  # ㎡ is m2
    if is_bare and (unit := inexact_unit(column.choice, column.field)):
        found.put_aside(column.heading, text, "other_unit", unit=unit)
        return None
    number = amounts.read_count(cell if is_number(cell) else text)
    if isinstance(number, int):
        number *= number_factor(column.choice, column.field) if is_bare else 1
        return _from_zero(found, column, text, number, number)
    days = days_of_terms(text) if column.field.key == "terms_days" else None
    if days is None:
        found.put_aside(column.heading, text, "not_a_number")
    else:
        found.put_aside(column.heading, text, "terms_shortened", days=days)
    return days


def _from_zero(found: ReadRow, column: _Column, text: str, read: object, number: int) -> object:
    """``read``, unless ``number``, which it stands for, cannot be that of its field."""
    if column.field is None or not is_below_zero({column.field.key: number}):
        return read
    found.put_aside(column.heading, text, "below_zero")
    return None


def _read_date(found: ReadRow, column: _Column, cell: Cell, text: str) -> object:
    is_past = column.field is not None and column.field.key in _PAST
    written = text if isinstance(cell, str) else cell
    read = written_dates.read_date(written, column.order, latest=column.latest, is_past=is_past)
    if isinstance(read, written_dates.Unread):
        found.put_aside(column.heading, text, read.value)
        return None
    if read.has_time:
        found.note(column.heading, "time_left_out", text=cell.isoformat(" ") if isinstance(cell, datetime) else text)
    return read.day


def _read_choice(found: ReadRow, column: _Column, _cell: Cell, text: str) -> object:
    if column.field is None or column.field.choices is None:
        return text
    member = choice_of(column.field.choices, text)
    if member is None and column.field.key == "status":
        member = answered_status(column.heading, text)
    if member is None:
        found.put_aside(column.heading, text, "unknown_choice", field=Label(column.field.label))
    return member


def _read_currency(found: ReadRow, column: _Column, _cell: Cell, text: str) -> object:
    if text.upper() in CURRENCY_CODES:
        return text.upper()
    amount = amounts.read_amount(f"1{text}")
    if isinstance(amount, amounts.Amount) and amount.currency:
        return amount.currency
    found.put_aside(column.heading, text, "unknown_currency")
    return None


def _read_place(found: ReadRow, column: _Column, _cell: Cell, text: str) -> object:
    parts = place_in(text)
    if parts is None:
        found.put_aside(column.heading, text, "place_unclear")
    else:
        found.places.append((column.heading, text, parts))
    return None


def _read_tags(_found: ReadRow, _column: _Column, _cell: Cell, text: str) -> object:
    return tuple(dict.fromkeys(tag.strip() for tag in text.translate(_TAG_MARKS).split(",") if tag.strip()))


_READERS: Final[dict[Kind, Callable[[ReadRow, _Column, Cell, str], object]]] = {
    Kind.TEXT: _read_text,
    Kind.CODE: _read_code,
    Kind.PHONE: _read_phone,
    Kind.AMOUNT: _read_amount,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.CHOICE: _read_choice,
    Kind.TAGS: _read_tags,
    Kind.CURRENCY: _read_currency,
    Kind.PLACE: _read_place,
}


def _settle_currency(found: ReadRow, read: list[tuple[_Column, str, amounts.Amount]]) -> None:
    """One currency for the row: the column's, else the one the amounts or their headings name; others are put aside."""
    named = [(column, text, amount.currency or column.choice.currency) for column, text, amount in read]
    chosen = found.text("currency") or next((currency for _, _, currency in named if currency), "")
    if chosen:
        found.values["currency"] = chosen
    for column, text, currency in named:
        if currency and currency != chosen and column.field is not None:
            found.values.pop(column.field.key, None)
            found.put_aside(column.heading, text, "other_currency")


def _settle_places(found: ReadRow) -> None:
    """What a column of its own says of the province or the city counts; another word for it is kept aside."""
    for heading, text, parts in found.places:
        for key, part in parts.items():
            found.values.setdefault(key, part)
        if any(found.values[key] != part for key, part in parts.items()):
            found.extra.append((heading, text))
