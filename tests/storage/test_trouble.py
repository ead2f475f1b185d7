"""Full disks, killed programs and large steps: what was saved stays, what was not leaves no trace."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from channel_desk.clock import FixedClock, SystemClock
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.preferences import Preference
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.services.checking import check_data
from channel_desk.services.finding import ListQuery, all_ids
from channel_desk.services.imports import read_spreadsheet, run_import, suggest_mapping
from channel_desk.storage.store import Store
from tests.benchmarks.synthetic import Region
from tests.fixtures.disks import forget_pages, unreadable

ROOT = Path(__file__).parents[2]


def ledger(path: Path, size: int) -> Path:
    """A ledger of ``size`` made-up distributors with one person each."""
    region = Region(size)
    people: dict[int, Contact] = {}
    distributors = list(region.distributors())
    for contact in region.contacts():
        people.setdefault(contact.distributor_id, contact)
    with path.open("w", encoding="utf-8") as file:
        file.write("客户编码,经销商名称,省,市,地址,联系人,手机,备注\n")
        for one in distributors:
            person = people[one.id]
            values = (one.code, one.name, one.province, one.city, one.address, person.name, person.phone, one.note)
            file.write(",".join(values) + "\n")
    return path


def bring_in(store: Store, path: Path) -> None:
    table = read_spreadsheet(path).table
    store.write("Import", lambda uow: run_import(uow, table, suggest_mapping(uow, table)[0]))


def found(store: Store, text: str) -> int:
    return len(store.read(lambda reader: all_ids(reader, ListQuery(text=text))).ids)


def is_sound(store: Store) -> bool:
    return store.read(check_data).ok


# -- a full disk


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file of this process grows beyond ``size`` bytes: what a full disk looks like from inside."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_that_a_save_on_a_full_disk_changes_nothing_and_the_next_one_works(store: Store) -> None:
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    big = "长" * 400_000
    with no_file_beyond(900_000), pytest.raises(UserError) as refusal:
        store.write("b", lambda uow: [uow.insert(Distributor(name=f"Acme {n}", note=big)) for n in range(5)])
    assert refusal.value.code in {"disk_full", "disk_failed"}
    assert store.undo_label == "a"
    with no_file_beyond(900_000):
        assert [one.name for one in store.read(lambda reader: reader.all(Distributor))] == ["洞庭水电"]
        assert found(store, "dtsd") == 1
        assert found(store, "Acme") == 0
    store.write("c", lambda uow: uow.insert(Distributor(name="Acme", note=big)))
    assert found(store, "Acme") == 1
    store.undo()
    assert found(store, "Acme") == 0
    assert is_sound(store)


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
@pytest.mark.parametrize("room", [0, 100, 3000, 50_000])
def test_that_new_data_on_a_full_disk_is_refused_and_begun_anew(
    data_folder: DataFolder, clock: FixedClock, room: int
) -> None:
    with no_file_beyond(room), pytest.raises(UserError) as refusal:
        Store.open(data_folder, clock)
    assert refusal.value.code in {"disk_full", "disk_failed"}
    store = Store.open(data_folder, clock)
    assert is_sound(store)
    store.close()


FULL = """
import subprocess, sys
from pathlib import Path
place = Path(sys.argv[1])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)], capture_output=True).returncode:
    sys.exit(77)
from channel_desk.clock import SystemClock
from channel_desk.domain.distributors import Distributor
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.services.checking import check_data
from channel_desk.storage.store import Store
store = Store.open(DataFolder(place), SystemClock())
store.write("a", lambda uow: uow.insert(Distributor(name="first")))
ballast = place / "ballast"
ballast.write_bytes(bytes(200_000))
saved = 1
try:
    while True:
        store.write("b", lambda uow: uow.insert(Distributor(name=f"more {saved}", note="x" * 20_000)))
        saved += 1
except UserError as error:
    print(error.code)
print(store.read(lambda reader: reader.count(Distributor)) == saved)
ballast.unlink()
store.write("c", lambda uow: uow.insert(Distributor(name="after")))
store.close()
store = Store.open(DataFolder(place), SystemClock())
print(store.read(lambda reader: reader.count(Distributor)) == saved + 1, store.read(check_data).ok)
store.close()
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a place to mount a small disk")
def test_that_a_really_full_disk_is_told_and_survived(tmp_path: Path) -> None:
    """The disk is mounted where only the child can see it; only the superuser may."""
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-c", FULL, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("a disk may not be mounted here")
    assert done.stdout.split() == ["disk_full", "True", "True", "True"]
    assert done.stderr == ""


# -- kill -9

IMPORT = """
import sys
from pathlib import Path
from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.services.imports import read_spreadsheet, run_import, suggest_mapping
from channel_desk.storage.store import Store
store = Store.open(DataFolder(Path(sys.argv[1])), SystemClock())
table = read_spreadsheet(Path(sys.argv[2])).table
store.load_libraries()
def work(uow):
    print("begun", flush=True)
    plan = run_import(uow, table, suggest_mapping(uow, table)[0])
    print("written", flush=True)
    return plan
store.write("Import", work)
print("saved", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize("moment", ["begun", "written", "saved"])
def test_that_a_killed_import_is_all_there_or_not_at_all(
    data_folder: DataFolder, clock: FixedClock, tmp_path: Path, moment: str
) -> None:
    store = Store.open(data_folder, clock)
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    store.close()
    size = 1500
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(data_folder.root), str(ledger(tmp_path / "ledger.csv", size))],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdin is not None
    while child.stdout.readline().strip() != moment:
        assert child.poll() is None
    os.kill(child.pid, signal.SIGKILL)
    said = child.stdout.read()
    child.stdout.close()
    child.stdin.close()
    child.wait()
    if moment == "saved":
        assert data_folder.database.with_name("desk.db-wal").stat().st_size > 0
    store = Store.open(data_folder, clock)
    count = store.read(lambda reader: reader.count(Distributor))
    assert count == (1 + size if moment == "saved" or "saved" in said else 1) or (
        count == 1 + size and moment != "begun"
    )
    assert store.read(lambda reader: reader.count(Contact)) == count - 1
    assert store.read(lambda reader: reader.count(Preference)) == (1 if count > 1 else 0)
    assert found(store, "dtsd") >= 1
    assert (found(store, "CD-00007") == 1) is (count > 1)
    assert is_sound(store)
    store.write("b", lambda uow: uow.insert(Distributor(name="Acme")))
    store.close()


def test_that_a_log_beside_the_file_is_taken_up_again(
    data_folder: DataFolder, clock: FixedClock, tmp_path: Path
) -> None:
    """A copy of file and log as they lay at the moment of a crash."""
    store = Store.open(data_folder, clock)
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    log = data_folder.database.with_name("desk.db-wal")
    # Copied by another process: none but the store itself may touch the open file in this one.
    other = DataFolder(tmp_path / "after")
    command = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
    subprocess.run([sys.executable, "-c", command, str(data_folder.root), str(other.root)], check=True)
    assert log.stat().st_size > 0
    store.close()
    again = Store.open(other, clock)
    assert [one.name for one in again.read(lambda reader: reader.all(Distributor))] == ["洞庭水电"]
    assert found(again, "dtsd") == 1
    assert is_sound(again)
    again.close()


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_that_a_log_cut_off_by_a_crash_keeps_the_steps_before(
    data_folder: DataFolder, clock: FixedClock, tmp_path: Path, share: float
) -> None:
    store = Store.open(data_folder, clock)
    for number in range(30):
        store.write("a", lambda uow, number=number: uow.insert(Distributor(name=f"Acme {number}")))
    other = DataFolder(tmp_path / "after")
    command = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
    subprocess.run([sys.executable, "-c", command, str(data_folder.root), str(other.root)], check=True)
    store.close()
    log = other.database.with_name("desk.db-wal")
    os.truncate(log, int(log.stat().st_size * share))
    again = Store.open(other, clock)
    names = [one.name for one in again.read(lambda reader: reader.all(Distributor))]
    assert names == [f"Acme {number}" for number in range(len(names))]
    assert found(again, "Acme") == len(names)
    assert is_sound(again)
    again.close()


# -- a large step


@pytest.mark.slow
def test_that_ten_thousand_are_imported_taken_back_and_brought_in_again(
    data_folder: DataFolder, tmp_path: Path
) -> None:
    store = Store.open(data_folder, SystemClock())
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    before = {text: found(store, text) for text in ("dtsd", "洞庭", "CD-00042", "有限公司", "湖南")}
    assert before == {"dtsd": 1, "洞庭": 1, "CD-00042": 0, "有限公司": 0, "湖南": 0}
    bring_in(store, ledger(tmp_path / "ledger.csv", 10_000))
    count = store.read(lambda reader: reader.count(Distributor))
    assert count > 9_500
    after = {text: found(store, text) for text in before}
    assert after["CD-00042"] == 1
    assert after["有限公司"] > 1000
    store.undo()
    assert store.read(lambda reader: (reader.count(Distributor), reader.count(Contact))) == (1, 0)
    assert {text: found(store, text) for text in before} == before
    store.redo()
    assert store.read(lambda reader: reader.count(Distributor)) == count
    assert {text: found(store, text) for text in before} == after
    assert is_sound(store)
    store.close()


# -- a damaged index


def test_that_a_search_in_a_damaged_index_is_told_and_the_rest_stays_readable(store: Store) -> None:
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    for table in ("search_short", "search_long"):
        damage = f"DELETE FROM {table}_data WHERE id > 10"
        store.write("b", lambda uow, damage=damage: uow.raw.execute(damage))
    with pytest.raises(UserError) as refusal:
        found(store, "dongting")
    assert refusal.value.code == "data_unreadable"
    assert [one.name for one in store.read(lambda reader: reader.all(Distributor))] == ["洞庭水电"]


# -- a disk that is unwell for a while


def test_that_a_disk_that_is_well_again_is_read_and_written_on(store: Store, data_folder: DataFolder) -> None:
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    store.read(forget_pages)
    with unreadable(data_folder):
        for attempt in (
            lambda: found(store, "dtsd"),
            lambda: store.write("b", lambda uow: uow.insert(Distributor(name="Acme"))),
            store.undo,
        ):
            with pytest.raises(UserError) as refusal:
                attempt()
            assert refusal.value.code == "data_unreadable"
    assert found(store, "dtsd") == 1
    store.write("c", lambda uow: uow.insert(Distributor(name="Acme")))
    assert found(store, "Acme") == 1
    store.undo()
    store.undo()
    assert store.read(lambda reader: reader.all(Distributor)) == ()
    assert is_sound(store)


def test_that_a_save_that_met_an_unwell_disk_changes_nothing_and_the_next_one_works(
    store: Store, data_folder: DataFolder
) -> None:
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    store.read(forget_pages)
    with unreadable(data_folder), pytest.raises(UserError):
        store.write("b", lambda uow: uow.insert(Distributor(name="Acme")))
    store.write("c", lambda uow: uow.insert(Distributor(name="Beta")))
    assert [one.name for one in store.read(lambda reader: reader.all(Distributor))] == ["洞庭水电", "Beta"]
    store.read(lambda reader: reader.raw.execute("CREATE TEMP TABLE of_this_connection (id INTEGER)"))
    store.read(lambda reader: reader.raw.execute("SELECT * FROM of_this_connection"))  # it is not opened each time
    assert is_sound(store)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder with an open file cannot be moved there")
def test_that_a_disk_that_was_taken_out_gets_no_new_empty_file(store: Store, data_folder: DataFolder) -> None:
    store.write("a", lambda uow: uow.insert(Distributor(name="洞庭水电")))
    store.read(forget_pages)
    elsewhere = data_folder.root.with_name("elsewhere")
    with unreadable(data_folder), pytest.raises(UserError):
        found(store, "dtsd")
    data_folder.root.rename(elsewhere)
    with pytest.raises(UserError) as refusal:
        found(store, "dtsd")
    assert refusal.value.code == "data_folder_unusable"
    assert not data_folder.root.exists()
    elsewhere.rename(data_folder.root)
    assert found(store, "dtsd") == 1
