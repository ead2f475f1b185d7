"""The slides of the deck as small pictures, in their order; dragging or Alt with an arrow moves one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.menu import open_menu

WIDTH: Final = 208
PICTURE: Final = QSize(160, 90)
_LEFT: Final = 36
_ROW: Final = 98
#: Pixels by which the list goes on at a time while something is held at its edge.
_SCROLL: Final = 12
_FADED: Final = 0.45


@dataclass(frozen=True)
class SlideRow:
    """A slide as the list shows it."""

    id: int
    number: str
    name: str
    minutes: str
    is_doubtful: bool = False

    @property
    def spoken(self) -> str:
        """The line as assistive technology reads it."""
        return ", ".join(part for part in (self.number, self.name, self.minutes) if part)


class _SlidePictures(QStyledItemDelegate):
    """Paints a slide: its number at the left, its picture, its minutes in the corner."""

    def __init__(self, theme: Theme, view: Thumbnails) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH - 12, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: SlideRow = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect.adjusted(0, 3, 0, 0)
        theme = self._theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("accent-ink" if selected else "ink-2"))
        top = QRect(box.x(), box.y(), _LEFT - 8, 20)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.number)
        if row.is_doubtful:
            drawing.icon(painter, theme, "triangle-alert", top.translated(0, 20), colour="warning-mark", size=14)
        if self._view.dragged_id == row.id:
            painter.setOpacity(_FADED)
        place = QRect(QPoint(box.x() + _LEFT, box.y()), PICTURE)
        self._paint_picture(painter, place, row)
        painter.setOpacity(1)
        if selected:
            edge = theme.colour("accent" if self._view.hasFocus() else "accent-edge")
            drawing.box(painter, place.adjusted(-2, -2, 2, 2), edge=edge, radius=drawing.BADGE, width=2)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, row: SlideRow) -> None:
        theme = self._theme
        picture = self._view.picture(row.id)
        if picture is not None:
            painter.drawImage(place, picture)
            drawing.box(painter, place, edge=theme.colour("hairline-strong"))
        else:
            drawing.box(painter, place, fill=theme.colour("surface"), edge=theme.colour("hairline"))
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.colour("ink-2"))
            words = drawing.elided(painter.fontMetrics(), row.name, place.width() - 16)
            painter.drawText(
                place.adjusted(8, 6, -8, -6), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words
            )
        painter.setFont(theme.font("hour"))
        width = painter.fontMetrics().horizontalAdvance(row.minutes) + 8
        tag = QRect(place.right() - width - 3, place.bottom() - 19, width, 16)
        drawing.box(painter, tag, fill=theme.colour("surface"), edge=theme.colour("hairline"), radius=drawing.BADGE)
        painter.setPen(theme.colour("ink-2"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, row.minutes)


class Thumbnails(QListWidget):
    """``picked`` gives the slide that is shown, ``moved`` a slide and its new place from 0, ``removed`` a slide."""

    picked = Signal(int)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._theme = ctx.theme
        self._pictures: dict[int, QImage] = {}
        self._ids: list[int] = []
        self._pressed: QPoint | None = None
        self._pointer = QPoint()
        self._gap = -1
        self._filling = False
        self.dragged_id = 0
        self.setItemDelegate(_SlidePictures(ctx.theme, self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(ctx.tr("Slides"))
        self.setObjectName("slides")
        self._edge = QTimer(self)
        self._edge.setInterval(30)
        self._edge.timeout.connect(self._on_edge)
        self.currentRowChanged.connect(self._on_row)

    def show_rows(self, rows: Sequence[SlideRow], current: int) -> None:
        """Show ``rows``, the slide ``current`` picked, without telling anyone."""
        self._filling = True
        self._ids = [row.id for row in rows]
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for place, row in enumerate(rows):
            item = self.item(place) if place < self.count() else QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            item.setToolTip(drawing.plain_tip(row.name))
        if current in self._ids:
            self.setCurrentRow(self._ids.index(current), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._filling = False

    def show_pictures(self, pictures: dict[int, QImage]) -> None:
        self._pictures = pictures
        self.viewport().update()

    def picture(self, slide_id: int) -> QImage | None:
        return self._pictures.get(slide_id)

    @property
    def slide_id(self) -> int:
        """The picked slide, 0 when there is none."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    def move_by(self, steps: int) -> None:
        """Ask for another place of the picked slide."""
        row = self.currentRow()
        if row >= 0 and 0 <= row + steps < len(self._ids):
            self.moved.emit(self._ids[row], row + steps)

    def _on_row(self, row: int) -> None:
        if not self._filling and 0 <= row < len(self._ids):
            self.picked.emit(self._ids[row])

    # -- keys and menu -----------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape and self.dragged_id:
            self._end_drag()
        elif with_alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete and self.slide_id:
            self.removed.emit(self.slide_id)
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        slide_id = self.slide_id
        if not slide_id:
            return
        tr = self._ctx.tr
        entries = (
            (tr("Move up"), lambda: self.move_by(-1)),
            (tr("Move down"), lambda: self.move_by(1)),
            (tr("Remove slide"), lambda: self.removed.emit(slide_id)),
        )
        open_menu(self._ctx.theme, self, entries, event.globalPos())

    # -- dragging ----------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._pressed = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if not self.dragged_id and (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self.dragged_id = self.slide_id
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self.dragged_id:
            self._pointer = point
            self._edge.start()
            self._gap = self._gap_at(point.y())
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        slide_id, gap = self.dragged_id, self._gap
        self._end_drag()
        super().mouseReleaseEvent(event)
        if slide_id and gap >= 0:
            self._drop(slide_id, gap)

    def _end_drag(self) -> None:
        self._edge.stop()
        self._pressed = None
        self.dragged_id, self._gap = 0, -1
        self.unsetCursor()
        self.viewport().update()

    def _on_edge(self) -> None:
        """The list goes on by itself while something is held at its upper or lower edge."""
        y = self._pointer.y()
        step = -_SCROLL if y < _ROW // 3 else _SCROLL if y > self.viewport().height() - _ROW // 3 else 0
        if step:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + step)
            self._gap = self._gap_at(y)
            self.viewport().update()

    def _gap_at(self, y: int) -> int:
        """Before which slide something dropped at the height ``y`` would stand."""
        for place in range(self.count()):
            if y < self.visualItemRect(self.item(place)).center().y():
                return place
        return self.count()

    def _drop(self, slide_id: int, gap: int) -> None:
        """The slide was dropped before the one at ``gap``."""
        place = self._ids.index(slide_id)
        to = gap - 1 if gap > place else gap
        if to != place:
            self.moved.emit(slide_id, to)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap < 0 or not self.count():
            return
        painter = QPainter(self.viewport())
        self._paint_ghost(painter)
        last = self._gap == self.count()
        box = self.visualItemRect(self.item(self._gap - 1 if last else self._gap))
        y = box.bottom() - 1 if last else box.y() + 1
        painter.setPen(QPen(self._theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(box.x() + _LEFT, y, box.x() + _LEFT + PICTURE.width(), y)

    def _paint_ghost(self, painter: QPainter) -> None:
        """The dragged slide, small, below the pointer."""
        picture = self._pictures.get(self.dragged_id)
        if picture is None:
            return
        place = QRect(self._pointer + QPoint(8, 8), PICTURE / 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, picture)
        drawing.box(painter, place, edge=self._theme.colour("accent"))
