"""The search index."""

from __future__ import annotations

from collections.abc import Iterable

from channel_desk.storage.file import Connection


def reindex(connection: Connection, ids: Iterable[int]) -> None:
    """Renew the entries of the distributors ``ids`` within the running transaction."""
    del connection, ids
