"""Encrypted data folders with made-up regions of any size, made once for a run."""

from __future__ import annotations

from pathlib import Path

from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.storage import search
from channel_desk.storage.file import DataKey, connect
from channel_desk.storage.store import Store
from channel_desk.storage.stored import stored_form
from tests.benchmarks.synthetic import Region, plain


def made_region(root: Path, size: int) -> DataFolder:
    """The data folder of a region with ``size`` distributors, filled straight through the driver."""
    folder = DataFolder(root / str(size))
    if folder.database.exists():
        return folder
    folder.create()
    Store.open(folder, SystemClock()).close()
    connection = connect(folder.database, DataKey.load(folder.key))
    region = Region(size)
    connection.execute("BEGIN IMMEDIATE")
    for rows in (region.distributors, region.contacts, region.visits, region.answers, region.commitments):
        records = list(rows())
        form = stored_form(type(records[0]))
        marks = ", ".join("?" * len(form.names))
        connection.executemany(
            f"INSERT INTO {form.table} ({', '.join(form.names)}) VALUES ({marks})",
            [[plain(getattr(record, name)) for name in form.names] for record in records],
        )
    search.rebuild(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    return folder
