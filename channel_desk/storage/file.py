"""The encrypted file itself: its key, its connection, and what must be true before anything is read.

Nothing else in the process may open this file: closing any other handle on it would drop SQLite's locks. This module
is light - the driver only - because the first rows are read before SQLAlchemy is loaded.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from channel_desk.errors import UserError
from channel_desk.paths import DataFolder

#: "CDSK" - marks the file as ours.
APPLICATION_ID: Final = 0x4344534B
#: The least size of a page, and so of a file, in bytes.
_SMALLEST: Final = 512

if TYPE_CHECKING:
    # The driver has no type hints of its own; it is the standard library's interface to the letter.
    from sqlite3 import Connection as Connection  # noqa: PLC0414 - exported on purpose
else:
    Connection = dbapi2.Connection


@dataclass(frozen=True)
class DataKey:
    """The random key and salt of a data file, both in hexadecimal. The salt is given too: were it read from the
    file, one flipped bit in its first sixteen bytes would lose everything.
    """

    key: str
    salt: str

    @classmethod
    def create(cls) -> DataKey:
        return cls(key=os.urandom(32).hex(), salt=os.urandom(16).hex())

    @classmethod
    def load(cls, path: Path) -> DataKey:
        """The key kept in ``path``; raises ``data_key_missing`` or ``data_key_damaged``."""
        try:
            fields = json.loads(path.read_text("ascii"))
            found = cls(key=bytes.fromhex(fields["key"]).hex(), salt=bytes.fromhex(fields["salt"]).hex())
        except PermissionError:
            raise  # it is there, and of no use to whoever asks
        except OSError as error:
            raise UserError("data_key_missing", path=path) from error
        except (ValueError, KeyError, TypeError) as error:
            raise UserError("data_key_damaged", path=path) from error
        if len(found.key) != 64 or len(found.salt) != 32:
            raise UserError("data_key_damaged", path=path)
        return found

    def save(self, path: Path) -> None:
        """Write the key file for the owner's eyes only, synced before the data file exists."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump({"key": self.key, "salt": self.salt}, file)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # Half a key would bar the way for ever.
            path.unlink(missing_ok=True)
            raise


def key_for(folder: DataFolder) -> DataKey:
    """The key of the data in ``folder``; a new one when there is neither key nor data yet."""
    if not folder.key.exists():
        if folder.database.exists():
            raise UserError("data_key_missing", path=folder.key)
        folder.create()
        with contextlib.suppress(FileExistsError):
            DataKey.create().save(folder.key)
    return DataKey.load(folder.key)


class OpenFile(dbapi2.Connection):  # type: ignore[misc]  # the driver has no type hints
    """The connection to a data file, with what belongs to its readers; see :mod:`.kept` and :mod:`.giving_way`."""

    kept: object = None
    until: Callable[[], bool] | None = None


def connect(path: Path, key: DataKey, *, exclusive: bool = True) -> OpenFile:
    """Open the file at ``path`` with every safety switch on.

    Raises ``data_in_use`` when another process holds it, ``data_unreadable`` when it is not ours or damaged, and
    ``data_folder_unusable`` when it may not be read and written.
    """
    connection: OpenFile | None = None
    try:
        # check_same_thread is off because the one database worker opens, uses and closes; nobody shares it.
        # SQLite takes anything shorter than a page for a new file and would write over it.
        if path.is_file() and 0 < path.stat().st_size < _SMALLEST:
            raise dbapi2.DatabaseError("cut off")
        # In full: SQLite takes a name that begins with "file:" for an address, and would open another file.
        connection = dbapi2.connect(
            str(path.absolute()), isolation_level=None, check_same_thread=False, timeout=0.2, factory=OpenFile
        )
        # Key and salt are hexadecimal digits of our own making; a PRAGMA takes no bound parameters.
        connection.execute(f"PRAGMA key = \"x'{key.key}{key.salt}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        if exclusive:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise dbapi2.DatabaseError("no write-ahead log")
        for switch in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            "secure_delete = ON",
            "cell_size_check = ON",
            "trusted_schema = OFF",
            "fullfsync = ON",
            "checkpoint_fullfsync = ON",
            # In kB, and most of what a window on 100,000 distributors takes more than one on 1,000: 15 MB are allowed.
            "cache_size = -8192",
        ):
            connection.execute(f"PRAGMA {switch}")
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        if mark not in {0, APPLICATION_ID}:
            raise dbapi2.DatabaseError("another program's file")
    except dbapi2.Error as error:
        if connection is not None:
            connection.close()
        raise refusal(error, path) from error
    return connection


def refusal(error: dbapi2.Error, path: Path) -> UserError:
    """Why the file could not be opened."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    is_io = code == dbapi2.SQLITE_IOERR
    # A file that nothing was ever written to cannot be damaged.
    if code == dbapi2.SQLITE_FULL or (is_io and path.is_file() and path.stat().st_size == 0):
        return UserError("disk_full")
    is_refused = code in {dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN}
    if is_refused or (is_io and not os.access(path, os.R_OK | os.W_OK)):
        # The driver calls a file that may not be written a failure of the disk.
        reason = os.strerror(errno.EACCES) if _is_denied(path) else str(error)
        return UserError("data_folder_unusable", path=path.parent, reason=reason)
    is_held = code in {dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED}
    return UserError("data_in_use" if is_held else "data_unreadable", path=path)


def _is_denied(path: Path) -> bool:
    """Whether the file or its folder, which takes what SQLite keeps beside it, may not be read and written."""
    there = (one for one in (path, path.parent) if os.access(one, os.F_OK))
    return not all(os.access(one, os.R_OK | os.W_OK) for one in there)
