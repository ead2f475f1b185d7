"""The task runner: everything that takes time, off the window's thread, with its result back on it.

One worker thread owns the data file and does reads and writes in the order they were asked for. Long work that needs no
database runs on a pool with progress and Cancel. Nothing else in the window starts a thread.
"""

from __future__ import annotations

import importlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from channel_desk.errors import UserError
from channel_desk.ui.jobs import JobControl
from channel_desk.ui.pool import Job
from channel_desk.ui.requests import Done, Request
from channel_desk.ui.worker import Worker

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from channel_desk.clock import Clock
    from channel_desk.paths import DataFolder
    from channel_desk.storage.reader import Reader
    from channel_desk.storage.store import Store
    from channel_desk.storage.unit_of_work import ChangeSet, UnitOfWork

T = TypeVar("T")
Failed = Callable[[UserError], None]

_log = logging.getLogger("channel_desk.tasks")


class Tasks(QObject):
    """Reads, writes, undo and jobs. All callbacks run on the window's thread.

    Expected failures go to ``failed``, or are emitted as :attr:`refused`; everything else is a bug: it is raised again
    on the window's thread, where the crash path takes it. A callback is dropped when its owner was destroyed meanwhile.
    """

    #: A write has changed something: the :class:`ChangeSet` and its initiator, None for Undo and Redo.
    committed = Signal(object, object)
    #: A write to tell about, by its label; it can be undone.
    saved = Signal(str)
    #: A step was undone (True) or redone (False): the :class:`ChangeSet`.
    replayed = Signal(object, bool)
    #: An expected failure that nobody else takes: the :class:`UserError`.
    refused = Signal(object)
    #: The program is about to end: whoever still holds something unstored hands it over now.
    ending = Signal()
    #: Nothing is on its way any more.
    idle = Signal()
    _arrived = Signal(object)
    _job_finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: dict[tuple[int, str], Request] = {}
        self._jobs: set[JobControl] = set()
        self._waiting: set[Request] = set()
        #: Kept until the worker has gone on to the next: were it the last to know a request, owners and widgets in its
        #: callbacks would end on the worker's thread, which Qt does not survive.
        self._delivered: Done | None = None
        self._pool: QThreadPool | None = None
        self._finished_jobs: deque[Done] = deque()
        #: Writes that were not done so far.
        self._refusals = 0
        self._job_finished.connect(self._deliver_job, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._worker = Worker(self._arrived.emit)

    # -- the data file -----------------------------------------------------------------------------------------------

    def open(
        self,
        folder: DataFolder,
        clock: Clock,
        *,
        then: Callable[[None], None],
        failed: Failed,
        prepare: Callable[[Store], None] | None = None,
    ) -> None:
        """Open the data in ``folder`` on the worker; whatever is asked for meanwhile waits until it is open.

        ``prepare`` fills a fresh folder before anybody reads. After ``failed`` this may be called again.
        """

        def opener() -> Store:
            from channel_desk.storage.store import Store  # the driver is not needed for the first paint

            store = Store.open(folder, clock)
            if prepare is not None:
                prepare(store)
            return store

        request = Request(run=lambda _store: None, then=then, failed=failed)
        self._waiting.add(request)
        self._worker.open(opener, request)

    def load_ahead(self, modules: Sequence[str] = ()) -> None:
        """Load the heavy libraries of the database, then ``modules``, whenever the worker has nothing else to do."""
        self._worker.warm_up([partial(_load, name) for name in modules])

    def read_ahead(self, read: Callable[[Reader], object]) -> None:
        """Do ``read`` for what it leaves in memory, whenever the worker has nothing else to do."""

        def chore(store: Store) -> None:
            with suppress(UserError):  # told to whoever reads it in earnest
                store.read(read, until=lambda: self._worker.is_wanted)

        self._worker.warm_up([chore])

    @property
    def is_busy(self) -> bool:
        """Whether a read, write or job is on its way, or steps in turns are not all done."""
        return bool(self._waiting or self._jobs)

    def finish(self) -> bool:
        """Wait for all that was asked of the worker and tell what became of it; False when a write was not done."""
        before = self._refusals
        self.ending.emit()
        was_done = self._worker.catch_up() or not any(one.is_write for one in self._waiting)
        QCoreApplication.sendPostedEvents(self)
        return was_done and self._refusals == before

    def close(self) -> None:
        """Cancel jobs, drop reads, finish the writes and close the data file; returns when that is done."""
        for job in list(self._jobs):
            job.cancel()
        self._worker.close()
        if self._pool is not None:
            self._pool.waitForDone()

    # -- reads and writes --------------------------------------------------------------------------------------------

    def read(
        self,
        fn: Callable[[Reader], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Failed | None = None,
        gives_way: bool = False,
    ) -> None:
        """Run ``fn`` on the worker and hand its value to ``then``; a newer read of the same owner and key wins.

        A long read that nobody waits for ``gives_way``: it is done when nothing else is to do, and ended and begun
        again when something comes meanwhile.
        """

        def run(store: Store) -> T:
            return store.read(fn, until=has_to_end if gives_way else None)

        def has_to_end() -> bool:
            return request.is_dropped or self._worker.is_wanted

        self.drop(owner, key)
        place = (id(owner), key)
        request = Request(run=run, then=then, failed=failed, owner=owner, place=place, gives_way=gives_way)
        self._newest[place] = request
        self._add(request)

    def drop(self, owner: QObject, key: str) -> None:
        """Nobody wants the answer to this read any more."""
        older = self._newest.pop((id(owner), key), None)
        if older is not None:
            older.is_dropped = True

    def in_turns(self, steps: Iterable[Callable[[], None]], *, owner: QObject, key: str = "") -> None:
        """Do ``steps`` on the window's thread, each in a turn of the event loop of its own, with keys answered between.

        A newer read of the same owner and key ends them.
        """
        self.drop(owner, key)
        place = (id(owner), key)
        request = Request(run=lambda _: None, owner=owner, place=place)
        self._newest[place] = request
        self._waiting.add(request)
        # Not by single shots of no time: Qt does two of them, and what they draw, before it looks at the keyboard.
        turns = QTimer(self)
        turns.timeout.connect(partial(self._take_turn, request, iter(steps), turns))
        turns.start(0)

    def write(
        self,
        label: str,
        fn: Callable[[UnitOfWork], T],
        *,
        initiator: QObject | None = None,
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        toast: bool = True,
        undoable: bool = True,
        index_later: bool = False,
        step: str = "",
        control: JobControl | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Run ``fn`` in one transaction; never dropped.

        ``label`` (translated) names the step, in the toast with Undo and after Undo. Then the change is told, with
        ``initiator`` ignoring its own echo, and ``then`` gets the value. ``index_later`` and ``step`` are for autosave:
        the search index follows when the worker is idle, and writes of one step are undone together. A long write
        reports to ``control`` and changes nothing when it was cancelled; then ``stopped`` is called, else ``then``.
        """

        def run(store: Store) -> Any:
            until = None if control is None else is_cancelled
            return store.write(label, fn, undoable=undoable, index_later=index_later, step=step, until=until)

        def is_cancelled() -> bool:
            return control is not None and control.cancelled

        def done(outcome: Any) -> None:
            if outcome.changes:
                self.committed.emit(outcome.changes, initiator if _is_alive(initiator) else None)
                if toast and undoable:
                    self.saved.emit(label)
            if then is not None and _is_alive(initiator):
                then(outcome.result)

        def refuse(error: UserError) -> None:
            self._refusals += 1
            # What was not stored is told also when the page that asked for it is gone.
            (failed if failed is not None and _is_alive(initiator) else self.refused.emit)(error)

        def give_up() -> None:
            if stopped is not None and _is_alive(initiator):
                stopped()

        self._add(Request(run=run, then=done, failed=refuse, stopped=give_up, is_write=True))

    def undo(self) -> None:
        """Take the last step back."""
        self._reverse(lambda store: store.undo(), back=True)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._reverse(lambda store: store.redo(), back=False)

    # -- jobs --------------------------------------------------------------------------------------------------------

    def job(
        self,
        fn: Callable[[JobControl], T],
        *,
        then: Callable[[T], None],
        failed: Failed | None = None,
        progress: Callable[[int, int], None] | None = None,
        owner: QObject | None = None,
    ) -> JobControl:
        """Run ``fn`` on the pool, without the database. It calls ``control.report(done, total)`` now and then, which
        also ends it when it was cancelled.
        """
        if self._pool is None:
            from PySide6.QtCore import QThreadPool

            self._pool = QThreadPool(self)
        control = JobControl(self)
        if progress is not None:
            tell = progress
            control.progressed.connect(lambda done, total: tell(done, total) if _is_alive(owner) else None)
        self._jobs.add(control)
        request = Request(run=fn, then=then, failed=failed, owner=owner, job=control)
        self._pool.start(Job(request, self._finished_jobs, self._job_finished.emit))
        return control

    # -- inside ------------------------------------------------------------------------------------------------------

    def _add(self, request: Request) -> None:
        self._waiting.add(request)
        self._worker.add(request)

    def _take_turn(self, request: Request, steps: Iterator[Callable[[], None]], turns: QTimer) -> None:
        step = next(steps, None) if not request.is_dropped and _is_alive(request.owner) else None
        if step is not None:
            step()  # a bug in it ends it alone
            return
        turns.stop()
        turns.deleteLater()
        self._settle(Done(request))

    def _reverse(self, run: Callable[[Store], ChangeSet], *, back: bool) -> None:
        def done(changes: ChangeSet) -> None:
            self.committed.emit(changes, None)
            self.replayed.emit(changes, back)

        self._add(Request(run=run, then=done, is_write=True))

    def _deliver_job(self) -> None:
        self._settle(self._finished_jobs.popleft())

    def _deliver(self, done: Done) -> None:
        self._delivered = done
        self._settle(done)

    def _settle(self, done: Done) -> None:
        request = done.request
        if request.place is not None and self._newest.get(request.place) is request:
            del self._newest[request.place]
        if request.job is not None:
            self._jobs.discard(request.job)
            request.job.struck_bug = done.is_bug
            request.job.end()
        self._waiting.discard(request)
        try:
            if not request.is_dropped and _is_alive(request.owner):
                self._hand_over(done)
        finally:
            if not self.is_busy:
                self.idle.emit()

    def _hand_over(self, done: Done) -> None:
        request = done.request
        if isinstance(done.error, UserError):
            _log.info("not done: %s", done.error)
            tell = request.failed or self.refused.emit
            tell(done.error)
        elif done.error is not None:  # a bug
            self._refusals += request.is_write
            raise done.error
        elif done.was_cancelled:
            if request.stopped is not None:
                request.stopped()
        elif request.then is not None:
            request.then(done.result)


def _load(name: str, _store: Store) -> None:
    importlib.import_module(name)


def _is_alive(owner: QObject | None) -> bool:
    return owner is None or shiboken6.isValid(owner)
