"""The heads of the columns of the table of distributors."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from channel_desk.presentation.distributor_columns import COLUMNS, Column
from channel_desk.storage.queries.distributor_list import Sort
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.checkbox import paint_check

HEAD_HEIGHT: Final = 32


class Head(QHeaderView):
    """The heads of the columns: a press sorts, or checks all rows."""

    sort_wanted = Signal(str, bool)
    all_toggled = Signal()

    def __init__(self, theme: Theme, words: dict[Column, str], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._words = words
        self._sort: Sort = "name"
        self._falls = False
        self.check_state = Qt.CheckState.Unchecked
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setMouseTracking(True)
        self.sectionClicked.connect(self._press)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEAD_HEIGHT)

    def show_sort(self, sort: Sort, *, falls: bool) -> None:
        """Mark the column that the rows are sorted by."""
        self._sort, self._falls = sort, falls
        self.viewport().update()

    def show_checks(self, state: Qt.CheckState) -> None:
        """Show whether all rows, some or none are checked."""
        if state is not self.check_state:
            self.check_state = state
            self.viewport().update()

    def _press(self, section: int) -> None:
        if section == Column.CHECK:
            self.all_toggled.emit()
            return
        spec = COLUMNS[Column(section)]
        if spec.sort is not None:
            self.sort_wanted.emit(spec.sort, not self._falls if spec.sort == self._sort else spec.falls)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = self._theme
        painter.fillRect(self.viewport().rect(), theme.colour("sunken"))
        painter.fillRect(QRect(0, HEAD_HEIGHT - 1, self.width(), 1), theme.colour("hairline"))
        for column in Column:
            if self.isSectionHidden(column):
                continue
            cell = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), HEAD_HEIGHT - 1)
            if column is Column.CHECK:
                if not self.model().rowCount():
                    continue
                box = QRect(cell.x() + 16, cell.y(), 16, cell.height())
                paint_check(painter, theme, box, state=self.check_state)
            else:
                self._paint_words(painter, cell, column)

    def _paint_words(self, painter: QPainter, cell: QRect, column: Column) -> None:
        theme, spec = self._theme, COLUMNS[column]
        sorted_by = spec.sort == self._sort
        role = "secondary-strong" if sorted_by else "secondary"
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour("ink" if sorted_by else "ink-2"))
        room = cell.adjusted(0, 0, -16 if column is Column.LAST_VISIT else -8, 0)
        words = self._words[column]
        arrow = "arrow-down" if self._falls else "arrow-up"
        if spec.at_right:
            if sorted_by:
                place = QRect(room.right() - 12, 0, 13, room.height())
                drawing.icon(painter, theme, arrow, place, colour="ink", size=12)
                room.adjust(0, 0, -15, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
            return
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if sorted_by:
            place = QRect(room.x() + theme.metrics(role).horizontalAdvance(words) + 3, 0, 13, room.height())
            drawing.icon(painter, theme, arrow, place, colour="ink", size=12)
