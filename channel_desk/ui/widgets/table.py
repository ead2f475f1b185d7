"""Rows to read, choose and open."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.table_delegate import TableDelegate
from channel_desk.ui.widgets.table_head import TableHead
from channel_desk.ui.widgets.table_model import CELL, Cell, Column, TableModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Table(QTableView):
    """A table on a :class:`TableModel`; rows of 40 pixels (36 compact, 48 with two lines).

    Arrows move, Shift extends, Space checks, Enter and a double click open (``opened``). ``current_changed`` gives the
    row with the focus (-1: none), ``sort_wanted`` the key of a column and whether it is to be descending,
    ``action_pressed`` row and key of a cell with an action, ``menu_wanted`` row and place for a context menu.
    """

    opened = Signal(int)
    current_changed = Signal(int)
    checked_changed = Signal()
    sort_wanted = Signal(str, bool)
    action_pressed = Signal(int, str)
    menu_wanted = Signal(int, QPoint)

    def __init__(
        self, theme: Theme, model: TableModel, *, name: str, row_height: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self.row_height = row_height
        self.hovered_row = -1
        self._marked: dict[int, bool] = {}  # of the rows of one painting
        #: The column of the boxes to check, -2 without one.
        self.check_column = next((place for place, column in enumerate(model.columns) if column.key == "check"), -2)
        self._head = TableHead(theme, self)
        self.setAccessibleName(name)
        self._build()
        self.setModel(model)
        self._place_columns()
        self._head.sectionClicked.connect(self._sort)

    def _build(self) -> None:
        self.setHorizontalHeader(self._head)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(self._theme.font("body"))
        side = self.verticalHeader()
        side.hide()
        side.setMinimumSectionSize(20)
        side.setDefaultSectionSize(self.row_height)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(TableDelegate(self._theme, self, self))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    # -- columns -----------------------------------------------------------------------------------------------------

    @property
    def first_column(self) -> int:
        """The leftmost column that is shown."""
        return self._head.logicalIndex(self._head.visualIndexAt(0)) if self._rows.columns else 0

    def is_right(self, column: int) -> bool:
        return self._rows.columns[column].right

    def show_order(self, key: str, *, descending: bool = False) -> None:
        """Show at the head which column sorts."""
        keys = [column.key for column in self._rows.columns]
        self._head.show_order(keys.index(key) if key in keys else -1, descending=descending)

    def _place_columns(self) -> None:
        columns = self._rows.columns
        self._head.check_column = self.check_column
        self._head.right_columns = frozenset(place for place, column in enumerate(columns) if column.right)
        for place, column in enumerate(columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Fixed
            self._head.setSectionResizeMode(place, mode)
            self.setColumnWidth(place, column.width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drop_columns()
        super().resizeEvent(event)

    def _drop_columns(self) -> None:
        """Hide columns from the right until the rest fits."""
        room = self.viewport().width()
        columns = self._rows.columns
        needed = sum(column.width for column in columns)
        hidden: set[int] = set()
        for place in range(len(columns) - 1, -1, -1):
            if needed <= room:
                break
            if not (columns[place].keeps or columns[place].stretch):
                hidden.add(place)
                needed -= columns[place].width
        for place in range(len(columns)):
            self.setColumnHidden(place, place in hidden)

    def _sort(self, place: int) -> None:
        column: Column = self._rows.columns[place]
        if column.sorts and column.title:
            descending = self._head.sorted_column == place and not self._head.descending
            self.show_order(column.key, descending=descending)
            self.sort_wanted.emit(column.key, descending)

    # -- rows --------------------------------------------------------------------------------------------------------

    @property
    def current_row(self) -> int:
        """The row that the keys move, -1 when there is none."""
        return self.currentIndex().row()

    @property
    def focused_row(self) -> int:
        """The current row while the table has the keyboard, else -1."""
        return self.current_row if self.hasFocus() else -1

    @property
    def chosen_rows(self) -> list[int]:
        """The selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def go_to_row(self, row: int) -> None:
        """Make ``row`` the current and only selected one, and scroll to it."""
        if 0 <= row < self._rows.row_count():
            # not selectRow: with Ctrl or Shift held it would toggle or extend
            flags = QItemSelectionModel.SelectionFlag
            place = self._rows.index(row, self.first_column)
            self.selectionModel().setCurrentIndex(place, flags.ClearAndSelect | flags.Rows)

    def is_marked(self, row: int) -> bool:
        """Whether ``row`` is selected or checked."""
        found = self._marked.get(row)
        if found is None:
            selected = self.selectionModel().isRowSelected(row, QModelIndex())
            found = self._marked[row] = selected or self._check_state(row) is Qt.CheckState.Checked
        return found

    def _check_state(self, row: int) -> Qt.CheckState | None:
        place = self.check_column
        if place < 0:
            return None
        state = self._rows.index(row, place).data(Qt.ItemDataRole.CheckStateRole)
        return Qt.CheckState(state) if state is not None else None

    def _toggle(self, rows: list[int]) -> None:
        place = self.check_column
        if place < 0 or not rows:
            return
        self._marked.clear()
        checked = all(self._check_state(row) is Qt.CheckState.Checked for row in rows)
        state = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
        for row in rows:
            self._rows.setData(self._rows.index(row, place), state, Qt.ItemDataRole.CheckStateRole)
        self.checked_changed.emit()
        self.viewport().update()

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        selection = self.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(lambda now, _before: self._note_current(now.row()))

    def _note_current(self, row: int) -> None:
        self.viewport().update()
        self.current_changed.emit(row)

    # -- keys and pointer --------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and plain and self.current_row >= 0:
            self.opened.emit(self.current_row)
        elif key is Qt.Key.Key_Space and plain and self.check_column >= 0:
            rows = self.chosen_rows
            self._toggle(rows if len(rows) > 1 else [self.current_row] if self.current_row >= 0 else [])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self.go_to_row(0 if key is Qt.Key.Key_Home else self._rows.row_count() - 1)
        elif key is Qt.Key.Key_Menu and self.current_row >= 0:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.current_row, self.viewport().mapToGlobal(corner))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape) or (event.text() and plain):
            event.ignore()  # a row is one thing; letters and Esc belong to the page
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            cell = index.data(CELL)
            kind = cell.kind if isinstance(cell, Cell) else ""
            if kind == "check":
                self._toggle([index.row()])
                return
            if kind == "action":
                self.action_pressed.emit(index.row(), self._rows.columns[index.column()].key)
                return
        super().mousePressEvent(event)
        if index.isValid() and event.button() is Qt.MouseButton.RightButton:
            self.menu_wanted.emit(index.row(), event.globalPosition().toPoint())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        cell = index.data(CELL) if index.isValid() else None
        if isinstance(cell, Cell) and cell.kind not in ("check", "action"):
            self.opened.emit(index.row())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        if isinstance(event, QHelpEvent):
            self._tell_the_rest(event)
            return True
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _tell_the_rest(self, event: QHelpEvent) -> None:
        """The whole text of a cell that is cut."""
        index = self.indexAt(event.pos())
        cell = index.data(CELL) if index.isValid() else None
        if not isinstance(cell, Cell):
            return
        wide = self.fontMetrics().horizontalAdvance(cell.text) > self.visualRect(index).width() - 24
        if cell.kind == "action" or (wide and cell.text):
            QToolTip.showText(event.globalPos(), drawing.plain_tip(cell.text), self)

    # -- painting ----------------------------------------------------------------------------------------------------

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # before Qt, which would make the first row current without selecting it
        if self.current_row < 0 and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.go_to_row(0)
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._marked.clear()
        super().paintEvent(event)
        if self.focused_row < 0:
            return
        top = self.rowViewportPosition(self.focused_row)
        painter = QPainter(self.viewport())
        ring = QRect(0, top, self.viewport().width(), self.row_height - 1)
        drawing.box(painter, ring, edge=self._theme.colour("accent"), radius=2, width=2)
