"""A row of segments of which one is chosen: day, week, month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.one_of_row import OneOfRow

_PADDING: Final = 13


class _Segment(QAbstractButton):
    """One of the words; the row around it paints the common edge."""

    def __init__(self, theme: Theme, text: str, row: Segmented) -> None:
        super().__init__(row)
        self._theme = theme
        self._row = row
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(theme.font("body-strong"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._words) + 2 * _PADDING, self._row.segment_height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        outline = QPainterPath()
        row = self._row.rect().translated(-self.pos())
        outline.addRoundedRect(row.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), drawing.FIELD, drawing.FIELD)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.rect())
        token = "accent-select" if self.isChecked() else "hover" if self.underMouse() else "surface"
        painter.fillPath(outline, theme.colour(token))
        painter.setPen(theme.colour("hairline-strong"))
        painter.drawPath(outline)
        if self.x() > 0:
            painter.fillRect(QRect(0, 0, 1, self.height()), theme.colour("hairline-strong"))
        painter.setFont(self.font())
        painter.setPen(theme.colour("accent-ink" if self.isChecked() else "ink" if self.isEnabled() else "ink-3"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        if self.hasFocus():
            drawing.box(painter, self.rect(), edge=theme.colour("accent"), radius=drawing.FIELD, width=2)


class Segmented(OneOfRow[str]):
    """Segments of (key, word)."""

    def __init__(
        self,
        theme: Theme,
        segments: Sequence[tuple[str, str]],
        *,
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.segment_height = size
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for key, text in segments:
            segment = _Segment(theme, text, self)
            self.add(key, segment)
            layout.addWidget(segment)
        self.choose(segments[0][0])

    def segment(self, key: str) -> QWidget:
        """The segment of ``key``."""
        return self._buttons[key]
