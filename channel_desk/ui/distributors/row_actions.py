"""What can be done with rows of the list: each a command, and all of them the menu of a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint

from channel_desk.domain.distributors import Tier
from channel_desk.ui.distributors.changes import DistributorChanges
from channel_desk.ui.distributors.list_area import ListArea
from channel_desk.ui.page import Page
from channel_desk.ui.widgets.choice_menu import ChoiceMenu
from channel_desk.ui.widgets.menu import Entry, open_menu

#: In the order in which they are offered.
_TIERS: Final = (*Tier, None)
#: So many things, the first, can be done with a single row only.
_OF_ONE: Final = 2


class RowActions(QObject):
    """Adds the actions to ``page``; they mean the checked rows of ``area``, else the current one."""

    def __init__(
        self, page: Page, area: ListArea, changes: DistributorChanges, *, open_file: Callable[[int], None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._area = area
        self._changes = changes
        self._open_file = open_file
        tr = page.ctx.tr
        self._actions = [
            page.add_page_action("open", tr("Open file"), self._open),
            page.add_page_action("plan", tr("Plan visit"), self._plan),
            *(
                page.add_page_action(
                    f"tier_{'none' if tier is None else tier.value.lower()}",
                    tr("Without tier") if tier is None else tr("Set tier {tier}", tier=tier.value),
                    partial(self._set_tier, tier),
                )
                for tier in _TIERS
            ),
            page.add_page_action("delete", tr("Delete"), self.delete),
        ]
        bulk = area.foot.bulk
        bulk.opened.connect(self._open)
        bulk.visit_wanted.connect(self._plan)
        bulk.tier_wanted.connect(self._offer_tiers)
        bulk.deleted.connect(self.delete)
        area.table.delete_wanted.connect(self.delete)
        area.table.menu_wanted.connect(self._open_menu)

    def delete(self) -> None:
        """Delete what is checked, else the current row; Undo brings it back."""
        if self._area.affected:
            row = self._area.affected_row
            self._changes.delete(self._area.affected, name="" if row is None else row.name)

    @property
    def _single(self) -> int:
        """What is done with one row only means the current one where several are checked; 0 without any."""
        affected = self._area.affected
        return affected[0] if len(affected) == 1 else self._area.table.current_id

    def _open(self) -> None:
        if self._single:
            self._open_file(self._single)

    def _plan(self) -> None:
        if self._single:
            self._changes.plan(self._single)

    def _set_tier(self, tier: Tier | None) -> None:
        if self._area.affected:
            self._changes.set_tier(self._area.affected, tier)

    def _offer_tiers(self, below: QPoint) -> None:
        """The tiers, above a place of the screen; that of a single row is marked."""
        ctx, row = self._page.ctx, self._area.affected_row
        letters = ["" if tier is None else tier.value for tier in _TIERS]
        words = [letter or ctx.tr("Without tier") for letter in letters]
        menu = ChoiceMenu(ctx.theme, words, -1 if row is None else letters.index(row.tier), self._page)
        menu.picked.connect(lambda place: self._set_tier(_TIERS[place]))
        menu.open_at(below - QPoint(0, menu.sizeHint().height()))

    def _open_menu(self, place: QPoint) -> None:
        entries: list[Entry] = [(action.text(), action.trigger) for action in self._actions]
        entries.insert(-1, None)
        shown = entries if len(self._area.affected) == 1 else entries[_OF_ONE:]
        open_menu(self._page.ctx.theme, self._page, shown, place)
