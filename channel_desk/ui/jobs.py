"""Long work: progress and Cancel."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal


class JobCancelled(Exception):  # noqa: N818 - not an error
    """Raised inside the work by :meth:`JobControl.report` after Cancel; the task runner takes it."""


class JobControl(QObject):
    """The handle of a running job, or of a long write, for both sides."""

    #: Parts done and parts in all, on the window's thread.
    progressed = Signal(int, int)
    #: The job is over, whatever came of it.
    ended = Signal()
    _reported = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        #: Whether a bug ended the job, so that neither its result nor a reason follows; known when it has ``ended``.
        self.struck_bug = False
        self._reported.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """Called by the work: ``done`` of ``total`` parts are finished. Raises :class:`JobCancelled` after Cancel."""
        if self.cancelled:
            raise JobCancelled
        self._reported.emit(done, total)

    def end(self) -> None:
        """The result has arrived."""
        self.ended.emit()
        self.deleteLater()
