"""Whether a file's schema is the one this program was made for, told with the driver alone."""

from __future__ import annotations

from typing import Final

from channel_desk import __version__
from channel_desk.errors import UserError
from channel_desk.storage.file import Connection

#: The newest migration; a test compares it with the folder.
REVISION: Final = "0001"


def stored_revision(connection: Connection) -> str | None:
    """The revision of the file; None for a new one. Raises ``data_newer`` before anything could be written."""
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in known:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    oldest = connection.execute("SELECT value FROM meta WHERE key = 'oldest_program'").fetchone()
    if oldest is not None and _parts(oldest[0]) > _parts(__version__):
        raise UserError("data_newer", version=oldest[0])
    return None if row is None else str(row[0])


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
