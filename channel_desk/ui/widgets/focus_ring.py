"""The ring around a focused button: 2 pixels of accent with a gap of 2, outside the button."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_REACH: Final = 4
_MOVES: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show})

#: A focus that came by these ways is looked for on the screen; one by the mouse is known already.
BY_KEYBOARD: Final = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    }
)


class FocusRing(QWidget):
    """Lies over the neighbours of ``target`` without taking their clicks; goes with it wherever it moves."""

    def __init__(self, theme: Theme, target: QWidget, radius: int, ground: QWidget) -> None:
        super().__init__(ground)
        self._theme = theme
        self._target = target
        self._radius = radius
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        widget: QWidget | None = target
        while widget is not None and widget is not ground:
            widget.installEventFilter(self)
            widget = widget.parentWidget()
        self._place()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        self.setGeometry(_ring_of(self._target, self._ground))
        self.setVisible(self._target.isVisibleTo(self._ground))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawing.box(painter, self.rect(), edge=self._theme.colour("accent"), radius=self._radius + _REACH, width=2)


def ring_around(theme: Theme, target: QWidget, radius: int) -> FocusRing | None:
    """A ring on the nearest ancestor that shows the whole of it, so that no layout has to leave space.

    A scrolled page counts as roomy, so that the ring scrolls too. ``None`` for a widget without a parent.
    """
    ground = target.parentWidget()
    while ground is not None:
        holder = ground.parentWidget()
        if holder is None or ground.isWindow() or ground.rect().contains(_ring_of(target, ground)):
            break
        if holder.objectName() == "qt_scrollarea_viewport":
            break
        ground = holder
    return FocusRing(theme, target, radius, ground) if ground is not None else None


def _ring_of(target: QWidget, ground: QWidget) -> QRect:
    corner = target.mapTo(ground, QPoint(0, 0))
    return QRect(corner, target.size()).adjusted(-_REACH, -_REACH, _REACH, _REACH)
