"""The rows of the list of sessions: a heading for each group, two lines for each session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from channel_desk.presentation.session_list import SessionRow
from channel_desk.ui.context import Context
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_tier
from channel_desk.ui.widgets.menu import open_menu

_HEADING: Final = 40
_ROW: Final = 56
_DAY: Final = 152
_COUNT: Final = 88
_BIN: Final = 44
#: Below this width the place and the counts stand aside for the title.
_NARROW: Final = 640


class _SessionRows(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, theme: Theme, view: SessionRows) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: SessionRow = index.data(Qt.ItemDataRole.UserRole)
        return QSize(240, _HEADING if row.is_heading else _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: SessionRow = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        theme = self._theme
        painter.save()
        if row.is_heading:
            painter.setFont(theme.font("card-title"))
            painter.setPen(theme.colour("ink"))
            place = box.adjusted(16, 0, -16, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.title)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
            if selected or hot:
                painter.fillRect(box, theme.colour("accent-select" if selected else "hover"))
            if selected:
                painter.fillRect(QRect(box.x(), box.y(), 3, box.height()), theme.colour("accent"))
            if selected and self._view.hasFocus():
                drawing.box(painter, box, edge=theme.colour("accent"), width=2)
            painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), theme.colour("hairline"))
            self._paint_session(painter, box, row)
            if selected or hot:
                drawing.icon(painter, theme, "trash-2", self._view.bin_of(box), colour="ink-2")
        painter.restore()

    def _paint_session(self, painter: QPainter, box: QRect, row: SessionRow) -> None:
        quiet = "ink-2" if row.is_past else "ink"
        wide = box.width() >= _NARROW
        top, bottom = QRect(box.x(), box.y() + 8, box.width(), 20), QRect(box.x(), box.y() + 28, box.width(), 20)
        day, times = QRect(box.x() + 16, 0, _DAY - 16, 0), box.x() + 16 + _DAY
        self._line(painter, _spread(day, top), row.day, "body-strong", quiet)
        self._line(painter, _spread(day, bottom), row.times, "secondary", "ink-2")
        right = box.right() - _BIN
        if wide:
            counts = QRect(right - _COUNT, 0, _COUNT, 0)
            self._line(painter, _spread(counts, top), row.people, "body", quiet, right=True)
            self._line(painter, _spread(counts, bottom), row.slides, "secondary", "ink-2", right=True)
            right -= _COUNT + 16
        main = QRect(times, 0, max(0, right - times), 0)
        self._line(painter, _spread(main, top), row.title, "body-strong", quiet)
        left = main.x()
        if row.tier:
            paint_tier(painter, self._theme, row.tier, _spread(main, bottom))
            left += 28
        words = " · ".join(part for part in (row.distributor, row.place) if part)
        self._line(painter, _spread(QRect(left, 0, right - left, 0), bottom), words, "secondary", "ink-2")

    def _line(
        self, painter: QPainter, place: QRect, words: str, role: str, colour: str, *, right: bool = False
    ) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        shown = drawing.elided(painter.fontMetrics(), words, place.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, shown)


def _spread(across: QRect, down: QRect) -> QRect:
    """The width of ``across`` in the height of ``down``."""
    return QRect(across.x(), down.y(), across.width(), down.height())


class SessionRows(QListWidget):
    """``opened`` and ``delete_wanted`` give the id of a session. Its actions are the menu of a row."""

    opened = Signal(int)
    delete_wanted = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        #: The session to be picked as soon as it is shown.
        self._wanted = 0
        self.setItemDelegate(_SessionRows(ctx.theme, self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(ctx.tr("Training sessions"))
        self.setObjectName("sessions")
        self.itemDoubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[SessionRow]) -> None:
        """Show ``rows``; the session that was picked stays picked, else the one now in its place."""
        ids = [row.id for row in rows]
        kept, place = self.session_id, self.currentRow()
        if self._wanted in ids:
            kept, self._wanted = self._wanted, 0
        self.clear()
        for row in rows:
            item = QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            if row.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        if kept and kept in ids:
            self.setCurrentRow(ids.index(kept))
        elif rows:
            places = [number for number, row in enumerate(rows) if not row.is_heading]
            self.setCurrentRow(min(places, key=lambda number: abs(number - max(place, 0))))

    def pick(self, session_id: int) -> None:
        """Pick a session that is shown next, for it is new."""
        self._wanted = session_id

    @property
    def session_id(self) -> int:
        """The picked session, 0 when none is."""
        index = self.currentIndex()
        if not index.isValid():
            return 0
        row: SessionRow = index.data(Qt.ItemDataRole.UserRole)
        return row.id

    def bin_of(self, box: QRect) -> QRect:
        """Where the bin of the row in ``box`` stands."""
        return QRect(box.right() - 40, box.y() + (box.height() - 28) // 2, 28, 28)

    def _open(self, item: QListWidgetItem) -> None:
        row: SessionRow = item.data(Qt.ItemDataRole.UserRole)
        if not row.is_heading:
            self.opened.emit(row.id)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        on_bin = index.isValid() and self.bin_of(self.visualRect(index)).contains(point)
        if event.button() is Qt.MouseButton.LeftButton and on_bin and self.session_id:
            self.delete_wanted.emit(self.session_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.session_id:
            self.opened.emit(self.session_id)
        elif event.key() == Qt.Key.Key_Delete and self.session_id:
            self.delete_wanted.emit(self.session_id)
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.session_id:
            return
        entries = [(action.text(), action.trigger) for action in self.actions()]
        open_menu(self._ctx.theme, self, entries, event.globalPos())
