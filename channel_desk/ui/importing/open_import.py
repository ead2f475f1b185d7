"""The file that is open on the page of an import, with what was chosen by hand: it outlives a change of language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from channel_desk.domain.import_plan import ColumnMapping
from channel_desk.services.imports import ImportSource
from channel_desk.ui.importing.sheets_in_turn import CameIn


@dataclass(frozen=True)
class OpenImport:
    """``changed_at`` is when the file had last been written; ``touched`` are the columns chosen by hand,
    and ``came_in`` the sheets of the file that are imported.
    """

    path: Path
    changed_at: int | None
    source: ImportSource
    mapping: ColumnMapping
    remembered: bool
    touched: frozenset[int]
    updates: bool
    came_in: tuple[CameIn, ...]


def changed_at(path: Path) -> int | None:
    """When the file was last written, None where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
