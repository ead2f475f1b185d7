"""How a cell of a table is painted."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_badge
from channel_desk.ui.widgets.table_model import CELL, Cell

PADDING: Final = 12
#: At the end of a text.
NARROW: Final = 4
BAR: Final = 3
#: Height of one line of text.
_LINE: Final = 20


def inside(rect: QRect, *, right: bool, first: bool) -> QRect:
    """Where the text of a cell or of its head stands in ``rect``."""
    if right:
        return rect.adjusted(NARROW, 0, -PADDING, -1)
    return rect.adjusted(PADDING + NARROW if first else PADDING, 0, -NARROW, -1)


def side_of(*, right: bool) -> Qt.AlignmentFlag:
    """In the middle of the height, at its side."""
    return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)


def _beside_icon(cell: Cell, room: QRect) -> QRect:
    """What an icon leaves of ``room`` for the words."""
    return room.adjusted(20, 0, 0, 0) if cell.icon else room


def _role(cell: Cell) -> str:
    return "body-strong" if cell.kind == "strong" else "body"


class Rows(Protocol):
    """What the delegate asks the table."""

    row_height: int
    hovered_row: int

    def is_right(self, column: int) -> bool: ...


class TableDelegate(QStyledItemDelegate):
    """Paints :class:`Cell`; the table says which row is hovered."""

    def __init__(self, theme: Theme, table: Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._metrics = {role: QFontMetrics(theme.font(role)) for role in ("body", "body-strong", "secondary")}

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, self._table.row_height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, table = self._theme, self._table
        rect: QRect = option.rect
        column = index.column()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent-select"))
            if column == 0:
                painter.fillRect(QRect(rect.x(), rect.y(), BAR, rect.height()), theme.colour("accent"))
        elif index.row() == table.hovered_row:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("hairline"))
        right = table.is_right(column)
        self._paint_cell(painter, index.data(CELL), inside(rect, right=right, first=column == 0), right=right)

    def _paint_cell(self, painter: QPainter, cell: Cell, rect: QRect, *, right: bool) -> None:
        theme = self._theme
        if cell.badge is not None:
            paint_badge(painter, theme, cell.text, rect, kind=cell.badge)
            return
        if cell.icon:
            place = QRect(rect.x(), rect.y(), 14, rect.height())
            drawing.icon(painter, theme, cell.icon, place, colour=cell.colour or "ink-2", size=14)
        rect = _beside_icon(cell, rect)
        role = _role(cell)
        colour = cell.colour or ("ink-2" if cell.kind == "quiet" else "ink")
        lines = self._lines(cell, rect)
        if len(lines) > 1:
            line = QRect(rect.x(), rect.y() + (rect.height() - len(lines) * _LINE) // 2, rect.width(), _LINE)
            for number, words in enumerate(lines):
                self._line(painter, words, line.translated(0, number * _LINE), role=role, colour=colour, right=right)
            return
        if not cell.second:
            self._line(painter, cell.text, rect, role=role, colour=colour, right=right)
            return
        top = rect.y() + (rect.height() - 36) // 2
        self._line(painter, cell.text, QRect(rect.x(), top, rect.width(), 20), role=role, colour=colour, right=right)
        below = QRect(rect.x(), top + 20, rect.width(), 16)
        self._line(painter, cell.second, below, role="secondary", colour="ink-2", right=right)

    def is_cut(self, cell: Cell, room: QRect) -> bool:
        """Whether ``cell`` is not shown with all its words in ``room``, the inside of its place."""
        if cell.badge is not None:
            return False
        room = _beside_icon(cell, room)
        words = [(_role(cell), line) for line in self._lines(cell, room)] + [("secondary", cell.second)]
        return any(self._metrics[role].horizontalAdvance(line) > room.width() for role, line in words)

    def _lines(self, cell: Cell, room: QRect) -> tuple[str, ...]:
        """The text of ``cell``: a sentence takes two lines where it needs them and the row has room for them."""
        text = cell.text
        is_sentence = bool(cell.icon) and room.height() >= 2 * _LINE
        if not is_sentence or self._metrics["body"].horizontalAdvance(text) <= room.width():
            return (text,)
        return tuple(drawing.broken(self._theme.font("body"), text, room.width(), 2))

    def _line(self, painter: QPainter, text: str, rect: QRect, *, role: str, colour: str, right: bool) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        words = drawing.elided(self._metrics[role], text, rect.width())
        painter.drawText(rect, side_of(right=right), words)
