"""A field that finds a distributor while it is typed: name, pinyin, initials, contact, phone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from channel_desk.presentation.distributor_choice import Suggestion, suggestions
from channel_desk.services.finding import ListQuery, find_distributors
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.field import TextField

_ROW = 32
_MOST = 7


class SuggestionRows(QStyledItemDelegate):
    """Draws a suggestion with its match marked and its remark at the right."""

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
        one: Suggestion = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent-select"))
            painter.drawRoundedRect(box.adjusted(4, 0, -4, 0), 6, 6)
        painter.setFont(self._theme.font("secondary"))
        remark = painter.fontMetrics().elidedText(one.remark, Qt.TextElideMode.ElideRight, box.width() // 2)
        painter.setPen(self._theme.colour("ink-2"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(0, 0, -12, 0), right, remark)
        room = box.adjusted(12, 0, -painter.fontMetrics().horizontalAdvance(remark) - 20, 0)
        painter.setFont(self._theme.font("body"))
        metrics = painter.fontMetrics()
        for start, end in one.spans:
            left = room.x() + metrics.horizontalAdvance(one.text[:start])
            mark = QRect(left, box.y() + 6, metrics.horizontalAdvance(one.text[start:end]), _ROW - 12)
            painter.fillRect(mark.intersected(room), self._theme.colour("match"))
        painter.setPen(self._theme.colour("ink"))
        text = metrics.elidedText(one.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class DistributorField(QWidget):
    """``chosen`` carries the id and the shown name. The list stands right below the field; Enter takes the first."""

    chosen = Signal(int, str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._is_chosen = False
        self.field = TextField(
            ctx.theme, ctx.tr("Name, pinyin, contact or phone"), icon="search", name=ctx.tr("Distributor")
        )
        self._list = QListWidget(self)
        self._list.setItemDelegate(SuggestionRows(ctx.theme, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setObjectName("suggestions")
        self._list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self._list)
        self.setFocusProxy(self.field.edit)
        self.field.changed.connect(self._search)
        self.field.edit.installEventFilter(self)
        self._list.itemClicked.connect(lambda _: self._choose())

    def begin(self) -> None:
        """Empty the field and offer everything."""
        self.field.set_value("")
        self._search("")
        self.field.edit.setFocus()

    def _search(self, typed: str) -> None:
        self._is_chosen = False
        query = ListQuery(text=typed)
        self._ctx.tasks.read(
            lambda reader: find_distributors(reader, query, limit=_MOST),
            lambda found: self._show(suggestions(found, typed)),
            owner=self,
            key="suggest",
        )

    def _show(self, found: tuple[Suggestion, ...]) -> None:
        if self._is_chosen:
            return  # found after the choice was made
        self._list.clear()
        for one in found:
            item = QListWidgetItem(self._list)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, one.text)
        self._list.setFixedHeight(len(found) * _ROW + 2)
        self._list.setVisible(bool(found))
        self._list.setCurrentRow(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._list.count():
            key = event.key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        item = self._list.item(max(0, self._list.currentRow()))
        one: Suggestion = item.data(Qt.ItemDataRole.UserRole)
        self._list.hide()
        self._is_chosen = True
        self.chosen.emit(one.id, one.text)

    def list_position(self) -> QPoint:
        """Where the suggestions begin, for tests that click them."""
        return self._list.mapTo(self, QPoint(8, _ROW // 2))
