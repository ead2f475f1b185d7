"""Rows of a card that open in place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.press_row import PressRow
from channel_desk.ui.widgets.scrolling import bring_into_sight

#: How far rows reach into the padding of their card, so that their words stand below its title.
REACH: Final = 8


def let_rows_reach(card: Card) -> None:
    """Make room for rows at both sides of ``card``; everything else in its body needs :data:`REACH` as margin."""
    layout, head = card.layout(), card.title.parentWidget()
    if layout is not None:
        layout.setContentsMargins(16 - REACH, 12, 16 - REACH, 12)
    inside = None if head is None else head.layout()
    if inside is not None:
        inside.setContentsMargins(REACH, 0, REACH, 0)


class RowHead(PressRow):
    """A whole row as a button; ``row`` is its inside."""

    INSET = 0
    RADIUS = drawing.FIELD

    def __init__(self, theme: Theme, *, height: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.setSpacing(8)

    def say(self, words: str) -> None:
        """What assistive technology reads."""
        self.setAccessibleName(words)


class FoldRow(QWidget):
    """A head that shows the essence, and a body with everything, built when it is first opened."""

    #: Opened or closed by the user.
    turned = Signal()

    def __init__(self, theme: Theme, *, height: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside: QWidget | None = None
        self.head = RowHead(theme, height=height)
        self.head.clicked.connect(self.turn)
        self._sign = Icon(theme, "chevron-down", "ink-3", 14)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def end_head(self) -> None:
        """Called by the subclass when the head is filled: the sign of folding stands at its end."""
        self.head.row.addWidget(self._sign)

    def build_body(self) -> QWidget:
        """Everything that the opened row shows; the subclass makes it."""
        raise NotImplementedError

    def fill_body(self) -> None:
        """Show what the file holds in the opened row."""

    @property
    def is_open(self) -> bool:
        return self._inside is not None and not self._inside.isHidden()

    def turn(self) -> None:
        """Open, or close again."""
        if self._inside is None:
            self._inside = self.build_body()
            self._column.addWidget(self._inside)
            self._inside.show()  # else it counts as hidden until the layout shows it
            self.fill_body()
        else:
            self._inside.setVisible(self._inside.isHidden())
        self._sign.set_icon("chevron-up" if self.is_open else "chevron-down")
        if self.is_open and self.head.hasFocus():
            bring_into_sight(self)
            bring_into_sight(self.head)  # of a row higher than the window the beginning
        self.turned.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_open:
            self.turn()
            self.head.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_F2 and not self.is_open:
            self.turn()  # whoever wants to edit sees the values first
        else:
            super().keyPressEvent(event)
