"""The encrypted file: key, locks, damage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from channel_desk.clock import FixedClock
from channel_desk.domain.distributors import Distributor
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.storage.file import DataKey, connect
from channel_desk.storage.store import Store


def filled(folder: DataFolder, clock: FixedClock) -> None:
    store = Store.open(folder, clock)
    store.write("Create", lambda uow: uow.insert(Distributor(name="秘密商贸 Very Secret Trading")))
    store.close()


def refused(folder: DataFolder, clock: FixedClock) -> str:
    with pytest.raises(UserError) as caught:
        Store.open(folder, clock)
    return caught.value.code


def test_that_nothing_in_the_folder_is_readable_without_the_key(data_folder, clock):
    filled(data_folder, clock)
    paths = {path for path in data_folder.root.rglob("*") if path.is_file()} - {data_folder.key}
    assert data_folder.database in paths
    for path in paths:
        content = path.read_bytes()
        assert b"Secret" not in content
        assert "秘密".encode() not in content
        assert not content.startswith(b"SQLite format")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access in lists, not in mode bits")
def test_that_only_the_owner_can_read_the_key_file(data_folder, clock):
    filled(data_folder, clock)
    assert data_folder.key.stat().st_mode & 0o077 == 0


def test_that_the_key_is_on_the_disk_before_there_is_anything_to_open_with_it(data_folder, clock, monkeypatch):
    synced: list[tuple[str, bool]] = []
    to_disk = os.fsync

    def noted(handle: int) -> None:
        to_disk(handle)
        synced.append((data_folder.key.read_text("ascii"), data_folder.database.exists()))

    monkeypatch.setattr(os, "fsync", noted)
    filled(data_folder, clock)
    assert synced == [(data_folder.key.read_text("ascii"), False)]


def test_that_data_without_its_key_is_refused_and_no_new_key_is_made(data_folder, clock):
    filled(data_folder, clock)
    data_folder.key.unlink()
    assert refused(data_folder, clock) == "data_key_missing"
    assert not data_folder.key.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "not json",
        '{"key": "zz", "salt": "00"}',
        '{"key": "00", "salt": "00"}',
        f'{{"key": "{"0" * 64}", "salt": "00"}}',
        f'{{"key": "00", "salt": "{"0" * 32}"}}',
        "[]",
    ],
)
def test_that_a_broken_key_file_is_refused(data_folder, clock, text):
    filled(data_folder, clock)
    data_folder.key.write_text(text, "ascii")
    assert refused(data_folder, clock) == "data_key_damaged"


def test_that_another_key_does_not_open_the_data(data_folder, clock):
    filled(data_folder, clock)
    data_folder.key.unlink()
    DataKey.create().save(data_folder.key)
    before = data_folder.database.read_bytes()
    assert refused(data_folder, clock) == "data_unreadable"
    assert data_folder.database.read_bytes() == before


def test_that_a_flipped_bit_in_the_salt_of_the_file_loses_nothing(data_folder, clock):
    filled(data_folder, clock)
    content = bytearray(data_folder.database.read_bytes())
    content[5] ^= 1
    data_folder.database.write_bytes(bytes(content))
    store = Store.open(data_folder, clock)
    assert store.read(lambda reader: reader.get(Distributor, 1)).name.startswith("秘密")
    store.close()


def test_that_a_flipped_bit_in_the_content_is_noticed(data_folder, clock):
    filled(data_folder, clock)
    content = bytearray(data_folder.database.read_bytes())
    content[2000] ^= 1
    data_folder.database.write_bytes(bytes(content))
    assert refused(data_folder, clock) == "data_unreadable"


#: Names that Windows does not allow.
_STRANGE: Final = () if sys.platform == "win32" else ("what? data", 'a"b')


@pytest.mark.parametrize("name", ["100%25 #1", "渠道 数据", "a'b", *_STRANGE])
def test_that_odd_folder_names_open_the_right_file(tmp_path: Path, clock, name):
    folder = DataFolder(tmp_path / name)
    filled(folder, clock)
    assert folder.database.is_file()
    assert {path.name for path in tmp_path.iterdir()} == {name}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not allow such a name")
def test_that_a_folder_called_like_an_address_holds_its_own_data(tmp_path: Path, clock, monkeypatch):
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path)
    folder = DataFolder(Path("file:desk"))
    filled(folder, clock)
    assert folder.database.is_file()
    assert list((tmp_path / "desk").iterdir()) == []


def test_that_the_safety_switches_are_on(data_folder, clock):
    filled(data_folder, clock)
    raw = connect(data_folder.database, DataKey.load(data_folder.key))
    answers = {
        name: raw.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            *("journal_mode", "synchronous", "fullfsync", "checkpoint_fullfsync", "foreign_keys", "locking_mode"),
            *("secure_delete", "cell_size_check", "temp_store", "trusted_schema"),
        )
    }
    raw.close()
    assert answers == {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "locking_mode": "exclusive",
        "secure_delete": 1,
        "cell_size_check": 1,
        "temp_store": 2,
        "trusted_schema": 0,
    }


SECOND = """
import sys
from pathlib import Path
from typing import Final
from channel_desk.clock import SystemClock
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.storage.store import Store
try:
    Store.open(DataFolder(Path(sys.argv[1])), SystemClock())
except UserError as error:
    print(error.code)
"""


def test_that_a_second_program_is_told_that_the_data_is_in_use(data_folder, store):
    done = subprocess.run(
        [sys.executable, "-c", SECOND, str(data_folder.root)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "data_in_use"
    assert store.read(lambda reader: reader.count(Distributor)) == 0
