"""Sheets of .xlsx and .xlsm files, read as they are written.

Read with expat instead of the native reader for three reasons: that one gives formula errors as blank cells and codes
such as 00123 without their zeros, and a single cell in the last row and column makes it ask for half a terabyte,
which ends the whole process. Blank formatted cells are cut out before parsing, so a million of them cost little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final
from xml.parsers import expat

from channel_desk.domain.cells import Cell
from channel_desk.errors import UserError
from channel_desk.exchange.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_ROW_NUMBER, Meter
from channel_desk.exchange.packages import Package

Rows = list[tuple[Cell, ...]]
#: Top, left, bottom, right; counted from 0.
Merge = tuple[int, int, int, int]

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL: Final = 2_958_466
_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})

#: Elements of a part that is held at once: styles, relations, the list of sheets.
_MOST_ELEMENTS: Final = 500_000

_BLANK_CELL = re.compile(rb'<c r="[A-Z]+\d+"[^<>]*(?:/>|></c>)')
_BLANK_ROW = re.compile(rb'<row r="\d+"[^<>]*(?:/>|>\s*</row>)')
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_FORMAT_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([-/ ()])|(0)')


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name, its part in the package, and whether the program shows it."""

    name: str
    part: str
    visible: bool = True


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
    _read: dict[str, tuple[Rows, tuple[Merge, ...]]] = field(default_factory=dict)

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

    def rows(self, sheet: SheetPart, *, at_most: int | None = None) -> tuple[Rows, tuple[Merge, ...]]:
        """All rows of a sheet up to its last content, or its first ``at_most`` rows with content."""
        if sheet.part in self._read:
            return self._read[sheet.part]
        reader = _SheetReader(self, self.meter, at_most)
        is_complete = _parse(self.package, sheet.part, reader, cut_blanks=True)
        found = reader.finished(), tuple(reader.merges)
        if is_complete and at_most is not None:
            self._read[sheet.part] = found
        return found


def _parse(package: Package, part: str, handler: _Handler, *, cut_blanks: bool = False) -> bool:
    """Parse a part; whether it was read to its end. Raises UserError when it is damaged."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype(package)
    try:
        for chunk in _without_blanks(package.chunks(part)) if cut_blanks else package.chunks(part):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            handler.check()
        parser.Parse(b"", True)  # noqa: FBT003
    except _EnoughError:
        return False
    except expat.ExpatError as damage:
        raise UserError("import_file_damaged", path=package.path.name) from damage
    return True


def _refuse_doctype(package: Package) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        # No spreadsheet program writes one; it is how entity bombs and reads of other files come in.
        raise UserError("import_file_damaged", path=package.path.name)

    return refuse


def _without_blanks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        end = text.rfind(b"</row>") + 6
        if end < 6:
            end = text.rfind(b">") + 1 or len(text)
        text, rest = text[:end], text[end:]
        if b"<![CDATA[" not in text:
            text = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", text))
        yield text
    yield rest


class _EnoughError(Exception):
    """As many rows as were asked for."""


class _Handler:
    """What expat calls; names come with the prefix the file uses. ``depth`` counts the open elements."""

    depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None:  # noqa: ARG002 - called by expat
        self.depth -= 1

    def text(self, text: str) -> None: ...

    def check(self) -> None: ...


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Depth(_Handler):
    """Looks at nothing but how deep the elements lie in each other."""

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - called by expat
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise expat.ExpatError


def check_well_formed(package: Package, part: str) -> None:
    """Raises UserError ``import_file_damaged`` for a part that is no proper XML, or brings entities of its own."""
    _parse(package, part, _Depth())


class _Elements(_Handler):
    """Collects the attributes of every element of a small part."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH or len(self.found) > _MOST_ELEMENTS:
            raise expat.ExpatError
        self.found.append((_local(name), attributes))


def _elements(package: Package, part: str) -> list[tuple[str, dict[str, str]]]:
    handler = _Elements()
    if part in package:
        _parse(package, part, handler)
    return handler.found


def _workbook_part(package: Package) -> str:
    for name, attributes in _elements(package, "_rels/.rels"):
        if name == "Relationship" and attributes.get("Type", "").lower().endswith("/officedocument"):
            part = package.find(attributes.get("Target", ""))
            if part:
                return part
    part = package.find("xl/workbook.xml")
    if part is None:
        raise UserError("import_not_a_table", path=package.path.name)
    return part


def _relations(package: Package, book: str) -> dict[str, tuple[str, str]]:
    """By relation id: the last word of the type, in small letters, and the part."""
    folder, _, leaf = book.rpartition("/")
    found = {}
    rels = package.find(f"{folder}/_rels/{leaf}.rels")
    for name, attributes in _elements(package, rels) if rels else ():
        target = attributes.get("Target", "")
        part = package.find(target if target.startswith("/") else f"{folder}/{target}")
        if name == "Relationship" and part and attributes.get("TargetMode", "").lower() != "external":
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2].lower(), part)
    return found


def _read_workbook(
    package: Package, book: str, relations: dict[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], bool]:
    sheets, date_1904, is_workbook = [], False, False
    for name, attributes in _elements(package, book):
        is_workbook = is_workbook or name == "workbook"
        if name == "workbookPr":
            date_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
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
    for name, attributes in _elements(package, part):
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            known = number.isdigit() and int(number) in _BUILT_IN_DATES and number not in formats
            styles.append("yyyy-mm-dd" if known else formats.get(number, ""))
    return tuple(styles)


class _StringsReader(_Handler):
    def __init__(self, meter: Meter) -> None:
        self.strings: list[str] = []
        self._meter = meter
        self._pieces: list[str] = []
        self._collects = False
        self._in_phonetic = False
        self._characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - called by expat
        name = _local(name)
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
        name = _local(name)
        self.depth -= 1
        if name == "t":
            self._collects = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            self.strings.append(_unescaped("".join(self._pieces)))

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
    _parse(package, part, handler)
    return handler.strings


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _SheetReader(_Handler):
    """Rows of one sheet. A cell without a reference stands right of the one before."""

    def __init__(self, book: Workbook, meter: Meter, at_most: int | None) -> None:
        self.merges: list[Merge] = []
        self._rows: Rows = []
        self._strings = book.strings
        self._date_1904 = book.date_1904
        self._readers = [_format_reader(code) for code in book.styles]
        self._meter = meter
        self._at_most = at_most
        self._filled = 0
        self._row = -1
        self._cells: list[Cell] = []
        self._column = -1
        self._kind = ""
        self._style = ""
        self._pieces: list[str] = []
        self._collects = False
        self._in_phonetic = False
        self._columns: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def finished(self) -> Rows:
        self._end_row()
        return self._rows

    def check(self) -> None:
        self._meter.check_time()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names.get(name) or self._names.setdefault(name, _local(name))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise expat.ExpatError
        if local == "c":
            reference = attributes.get("r")
            self._column = self._column_of(reference) if reference else self._column + 1
            self._kind = attributes.get("t", "")
            self._style = attributes.get("s", "")
            self._pieces = []
        elif local in {"v", "t"}:
            self._collects = not self._in_phonetic
        elif local == "row":
            self._end_row()
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdigit() and len(number) <= 7 else self._row + 1
            if self._row >= MAX_ROW_NUMBER:
                raise self._meter.too_large()
        elif local == "rPh":
            self._in_phonetic = True
        elif local == "mergeCell":
            self._add_merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        local = self._names[name]
        self.depth -= 1
        if local in {"v", "t"}:
            self._collects = False
        elif local == "c":
            if self._pieces:
                self._put("".join(self._pieces))
        elif local == "rPh":
            self._in_phonetic = False

    def text(self, text: str) -> None:
        if self._collects:
            self._pieces.append(text)

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper()[:4]:
                column = column * 26 + ord(letter) - 64
            column = self._columns[letters] = column - 1
        return column

    def _put(self, text: str) -> None:
        value = self._value(text)
        if value is None or value == "":
            return
        cells = self._cells
        gap = self._column - len(cells)
        if gap < 0:
            if self._column >= 0:
                cells[self._column] = value
            return
        if gap:
            if gap > 16_384:
                raise self._meter.too_large()
            cells.extend([None] * gap)
        cells.append(value)

    def _value(self, text: str) -> Cell:
        kind = self._kind
        if kind == "s":
            return self._shared(text)
        if kind in {"str", "inlineStr", "e"}:
            return _unescaped(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "d":
            return _iso_value(text)
        number = _number(text)
        if number is None:
            return text
        if self._style and self._style.isdigit() and int(self._style) < len(self._readers):
            reader = self._readers[int(self._style)]
            if reader is not None:
                return reader(number, self._date_1904)
        return number

    def _shared(self, text: str) -> str:
        place = int(text) if text.isdigit() and len(text) < 9 else len(self._strings)
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
        characters = sum(len(cell) for cell in cells if isinstance(cell, str))
        self._meter.take_row(len(cells), characters, len(cells))
        rows = self._rows
        if self._row > len(rows):
            rows.extend([()] * (self._row - len(rows)))
        if self._row == len(rows):
            rows.append(cells)
        elif self._row >= 0:
            rows[self._row] = cells
        self._filled += 1
        if self._at_most is not None and self._filled >= self._at_most:
            raise _EnoughError

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and stop and len(self.merges) < 100_000:
            self.merges.append(
                (int(start[2]) - 1, self._column_of(start[1]), int(stop[2]) - 1, self._column_of(stop[1]))
            )


def _number(text: str) -> int | float | None:
    text = text.strip()
    try:
        return int(text) if text.lstrip("-").isdigit() and len(text) < 40 else float(text)
    except ValueError:
        return None


def _iso_value(text: str) -> Cell:
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    return moment.date() if moment.time() == time.min else moment


def _format_reader(code: str) -> Callable[[float, bool], Cell] | None:
    """How the number format of a style changes what a number means: a date, or a code with leading zeros."""
    if not code:
        return None
    first = code.split(";", maxsplit=1)[0]
    bare = _FORMAT_NOISE.sub("", first).lower()
    if (
        re.search(r"[ymdhs年月日]", bare.replace("general", ""))
        and "#" not in bare
        and "0" not in re.sub(r"\.0+", "", bare)
    ):
        return _date_of
    parts = _FORMAT_LITERAL.findall(first)
    if "".join(_FORMAT_LITERAL.sub("", first).split()) or sum(1 for part in parts if part[3]) < 2:
        return None
    return lambda number, _date_1904: _padded(number, parts)


def _date_of(serial: float, date_1904: bool) -> Cell:  # noqa: FBT001 - one shape for all readers
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if serial < 1:
        return (_EPOCH + timedelta(seconds=min(round(serial * 86_400), 86_399))).time() if serial else serial
    # Day 60 is a 29 February 1900 that never was; the days before it are one off.
    days = serial + 1 if serial < 60 and not date_1904 else serial
    moment = (_EPOCH_1904 if date_1904 else _EPOCH) + timedelta(seconds=round(days * 86_400))
    return moment.date() if moment.time() == time.min else moment


def _padded(number: float, parts: list[tuple[str, str, str, str]]) -> Cell:
    """The code as the program shows it: 123 under the format 00000 is 00123."""
    if number != int(number) or number < 0:
        return number
    places = sum(1 for part in parts if part[3])
    digits = list(str(int(number)).rjust(places, "0"))
    surplus = len(digits) - places
    shown, first = [], True
    for quoted, escaped, plain, zero in parts:
        if zero:
            take = 1 + (surplus if first else 0)
            shown.append("".join(digits[:take]))
            del digits[:take]
            first = False
        else:
            shown.append(quoted or escaped or plain)
    return "".join(shown)
