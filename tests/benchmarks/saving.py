"""Storing an answer, opening a file, importing."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.services.distributors import open_file
from channel_desk.services.visits import answer_item
from channel_desk.storage.store import Store
from tests.benchmarks.measure import Row, in_turn
from tests.benchmarks.synthetic import Region

ROUNDS = 200
TABLES = ("distributors", "contacts", "commitments", "visits", "training_sessions")


def measure(data: DataFolder) -> Iterator[Row]:
    """Autosave against a bare commit of the same file and against a synced append; a file against its bare rows."""
    store = Store.open(data, SystemClock())
    visit = store.read(lambda r: r.raw.execute("SELECT id FROM visits WHERE status = 'planned' LIMIT 1").fetchone()[0])
    count = iter(range(10_000_000))

    def autosave() -> None:
        note = f"学校和社区医院，预算 {next(count)} 万"
        store.write("a", lambda uow: answer_item(uow, visit, code=207, note=note), index_later=True)

    raw = store.read(lambda reader: reader.raw)

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE visits SET current_code = ? WHERE id = ?", (next(count) % 900, visit))
        raw.execute("COMMIT")

    with tempfile.TemporaryDirectory(dir=data.root) as folder:
        handle = os.open(Path(folder) / "append", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def append() -> None:
            os.write(handle, bytes(4096))
            getattr(os, "fdatasync", os.fsync)(handle)

        value, floor = in_turn(autosave, commit, rounds=ROUNDS)
        yield Row("autosave of an answer, floor: raw commit", value, "ms", floor)
        value, floor = in_turn(autosave, append, rounds=ROUNDS)
        yield Row("autosave of an answer, floor: synced append of 4 KB", value, "ms", floor)
        os.close(handle)

    def bare_file() -> None:
        raw.execute("SELECT * FROM distributors WHERE id = 7").fetchall()
        for table in TABLES[1:]:
            raw.execute(f"SELECT * FROM {table} WHERE distributor_id = 7").fetchall()

    value, floor = in_turn(lambda: store.read(lambda r: open_file(r, 7)), bare_file, rounds=ROUNDS)
    yield Row("opening a file, floor: its bare rows", value, "ms", floor)
    store.close()


def measure_import(size: int) -> Iterator[Row]:
    """The command line from its start to its end, with a new data folder; the floor is an empty run."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "list.csv"
        with source.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["客户编码", "经销商名称", "省", "市", "地址", "联系人", "手机", "备注"])
            region = Region(size)
            people = {one.distributor_id: one for one in region.contacts()}
            for one in region.distributors():
                person = people[one.id]
                writer.writerow(
                    [one.code, one.name, one.province, one.city, one.address, person.name, person.phone, one.note]
                )

        def run(*arguments: str) -> float:
            start = time.perf_counter()
            command = [sys.executable, "-m", "channel_desk", "--data", f"{folder}/data", *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            return time.perf_counter() - start

        Store.open(DataFolder(Path(folder) / "data"), SystemClock()).close()
        empty = run("list", "sessions")
        yield Row(
            f"import of {size} distributors by the command line", run("import", "distributors", str(source)), "s", empty
        )
