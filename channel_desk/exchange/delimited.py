"""Tables in text files: comma, semicolon, tab or bar between the cells, quotation marks where needed or forgotten."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from channel_desk.domain.cells import is_blank, without_apostrophe
from channel_desk.exchange.limits import MAX_ROW_NUMBER, Meter

DELIMITERS: Final = (",", ";", "\t", "|")
#: A cell with more lines than this is not a long note but a quotation mark that was never closed.
_LONGEST_CELL_LINES: Final = 25
#: Looking for the ends of cells costs the square of the length.
_LONGEST_REPAIRED: Final = 1_000
_SNIFFED_LINES: Final = 60
_QUOTE: Final = '"'
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


@dataclass(frozen=True)
class DelimitedText:
    """``rows[0]`` is row 1 as a spreadsheet program counts; ``repaired`` are rows with an unclosed quotation mark.

    ``longer`` is the number of the one row that has more cells than each below it, which all have ``cells``; else 0.
    """

    rows: list[tuple[str, ...]]
    delimiter: str
    repaired: tuple[int, ...] = ()
    longer: int = 0
    cells: int = 0


def read_delimited(text: str, meter: Meter) -> DelimitedText:
    """All rows of ``text``. Raises UserError ``import_file_too_large``."""
    delimiter, text = _announced(text)
    delimiter = delimiter or _sniffed(text)
    if text.count("\n") > 2 * MAX_ROW_NUMBER:
        raise meter.too_large()
    try:
        rows, widths, is_suspicious = _parsed(text, delimiter, meter)
    except csv.Error:
        is_suspicious = True
    if not is_suspicious:
        longer, cells = _longer_row(rows, widths)
        return DelimitedText(rows, delimiter, longer=longer, cells=cells)
    meter.start_again()
    return _repaired(text, delimiter, meter)


def _announced(text: str) -> tuple[str, str]:
    """A first line such as ``sep=;`` names the delimiter and is no row of the table."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip(_QUOTE)
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    if first.lower() == "sep=" and text.lstrip(_QUOTE).lower().startswith("sep=\t"):
        return "\t", rest
    return "", text


def _sniffed(text: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells most often; more cells count for more."""
    sample = text[:60_000]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for number, row in enumerate(_reader(sample, delimiter)):
                if any(cell.strip() for cell in row):
                    widths[len(row)] += 1
                if number >= _SNIFFED_LINES:
                    break
        except csv.Error:
            continue
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if wide:
            count, width = max(wide)
            score = count / sum(widths.values()) * (1 + min(width, 20) / 10)
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _reader(text: str, delimiter: str, *, is_strict: bool = False) -> Iterator[list[str]]:
    """Strictly, a quotation mark ends a cell only before a delimiter or the end of the line, and none stays open."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=is_strict)


def _longer_row(rows: list[tuple[str, ...]], widths: list[int]) -> tuple[int, int]:
    """The headings of a table whose rows lack a cell have one more than all of them: every value may be shifted."""
    place = widths.index(max(widths)) if widths else 0
    below = {width for row, width in zip(rows[place + 1 :], widths[place + 1 :], strict=True) if row}
    is_full = bool(widths) and len(rows[place]) == widths[place] and all(rows[place])
    cells = below.pop() if len(below) == 1 else 0
    return (place + 1, cells) if is_full and 0 < cells < widths[place] else (0, 0)


def _parsed(text: str, delimiter: str, meter: Meter) -> tuple[list[tuple[str, ...]], list[int], bool]:
    """The rows, how many cells each was written with, and whether quotation marks seem to be wrong."""
    rows: list[tuple[str, ...]] = []
    widths: list[int] = []
    width = 0
    for row in _reader(text, delimiter, is_strict=True):
        _take(rows, row, meter)
        widths.append(len(row))
        width = max(width, len(row))
        if any(_swallows_rows(cell, delimiter, width) for cell in row if "\n" in cell or "\r" in cell):
            return rows, widths, True
    return rows, widths, False


def _swallows_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a cell of several lines holds whole rows: its quotation mark was never closed."""
    lines = cell.splitlines()
    return len(lines) > _LONGEST_CELL_LINES or any(_is_whole_row(line, delimiter, width) for line in lines[1:-1])


def _is_whole_row(line: str, delimiter: str, width: int) -> bool:
    return width > 3 and line.count(delimiter) >= width - 1


def _take(rows: list[tuple[str, ...]], row: list[str], meter: Meter) -> None:
    width = _width(row) if any(row) else 0
    if width:
        filled = tuple([_plain(cell) if cell.startswith(("=", "'")) else cell for cell in row[:width]])
        meter.take_row(filled)
        rows.append(filled)
    else:
        rows.append(())
        if len(rows) > MAX_ROW_NUMBER:
            raise meter.too_large()
        if len(rows) % 5000 == 0:
            meter.check_time()


def _plain(cell: str) -> str:
    """The text of a cell that was written so that Excel keeps its zeros: ="00012" and '00013."""
    match = _KEPT_AS_TEXT.fullmatch(cell)
    return match[1] if match else without_apostrophe(cell)


def _width(row: list[str]) -> int:
    """Up to the last cell with content: some programs write all columns of a sheet."""
    width = len(row)
    while width and is_blank(row[width - 1]):
        width -= 1
    return width


def _repaired(text: str, delimiter: str, meter: Meter) -> DelimitedText:
    """Line by line; a cell may go over several lines only while its quotation mark is closed soon."""
    lines = list(_lines(text))
    rows: list[tuple[str, ...]] = []
    repaired = []
    index = 0
    width = Counter(line.count(delimiter) for line in lines[:1000]).most_common(1)[0][0] + 1 if lines else 0
    while index < len(lines):
        last = index
        if lines[index].count(_QUOTE) % 2:
            last = _closing_line(lines, index, delimiter, width)
        if last < 0:
            repaired.append(len(rows) + 1)
            row = lines[index].rstrip("\r\n").split(delimiter)
            _take(rows, [_unquoted(cell) for cell in row], meter)
            last = index
        else:
            record = "".join(lines[index : last + 1])
            is_wrong = _QUOTE in record and not _is_well_quoted(record, delimiter)
            if is_wrong:
                repaired.append(len(rows) + 1)
            try:
                is_short = is_wrong and len(record) <= _LONGEST_REPAIRED
                parsed = [_cells_of(record, delimiter)] if is_short else list(_reader(record, delimiter))
            except csv.Error:
                parsed = [record.rstrip("\r\n").split(delimiter)]
            for row in parsed:
                _take(rows, row, meter)
        index = last + 1
    return DelimitedText(rows, delimiter, tuple(repaired))


def _closing_line(lines: list[str], first: int, delimiter: str, width: int) -> int:
    """The line on which the quotation mark opened on ``first`` is closed; -1 when whole rows come before that."""
    for index in range(first + 1, min(first + _LONGEST_CELL_LINES, len(lines))):
        if lines[index].count(_QUOTE) % 2:
            is_row = _is_whole_row(lines[index], delimiter, width)
            return -1 if is_row or not _is_well_quoted("".join(lines[first : index + 1]), delimiter) else index
        if _is_whole_row(lines[index], delimiter, width):
            return -1
    return -1


def _cells_of(record: str, delimiter: str) -> list[str]:
    """The cells of a line that has single quotation marks inside its cells: "The "Old" Inn","York"."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'\s*"((?:[^"]|"(?!\s*(?:{mark}|$)))*)"\s*(?:{mark}|$)|([^{mark}]*)(?:{mark}|$)')
    line = record.rstrip("\r\n")
    cells = [
        found[1].replace(_QUOTE * 2, _QUOTE) if found[1] is not None else found[2] for found in cell.finditer(line)
    ]
    return cells if line.endswith(delimiter) else cells[:-1]


def _unquoted(cell: str) -> str:
    """A cell of a line whose quotation marks do not match: without those around it, doubled ones inside are one."""
    cell = cell.strip().removeprefix(_QUOTE)
    marks = len(cell) - len(cell.rstrip(_QUOTE))
    return cell[: len(cell) - marks % 2].replace(_QUOTE * 2, _QUOTE)


def _is_well_quoted(record: str, delimiter: str) -> bool:
    try:
        return len(list(_reader(record, delimiter, is_strict=True))) <= 1
    except csv.Error:
        return False


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))
