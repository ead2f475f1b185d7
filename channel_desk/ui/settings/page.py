"""The settings, built from their declarations; each is kept at once."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.settings import SETTINGS, Setting
from channel_desk.settings.declarations import Value
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.settings.editors import Editor
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text

_WIDTH = 760
_LABEL = 200
#: Height of the help line with the room below it.
_HELP = 28


class SettingsPage(Page):
    """A card for each group, in the order of the declarations."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.editors: dict[str, Editor] = {}
        self._build()
        ctx.theme.mode_chosen.connect(self._follow_theme)  # by Ctrl+K while the page is open

    def _build(self) -> None:
        ctx = self.ctx
        self.bar.set_title(ctx.tr("Settings"), ctx.tr("Changes are saved at once"))
        column = QVBoxLayout()
        column.setSpacing(16)
        shown = [setting for setting in SETTINGS if not setting.hidden]
        for group, settings in groupby(shown, key=lambda setting: setting.group):
            column.addWidget(self._card(group, list(settings)))
        column.addStretch(1)
        narrow = QWidget()
        narrow.setMaximumWidth(_WIDTH)
        narrow.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        ground = QWidget()
        outer = QHBoxLayout(ground)
        outer.setContentsMargins(24, 16, 24, 24)
        outer.addWidget(narrow, 1)
        outer.addStretch(0)
        scroll = Scroller(ground)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fill(scroll)

    def _card(self, group: str, settings: list[Setting]) -> Card:
        ctx = self.ctx
        card = Card(ctx.theme, ctx.tr(group))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        for number, setting in enumerate(settings):
            editor = Editor(ctx, setting, partial(self._keep, setting))
            self.editors[setting.key] = editor
            row = 2 * number
            label = Text(ctx.theme, ctx.tr(setting.label), "body-strong")
            label.setMinimumHeight(32)
            label.setBuddy(editor.widget)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor.widget, row, 1, Qt.AlignmentFlag.AlignLeft)
            words = Text(ctx.theme, ctx.tr(setting.help), "secondary", "ink-3", wrap=True)
            grid.addWidget(words, row + 1, 1, Qt.AlignmentFlag.AlignTop)
            if number < len(settings) - 1:
                grid.setRowMinimumHeight(row + 1, _HELP)
            editor.widget.setAccessibleDescription(ctx.tr(setting.help))
        card.body.addLayout(grid)
        return card

    @override
    def show_place(self, place: Place) -> None:
        for key, editor in self.editors.items():
            editor.show(self.ctx.settings.value(key))

    def _follow_theme(self) -> None:
        self.editors["theme"].show(self.ctx.settings.value("theme"))

    @override
    def leave(self) -> None:
        for editor in self.editors.values():
            editor.save()

    def _keep(self, setting: Setting, value: Value) -> None:
        if setting.accepts(value):
            self.ctx.settings.set(setting.key, value)
