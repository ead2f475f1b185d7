"""Which column of the file fills which field."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from channel_desk.domain.import_fields import EXTRA, NOTHING, ROW_NUMBER
from channel_desk.domain.import_plan import ColumnChoice, ColumnMapping, ImportTable
from channel_desk.presentation.import_preview import field_choices, samples
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

#: Width of the list; where the page is narrower than :data:`WIDE`, the rows of the plan need the room more.
WIDTH: Final = 464
WIDTH_NARROW: Final = 336
WIDE: Final = 1120
_FIELD: Final = 208
_FIELD_NARROW: Final = 148
_ROW: Final = 52
#: Columns that are built in one turn; each costs some milliseconds, and tables have a hundred of them.
_AT_ONCE: Final = 4


class ColumnRow(QWidget):
    """One column: its heading with samples, and the field to choose."""

    chosen = Signal(int, str)

    def __init__(self, ctx: Context, column: ColumnChoice, shown: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._ctx = ctx
        self._index = column.index
        self.setFixedHeight(_ROW)
        heading = column.heading or ctx.tr("Column {number}", number=column.index + 1)
        self._mark = Text(ctx.theme, "", "secondary", "ink-3")
        self.field = ChoiceField(ctx.theme, choices, name=ctx.tr("Field for {column}", column=heading))
        self.field.setFixedWidth(_FIELD)
        self.field.chosen.connect(self._choose)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(ctx.theme, heading, "body-strong", elide=True))
        head.addWidget(self._mark)
        head.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(Text(ctx.theme, shown or ctx.tr("empty"), "secondary", "ink-2", elide=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addLayout(left, 1)
        row.addWidget(Icon(ctx.theme, "arrow-right", "ink-3", 16))
        row.addWidget(self.field)

    def fit(self, *, narrow: bool) -> None:
        """Take less room where there is little: the heading comes before how its field was found."""
        self.field.setFixedWidth(_FIELD_NARROW if narrow else _FIELD)
        self._mark.setVisible(not narrow)

    def show_choice(self, key: str, mark: str) -> None:
        """Show the field ``key``, and how it came to be chosen."""
        self.field.set_value(key)
        self._mark.setText("" if key in {EXTRA, NOTHING, ROW_NUMBER} else mark)

    def _choose(self, key: object) -> None:
        self.chosen.emit(self._index, str(key))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = QRect(16, self.height() - 1, self.width() - 32, 1)
        painter.fillRect(line, self._ctx.theme.colour("hairline"))


class Mapping(Ground):
    """All columns of a table. ``changed`` gives the mapping after a choice."""

    changed = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", parent=parent)
        self._ctx = ctx
        self._choices = field_choices(ctx.language)
        self._table: ImportTable | None = None
        self._mapping = ColumnMapping(())
        self._remembered = False
        self._touched: set[int] = set()
        self._column_rows: list[ColumnRow] = []
        self._is_narrow = False
        self.setFixedWidth(WIDTH)
        title = Text(ctx.theme, ctx.tr("Your columns → our fields"), "card-title")
        self._hint = Text(ctx.theme, "", "secondary", "ink-2", wrap=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(2)
        head.addWidget(title)
        head.addWidget(self._hint)
        self._inside = Ground(ctx.theme, "surface")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 8)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._scroll, 1)

    def fit(self, page_width: int) -> None:
        """Leave more room to what stands beside it on a narrow page."""
        self._is_narrow = page_width < WIDE
        self.setFixedWidth(WIDTH_NARROW if self._is_narrow else WIDTH)
        for row in self._column_rows:
            row.fit(narrow=self._is_narrow)

    @property
    def rows(self) -> tuple[ColumnRow, ...]:
        """The columns that are built, in their order."""
        return tuple(self._column_rows)

    @property
    def is_remembered(self) -> bool:
        """Whether the choices are those of an import before."""
        return self._remembered

    @property
    def touched(self) -> frozenset[int]:
        """The columns that were chosen by hand."""
        return frozenset(self._touched)

    def show_mapping(
        self,
        table: ImportTable,
        mapping: ColumnMapping,
        *,
        remembered: bool,
        touched: frozenset[int] = frozenset(),
    ) -> None:
        """Show the columns of ``table``; ``remembered`` from an import before, else guessed, but those ``touched``."""
        for row in self._column_rows:
            row.hide()
            row.deleteLater()
        self._column_rows = []
        self._touched = set(touched)
        self._table, self._mapping, self._remembered = table, mapping, remembered
        tr = self._ctx.tr
        self._hint.setText(
            tr("Remembered from the last import of such a file.")
            if remembered
            else tr("Guessed from headings and values; correct what is wrong.")
        )
        self._build(0)
        later = range(_AT_ONCE, len(mapping.columns), _AT_ONCE)
        self._ctx.tasks.in_turns([partial(self._build, first) for first in later], owner=self, key="columns")

    def _build(self, first: int) -> None:
        """Build the rows of the next columns, from place ``first`` on."""
        assert self._table is not None  # noqa: S101 - there are columns to build
        for column in self._mapping.columns[first : first + _AT_ONCE]:
            row = ColumnRow(self._ctx, column, samples(self._table, column.index), self._choices)
            row.fit(narrow=self._is_narrow)
            row.chosen.connect(self._choose)
            self._column_rows.append(row)
            self._list.insertWidget(self._list.count() - 1, row)
            self._show_choice(row, column)

    def _choose(self, index: int, key: str) -> None:
        self._mapping = self._mapping.with_field(index, key)
        self._touched.add(index)
        for row, column in zip(self._column_rows, self._mapping.columns, strict=False):
            self._show_choice(row, column)
        self.changed.emit(self._mapping)

    def _show_choice(self, row: ColumnRow, column: ColumnChoice) -> None:
        tr = self._ctx.tr
        mark = (
            tr("chosen") if column.index in self._touched else tr("remembered") if self._remembered else tr("guessed")
        )
        row.show_choice(column.field, mark)

    def focus_first(self) -> None:
        """Put the keyboard into the first choice."""
        if self._column_rows:
            self._column_rows[0].field.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), self._theme.colour("hairline"))
