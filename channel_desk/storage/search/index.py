"""Keeping the index up to date: a few distributors within a write, or all of them after an import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from operator import itemgetter
from typing import Final

from channel_desk.storage.collecting import no_collection
from channel_desk.storage.file import Connection
from channel_desk.storage.kept import kept_of
from channel_desk.storage.search import list_keys
from channel_desk.storage.search.documents import Document, Entry, read_entries
from channel_desk.storage.search.tables import CONTACTS, RECORDS, SLOTS

#: Distributors that are read at once, and characters that are written at once: they bound the memory of a rebuild.
_CHUNK: Final = 1000
_MOST_CHARACTERS: Final = 12_000_000
#: From here on the index is written as for a rebuild.
_BULK: Final = 2000
_TABLES: Final = ("search_short", "search_long")
#: Bytes of new entries kept in memory before they are written, while few or many come at once.
_BUFFER: Final = 1 << 20
_BULK_BUFFER: Final = 32 << 20
_BULK_CACHE_KB: Final = 65536
#: So many parts of the index of one age are merged while saving, as FTS5 does by itself.
_AUTOMERGE: Final = 4
#: Pages that one step of merging may write.
_MERGE_PAGES: Final = 16
#: Of a distributor that is gone.
_NO_ENTRY: Final = Entry(0, 0, {})


def reindex(connection: Connection, ids: Iterable[int]) -> None:
    """Renew the entries of the distributors ``ids`` within the running transaction; of deleted ones they go.

    Documents that did not change are left alone. Thousands of ids are written as in bulk.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return
    with _in_bulk(connection) if len(wanted) >= _BULK else nullcontext():
        is_renewed = _are_any_known(connection, wanted)
        former = list_keys.renew(connection, wanted)
        _delete(connection, former.values())
        kept_of(connection).note_texts([*former])
        if is_renewed:
            _renew(connection, wanted)
        else:
            _insert(connection, wanted)
        _renew(connection, sorted(former.keys() - set(wanted)))


def rebuild(connection: Connection) -> None:
    """Make the whole index anew within the running transaction; for imports and repairs."""
    for table in _TABLES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 - our own name
    connection.execute("DELETE FROM search_documents")
    connection.execute("DELETE FROM search_keys")
    ids = [row[0] for row in connection.execute("SELECT id FROM distributors ORDER BY id")]
    with _in_bulk(connection):
        list_keys.renew(connection, ids)
        _insert(connection, ids)


def merge_idle(connection: Connection) -> bool:
    """Do one small step of merging what single saves left apart; False when there was nothing to do.

    Call it when nobody waits, in a write transaction of its own, until it returns False.
    """
    before = connection.total_changes
    for table in _TABLES:
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (_MERGE_PAGES,))  # noqa: S608 - our own name
    # Each command itself counts as one change; a merge that moved pages counts as more.
    return connection.total_changes - before > len(_TABLES)


@contextmanager
def _in_bulk(connection: Connection) -> Iterator[None]:
    """Write with more memory and without merging what was just written: that is left to :func:`merge_idle`."""
    kept = kept_of(connection)
    kept.forget_texts()
    kept.note_names()
    cache = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = -{_BULK_CACHE_KB}")
    _configure(connection, hashsize=_BULK_BUFFER, automerge=0)
    try:
        with no_collection():
            yield
        _configure(connection, hashsize=_BUFFER, automerge=_AUTOMERGE)
    finally:
        connection.execute(f"PRAGMA cache_size = {int(cache)}")


def _configure(connection: Connection, **settings: int) -> None:
    for table in _TABLES:
        for name, value in settings.items():
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (name, value))  # noqa: S608 - our own name


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _entries(connection: Connection, ids: Sequence[int]) -> Iterator[Entry]:
    for chunk in _chunks(ids):
        yield from read_entries(connection, chunk)


def _insert(connection: Connection, ids: Sequence[int]) -> None:
    """Add the documents of distributors that had none before."""
    kept_of(connection).note_texts(ids)
    documents: list[tuple[int, Document]] = []
    characters = 0
    for entry in _entries(connection, ids):
        documents += entry.documents.items()
        characters += sum(len(document.grams) + len(document.text) for document in entry.documents.values())
        if characters > _MOST_CHARACTERS:
            _write(connection, documents, verb="INSERT")
            documents, characters = [], 0
    _write(connection, documents, verb="INSERT")


def _renew(connection: Connection, ids: Sequence[int]) -> None:
    """Write what changed in the documents of ``ids``, which are in order."""
    for chunk in _chunks(ids):
        _renew_chunk(connection, chunk)


def _renew_chunk(connection: Connection, ids: Sequence[int]) -> None:
    entries = {entry.distributor_id: entry for entry in read_entries(connection, ids)}
    changed: list[tuple[int, Document]] = []
    gone: list[int] = []
    touched: list[int] = []
    for distributor_id in ids:
        label, documents = entries.get(distributor_id, _NO_ENTRY)[1:]
        known = _known_digests(connection, distributor_id, label)
        lost = known.keys() - documents.keys()
        new = [item for item in documents.items() if known.get(item[0]) != item[1].digest]
        if lost or new:
            touched.append(distributor_id)
            gone += lost
            changed += new
    kept_of(connection).note_texts(touched)
    _delete(connection, gone)
    _write(connection, changed)


def _are_any_known(connection: Connection, ids: Sequence[int]) -> bool:
    known = connection.execute(
        "SELECT 1 FROM search_keys WHERE distributor_id BETWEEN ? AND ? LIMIT 1", (ids[0], ids[-1])
    ).fetchone()
    return known is not None


def _known_digests(connection: Connection, distributor_id: int, label: int) -> dict[int, int]:
    first = RECORDS + distributor_id * SLOTS
    return dict(
        connection.execute(
            "SELECT document, digest FROM search_documents WHERE document IN (?, ?)"
            " UNION ALL SELECT document, digest FROM search_documents WHERE document BETWEEN ? AND ?",
            (label, CONTACTS + distributor_id, first, first + SLOTS - 1),
        ).fetchall()
    )


def _delete(connection: Connection, numbers: Iterable[int]) -> None:
    gone = [(number,) for number in sorted(numbers)]
    for table in _TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", gone)  # noqa: S608 - our own name
    connection.executemany("DELETE FROM search_documents WHERE document = ?", gone)


def _write(connection: Connection, documents: list[tuple[int, Document]], *, verb: str = "REPLACE") -> None:
    # In ascending order: FTS5 writes out its buffer as soon as a number is lower than the one before.
    documents.sort(key=itemgetter(0))
    connection.executemany(
        f"{verb} INTO search_documents VALUES (?, ?)", ((number, document.digest) for number, document in documents)
    )
    connection.executemany(
        f"{verb} INTO search_short (rowid, grams) VALUES (?, ?)",
        ((number, document.grams) for number, document in documents),
    )
    connection.executemany(
        f"{verb} INTO search_long (rowid, text) VALUES (?, ?)",
        ((number, document.text) for number, document in documents),
    )
