"""The titles of the manual, one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channel_desk.ui.help.manual import ManualPage
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_ROW: Final = 36
_BAR: Final = 3


class _Rows(QStyledItemDelegate):
    """A title; the chosen one on the ground of a selection, with its bar."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = self._theme, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("accent-select" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), _BAR, box.height()), theme.colour("accent"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                drawing.box(
                    painter, box, fill=theme.colour("accent-select"), edge=theme.colour("accent"), radius=0, width=2
                )
        painter.setFont(theme.font("body-strong" if chosen else "body"))
        painter.setPen(theme.colour("accent-ink" if chosen else "ink"))
        room = box.adjusted(24, 0, -12, 0)
        text = drawing.elided(painter.fontMetrics(), index.data(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class Contents(QListWidget):
    """Shows pages; ``chosen`` says which one is to be read."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_contents")
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(theme, self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        self.setPalette(palette)
        self.currentItemChanged.connect(self._on_current)

    def show_pages(self, pages: Sequence[ManualPage], chosen: str) -> None:
        """List ``pages`` with the one called ``chosen`` marked; nobody is told of it."""
        with QSignalBlocker(self):
            self.clear()
            for page in pages:
                item = QListWidgetItem(page.title, self)
                item.setData(Qt.ItemDataRole.UserRole, page.key)
                if page.key == chosen:
                    self.setCurrentItem(item)
        self.viewport().update()

    @property
    def keys(self) -> tuple[str, ...]:
        """The pages that are listed."""
        return tuple(str(self.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.count()))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
