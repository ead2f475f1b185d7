"""Tables in HTML and in the XML of Excel 2003, which many programs write and name ``.xls``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.parsers import expat

from channel_desk.domain.cells import BLANKS, Cell, UncalculatedFormula, column_letters
from channel_desk.errors import UserError
from channel_desk.exchange.beside_cells import BesideCells, CommentText
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.limits import MAX_COLUMN_NUMBER, MAX_DEPTH, MAX_ROW_NUMBER, Meter
from channel_desk.exchange.links import leads_out_of_a_page
from channel_desk.exchange.number_formats import Reader, format_reader, iso_value, number_of

#: A heading may span columns and a fact several rows; wider spans are a mistake.
_MAX_SPAN: Final = 1000
#: Stands for <br> until the blanks of the page itself are squeezed; no text holds it.
_BREAK: Final = "\x1e"
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HREF = re.compile(r"(?<![\w-])href\s*=\s*([\"'])(.*?)\1", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"(rowspan|colspan)\s*=\s*[\"']?(\d{1,6})", re.IGNORECASE)


@dataclass
class MarkedUpSheet:
    """One sheet of an XML file, or one table of a page; one without a name is named by its number."""

    name: str
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    visible: bool = True
    from_1904: bool = False
    beside: BesideCells = field(default_factory=BesideCells)
    hidden: Hidden = field(default_factory=Hidden)


def read_html(text: str, meter: Meter) -> list[MarkedUpSheet]:
    """Every table of a page that is not inside another one, named by its number."""
    reader = _HtmlTables(meter)
    for number, (tag, attributes, before) in enumerate(_tags(text)):
        reader.text(before)
        reader.tag(tag, attributes)
        if number % 2000 == 0:
            meter.check_time()
    reader.finish()
    return [replace(table, name=str(number)) for number, table in enumerate(filter(_has_rows, reader.tables), 1)]


def _has_rows(table: MarkedUpSheet) -> bool:
    return bool(table.rows)


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    """Each tag in small letters (``/td`` when it closes), its attributes, and the text before it.

    Made for this, because the parser of the standard library needs minutes for ten megabytes of ``<!--``.
    """
    place, end = 0, len(text)
    while place < end:
        start = text.find("<", place)
        if start < 0:
            break
        before = text[place:start]
        if text.startswith("<!--", start):
            stop = text.find("-->", start + 4)
            place = end if stop < 0 else stop + 3
            yield "", "", before
            continue
        match = _TAG.match(text, start)
        stop = text.find(">", start + 1)
        if match is None or stop < 0:
            yield "", "", before + "<"
            place = start + 1 if stop >= 0 else end
            continue
        tag = match[1].lower()
        yield tag, text[match.end() : min(stop, match.end() + 2000)], before
        place = stop + 1
        if tag in {"style", "script"}:
            closing = text.find(f"</{match[1]}", place)
            place = end if closing < 0 else closing


class _HtmlTables:
    def __init__(self, meter: Meter) -> None:
        self.tables: list[MarkedUpSheet] = []
        self._row_is_hidden = False
        self._meter = meter
        self._depth = 0
        self._row: list[Cell] | None = None
        self._cell: list[str] | None = None
        #: Where the words of the cell lead.
        self._links: list[str] = []
        self._span = (1, 1)
        #: Text that reaches down into the next rows, by column: rows left and text.
        self._hanging: dict[int, tuple[int, str]] = {}

    def tag(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(MarkedUpSheet(""))
                self._hanging = {}
        elif tag == "/table":
            if self._depth == 1:
                self._end_row()
            self._depth = max(0, self._depth - 1)
        elif tag in {"br", "p", "div"} and self._cell:
            self._cell.append(_BREAK)
        elif tag == "a" and self._cell is not None:
            self._links.extend(html.unescape(found[2]) for found in _HREF.finditer(attributes))
        elif self._depth == 1:
            self._table_tag(tag, attributes)

    def _table_tag(self, tag: str, attributes: str) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
            self._row_is_hidden = _HIDDEN.search(attributes) is not None
        elif tag in {"td", "th"}:
            self._end_cell()
            if self._row is None:
                self._row = []
            spans = {name.lower(): number for name, number in _SPAN.findall(attributes)}
            self._span = (_span(spans.get("rowspan")), _span(spans.get("colspan")))
            self._cell, self._links = [], []
        elif tag == "/tr":
            self._end_row()
        elif tag in {"/td", "/th"}:
            self._end_cell()

    def text(self, text: str) -> None:
        if self._cell is not None and text:
            self._cell.append(html.unescape(text))

    def finish(self) -> None:
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        lines = "".join(self._cell).split(_BREAK)
        text = "\n".join(" ".join(line.split()) for line in lines).strip(BLANKS)
        self._cell = None
        self._hang_down()
        self._tell_links(text)
        down, across = self._span
        if down > 1:
            self._hanging[len(self._row)] = (down - 1, text)
        self._row.append(text)
        self._row.extend([None] * (across - 1))
        if len(self._row) > MAX_COLUMN_NUMBER:
            raise self._meter.too_large()

    def _tell_links(self, text: str) -> None:
        if self._row is None or not self._links:
            return
        table = self.tables[-1]
        for target in filter(leads_out_of_a_page, self._links):
            table.beside.add_link(len(table.rows) + 1, column_letters(len(self._row)), target, text)

    def _hang_down(self) -> None:
        """Fill the columns that a cell above reaches into."""
        while self._row is not None and len(self._row) in self._hanging:
            column = len(self._row)
            left, text = self._hanging.pop(column)
            if left > 1:
                self._hanging[column] = (left - 1, text)
            self._row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None or not self.tables:
            return
        self._hang_down()
        # A row may end before a column that a cell above reaches into; left there, it would push a later row aside.
        for column in sorted(one for one in self._hanging if one >= len(self._row)):
            self._row.extend([None] * (column - len(self._row)))
            self._hang_down()
        row = tuple(self._row)
        self._row = None
        self._meter.take_row(row)
        table = self.tables[-1]
        if self._row_is_hidden:
            table.hidden.rows.add(len(table.rows))
        table.rows.append(row)


def _span(text: str | None) -> int:
    """How many columns or rows a cell of a web page takes: at least its own."""
    return max(1, _further(text))


def _further(text: str | None) -> int:
    """How many columns or rows there are beside the first; some programs write that there is none."""
    return min(int(text), _MAX_SPAN) if text and text.isdecimal() and len(text) < 6 else 0


def read_spreadsheet_xml(data: bytes, meter: Meter) -> list[MarkedUpSheet]:
    """The sheets of an Excel 2003 XML file. Raises UserError ``import_file_damaged``."""
    reader = _SpreadsheetXml(meter)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position only
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as damage:  # the latter two: an encoding that expat does not know
        raise UserError("import_file_damaged", path=meter.path) from damage
    return reader.sheets


class _SpreadsheetXml:
    def __init__(self, meter: Meter) -> None:
        self.sheets: list[MarkedUpSheet] = []
        self._meter = meter
        self._from_1904 = False
        self._rows: list[tuple[Cell, ...]] = []
        self._row: list[Cell] = []
        self._column = 0
        self._next_row = 0
        self._row_is_hidden = False
        self._across = 0
        self._depth = 0
        self._kind = ""
        self._pieces: list[str] | None = None
        #: What stands beside the cell, whose own value it is not.
        self._comment: CommentText | None = None
        self._formula: str | None = None
        #: Where the cell leads, by itself or by its formula.
        self._target = self._making = ""
        self._down = 0
        self._style = ""
        self._readers: dict[str, Reader | None] = {}
        #: Values that reach down into the next rows, by column: last row and value.
        self._hanging: dict[int, tuple[int, Cell]] = {}

    def refuse_doctype(self, *_: object) -> None:
        raise UserError("import_file_damaged", path=self._meter.path)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise expat.ExpatError
        given = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        index = given.get("Index", "")
        place = int(index) - 1 if index.isdecimal() and len(index) < 8 else -1
        if local == "Worksheet":
            self._rows, self._next_row, self._column, self._hanging = [], 0, 0, {}
            name = given.get("Name") or str(len(self.sheets) + 1)
            self.sheets.append(MarkedUpSheet(name, self._rows, from_1904=self._from_1904))
        elif local in {"Column", "Row", "Cell"}:
            self._start_place(local, given, place)
        elif local == "Style":
            self._style = given.get("ID", "")
        elif local == "NumberFormat":
            self._readers[self._style] = format_reader(given.get("Format", ""))
        elif local == "Date1904":
            self._from_1904 = True
        elif local == "Visible":
            self._pieces = []
        elif local == "Comment":
            self._comment = CommentText()
        elif local == "Data" and self._comment is None:
            self._kind, self._pieces = given.get("Type", "String"), []

    def _start_place(self, local: str, given: dict[str, str], place: int) -> None:
        """A column, a row or a cell, where it says that it is or beside the one before."""
        if local == "Row":
            self._next_row = place if place >= 0 else self._next_row
            self._row, self._column = [], 0
            self._row_is_hidden = given.get("Hidden") == "1"
            if self._next_row > MAX_ROW_NUMBER:
                raise self._meter.too_large()
        elif local == "Column":
            self._column = place if place >= 0 else self._column
            columns = 1 + _further(given.get("Span"))
            if given.get("Hidden") == "1" and self.sheets:
                self.sheets[-1].hidden.add_columns(self._column, columns)
            self._column += columns
        elif local == "Cell":
            self._column = place if place >= 0 else self._column
            self._across = _further(given.get("MergeAcross"))
            self._down = _further(given.get("MergeDown"))
            self._style, self._formula = given.get("StyleID", ""), given.get("Formula")
            self._target, self._making = given.get("HRef", ""), self._formula or ""

    def text(self, text: str) -> None:
        if self._comment is not None:
            self._comment.add(text)
        elif self._pieces is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        self._depth -= 1
        if local == "Data" and self._pieces is not None:
            self._put(self._value("".join(self._pieces)))
            self._pieces, self._formula = None, None
        elif local == "Visible" and self._pieces is not None and self.sheets:
            self.sheets[-1].visible = "".join(self._pieces) == "SheetVisible"
            self._pieces = None
        elif local == "Comment":
            self._end_comment()
        elif local == "Cell":
            if self._formula is not None:
                self._put(UncalculatedFormula(self._formula))
            self._tell_links()
            self._column += 1 + self._across
        elif local == "Row":
            self._hang_down()
            row = tuple(self._row)
            if row:
                self._meter.take_row(row)
                self._rows.extend([()] * (self._next_row - len(self._rows)))
                self._rows.append(row)
                if self._row_is_hidden:
                    self.sheets[-1].hidden.rows.add(len(self._rows) - 1)
            self._next_row += 1

    def _tell_links(self) -> None:
        if self.sheets and (self._target or self._making):
            row, column, beside = self._next_row + 1, column_letters(self._column), self.sheets[-1].beside
            shown = self._row[self._column] if self._column < len(self._row) else None
            beside.add_link(row, column, self._target, shown)
            beside.add_formula(row, column, self._making, shown)

    def _end_comment(self) -> None:
        if self._comment is not None and self.sheets:
            self.sheets[-1].beside.add_comment(self._next_row + 1, column_letters(self._column), self._comment)
        self._comment = None

    def _put(self, value: Cell) -> None:
        if self._column >= MAX_COLUMN_NUMBER:
            raise self._meter.too_large()
        self._row.extend([None] * (self._column + 1 - len(self._row)))
        self._row[self._column] = value
        if self._down:
            self._hanging[self._column] = (self._next_row + self._down, value)

    def _hang_down(self) -> None:
        """Cells merged downwards say the same for each of their rows with content."""
        self._hanging = {column: hung for column, hung in self._hanging.items() if hung[0] >= self._next_row}
        for column, (_, value) in self._hanging.items() if self._row else ():
            self._row.extend([None] * (column + 1 - len(self._row)))
            if self._row[column] is None:
                self._row[column] = value

    def _value(self, text: str) -> Cell:
        number = number_of(text) if self._kind == "Number" else None
        if number is None:
            return _typed(self._kind, text)
        reader = self._readers.get(self._style)
        return reader(number, False) if reader else number  # noqa: FBT003 - dates have a type of their own


def _typed(kind: str, text: str) -> Cell:
    if kind == "DateTime":
        return iso_value(text)
    return text.strip() == "1" if kind == "Boolean" else text
