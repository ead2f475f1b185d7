"""The crash path: a bug is written to a local report without personal data, told once, and the window lives on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from channel_desk.clock import Clock
from channel_desk.log import report_crash
from channel_desk.paths import DataFolder

_log = logging.getLogger("channel_desk.crash")


class CrashPath(QObject):
    """Takes over the interpreter's hooks. The same bug is reported once, however often it strikes."""

    _struck = Signal(object)

    def __init__(self, folder: DataFolder, clock: Clock, tell: Callable[[Path | None], None]) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._tell = tell
        self._seen: set[tuple[str, str, int]] = set()
        # Queued: a bug may strike amid painting, where nothing may be shown.
        self._struck.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on, nothing that goes wrong goes unseen."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._struck.emit(args.exc_value)
        sys.unraisablehook = lambda args: self._struck.emit(args.exc_value)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del trace
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, error.__traceback__)
            return
        self._struck.emit(error)

    def _report(self, error: BaseException | None) -> None:
        if error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)
        last = frames[-1] if frames else None
        place = (type(error).__name__, last.filename if last else "", (last.lineno or 0) if last else 0)
        if place in self._seen:
            return
        self._seen.add(place)
        _log.error("a bug struck: %s", error)
        try:
            path: Path | None = report_crash(error, self._folder, self._clock)
        except OSError:
            path = None  # a full disk must not be the next bug
        self._tell(path)
