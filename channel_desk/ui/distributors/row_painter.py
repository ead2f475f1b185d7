"""Paints the cells of the list of distributors."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from channel_desk.presentation.distributor_columns import NOTHING, Column, ListRow
from channel_desk.ui.models.distributor_rows import DistributorRows, Spans
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_status, paint_tier
from channel_desk.ui.widgets.checkbox import paint_check

ROW_HEIGHT: Final = 40
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_TOKENS: Final = (
    "surface", "hover", "accent-select", "accent", "hairline", "ink", "ink-2", "ink-3", "danger-text", "match",
    "match-text",
)  # fmt: skip


class RowPainter(QStyledItemDelegate):
    """One per table. ``hovered`` is the row under the pointer, -1 for none."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table
        self.hovered = -1
        self._body = theme.font("body")
        self._strong = theme.font("body-strong")
        self._small = theme.font("secondary")
        self._body_metrics = theme.metrics("body")
        self._strong_metrics = theme.metrics("body-strong")
        self._small_metrics = theme.metrics("secondary")
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def _take_colours(self) -> None:
        self._colours = {one: self._theme.colour(one) for one in _TOKENS}

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rows = index.model()
        assert isinstance(rows, DistributorRows)  # noqa: S101 - the painter of this model alone
        cell: QRect = option.rect
        number, column = index.row(), index.column()
        row = rows.row(number)
        if row is None:
            if rows.is_late and column != Column.CHECK:
                bar = QRect(cell.x(), cell.center().y() - 4, cell.width() * 5 // 9, 10)
                drawing.box(painter, bar, fill=self._colours["hairline"], radius=5)
        else:
            self._paint_cell(painter, cell, column, row, rows, checked=rows.is_checked(number))

    def paint_grounds(self, painter: QPainter) -> None:
        """The ground and the line below of all rows in view; before the cells, a row at a time."""
        table = self._table
        rows = table.model()
        assert isinstance(rows, DistributorRows)  # noqa: S101 - the painter of this model alone
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        current = -1 if rows.has_checks else table.currentIndex().row()
        width = table.viewport().width()
        for number in range(max(first, 0), (rows.rowCount() if last < 0 else last + 1) if first >= 0 else 0):
            top = table.rowViewportPosition(number)
            if number == current or rows.is_checked(number):
                painter.fillRect(QRect(0, top, width, ROW_HEIGHT), self._colours["accent-select"])
                painter.fillRect(QRect(0, top, 3, ROW_HEIGHT - 1), self._colours["accent"])
            elif number == self.hovered:
                painter.fillRect(QRect(0, top, width, ROW_HEIGHT), self._colours["hover"])
            painter.fillRect(QRect(0, top + ROW_HEIGHT - 1, width, 1), self._colours["hairline"])

    def _paint_cell(
        self, painter: QPainter, cell: QRect, column: int, row: ListRow, rows: DistributorRows, *, checked: bool
    ) -> None:
        if column == Column.NAME:
            self._paint_name(painter, cell, row, rows)
        elif column == Column.CHECK:
            state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
            paint_check(painter, self._theme, QRect(cell.x() + 16, cell.y(), 16, cell.height()), state=state)
        elif column == Column.CITY:
            room = cell.adjusted(0, 0, -8, 0)
            city = self._body_metrics.elidedText(row.city, Qt.TextElideMode.ElideRight, room.width())
            self._write(painter, room, city, self._body, "ink-2")
            self._paint_found(painter, room, city, rows.spans(row.city), self._body)
        elif column == Column.TIER:
            if row.tier:
                paint_tier(painter, self._theme, row.tier, cell)
        elif column == Column.STATUS:
            paint_status(painter, self._theme, row.status, cell)
            self._write(painter, cell.adjusted(14, 0, 0, 0), row.status_word, self._body, "ink")
        elif column == Column.PROMISES:
            self._paint_promises(painter, cell.adjusted(0, 0, -8, 0), row)
        else:
            text = row.next_visit if column == Column.NEXT_VISIT else row.last_visit
            room = cell.adjusted(0, 0, -16 if column == Column.LAST_VISIT else -8, 0)
            self._write(painter, room, text, self._body, "ink-3" if text == NOTHING else "ink-2", align=_RIGHT)

    def _paint_name(self, painter: QPainter, cell: QRect, row: ListRow, rows: DistributorRows) -> None:
        room = cell.adjusted(0, 0, -12, 0)
        upper = QRect(room.x(), room.y() + 2, room.width(), 20) if row.found else room
        name = self._strong_metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room.width())
        self._write(painter, upper, name, self._strong, "ink")
        self._paint_found(painter, upper, name, rows.spans(row.name), self._strong)
        if row.found:
            lower = QRect(room.x(), room.y() + 21, room.width(), 16)
            text = self._small_metrics.elidedText(row.found.text, Qt.TextElideMode.ElideRight, lower.width())
            self._write(painter, lower, text, self._small, "ink-2")
            begin = len(row.found.before) + 1 if row.found.before else 0
            shifted = [(begin + start, begin + end) for start, end in rows.spans(row.found.hit)]
            self._paint_found(painter, lower, text, shifted, self._small)

    def _paint_found(self, painter: QPainter, room: QRect, text: str, spans: Spans, font: QFont) -> None:
        """The matched characters of ``text``, which stands in ``room`` already: ground, and ink of their own."""
        metrics = QFontMetrics(font)
        height = min(20, room.height(), metrics.height())
        for start, end in spans:
            left = metrics.horizontalAdvance(text[:start])
            right = metrics.horizontalAdvance(text[:end])
            mark = QRect(room.x() + left, room.center().y() - height // 2 + 1, right - left, height)
            mark = mark.intersected(room)
            painter.save()
            painter.setClipRect(mark)
            painter.fillRect(mark, self._colours["match"])
            self._write(painter, room, text, font, "match-text")
            painter.restore()

    def _paint_promises(self, painter: QPainter, room: QRect, row: ListRow) -> None:
        if row.open == NOTHING:
            self._write(painter, room, NOTHING, self._body, "ink-3", align=_RIGHT)
            return
        self._write(painter, room, row.open, self._body, "ink", align=_RIGHT)
        metrics = self._body_metrics
        room = room.adjusted(0, 0, -metrics.horizontalAdvance(row.open), 0)
        self._write(painter, room, " / ", self._body, "ink-3", align=_RIGHT)
        room = room.adjusted(0, 0, -metrics.horizontalAdvance(" / "), 0)
        if row.late == NOTHING:
            self._write(painter, room, row.late, self._body, "ink-3", align=_RIGHT)
        else:
            font = self._strong if row.late_is_ours else self._body
            self._write(painter, room, row.late, font, "danger-text" if row.late_is_ours else "ink", align=_RIGHT)

    def _write(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        font: QFont,
        colour: str,
        *,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._colours[colour])
        painter.drawText(room, align, text)
