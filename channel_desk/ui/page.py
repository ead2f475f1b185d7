"""The base of all pages, and how a page is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from channel_desk.domain.record import Record
from channel_desk.ui.context import Context
from channel_desk.ui.place import Place

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import ChangeSet


@dataclass(frozen=True, kw_only=True)
class PageSpec:
    """Declares a page. ``factory`` imports the page itself when it is first shown, so that the start stays fast."""

    name: str
    #: Name of the icon in the rail.
    icon: str
    #: English message for the rail and the commands.
    label: str
    #: Key sequence that goes there, such as ``Ctrl+1``; may be empty.
    shortcut: str
    factory: Callable[[Context], Page]
    #: Whether the rail lists it; pages about one record are reached from others.
    in_rail: bool = True
    #: The rail entry that is lit while this page is shown; its own name by default.
    under: str = ""


class Page(QWidget):
    """A page of the window.

    A subclass sets :attr:`name` and :attr:`kinds`, builds itself in ``__init__``, and implements :meth:`reload`.
    The window calls :meth:`show_place` each time the page is gone to. A visible page reloads when a record of its kinds
    changed; a hidden one goes stale and reloads when it is shown; its own writes are not echoed.
    """

    #: As in the page's :class:`PageSpec`; opens the object names of its actions.
    name: ClassVar[str] = ""
    #: The kinds of record whose change concerns the page.
    kinds: ClassVar[frozenset[type[Record]]] = frozenset()

    #: Title, subtitle or the parts in the top bar are different now.
    head_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(f"page.{self.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ""
        self.subtitle = ""
        #: Stands in the top bar between the title and the search field.
        self.bar: QWidget | None = None
        #: The blue button at the right of the top bar.
        self.primary_action: QAction | None = None
        #: Where Ctrl+F goes.
        self.search_field: QLineEdit | None = None
        self.is_stale = True
        context.bus.changed.connect(self._on_changes)

    # -- for subclasses --------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the record of ``place``; pages without one need nothing here. Call ``mark_stale`` for a new record."""

    def reload(self) -> None:
        """Read everything anew through ``context.tasks.read`` and show it when it is there."""

    def concerns(self, changes: ChangeSet) -> bool:
        """Whether ``changes`` touch what is shown."""
        return any(changes.touches(kind) for kind in self.kinds)

    def leave(self) -> None:
        """Hand unsaved typing to a write: the page is hidden, built anew, or the window closes."""

    def step_back(self) -> bool:
        """Esc: leave an inner state (a selection, an open editor) and return True, or False to leave the page."""
        return False

    # -- helpers for subclasses --------------------------------------------------------------------------------------

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the words at the left of the top bar."""
        self.title, self.subtitle = title, subtitle
        self.head_changed.emit()

    def add_action(
        self,
        name: str,
        text: str,
        slot: Callable[[], object],
        *,
        shortcut: str = "",
        icon: str = "",
    ) -> QAction:
        """A named action of the page, active while the page is shown; listed among the shortcuts and the commands.

        ``text`` is translated, ``icon`` a name of ``resources/icons``.
        """
        action = QAction(text, self)
        action.setObjectName(f"{self.name}.{name}")
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        if icon:
            action.setIcon(self.context.theme.icon(icon))
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        return action

    def mark_stale(self) -> None:
        """Read anew: at once when visible, else when the page is shown next."""
        self.is_stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Reload if something changed since the last time; the window calls it when the page is shown."""
        if self.is_stale:
            self.is_stale = False
            self.reload()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _on_changes(self, changes: ChangeSet, initiator: QObject | None) -> None:
        if not self._is_own(initiator) and self.concerns(changes):
            self.mark_stale()

    def _is_own(self, initiator: QObject | None) -> bool:
        while initiator is not None:
            if initiator is self:
                return True
            initiator = initiator.parent()
        return False
