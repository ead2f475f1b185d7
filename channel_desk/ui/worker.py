"""The database worker: one thread, one data file, one queue."""

from __future__ import annotations

import gc
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from channel_desk.storage.giving_way import GaveWay
from channel_desk.ui.jobs import JobCancelled
from channel_desk.ui.requests import Done, Request

if TYPE_CHECKING:
    from channel_desk.storage.store import Store

Opener = Callable[[], "Store"]

#: After this many seconds without work the worker tidies up what autosave left behind, once :meth:`Worker.warm_up` has
#: said that nobody waits for the first page any more.
IDLE_SECONDS = 0.5


class Worker:
    """Runs requests in order on its own thread and hands each result to ``deliver``, which may be called from there.

    SQLAlchemy is loaded by :meth:`warm_up`, or by the first request that needs it.
    """

    def __init__(self, deliver: Callable[[Done], None]) -> None:
        self._deliver = deliver
        self._wake = threading.Condition()
        self._queue: deque[Request] = deque()
        #: Reads that give way to everything in the queue.
        self._later: deque[Request] = deque()
        self._opening: tuple[Opener, Request] | None = None
        #: From the order to open until the file is open or refused.
        self._is_opening = False
        self._closing = False
        self._thread: threading.Thread | None = None
        self._store: Store | None = None
        self._libraries_wanted = False
        self._libraries_loaded = False
        self._chores: deque[Callable[[Store], object]] = deque()
        self._untidy = False

    def open(self, opener: Opener, request: Request) -> None:
        """Open the data file with ``opener`` and report through ``request``; may be tried again after a failure."""
        with self._wake:
            self._opening = (opener, request)
            self._is_opening = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="database", daemon=True)
                self._thread.start()
            self._wake.notify()

    def add(self, request: Request) -> None:
        """Queue a request; one that comes after the end is not done."""
        with self._wake:
            (self._later if request.gives_way else self._queue).append(request)
            self._wake.notify()

    @property
    def is_wanted(self) -> bool:
        """Whether something waits that a read which gives way has to end for."""
        return bool(self._queue) or self._closing

    def warm_up(self, chores: Sequence[Callable[[Store], object]] = ()) -> None:
        """Load SQLAlchemy when there is nothing else to do, and then do the ``chores`` one by one."""
        with self._wake:
            self._libraries_wanted = True
            self._chores.extend(chores)
            self._wake.notify()

    def catch_up(self) -> bool:
        """Return when everything queued up to now has been done; False where there is no data file to do it in."""
        with self._wake:
            self._wake.wait_for(lambda: not self._is_opening)
        if self._store is None:
            return False
        if not self._closing:
            done = threading.Event()
            self.add(Request(run=lambda _store: done.set()))
            done.wait()
        return True

    def close(self) -> None:
        """Do the queued writes, close the data file and end the thread."""
        with self._wake:
            self._closing = True
            self._queue = deque(request for request in self._queue if request.is_write)
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    # -- on the thread -----------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            step = self._next_step()
            if step is None:
                break
            step()
        if self._store is not None:
            self._store.close()

    def _next_step(self) -> Callable[[], None] | None:
        """Wait for something to do; None at the end."""
        with self._wake:
            while True:
                if self._opening is not None:
                    opening, self._opening = self._opening, None
                    return partial(self._open, *opening)
                if self._queue and self._store is not None:
                    return partial(self._run, self._queue.popleft())
                if self._closing:
                    return None
                if self._later and self._store is not None:
                    return partial(self._run, self._later.popleft())
                if self._store is not None and self._libraries_wanted and not self._libraries_loaded:
                    return self._load_libraries
                if self._libraries_loaded and self._chores:
                    return partial(self._do_chore, self._chores.popleft())
                # Not before the libraries are wanted: it would load them while the first page is made.
                tidies = self._untidy and self._libraries_wanted
                if not self._wake.wait(IDLE_SECONDS if tidies else None) and tidies:
                    return self._tidy

    def _open(self, opener: Opener, request: Request) -> None:
        def run(_store: Any) -> None:
            self._store = opener()
            # A session that ended without closing may have left something to tidy up.
            self._untidy = True

        request.run = run
        self._finish(request)
        with self._wake:
            self._is_opening = False
            self._wake.notify()

    def _run(self, request: Request) -> None:
        if request.is_dropped:
            self._deliver(Done(request))
        else:
            self._finish(request)
        self._untidy = self._untidy or request.is_write

    def _finish(self, request: Request) -> None:
        result, error = None, None
        try:
            result = request.run(self._store)
        except (GaveWay, JobCancelled):
            if request.is_write:
                self._deliver(Done(request, was_cancelled=True))
            else:
                self._later.appendleft(request)
            return
        except Exception as failure:  # noqa: BLE001 - the border: sorted where the result is delivered
            error = failure
        self._deliver(Done(request, result, error))

    def _load_libraries(self) -> None:
        self._libraries_loaded = True
        self._finish(Request(run=lambda store: store.load_libraries()))
        # What was loaded stays for good: looking through it again and again would stop the window each time.
        gc.freeze()

    def _do_chore(self, chore: Callable[[Store], object]) -> None:
        def run(store: Store) -> None:
            try:
                chore(store)
            except GaveWay:
                self._chores.appendleft(chore)

        self._finish(Request(run=run))

    def _tidy(self) -> None:
        self._untidy = False

        def run(store: Store) -> None:
            # A long import leaves more to merge than one idle moment should take.
            self._untidy = store.tidy()

        self._finish(Request(run=run))
