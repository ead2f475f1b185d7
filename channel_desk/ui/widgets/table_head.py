"""The head of a table: titles on sunken ground, an arrow at the column that sorts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.table_delegate import inside

HEIGHT: Final = 32
_ARROW: Final = 14


class TableHead(QHeaderView):
    """Horizontal; figures have their title at the right, as they stand."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.right_columns: frozenset[int] = frozenset()
        self.check_column = -2
        self.sorted_column = -1
        self.descending = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(24)

    def show_order(self, column: int, *, descending: bool) -> None:
        self.sorted_column = column
        self.descending = descending
        self.viewport().update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        theme = self._theme
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("hairline"))
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        if not title:
            return
        right = logicalIndex in self.right_columns
        sorted_by = logicalIndex == self.sorted_column
        after_check = logicalIndex == self.check_column + 1
        inner = inside(rect, right=right, first=logicalIndex == 0, after_check=after_check)
        painter.setFont(theme.font("secondary-strong" if sorted_by else "secondary"))
        painter.setPen(theme.colour("ink" if sorted_by else "ink-3"))
        metrics = QFontMetrics(painter.font())
        room = inner.width() - (_ARROW + 2 if sorted_by else 0)
        words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(words)
        left = inner.right() + 1 - width if right else inner.x()
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, inner.y(), width + 2, inner.height()), align, words)
        if sorted_by:
            beside = left - _ARROW - 2 if right else left + width + 2
            place = QRect(beside, inner.y(), _ARROW, inner.height())
            arrow = "chevron-down" if self.descending else "chevron-up"
            drawing.icon(painter, theme, arrow, place, colour="ink-2", size=_ARROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("sunken"))
        line = QRect(0, self.viewport().height() - 1, self.viewport().width(), 1)
        painter.fillRect(line, self._theme.colour("hairline"))
        painter.end()
        super().paintEvent(event)
