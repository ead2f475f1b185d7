"""What the right button, or the menu key, offers for a visit in the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.visits import VisitStatus
from channel_desk.presentation.visit_span import Span
from channel_desk.ui.context import Context
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.menu import Entry


class Steps(Protocol):
    """What the planner does with a visit."""

    def give_time(self, visit_id: int, span: Span) -> None: ...

    def call_off(self, visit_id: int) -> None: ...

    def delete(self, visit_id: int) -> None: ...


def menu_of(ctx: Context, line: VisitLine, steps: Steps) -> Sequence[Entry]:
    """Each entry with what it does; a closed visit stays when it was."""
    tr, visit_id, span, zone = ctx.tr, line.visit.id, Span.of(line), ctx.clock.zone
    entries: list[Entry] = [
        (tr("Open visit"), lambda: ctx.go(Place("visit", visit_id))),
        (tr("Print brief"), lambda: ctx.go(Place("brief", visit_id))),
        (tr("Open file"), lambda: ctx.go(Place("file", line.distributor.id))),
    ]
    if line.visit.is_movable:
        entries += [
            (tr("Move to the next day"), lambda: steps.give_time(visit_id, span.shifted(zone, days=1))),
            (tr("Move by a week"), lambda: steps.give_time(visit_id, span.shifted(zone, days=7))),
            (tr("Half an hour longer"), lambda: steps.give_time(visit_id, span.lengthened(30))),
            (tr("Half an hour shorter"), lambda: steps.give_time(visit_id, span.lengthened(-30))),
        ]
    if line.visit.status is VisitStatus.PLANNED:
        entries.append((tr("Call off"), lambda: steps.call_off(visit_id)))
    entries.append((tr("Delete"), lambda: steps.delete(visit_id)))
    return entries
