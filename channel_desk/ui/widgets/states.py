"""What a list shows instead of rows: nothing yet, something wrong, still on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

#: Nothing is shown before this many milliseconds; most reads are done by then.
LOADING_DELAY: Final = 150
_BAR_WIDTHS: Final = (0.34, 0.26, 0.4, 0.3, 0.22)


class EmptyState(QWidget):
    """One sentence and one or two buttons. ``small`` stands in a card, in one row."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        buttons: Sequence[Button] = (),
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(sentence)
        sign = Icon(theme, icon, "ink-3", 20 if small else 40, parent=self)
        self._text = Text(theme, sentence, "body", "ink-2", wrap=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        if small:
            line = QHBoxLayout(self)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(12)
            line.addWidget(sign)
            line.addWidget(self._text, 1)
            line.addLayout(row)
            return
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer = QVBoxLayout(self)
        outer.setSpacing(16)
        outer.addStretch(2)
        outer.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addLayout(row)
        row.insertStretch(0, 1)
        row.addStretch(1)
        outer.addStretch(3)

    def set_sentence(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.setAccessibleName(sentence)


class ErrorStrip(Ground):
    """What is wrong, and one button that repairs it (``acted``); ``is_warning`` when the work goes on all the same."""

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        action: str = "",
        parent: QWidget | None = None,
        *,
        is_warning: bool = False,
    ) -> None:
        tone, icon = ("warning", "triangle-alert") if is_warning else ("danger", "circle-alert")
        super().__init__(theme, f"{tone}-tint", radius=drawing.CARD, parent=parent)
        self._text = Text(theme, text, "body", "ink", wrap=True, parent=self)
        self.action = Button(theme, action, size=28, parent=self)
        self.action.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(Icon(theme, icon, f"{tone}-text", 20, parent=self))
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        self.set_text(text, action)

    def set_text(self, text: str, action: str = "") -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.action.set_text(action)
        self.action.setVisible(bool(action))


class LoadingRows(QWidget):
    """Grey bars in the shape of the rows to come; nothing at all for the first 150 milliseconds."""

    def __init__(self, theme: Theme, rows: int = 8, *, row_height: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._row_height = row_height
        self._shown = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._appear)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def is_drawn(self) -> bool:
        """Whether the bars can be seen already."""
        return self._shown

    def start(self) -> None:
        self._shown = False
        self.show()
        self._timer.start(LOADING_DELAY)

    def stop(self) -> None:
        self._timer.stop()
        self._shown = False
        self.hide()

    def _appear(self) -> None:
        self._shown = True
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._rows * self._row_height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown:
            return
        painter = QPainter(self)
        colour = self._theme.colour("hairline")
        for row in range(self._rows):
            top = row * self._row_height
            share = _BAR_WIDTHS[row % len(_BAR_WIDTHS)]
            middle = top + self._row_height // 2 - 5
            drawing.box(painter, QRect(16, middle, round(self.width() * share), 10), fill=colour, radius=5)
            end = min(96, self.width() // 5)
            drawing.box(painter, QRect(self.width() - end - 16, middle, end, 10), fill=colour, radius=5)
            painter.fillRect(QRect(0, top + self._row_height - 1, self.width(), 1), colour)
