"""A table of texts as a small grid: one field for each cell, a row can be added or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.deck_builder import TableForm
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea

#: Columns beside each other; more of them stand in two lines.
_MOST_ACROSS: Final = 4
_TOP: Final = Qt.AlignmentFlag.AlignTop


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
        self._cells: list[list[TextArea]] = []
        self._bins: list[IconButton] = []
        self._filling = False
        theme = ctx.theme
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(theme, form.label, "body-strong"))
        head.addWidget(Text(theme, form.hint, "secondary", "ink-3", elide=True), 1)
        self.add = Button(theme, ctx.tr("Add row"), "link", icon="plus", size=28)
        self.add.clicked.connect(lambda: self.add_row(len(self._cells)))
        head.addWidget(self.add)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4)
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
        return tuple(tuple(cell.text() for cell in row) for row in self._cells)

    def cell(self, row: int, column: int) -> TextArea:
        return self._cells[row][column]

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show ``rows``; a cell that stays the same keeps its cursor."""
        self._filling = True
        while len(self._cells) > len(rows):
            self._drop(len(self._cells) - 1)
        while len(self._cells) < len(rows):
            self._append()
        for cells, row in zip(self._cells, rows, strict=True):
            for column, cell in enumerate(cells):
                text = row[column] if column < len(row) else ""
                if cell.text() != text:
                    cell.set_value(text)
        self._filling = False
        self._settle()

    def add_row(self, at: int) -> None:
        """An empty row before the one at ``at``, ready to be typed in."""
        if len(self._cells) >= self._form.most:
            return
        rows = list(self.rows)
        rows.insert(at, ("",) * len(self._form.columns))
        self.show_rows(rows)
        self._cells[at][0].setFocus()
        self.changed.emit(self.rows)

    def remove_row(self, at: int) -> None:
        """Take a row away; the keyboard goes to the one now in its place."""
        rows = list(self.rows)
        del rows[at]
        self.show_rows(rows)
        if self._cells:
            self._cells[min(at, len(self._cells) - 1)][0].setFocus()
        else:
            self.add.setFocus()
        self.changed.emit(self.rows)

    def _append(self) -> None:
        tr, place = self._ctx.tr, len(self._cells)
        row = []
        for column, name in enumerate(self._form.columns):
            cell = TextArea(
                self._ctx.theme, least=1, most=5, name=tr("{column}, row {number}", column=name, number=place + 1)
            )
            cell.changed.connect(self._on_typed)
            cell.edit.installEventFilter(self)
            line, across = divmod(column, self._across)
            self._grid.addWidget(cell, (place + 1) * self._lines + line, across, _TOP)
            row.append(cell)
        self._cells.append(row)
        bin_ = IconButton(self._ctx.theme, "x", tr("Remove row {number}", number=place + 1), icon_size=14)
        bin_.clicked.connect(lambda: self.remove_row(place))
        self._bins.append(bin_)
        self._grid.addWidget(bin_, (place + 1) * self._lines, self._across, _TOP)

    def _drop(self, place: int) -> None:
        for widget in (*self._cells.pop(place), self._bins.pop(place)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _settle(self) -> None:
        self.add.setVisible(len(self._cells) < self._form.most)

    def _on_typed(self) -> None:
        if not self._filling:
            self.changed.emit(self.rows)

    def _down(self, place: int, column: int) -> None:
        if place + 1 == len(self._cells):
            self.add_row(place + 1)
        if place + 1 < len(self._cells):
            self._cells[place + 1][column].setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            spot = self._spot(watched) if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} else None
            if spot is not None:
                self._down(*spot)
                return True
        return super().eventFilter(watched, event)

    def _spot(self, edit: QObject) -> tuple[int, int] | None:
        for place, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if cell.edit is edit:
                    return place, column
        return None
