"""The composition root of the window: builds everything, passes it in, and paints before anything heavy is loaded."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from channel_desk.clock import Clock
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, Language, guess_language, load_language
from channel_desk.paths import DataFolder, resources
from channel_desk.settings import Settings
from channel_desk.ui.bus import ChangeBus
from channel_desk.ui.context import Context
from channel_desk.ui.feedback import Feedback
from channel_desk.ui.overriding import override
from channel_desk.ui.passing_time import PassingTime
from channel_desk.ui.shell.pages import PAGES
from channel_desk.ui.shell.window import Window
from channel_desk.ui.single_instance import Doorbell, FolderLock, raise_running
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.theme.theme import Theme, make_application

if TYPE_CHECKING:
    from types import TracebackType

    from channel_desk.storage.store import Store
    from channel_desk.ui.crash import CrashPath


_log = logging.getLogger("channel_desk.app")

#: What :meth:`Desk.listen` is made of, loaded on the worker before it is called, and how long that takes, in ms.
LISTENERS: Final = (
    "channel_desk.log",
    "channel_desk.ui.collector",
    "channel_desk.ui.crash",
    "channel_desk.ui.ending",
    "PySide6.QtNetwork",
)
LISTEN_AFTER: Final = 1500
#: When the faces are loaded that the first page shows least of, in ms after the first paint.
FACES_AFTER: Final = 300


def check_screen() -> None:
    """Raise ``no_screen`` where Qt would abort: no display, or a library of the display missing."""
    if not sys.platform.startswith("linux"):
        return
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.split(":")[0] in {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}:
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY", "")
    if not display or not _answers(display):
        raise UserError("no_screen")


def _answers(display: str) -> bool:
    """Whether an X server listens; Qt itself would end the process."""
    import socket

    host, _, number = display.partition(":")
    number = number.split(".")[0]
    if not number.isdecimal():
        return False
    if host and host != "unix":
        try:
            socket.create_connection((host, 6000 + int(number)), timeout=2).close()
        except OSError:
            return False
        return True
    for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):  # noqa: S108 - where X servers listen
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False


@dataclass(frozen=True)
class Choice:
    """What the command line asked for."""

    folder: DataFolder
    clock: Clock
    #: Code of a language, or None for the setting.
    language: str | None = None
    #: Fills a fresh folder before anybody reads.
    prepare: Callable[[Store], None] | None = None


class Desk(QObject):
    """Everything that lives as long as the window."""

    #: The first rows are there, and what nobody waited for is under way; or there is no data to show.
    settled = Signal()
    #: A language that was asked for, by code, has no catalogue; on whichever thread it was asked for.
    _untranslated = Signal(str)

    def __init__(self, app: QApplication, choice: Choice) -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        self._resources = resources()
        self._languages: dict[str, Language] = {}
        self._translator: QTranslator | None = None
        # Later: the window that says it may only just be made.
        self._untranslated.connect(self._tell_untranslated, Qt.ConnectionType.QueuedConnection)
        self.settings = Settings(choice.folder.preferences)
        if choice.language:
            self.settings.suppose("language", choice.language)
        self.theme = Theme(app, self._resources, self.settings.text("theme"))
        self.tasks = Tasks(self)
        self.bus = ChangeBus(self)
        self.time = PassingTime(choice.clock, self)
        app.applicationStateChanged.connect(self.time.look_at_day)
        self.window = Window(self.tasks, self._context)
        self.settings.on_change(self._on_setting)
        #: Whether a key was found that has lost its data.
        self._is_data_gone = False
        self._crash: CrashPath | None = None
        self._doorbell: Doorbell | None = None

    # -- languages -----------------------------------------------------------------------------------------------------

    def language_of(self, code: str) -> Language:
        """The language called by its code, loaded once; English, and a word about it, where it is not compiled."""
        if code not in self._languages:
            language = load_language(code, self._resources / "i18n")
            if language.code != code:
                self._untranslated.emit(code)
                return language
            self._languages[code] = language
        return self._languages[code]

    @property
    def language(self) -> Language:
        """The language of the window."""
        return self.language_of(self.settings.text("language") or guess_language())

    def _context(self, window: Window) -> Context:
        language = self.language
        self._translate_qt(language.code)
        return Context(
            language=language,
            clock=self._choice.clock,
            settings=self.settings,
            theme=self.theme,
            tasks=self.tasks,
            bus=self.bus,
            time=self.time,
            feedback=Feedback(language),  # it ends with the last page that speaks its language
            resources=self._resources,
            go=window.go,
            back=window.back,
            become=window.become,
            language_of=self.language_of,
        )

    def _translate_qt(self, code: str) -> None:
        """Qt's own words: context menus of fields, file dialogs."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator.deleteLater()
            self._translator = None
        if code != "en":
            self._translator = QTranslator(self)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._translator.load(f"qtbase_{code}", folder):
                self._app.installTranslator(self._translator)

    def _tell_untranslated(self, code: str) -> None:
        self.window.ctx.feedback.error(UserError("translation_missing", language=LANGUAGES[code]))

    def _on_setting(self, key: str) -> None:
        if key == "theme":
            self.theme.set_mode(self.settings.text("theme"))
        elif key == "language":
            QTimer.singleShot(0, self.window, self.window.furnish)

    # -- starting ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Paint the empty shell, then open the data and show the first page, then load what is heavy."""
        self.window.restore_place()
        self.window.installEventFilter(AfterPaint(self.window, QEvent.Type.Paint, self._painted))
        self.window.show()

    def _painted(self) -> None:
        trace("first_paint")
        self._is_data_gone = self._choice.folder.lacks_its_data
        # Only now: the driver, loaded on the worker, would take its time from the paint.
        self.tasks.open(
            self._choice.folder,
            self._choice.clock,
            prepare=self._choice.prepare,
            then=lambda _: self._opened(),
            failed=self._cannot_open,
        )
        self.window.start()
        QTimer.singleShot(FACES_AFTER, self, self.theme.load_remaining_faces)

    def _opened(self) -> None:
        trace("opened")
        self.tasks.idle.connect(self._rows_arrived)

    def _rows_arrived(self) -> None:
        """What the first page asked for is there; once it is painted comes what nobody waits for."""
        if self.window.page is None:
            return  # the data was open before the first page was
        self.tasks.idle.disconnect(self._rows_arrived)
        self.window.installEventFilter(AfterPaint(self.window, QEvent.Type.UpdateRequest, self._settle))

    def _settle(self) -> None:
        from channel_desk.services.preferences import read_preferences
        from channel_desk.ui.keeping_settings import SettingsKeeper

        trace("first_rows")
        # Pages are loaded ahead too: the first visit opened must not wait for its modules.
        self.tasks.load_ahead([*LISTENERS, *(spec.module for spec in PAGES)])
        self.tasks.read(read_preferences, self.settings.take_from_data, owner=self.window, key="preferences")
        self.settings.keep_in_data = SettingsKeeper(self.tasks).keep
        if self._is_data_gone:
            folder = self._choice.folder
            self.window.ctx.feedback.error(UserError("data_gone", path=folder.root, name=folder.database.name))
        self.settled.emit()

    def listen(self) -> None:
        """Take over what belongs to the whole process: the log, the hooks for bugs, later starts."""
        from channel_desk.ui.collector import IdleCollector
        from channel_desk.ui.ending import Ending

        self._watch_for_bugs()
        self._ending = Ending(self.window)
        self._collector = IdleCollector(self.tasks, self)
        self._doorbell = Doorbell(self._choice.folder.root, self._raise, self)

    def _watch_for_bugs(self) -> None:
        from channel_desk.log import setup_log
        from channel_desk.ui.crash import CrashPath

        if self._crash is None:
            setup_log(self._choice.folder)
            _log.info("the window is open")
            self._crash = CrashPath(self._choice.folder, self._choice.clock, self.window.tell_crash)
            self._crash.install()

    def end(self) -> None:
        """What is written is finished and the data let go of. A log without this line tells of a sudden end."""
        self.tasks.close()
        _log.info("the window is closed")

    def take_early_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The hook of the interpreter until :meth:`listen`: a bug that strikes before takes the crash path too."""
        self._watch_for_bugs()
        sys.excepthook(kind, error, trace)

    def _raise(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _cannot_open(self, error: UserError) -> None:
        self._watch_for_bugs()
        _log.info("the data cannot be opened: %s", error)
        self.window.show_failure(error)
        self.settled.emit()


class AfterPaint(QObject):
    """Calls back once, after the window has taken the event that paints it: ``Paint`` or ``UpdateRequest``."""

    #: A window that is covered or minimized is not painted; it goes on after so many milliseconds.
    PATIENCE = 500

    def __init__(self, window: QWidget, kind: QEvent.Type, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._kind = kind
        self._then: Callable[[], None] | None = then
        QTimer.singleShot(self.PATIENCE, self, self._go_on)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name that Qt calls
        if event.type() == self._kind:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        if self._then is not None:
            then, self._then = self._then, None
            then()


def trace(moment: str) -> None:
    """Note when ``moment`` was reached and what was loaded by then, for the benchmark and the start-up test.

    Writes JSON lines into the file named by ``CHANNEL_DESK_TRACE_START``; does nothing without it.
    """
    target = os.environ.get("CHANNEL_DESK_TRACE_START")
    if target:
        entry = {"moment": moment, "at": time.monotonic(), "modules": sorted(sys.modules)}
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


def close_when_told(window: QWidget, told: Sequence[int]) -> None:
    """Until ``Ending`` listens: Ctrl+C and the like, or those ``told`` before, close ``window`` in order, where Python
    would break off what it draws just then. While the program starts, Python runs often enough to hear of it.
    """

    def close(*_: object) -> None:
        QTimer.singleShot(0, window, window.close)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, close)
    if told:
        close()


def run_window(choice: Choice, told_to_end: Sequence[int]) -> int:
    """Open the window and stay until it is closed; returns the exit status. Raises ``no_screen``.

    ``told_to_end`` are the signals that came before there was a window.
    """
    check_screen()
    app = make_application(sys.argv[0])
    app.setApplicationName("Channel Desk")
    app.setDesktopFileName("channel-desk")
    lock = FolderLock(choice.folder.root)
    if not lock.take():
        if raise_running(choice.folder.root):
            return 0
        raise UserError("data_in_use")
    desk = Desk(app, choice)
    sys.excepthook = desk.take_early_bug
    close_when_told(desk.window, told_to_end)
    desk.settled.connect(lambda: QTimer.singleShot(LISTEN_AFTER, desk, desk.listen))
    desk.start()
    status = app.exec()
    desk.end()
    lock.release()
    return status
