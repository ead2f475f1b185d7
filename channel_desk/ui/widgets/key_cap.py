"""Key caps: the keys that save a way with the mouse, drawn like the caps themselves."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_HEIGHT: Final = 18
_PADDING: Final = 5


#: Keys that Qt calls otherwise than the caps and the manual do.
_CALLED: Final = {"Return": "Enter", "Left": "←", "Del": "Delete"}


def key_names(shortcut: QKeySequence) -> str:
    """The keys of ``shortcut`` for a list, the same in every language."""
    keys = shortcut.toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join(_CALLED.get(key, key) for key in keys.split("+"))


def cap_width(theme: Theme, key: str) -> int:
    """Width of the cap of ``key`` in pixels."""
    return max(QFontMetrics(theme.font("hour")).horizontalAdvance(key) + 2 * _PADDING, _HEIGHT)


def paint_cap(painter: QPainter, theme: Theme, key: str, rect: QRect, *, colour: str) -> None:
    """The cap at the left of ``rect``, in its middle height; its edge is a fainter ``colour``."""
    cap = QRect(rect.x(), rect.y() + (rect.height() - _HEIGHT) // 2, cap_width(theme, key), _HEIGHT)
    edge = theme.colour("hairline-strong" if colour == "ink-3" else colour)
    if colour != "ink-3":
        edge.setAlphaF(0.45)
    drawing.box(painter, cap, edge=edge, radius=drawing.BADGE)
    painter.setFont(theme.font("hour"))
    painter.setPen(theme.colour(colour))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)


class KeyCap(QWidget):
    """A key cap of its own, beside an entry or a field."""

    def __init__(self, theme: Theme, key: str, *, colour: str = "ink-3", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        self._key = key
        self.setVisible(bool(key))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._theme, self._key), _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_cap(QPainter(self), self._theme, self._key, self.rect(), colour=self._colour)
