"""Cells of a sheet that were merged: what they say of the cells that they cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from channel_desk.domain.cells import Cell, is_blank

#: A cell merged over so many columns belongs to the table and not to a column.
_ACROSS: Final = 3
#: A merged cell that reaches further down is a decoration of the sheet.
_LONGEST: Final = 2_000


class Merge(NamedTuple):
    """The rows and columns that a merged cell covers, the first and the last of each counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


def filled_down(rows: tuple[tuple[Cell, ...], ...], merges: Sequence[Merge]) -> tuple[tuple[Cell, ...], ...]:
    """Cells merged downwards say the same for each of their rows: a province written once for five customers."""
    tall = [one for one in merges if one.top < one.bottom < one.top + _LONGEST and one.left == one.right]
    if not tall:
        return rows
    filled = [list(row) for row in rows]
    for top, column, bottom, _ in tall:
        if top >= len(filled) or column >= len(filled[top]) or is_blank(filled[top][column]):
            continue
        value = filled[top][column]
        for row in filled[top + 1 : bottom + 1]:
            if any(not is_blank(cell) for cell in row):
                row.extend([None] * (column + 1 - len(row)))
                if is_blank(row[column]):
                    row[column] = value
    return tuple(tuple(row) for row in filled)


def lines_across(rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], *, width: int) -> list[int]:
    """Rows that hold nothing but one cell merged across most of the table: the title of a part, a remark."""
    merged = {
        top: left
        for top, left, bottom, right in merges
        if top == bottom and right - left >= _ACROSS - 1 and (right - left + 1) * 2 > width
    }
    return [
        top
        for top, left in merged.items()
        if top < len(rows) and [i for i, cell in enumerate(rows[top]) if not is_blank(cell)] == [left]
    ]
