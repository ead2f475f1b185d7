"""What stands in the cells of a table, and the model that hands it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from channel_desk.ui.overriding import override

if TYPE_CHECKING:
    from channel_desk.presentation.badge_kinds import BadgeKind

Index = QModelIndex | QPersistentModelIndex
#: The role under which a whole :class:`Cell` is asked for, so that painting asks once.
CELL: Final = int(Qt.ItemDataRole.UserRole) + 1
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to be painted.

    A ``strong`` text is a name. ``icon`` stands before the text; with ``badge`` the text is that of a badge.
    ``second`` is a smaller line below. ``colour`` is a token, for a text that is not ink.
    """

    text: str = ""
    kind: Literal["text", "strong", "quiet"] = "text"
    icon: str = ""
    badge: BadgeKind | None = None
    second: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Column:
    """``width`` in pixels is the least one of the column that stretches. ``unit`` belongs into the title.

    ``right`` for figures; ``keeps`` when it stays however narrow it gets.
    """

    key: str
    title: str
    width: int
    right: bool = False
    stretch: bool = False
    keeps: bool = False


class TableModel(QAbstractTableModel):
    """Subclasses say how many rows there are (:meth:`row_count`) and what stands in a cell (:meth:`cell`)."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)

    def row_count(self) -> int:
        """How many rows there are; the subclass knows."""
        raise NotImplementedError

    def cell(self, row: int, column: Column) -> Cell:
        """What stands at ``row`` in ``column``; the subclass knows."""
        raise NotImplementedError

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
            return self.cell(index.row(), self.columns[index.column()]).text
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if shown and orientation is Qt.Orientation.Horizontal and section < len(self.columns):
            return self.columns[section].title
        return None
