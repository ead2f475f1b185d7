"""The three phases across the page: how far each is, and which one is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from channel_desk.domain.visits import Phase
from channel_desk.i18n import mark
from channel_desk.presentation.visit_wizard import Progress, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.key_cap import cap_width, paint_cap

HEIGHT: Final = 64
_MARGIN: Final = 24
#: What is done in each phase, in one word.
REMARKS: Final = {Phase.BEFORE: mark("prepare"), Phase.DURING: mark("talk"), Phase.AFTER: mark("follow up")}


class _PhaseTab(QAbstractButton):
    """One phase: icon, name, remark, count, key and a bar."""

    def __init__(self, ctx: Context, phase: Phase, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self._name = ctx.tr(phase.label)
        self._remark = ctx.tr(REMARKS[phase])
        self._say = ctx.tr("{phase}: {answered} of {total} answered")
        self._key = f"Alt {phase.number}"
        self._progress = Progress(0, 0)
        self.is_last = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_progress(self, progress: Progress) -> None:
        if progress == self._progress:
            return
        self._progress = progress
        self.setAccessibleName(self._say.format(phase=self._name, answered=progress.answered, total=progress.total))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, here, done = self._theme, self.isChecked(), self._progress.complete
        painter.fillRect(self.rect(), theme.colour("surface" if here else "window"))
        if not self.is_last:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("hairline"))
        if not here:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hairline"))
        line = QRect(_MARGIN, 12, self.width() - 2 * _MARGIN, 20)
        sign, colour = (
            ("circle-check", "success-mark") if done else ("circle-dot", "accent") if here else ("circle", "ink-3")
        )
        drawing.icon(painter, theme, sign, QRect(line.x(), line.y(), 18, 20), colour=colour, size=18)
        left = line.x() + 26
        painter.setFont(theme.font("card-title"))
        painter.setPen(theme.colour("accent" if here else "ink-2"))
        left += self._words(painter, self._name, left, line) + 8
        cap = cap_width(theme, self._key)
        paint_cap(painter, theme, self._key, QRect(line.right() + 1 - cap, line.y(), cap, 20), colour="ink-3")
        count = f"{self._progress.answered} / {self._progress.total}"
        width = QFontMetrics(theme.font("body")).horizontalAdvance(count)
        right = line.right() + 1 - cap - 8 - width
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink-2"))
        self._words(painter, count, right, line)
        if left + QFontMetrics(theme.font("body")).horizontalAdvance(self._remark) < right - 8:
            self._words(painter, self._remark, left, line)
        self._paint_bar(painter, QRectF(line.x(), 41, line.width(), 4), "success-mark" if done else "accent")
        if self.hasFocus():
            drawing.box(painter, self.rect(), edge=theme.colour("accent"), width=2)

    @staticmethod
    def _words(painter: QPainter, text: str, left: int, line: QRect) -> int:
        place = QRect(left, line.y(), line.right() - left, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return painter.fontMetrics().horizontalAdvance(text)

    def _paint_bar(self, painter: QPainter, bar: QRectF, colour: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("hairline"))
        painter.drawRoundedRect(bar, 2, 2)
        if self._progress.answered:
            share = self._progress.answered / self._progress.total
            painter.setBrush(self._theme.colour(colour))
            painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * share, bar.height()), 2, 2)


class PhaseBar(QWidget):
    """``chosen`` gives the phase that the user asks for."""

    chosen = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._tabs = {phase: _PhaseTab(ctx, phase, self) for phase in Phase}
        for phase, tab in self._tabs.items():
            tab.clicked.connect(lambda _checked=False, phase=phase: self.chosen.emit(phase))
            layout.addWidget(tab, 1)
        self._tabs[Phase.AFTER].is_last = True

    def show_progress(self, wizard: Wizard) -> None:
        for phase, tab in self._tabs.items():
            tab.set_progress(wizard.progress(phase))

    def show_phase(self, phase: Phase) -> None:
        self._tabs[phase].setChecked(True)
        for one, tab in self._tabs.items():
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus if one is phase else Qt.FocusPolicy.NoFocus)
