"""A list of what was found, below a field that keeps the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from channel_desk.presentation.palette import Hit
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.text import Text


class _HitRows(QStyledItemDelegate):
    """A line: icon if it has one, text, remark at the right; in both the match is marked."""

    def __init__(self, theme: Theme, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = index.data(Qt.ItemDataRole.SizeHintRole)
        return hint if isinstance(hint, QSize) else QSize(160, self._height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            drawing.box(painter, box, fill=self._theme.colour("accent-select"), radius=drawing.FIELD)
        left = 12
        if hit.icon:
            top = box.y() + (self._height - 16) // 2
            self._theme.icon(hit.icon, "ink-2", 16).paint(painter, box.x() + 10, top, 16, 16)
            left = 36
        if not _is_to_choose(hit):
            painter.restore()
            return
        painter.setFont(self._theme.font("secondary"))
        remark = drawing.elided(painter.fontMetrics(), hit.remark, box.width() // 2)
        width = painter.fontMetrics().horizontalAdvance(remark)
        beside = QRect(box.right() - 11 - width, box.y(), width, box.height())
        self._write(painter, beside, remark, hit.remark_spans, "ink-2")
        painter.setFont(self._theme.font("body"))
        room = box.adjusted(left, 0, -width - 24, 0)
        text = drawing.elided(painter.fontMetrics(), hit.text, room.width())
        self._write(painter, room, text, hit.spans, "ink")
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, text: str, spans: Sequence[tuple[int, int]], colour: str) -> None:
        drawing.marks(painter, self._theme, room, text, spans)
        painter.setPen(self._theme.colour(colour))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


def _is_to_choose(hit: Hit) -> bool:
    """Not a sentence that stands in place of hits."""
    return bool(hit.command or hit.distributor)


class HitList(QListWidget):
    """Shows hits and follows the arrow keys of ``field``; ``taken`` carries the :class:`Hit` of Enter or a click.

    ``missed``: Enter where nothing was found. An Enter that is faster than the search waits for its hits: those that
    still stand there answer to other words.
    """

    taken = Signal(object)
    missed = Signal()

    def __init__(self, theme: Theme, field: QWidget, *, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row_height = row_height
        #: What stands in place of hits, in as many lines as it takes.
        self._sentence: Text | None = None
        self._is_waiting = False
        self._takes_first = False
        self.setItemDelegate(_HitRows(theme, row_height, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.installEventFilter(self)
        self.itemClicked.connect(lambda _: self.take())

    def wait(self) -> None:
        """Other words were typed: their hits are on their way."""
        self._is_waiting, self._takes_first = True, False

    def show_hits(self, hits: Sequence[Hit], *, otherwise: str = "") -> None:
        """Show ``hits`` with the first one chosen; where there are none the sentence ``otherwise``, if any."""
        self.clear()
        self._sentence = None
        for hit in hits or ([Hit(otherwise, icon="search")] if otherwise else []):
            item = QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.text)
            if not hits:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                self._sentence = Text(self._theme, otherwise, wrap=True)
                self._sentence.setContentsMargins(36, 6, 12, 6)
                self.setItemWidget(item, self._sentence)
        self._fit()
        self.setVisible(bool(self.count()))
        self.setCurrentRow(0)
        takes_first, self._is_waiting, self._takes_first = self._takes_first, False, False
        if takes_first:
            self.take()

    def _fit(self) -> None:
        if self._sentence is not None:
            height = self._sentence.heightForWidth(self.viewport().width())
            self.item(0).setSizeHint(QSize(160, max(height, self._row_height)))
        self.setMaximumHeight(self._whole)
        self.updateGeometry()

    @property
    def _whole(self) -> int:
        if self._sentence is not None:
            return self.item(0).sizeHint().height() + 2
        return self.count() * self._row_height + 2

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._sentence is not None and event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._whole)

    @override
    def minimumSizeHint(self) -> QSize:
        """A row: where a low window has no room for all, the list scrolls with the arrow keys."""
        return QSize(super().minimumSizeHint().width(), min(self._whole, self._row_height + 2))

    @property
    def has_hits(self) -> bool:
        """Whether there is something to choose."""
        return self.count() > 0 and self.item(0).flags() != Qt.ItemFlag.NoItemFlags

    def take(self) -> None:
        """Choose the current hit."""
        self._is_waiting = False
        item = self.item(max(0, self.currentRow())) if self.count() else None
        hit = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(hit, Hit) and _is_to_choose(hit):
            self.taken.emit(hit)
        elif hit is not None:
            self.missed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.isVisible():
                step = 1 if key == Qt.Key.Key_Down else -1
                self.setCurrentRow((self.currentRow() + step) % max(1, self.count()))
                return True
            if key in ENTER and self._is_waiting:
                self._takes_first = True
                return True
            if key in ENTER and self.isVisible():
                self.take()
                return True
        return super().eventFilter(watched, event)
