"""How a cell of a table is painted: one text, at most, drawn with one call."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_badge, paint_status, paint_tier
from channel_desk.ui.widgets.checkbox import paint_check
from channel_desk.ui.widgets.table_model import CELL, LOADING, Cell

PADDING: Final = 12
#: At the end of a text, and after a box to check, which brings its own room.
NARROW: Final = 4
BAR: Final = 3
_SHARES: Final = (0.62, 0.5, 0.7)


def inside(rect: QRect, *, right: bool, first: bool, after_check: bool) -> QRect:
    """Where the text of a cell or of its head stands in ``rect``."""
    if right:
        return rect.adjusted(NARROW, 0, -PADDING, -1)
    left = PADDING + NARROW if first else NARROW if after_check else PADDING
    return rect.adjusted(left, 0, -NARROW, -1)


class Rows(Protocol):
    """What the delegate asks the table."""

    row_height: int
    hovered_row: int
    check_column: int

    @property
    def focused_row(self) -> int: ...
    @property
    def first_column(self) -> int: ...
    def is_right(self, column: int) -> bool: ...
    def is_marked(self, row: int) -> bool: ...


class TableDelegate(QStyledItemDelegate):
    """Paints :class:`Cell`; the table says which row is hovered, selected or current."""

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
        row, column = index.row(), index.column()
        found = index.data(CELL)
        cell = found if isinstance(found, Cell) else LOADING
        selected = table.is_marked(row)
        if selected:
            painter.fillRect(rect, theme.colour("accent-select"))
            if column == table.first_column:
                painter.fillRect(QRect(rect.x(), rect.y(), BAR, rect.height()), theme.colour("accent"))
        elif row == table.hovered_row:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("hairline"))
        if column == table.check_column:
            self._paint_check(painter, cell, rect)
            return
        inner = inside(
            rect, right=table.is_right(column), first=column == 0, after_check=column == table.check_column + 1
        )
        self._paint_cell(painter, cell, inner, row=row, right=table.is_right(column))

    def _paint_check(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        if cell.kind == "check":
            state = Qt.CheckState.Checked if cell.checked else Qt.CheckState.Unchecked
            paint_check(painter, self._theme, rect, state=state)
        else:
            square = QRect(0, 0, 14, 14)
            square.moveCenter(rect.center())
            drawing.box(painter, square, fill=self._theme.colour("hairline"), radius=drawing.BADGE)

    def _paint_cell(self, painter: QPainter, cell: Cell, rect: QRect, *, row: int, right: bool) -> None:
        theme = self._theme
        kind = cell.kind
        if kind == "loading":
            self._paint_loading(painter, rect, row=row, right=right)
        elif kind == "action":
            if row in (self._table.hovered_row, self._table.focused_row):
                drawing.icon(painter, theme, cell.mark, rect, colour=cell.colour or "ink-2")
        elif kind == "tier":
            if cell.mark or cell.text:
                paint_tier(painter, theme, cell.mark or cell.text, rect)
        elif kind == "badge":
            paint_badge(painter, theme, cell.text, rect, kind=cell.mark or "neutral")
        elif kind == "status":
            paint_status(painter, theme, cell.mark, rect)
            self._paint_text(painter, cell, rect.adjusted(14, 0, 0, 0), right=False)
        elif kind == "icon":
            place = QRect(rect.x(), rect.y(), 14, rect.height())
            drawing.icon(painter, theme, cell.mark, place, colour=cell.colour or "ink-2", size=14)
            self._paint_text(painter, cell, rect.adjusted(20, 0, 0, 0), right=False)
        else:
            self._paint_text(painter, cell, rect, right=right)

    def _paint_text(self, painter: QPainter, cell: Cell, rect: QRect, *, right: bool) -> None:
        role = "body-strong" if cell.kind == "strong" else "body"
        colour = cell.colour or ("ink-2" if cell.kind == "quiet" else "ink")
        if not cell.second:
            self._line(painter, cell.text, rect, role=role, colour=colour, spans=cell.spans, right=right)
            return
        top = rect.y() + (rect.height() - 36) // 2
        first = QRect(rect.x(), top, rect.width(), 20)
        self._line(painter, cell.text, first, role=role, colour=colour, spans=cell.spans, right=right)
        below = QRect(rect.x(), top + 20, rect.width(), 16)
        spans = cell.second_spans
        self._line(painter, cell.second, below, role="secondary", colour="ink-2", spans=spans, right=right)

    def _line(
        self,
        painter: QPainter,
        text: str,
        rect: QRect,
        *,
        role: str,
        colour: str,
        spans: tuple[tuple[int, int], ...],
        right: bool,
    ) -> None:
        if not text:
            return
        theme, metrics = self._theme, self._metrics[role]
        painter.setFont(theme.font(role))
        width = metrics.horizontalAdvance(text)
        if width > rect.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            width = min(width, rect.width())
        align = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        left = rect.x() + rect.width() - width if right else rect.x()
        marks = [self._span(text, span, left, rect, metrics) for span in spans if span[0] < len(text)]
        for mark in marks:
            drawing.box(painter, mark, fill=theme.colour("match"), radius=2)
        painter.setPen(theme.colour(colour))
        painter.drawText(rect, align, text)
        for mark in marks:
            painter.save()
            painter.setClipRect(mark)
            painter.setPen(theme.colour("match-text"))
            painter.drawText(rect, align, text)
            painter.restore()

    def _span(self, text: str, span: tuple[int, int], left: int, rect: QRect, metrics: QFontMetrics) -> QRect:
        start, length = span
        x = left + metrics.horizontalAdvance(text[:start])
        end = left + metrics.horizontalAdvance(text[: start + length])
        height = metrics.height()
        return QRect(x, rect.y() + (rect.height() - height) // 2, end - x, height)

    def _paint_loading(self, painter: QPainter, rect: QRect, *, row: int, right: bool) -> None:
        share = _SHARES[row % len(_SHARES)]
        width = min(round(rect.width() * share), 180) if rect.width() > 24 else rect.width()
        left = rect.x() + rect.width() - width if right else rect.x()
        bar = QRect(left, rect.y() + (rect.height() - 10) // 2, width, 10)
        drawing.box(painter, bar, fill=self._theme.colour("hairline"), radius=4)
