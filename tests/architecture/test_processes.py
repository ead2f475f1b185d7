"""What a process loads decides how fast it is there and where it can run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder, resources
from channel_desk.services.sample import fill_with_sample
from channel_desk.storage.store import Store
from tests.architecture.processes import AT_FIRST_PAINT, AT_FIRST_ROWS, AT_THE_END, loaded_modules, packages
from tests.architecture.source import ROOT

#: Everything of other people that may be loaded before the first window is painted. Each costs every start: SQLAlchemy
#: alone would make it take more than twice as long. What is missing here loads when it is first needed, or afterwards.
AT_FIRST_PAINT_ALLOWED = {"PySide6", "shiboken6", "sqlcipher3", "platformdirs", "typing_extensions"}
#: Helpers that the interpreter or PySide6 brings along without being asked.
ALONGSIDE = {"sitecustomize", "usercustomize", "shibokensupport", "signature_bootstrap", "channel_desk", "coverage"}

#: Our own of three layers that may be loaded before the first page has its rows: what it shows, and nothing of another
#: page. Each of them is some milliseconds of every start.
AT_FIRST_ROWS_ALLOWED = {
    "presentation": {
        *("calendar", "calendar_days", "coming_visit", "commitment_words", "open_points", "shares", "today"),
        "visit_wizard",
    },
    "services": {"briefs", "commitments", "preferences", "today", "visits"},
    "ui": {
        *("bus", "context", "feedback", "forms", "interpreter", "jobs", "keeping_settings", "keys", "overriding"),
        *("page", "page_spec", "passing_time", "place", "pool", "requests", "shell", "single_instance", "tab_order"),
        *("tasks", "theme", "today", "top_bar", "unread", "widgets", "worker"),
    },
}

QT = {"PySide6", "shiboken6"}


def test_that_asking_for_the_version_loads_neither_qt_nor_the_database(tmp_path: Path) -> None:
    modules = loaded_modules(AT_THE_END, tmp_path, "--version")
    assert not packages(modules) & {*QT, "sqlalchemy", "alembic", "sqlcipher3", "reportlab"}


@pytest.mark.parametrize("command", [("list", "distributors"), ("list", "visits", "--json"), ("brief", "--next")])
def test_that_a_command_runs_without_qt(tmp_path: Path, command: tuple[str, ...]) -> None:
    output = ("-o", str(tmp_path / "brief.pdf")) if command[0] == "brief" else ()
    modules = loaded_modules(AT_THE_END, tmp_path, "--sample", *command, *output)
    assert not packages(modules) & QT


def test_that_the_first_paint_waits_for_nothing_it_does_not_need(tmp_path: Path) -> None:
    Store.open(DataFolder(tmp_path / "desk"), SystemClock()).close()  # the first use makes the data file
    modules = loaded_modules(AT_FIRST_PAINT, tmp_path, "--lang", "zh_CN")
    foreign = {name for name in packages(modules) if not name.endswith("_support")}
    assert foreign - ALONGSIDE <= AT_FIRST_PAINT_ALLOWED


def test_that_the_first_rows_wait_for_nothing_of_another_page(tmp_path: Path) -> None:
    store = Store.open(DataFolder(tmp_path / "desk"), SystemClock())
    fill_with_sample(store, store.clock, resources())
    store.close()
    modules = loaded_modules(AT_FIRST_ROWS, tmp_path, "--lang", "zh_CN")
    assert {name for name in packages(modules) if not name.endswith("_support")} - ALONGSIDE <= AT_FIRST_PAINT_ALLOWED
    assert not {name for name in modules if name.startswith(("channel_desk.documents", "channel_desk.exchange"))}
    for layer, allowed in AT_FIRST_ROWS_ALLOWED.items():
        ours = {name.split(".")[2] for name in modules if name.startswith(f"channel_desk.{layer}.")}
        assert ours == allowed, layer


#: Imports the modules that are named, restores Python's import where it can, and tells whose source was read.
READ_SOURCES = """
import linecache, sys
for name in sys.argv[1:]:
    __import__(name)
    getattr(sys.modules[name], "restore_import", bool)()
print([name for name in linecache.cache if name.endswith("reader.py")])
"""


@pytest.mark.parametrize(
    ("first", "read"), [("PySide6.QtCore", True), ("channel_desk.ui.interpreter", False)], ids=["pyside", "restored"]
)
def test_that_the_import_of_pyside_does_not_read_the_source_of_each_module(first: str, read: bool) -> None:
    """The first case shows that it would: when PySide6 has stopped doing so, restoring can go."""
    done = subprocess.run(
        [sys.executable, "-c", READ_SOURCES, first, "channel_desk.services.finding"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ("reader.py" in done.stdout) == read
