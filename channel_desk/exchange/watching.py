"""Watching a process that may hang or ask for more memory than there is."""

from __future__ import annotations

import subprocess
import threading
from time import monotonic
from typing import Final

#: Seconds between two looks.
_PAUSE: Final = 0.02


class Watch:
    """Ends ``child`` after so many ``seconds`` of the processor or ``by_the_clock``, or once it holds more than
    ``memory`` bytes; on every system alike.
    """

    def __init__(self, child: subprocess.Popen[bytes], *, seconds: float, by_the_clock: float, memory: int) -> None:
        self._child = child
        self._memory = memory
        self._seconds = seconds
        self._until = monotonic() + by_the_clock
        self._over = threading.Event()
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()

    def _look(self) -> None:
        import psutil  # only .xls and .xlsb need it

        try:
            process = psutil.Process(self._child.pid)
            while not self._over.wait(_PAUSE):
                used = process.cpu_times()
                is_late = used.user + used.system > self._seconds or monotonic() > self._until
                if is_late or process.memory_info().rss > self._memory:
                    self._child.kill()
                    return
        except psutil.NoSuchProcess:
            return
