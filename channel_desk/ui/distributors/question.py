"""What the list of distributors is asked for: its view, chips, search field and heads together."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from channel_desk.services.finding import ListQuery, View
from channel_desk.storage.queries.distributor_list import Sort
from channel_desk.ui.context import Context
from channel_desk.ui.distributors.filters import Filters
from channel_desk.ui.distributors.table import DistributorTable
from channel_desk.ui.distributors.views import Views
from channel_desk.ui.handed_on import hand_on, take_over


@dataclass(frozen=True)
class _Put:
    """How the question was put."""

    view: View
    text: str
    chosen: tuple[frozenset[str], ...]
    sort: Sort
    falls: bool


class Question(QObject):
    """``changed`` when it asks for something else. It outlives a change of the language (:meth:`keep`)."""

    changed = Signal()

    def __init__(self, ctx: Context, table: DistributorTable) -> None:
        super().__init__(table)
        self._ctx = ctx
        self._table = table
        self._sort: Sort = "name"
        self._falls = False
        self.views = Views(ctx)
        self.filters = Filters(ctx)
        self._take_up()
        self.views.chosen.connect(lambda _: self.changed.emit())
        self.filters.typed.connect(lambda _: self.changed.emit())
        self.filters.narrowed.connect(self.changed)

    @property
    def query(self) -> ListQuery:
        filters = self.filters
        return ListQuery(
            text=filters.search.text().strip(),
            tiers=filters.chosen_tiers,
            statuses=filters.chosen_statuses,
            regions=filters.regions.chosen,
            view=self.views.current,
            sort=self._sort,
            descending=self._falls,
        )

    def sort_by(self, sort: Sort, *, falls: bool) -> None:
        """Sort by a column; ``falls`` puts the greatest value first."""
        self._sort, self._falls = sort, falls
        self._table.show_sort(sort, falls=falls)
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything: take back search, chips and view."""
        self.views.choose(View.ALL)
        self.filters.clear()

    def keep(self) -> None:
        """Hand the question to the page that is made next."""
        filters = self.filters
        chosen = tuple(choice.chosen for choice in filters.choices)
        hand_on(self._ctx, _Put(self.views.current, filters.search.text(), chosen, self._sort, self._falls))

    def _take_up(self) -> None:
        put = take_over(self._ctx, _Put)
        if put is None:
            return
        self.views.choose(put.view)
        self.filters.put(put.text, put.chosen)
        self._sort, self._falls = put.sort, put.falls
        self._table.show_sort(put.sort, falls=put.falls)
