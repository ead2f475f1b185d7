"""Workbooks of Excel 97 and before (.xls). Only in the confined process: xlrd believes what a file says of itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import xlrd

from channel_desk.domain.cells import Cell, UncalculatedFormula
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.number_formats import Reader, format_reader, numbered_format

#: The record in which Excel and LibreOffice say which of them calculated last; a file without was never calculated.
_RECALCID: Final = b"\xc1\x01\x08\x00\xc1\x01"
#: What no record of a workbook is numbered.
_NO_RECORD: Final = -1


def _pass_over_blanks() -> None:
    """Have xlrd pass over cells with a format and no value: a whole sheet of them would take nine seconds.

    It skips them by itself only where no formats are read, without which 00123 and dates are bare numbers, and makes
    its sheets where nobody can put a class of their own. So the numbers by which it knows the two records are taken
    from it. They are those of the whole process, which is why this is done in the confined one, where it reads one
    file and ends.
    """
    xlrd.sheet.XL_BLANK = xlrd.sheet.XL_MULBLANK = _NO_RECORD


def _take_links_as_they_are() -> None:
    """Have xlrd read a link for its first cell only, and go on behind one that it cannot read.

    It writes down each cell that a link lies on, which for one across the whole sheet is more than there is memory, and
    gives the workbook up for a link that another program wrote in its own way. What appears when the mouse rests on a
    link is left out. In the confined process only, as above.
    """
    read = xlrd.sheet.Sheet.handle_hlink

    def read_if_possible(sheet: Any, record: bytes) -> None:
        before = len(sheet.hyperlink_list)
        first_row, first_column = record[0:2], record[4:6]
        try:
            read(sheet, first_row * 2 + first_column * 2 + record[8:])
        except Exception:  # noqa: BLE001 - the library raises what comes: asserts, struct.error, errors of its own
            sheet.hyperlink_list[before:] = [None]

    xlrd.sheet.Sheet.handle_hlink = read_if_possible
    xlrd.sheet.Sheet.handle_quicktip = lambda _sheet, _record: None


class OldWorkbook:
    """The worksheets of an .xls file by their place. Raises what xlrd and bad numbers raise when it is damaged."""

    def __init__(self, data: bytes) -> None:
        _pass_over_blanks()
        _take_links_as_they_are()
        # Some programs write a directory that xlrd takes for damage, though the sheets are whole.
        self._book = xlrd.open_workbook(
            logfile=io.StringIO(),
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,
        )
        self.names: tuple[str, ...] = tuple(self._book.sheet_names())
        self._is_calculated = _RECALCID in data
        self.from_1904 = bool(self._book.datemode)
        self._readers = [format_reader(self._format(style.format_key)) for style in self._book.xf_list]

    def _format(self, number: int) -> str:
        known = self._book.format_map.get(number)
        return numbered_format(number, known.format_str if known is not None else None)

    def is_visible(self, sheet: int) -> bool:
        return bool(self._book.sheet_by_index(sheet).visibility == 0)

    def merges(self, sheet: int) -> list[Merge]:
        merged = self._book.sheet_by_index(sheet).merged_cells
        return [Merge(top, left, below - 1, beside - 1) for top, below, left, beside in merged]

    def hidden(self, sheet: int) -> Hidden:
        page = self._book.sheet_by_index(sheet)
        rows = {row for row, info in page.rowinfo_map.items() if info.hidden and row < page.nrows}
        return Hidden(rows, {column for column, info in page.colinfo_map.items() if info.hidden})

    def comments(self, sheet: int) -> list[tuple[int, int, str]]:
        """Row and column of the cell, counted from 0, and what was written beside it."""
        notes = self._book.sheet_by_index(sheet).cell_note_map
        return [(*place, note.text) for place, note in sorted(notes.items())]

    def links(self, sheet: int) -> Iterator[tuple[int, int, str, Cell] | None]:
        """Row and column of the cell, counted from 0, where it leads, and what it shows; None for one not read."""
        page = self._book.sheet_by_index(sheet)
        for link in page.hyperlink_list:
            if link is None:
                yield None
                continue
            row, column, target = link.frowx, link.fcolx, link.url_or_path
            if target:
                is_there = row < page.nrows and column < page.row_len(row)
                text = target.decode("gb18030", "replace") if isinstance(target, bytes) else target
                yield row, column, text, page.cell_value(row, column) if is_there else None

    def rows(self, sheet: int) -> Iterator[list[Cell]]:
        page = self._book.sheet_by_index(sheet)
        for row in range(page.nrows):
            cells = zip(page.row_types(row), page.row_values(row), strict=True)
            yield [
                value if kind == xlrd.XL_CELL_TEXT and value else self._cell(page, (row, column), kind, value)
                for column, (kind, value) in enumerate(cells)
            ]

    def forget(self, sheet: int) -> None:
        """Give back the memory of a sheet that was looked into."""
        self._book.unload_sheet(sheet)

    def _cell(self, page: Any, place: tuple[int, int], kind: int, value: Any) -> Cell:
        if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            style = page.cell_xf_index(*place)
            reader: Reader | None = self._readers[style] if 0 <= style < len(self._readers) else None
            return reader(value, self.from_1904) if reader else float(value)
        if kind == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#N/A"))
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        # An empty text is what a formula gave: or what stands in its place as long as nothing calculates it.
        is_text = kind == xlrd.XL_CELL_TEXT and not self._is_calculated
        return UncalculatedFormula("=…") if is_text else None
