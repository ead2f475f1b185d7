"""Round chips above a list: a filter that is on, one that opens a menu, one that adds another."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import PaintedButton

_ICON: Final = 14
_PADDING: Final = 12
_GAP: Final = 6
#: How wide the words may be before they end with an ellipsis, in pixels.
_WIDEST: Final = 240


class FilterChip(PaintedButton):
    """``clicked`` when pressed; ``removed`` for its cross or the Delete key.

    ``menu`` shows that it opens one, ``add`` (dashed, with a plus) that it adds a filter, ``on`` that it is in force.
    """

    RADIUS = 14
    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        removable: bool = False,
        add: bool = False,
        menu: bool = False,
        on: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._removable = removable
        self._add = add
        self._menu = menu
        self._on = on
        self._words = ""
        self.setFont(theme.font("secondary-strong"))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        is_cut = QFontMetrics(self.font()).horizontalAdvance(text) > _WIDEST
        drawing.set_tip(self, text if is_cut else "")
        self.updateGeometry()
        self.update()

    def set_on(self, on: bool) -> None:  # noqa: FBT001 - the one thing a switch is set to
        self._on = on
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = min(QFontMetrics(self.font()).horizontalAdvance(self._words) + 1, _WIDEST)
        icons = (self._add, self._menu, self._removable).count(True)
        return QSize(words + 2 * _PADDING + icons * (_ICON + _GAP), 28)

    def _cross(self) -> QRect:
        return QRect(self.width() - _PADDING - _ICON, 0, _ICON, self.height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        reach = self._cross().adjusted(-_GAP, 0, _PADDING, 0)
        if self._removable and self.isDown() and reach.contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        fill = theme.colour("accent-tint" if self._on else "hover" if self._is_hot else "surface")
        edge = theme.colour("accent" if self._on else "hairline-strong")
        drawing.box(painter, self.rect(), fill=fill, edge=None if self._add else edge, radius=self.RADIUS)
        if self._add:
            painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 13.5, 13.5)
        colour = "accent-ink" if self._on else "ink-2"
        left = _PADDING
        if self._add:
            drawing.icon(painter, theme, "plus", QRect(left, 0, _ICON, self.height()), colour=colour, size=_ICON)
            left += _ICON + _GAP
        painter.setFont(self.font())
        painter.setPen(theme.colour(colour))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        words = drawing.elided(painter.fontMetrics(), self._words, _WIDEST)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), align, words)
        end = self._cross()
        if self._removable:
            drawing.icon(painter, theme, "x", end, colour=colour, size=_ICON)
            end.translate(-_ICON - _GAP, 0)
        if self._menu:
            drawing.icon(painter, theme, "chevron-down", end, colour=colour, size=_ICON)
