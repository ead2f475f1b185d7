"""Long work: what is done, how far it is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.text import Text


def paint_bar(painter: QPainter, theme: Theme, rect: QRect, share: float, *, colour: str = "accent") -> None:
    """A bar as high as ``rect``, filled to ``share`` (0 to 1)."""
    radius = rect.height() / 2
    drawing.box(painter, rect, fill=theme.colour("hairline"), radius=radius)
    width = round(rect.width() * min(max(share, 0.0), 1.0))
    if width:
        filled = QRect(rect.x(), rect.y(), max(width, rect.height()), rect.height())
        drawing.box(painter, filled, fill=theme.colour(colour), radius=radius)


class Bar(QWidget):
    """A bar of 4 pixels."""

    def __init__(
        self, theme: Theme, share: float = 0.0, *, colour: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = share
        self._colour = colour
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        return self._share

    def set_share(self, share: float) -> None:
        self._share = share
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), self._theme, self.rect(), self._share, colour=self._colour)


class ProgressRow(QWidget):
    """The words with the count stand above the bar, ``cancel`` (its word) at the right. ``cancelled`` when pressed."""

    cancelled = Signal()

    def __init__(self, theme: Theme, text: str = "", *, cancel: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Text(theme, text, "body", elide=True, parent=self)
        self._bar = Bar(theme, parent=self)
        self.cancel = Button(theme, cancel, "link", size=24, parent=self)
        self.cancel.setVisible(bool(cancel))
        self.cancel.clicked.connect(self.cancelled)
        head = QHBoxLayout()
        head.addWidget(self._text, 1)
        head.addWidget(self.cancel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(head)
        outer.addWidget(self._bar)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Fill the bar to ``done`` of ``total`` and say ``text`` ("Making briefs, 7 of 12")."""
        self._bar.set_share(done / total if total else 0.0)
        if text:
            self.set_text(text)

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self._bar.setAccessibleName(text)

    @property
    def share(self) -> float:
        return self._bar.share
