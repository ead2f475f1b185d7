"""Bringing a file's schema up to date, safely.

A copy is made and checked first. The revisions run on a connection of their own with foreign keys off (SQLite's table
rebuilds would otherwise delete children), all in one immediate transaction. Before the commit: no broken reference,
untouched tables unchanged, integrity as before. Any failure rolls everything back.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection as CoreConnection
from sqlcipher3 import dbapi2

from channel_desk import __version__
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.storage.engine import open_engine
from channel_desk.storage.file import APPLICATION_ID, Connection, DataKey, connect

MIGRATIONS = Path(__file__).parent / "migrations"
#: What the names of copies begin with; a number follows.
_COPY = "before-"


def migrate(folder: DataFolder, key: DataKey) -> None:
    """Bring the file in ``folder`` to the newest revision; a new file starts from nothing."""
    raw = connect(folder.database, key)
    try:
        if raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            _make_checked_copy(raw, folder, key)
        raw.execute("PRAGMA foreign_keys = OFF")
        engine = open_engine(raw)
        with engine.connect() as connection, connection.begin():
            before = _digests(raw)
            touched = _upgrade(connection)
            _verify(raw, before, touched)
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            # Said for every revision here, so that none can forget it: an older program refuses the file in a sentence.
            raw.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('oldest_program', ?)", (__version__,))
        engine.dispose()
    finally:
        raw.close()


def _upgrade(connection: CoreConnection) -> frozenset[str]:
    """Run all missing revisions and return the tables that they say they touch."""
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS / "versions")])
    context = MigrationContext.configure(connection, opts={"transactional_ddl": False})
    current = context.get_current_revision()
    steps = list(scripts.iterate_revisions("head", current or "base"))[::-1]
    context._ensure_version_table()  # noqa: SLF001 - what alembic's own command does; there is no public name
    touched: set[str] = {"alembic_version"}
    with Operations.context(context):
        for script in steps:
            script.module.upgrade()
            touched |= set(script.module.TOUCHES)
            connection.exec_driver_sql("DELETE FROM alembic_version")
            connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (script.revision,))
    return frozenset(touched)


def _tables(raw: Connection) -> list[str]:
    return [
        row[0]
        for row in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search_%' ORDER BY name"
        )
    ]


def _digests(raw: Connection) -> dict[str, str]:
    """A digest of all rows of every table: a row more or less gives another one as well."""
    found = {}
    for table in _tables(raw):
        digest = hashlib.blake2b()
        for row in raw.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - a name from the schema
            digest.update(repr(row).encode())
        found[table] = digest.hexdigest()
    return found


def _verify(raw: Connection, before: dict[str, str], touched: frozenset[str]) -> None:
    """Raises ``update_refused``: the copy that was made first was sound, so a revision is to blame."""
    after = _digests(raw)
    same = all(after.get(table) == digest for table, digest in before.items() if table not in touched)
    broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    sound = raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if not same or broken is not None or not sound:
        raise UserError("update_refused")


def _copy(raw: Connection, copy: Connection) -> None:
    """Raises ``disk_failed``."""
    try:
        raw.backup(copy)
    except dbapi2.OperationalError as error:  # here the driver does not give SQLite's code
        raise UserError("disk_failed") from error


def _compare(raw: Connection, copy: Connection, path: Path) -> None:
    if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok" or _digests(copy) != _digests(raw):
        raise UserError("data_unreadable", path=path)


def _make_checked_copy(raw: Connection, folder: DataFolder, key: DataKey) -> None:
    """Copy the file through the backup interface; the copy is opened again, checked and compared.

    Numbered, never dated: a clock that jumped must not decide which copy is the newest. It gets its name when it is
    whole, and nothing stays of one that failed or was broken off: it would be taken for a copy.
    """
    folder.backups.mkdir(parents=True, exist_ok=True)
    numbers = [path.stem.removeprefix(_COPY) for path in folder.backups.glob(f"{_COPY}*.db")]
    number = 1 + max((int(one) for one in numbers if one.isdecimal()), default=0)
    part = folder.backups / "part.db"
    _remove(part)
    try:
        with closing(connect(part, key, exclusive=False)) as copy:
            _copy(raw, copy)
        with closing(connect(part, key, exclusive=False)) as again:
            _compare(raw, again, part)
        part.rename(folder.backups / f"{_COPY}{number:06d}.db")
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    """Remove a file of SQLite's with what belongs to it."""
    for one in part.parent.glob(f"{part.name}*"):
        one.unlink()
