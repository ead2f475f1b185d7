"""Python's collector of cycles, on the window's thread alone and when nothing is under way.

Left to itself it would run on whichever thread makes an object too many: on the worker it would end widgets off their
thread, and in the middle of an import it would stop the window while it looks through a million new objects.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from channel_desk.ui.tasks import Tasks

#: How often it looks whether there is something to collect, in ms.
INTERVAL: Final = 1000


class IdleCollector(QObject):
    """Collects what Python's own thresholds would have collected since."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        """Collect the generation that is due, unless a read, write or job is on its way."""
        if self._tasks.is_busy:
            return
        counts = gc.get_count()
        for generation, threshold in reversed(list(enumerate(gc.get_threshold()))):
            if counts[generation] > threshold > 0:
                gc.collect(generation)
                return
