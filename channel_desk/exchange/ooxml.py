"""Sheets of .xlsx and .xlsm files, read as they are written.

Read with expat instead of the native reader for three reasons: that one gives formula errors as blank cells and codes
such as 00123 without their zeros, and a single cell in the last row and column makes it ask for half a terabyte,
which ends the whole process. Blank formatted cells are cut out before parsing, so a million of them cost little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Final, NamedTuple
from xml.parsers import expat

from channel_desk.domain.cells import Cell, UncalculatedFormula, is_blank
from channel_desk.domain.import_problems import Problem
from channel_desk.errors import UserError
from channel_desk.exchange.comments import SheetComments, comments_not_read, read_comments
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.limits import MAX_CHARACTERS, MAX_COLUMN_NUMBER, MAX_DEPTH, MAX_ROW_NUMBER, Meter
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.number_formats import format_reader, iso_value, number_of, numbered_format, unescaped
from channel_desk.exchange.packages import Package
from channel_desk.exchange.xml_parts import EnoughError, Handler, elements_of, local_name, parse_part

Rows = list[tuple[Cell, ...]]

#: What is kept of a sheet that was only looked into: a single cell far below makes a million blank rows of it.
KEPT_ROWS: Final = 1_000

#: Notes, and the comments of Excel 365 that can be answered.
_KINDS_OF_COMMENTS: Final = frozenset({"comments", "threadedcomment"})
#: How a part writes that something is so.
_TRUE: Final = frozenset({"1", "true"})
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name, its part in the package, and whether the program shows it."""

    name: str
    part: str
    visible: bool = True


class SheetContent(NamedTuple):
    """The rows of a sheet up to its last content, its merged cells, and what of it is not shown."""

    rows: Rows
    merges: tuple[Merge, ...]
    hidden: Hidden


@dataclass
class Workbook:
    """The parts of a workbook that its sheets need."""

    package: Package
    sheets: tuple[SheetPart, ...]
    date_1904: bool
    styles: tuple[str, ...]  # the number format of each cell style
    meter: Meter
    _strings: list[str] | None = field(default=None)
    _strings_part: str | None = None
    _read: dict[str, SheetContent] = field(default_factory=dict)

    @classmethod
    def open(cls, package: Package, meter: Meter) -> Workbook:
        """Raises UserError when the package is no workbook or is damaged."""
        book = _workbook_part(package)
        relations = _relations(package, book)
        sheets, date_1904 = _read_workbook(package, book, relations)
        styles_part = next((target for kind, target in relations.values() if kind == "styles"), None)
        strings_part = next((target for kind, target in relations.values() if kind == "sharedstrings"), None)
        styles = _read_styles(package, styles_part) if styles_part else ()
        return cls(package, sheets, date_1904, styles, meter, _strings_part=strings_part)

    @property
    def strings(self) -> list[str]:
        if self._strings is None:
            self._strings = _read_strings(self.package, self._strings_part, self.meter) if self._strings_part else []
        return self._strings

    def content(self, sheet: SheetPart, *, at_most: int | None = None) -> SheetContent:
        """All of a sheet, or its first ``at_most`` rows with content."""
        if sheet.part in self._read:
            return self._read[sheet.part]
        reader = _SheetReader(self, self.meter, at_most)
        is_complete = parse_part(self.package, sheet.part, reader, cut_blanks=True)
        found = SheetContent(reader.finished(), tuple(reader.merges), reader.hidden)
        if is_complete and at_most is not None and len(found.rows) <= KEPT_ROWS:
            self._read[sheet.part] = found
        return found

    def comments(self, sheet: SheetPart) -> tuple[Problem, ...]:
        """What is written beside cells, in no column of the table."""
        found, meter = SheetComments(), self.meter.for_comments()
        try:
            for kind, part in _relations(self.package, sheet.part).values():
                if kind in _KINDS_OF_COMMENTS:
                    read_comments(self.package, part, meter, found)
        except UserError:
            return (comments_not_read(), *found.problems())  # the cells are whole without them
        return found.problems()


def _workbook_part(package: Package) -> str:
    for name, attributes in elements_of(package, "_rels/.rels"):
        if name == "Relationship" and attributes.get("Type", "").lower().endswith("/officedocument"):
            part = package.find(attributes.get("Target", ""))
            if part:
                return part
    part = package.find("xl/workbook.xml")
    if part is None:
        raise UserError("import_not_a_table", path=package.path.name)
    return part


def _relations(package: Package, book: str) -> dict[str, tuple[str, str]]:
    """By relation id: the last word of the type, in small letters, and the part, empty where it is missing."""
    folder, _, leaf = book.rpartition("/")
    found = {}
    rels = package.find(f"{folder}/_rels/{leaf}.rels")
    for name, attributes in elements_of(package, rels) if rels else ():
        target = attributes.get("Target", "")
        # Written by Excel from the folder of the part: ../comments1.xml
        part = package.find(normpath(f"/{folder}/{target}" if not target.startswith(("/", "\\")) else target))
        if name == "Relationship" and attributes.get("TargetMode", "").lower() != "external":
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2].lower(), part or "")
    return found


def _read_workbook(
    package: Package, book: str, relations: dict[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], bool]:
    sheets, date_1904, is_workbook = [], False, False
    for name, attributes in elements_of(package, book):
        is_workbook = is_workbook or name == "workbook"
        if name == "workbookPr":
            date_1904 = attributes.get("date1904") in _TRUE
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if local_name(key) == "id" and ":" in key), "")
            kind, part = relations.get(relation, ("", ""))
            if kind == "worksheet":
                sheets.append(
                    SheetPart(attributes.get("name", ""), part, attributes.get("state", "visible") == "visible")
                )
    if not is_workbook:
        raise UserError("import_not_a_table", path=package.path.name)
    return tuple(sheets), date_1904


def _read_styles(package: Package, part: str) -> tuple[str, ...]:
    formats: dict[str, str] = {}
    styles, inside = [], False
    for name, attributes in elements_of(package, part):
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            styles.append(numbered_format(int(number) if number.isdecimal() else 0, formats.get(number)))
    return tuple(styles)


class _StringsReader(Handler):
    def __init__(self, meter: Meter) -> None:
        self.strings: list[str] = []
        self._meter = meter
        self._pieces: list[str] = []
        self._collects = False
        self._in_phonetic = False
        self._characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - called by expat
        name = local_name(name)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise expat.ExpatError
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "t":
            self._collects = not self._in_phonetic

    def end(self, name: str) -> None:
        name = local_name(name)
        self.depth -= 1
        if name == "t":
            self._collects = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            self.strings.append(unescaped("".join(self._pieces)))

    def text(self, text: str) -> None:
        if self._collects:
            self._pieces.append(text)
            self._characters += len(text)

    def check(self) -> None:
        self._meter.check_time()
        if self._characters > MAX_CHARACTERS or len(self.strings) > 2_000_000:
            raise self._meter.too_large()


def _read_strings(package: Package, part: str, meter: Meter) -> list[str]:
    handler = _StringsReader(meter)
    parse_part(package, part, handler)
    return handler.strings


class _SheetReader(Handler):
    """Rows of one sheet. A cell without a reference stands right of the one before."""

    def __init__(self, book: Workbook, meter: Meter, at_most: int | None) -> None:
        self.merges: list[Merge] = []
        self.hidden = Hidden()
        self._rows: Rows = []
        self._is_hidden = False
        self._strings = book.strings
        self._date_1904 = book.date_1904
        self._readers = [format_reader(code) for code in book.styles]
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

    def finished(self) -> Rows:
        self._end_row()
        return self._rows

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
            self._is_hidden = attributes.get("hidden") in _TRUE
        elif local == "rPh":
            self._in_phonetic = True
        elif local == "col":
            self._add_hidden(attributes)
        elif local == "mergeCell":
            self._add_merge(attributes.get("ref", ""))

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
        if self._pieces:
            self._put(self._value("".join(self._pieces)))
        elif self._formula is not None and not (self._kind == "str" and self._has_value):
            # Excel writes an empty value only for a formula that gives an empty text, and says so by the kind.
            self._put(UncalculatedFormula("=" + "".join(self._formula)))

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper()[:4]:
                column = column * 26 + ord(letter) - 64
            column = self._columns[letters] = column - 1
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
            return text.strip() in _TRUE
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
            self.hidden.rows.add(self._row)
        self._filled += 1
        if self._at_most is not None and self._filled >= self._at_most:
            raise EnoughError

    def _add_hidden(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal() and len(first + last) <= 10:
            self.hidden.add_columns(int(first) - 1, int(last) - int(first) + 1)

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and stop and len(self.merges) < 100_000:
            first_column, last_column = self._column_of(start[1]), self._column_of(stop[1])
            self.merges.append(Merge(int(start[2]) - 1, first_column, int(stop[2]) - 1, last_column))
