"""Below the list: what is shown, or what can be done with the checked rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.text import Text

HEIGHT: Final = 36
BULK_HEIGHT: Final = 48


class BulkBar(QWidget):
    """What can be done with the checked rows."""

    opened = Signal()
    visit_wanted = Signal()
    deleted = Signal()
    #: A tier is to be chosen in a list above this place of the screen.
    tier_wanted = Signal(object)
    cleared = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        theme, tr = ctx.theme, ctx.tr
        self.count = Text(theme, "", "body-strong")
        self.open = Button(theme, tr("Open file"), "ghost", icon="folder-open")
        self.visit = Button(theme, tr("Plan visit"), "ghost", icon="calendar-plus")
        self.tier = Button(theme, tr("Set tier"), "ghost", icon="tag")
        self.delete = Button(theme, tr("Delete"), "ghost", icon="trash-2")
        self.clear = Button(theme, tr("Clear selection"), "ghost", key="Esc")
        self.open.clicked.connect(self.opened)
        self.visit.clicked.connect(self.visit_wanted)
        self.tier.clicked.connect(lambda: self.tier_wanted.emit(self.tier.mapToGlobal(QPoint(0, 0))))
        self.delete.clicked.connect(self.deleted)
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.count)
        row.addSpacing(8)
        for button in (self.open, self.visit, self.tier, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.clear)

    def show_count(self, count: int) -> None:
        """Opening and planning are for a single one."""
        self.count.setText(
            self._ctx.tr_n("{count} selected", "{count} selected", count, count=self._ctx.formats.number(count))
        )
        self.open.setVisible(count == 1)
        self.visit.setVisible(count == 1)


class Foot(Ground):
    """The sentence about the rows, or the :class:`BulkBar` while rows are checked."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "sunken", parent=parent)
        self.setObjectName("action_bar")
        self._said = Text(ctx.theme, "", "secondary", "ink-2", elide=True)
        self._sources = Text(ctx.theme, "", "secondary", "ink-2", elide=True)
        self.bulk = BulkBar(ctx)
        sentence = QWidget()
        row = QHBoxLayout(sentence)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(24)
        row.addWidget(self._said)
        row.addWidget(self._sources)
        row.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(sentence)
        self._stack.addWidget(self.bulk)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 1, 0, 0)
        whole.addWidget(self._stack)
        self.show_checks(0)

    @property
    def text(self) -> str:
        """What stands there, for a screen reader."""
        return f"{self._said.text()} {self._sources.text()}".strip()

    def say(self, text: str, sources: str) -> None:
        """The sentence and where the rows were found."""
        self._said.setText(text)
        self._sources.setText(sources)
        self.setAccessibleName(self.text)

    def show_checks(self, count: int) -> None:
        """The bulk bar for ``count`` checked rows; the sentence for none."""
        if count:
            self.bulk.show_count(count)
        self._stack.setCurrentIndex(1 if count else 0)
        self.set_fill("hover" if count else "sunken")
        self.setFixedHeight(BULK_HEIGHT if count else HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.colour("hairline"))
