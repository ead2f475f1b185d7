"""An end in order when it is asked for from outside: Ctrl+C, a terminal that is closed, the system that shuts down."""

from __future__ import annotations

import signal
import socket
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget

#: Those that the system knows; Windows has no hang-up.
_SIGNALS: Final = [number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]


class Ending(QObject):
    """Closes ``window`` as its own button does, so that what is being typed is kept and writes are finished.

    Python runs its handlers only between two of its own instructions, and Qt waits outside of them: the signal's number
    comes through a socket that wakes Qt.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)  # noqa: FBT003 - takes no keyword
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)
        self._before = {number: signal.signal(number, self._note) for number in _SIGNALS}
        signal.set_wakeup_fd(self._told.fileno())

    @staticmethod
    def _note(number: int, frame: object) -> None:
        """Nothing: the socket has told already."""

    def _end(self) -> None:
        self._heard.recv(64)
        self._window.close()

    def forget(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._told.close()
