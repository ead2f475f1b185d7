"""One sheet as it was read, and which of the sheets of a file that is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from channel_desk.domain.cells import Cell, is_blank
from channel_desk.domain.import_problems import Problem
from channel_desk.errors import UserError
from channel_desk.exchange.header_rows import have_same_headings, header_score
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.open_documents import same_sheet

Rows = Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class SourceTable:
    """One sheet as it was read. ``rows[0]`` is row 1 of the spreadsheet program; trailing blanks are cut.

    ``left_out`` names other sheets with content, ``alike`` those of them that have the same headings;
    ``hidden_sheets`` and ``hidden`` are what the program does not show of the file and of this sheet. ``encoding``
    and ``delimiter`` are set for text files only; ``repaired`` are rows near which a quotation mark is missing.
    ``doubts`` say what may have been read wrongly, or not at all. ``from_1904``: the workbook counts the days of bare
    numbers from 1904.
    """

    name: str
    kind: str
    sheet_names: tuple[str, ...]
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    left_out: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    repaired: tuple[int, ...] = ()
    doubts: tuple[Problem, ...] = ()
    from_1904: bool = False
    alike: tuple[str, ...] = ()
    hidden_sheets: frozenset[str] = frozenset()
    hidden: Hidden = field(default_factory=Hidden)

    def beside(self, sheets: Collection[str]) -> SourceTable:
        """The same table where those other ``sheets`` need not be told any more: they came in."""
        left_out, alike = (tuple(one for one in names if one not in sheets) for names in (self.left_out, self.alike))
        return replace(self, left_out=left_out, alike=alike)


class SheetChoice(NamedTuple):
    """The sheet that is read, and what is said of the others, as in :class:`SourceTable`."""

    sheet: str
    left_out: tuple[str, ...]
    alike: tuple[str, ...]
    hidden_sheets: frozenset[str]


def choose_sheet(
    path: Path,
    names: tuple[str, ...],
    first_rows: Callable[[str], Rows | None],
    sheet: str | None,
    *,
    hidden: frozenset[str],
) -> SheetChoice:
    """The sheet to read and the other ones with content; a hidden sheet only when no other has headings.

    ``first_rows`` gives None for a sheet that was not looked into: it is too large, or there are too many.
    Raises ``import_sheet_unknown`` and ``import_file_empty``.
    """
    if sheet is not None and sheet not in names:
        near = same_sheet(sheet, names)
        if near is None:
            raise UserError("import_sheet_unknown", path=path.name, sheet=sheet, sheets=", ".join(names))
        sheet = near
    first = {name: first_rows(name) for name in names}
    looked_at = {name: rows for name, rows in first.items() if rows is not None}
    with_content = {name: rows for name, rows in looked_at.items() if filled_rows(rows) >= 2}
    if sheet is None:
        candidates = with_content or {name: rows for name, rows in looked_at.items() if filled_rows(rows)}
        unknown = next((name for name in names if first[name] is None), None)
        if candidates:
            scores = {name: header_score(rows) for name, rows in candidates.items()}
            sheet = max(candidates, key=lambda name: (scores[name] > 0, name not in hidden, scores[name]))
        elif unknown is not None:
            sheet = unknown
        else:
            raise UserError("import_file_empty", path=path.name)
    left_out = tuple(name for name, rows in first.items() if name != sheet and (rows is None or filled_rows(rows)))
    chosen = first[sheet] or ()
    alike = tuple(name for name in left_out if name in with_content and have_same_headings(chosen, with_content[name]))
    return SheetChoice(sheet, left_out, alike, hidden)


def filled_rows(rows: Rows) -> int:
    """How many rows say anything."""
    return sum(1 for row in rows if any(not is_blank(cell) for cell in row))
