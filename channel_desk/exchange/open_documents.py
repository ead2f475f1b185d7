"""Sheets of .ods files and of .fods files, which are the same in one part, read as the program shows them.

Read by our own code like .xlsx: the native reader gives formula errors as blanks, loses the zeros of codes such as
00123, and never returns from a part that ends too early.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from channel_desk.domain.cells import Cell, UncalculatedFormula, column_letters, is_blank
from channel_desk.errors import UserError
from channel_desk.exchange.beside_cells import BesideCells, CommentText
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.limits import MAX_COLUMN_NUMBER, MAX_COLUMNS, MAX_DEPTH, MAX_ROW_NUMBER, Meter
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.number_formats import iso_value, percentage, worded_number
from channel_desk.exchange.ooxml_sheet import Rows
from channel_desk.exchange.packages import Parts
from channel_desk.exchange.xml_parts import Handler, local_name, parse_part

_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
#: Inside a cell, but not its text: comments and drawings.
_BESIDES: Final = frozenset({"annotation", "shape", "frame", "custom-shape"})
_CODE = re.compile(r"(?P<words>(?:[^\W\d]|[-/# .])*)(?P<digits>\d{1,20})")


@dataclass
class Sheet:
    """One sheet. One that ``is_too_large`` has no rows; ``visible`` when the program shows it."""

    name: str
    visible: bool = True
    rows: Rows = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    is_too_large: bool = False
    from_1904: bool = False
    beside: BesideCells = field(default_factory=BesideCells)
    hidden: Hidden = field(default_factory=Hidden)


def read_sheets(parts: Parts, part: str, meter: Meter, *, wanted: str | None, peek: int) -> dict[str, Sheet]:
    """Every sheet by its name; when one is ``wanted``, the others with their first ``peek`` rows with content only.

    Raises UserErrors for damage, and when it takes too long.
    """
    reader = _Reader(meter, wanted, peek)
    parse_part(parts, part, reader)
    return {sheet.name: sheet for sheet in reader.sheets}


def same_sheet(name: str, names: Iterable[str]) -> str | None:
    """The name among ``names`` that a person means by ``name``."""
    key = name.strip().casefold()
    return next((one for one in names if one.strip().casefold() == key), None)


class _Reader(Handler):
    def __init__(self, meter: Meter, wanted: str | None, peek: int) -> None:
        self.sheets: list[Sheet] = []
        self._meter = meter
        self._wanted, self._peek = wanted, peek
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._from_1904 = False
        #: What was counted before the sheet, and whether no more of its rows are taken.
        self._before = (0, 0, 0)
        #: How many rows all sheets have together, with the blank ones.
        self._rows_of_all = 0
        self._is_skipping = False
        self._row = 0
        self._row_repeats = 1
        self._row_is_hidden = False
        #: How many columns of the sheet were told of.
        self._columns_told = 0
        self._cells: list[Cell] = []
        self._column = 0
        self._attributes: dict[str, str] = {}
        self._lines: list[str] | None = None
        self._besides = 0
        self._in_paragraph = 0
        #: The comment that is being read.
        self._comment: CommentText | None = None
        self._in_line_of_comment = False
        #: Where the words of the cell lead.
        self._links: list[str] = []

    def check(self) -> None:
        self._meter.check_time()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._meter.too_large()
        local = local_name(name)
        if local == "table" and name.startswith("table"):
            self._start_sheet({local_name(key): value for key, value in attributes.items()})
        elif local == "null-date":
            self._from_1904 = any(value.startswith("1904") for value in attributes.values())
        elif local == "style":
            self._style = next((value for key, value in attributes.items() if local_name(key) == "name"), "")
        elif local == "table-properties":
            if any(local_name(key) == "display" and value == "false" for key, value in attributes.items()):
                self._hidden_styles.add(self._style)
        elif local == "table-row":
            self._cells, self._column = [], 0
            self._row_repeats = _count(attributes, "number-rows-repeated")
            self._row_is_hidden = _is_hidden(attributes)
        elif local == "table-column":
            self._tell_columns(attributes)
        elif local in _CELLS:
            self._attributes = {local_name(key): value for key, value in attributes.items()}
            self._lines, self._links = [], []
        elif local in _BESIDES:
            self._besides += 1
            self._comment = CommentText() if local == "annotation" else None
        elif self._lines is not None:
            self._start_text(local, attributes)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        visible = attributes.get("style-name") not in self._hidden_styles
        self.sheets.append(Sheet(attributes.get("name", ""), visible, from_1904=self._from_1904))
        self._row = self._meter.rows = self._columns_told = 0
        self._before = (self._meter.cells, self._meter.places, self._meter.characters)
        self._is_skipping = False

    def _refuse_sheet(self) -> None:
        """A sheet that is too large is left out; others may still do. The memory for all of them stays limited."""
        self.sheets[-1] = Sheet(self.sheets[-1].name, self.sheets[-1].visible, is_too_large=True)
        self._meter.cells, self._meter.places, self._meter.characters = self._before
        self._is_skipping = True

    def _tell_columns(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if _is_hidden(attributes) and self.sheets:
            self.sheets[-1].hidden.add_columns(self._columns_told, count)
        self._columns_told += count

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        lines = self._lines if self._lines is not None else []
        if self._besides:
            if local == "p" and self._comment is not None:
                self._comment.add("\n")
                self._in_line_of_comment = True
        elif local == "p":
            self._in_paragraph += 1
            lines.append("")
        elif local == "a":
            self._links.extend(value for key, value in attributes.items() if local_name(key) == "href")
        elif lines and local == "s":
            lines[-1] += " " * min(_count(attributes, "c"), 1000)
        elif lines and local == "tab":
            lines[-1] += "\t"
        elif lines and local == "line-break":
            lines.append("")

    def text(self, text: str) -> None:
        if self._comment is not None and self._in_line_of_comment:  # else its author or its date
            self._comment.add(text)
        if self._lines and self._in_paragraph and not self._besides:
            self._lines[-1] += text

    def end(self, name: str) -> None:
        self.depth -= 1
        local = local_name(name)
        if local == "p" and self._besides:
            self._in_line_of_comment = False
        elif local == "p" and self._lines is not None:
            self._in_paragraph -= 1
        elif local in _BESIDES:
            self._besides -= 1
            self._end_comment()
        elif local in _CELLS:
            self._end_cell()
        elif local == "table-row":
            self._end_row()

    def _end_comment(self) -> None:
        if self._comment is not None and self.sheets and not self._is_skipping:
            self.sheets[-1].beside.add_comment(self._row + 1, column_letters(self._column), self._comment)
        self._comment = None

    def _end_cell(self) -> None:
        value = _value(self._attributes, "\n".join(self._lines or ()))
        self._lines, self._in_paragraph = None, 0
        repeats = _count(self._attributes, "number-columns-repeated")
        if self.sheets:
            self._tell_links(value)
        if not is_blank(value):
            is_too_wide = repeats > MAX_COLUMNS or self._column + repeats > MAX_COLUMN_NUMBER
            if is_too_wide and self.sheets and not self._is_skipping:
                self._refuse_sheet()
            if not self._is_skipping:
                self._cells.extend([None] * (self._column - len(self._cells)))
                self._cells.extend([value] * repeats)
                self._add_merge()
        self._column += repeats

    def _tell_links(self, shown: Cell) -> None:
        if not self._links and "formula" not in self._attributes:
            return
        row, column, beside = self._row + 1, column_letters(self._column), self.sheets[-1].beside
        for target in self._links:
            beside.add_link(row, column, target, shown)
        if "formula" in self._attributes:
            beside.add_formula(row, column, self._attributes["formula"], shown)

    def _add_merge(self) -> None:
        down = _count(self._attributes, "number-rows-spanned")
        across = _count(self._attributes, "number-columns-spanned")
        if (down > 1 or across > 1) and self.sheets:
            bottom, right = self._row + down - 1, self._column + across - 1
            self.sheets[-1].merges.append(Merge(self._row, self._column, bottom, right))

    def _end_row(self) -> None:
        repeats, cells = self._row_repeats, tuple(self._cells)
        if cells and self.sheets and not self._is_skipping:
            self._take_rows(cells, repeats)
        self._row += repeats

    def _take_rows(self, cells: tuple[Cell, ...], repeats: int) -> None:
        sheet = self.sheets[-1]
        try:
            # Blank rows cost memory too, so those of all sheets together are limited.
            self._rows_of_all += self._row + repeats - len(sheet.rows)
            if self._rows_of_all > 2 * MAX_ROW_NUMBER or self._row + repeats > MAX_ROW_NUMBER:
                raise self._meter.too_large()
            sheet.rows.extend([()] * (self._row - len(sheet.rows)))
            for _ in range(repeats):
                self._meter.take_row(cells)
                if self._row_is_hidden:
                    sheet.hidden.rows.add(len(sheet.rows))
                sheet.rows.append(cells)
        except UserError:
            self._meter.check_time()
            self._refuse_sheet()
        is_other = self._wanted is not None and same_sheet(self._wanted, [sheet.name]) is None
        self._is_skipping = self._is_skipping or (is_other and self._meter.rows >= self._peek)


def _count(attributes: dict[str, str], name: str) -> int:
    text = next((value for key, value in attributes.items() if local_name(key) == name), "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Whether a row or column is not shown: put away by hand, or by a filter."""
    return any(local_name(key) == "visibility" and value != "visible" for key, value in attributes.items())


def _value(attributes: dict[str, str], shown: str) -> Cell:
    kind = attributes.get("value-type", "")
    if kind in {"float", "percentage", "currency"}:
        return _number(kind, attributes.get("value", ""), shown)
    if kind == "date":
        return iso_value(attributes.get("date-value", ""), shown)
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    if not kind and not shown and "formula" in attributes:
        return UncalculatedFormula("=" + attributes["formula"].rpartition(":=")[2])
    return shown or attributes.get("string-value", "")


def _number(kind: str, text: str, shown: str) -> Cell:
    try:
        number = float(text)
    except ValueError:
        return shown
    if not math.isfinite(number):
        return shown
    if _is_code(shown, number):
        return shown
    if kind == "percentage":
        return percentage(number)
    worded = worded_number(number, shown)
    if worded is not None:
        return worded
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _is_code(shown: str, number: float) -> bool:
    """Whether a number is shown as more than a number: with zeros in front, or behind letters such as HN-."""
    match = _CODE.fullmatch(shown)
    if match is None or int(match["digits"]) != number:
        return False
    return re.match(r"0\d", match["digits"]) is not None or any(letter.isalnum() for letter in match["words"])
