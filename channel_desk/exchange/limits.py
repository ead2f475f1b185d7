"""How much of a file is read. All limits are checked before or while reading, never after.

Together they keep the worst file within ten seconds and 512 MB: a refusal is one sentence, not a stalled computer.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from channel_desk.domain.cells import Cell
from channel_desk.errors import UserError

#: With six to ten columns and a person in each row, importing so many needs 460 MB; twice as many need 830 MB.
MAX_ROWS: Final = 50_000
#: Cells of one row with content, and columns of a table; a single cell may stand right of them.
MAX_COLUMNS: Final = 400
#: Cells with content; each costs about 100 bytes.
MAX_CELLS: Final = 1_000_000
#: Cells up to the last one with content in each row: the blank ones between cost 8 bytes each.
MAX_PLACES: Final = 4 * MAX_CELLS
#: Characters in all cells together.
MAX_CHARACTERS: Final = 40_000_000
#: Characters of one row: no record of a person or a company is a book.
MAX_ROW_CHARACTERS: Final = 400_000
#: Elements inside each other; a workbook has about ten levels, a hostile one a million.
MAX_DEPTH: Final = 100
#: A packed workbook on disk, and what it may unpack to: a million blank formatted rows are 200 MB of nothing.
MAX_PACKED_BYTES: Final = 60_000_000
MAX_UNPACKED_BYTES: Final = 420_000_000
#: Texts of a workbook that must be held at once: the shared strings.
MAX_PART_BYTES: Final = 80_000_000
MAX_PARTS: Final = 5_000
#: Ordinary sheets shrink to a tenth, blank formatted ones to a fiftieth, bombs to a thousandth.
MAX_RATIO: Final = 300
RATIO_MATTERS_FROM: Final = 4_000_000
#: Text files are decoded as a whole.
MAX_TEXT_BYTES: Final = 24_000_000
MAX_MARKUP_BYTES: Final = 12_000_000
#: Time of the processor that reading may take, so that a busy computer refuses no lawful file; and by the clock.
SECONDS: Final = 7.0
SECONDS_BY_THE_CLOCK: Final = 40.0
#: So many rows of each sheet are looked into before one is chosen.
PEEK_ROWS: Final = 60
#: For looking into the sheets before one is chosen; what comes after is named but not looked into.
SECONDS_OF_LOOKING: Final = 2.0
#: For comments and links on cells: what comes after is told as not read, and the rows come in.
SECONDS_BESIDE: Final = 2.0
#: What a spreadsheet program itself can hold; beyond it a file is not a table of any program.
MAX_ROW_NUMBER: Final = 1_048_576
MAX_COLUMN_NUMBER: Final = 16_384


@dataclass
class Meter:
    """Counts what is taken from one file and stops when it is too much."""

    path: str
    cells: int = 0
    places: int = 0
    characters: int = 0
    rows: int = 0
    #: Of the thread that reads.
    until: float = field(default_factory=lambda: time.thread_time() + SECONDS)
    until_by_the_clock: float = field(default_factory=lambda: time.monotonic() + SECONDS_BY_THE_CLOCK)

    def too_large(self) -> UserError:
        most = {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS, "cells": f"{MAX_CELLS:,}"}
        return UserError("import_file_too_large", path=self.path, **most)

    def beside_cells(self) -> Meter:
        """What comments and links may take of the time that is left."""
        return replace(self, until=min(self.until, time.thread_time() + SECONDS_BESIDE))

    def start_again(self) -> None:
        """Count from nothing: what was taken so far was only looked at, or is now read in another way."""
        self.rows = self.cells = self.places = self.characters = 0

    def take_row(self, row: Sequence[Cell]) -> None:
        """Count one row with content, up to its last cell. Raises UserError ``import_file_too_large``."""
        width, characters = len(row), sum(len(cell) for cell in row if isinstance(cell, str))
        filled = width - row.count(None) - row.count("")
        self.rows += 1
        self.cells += filled
        self.places += width
        self.characters += characters
        if (
            self.rows > MAX_ROWS
            or filled > MAX_COLUMNS
            or width > MAX_COLUMN_NUMBER
            or characters > MAX_ROW_CHARACTERS
            or self.cells > MAX_CELLS
            or self.places > MAX_PLACES
            or self.characters > MAX_CHARACTERS
            or (self.rows % 500 == 0 and self._is_late())
        ):
            raise self.too_large()

    def check_time(self) -> None:
        if self._is_late():
            raise self.too_large()

    def _is_late(self) -> bool:
        return time.thread_time() > self.until or time.monotonic() > self.until_by_the_clock
