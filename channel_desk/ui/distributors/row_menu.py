"""The menu of a row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from channel_desk.domain.distributors import Tier
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.menu import Menu


class RowMenu(Menu):
    """What can be done with ``count`` rows; opening and planning are for a single one."""

    opened = Signal()
    visit_wanted = Signal()
    tier_chosen = Signal(object)
    deleted = Signal()

    def __init__(self, ctx: Context, parent: QWidget, *, count: int) -> None:
        super().__init__(ctx.theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tr = ctx.tr
        if count == 1:
            self._add(tr("Open file")).triggered.connect(self.opened)
            self._add(tr("Plan visit")).triggered.connect(self.visit_wanted)
        for tier in Tier:
            self._add(tr("Set tier {tier}", tier=tier.value)).triggered.connect(partial(self._choose, tier))
        self.addSeparator()
        self._add(tr("Delete")).triggered.connect(self.deleted)

    def open_at(self, place: QPoint) -> None:
        """Show the menu at a place of the screen."""
        self.popup(place)

    def _add(self, words: str) -> QAction:
        action = QAction(words, self)
        self.addAction(action)
        return action

    def _choose(self, tier: Tier, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's triggered hands it over
        self.tier_chosen.emit(tier)
