"""Paints the rows of the list of distributors, all that are in view at once.

A delegate would be called for each cell, with the model asked three more times: at each key that took as long as the
painting itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QTableView

from channel_desk.presentation.distributor_columns import NOTHING, Column, ListRow
from channel_desk.ui.models.distributor_rows import DistributorRows, Spans
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_status, paint_tier
from channel_desk.ui.widgets.checkbox import paint_check

ROW_HEIGHT: Final = 40
#: The widest of what is stamped.
_STAMP_WIDTH: Final = 24
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_TOKENS: Final = (
    "surface", "hover", "accent-select", "accent", "hairline", "ink", "ink-2", "ink-3", "danger-text", "match",
    "match-text",
)  # fmt: skip
#: Paints a mark for a value into the left of a rectangle.
_PaintMark = Callable[[QPainter, Theme, Any, QRect], None]


class _Face(NamedTuple):
    font: QFont
    metrics: QFontMetrics


class RowPainter:
    """One per table. ``hovered`` is the row under the pointer, -1 for none."""

    def __init__(self, theme: Theme, table: QTableView, rows: DistributorRows) -> None:
        self._theme = theme
        self._table = table
        self._rows = rows
        self.hovered = -1
        self._body, self._strong, self._small = (
            _Face(theme.font(role), theme.metrics(role)) for role in ("body", "body-strong", "secondary")
        )
        #: What looks the same in every row, painted once: see :meth:`_stamp`.
        self._stamps: dict[tuple[_PaintMark, Any, float], QPixmap] = {}
        self._cells: Final[dict[Column, Callable[[QPainter, QRect, ListRow], None]]] = {
            Column.NAME: self._paint_name,
            Column.CITY: self._paint_city,
            Column.TIER: self._paint_tier,
            Column.STATUS: self._paint_status,
            Column.PROMISES: self._paint_promises,
            Column.NEXT_VISIT: self._paint_next_visit,
            Column.LAST_VISIT: self._paint_last_visit,
        }
        self.take_colours()

    def take_colours(self) -> None:
        """The theme is another one."""
        self._colours = {one: self._theme.colour(one) for one in _TOKENS}
        self._stamps.clear()

    def paint(self, painter: QPainter) -> None:
        """Every row in view."""
        table, rows = self._table, self._rows
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        if first < 0:
            return
        numbers = range(first, (rows.rowCount() if last < 0 else last + 1))
        top = table.rowViewportPosition(first) - first * ROW_HEIGHT
        for number in numbers:
            self._paint_ground(painter, number, top + number * ROW_HEIGHT)
        shown = [(number, rows.row(number)) for number in numbers]
        for column in Column:
            if table.isColumnHidden(column):
                continue
            left, width = table.columnViewportPosition(column), table.columnWidth(column)
            for number, row in shown:
                cell = QRect(left, top + number * ROW_HEIGHT, width, ROW_HEIGHT)
                if row is None:
                    self._paint_late(painter, cell, column)
                elif column is Column.CHECK:
                    self._stamp(painter, cell.x() + 16, cell.y(), _check, rows.is_checked(number))
                else:
                    self._cells[column](painter, cell, row)

    def _paint_ground(self, painter: QPainter, number: int, top: int) -> None:
        """The ground of a row and the line below it."""
        width = self._table.viewport().width()
        current = -1 if self._rows.has_checks else self._table.currentIndex().row()
        if number == current or self._rows.is_checked(number):
            painter.fillRect(QRect(0, top, width, ROW_HEIGHT), self._colours["accent-select"])
            painter.fillRect(QRect(0, top, 3, ROW_HEIGHT - 1), self._colours["accent"])
        elif number == self.hovered:
            painter.fillRect(QRect(0, top, width, ROW_HEIGHT), self._colours["hover"])
        painter.fillRect(QRect(0, top + ROW_HEIGHT - 1, width, 1), self._colours["hairline"])

    def _paint_late(self, painter: QPainter, cell: QRect, column: Column) -> None:
        if self._rows.is_late and column is not Column.CHECK:
            bar = QRect(cell.x(), cell.center().y() - 4, cell.width() * 5 // 9, 10)
            drawing.box(painter, bar, fill=self._colours["hairline"], radius=5)

    # -- cells -----------------------------------------------------------------------------------------------------

    def _paint_name(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        room = cell.adjusted(0, 0, -12, 0)
        upper = QRect(room.x(), room.y() + 2, room.width(), 20) if row.found else room
        self._write_found(painter, upper, row.name, self._rows.spans(row.name), face=self._strong, colour="ink")
        if row.found:
            lower = QRect(room.x(), room.y() + 21, room.width(), 16)
            begin = len(row.found.before) + 1 if row.found.before else 0
            spans = [(begin + start, begin + end) for start, end in self._rows.spans(row.found.hit)]
            self._write_found(painter, lower, row.found.text, spans, face=self._small, colour="ink-2")

    def _paint_city(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        room = cell.adjusted(0, 0, -8, 0)
        self._write_found(painter, room, row.city, self._rows.spans(row.city), face=self._body, colour="ink-2")

    def _paint_tier(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        if row.tier:
            self._stamp(painter, cell.x(), cell.y(), paint_tier, row.tier)

    def _paint_status(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        self._stamp(painter, cell.x(), cell.y(), paint_status, row.status)
        self._write(painter, cell.adjusted(14, 0, 0, 0), row.status_word, self._body, "ink")

    def _paint_promises(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        room = cell.adjusted(0, 0, -8, 0)
        if row.open == NOTHING:
            self._write(painter, room, NOTHING, self._body, "ink-3", align=_RIGHT)
            return
        late_face, late_colour = self._body, "ink"
        if row.late == NOTHING:
            late_colour = "ink-3"
        elif row.late_is_ours:
            late_face, late_colour = self._strong, "danger-text"
        for text, face, colour in (
            (row.open, self._body, "ink"),
            (" / ", self._body, "ink-3"),
            (row.late, late_face, late_colour),
        ):
            self._write(painter, room, text, face, colour, align=_RIGHT)
            room.adjust(0, 0, -face.metrics.horizontalAdvance(text), 0)

    def _paint_next_visit(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        self._paint_day(painter, cell.adjusted(0, 0, -8, 0), row.next_visit)

    def _paint_last_visit(self, painter: QPainter, cell: QRect, row: ListRow) -> None:
        self._paint_day(painter, cell.adjusted(0, 0, -16, 0), row.last_visit)

    def _paint_day(self, painter: QPainter, room: QRect, text: str) -> None:
        self._write(painter, room, text, self._body, "ink-3" if text == NOTHING else "ink-2", align=_RIGHT)

    # -- strokes ---------------------------------------------------------------------------------------------------

    def _stamp(self, painter: QPainter, left: int, top: int, paint: _PaintMark, value: Any) -> None:
        """What ``paint`` paints for ``value``, which looks the same in every row."""
        density = painter.device().devicePixelRatioF()
        stamp = self._stamps.get((paint, value, density))
        if stamp is None:
            stamp = QPixmap(round(_STAMP_WIDTH * density), round(ROW_HEIGHT * density))
            stamp.setDevicePixelRatio(density)
            stamp.fill(Qt.GlobalColor.transparent)
            inside = QPainter(stamp)
            paint(inside, self._theme, value, QRect(0, 0, _STAMP_WIDTH, ROW_HEIGHT))
            inside.end()
            self._stamps[paint, value, density] = stamp
        painter.drawPixmap(left, top, stamp)

    def _write_found(
        self, painter: QPainter, room: QRect, text: str, spans: Spans, *, face: _Face, colour: str
    ) -> None:
        """``text`` with an ellipsis where it is too long, and the characters of ``spans`` on a ground of their own."""
        shown = drawing.elided(face.metrics, text, room.width())
        self._write(painter, room, shown, face, colour)
        height = min(20, room.height(), face.metrics.height())
        for start, end in spans:
            left = face.metrics.horizontalAdvance(shown[:start])
            right = face.metrics.horizontalAdvance(shown[:end])
            mark = QRect(room.x() + left, room.center().y() - height // 2 + 1, right - left, height)
            mark = mark.intersected(room)
            painter.save()
            painter.setClipRect(mark)
            painter.fillRect(mark, self._colours["match"])
            self._write(painter, room, shown, face, "match-text")
            painter.restore()

    def _write(
        self, painter: QPainter, room: QRect, text: str, face: _Face, colour: str, *, align: Qt.AlignmentFlag = _LEFT
    ) -> None:
        painter.setFont(face.font)
        painter.setPen(self._colours[colour])
        painter.drawText(room, align, text)


def _check(painter: QPainter, theme: Theme, checked: bool, room: QRect) -> None:  # noqa: FBT001 - as the others
    state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
    paint_check(painter, theme, QRect(room.x(), room.y(), 16, room.height()), state=state)
