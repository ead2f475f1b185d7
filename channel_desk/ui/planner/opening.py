"""When the pane of a picked visit opens. It narrows the calendar: another visit may be under the pointer then."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication


class PaneOpening(QObject):
    """``due`` tells the visit whose pane may open: by key at once, by pointer after any second click or drag."""

    due = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._visit_id = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def ask(self, visit_id: int) -> None:
        """A visit has been picked while the pane is closed."""
        self._visit_id = visit_id
        self._go_on()

    def _go_on(self) -> None:
        if QApplication.mouseButtons():
            self._timer.start(QApplication.doubleClickInterval())
        else:
            self.due.emit(self._visit_id)
