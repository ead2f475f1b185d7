"""Ctrl+K: type part of a command, or anything known of a distributor, and press Enter."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from channel_desk.errors import UserError
from channel_desk.presentation.palette import Command, Hit, command_hits, distributor_hits, in_rank
from channel_desk.services.finding import suggest
from channel_desk.ui.context import Context
from channel_desk.ui.forms.hit_list import HitList
from channel_desk.ui.place import Place
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.key_cap import key_names

_MOST = 9
#: Commands that stay in sight among the distributors.
_COMMANDS = 3


class Palette(Panel):
    """See the module."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(ctx, window, width=560, top=72)
        self.setObjectName("palette")
        page = getattr(window, "page", None)
        self._actions: dict[str, QAction] = {
            action.objectName(): action
            for source in (page, window)
            if isinstance(source, QWidget)
            for action in source.actions()
            if action.text() and action.isEnabled() and action.objectName() != "window.palette"
        }
        hint = ctx.tr("Name, contact, phone, note, or a command")
        box = TextField(ctx.theme, hint, icon="search", name=ctx.tr("Search or type a command"), size=36, parent=self)
        self._field = box.edit
        self._list = HitList(ctx.theme, self._field, row_height=36, parent=self)
        self._list.setObjectName("palette_list")
        self._list.taken.connect(self._choose)
        self.body.addWidget(box)
        self.body.addWidget(self._list)
        self._field.textChanged.connect(self._search)
        self.setFocusProxy(self._field)
        self._show(command_hits(self._commands(), ""), ())

    def _commands(self) -> tuple[Command, ...]:
        """Each text once: the page's own action goes before the window's. Their object names are English."""
        found: dict[str, Command] = {}
        for name, action in self._actions.items():
            command = found.get(action.text()) or Command(name, action.text(), key_names(action.shortcut()))
            words = f"{command.english} {name.partition('.')[2]}".replace("_", " ").strip()
            found[action.text()] = replace(command, english=words)
        return tuple(found.values())

    def _search(self, typed: str) -> None:
        commands = command_hits(self._commands(), typed)
        if not typed.strip():
            self.ctx.tasks.drop(self, "search")  # what was sought before the field was emptied
            self._show(commands, ())
            return
        self._list.wait()
        self.ctx.tasks.read(
            lambda reader: suggest(reader, typed),
            lambda found: self._show(commands, distributor_hits(found, typed, icon="building-2")),
            owner=self,
            key="search",
            failed=self._tell_unread,
        )

    def _tell_unread(self, error: UserError) -> None:
        """Not even the commands are offered: Enter was meant for what would have been found."""
        self._list.wait()
        self._list.show_hits((), otherwise=self.ctx.feedback.sentence(error))
        self.place()

    def _show(self, commands: tuple[Hit, ...], distributors: tuple[Hit, ...]) -> None:
        hits = in_rank(commands, distributors, most=_MOST, least=_COMMANDS)
        self._list.show_hits(hits, otherwise=self.ctx.tr("Nothing found"))
        self.place()

    def _choose(self, hit: Hit) -> None:
        action = self._actions.get(hit.command)
        self.close()
        if action is not None:
            action.trigger()
        elif hit.distributor:
            self.ctx.go(Place("file", hit.distributor))
