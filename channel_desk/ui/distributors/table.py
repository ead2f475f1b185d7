"""The table of distributors: rows to walk through, to check and to open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView

from channel_desk.presentation.distributor_columns import COLUMNS, Column
from channel_desk.storage.queries.distributor_list import Sort
from channel_desk.ui.distributors.head import HEAD_HEIGHT, Head
from channel_desk.ui.distributors.row_painter import ROW_HEIGHT, RowPainter
from channel_desk.ui.keys import ENTER
from channel_desk.ui.models.distributor_rows import DistributorRows
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.composing import asked_of, compose_into

#: The name keeps so many pixels; columns go before it gets narrower.
_LEAST_NAME: Final = 220
_ANY_HEIGHT: Final = 16777215
_ORDER_OF_LEAVING: Final = (Column.LAST_VISIT, Column.NEXT_VISIT, Column.PROMISES, Column.CITY)


class DistributorTable(QTableView):
    """The arrows walk, Shift with them checks, Space checks one, Enter opens, Ctrl+A checks all."""

    #: The id of the row that is the current one now; 0 for none.
    walked = Signal(int)
    opened = Signal(int)
    sort_wanted = Signal(str, bool)
    delete_wanted = Signal()
    #: A menu for the current row is wanted, at this place of the screen.
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, rows: DistributorRows, words: dict[Column, str], *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._anchor = -1
        #: Where words of an input method go: typing on the list is a search.
        self.search: QLineEdit | None = None
        self._painter = RowPainter(theme, self, rows)
        self._head = Head(theme, words, self)
        self.setAccessibleName(name)
        self.setObjectName("distributor_table")
        self.setModel(rows)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.setMouseTracking(True)
        self._head.sort_wanted.connect(self.sort_wanted)
        self._head.all_toggled.connect(self._toggle_all)
        rows.checks_changed.connect(self._follow_checks)
        rows.modelReset.connect(self._follow_checks)
        rows.modelReset.connect(self._settle)
        self.selectionModel().currentRowChanged.connect(self._tell_walk)
        theme.changed.connect(self._follow_theme)

    # -- rows ----------------------------------------------------------------------------------------------------------

    @property
    def current_id(self) -> int:
        """The id of the current row; 0 for none."""
        return self._rows.id_at(self.currentIndex().row()) or 0

    def go_to(self, row: int) -> None:
        """Make ``row`` the current one and bring it into view."""
        self.make_current(row)
        self.scrollTo(self._rows.index(row, Column.NAME))

    @property
    def rows_in_view(self) -> int:
        """How many rows fit."""
        return max(1, -(-self.viewport().height() // ROW_HEIGHT))

    def make_current(self, row: int) -> None:
        """Make ``row`` the current one without scrolling."""
        index = self._rows.index(row, Column.NAME)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._anchor = row

    def free_height(self) -> None:
        """Take all the height there is again, after the head stood alone."""
        self.setMinimumHeight(HEAD_HEIGHT)
        self.setMaximumHeight(_ANY_HEIGHT)

    def show_sort(self, sort: Sort, *, falls: bool) -> None:
        self._head.show_sort(sort, falls=falls)

    def _tell_walk(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.viewport().update()
        self._let_compose()
        self.walked.emit(self._rows.id_at(current.row()) or 0)

    def _follow_checks(self) -> None:
        self._head.show_checks(self._rows.check_state)

    def _settle(self) -> None:
        """Show or hide the scroll bar now: Qt does so a moment after the rows were painted, and they are again."""
        self.executeDelayedItemsLayout()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _follow_theme(self) -> None:
        self._painter.take_colours()
        self.viewport().update()

    def _toggle_all(self) -> None:
        if self._rows.check_state is Qt.CheckState.Checked:
            self._rows.clear_checks()
        else:
            self._rows.check_all()

    def _toggle(self, row: int) -> None:
        self._rows.check([row], on=not self._rows.is_checked(row))

    def _check_from_anchor(self, row: int) -> None:
        first = self._anchor if self._anchor >= 0 else row
        self._rows.check_only(range(min(first, row), max(first, row) + 1))

    # -- Qt ------------------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        row, keys = index.row(), event.modifiers()
        kept = self._anchor
        extends = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        checks = index.column() == Column.CHECK or bool(keys & Qt.KeyboardModifier.ControlModifier)
        self.go_to(row)
        if extends:
            self._anchor = kept
            self._check_from_anchor(row)
        elif checks:
            self._toggle(row)
        elif self._rows.has_checks:
            self._rows.clear_checks()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != Column.CHECK:
            self._open()
        elif index.isValid():
            self._toggle(index.row())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if not index.isValid():
                return
            self.go_to(index.row())
            self.menu_wanted.emit(event.globalPos())
        elif self.currentIndex().isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers()
        row = self.currentIndex().row()
        if key in ENTER:
            self._open()
        elif key == Qt.Key.Key_Space and row >= 0:
            self._toggle(row)
            self._anchor = row
        elif key == Qt.Key.Key_A and keys & Qt.KeyboardModifier.ControlModifier:
            self._rows.check_all()
        elif key == Qt.Key.Key_Delete and (row >= 0 or self._rows.has_checks):
            self.delete_wanted.emit()
        elif (target := self._target(key, row)) is not None:
            kept = self._anchor if self._anchor >= 0 else row
            self.go_to(target)
            if keys & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = kept
                self._check_from_anchor(target)
        else:
            event.ignore()

    def _let_compose(self) -> None:
        # Qt takes it from rows that cannot be edited, whenever another one is the current row.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.search is not None:
            compose_into(self.search, event)

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        if self.search is None:
            return super().inputMethodQuery(query)
        return asked_of(self.search, query, self)

    def _target(self, key: int, row: int) -> int | None:
        """Where a key leads from ``row``."""
        last = self._rows.rowCount() - 1
        screen = max(1, self.viewport().height() // ROW_HEIGHT - 1)
        steps = {
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_PageDown: row + screen,
            Qt.Key.Key_PageUp: row - screen,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = steps.get(Qt.Key(key)) if last >= 0 else None
        return None if target is None else min(max(target, 0), last)

    def _open(self) -> None:
        if self.current_id:
            self.opened.emit(self.current_id)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._let_compose()
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.go_to(0)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """The name takes what the others leave; where that is too little, columns go from the right."""
        shown = list(Column)
        room = self.viewport().width()
        for column in (None, *_ORDER_OF_LEAVING):
            if column is not None:
                shown.remove(column)
            if room - sum(COLUMNS[one].width for one in shown) >= _LEAST_NAME:
                break
        rest = room - sum(COLUMNS[one].width for one in shown)
        # The table would paint all its rows once more for each column that it hears of.
        with QSignalBlocker(self._head):
            for column in Column:
                self.setColumnHidden(column, column not in shown)
                self._head.resizeSection(column, COLUMNS[column].width or max(rest, 120))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.paint(painter)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            row = self.visualRect(current)
            frame = QRect(0, row.y(), self.viewport().width(), ROW_HEIGHT - 1)
            drawing.box(painter, frame, edge=self._theme.colour("accent"), width=2)
