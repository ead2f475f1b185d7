"""The ready-made views above the list, each with its count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from channel_desk.services.finding import View
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.one_of_row import OneOfRow

HEIGHT: Final = 44
_PADDING: Final = 12
_GAP: Final = 6


class _Tab(QAbstractButton):
    """The words of one view, its count, and a line below the chosen one."""

    def __init__(self, theme: Theme, words: str, views: Views) -> None:
        super().__init__(views)
        self._theme = theme
        self._words = words
        self._count = ""
        self.setText(words.replace("&", "&&"))
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count("")

    def show_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{self._words} {count}".strip())
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        count = theme.metrics("secondary").horizontalAdvance(self._count) + _GAP if self._count else 0
        return QSize(theme.metrics("body-strong").horizontalAdvance(self._words) + count + 2 * _PADDING, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        on = self.isChecked()
        painter.setFont(theme.font("body-strong"))
        painter.setPen(theme.colour("accent" if on else "ink" if self.underMouse() else "ink-2"))
        room = self.rect().adjusted(_PADDING, 0, 0, -1)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, align, self._words)
        width = theme.metrics("body-strong").horizontalAdvance(self._words)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("ink-3"))
        painter.drawText(room.adjusted(width + _GAP, 0, 0, 0), align, self._count)
        if on:
            painter.fillRect(QRect(_PADDING, HEIGHT - 2, self.width() - 2 * _PADDING, 2), theme.colour("accent"))
        if self.hasFocus():
            drawing.box(painter, self.rect().adjusted(2, 6, -2, -6), edge=theme.colour("accent"), radius=6, width=2)


class Views(OneOfRow[View]):
    """The keys are :class:`View`."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        tr = ctx.tr
        words = {
            View.ALL: tr("All"),
            View.AT_RISK: tr("At risk"),
            View.LATE: tr("Late promises"),
            View.STALE: tr("Profile to confirm"),
            View.NOT_VISITED: tr("Not visited for long"),
        }
        self.setAccessibleName(tr("Views"))
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(4)
        self._tabs: dict[View, _Tab] = {}
        for view, text in words.items():
            tab = self._tabs[view] = _Tab(ctx.theme, text, self)
            self.add(view, tab)
            row.addWidget(tab)
        row.addStretch(1)
        ctx.theme.changed.connect(self.update)
        self.choose(View.ALL)

    def show_counts(self, counts: Mapping[View, int]) -> None:
        """``counts`` of every view; without any, no numbers are shown."""
        for view, tab in self._tabs.items():
            tab.show_count(self._ctx.formats.number(counts[view]) if counts.get(View.ALL) else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(0, HEIGHT - 1, self.width(), 1), self._ctx.theme.colour("hairline"))
