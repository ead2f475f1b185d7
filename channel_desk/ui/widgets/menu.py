"""Menus of the house: with the face of the body and round corners."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QCursor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.corners import cut_corners, round_off

#: Words and what they do; None is a line between two groups.
Entry = tuple[str, Callable[[], object]] | None
#: Between a button and the menu below it.
_GAP = 4


class Menu(QMenu):
    """To be filled with actions; the style sheet of the theme knows it by its property."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("round", True)  # noqa: FBT003 - Qt's own signature
        self.setFont(theme.font("body"))
        round_off(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut_corners(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter that opened the menu and is still held down takes nothing."""
        if not (event.key() in ENTER and event.isAutoRepeat()):
            super().keyPressEvent(event)

    def mark_first(self) -> None:
        """The menu was opened by key: the next key finds an entry marked."""
        self.setActiveAction(next(action for action in self.actions() if not action.isSeparator()))


def open_menu(theme: Theme, parent: QWidget, entries: Sequence[Entry], at: QPoint) -> Menu:
    """A menu at a point of the screen, which ends when it closes."""
    menu = _filled(theme, parent, entries)
    by_key = at != QCursor.pos()
    menu.popup(at)
    if by_key:
        menu.mark_first()
    return menu


def open_menu_at(
    theme: Theme,
    anchor: QWidget,
    entries: Sequence[Entry],
    *,
    right: bool = False,
    above: bool = False,
    current: str = "",
) -> Menu:
    """A menu below ``anchor``, or ``above`` it; the entry called ``current`` holds now."""
    menu = _filled(theme, anchor, entries, current=current)
    size = menu.sizeHint()
    left, top = anchor.width() - size.width() if right else 0, -size.height() if above else anchor.height() + _GAP
    by_key = not anchor.underMouse()  # it is not any more once the menu is there
    menu.popup(anchor.mapToGlobal(QPoint(left, top)))
    if by_key:
        menu.mark_first()
    return menu


def _filled(theme: Theme, parent: QWidget, entries: Sequence[Entry], *, current: str = "") -> Menu:
    menu = Menu(theme, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        words, run = entry
        action = QAction(words.replace("&", "&&"), menu)  # "M&E" is a name, not a mnemonic
        action.triggered.connect(lambda _checked=False, run=run: run())
        menu.addAction(action)
        if words == current:
            action.setIcon(theme.icon("check", "accent"))
    return menu
