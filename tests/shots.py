"""``dev.py shots [FOLDER] [--only NAME …]``: photographs of every page, in both languages and both themes.

The sample is dated around Tuesday 22 September 2026, 8:21 in Shanghai: a picture changes only when the page does.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from channel_desk.app import Choice, Desk
from channel_desk.clock import FixedClock
from channel_desk.domain.visits import Phase
from channel_desk.i18n import LANGUAGES
from channel_desk.paths import DataFolder, resources
from channel_desk.services.briefs import next_visit_id
from channel_desk.services.sample import fill_with_sample
from channel_desk.settings import Settings
from channel_desk.storage.reader import Reader
from channel_desk.storage.store import Store
from channel_desk.ui.handed_on import take_over
from channel_desk.ui.importing.open_import import OpenImport
from channel_desk.ui.place import Place
from channel_desk.ui.shell.window import NEW, Window
from channel_desk.ui.theme.theme import make_application

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = datetime(2026, 9, 22, 8, 21, tzinfo=SHANGHAI).astimezone(UTC)
THEMES: Final = ("light", "dark")
LARGE: Final = (1440, 900)
SMALL: Final = (1024, 700)
SPREADSHEET: Final = Path(__file__).parent / "fixtures" / "spreadsheets" / "messy-distributors.xlsx"
#: Milliseconds that are waited at a time, without work after which a page is at rest, and after which it is given up.
_TURN: Final = 25
_REST: Final = 400
_LIMIT: Final = 30_000


@dataclass(frozen=True)
class Shot:
    """One view of one page. ``record`` names what it shows: a key of :func:`sample_records`."""

    name: str
    page: str
    record: str = ""
    extra: str = ""
    #: Also in the smallest window; also without any data.
    small: bool = False
    empty: bool = False
    #: What is done on the page before it is photographed.
    then: Callable[[Window], object] | None = None

    def place(self, records: dict[str, int]) -> Place:
        return Place(self.page, records[self.record] if self.record else None, self.extra)


SHOTS: Final[tuple[Shot, ...]] = (
    Shot("today", "today", small=True, empty=True),
    Shot("distributors", "distributors", small=True, empty=True),
    Shot("distributors-search", "distributors", extra="hn"),
    Shot("planner", "planner", small=True, empty=True),
    Shot("planner-month", "planner", then=lambda window: window.page.show_mode("month")),
    Shot("planner-visit", "planner", record="visit", small=True),
    Shot("training", "training", empty=True),
    Shot("training-new", "training", extra=NEW),
    Shot("file", "file", record="distributor", small=True),
    Shot("import", "import", extra=str(SPREADSHEET), small=True),
    Shot("import-start", "import", empty=True),
    Shot("visit", "visit", record="visit", small=True, then=lambda window: window.page.go_to_phase(Phase.DURING)),
    Shot("visit-before", "visit", record="visit", then=lambda window: window.page.go_to_phase(Phase.BEFORE)),
    Shot("visit-after", "visit", record="visit", then=lambda window: window.page.go_to_phase(Phase.AFTER)),
    Shot("visit-promise", "visit", record="visit", small=True, then=lambda window: window.page.record_promise()),
    Shot("brief", "brief", record="visit", small=True),
    Shot("session", "session", record="session", small=True),
    Shot("help", "help", small=True),
    Shot("help-keys", "help", extra="visit"),
    Shot("settings", "settings"),
    Shot("palette", "today", then=lambda window: window.open_palette()),
    Shot("shortcuts", "planner", then=lambda window: window.open_shortcuts()),
)


def sample_records(reader: Reader) -> dict[str, int]:
    """The ids of the sample's records that shots are about."""
    from channel_desk.domain.distributors import Distributor
    from channel_desk.domain.training import TrainingSession

    return {
        "distributor": reader.all(Distributor, limit=1)[0].id,
        "visit": next_visit_id(reader),
        "session": reader.all(TrainingSession, limit=1)[0].id,
    }


def wait(milliseconds: int) -> None:
    """Let events be handled; the worker keeps the interpreter's lock for its share, which ``QTest.qWait`` denies it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(desk: Desk) -> None:
    """Wait until the page is at rest.

    A turn of the loop that took long was spent on a page being filled: what it needs then, its layout above all, comes
    in the next turns, and so rest begins anew.
    """
    quiet = began = time.monotonic()
    while time.monotonic() - quiet < _REST / 1000:
        turn = time.monotonic()
        wait(_TURN)
        if desk.tasks.is_busy or time.monotonic() - turn > 3 * _TURN / 1000:
            quiet = time.monotonic()
        if time.monotonic() - began > _LIMIT / 1000:
            raise TimeoutError(desk.window.page.objectName() if desk.window.page else "")


@contextmanager
def open_sample(app: QApplication, language: str, *, filled: bool = True) -> Iterator[tuple[Desk, dict[str, int]]]:
    """The program on a folder that is thrown away, with the ids of what it shows."""
    records: dict[str, int] = {}

    def prepare(store: Store) -> None:
        fill_with_sample(store, store.clock, resources())
        records.update(store.read(sample_records))

    with tempfile.TemporaryDirectory(prefix="channel-desk-shots-") as root:
        folder = DataFolder(Path(root))
        Settings(folder.preferences).set("theme", "light")
        choice = Choice(folder, FixedClock(NOW, SHANGHAI), language, prepare if filled else None)
        desk = Desk(app, choice)
        loop = QEventLoop()
        desk.settled.connect(loop.quit)
        QTimer.singleShot(_LIMIT, loop.quit)
        desk.start()
        loop.exec()
        settle(desk)
        try:
            yield desk, records
        finally:
            desk.window.close()
            desk.window.deleteLater()
            desk.deleteLater()
            app.processEvents()


def photograph(app: QApplication, folder: Path, *, only: tuple[str, ...] = ()) -> Iterator[Path]:
    """Write every picture into ``folder`` and name it."""
    wanted = [shot for shot in SHOTS if not only or shot.name in only]
    for language in LANGUAGES:
        with open_sample(app, language) as (desk, records):
            for theme in THEMES:
                desk.settings.set("theme", theme)
                for shot in wanted:
                    yield _take(desk, shot, records, folder / f"{shot.name}-{language}-{theme}.png", LARGE)
                    if shot.small:
                        yield _take(desk, shot, records, folder / f"{shot.name}-small-{language}-{theme}.png", SMALL)
        with open_sample(app, language, filled=False) as (desk, _):
            for shot in wanted:
                if shot.empty:
                    yield _take(desk, shot, {}, folder / f"{shot.name}-empty-{language}-light.png", LARGE)


def _take(desk: Desk, shot: Shot, records: dict[str, int], target: Path, size: tuple[int, int]) -> Path:
    window = desk.window
    window.go(Place("settings"))  # the place where pages are built anew: what was there before is gone with its page
    window.furnish()  # nothing of the shot before is left: no scrolled list, no open popup
    take_over(window.ctx, OpenImport)  # nor the file of an import, which outlives its page
    window.resize(*size)
    window.go(shot.place(records))
    settle(desk)
    if shot.then is not None:
        shot.then(window)
        settle(desk)
    window.grab().save(str(target))
    return target


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="dev.py shots", description="Photograph every page.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/shots"), metavar="FOLDER")
    parser.add_argument("--only", nargs="+", default=[], choices=[shot.name for shot in SHOTS], metavar="NAME")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    given.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for path in photograph(make_application("shots"), given.folder, only=tuple(given.only)):
        sys.stdout.write(f"{path}\n")
        count += 1
    sys.stdout.write(f"{count} pictures\n")


if __name__ == "__main__":
    main()
