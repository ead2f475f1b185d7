"""What stands in the cells of a table, and the model that hands it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from channel_desk.ui.overriding import override

Index = QModelIndex | QPersistentModelIndex
#: The role under which a whole :class:`Cell` is asked for, so that painting asks once.
CELL: Final = int(Qt.ItemDataRole.UserRole) + 1
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to be painted.

    ``kind``: text, strong (a name), quiet, tier, status, icon, badge, check, action (an icon that appears on the row
    under the pointer or with the focus), loading (a grey bar). ``mark`` is the tier, the status, the name of the icon,
    the kind of the badge. ``spans`` are pairs of start and length of what a search found. ``second`` is a smaller line
    below. ``colour`` is a token, for a text that is not ink.
    """

    text: str = ""
    kind: str = "text"
    mark: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    second: str = ""
    second_spans: tuple[tuple[int, int], ...] = ()
    colour: str = ""
    checked: bool = False


LOADING: Final = Cell(kind="loading")


@dataclass(frozen=True)
class Column:
    """``width`` in pixels is the least one of the column that stretches. ``unit`` belongs into the title.

    ``right`` for figures; ``sorts`` when a click on the head sorts; ``keeps`` when it stays however narrow it gets.
    """

    key: str
    title: str
    width: int
    right: bool = False
    stretch: bool = False
    sorts: bool = True
    keeps: bool = False


class TableModel(QAbstractTableModel):
    """Subclasses say how many rows there are (:meth:`row_count`) and what stands in a cell (:meth:`cell`).

    A table with boxes to check overrides :meth:`check` and shows cells of the kind "check".
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)

    def row_count(self) -> int:
        """How many rows there are; the subclass knows."""
        raise NotImplementedError

    def cell(self, row: int, column: Column) -> Cell:
        """What stands at ``row`` in ``column``; the subclass knows."""
        raise NotImplementedError

    def check(self, row: int, *, checked: bool) -> bool:
        """Check or uncheck ``row``; False when rows cannot be checked."""
        del row, checked
        return False

    def rows_changed(self, first: int, last: int) -> None:
        """Have the rows ``first`` to ``last`` painted again."""
        if self.columns and first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.row_count()

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == CELL:
            return self.cell(index.row(), self.columns[index.column()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(index.row(), self.columns[index.column()])
            return cell.text or (cell.mark if cell.kind == "tier" else "")
        if role == Qt.ItemDataRole.CheckStateRole:
            cell = self.cell(index.row(), self.columns[index.column()])
            if cell.kind == "check":
                return Qt.CheckState.Checked if cell.checked else Qt.CheckState.Unchecked
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        done = self.check(index.row(), checked=Qt.CheckState(value) is Qt.CheckState.Checked)
        if done:
            self.rows_changed(index.row(), index.row())
        return done

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if shown and orientation is Qt.Orientation.Horizontal and section < len(self.columns):
            return self.columns[section].title
        return None
