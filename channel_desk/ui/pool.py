"""Running a request on a thread of the pool."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRunnable

from channel_desk.ui.jobs import JobCancelled
from channel_desk.ui.overriding import override
from channel_desk.ui.requests import Done, Request


class Job(QRunnable):
    """Runs one request on the pool."""

    def __init__(self, request: Request, deliver: Callable[[Done], None]) -> None:
        super().__init__()
        self._request = request
        self._deliver = deliver

    @override
    def run(self) -> None:
        request = self._request
        try:
            done = Done(request, result=request.run(request.job))
        except JobCancelled:
            done = Done(request, was_cancelled=True)
        except Exception as error:  # noqa: BLE001 - the border: sorted where the result is delivered
            done = Done(request, error=error)
        self._deliver(done)
