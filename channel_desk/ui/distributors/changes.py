"""What the list of distributors changes: each a step of its own with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from channel_desk.domain.distributors import Distributor, Tier
from channel_desk.errors import UserError
from channel_desk.services.distributors import create_distributor, delete_distributor, edit_distributor
from channel_desk.ui.context import Context
from channel_desk.ui.forms.plan_soon import plan_soon

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


class DistributorChanges(QObject):
    """Belongs to the page, so that its changes are the page's own: the page hears of them here, once."""

    #: The list is another one.
    changed = Signal()
    #: A new file stands: its id.
    created = Signal(int)
    #: A visit stands: its id, and its day as it is written in a place.
    planned = Signal(int, str)

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx

    def create(self, name: str, *, failed: Callable[[UserError], None]) -> None:
        """A new file with nothing but its name; then it is opened."""
        self._ctx.tasks.write(
            self._ctx.tr("{name} created", name=name),
            lambda uow: create_distributor(uow, Distributor(name=name)),
            initiator=self,
            then=self.created.emit,
            failed=failed,
        )

    def delete(self, ids: Sequence[int], *, name: str = "") -> None:
        """Delete ``ids`` in one step; ``name`` is said for a single one."""

        def work(uow: UnitOfWork) -> None:
            for one in ids:
                delete_distributor(uow, one)

        count = len(ids)
        many = self._ctx.tr_n("{count} distributor deleted", "{count} distributors deleted", count, count=count)
        label = self._ctx.tr("{name} deleted", name=name) if name else many
        self._ctx.tasks.write(label, work, initiator=self, then=lambda _: self.changed.emit())

    def set_tier(self, ids: Sequence[int], tier: Tier | None) -> None:
        def work(uow: UnitOfWork) -> None:
            for one in ids:
                edit_distributor(uow, one, tier=tier)

        count = len(ids)
        words = tier.value if tier is not None else self._ctx.tr("Without tier")
        label = self._ctx.tr_n(
            "Tier of {count} distributor set: {tier}",
            "Tier of {count} distributors set: {tier}",
            count,
            count=count,
            tier=words,
        )
        self._ctx.tasks.write(label, work, initiator=self, then=lambda _: self.changed.emit())

    def plan(self, distributor_id: int) -> None:
        """Plan a visit soon; it is shown in the planner to be moved."""
        plan_soon(self._ctx, distributor_id, owner=self, then=self.planned.emit)
