"""The head of a table: titles on sunken ground."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.table_delegate import inside, side_of

HEIGHT: Final = 32


class TableHead(QHeaderView):
    """Horizontal; figures have their title at the right, as they stand."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.right_columns: frozenset[int] = frozenset()
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(24)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        theme = self._theme
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("hairline"))
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        right = logicalIndex in self.right_columns
        inner = inside(rect, right=right, first=logicalIndex == 0)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("ink-3"))
        words = drawing.elided(QFontMetrics(painter.font()), title, inner.width())
        painter.drawText(inner, side_of(right=right), words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("sunken"))
        line = QRect(0, self.viewport().height() - 1, self.viewport().width(), 1)
        painter.fillRect(line, self._theme.colour("hairline"))
        painter.end()
        super().paintEvent(event)
