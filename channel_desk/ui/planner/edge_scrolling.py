"""The hours go on under a visit that is dragged to their upper or lower edge."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from channel_desk.ui.planner.calendar_view import CalendarView
from channel_desk.ui.planner.chip import VisitChip

#: How near to an edge the pointer has to come, in pixels.
_NEAR: Final = 24
_STEP_MS: Final = 20
#: Pixels a step: at the edge, and far beyond it.
_SLOWEST: Final = 2
_FASTEST: Final = 16


class EdgeScrolling(QObject):
    """Scrolls ``area`` while a visit of ``view`` is dragged there: gently, and faster the further the pointer goes."""

    def __init__(self, area: QScrollArea, view: CalendarView) -> None:
        super().__init__(area)
        self._area = area
        self._chip: VisitChip | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._step)
        view.dragged.connect(self._follow)
        view.dropped.connect(self._stop)

    def _follow(self, chip: VisitChip) -> None:
        self._chip = chip
        if not self._speed(chip):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _stop(self) -> None:
        self._chip = None
        self._timer.stop()

    def _speed(self, chip: VisitChip) -> int:
        """Pixels a step, upwards where negative."""
        y = self._area.viewport().mapFromGlobal(chip.held_at).y()
        above, below = _NEAR - y, y - (self._area.viewport().height() - _NEAR)
        way = max(above, below, 0)
        speed = min(_SLOWEST + way // 6, _FASTEST) if way else 0
        return -speed if above > below else speed

    def _step(self) -> None:
        bar, chip = self._area.verticalScrollBar(), self._chip
        if chip is not None:
            bar.setValue(bar.value() + self._speed(chip))
            chip.drag_on()
