"""One window for one data folder: a second start raises the first window and ends.

A locked file tells at once and without Qt's network module whether there is a window; the module is loaded after the
first paint, to listen, or by the second start, to call.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from channel_desk.errors import UserError

#: Milliseconds to wait for the running window.
_PATIENCE: Final = 1000


class FolderLock:
    """Held by the process whose window shows a folder; the system lets go of it when the process ends, however.

    Raises ``data_folder_unusable``.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(folder / "window.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UserError("data_folder_unusable", path=folder, reason=error.strerror or str(error)) from error

    def take(self) -> bool:
        """Whether the lock is ours now."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def release(self) -> None:
        os.close(self._handle)


def _name(folder: Path) -> str:
    """A name for the folder that tells nothing about it."""
    import hashlib  # not needed for the first paint

    return "channel-desk-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def raise_running(folder: Path) -> bool:
    """Ask the running window on ``folder`` to come to the front; False when it does not answer."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(b"raise")
    socket.waitForBytesWritten(_PATIENCE)
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for later starts and calls ``wanted``."""

    def __init__(self, folder: Path, wanted: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._wanted = wanted
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = _name(folder)
        # What a killed process left behind would keep us from listening.
        QLocalServer.removeServer(name)
        self._server.listen(name)
        self._server.newConnection.connect(self._answer)

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self._wanted()
