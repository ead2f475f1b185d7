"""Rows to read: one is the current one, none is changed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.table_delegate import TableDelegate, inside
from channel_desk.ui.widgets.table_head import TableHead
from channel_desk.ui.widgets.table_model import CELL, Cell, TableModel


class Table(QTableView):
    """A table on a :class:`TableModel`; rows of 40 pixels (36 compact, 48 with two lines).

    Arrows, Home and End move. ``current_changed`` gives the row with the focus (-1: none).
    """

    current_changed = Signal(int)

    def __init__(
        self, theme: Theme, model: TableModel, *, name: str, row_height: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self.row_height = row_height
        self.hovered_row = -1
        self._head = TableHead(theme, self)
        self._delegate = TableDelegate(theme, self, self)
        self.setAccessibleName(name)
        self._build()
        self.setModel(model)
        self._place_columns()

    def _build(self) -> None:
        self.setHorizontalHeader(self._head)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(self._theme.font("body"))
        side = self.verticalHeader()
        side.hide()
        side.setMinimumSectionSize(20)
        side.setDefaultSectionSize(self.row_height)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(self._delegate)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)

    # -- columns -----------------------------------------------------------------------------------------------------

    def is_right(self, column: int) -> bool:
        return self._rows.columns[column].right

    def _place_columns(self) -> None:
        columns = self._rows.columns
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

    # -- rows --------------------------------------------------------------------------------------------------------

    @property
    def current_row(self) -> int:
        """The row that the keys move, -1 when there is none."""
        return self.currentIndex().row()

    @property
    def focused_row(self) -> int:
        """The current row while the table has the keyboard, else -1."""
        return self.current_row if self.hasFocus() else -1

    def go_to_row(self, row: int) -> None:
        """Make ``row`` the current one, and scroll to it."""
        if 0 <= row < self._rows.row_count():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags.ClearAndSelect | flags.Rows)

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
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self.go_to_row(0 if key is Qt.Key.Key_Home else self._rows.row_count() - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape) or (event.text() and plain):
            event.ignore()  # a row is one thing; letters and Esc belong to the page
        else:
            super().keyPressEvent(event)

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

    def is_cut(self, index: QModelIndex) -> bool:
        """Whether the cell at ``index`` does not show all of its words."""
        column = index.column()
        width = self._head.sectionSize(column)
        rect = QRect(0, 0, width, self.row_height)
        room = inside(rect, right=self.is_right(column), first=column == 0)
        cell = index.data(CELL)
        return isinstance(cell, Cell) and self._delegate.is_cut(cell, room)

    def _tell_the_rest(self, event: QHelpEvent) -> None:
        """The whole words of a cell that is cut."""
        index = self.indexAt(event.pos())
        if index.isValid() and self.is_cut(index):
            cell = index.data(CELL)
            whole = "\n".join(part for part in (cell.text, cell.second) if part)
            QToolTip.showText(event.globalPos(), drawing.plain_tip(whole), self)

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
        super().paintEvent(event)
        if self.focused_row < 0:
            return
        top = self.rowViewportPosition(self.focused_row)
        painter = QPainter(self.viewport())
        ring = QRect(0, top, self.viewport().width(), self.row_height - 1)
        drawing.box(painter, ring, edge=self._theme.colour("accent"), radius=2, width=2)
