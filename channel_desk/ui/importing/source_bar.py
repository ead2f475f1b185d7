"""The file that is imported, and how it is read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channel_desk.exchange.encodings import ENCODINGS
from channel_desk.exchange.source_table import SourceTable
from channel_desk.presentation.import_preview import heading_rows
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

HEIGHT: Final = 52
#: Between these the choices give way to the name of the file.
_NARROWEST: Final = 88
_WIDEST: Final = 168


class SourceBar(QWidget):
    """Name and size; the row of the headings; sheet and encoding where there is a choice.

    The size are the rows below the headings, those that the foot of the page counts.
    """

    other_wanted = Signal()
    sheet_chosen = Signal(str)
    encoding_chosen = Signal(str)
    headings_chosen = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        theme, tr = ctx.theme, ctx.tr
        self.setFixedHeight(HEIGHT)
        self._name = Text(theme, "", "body-strong", elide=True)
        self._size = Text(theme, "", "secondary", "ink-2")
        self.sheet = ChoiceField(theme, name=tr("Sheet"))
        self.encoding = ChoiceField(theme, [(one, one.upper()) for one in ENCODINGS], name=tr("Encoding"))
        self.headings = ChoiceField(theme, name=tr("Heading row"), placeholder=tr("Choose"))
        self._labels = [
            (Text(theme, tr("Sheet"), "secondary", "ink-2"), self.sheet),
            (Text(theme, tr("Encoding"), "secondary", "ink-2"), self.encoding),
            (Text(theme, tr("Heading row"), "secondary", "ink-2"), self.headings),
        ]
        other = Button(theme, tr("Choose another file…"), icon="folder-open", key="Ctrl I")
        other.clicked.connect(self.other_wanted)
        self.sheet.chosen.connect(lambda one: self.sheet_chosen.emit(str(one)))
        self.encoding.chosen.connect(lambda one: self.encoding_chosen.emit(str(one)))
        self.headings.chosen.connect(lambda one: self.headings_chosen.emit(int(str(one))))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(Icon(theme, "file-spreadsheet", "accent", 20))
        row.addWidget(self._name)
        row.addWidget(self._size)
        row.addSpacing(8)
        for label, field in self._labels:
            field.setMinimumWidth(_NARROWEST)
            field.setMaximumWidth(_WIDEST)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(other)
        theme.changed.connect(self.update)

    def show_source(self, source: SourceTable, *, heading_row: int | None) -> None:
        """Show what was read; ``heading_row`` None where no headings were found."""
        self._name.setText(source.name)
        self._size.setText("")
        self.sheet.set_choices([(one, one) for one in source.sheet_names])
        self.sheet.set_value(source.sheet)
        self.encoding.set_value(source.encoding)
        self.headings.set_choices(heading_rows(source.rows))
        self.headings.set_value(heading_row)
        wanted = (len(source.sheet_names) > 1, bool(source.encoding), True)
        for (label, field), shown in zip(self._labels, wanted, strict=True):
            label.setVisible(shown)
            field.setVisible(shown)
        self.show()

    def show_size(self, rows: int) -> None:
        """Show how many ``rows`` of data there are."""
        shown = self._ctx.formats.number(rows)
        self._size.setText(self._ctx.tr_n("{shown} row", "{shown} rows", rows, shown=shown))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._ctx.theme.colour("hairline"))
