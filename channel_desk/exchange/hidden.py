"""Rows and columns that the program of a sheet does not show: they are read like the others, and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from channel_desk.domain.cells import Cell, is_blank
from channel_desk.domain.import_problems import Problem
from channel_desk.exchange.limits import MAX_COLUMNS


@dataclass
class Hidden:
    """The places of rows and columns, counted from 0."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def add_columns(self, first: int, count: int) -> None:
        """Where a blank rest is hidden, it reaches to the end of the sheet."""
        self.columns.update(range(min(first, MAX_COLUMNS), min(first + count, MAX_COLUMNS)))

    def problems(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]], first: int) -> list[Problem]:
        """What is said of a table with ``headings`` and data in ``rows``, the first of which is that of this place."""
        found = []
        hidden = [
            at for at in sorted(self.rows) if 0 <= at - first < len(rows) and not all(map(is_blank, rows[at - first]))
        ]
        if hidden:
            found.append(
                Problem(0, "", "hidden_rows", {"count": len(hidden), "rows": ranges(row + 1 for row in hidden)})
            )
        columns = tuple(
            heading
            for index, heading in enumerate(headings)
            if index in self.columns and any(not is_blank(row[index]) for row in rows if index < len(row))
        )
        if columns:
            found.append(Problem(0, "", "hidden_columns", {"columns": columns}))
        return found


def ranges(numbers: Iterable[int]) -> str:
    """The numbers of rows, in their order, as a person writes them: 3, 5–9."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
