"""A row of segments of which one is chosen: day, week, month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_PADDING: Final = 13


class _Segment(QAbstractButton):
    """One of the words; the row around it paints the common edge."""

    def __init__(self, theme: Theme, key: str, text: str, row: Segmented) -> None:
        super().__init__(row)
        self._theme = theme
        self._row = row
        self.key = key
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(theme.font("body-strong"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._words) + 2 * _PADDING, self._row.segment_height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self._row.step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

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


class Segmented(QWidget):
    """Segments of (key, word); ``chosen`` gives the key when the user picks another one. Arrows move the choice."""

    chosen = Signal(str)

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
        self._segments: dict[str, _Segment] = {}
        for key, text in segments:
            segment = self._segments[key] = _Segment(theme, key, text, self)
            segment.clicked.connect(partial(self._pick, key))
            layout.addWidget(segment)
        if segments:
            self.choose(segments[0][0])

    @property
    def current(self) -> str:
        """The key of the chosen segment, empty when there are none."""
        return next((key for key, one in self._segments.items() if one.isChecked()), "")

    def segment(self, key: str) -> QWidget:
        """The segment of ``key``."""
        return self._segments[key]

    def choose(self, key: str) -> None:
        """Show ``key`` as chosen without telling anyone."""
        self._segments[key].setChecked(True)
        for one in self._segments.values():
            focus = Qt.FocusPolicy.StrongFocus if one.key == key else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(focus)

    def step(self, by: int) -> None:
        """Choose a neighbour of the chosen segment, as the arrow keys do."""
        keys = list(self._segments)
        place = keys.index(self.current) + by
        if 0 <= place < len(keys):
            self.choose(keys[place])
            self._segments[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(keys[place])

    def _pick(self, key: str, _checked: bool = True) -> None:  # noqa: FBT001, FBT002 - Qt's clicked hands it over
        self.choose(key)
        self.chosen.emit(key)
