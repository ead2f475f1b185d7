"""One sheet of an .xlsx workbook, element by element: its rows, and what it says of them beside their cells."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from xml.parsers import expat

from channel_desk.domain.cells import Cell, UncalculatedFormula, column_number, is_blank
from channel_desk.errors import UserError
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.limits import MAX_COLUMN_NUMBER, MAX_DEPTH, MAX_ROW_NUMBER, MAX_ROWS, Meter
from channel_desk.exchange.links import formula_target
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.number_formats import format_reader, iso_value, number_of, unescaped
from channel_desk.exchange.xml_parts import EnoughError, Handler, local_name, relation_of

Rows = list[tuple[Cell, ...]]

#: So many cells that lead somewhere can be in a sheet; a program knows 65,530, others write more.
_MOST_LINKS: Final = 4 * MAX_ROWS
#: How a part writes that something is so.
TRUE: Final = frozenset({"1", "true"})
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class SheetContent(NamedTuple):
    """The rows of a sheet up to its last content, its merged cells, what of it is not shown, and where its cells lead.

    ``links`` has a cell and the relation that knows its target, ``formulas`` a cell and what makes a link of it.
    """

    rows: Rows
    merges: tuple[Merge, ...]
    hidden: Hidden
    links: tuple[tuple[str, str], ...]
    formulas: tuple[tuple[int, int, str], ...]


class SheetReader(Handler):
    """Rows of one sheet. A cell without a reference stands right of the one before."""

    def __init__(
        self, strings: list[str], styles: tuple[str, ...], meter: Meter, *, date_1904: bool, at_most: int | None
    ) -> None:
        self._merges: list[Merge] = []
        self._links: list[tuple[str, str]] = []
        self._formulas: list[tuple[int, int, str]] = []
        self._hidden = Hidden()
        self._rows: Rows = []
        self._is_hidden = False
        self._strings = strings
        self._date_1904 = date_1904
        self._readers = [format_reader(code) for code in styles]
        self._meter = meter
        self._at_most = at_most
        self._filled = 0
        self._row = -1
        self._cells: list[Cell] = []
        self._column = -1
        self._kind = ""
        self._style = ""
        self._pieces: list[str] = []
        #: The formula of the cell, and whether a value was written beside it.
        self._formula: list[str] | None = None
        self._has_value = False
        self._collects = False
        self._in_formula = False
        self._in_phonetic = False
        self._columns: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def finished(self) -> SheetContent:
        self._end_row()
        return SheetContent(self._rows, tuple(self._merges), self._hidden, tuple(self._links), tuple(self._formulas))

    def check(self) -> None:
        self._meter.check_time()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names.get(name) or self._names.setdefault(name, local_name(name))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise expat.ExpatError
        if local == "c":
            reference = attributes.get("r")
            self._column = self._column_of(reference) if reference else self._column + 1
            self._kind = attributes.get("t", "")
            self._style = attributes.get("s", "")
            self._pieces = []
            self._formula, self._has_value = None, False
        elif local in {"v", "t"}:
            self._collects, self._has_value = not self._in_phonetic, True
        elif local == "f":
            self._formula, self._in_formula = [], True
        elif local == "row":
            self._end_row()
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() and len(number) <= 7 else self._row + 1
            if self._row >= MAX_ROW_NUMBER:
                raise self._meter.too_large()
            self._is_hidden = attributes.get("hidden") in TRUE
        elif local == "rPh":
            self._in_phonetic = True
        elif local == "col":
            self._add_hidden(attributes)
        elif local == "mergeCell":
            self._add_merge(attributes.get("ref", ""))
        elif local == "hyperlink" and len(self._links) < _MOST_LINKS:
            self._links.append((attributes.get("ref", ""), relation_of(attributes)))

    def end(self, name: str) -> None:
        local = self._names[name]
        self.depth -= 1
        if local in {"v", "t"}:
            self._collects = False
        elif local == "c":
            self._end_cell()
        elif local == "f":
            self._in_formula = False
        elif local == "rPh":
            self._in_phonetic = False

    def text(self, text: str) -> None:
        if self._collects:
            self._pieces.append(text)
        elif self._in_formula and self._formula is not None:
            self._formula.append(text)

    def _end_cell(self) -> None:
        if self._formula and self._column >= 0 and len(self._formulas) < _MOST_LINKS:
            self._keep_link("".join(self._formula))
        if self._pieces:
            self._put(self._value("".join(self._pieces)))
        elif self._formula is not None and not (self._kind == "str" and self._has_value):
            # Excel writes an empty value only for a formula that gives an empty text, and says so by the kind.
            self._put(UncalculatedFormula("=" + "".join(self._formula)))

    def _keep_link(self, formula: str) -> None:
        if formula_target(formula):
            self._formulas.append((max(self._row, 0), self._column, formula))

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters[:4])
        return column

    def _put(self, value: Cell) -> None:
        if is_blank(value):
            return
        cells = self._cells
        gap = self._column - len(cells)
        if gap < 0:
            if self._column >= 0:
                cells[self._column] = value
            return
        if gap:
            if self._column >= MAX_COLUMN_NUMBER:
                raise self._meter.too_large()
            cells.extend([None] * gap)
        cells.append(value)

    def _value(self, text: str) -> Cell:
        kind = self._kind
        if kind == "s":
            return self._shared(text)
        if kind in {"str", "inlineStr", "e"}:
            return unescaped(text)
        if kind == "b":
            return text.strip() in TRUE
        if kind == "d":
            return iso_value(text)
        number = number_of(text)
        if number is None:
            return text
        if self._style and self._style.isdecimal() and int(self._style) < len(self._readers):
            reader = self._readers[int(self._style)]
            if reader is not None:
                return reader(number, self._date_1904)
        return number

    def _shared(self, text: str) -> str:
        place = int(text) if text.isdecimal() and len(text) < 9 else len(self._strings)
        if place >= len(self._strings):
            raise UserError("import_file_damaged", path=self._meter.path)
        return self._strings[place]

    def _end_row(self) -> None:
        if not self._cells:
            self._column = -1
            return
        cells = tuple(self._cells)
        self._cells = []
        self._column = -1
        self._meter.take_row(cells)
        rows = self._rows
        if self._row > len(rows):
            rows.extend([()] * (self._row - len(rows)))
        if self._row == len(rows):
            rows.append(cells)
        elif self._row >= 0:
            rows[self._row] = cells
        if self._is_hidden:
            self._hidden.rows.add(self._row)
        self._filled += 1
        if self._at_most is not None and self._filled >= self._at_most:
            raise EnoughError

    def _add_hidden(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in TRUE and first.isdecimal() and last.isdecimal() and len(first + last) <= 10:
            self._hidden.add_columns(int(first) - 1, int(last) - int(first) + 1)

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
        if start and stop and len(self._merges) < 100_000:
            first_column, last_column = self._column_of(start[1]), self._column_of(stop[1])
            self._merges.append(Merge(int(start[2]) - 1, first_column, int(stop[2]) - 1, last_column))
