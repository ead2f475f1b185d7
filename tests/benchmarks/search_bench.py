"""Measures the search index and the list of distributors on encrypted files of made-up regions.

    python tests/benchmarks/search_bench.py [--sizes 1000 10000 100000] [--json FILE] [--keep FOLDER]

Prints rows of ``name``, ``size``, ``value`` and ``unit``; times are medians, warm. Nothing is asserted here.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from channel_desk.clock import FixedClock
from channel_desk.domain.distributors import Status
from channel_desk.paths import DataFolder
from channel_desk.storage import search
from channel_desk.storage.file import Connection, DataKey, connect
from channel_desk.storage.kept import kept_of
from channel_desk.storage.queries import distributor_list as lists
from channel_desk.storage.store import Store
from channel_desk.storage.tables import KINDS
from tests.benchmarks.synthetic import NOW, Region, plain

WHEN: dict[str, Any] = {"clock": FixedClock(NOW)}
QUERIES = ("hn", "hunan", "湖南", "湖", "h", "hu", "长沙雁", "changsha", "6620", "138", "罗建", "窜货", "有限公司",
           "CD-00123", "gongsi", "湖南 罗", "cs 机电")  # fmt: skip
ROUNDS = 7


def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Median milliseconds of ``work`` once it is warm."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def resident() -> float:
    """MB of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


@contextmanager
def transaction(connection: Connection, end: str = "COMMIT") -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute(end)


def fill(connection: Connection, region: Region) -> None:
    """Store the rows of ``region`` straight through the driver."""
    for rows in (region.distributors, region.contacts, region.visits, region.answers, region.commitments):
        records = list(rows())
        if not records:
            continue
        kind = type(records[0])
        names = [field.name for field in fields(kind)]
        marks = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO {KINDS[kind]} ({', '.join(names)}) VALUES ({marks})",
            [[plain(getattr(record, name)) for name in names] for record in records],
        )


def measure(size: int, root: Path) -> Iterator[tuple[str, float, str]]:
    folder = DataFolder(root)
    folder.create()
    Store.open(folder, FixedClock(NOW)).close()
    connection = connect(folder.database, DataKey.load(folder.key))
    with transaction(connection):
        fill(connection, Region(size, visits_each=0, promises_each=0))
    start = time.perf_counter()
    with transaction(connection, "ROLLBACK"):
        search.rebuild(connection)
        yield "rebuild after an import of distributors and contacts", time.perf_counter() - start, "s"
    with transaction(connection):
        for table in ("contacts", "distributors"):
            connection.execute(f"DELETE FROM {table}")
        fill(connection, Region(size))
    start = time.perf_counter()
    with transaction(connection):
        search.rebuild(connection)
    yield "rebuild with visits and promises", time.perf_counter() - start, "s"
    yield from measure_saves(connection, size)
    steps = 0
    start = time.perf_counter()
    merging = True
    while merging:
        with transaction(connection):
            merging = search.merge_idle(connection)
        steps += 1
    yield "merging when idle, a step", (time.perf_counter() - start) * 1000 / steps, "ms"
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    yield "file", folder.database.stat().st_size / 1e6, "MB"
    connection = connect(folder.database, DataKey.load(folder.key))
    yield from measure_reads(connection, size)
    connection.close()
    # In a process of its own: this one still holds what the rebuild took.
    child = subprocess.run(
        [sys.executable, __file__, "--memory-of", str(root)], check=True, capture_output=True, text=True
    )
    yield "process that holds the list and has searched", float(child.stdout), "MB"


def memory_of(root: Path) -> float:
    """MB in memory after the first page, all ids (kept) and some broad searches."""
    folder = DataFolder(root)
    connection = connect(folder.database, DataKey.load(folder.key))
    lists.first_ids(connection, lists.ListQuery(), **WHEN)
    kept = lists.list_ids(connection, lists.ListQuery(), **WHEN)
    for text in ("h", "hu", "hn", "有限公司", "窜货"):
        found = lists.list_ids(connection, lists.ListQuery(text=text), **WHEN)
        lists.list_rows(connection, found.ids[: lists.PAGE], text=text, **WHEN)
    return resident() if kept.total else 0.0


def measure_saves(connection: Connection, size: int) -> Iterator[tuple[str, float, str]]:
    """The index's part of saving: a changed note, and an unchanged distributor."""
    times = []
    for number in range(1, 60):
        one = number * (size // 64) + 1
        with transaction(connection):
            connection.execute("UPDATE distributors SET note = ? WHERE id = ?", (f"新的备注 {number}", one))
            start = time.perf_counter()
            search.reindex(connection, [one])
            times.append(time.perf_counter() - start)
    yield "reindex of one changed distributor", statistics.median(times) * 1000, "ms"


def measure_reads(connection: Connection, size: int) -> Iterator[tuple[str, float, str]]:
    yield "first page", timed(lambda: lists.first_ids(connection, lists.ListQuery(), **WHEN)), "ms"
    yield "all ids by name", timed(lambda: lists.list_ids(connection, lists.ListQuery(), **WHEN)), "ms"
    for sort in ("city", "tier", "last_visit", "late"):
        query = lists.ListQuery(sort=sort, descending=True)
        yield f"all ids by {sort}", timed(lambda query=query: lists.list_ids(connection, query, **WHEN), 3), "ms"
    query = lists.ListQuery(statuses=frozenset({Status.AT_RISK}), regions=frozenset({"华中"}))
    yield "ids of one region at risk", timed(lambda: lists.list_ids(connection, query, **WHEN)), "ms"

    def after_a_write(work: Callable[[], object]) -> float:
        def again() -> None:
            kept = kept_of(connection)
            kept.views.clear()
            kept.facets = None
            work()

        return timed(again)

    yield "counts of the views after a write", after_a_write(lambda: lists.view_counts(connection, **WHEN)), "ms"
    yield "facets after a write", after_a_write(lambda: lists.facets(connection)), "ms"

    def names_changed() -> None:
        kept_of(connection).note_names()
        lists.list_ids(connection, lists.ListQuery(), **WHEN)

    yield "all ids by name after a rename", timed(names_changed), "ms"
    yield "preview", timed(lambda: lists.preview(connection, size // 2, **WHEN)), "ms"
    for text in QUERIES:
        query = lists.ListQuery(text=text)

        def key_pressed(query: lists.ListQuery = query, text: str = text) -> None:
            first = lists.first_ids(connection, query, **WHEN)
            lists.list_rows(connection, first.ids[: lists.PAGE], text=text, **WHEN)

        hits = search.search_ids(connection, text)
        label = f"{text} ({' + '.join(map(str, hits.counts))})"

        def new_word(query: lists.ListQuery = query) -> None:
            kept_of(connection).forget_texts()
            lists.first_ids(connection, query, **WHEN)

        yield f"keystroke, word never typed before, ids: {label}", timed(new_word), "ms"
        yield f"keystroke, ids: {label}", timed(lambda q=query: lists.first_ids(connection, q, **WHEN)), "ms"
        yield f"keystroke, ids and rows: {label}", timed(key_pressed), "ms"
        yield f"all ids: {label}", timed(lambda q=query: lists.list_ids(connection, q, **WHEN)), "ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="leave the data here")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        sys.stdout.write(f"{memory_of(options.memory_of):.1f}")
        return
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            for name, value, unit in measure(size, (options.keep or Path(temporary)) / str(size)):
                rows.append({"name": name, "size": size, "value": round(value, 3), "unit": unit})
                sys.stdout.write(f"{size:7d}  {value:9.2f} {unit:3s} {name}\n")
                sys.stdout.flush()
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
