"""A table of texts as a small grid, edited where it stands; a row can be added or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.deck_builder import TableForm
from channel_desk.ui.context import Context
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea

#: Columns beside each other; more of them stand in two lines.
_MOST_ACROSS: Final = 4
_TOP: Final = Qt.AlignmentFlag.AlignTop
_FILL: Final = Qt.AlignmentFlag(0)
_SIDE: Final = 10
_ABOVE: Final = 9


class _Cell(Text):
    """A text in a box; the keyboard or a click opens it. One widget only: a deck has hundreds of cells."""

    entered = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, wrap=True, parent=parent)
        self._theme = theme
        self.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(name)

    def show_text(self, text: str) -> None:
        if self.text() != text:
            self.setText(text)
            self.setAccessibleDescription(text)
            self.updateGeometry()

    @override
    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width - 2 * _SIDE) + 2 * _ABOVE

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(120))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._theme.line_height("body") + 2 * _ABOVE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        drawing.box(painter, self.rect(), fill=theme.colour("surface"), edge=theme.colour("edge"), radius=drawing.FIELD)
        painter.end()
        super().paintEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class TableEditor(QWidget):
    """``changed`` gives the rows as they stand.

    Enter goes down a row, and adds one below the last; Shift+Enter breaks a line. A table of many columns takes two
    lines a row.
    """

    changed = Signal(object)

    def __init__(self, ctx: Context, form: TableForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._form = form
        self._rows: list[list[str]] = []
        self._cells: list[list[_Cell]] = []
        self._bins: list[IconButton] = []
        self._editor: TextArea | None = None
        self._open: tuple[int, int] | None = None
        self._filling = False
        #: While cells are exchanged the keyboard passes over them without opening any.
        self._quiet = False
        theme = ctx.theme
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(theme, form.label, "body-strong"))
        head.addWidget(Text(theme, form.hint, "secondary", "ink-3", elide=True), 1)
        self.add = Button(theme, ctx.tr("Add row"), "link", icon="plus", size=28)
        self.add.clicked.connect(lambda: self.add_row(len(self._cells)))
        head.addWidget(self.add)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._across = len(form.columns) if len(form.columns) <= _MOST_ACROSS else (len(form.columns) + 1) // 2
        self._lines = -(-len(form.columns) // self._across)
        for column, name in enumerate(form.columns):
            line, across = divmod(column, self._across)
            self._grid.addWidget(Text(theme, name, "secondary", "ink-2", elide=True), line, across)
            self._grid.setColumnStretch(across, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(head)
        outer.addLayout(self._grid)

    @property
    def key(self) -> str:
        return self._form.key

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What stands in the grid."""
        return tuple(tuple(row) for row in self._rows)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show ``rows``; an open cell stays open."""
        if rows == self.rows:
            return
        self._quiet = True
        width = len(self._form.columns)
        self._rows = [[*row[:width], *[""] * (width - len(row))] for row in rows]
        if self._open is not None and self._open[0] >= len(rows):
            self.close_cell()
        while len(self._cells) > len(rows):
            self._drop()
        while len(self._cells) < len(rows):
            self._append()
        for cells, row in zip(self._cells, self._rows, strict=True):
            for cell, text in zip(cells, row, strict=True):
                cell.show_text(text)
        if self._open is not None and self._editor is not None:
            text = self._rows[self._open[0]][self._open[1]]
            if self._editor.text() != text:
                self._fill(text)
        self.add.setVisible(len(self._cells) < self._form.most)
        self._quiet = False

    # -- one cell ------------------------------------------------------------------------------------------------------

    def open_cell(self, row: int, column: int) -> TextArea:
        """Put the field in the place of a cell, with the keyboard in it."""
        if self._open == (row, column) and self._editor is not None:
            return self._editor
        self.close_cell()
        editor = self._editor or self._made()
        cell = self._cells[row][column]
        editor.set_name(cell.accessibleName())
        self._open = (row, column)
        self._grid.removeWidget(cell)
        self._place(editor, row, column)
        editor.show()
        self._grid.activate()  # the field counts its lines by its width
        self._fill(self._rows[row][column])
        editor.edit.setFocus()
        cell.hide()
        return editor

    def _enter(self, row: int, column: int) -> None:
        if not self._quiet:
            self.open_cell(row, column)

    def close_cell(self) -> None:
        """Show the text again instead of the field."""
        if self._open is None or self._editor is None:
            return
        (row, column), self._open = self._open, None
        cell = self._cells[row][column]
        self._grid.removeWidget(self._editor)
        self._place(cell, row, column)
        cell.show()
        quiet, self._quiet = self._quiet, True
        if self._editor.edit.hasFocus():
            cell.setFocus()
        self._editor.hide()
        self._quiet = quiet

    def _made(self) -> TextArea:
        self._editor = TextArea(self._ctx.theme, least=1, most=8, parent=self)
        self._editor.changed.connect(self._on_typed)
        self._editor.edit.installEventFilter(self)
        return self._editor

    def _fill(self, text: str) -> None:
        if self._editor is not None:
            self._filling = True
            self._editor.set_value(text)
            self._filling = False

    def _on_typed(self, text: str) -> None:
        if self._filling or self._open is None:
            return
        row, column = self._open
        self._rows[row][column] = text
        self._cells[row][column].show_text(text)
        self.changed.emit(self.rows)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            kept = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
            if event.reason() not in kept:
                QTimer.singleShot(0, self, self._close_if_left)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if self._open is None:
            return False
        row, column = self._open
        if event.key() in ENTER and not event.modifiers():
            if row + 1 == len(self._cells):
                self.add_row(row + 1, column)
            else:
                self.open_cell(row + 1, column)
            return True
        if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._walk(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return False

    def _walk(self, step: int) -> None:
        """On from the open cell to the next one, or out of the table at its ends."""
        row, column = self._open or (0, 0)
        width = len(self._form.columns)
        place = row * width + column + step
        if 0 <= place < len(self._cells) * width:
            self.open_cell(*divmod(place, width))
            return
        self.close_cell()
        beyond = self._bins[-1] if step > 0 else self.add
        beyond.setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)

    def _close_if_left(self) -> None:
        focus = QApplication.focusWidget()
        if self._editor is not None and not (focus is not None and self._editor.isAncestorOf(focus)):
            self.close_cell()

    # -- rows ----------------------------------------------------------------------------------------------------------

    def add_row(self, at: int, column: int = 0) -> None:
        """An empty row before the one at ``at``, ready to be typed in."""
        if len(self._cells) >= self._form.most:
            return
        rows = [list(row) for row in self._rows]
        rows.insert(at, [""] * len(self._form.columns))
        self.close_cell()
        self.show_rows(rows)
        self.open_cell(at, column)
        self.changed.emit(self.rows)

    def remove_row(self, at: int) -> None:
        """Take a row away; the keyboard goes to the one now in its place."""
        rows = [list(row) for row in self._rows]
        del rows[at]
        self.close_cell()
        self.show_rows(rows)
        if self._cells:
            self.open_cell(min(at, len(self._cells) - 1), 0)
        else:
            self.add.setFocus()
        self.changed.emit(self.rows)

    def _append(self) -> None:
        tr, place = self._ctx.tr, len(self._cells)
        cells = []
        for column, name in enumerate(self._form.columns):
            cell = _Cell(self._ctx.theme, tr("{column}, row {number}", column=name, number=place + 1), self)
            cell.entered.connect(lambda column=column: self._enter(place, column))
            self._place(cell, place, column)
            cells.append(cell)
        self._cells.append(cells)
        name, size = tr("Remove row {number}", number=place + 1), cells[0].minimumSizeHint().height()
        bin_ = IconButton(self._ctx.theme, "x", name, size=size, icon_size=14, parent=self)
        bin_.clicked.connect(lambda: self.remove_row(place))
        self._bins.append(bin_)
        self._grid.addWidget(bin_, (place + 1) * self._lines, self._across, _TOP)

    def _place(self, widget: QWidget, row: int, column: int) -> None:
        line, across = divmod(column, self._across)
        self._grid.addWidget(widget, (row + 1) * self._lines + line, across, _TOP if widget is self._editor else _FILL)

    def _drop(self) -> None:
        for widget in (*self._cells.pop(), self._bins.pop()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
