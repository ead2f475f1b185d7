"""Sheets of .xlsx and .xlsm files, read as they are written.

Read with expat instead of the native reader for three reasons: that one gives formula errors as blank cells and codes
such as 00123 without their zeros, and a single cell in the last row and column makes it ask for half a terabyte,
which ends the whole process. Blank formatted cells are cut out before parsing, so a million of them cost little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Final
from xml.parsers import expat

from channel_desk.domain.cells import Cell, column_letters, column_number
from channel_desk.domain.import_problems import Problem
from channel_desk.errors import UserError
from channel_desk.exchange.beside_cells import BesideCells
from channel_desk.exchange.comments import read_comments
from channel_desk.exchange.limits import MAX_CHARACTERS, MAX_DEPTH, Meter
from channel_desk.exchange.number_formats import numbered_format, unescaped
from channel_desk.exchange.ooxml_sheet import REFERENCE, TRUE, Rows, SheetContent, SheetReader
from channel_desk.exchange.packages import Package
from channel_desk.exchange.xml_parts import Handler, elements_of, local_name, parse_part, relation_of

#: What is kept of a sheet that was only looked into: a single cell far below makes a million blank rows of it.
KEPT_ROWS: Final = 1_000

#: Notes, and the comments of Excel 365 that can be answered.
_KINDS_OF_COMMENTS: Final = frozenset({"comments", "threadedcomment"})


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
        reader = SheetReader(self.strings, self.styles, self.meter, date_1904=self.date_1904, at_most=at_most)
        is_complete = parse_part(self.package, sheet.part, reader, cut_blanks=True)
        found = reader.finished()
        if is_complete and at_most is not None and len(found.rows) <= KEPT_ROWS:
            self._read[sheet.part] = found
        return found

    def beside(self, sheet: SheetPart, content: SheetContent) -> tuple[Problem, ...]:
        """What stands beside the cells of a sheet, in no column of the table."""
        found, meter = BesideCells(), self.meter.beside_cells()
        try:
            for row, column, formula in content.formulas:
                meter.check_time()
                found.add_formula(row + 1, column_letters(column), formula, _shown(content.rows, row, column))
            for reference, target in _links(self.package, sheet.part, content):
                meter.check_time()
                cell = REFERENCE.match(reference)
                if cell:
                    shown = _shown(content.rows, int(cell[2]) - 1, column_number(cell[1]))
                    found.add_link(int(cell[2]), cell[1].upper(), target, shown)
            for kind, part in _relations(self.package, sheet.part).values():
                if kind in _KINDS_OF_COMMENTS:
                    read_comments(self.package, part, meter, found)
        except UserError:
            found.note_unread()  # the cells are whole without them
        return found.problems()


def has_beside_cells(package: Package) -> bool:
    """Whether a package seems to hold comments, or links that lead out of it."""
    parts = package.parts_like("xl/worksheets/_rels/")
    return package.has_part_like("xl/comments") or any(b"/hyperlink" in package.read(part) for part in parts)


def _shown(rows: Rows, row: int, column: int) -> Cell:
    cells = rows[row] if row < len(rows) else ()
    return cells[column] if column < len(cells) else None


def _links(package: Package, sheet: str, content: SheetContent) -> Iterator[tuple[str, str]]:
    """The cells of a sheet that lead somewhere, and where to."""
    if content.links:
        targets = {one.get("Id", ""): one.get("Target", "") for one in _relationships(package, sheet)}
        for reference, relation in content.links:
            yield reference, targets.get(relation, "")


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
    folder = book.rpartition("/")[0]
    found = {}
    for attributes in _relationships(package, book):
        if attributes.get("TargetMode", "").lower() != "external":
            target = attributes.get("Target", "")
            # Written by Excel from the folder of the part: ../comments1.xml
            part = package.find(normpath(f"/{folder}/{target}" if not target.startswith(("/", "\\")) else target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2].lower(), part or "")
    return found


def _relationships(package: Package, part: str) -> Iterator[dict[str, str]]:
    """What a part says of the others that it needs, inside of the package and outside."""
    folder, _, leaf = part.rpartition("/")
    rels = package.find(f"{folder}/_rels/{leaf}.rels")
    for name, attributes in elements_of(package, rels) if rels else ():
        if name == "Relationship":
            yield attributes


def _read_workbook(
    package: Package, book: str, relations: dict[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], bool]:
    sheets, date_1904, is_workbook = [], False, False
    for name, attributes in elements_of(package, book):
        is_workbook = is_workbook or name == "workbook"
        if name == "workbookPr":
            date_1904 = attributes.get("date1904") in TRUE
        elif name == "sheet":
            kind, part = relations.get(relation_of(attributes), ("", ""))
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
