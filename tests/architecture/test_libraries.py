"""Traps of the libraries we stand on: each test fails when somebody falls into one."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.architecture.source import ROOT

LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
LOCKED = {package["name"]: package["version"] for package in LOCK["package"] if "registry" in package["source"]}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_that_ten_thousand_calls_of_qt_do_not_use_up_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None in each such call and dies after about 5,000 of them."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(10_000):
        label.setEnabled(True)
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_that_a_bug_in_a_method_that_qt_calls_reaches_the_crash_path_and_does_not_end_the_process() -> None:
    """PySide6 6.11 on Python 3.11 dies of an error that comes out of C, and so is no object yet, in such a method."""
    program = """
from PySide6.QtWidgets import QApplication, QWidget
from channel_desk.ui.overriding import override

class Part(QWidget):
    @override
    def closeEvent(self, event):
        [][0]

application = QApplication([])
try:
    Part().close()
except IndexError:
    print("told")
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ended.returncode, ended.stdout) == (0, "told\n")


def test_that_qt_is_of_the_line_that_survives_the_oldest_python() -> None:
    assert (6, 11) <= numbers(metadata.version("PySide6-Essentials")) < (6, 12)


@pytest.mark.parametrize(
    "name", ["sqlcipher3-wheels", "sqlcipher3-binary", "pysqlcipher3", "PySide6", "PySide6-Addons"]
)
def test_that_a_package_we_must_not_have_is_neither_locked_nor_installed(name: str) -> None:
    """The other builds of the driver share its import name and bundle an older SQLite that loses data."""
    assert name.lower() not in LOCKED
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.version(name)


def test_that_the_database_is_new_enough_to_be_trusted() -> None:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        ((cipher,),) = connection.execute("PRAGMA cipher_version").fetchall()
    finally:
        connection.close()
    assert dbapi2.sqlite_version_info >= (3, 53, 4)
    assert numbers(cipher) >= (4, 19)


def test_that_what_is_installed_is_what_is_locked() -> None:
    installed = {one.metadata["Name"].lower().replace("_", "-"): one.version for one in metadata.distributions()}
    direct = {re.split(r"[<>=~!;\[ ]", line)[0].lower() for line in PROJECT["project"]["dependencies"]}
    assert {name: installed.get(name) for name in direct} == {name: LOCKED[name] for name in direct}


def test_that_both_locks_name_the_same_versions() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    exported = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))
    assert exported == LOCKED
    assert text.count("--hash=sha256:") > len(LOCKED)


def test_that_the_lock_belongs_to_the_dependencies_of_the_project() -> None:
    (own,) = [package for package in LOCK["package"] if package["name"] == "channel-desk"]

    def written(requirement: dict[str, str]) -> str:
        return requirement["name"] + ",".join(sorted(requirement.get("specifier", "").split(",")))

    def declared(line: str) -> str:
        name, specifier = re.fullmatch(r"([A-Za-z0-9_.-]+)\s*(.*)", line).groups()  # type: ignore[union-attr] - a line that does not match is to fail here
        return name.lower() + ",".join(sorted(specifier.replace(" ", "").split(",")))

    locked = own["metadata"]
    assert {written(one) for one in locked["requires-dist"]} == set(map(declared, PROJECT["project"]["dependencies"]))
    assert {written(one) for one in locked["requires-dev"]["dev"]} == set(
        map(declared, PROJECT["dependency-groups"]["dev"])
    )


def test_that_the_lock_names_one_public_index_without_secrets() -> None:
    """Whoever locks behind a private index must not leave its address here: nobody else could install."""
    indexes = {package["source"]["registry"] for package in LOCK["package"] if "registry" in package["source"]}
    files = [
        one["url"] for package in LOCK["package"] for one in [*package.get("wheels", []), package.get("sdist")] if one
    ]
    hosts = {url.split("/")[2] for url in files}
    assert len(indexes) == len(hosts) == 1
    assert all(re.fullmatch(r"https://[a-z.]+/simple", index) for index in indexes)
    assert all(re.fullmatch(r"[a-z.]+", host) for host in hosts)
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
