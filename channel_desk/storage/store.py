"""The opened data file: one connection, one transaction at a time, undo and redo.

A store belongs to one thread. It opens with the driver alone; SQLAlchemy and the search index are loaded with the first
write, or before by :meth:`Store.load_libraries`.
"""

from __future__ import annotations

import errno
import json
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlcipher3 import dbapi2

from channel_desk.clock import Clock
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.storage import schema
from channel_desk.storage.file import DataKey, OpenFile, connect, key_for, refusal
from channel_desk.storage.giving_way import GaveWay, giving_way
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Connection as CoreConnection

    from channel_desk.storage.unit_of_work import ChangeSet, UnitOfWork

T = TypeVar("T")

#: How many steps can be undone.
UNDO_DEPTH = 200
#: Steps of merging the index at a time.
_MERGE_STEPS = 4
#: What SQLite reports by its result codes. The driver does not say whether reading or writing failed, or why.
_FAILURES = {
    dbapi2.SQLITE_BUSY: "data_in_use",
    dbapi2.SQLITE_IOERR: "disk_failed",
    dbapi2.SQLITE_CORRUPT: "data_unreadable",
    dbapi2.SQLITE_FULL: "disk_full",
    dbapi2.SQLITE_NOTADB: "data_unreadable",
}
#: After one of these the cipher refuses everything on that connection, also when the disk is well again.
_ENDING = frozenset({"disk_failed", "data_unreadable"})


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a write returned and what it changed."""

    result: T
    changes: ChangeSet


@dataclass(frozen=True)
class _Step:
    """One step of undo: its transactions, and the name by which another write joins it."""

    numbers: tuple[int, ...]
    label: str
    name: str = ""


class Store:
    """See the module; make one with :meth:`open`."""

    def __init__(self, raw: OpenFile, clock: Clock, *, open_anew: Callable[[], OpenFile]) -> None:
        self.clock = clock
        self._raw = raw
        self._open_anew = open_anew
        #: Whether the connection has failed for good.
        self._has_ended = False
        self._core: CoreConnection | None = None
        self._undo: deque[_Step] = deque(maxlen=UNDO_DEPTH)
        self._redo: list[_Step] = []
        self._next_no: int | None = None
        self._closed = False

    @classmethod
    def open(cls, folder: DataFolder, clock: Clock) -> Store:
        """Open the data in ``folder``, made or brought up to date where needed.

        Raises ``data_folder_unusable``, ``data_in_use``, ``data_key_missing``, ``data_key_damaged``,
        ``data_unreadable``, ``data_newer``, ``update_refused``, ``disk_full`` or ``disk_failed``; nothing is changed
        then.
        """
        with _folder_failures(folder):
            key = key_for(folder)
        raw = connect(folder.database, key)
        with _closed_on_failure(raw, folder):
            is_current = schema.stored_revision(raw) == schema.REVISION
        if not is_current:
            raw.close()
            cls._migrate(folder, key)
            raw = connect(folder.database, key)
        _hold(raw, folder)
        return cls(raw, clock, open_anew=partial(_connect_anew, folder, key))

    @staticmethod
    def _migrate(folder: DataFolder, key: DataKey) -> None:
        # Alembic costs as much as the whole start; it is loaded only when there is something to migrate.
        from channel_desk.storage.migrating import migrate

        with _folder_failures(folder), _failures():
            migrate(folder, key)

    def close(self) -> None:
        """Renew what is due in the index and let go of the file; a closed store may be closed again."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._core is not None:
                self._renew_index()
        finally:
            self._disconnect()

    def _disconnect(self) -> None:
        core, self._core = self._core, None
        if core is not None:
            core.close()
            core.engine.dispose()
        self._raw.close()

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Failures as :class:`UserError`; after one that ended the connection, the file is opened anew first."""
        if self._has_ended:
            self._disconnect()
            self._raw = self._open_anew()
            self._has_ended = False
        try:
            with _failures():
                yield
        except UserError as error:
            self._has_ended = error.code in _ENDING
            raise

    # -- reading and writing -------------------------------------------------------------------------------------

    def read(self, work: Callable[[Reader], T], *, until: Callable[[], bool] | None = None) -> T:
        """Run ``work`` with a reader; it raises :class:`GaveWay` soon after ``until`` has become true."""
        with self._connected(), self._giving_way(until):
            return work(Reader(self._raw, self.clock))

    def _giving_way(self, until: Callable[[], bool] | None) -> AbstractContextManager[None]:
        return nullcontext() if until is None else giving_way(self._raw, until)

    def load_libraries(self) -> None:
        """Load SQLAlchemy, the tables and the readings of characters now, where nobody waits for them."""
        from channel_desk.domain import readings
        from channel_desk.storage import search, unit_of_work

        del search, unit_of_work
        self._connection()
        readings.load()

    def write(
        self,
        label: str,
        work: Callable[[UnitOfWork], T],
        *,
        undoable: bool = True,
        index_later: bool = False,
        step: str = "",
        until: Callable[[], bool] | None = None,
    ) -> Outcome[T]:
        """Run ``work`` in one transaction, committed and synced when this returns; rolled back if it raises.

        ``label`` names the step for Undo. For autosave: ``index_later`` leaves the search index to :meth:`tidy`, and
        writes that follow each other with the same ``step`` are taken back together. A long write raises
        :class:`GaveWay` soon after ``until`` has become true, and nothing is changed.
        """
        outcome = self._transaction(label, work, recorded=undoable, index_later=index_later, until=until)
        number = outcome.changes.transaction_no
        if number is not None:
            self._note_step(number, label, step)
            self._redo.clear()
        return outcome

    def _note_step(self, number: int, label: str, name: str) -> None:
        last = self._undo[-1] if self._undo else None
        if name and last is not None and last.name == name:
            self._undo[-1] = _Step((*last.numbers, number), label, name)
        else:
            self._undo.append(_Step((number,), label, name))

    def tidy(self) -> bool:
        """Renew the search entries that autosave left behind and merge a little of the index, some 50 ms at most.

        Call it when nobody waits; returns whether another call would find more to merge.
        """
        from channel_desk.storage import search

        self._renew_index()
        with self._connected():
            for _ in range(_MERGE_STEPS):
                with self._connection().begin():
                    if not search.merge_idle(self._raw):
                        return False
        return True

    def renew_search(self) -> None:
        """Make the whole search index anew, in one transaction."""
        from channel_desk.storage import search

        with self._connected(), self._connection().begin():
            search.rebuild(self._raw)

    def _renew_index(self) -> None:
        from channel_desk.storage import search

        with self._connected():
            due = [row[0] for row in self._raw.execute("SELECT distributor_id FROM search_dirty")]
            if due:
                with self._connection().begin():
                    search.reindex(self._raw, due)
                    self._raw.execute("DELETE FROM search_dirty")

    # -- undo ----------------------------------------------------------------------------------------------------

    @property
    def undo_label(self) -> str | None:
        """The label of the step that Undo would take back."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        return self._redo[-1].label if self._redo else None

    def undo(self) -> ChangeSet:
        """Take the last step back; raises ``nothing_to_undo``."""
        if not self._undo:
            raise UserError("nothing_to_undo")
        step = self._undo[-1]
        changes = self._reverse(step)
        self._undo.pop()
        if changes.transaction_no is not None:
            self._redo.append(_Step((changes.transaction_no,), step.label))
        return changes

    def redo(self) -> ChangeSet:
        """Do the step again that was taken back last; raises ``nothing_to_redo``."""
        if not self._redo:
            raise UserError("nothing_to_redo")
        step = self._redo[-1]
        changes = self._reverse(step)
        self._redo.pop()
        if changes.transaction_no is not None:
            self._undo.append(_Step((changes.transaction_no,), step.label))
        return changes

    def _reverse(self, step: _Step) -> ChangeSet:
        from channel_desk.storage.unit_of_work import LoggedImage

        with self._connected():
            rows = self._raw.execute(
                "SELECT table_name, row_id, before, after FROM row_changes"
                " WHERE transaction_no IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
                (json.dumps(step.numbers),),
            )
            images = [LoggedImage(*row) for row in rows]
        return self._transaction(step.label, lambda uow: uow.replay(images), recorded=True, index_later=False).changes

    # -- inside --------------------------------------------------------------------------------------------------

    def _connection(self) -> CoreConnection:
        if self._core is None:
            from channel_desk.storage.engine import open_engine

            self._core = open_engine(self._raw).connect()
        return self._core

    def _transaction(
        self,
        label: str,
        work: Callable[[UnitOfWork], T],
        *,
        recorded: bool,
        index_later: bool,
        until: Callable[[], bool] | None = None,
    ) -> Outcome[T]:
        from channel_desk.storage.unit_of_work import UnitOfWork

        # The innermost ends first: neither commit nor rollback gives way.
        with self._connected(), self._connection().begin(), self._giving_way(until):
            number = self._number()
            uow = UnitOfWork(self._raw, self.clock, label=label, transaction_no=number)
            uow.recorded = recorded
            result = work(uow)
            changes = uow.finish()
            self._index(uow.changed_distributors, later=index_later)
        self._next_no = number + 1
        return Outcome(result, changes)

    def _index(self, distributors: frozenset[int], *, later: bool) -> None:
        if later:
            self._raw.executemany(
                "INSERT OR IGNORE INTO search_dirty (distributor_id) VALUES (?)", [(one,) for one in distributors]
            )
        elif distributors:
            from channel_desk.storage import search

            search.reindex(self._raw, sorted(distributors))

    def _number(self) -> int:
        if self._next_no is None:
            last = self._raw.execute("SELECT max(transaction_no) FROM row_changes").fetchone()[0]
            self._next_no = (last or 0) + 1
        return self._next_no


def _hold(raw: OpenFile, folder: DataFolder) -> None:
    """Take the file now and keep it: EXCLUSIVE locks at the first read, so that a second program fails at once."""
    with _closed_on_failure(raw, folder):
        raw.execute("SELECT count(*) FROM meta").fetchone()


def _connect_anew(folder: DataFolder, key: DataKey) -> OpenFile:
    if not folder.database.is_file():  # else the driver would begin an empty one where the disk was taken out
        raise UserError("data_folder_unusable", path=folder.root, reason=os.strerror(errno.ENOENT))
    raw = connect(folder.database, key)
    _hold(raw, folder)
    return raw


@contextmanager
def _closed_on_failure(raw: OpenFile, folder: DataFolder) -> Iterator[None]:
    try:
        yield
    except dbapi2.Error as error:
        raw.close()
        raise refusal(error, folder.database) from error
    except UserError:
        raw.close()
        raise


@contextmanager
def _folder_failures(folder: DataFolder) -> Iterator[None]:
    """What the system says of the folder and of files in it, as :class:`UserError`."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise UserError("disk_full") from error
        reason = error.strerror or str(error)
        raise UserError("data_folder_unusable", path=folder.root, reason=reason) from error


@contextmanager
def _failures() -> Iterator[None]:
    """Failures of the world as :class:`UserError`; the driver's own text may quote data and stays out."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = getattr(error, "orig", error)
        if isinstance(cause, dbapi2.Error):
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            if code == dbapi2.SQLITE_INTERRUPT:
                raise GaveWay from None
            known = _FAILURES.get(code)
            if known is not None:
                raise UserError(known, path="desk.db") from None
        raise
