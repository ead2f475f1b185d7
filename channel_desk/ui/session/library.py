"""The library of slides: modules by group, what they lack, and blank slides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from channel_desk.domain.training import Layout
from channel_desk.presentation.deck_builder import ModuleRow
from channel_desk.ui.context import Context
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.menu import open_menu_at
from channel_desk.ui.widgets.text import Text

WIDTH: Final = 248
_HEADING: Final = 36
_ROW: Final = 32
_ROW_MISSING: Final = 48


class _ModuleRows(QStyledItemDelegate):
    """Paints a line of the library."""

    def __init__(self, theme: Theme, view: _Modules) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: ModuleRow = index.data(Qt.ItemDataRole.UserRole)
        return QSize(120, _HEADING if row.is_heading else _ROW_MISSING if row.missing else _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ModuleRow = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        theme = self._theme
        painter.save()
        if row.is_heading:
            self._line(painter, box.adjusted(8, 10, -8, 0), row.name, "secondary-strong", "ink-2")
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
            if selected or hot:
                fill = theme.colour("accent-select" if selected and self._view.hasFocus() else "hover")
                edge = theme.colour("accent") if selected and self._view.hasFocus() else None
                drawing.box(painter, box, fill=fill, edge=edge, radius=drawing.FIELD, width=2)
            self._paint_module(painter, box, row, hot=hot)
        painter.restore()

    def _paint_module(self, painter: QPainter, box: QRect, row: ModuleRow, *, hot: bool) -> None:
        theme = self._theme
        first = QRect(box.x(), box.y() + (4 if row.missing else 0), box.width(), 20 if row.missing else box.height())
        painter.setFont(theme.font("secondary"))
        minutes = first.adjusted(first.width() - 10 - painter.fontMetrics().horizontalAdvance(row.minutes), 0, -8, 0)
        self._line(painter, minutes, row.minutes, "secondary", "ink-2", right=True)
        sign = QRect(box.right() - 57, first.y(), 16, first.height())
        is_signed = row.is_used or (hot and not row.missing)
        if hot and not row.missing:
            drawing.icon(painter, theme, "plus", sign, colour="accent")
        elif row.is_used:
            drawing.icon(painter, theme, "check", sign, colour="success-mark", size=14)
        end = sign.x() if is_signed else minutes.x()
        name = QRect(first.x() + 8, first.y(), end - first.x() - 14, first.height())
        painter.setFont(theme.font("body"))
        drawing.marks(painter, theme, name, row.name, row.spans)
        self._line(painter, name, row.name, "body", "ink-3" if row.missing else "ink-2" if row.is_used else "ink")
        if row.missing:
            below = QRect(box.x() + 8, first.bottom() + 1, box.width() - 16, 20)
            self._line(painter, below, row.missing, "secondary", "warning-text")

    def _line(
        self, painter: QPainter, place: QRect, words: str, role: str, colour: str, *, right: bool = False
    ) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = drawing.elided(painter.fontMetrics(), words, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, shown)


class _Modules(QListWidget):
    """Enter, a double click or a click on the plus asks for a module."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemDelegate(_ModuleRows(theme, self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setObjectName("modules")

    def row_at(self, index: QModelIndex) -> ModuleRow | None:
        row: ModuleRow | None = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return row

    def plus_of(self, box: QRect) -> QRect:
        """Where the plus of a line stands."""
        return QRect(box.right() - 64, box.y(), 28, box.height())

    def _choose(self, index: QModelIndex) -> None:
        row = self.row_at(index)
        if row is not None and row.key:
            self.chosen.emit(row.key)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        on_plus = self.plus_of(self.visualRect(index)).contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and on_plus:
            self._choose(index)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not self.plus_of(self.visualRect(index)).contains(event.position().toPoint()):
            self._choose(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)


class LibraryPane(QWidget):
    """``chosen`` gives the key of a module, ``blank_wanted`` a layout, ``searched`` what is typed in the search."""

    chosen = Signal(str)
    blank_wanted = Signal(object)
    searched = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setFixedWidth(WIDTH)
        theme, tr = ctx.theme, ctx.tr
        self.search = TextField(
            theme, tr("Find a module"), icon="search", clearable=True, clear_name=tr("Clear"), name=tr("Find a module")
        )
        self.search.changed.connect(self.searched)
        self.modules = _Modules(theme)
        self.modules.setAccessibleName(tr("Modules"))
        self.modules.chosen.connect(self.chosen)
        self.search.submitted.connect(lambda _: self.modules.setFocus())
        self.search.edit.installEventFilter(self)
        self._nothing = Text(theme, tr("No module is called that."), "secondary", "ink-2", wrap=True)
        self._nothing.hide()
        self.blank = Button(theme, tr("Blank slide"), "ghost", icon="plus")
        self.blank.clicked.connect(self.open_layouts)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 8, 0)
        foot.setSpacing(8)
        foot.addWidget(Icon(theme, "shield-check", "ink-2", 16))
        promise = Text(theme, tr("Nothing internal can be chosen"), "secondary", "ink-2", elide=True)
        foot.addWidget(promise, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 12, 0, 8)
        outer.setSpacing(4)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.search)
        outer.addLayout(top)
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 0, 8, 0)
        middle.addWidget(self._nothing)
        middle.addWidget(self.modules, 1)
        outer.addLayout(middle, 1)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 4)
        below.addWidget(self.blank)
        below.addStretch(1)
        outer.addLayout(below)
        outer.addWidget(Hairline(theme))
        outer.addLayout(foot)

    def show_rows(self, rows: Sequence[ModuleRow]) -> None:
        """Show ``rows``; the line that was picked stays picked."""
        before = self.modules.row_at(self.modules.currentIndex())
        scrolled = self.modules.verticalScrollBar().value()
        self.modules.clear()
        for row in rows:
            item = QListWidgetItem(self.modules)
            item.setData(Qt.ItemDataRole.UserRole, row)
            spoken = [row.name, row.minutes, self._ctx.tr("used") if row.is_used else "", row.missing]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))
            if row.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            else:
                item.setToolTip(drawing.plain_tip("\n".join(part for part in (row.name, row.missing) if part)))
        keys = [row.key for row in rows]
        if before is not None and before.key in keys:
            self.modules.setCurrentRow(keys.index(before.key))
        elif rows:
            self.modules.setCurrentRow(1)
        self.modules.verticalScrollBar().setValue(scrolled)
        self._nothing.setVisible(not rows)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.modules.setFocus()
            return True
        return False

    def open_layouts(self) -> None:
        """Offer the layouts of a slide made by hand."""
        entries = [(self._ctx.tr(layout.label), partial(self.blank_wanted.emit, layout)) for layout in Layout]
        open_menu_at(self._ctx.theme, self.blank, entries, above=True)
