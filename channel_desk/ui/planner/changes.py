"""What the planner changes: each a step of its own with Undo."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.record import DistributorId
from channel_desk.domain.visits import Visit
from channel_desk.presentation.planner import moved_words
from channel_desk.presentation.visit_span import Span
from channel_desk.services.visits import (
    cancel_visit,
    delete_visit,
    edit_visit,
    move_visit,
    plan_visit,
    set_participants,
)
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context


class VisitChanges(QObject):
    """Belongs to the page, so that its changes are the page's own: the page hears of them here, once."""

    #: The calendar is another one.
    changed = Signal()
    #: A visit stands: its id and its times.
    planned = Signal(int, object)

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx

    def plan(self, distributor_id: int, name: str, span: Span) -> None:
        """A new visit at ``span``."""
        visit = Visit(distributor_id=DistributorId(distributor_id), starts_at=span.starts_at, ends_at=span.ends_at)
        self._ctx.tasks.write(
            self._ctx.tr("Visit to {name} planned", name=name),
            lambda uow: plan_visit(uow, visit),
            initiator=self,
            then=lambda visit_id: self.planned.emit(visit_id, span),
        )

    def move(self, line: VisitLine, span: Span) -> None:
        """Another time, or another length."""
        label = moved_words(line, span, language=self._ctx.language, zone=self._ctx.clock.zone)

        def work(uow: UnitOfWork) -> None:
            move_visit(uow, line.visit.id, starts_at=span.starts_at, ends_at=span.ends_at)

        self._ctx.tasks.write(label, work, initiator=self, then=self._tell)

    def edit(self, visit_id: int, name: str, changes: Mapping[str, object]) -> None:
        """Fields of the pane; nothing is said, for they stand there."""
        self._ctx.tasks.write(
            self._ctx.tr("Visit to {name} changed", name=name),
            lambda uow: edit_visit(uow, visit_id, **changes),
            initiator=self,
            then=self._tell,
            toast=False,
        )

    def choose_people(self, visit_id: int, ids: frozenset[int]) -> None:
        """Who of theirs takes part; the calendar does not show it."""
        label = self._ctx.tr("Participants changed")
        self._ctx.tasks.write(label, lambda uow: set_participants(uow, visit_id, ids), initiator=self, toast=False)

    def delete(self, visit_id: int, name: str) -> None:
        label = self._ctx.tr("Visit to {name} deleted", name=name)
        self._ctx.tasks.write(label, lambda uow: delete_visit(uow, visit_id), initiator=self, then=self._tell)

    def call_off(self, visit_id: int, name: str) -> None:
        label = self._ctx.tr("Visit to {name} called off", name=name)
        self._ctx.tasks.write(label, lambda uow: cancel_visit(uow, visit_id), initiator=self, then=self._tell)

    def _tell(self, _result: object) -> None:
        self.changed.emit()
