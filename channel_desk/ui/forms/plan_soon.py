"""A visit that is planned without asking when: it stands in the planner then, to be moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from channel_desk.domain.record import DistributorId
from channel_desk.domain.visits import Visit
from channel_desk.presentation.calendar import free_slot, moment, next_working_day
from channel_desk.services.visits import plan_visit, visits_between
from channel_desk.ui.context import Context

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


def plan_soon(ctx: Context, distributor_id: int, *, owner: QObject, then: Callable[[int, str], None]) -> None:
    """Put a visit into the first gap of the next working day; ``then`` gets its id and the day, as YYYY-MM-DD."""
    day, zone = next_working_day(ctx.today), ctx.clock.zone
    length = timedelta(minutes=ctx.settings.number("visit_minutes"))
    first_hour = ctx.settings.number("day_starts") + 1

    def work(uow: UnitOfWork) -> int:
        lines = visits_between(uow, moment(day, 0, zone), moment(day + timedelta(days=1), 0, zone))
        span = free_slot(lines, day, zone, first_hour=first_hour, length=length)
        visit = Visit(distributor_id=DistributorId(distributor_id), starts_at=span.starts_at, ends_at=span.ends_at)
        return plan_visit(uow, visit)

    label = ctx.tr("Visit planned for {day}", day=ctx.formats.day(day, ctx.today))
    ctx.tasks.write(label, work, initiator=owner, then=lambda visit_id: then(visit_id, day.isoformat()))
