"""The strict test run: offscreen, random order, and every stray warning or log line is a failure.

Fixtures are few: a clock that stands still, an empty data folder, the two languages, an opened store.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import catalogues

from channel_desk.clock import FixedClock
from channel_desk.i18n import Language, load_language
from channel_desk.paths import DataFolder, resources

if TYPE_CHECKING:
    from channel_desk.storage.store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")

# Deadlines are timing asserts: a busy machine would fail them.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("desk")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test, and before workers start: fresh catalogues, and no way to the data of whoever runs the tests."""
    if not hasattr(config, "workerinput"):
        os.environ["CHANNEL_DESK_DATA"] = str(Path(tempfile.gettempdir()) / "channel-desk-tests-never-open-this")
        os.environ.pop("LC_ALL", None)  # it would come before the next: what names no language speaks English
        os.environ["LC_MESSAGES"] = "C"
        for code in catalogues.TRANSLATIONS:
            catalogues.compile_language(code)
    # As in the program: collected on a worker, widgets of an earlier test would end there and take the process along.
    gc.disable()


def pytest_runtest_teardown() -> None:
    """Collect between tests, on the thread of the widgets."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    gc.collect(max(number for number in range(3) if number == 0 or counts[number] > thresholds[number]))


# --- unexpected log lines


@dataclass(eq=False)
class LogWatch(logging.Handler):
    """Collects what our loggers say at WARNING and above, and what a test announced."""

    expected: list[tuple[str, str]] = field(default_factory=list)
    seen: list[logging.LogRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)

    def complaints(self) -> list[str]:
        """Lines that nobody expected, and expected lines that never came."""
        said = [(record.name, record.getMessage()) for record in self.seen]

        def fits(line: tuple[str, str], wanted: tuple[str, str]) -> bool:
            return line[0].startswith(wanted[0]) and wanted[1] in line[1]

        stray = [f"{name}: {text}" for name, text in said if not any(fits((name, text), one) for one in self.expected)]
        absent = [
            f"{name}: {text!r} was expected but not logged"
            for name, text in self.expected
            if not any(fits(line, (name, text)) for line in said)
        ]
        return stray + absent


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[LogWatch]:
    watch = LogWatch()
    ours = logging.getLogger("channel_desk")
    ours.addHandler(watch)
    yield watch
    ours.removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("unexpected in the log:\n" + "\n".join(complaints), pytrace=False)


@pytest.fixture
def expected_log(_log_watch: LogWatch) -> Callable[[str, str], None]:
    """``expected_log("channel_desk.log", "part of the message")``: this warning belongs to the test and has to come."""

    def expect(logger: str, part: str) -> None:
        _log_watch.expected.append((logger, part))

    return expect


# --- the desk


@pytest.fixture
def uncompiled(tmp_path: Path) -> Path:
    """The resources of a checkout that was never set up: no catalogue is compiled."""
    folder = tmp_path / "checkout" / "resources"
    folder.mkdir(parents=True)
    for one in resources().iterdir():
        if one.name != "i18n":
            (folder / one.name).symlink_to(one)
    shutil.copytree(resources() / "i18n", folder / "i18n", ignore=shutil.ignore_patterns("*.mo"))
    return folder


@pytest.fixture
def clock() -> FixedClock:
    """Tuesday 22 September 2026, 8:21 in Shanghai."""
    return FixedClock(datetime(2026, 9, 22, 8, 21, tzinfo=SHANGHAI).astimezone(UTC), SHANGHAI)


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """An empty data folder of this test alone."""
    folder = DataFolder(tmp_path / "desk")
    folder.create()
    return folder


@pytest.fixture
def language_en() -> Language:
    return load_language("en", resources() / "i18n")


@pytest.fixture
def language_zh() -> Language:
    return load_language("zh_CN", resources() / "i18n")


@pytest.fixture
def store(data_folder: DataFolder, clock: FixedClock) -> Iterator[Store]:
    """An opened, empty data file; closed again at the end."""
    from channel_desk.storage.store import Store

    opened = Store.open(data_folder, clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The style of the program, named as the program names it."""
    return ["channel-desk", "-style", "Fusion"]
