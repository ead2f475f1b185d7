"""Pages and windows on a small desk of their own.

``desk`` is the context that a page is given; ``went`` collects where the page wanted to go; ``settle`` waits until the
worker has done everything and its results have arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Choice, Desk
from channel_desk.clock import FixedClock
from channel_desk.i18n import Language, load_language
from channel_desk.paths import DataFolder, resources
from channel_desk.settings import Settings
from channel_desk.storage.store import Store
from channel_desk.ui.bus import ChangeBus
from channel_desk.ui.context import Context
from channel_desk.ui.feedback import Feedback
from channel_desk.ui.file.page import FilePage
from channel_desk.ui.passing_time import PassingTime
from channel_desk.ui.place import Place
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.theme.theme import Theme
from tests.fixtures.desks import SmallDesk, furnish
from tests.fixtures.visiting import left_open, show_visit

#: Fixtures that the journeys share.
__all__ = ["left_open", "show_visit"]


@pytest.fixture(autouse=True)
def _no_button_held(qapp: QApplication) -> Iterator[None]:
    """A double click of QTest on a widget never lets go of the button, and the next test would begin in a drag."""
    yield
    if qapp.mouseButtons():
        QTest.mouseRelease(QWidget(), Qt.MouseButton.LeftButton)


@pytest.fixture(scope="session")
def _loaded_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, resources(), "light")


@pytest.fixture
def theme(qapp: QApplication, _loaded_theme: Theme) -> Theme:
    """The light theme, put on again: another test may have dressed the application its own way, with its own theme."""
    _loaded_theme.set_mode("light")
    if qapp.palette().color(QPalette.ColorRole.Base) != _loaded_theme.colour("surface"):
        _loaded_theme.set_mode("dark")
        _loaded_theme.set_mode("light")
    return _loaded_theme


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[[QWidget], QWidget]]:
    """Show a widget in a window with room around it; returns the window."""
    window = QWidget()
    layout = QVBoxLayout(window)
    qtbot.addWidget(window)

    def show(widget: QWidget) -> QWidget:
        layout.addWidget(widget)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    yield show
    window.close()


@pytest.fixture
def small_desk(data_folder: DataFolder, clock: FixedClock) -> SmallDesk:
    """One distributor with everything, written to the data folder of the test."""
    store = Store.open(data_folder, clock)
    furnished = furnish(store)
    store.close()
    return furnished


@pytest.fixture
def tasks(qapp: QApplication, data_folder: DataFolder, clock: FixedClock) -> Iterator[Tasks]:
    """A task runner on the data folder of the test, open."""
    runner = Tasks()
    failures: list[Exception] = []
    runner.open(data_folder, clock, then=lambda _: None, failed=failures.append)
    yield runner
    runner.close()
    qapp.processEvents()
    assert not failures


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Callable[[], None]:
    """Wait until nothing is on its way."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not tasks.is_busy, timeout=20_000)

    return wait


@pytest.fixture
def went() -> list[Place]:
    """Where the page wanted to go."""
    return []


@pytest.fixture
def make_desk(
    data_folder: DataFolder, clock: FixedClock, theme: Theme, tasks: Tasks, went: list[Place]
) -> Callable[[str], Context]:
    """Contexts by language code, all on the same data."""
    languages: dict[str, Language] = {}
    settings = Settings(data_folder.preferences)
    bus = ChangeBus()
    time = PassingTime(clock)
    tasks.committed.connect(bus.changed)

    def language_of(code: str) -> Language:
        if code not in languages:
            languages[code] = load_language(code, resources() / "i18n")
        return languages[code]

    def make(code: str) -> Context:
        feedback = Feedback(language_of(code), tasks)
        tasks.refused.connect(feedback.error)
        return Context(
            language=language_of(code),
            clock=clock,
            settings=settings,
            tasks=tasks,
            bus=bus,
            time=time,
            feedback=feedback,
            theme=theme,
            resources=resources(),
            language_of=language_of,
            go=went.append,
            back=lambda: went.append(Place("back")),
            become=lambda _: None,
        )

    return make


@pytest.fixture
def desk(small_desk: SmallDesk, make_desk: Callable[[str], Context]) -> Context:
    """The context of an English window on the small desk."""
    return make_desk("en")


@pytest.fixture
def open_desk(
    qtbot: QtBot, qapp: QApplication, data_folder: DataFolder, clock: FixedClock
) -> Iterator[Callable[[str], Desk]]:
    """The whole program on the data folder of the test, by language: its window is open and at rest."""
    opened: list[Desk] = []

    def start(language: str) -> Desk:
        whole = Desk(qapp, Choice(data_folder, clock, language))
        opened.append(whole)
        with qtbot.waitSignal(whole.settled, timeout=20_000):
            whole.start()
        rest(qtbot, whole)
        return whole

    yield start
    for whole in opened:
        whole.window.close()
        whole.window.deleteLater()
        whole.deleteLater()
    qapp.processEvents()


def rest(qtbot: QtBot, whole: Desk) -> None:
    """Wait until nothing is on its way, and what came is shown: Qt shows what is laid out at its next turn."""
    qtbot.waitUntil(lambda: not whole.tasks.is_busy, timeout=20_000)
    QApplication.processEvents()


@pytest.fixture
def file_page(qtbot: QtBot, desk: Context, small_desk: SmallDesk, settle: Callable[[], None]) -> FilePage:
    """The file of the small desk's distributor, shown."""
    shown = FilePage(desk)
    qtbot.addWidget(shown)
    shown.resize(1280, 860)
    shown.show_place(Place("file", small_desk.distributor))
    shown.show()
    settle()
    return shown
