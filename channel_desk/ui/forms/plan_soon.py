"""When a new visit takes place that nobody gave a time: it stands in the planner then, to be moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.record import DistributorId
from channel_desk.domain.visits import Visit
from channel_desk.presentation.calendar_days import next_working_day
from channel_desk.presentation.visit_span import Span, free_slot, moment
from channel_desk.services.visits import plan_visit, visits_between
from channel_desk.ui.context import Context

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


def visit_length(ctx: Context) -> timedelta:
    """How long a new visit is."""
    return timedelta(minutes=ctx.settings.number("visit_minutes"))


def gap_on(ctx: Context, day: date) -> Callable[[Iterable[VisitLine]], Span]:
    """What finds the time of a new visit on ``day`` among others; may be called on any thread."""
    return partial(
        free_slot,
        day=day,
        zone=ctx.clock.zone,
        now=ctx.clock.now(),
        day_starts=ctx.settings.number("day_starts"),
        length=visit_length(ctx),
    )


def plan_soon(ctx: Context, distributor_id: int, *, owner: QObject, then: Callable[[int, str], None]) -> None:
    """Put a visit into the first gap of the next working day; ``then`` gets its id and the day, as YYYY-MM-DD."""
    day, zone = next_working_day(ctx.today), ctx.clock.zone
    gap = gap_on(ctx, day)

    def work(uow: UnitOfWork) -> int:
        span = gap(visits_between(uow, moment(day, 0, zone), moment(day + timedelta(days=1), 0, zone)))
        visit = Visit(distributor_id=DistributorId(distributor_id), starts_at=span.starts_at, ends_at=span.ends_at)
        return plan_visit(uow, visit)

    label = ctx.tr("Visit planned for {day}", day=ctx.formats.day(day, ctx.today))
    ctx.tasks.write(label, work, initiator=owner, then=lambda visit_id: then(visit_id, day.isoformat()))
