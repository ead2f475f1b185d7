"""The rows of an import: what becomes of each, and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex

from channel_desk.domain.import_plan import Verdict
from channel_desk.domain.import_problems import Severity
from channel_desk.i18n import Language
from channel_desk.presentation.badge_kinds import BadgeKind
from channel_desk.presentation.import_preview import Entry, LineWriter, PlanEntries, PreviewLine
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.table_model import Cell, Column, TableModel

_BADGES: Final[dict[str, BadgeKind]] = {
    Verdict.CREATED.value: "success",
    Verdict.UPDATED.value: "accent",
    Verdict.SKIPPED.value: "neutral",
    Verdict.REJECTED.value: "danger",
    "": "neutral",
}
_SIGNS: Final = {
    Severity.ERROR.value: ("circle-alert", "danger-text"),
    Severity.DUPLICATE.value: ("copy", "ink-2"),
    Severity.NOTE.value: ("triangle-alert", "warning-text"),
    Severity.INFO.value: ("info", "ink-2"),
}
#: Lines that are kept written; a screen shows about forty.
_KEPT: Final = 512


class ImportRows(TableModel):
    """A window over the plan: lines are written when they come into view."""

    def __init__(self, language: Language) -> None:
        tr = language.tr
        super().__init__(
            (
                Column("row", tr("Row"), 56, right=True),
                Column("verdict", tr("Result"), 84, keeps=True),
                Column("name", tr("Name"), 216, stretch=True),
                Column("remark", tr("Remarks"), 216, stretch=True),
            )
        )
        self._writer = LineWriter(language)
        self._entries: Sequence[Entry] = ()
        self._noted: Sequence[int] = ()
        self._shown: Sequence[int] = ()
        self._only_noted = False
        self._written = lru_cache(maxsize=_KEPT)(self._write)

    def show_plan(self, found: PlanEntries | None) -> None:
        """Show the lines of a plan, nothing for None."""
        self.beginResetModel()
        self._entries, self._noted = (found.entries, found.noted) if found is not None else ((), ())
        self._written.cache_clear()
        self._choose_shown()
        self.endResetModel()

    def show_only_noted(self, only: bool) -> None:  # noqa: FBT001 - the one thing it is set to
        """Leave out the rows that nothing is said about."""
        self.beginResetModel()
        self._only_noted = only
        self._choose_shown()
        self.endResetModel()

    def line(self, row: int) -> PreviewLine:
        """The line at ``row``."""
        return self._written(self._shown[row])

    def place_of_remark(self, row: int) -> QModelIndex:
        """The cell with what is said of ``row``."""
        return self.index(row, len(self.columns) - 1)

    def _choose_shown(self) -> None:
        self._shown = self._noted if self._only_noted else range(len(self._entries))

    def _write(self, place: int) -> PreviewLine:
        return self._writer.write(self._entries[place])

    @override
    def row_count(self) -> int:
        return len(self._shown)

    @override
    def cell(self, row: int, column: Column) -> Cell:
        line = self.line(row)
        if column.key == "row":
            return Cell(line.row, "quiet")
        if column.key == "verdict":
            return Cell(line.mark_word, badge=_BADGES[line.mark])
        if column.key == "name":
            return Cell(line.name, "strong" if line.mark in {"created", "updated"} else "quiet", second=line.details)
        if not line.remarks:
            return Cell()
        sign, colour = _SIGNS[line.severity]
        return Cell(line.remark, icon=sign, colour=colour)
