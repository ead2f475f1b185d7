"""Workbooks in the binary form of Excel 2007 (.xlsb), bare values only. Native code: only in the confined process."""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from channel_desk.domain.cells import Cell
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.limits import MAX_CELLS
from channel_desk.exchange.merged_cells import Merge


class BinaryWorkbook:
    """The worksheets of an .xlsb file by their place. Raises what the native reader raises when it is damaged."""

    from_1904 = False  # the native reader does not tell

    def __init__(self, data: bytes) -> None:
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self._sheets = [one for one in self._book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        self.names = tuple(one.name for one in self._sheets)

    def is_visible(self, sheet: int) -> bool:
        return self._sheets[sheet].visible is SheetVisibleEnum.Visible

    def merges(self, sheet: int) -> list[Merge]:
        page = self._book.get_sheet_by_name(self.names[sheet])
        return [Merge(*first, *last) for first, last in page.merged_cell_ranges or ()]

    def hidden(self, sheet: int) -> Hidden:  # noqa: ARG002 - as for old workbooks
        """The native reader does not tell."""
        return Hidden()

    def comments(self, sheet: int) -> list[tuple[int, int, str]]:  # noqa: ARG002 - as for old workbooks
        """The native reader does not read them."""
        return []

    def links(self, sheet: int) -> Iterator[tuple[int, int, str, Cell] | None]:  # noqa: ARG002 - as for old workbooks
        """Nor these."""
        return iter(())

    def rows(self, sheet: int) -> Iterator[list[Cell]]:
        """Raises MemoryError for a sheet that is much too large."""
        page = self._book.get_sheet_by_name(self.names[sheet])
        if page.start is None:
            return
        if page.width * min(page.height, 1000) > MAX_CELLS:
            raise MemoryError
        before: list[Cell] = [None] * page.start[1]  # the rows above are given, the columns to the left are not
        for content in page.iter_rows():
            yield [*before, *content]

    def forget(self, sheet: int) -> None:
        """Nothing is kept."""
