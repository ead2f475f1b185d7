"""Font files that the first paint can do without, loaded beside the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, QTimer

#: It is looked for what was read after so many milliseconds.
_EVERY: Final = 20
#: So many bytes are read at once.
_PART: Final = 1 << 18


class LaterFaces(QTimer):
    """Has ``load`` take ``files`` one after the other, on the thread of the window.

    Qt reads a font file where it loads it. A disk that has just been woken up takes a second for some megabytes, so
    each file is read beside the window first, for what the system keeps of it in memory.
    """

    def __init__(self, files: Sequence[Path], load: Callable[[Path], None], parent: QObject) -> None:
        super().__init__(parent)
        self._files = tuple(files)
        self._load = load
        self._left = len(self._files)
        self._read: deque[Path] = deque()
        self.setInterval(_EVERY)
        self.timeout.connect(self._load_next)

    def begin(self) -> None:
        Thread(target=self._read_all, name="faces", daemon=True).start()
        self.start()

    def _read_all(self) -> None:
        for path in self._files:
            with suppress(OSError), path.open("rb", buffering=0) as file:  # Qt fails on it, where it is heard
                while file.read(_PART):
                    pass
            self._read.append(path)

    def _load_next(self) -> None:
        if self._read:
            self._left -= 1
            if not self._left:
                self.stop()
            self._load(self._read.popleft())
