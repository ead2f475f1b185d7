"""SQLAlchemy over the one open connection."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from channel_desk.storage.file import Connection


def open_engine(raw: Connection) -> Engine:
    """An engine that only ever uses ``raw``.

    The built-in sqlcipher dialect would derive the key at every connection and put the passphrase into a URL. The
    driver never begins a transaction itself (``isolation_level=None``); ours begin immediately, so that DDL rolls
    back too and a reader never turns into a writer half way. Parameters are customers' words: never in messages.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: raw,
        poolclass=StaticPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
