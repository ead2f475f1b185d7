"""What the window does whatever page is shown: every command is in the palette, most have keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from channel_desk.ui.context import Context
from channel_desk.ui.shell.pages import PAGES

#: Settings whose values are commands of their own.
_SETTINGS = ("theme", "language")


class _Command(NamedTuple):
    """``keys`` are shown with it; several stand behind one another, with a blank between."""

    name: str
    text: str
    keys: str
    run: Callable[[], object]


class Shell(Protocol):
    """What the commands ask of the window."""

    ctx: Context

    def open_palette(self) -> None: ...

    def open_shortcuts(self) -> None: ...

    def focus_search(self) -> None: ...

    def back(self) -> None: ...

    def turn_to(self, page: str) -> None: ...

    def begin(self, page: str, verb: str) -> None: ...


def window_actions(window: Shell, parent: QObject) -> Iterator[QAction]:
    """The actions of ``window``, in the language of its context."""
    for name, text, keys, run in _commands(window):
        action = QAction(text, parent)
        action.setObjectName(f"window.{name}")
        action.setShortcuts([QKeySequence(one) for one in keys.split()])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, run=run: run())
        yield action


def _commands(window: Shell) -> Iterator[_Command]:
    tr, tasks = window.ctx.tr, window.ctx.tasks
    yield _Command("undo", tr("Undo"), "Ctrl+Z", tasks.undo)
    yield _Command("redo", tr("Redo"), "Ctrl+Shift+Z Ctrl+Y", tasks.redo)
    yield _Command("palette", tr("Search or type a command"), "Ctrl+K", window.open_palette)
    yield _Command("search", tr("Search on this page"), "Ctrl+F", window.focus_search)
    yield _Command("back", tr("Back"), "Alt+Left", window.back)
    yield _Command("shortcuts", tr("Keyboard shortcuts"), "Ctrl+/", window.open_shortcuts)
    # Windows turns these keys into the menu by itself.
    yield _Command("menu", tr("Menu of this entry"), "" if sys.platform == "win32" else "Shift+F10", open_menu)
    for spec in PAGES:
        if spec.label:
            yield _Command(spec.name, tr(spec.label), spec.shortcut, partial(window.turn_to, spec.name))
    for name, text, page, verb in (
        ("new_distributor", tr("New distributor"), "distributors", "new"),
        ("new_visit", tr("New visit"), "planner", "new"),
        ("new_training", tr("New training"), "training", "new"),
        ("import_distributors", tr("Import…"), "distributors", "import"),
    ):
        yield _Command(name, text, "", partial(window.begin, page, verb))
    for key in _SETTINGS:
        yield from _choices(window.ctx, key)


def open_menu() -> None:
    """The menu of the right button, for what has the keyboard; as the menu key does, which many keyboards lack."""
    asked = QApplication.focusWidget()
    if asked is not None:
        place = asked.rect().center()
        wish = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, asked.mapToGlobal(place))
        QApplication.sendEvent(asked, wish)


def _choices(ctx: Context, key: str) -> Iterator[_Command]:
    """Commands that choose a value of a setting."""
    setting = ctx.settings.declaration(key)
    for value, label in setting.choices:
        text = ctx.tr("{setting}: {choice}", setting=ctx.tr(setting.label), choice=ctx.tr(label))
        yield _Command(f"{key}_{value or 'auto'}", text, "", partial(ctx.settings.set, key, value))
