"""Running a request on a thread of the pool."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QRunnable

from channel_desk.ui.jobs import JobCancelled
from channel_desk.ui.overriding import override
from channel_desk.ui.requests import Done, Request


class Job(QRunnable):
    """Runs one request on the pool and puts what became of it into ``outbox``, of which ``tell`` then tells.

    By then its thread has forgotten the request: what the callbacks hold must end on the thread of the window.
    """

    def __init__(self, request: Request, outbox: deque[Done], tell: Callable[[], None]) -> None:
        super().__init__()
        self._requests = [request]
        self._outbox = outbox
        self._tell = tell

    @override
    def run(self) -> None:
        self._outbox.append(_done(self._requests.pop()))
        self._tell()


def _done(request: Request) -> Done:
    try:
        return Done(request, result=request.run(request.job))
    except JobCancelled:
        return Done(request, was_cancelled=True)
    except Exception as error:  # noqa: BLE001 - the border: sorted where the result is delivered
        return Done(request, error=error)
