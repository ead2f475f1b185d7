"""The one window: rail at the left, the page at the right, toasts above both."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page_spec import PageSpec
from channel_desk.ui.place import Place
from channel_desk.ui.shell.history import History
from channel_desk.ui.shell.pages import FIRST_PARTS, PAGES
from channel_desk.ui.shell.rail import Rail
from channel_desk.ui.shell.speaker import Speaker

if TYPE_CHECKING:
    from channel_desk.ui.page import Page
    from channel_desk.ui.shell.half_written import HalfWritten
    from channel_desk.ui.shell.popup import Panel
    from channel_desk.ui.tasks import Tasks

#: Below this width the rail shows icons only.
NARROW_BELOW = 1100
#: What is left of 1366 x 768 at 150 % beside the bars of the system: a window may not be larger than its screen.
SMALLEST = (880, 440)
START = Place("today")
#: The word of a place that begins a new record; the page has an action of that name.
NEW = "new"


class Window(QMainWindow):
    """Builds its content from a context; :meth:`furnish` again with another one changes the language."""

    def __init__(self, tasks: Tasks, make_context: Callable[[Window], Context]) -> None:
        super().__init__()
        self._tasks = tasks
        self._make_context = make_context
        self._specs: dict[str, PageSpec] = {spec.name: spec for spec in PAGES}
        self._pages: dict[str, Page] = {}
        self._history = History()
        self._body: QWidget | None = None
        self._popup: Panel | None = None
        self._is_started = False
        #: Whether the data could not be opened, so that there is no page to show.
        self._has_failed = False
        #: What the window was last kept open for: closing again leaves without it, unless it has changed meanwhile.
        self._closes_over: object = None
        self._speaker = Speaker(tasks, self, lambda: self.page)
        self.setWindowTitle("Channel Desk")
        self.setMinimumSize(*SMALLEST)
        self.furnish()
        tasks.committed.connect(self._note_commit)

    # -- building ----------------------------------------------------------------------------------------------------

    def furnish(self) -> None:
        """Build rail and pages anew, at the place where the user is."""
        self._leave_page()
        self._close_popup()  # it speaks the old language and knows the old actions
        for page in self._pages.values():
            page.let_go()
        self.ctx = self._make_context(self)
        self._pages.clear()
        self._speaker.speak_in(self.ctx)
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        body = QWidget(self)
        self._rail = Rail(self.ctx, PAGES, body)
        self._stack = QStackedWidget(body)
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self._stack, 1)
        self._rail.chosen.connect(lambda name: self.go(Place(name)))
        self._rail.protection_wanted.connect(self._explain_protection)
        if self._is_started:
            self._add_actions()
        self._rail.show_icons(wanted=self._is_started)
        self.setCentralWidget(body)
        self._body = body
        self._fit_rail()
        if self._history.current is not None:
            self._show(self._history.current)

    def _add_actions(self) -> None:
        from channel_desk.ui.shell.commands import window_actions  # not needed for the first paint

        self.addActions(list(window_actions(self, self)))

    # -- going about ---------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return next((page for page in self._pages.values() if page is shown), None)

    def go(self, place: Place) -> None:
        """Show ``place``. The word ``new`` goes to the page and begins a new record there."""
        if place.extra == NEW:
            self.begin(place.page, NEW)
            return
        self._close_panel_of_page()
        self._leave_page()
        self._history.go(place)
        self._show(place)

    def begin(self, page: str, verb: str) -> None:
        """Show a page and do ``verb`` there: the action that it has of that name."""
        self.go(Place(page))
        for action in self.page.actions() if self.page is not None else ():
            if action.objectName() == f"{page}.{verb}":
                action.trigger()

    def back(self) -> None:
        """Show the place before."""
        self._close_panel_of_page()
        self._leave_page()
        place = self._history.back()
        if place is not None:
            self._show(place)

    def become(self, place: Place) -> None:
        """What is shown is ``place`` from now on."""
        self._history.replace(place)

    def _leave_page(self) -> None:
        if self._body is not None and self.page is not None:
            self.page.leave()

    def _show(self, place: Place) -> None:
        page = self._page(place.page)
        page.show_place(place)
        self._stack.setCurrentWidget(page)
        self._speaker.make_room()
        self._rail.light(self._specs[place.page].rail)
        page.take_keyboard()

    def _page(self, name: str) -> Page:
        page = self._pages.get(name)
        if page is None:
            spec = self._specs[name]
            # A page is loaded when it is first wanted: the window paints before any of them.
            page_class: type[Page] = getattr(importlib.import_module(spec.module), spec.page_class)
            page = page_class(self.ctx, self._stack)
            page.setObjectName(name)
            page.bar.palette_wanted.connect(self.open_palette)
            self._pages[name] = page
            self._stack.addWidget(page)
        return page

    def focus_search(self) -> None:
        """Search on the page; on a page without a search, everywhere."""
        field = self.page.search_field() if self.page is not None else None
        if field is None:
            self.open_palette()
        else:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_to(self, page: str) -> None:
        """Show a page; the manual at what it says of the one before."""
        current = self._history.current
        if page != "help" or current is None:
            self.go(Place(page))
        elif current.page != "help":
            self.go(Place(page, extra=self._specs[current.page].manual))

    # -- popups --------------------------------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """The field for everything."""
        from channel_desk.ui.shell.palette import Palette

        self._open(lambda: Palette(self.ctx, self))

    def open_shortcuts(self) -> None:
        """All shortcuts of the window and of the page, and the keys that the manual tells of it."""
        from channel_desk.ui.help.manual import read_manual
        from channel_desk.ui.shell.shortcuts import Shortcuts

        current = self._history.current
        chapter = self._specs[current.page].manual if current is not None else ""
        manual = read_manual(self.ctx.resources / "help" / self.ctx.language.code)
        rows = [row for page in manual if page.key == chapter for row in page.key_rows]

        actions = [*self.actions(), *(self.page.actions() if self.page is not None else [])]
        self._open(lambda: Shortcuts(self.ctx, actions, self, rows=rows))

    def tell_crash(self, report: Path | None) -> None:
        """After a bug: keep what is being typed, and say where the report lies."""
        from channel_desk.ui.shell.crash_panel import CrashPanel

        self._leave_page()
        self._open(lambda: CrashPanel(self.ctx, report, self))

    def _explain_protection(self) -> None:
        from channel_desk.ui.shell.protection import Protection

        self._open(lambda: Protection(self.ctx, self))

    def _open(self, make: Callable[[], Panel]) -> None:
        self._close_popup()  # first, so that the next one finds the keyboard where it was before both
        self._popup = popup = make()
        popup.destroyed.connect(partial(self._forget_popup, popup))
        popup.show()

    def _close_panel_of_page(self) -> None:
        if self._popup is not None and self._popup.is_of_page:
            self._popup.close()

    def _close_popup(self) -> None:
        if self._popup is not None:
            self._popup.close()

    def _forget_popup(self, popup: Panel) -> None:
        if popup is self._popup:
            self._popup = None

    def _note_commit(self, changes: Any, initiator: QObject | None) -> None:
        self._closes_over = None
        self.ctx.bus.changed.emit(changes, initiator)

    # -- the window ----------------------------------------------------------------------------------------------------

    def restore_place(self) -> None:
        """Where the window stood last time; the middle of the screen the first time."""
        kept = self.ctx.settings.text("window")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii"))):
            screen = QApplication.primaryScreen().availableGeometry()
            # The system's own frame comes on top.
            self.resize(min(1440, screen.width()), min(900, screen.height() - 40))

    def _fit_rail(self) -> None:
        self._rail.set_narrow(narrow=self.width() < NARROW_BELOW)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.page is None or not self.page.leave_field():
            self.back()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own
        from channel_desk.ui.tab_order import step_on  # nobody presses Tab before the first paint

        here, page = QApplication.focusWidget(), self.page
        if step_on(self, forward=forward):
            return True
        if page is not None and (here is None or not here.isVisible()):
            # What had the keyboard is gone: Qt would hand it to whatever was made next, such as Undo on a toast, or
            # begin with the rail.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().focusNextPrevChild(forward)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._leave_page()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave_page()
        if self._stays_for_unstored():
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        if len(geometry) <= 200:
            self.ctx.settings.set("window", geometry)
        # Every write that was asked for is finished before the window is gone.
        self._tasks.close()
        super().closeEvent(event)

    def _stays_for_unstored(self) -> bool:
        """Whether something would be lost if the window closed now, and nobody was told of it yet."""
        from channel_desk.ui.shell.half_written import HalfWritten

        half_written = HalfWritten(self._tasks)
        tr = self.ctx.tr
        is_stored = self._tasks.finish()
        unstored = (is_stored, half_written.forms)
        if unstored in ((True, {}), self._closes_over):
            return False
        self._closes_over = unstored
        if not is_stored:
            words = tr("Not everything could be stored. Close again to leave without it.")
            self.ctx.feedback.say(words, wrong=True)
        else:
            words, show = half_written.told(self.ctx), partial(self._show_half_written, half_written)
            self.ctx.feedback.say(words, action=tr("Go there"), run=show, wrong=True)
        return True

    def _show_half_written(self, half_written: HalfWritten) -> None:
        self._closes_over = None
        half_written.show(self.go)

    def show_failure(self, error: UserError) -> None:
        """Say why the data cannot be opened; there is nothing else to show."""
        from channel_desk.ui.shell.failure import Failure

        failure = Failure(self.ctx, error, self)
        self._has_failed = True
        self._rail.setEnabled(False)
        for action in self.actions():
            self.removeAction(action)
        self._stack.addWidget(failure)
        self._stack.setCurrentWidget(failure)
        failure.setFocus()

    def start(self) -> None:
        """Show the first page, loaded part by part; called once the window has been painted."""
        self._is_started = True
        self._rail.show_icons(wanted=True)
        self._add_actions()
        self._load_next(deque(FIRST_PARTS))

    def _load_next(self, parts: deque[str]) -> None:
        if self._has_failed:
            return  # before the first page was there
        if not parts:
            self.go(START)
            return
        importlib.import_module(parts.popleft())
        QTimer.singleShot(0, self, partial(self._load_next, parts))
