"""What was answered and is not stored yet: text after a pause, digits at once, and the place where work goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from PySide6.QtCore import QObject

from channel_desk.domain.visits import Answer, ExpectedObjection, Phase, VisitStatus
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.services.visits import answer_item, edit_visit, end_talk, keep_place, set_objections, start_visit
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.drafts import Batch, Drafts
from channel_desk.ui.overriding import override

_PLACE_PAUSE: Final = 300
#: The expected objections are stored together; their place among the fields of the visit.
_OBJECTIONS: Final = "objections"


@dataclass
class _Batch(Batch):
    """Answers by code and fields of the visit by name."""

    #: Whether something of the talk or of the write-up is among them.
    phase: Phase = Phase.BEFORE

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(value for value in self.values.values() if isinstance(value, Answer))

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the visit itself."""
        return {name: value for name, value in self.values.items() if isinstance(name, str) and name != _OBJECTIONS}

    @property
    def objections(self) -> tuple[ExpectedObjection, ...] | None:
        return self.values.get(_OBJECTIONS)

    @override
    def add(self, other: Self) -> None:
        super().add(other)
        self.phase = max(self.phase, other.phase, key=lambda phase: phase.number)

    @override
    def store(self, uow: UnitOfWork, record_id: int) -> None:
        for answer in self.answers:
            answer_item(uow, record_id, code=answer.code, state=answer.state, value=answer.value, note=answer.note)
        if self.fields:
            edit_visit(uow, record_id, **self.fields)
        if self.objections is not None:
            set_objections(uow, record_id, self.objections)
        if self.phase is not Phase.BEFORE:
            start_visit(uow, record_id)
        if self.phase is Phase.AFTER:
            end_talk(uow, record_id)


class VisitDrafts(Drafts[_Batch]):
    """The answers of one open visit."""

    def __init__(self, ctx: Context, record_id: int, page: QObject) -> None:
        super().__init__(ctx, record_id, page)
        self._place: int | None = None
        self._place_timer = self._timer(_PLACE_PAUSE, self._keep_place)

    @override
    def _batch(self) -> _Batch:
        return _Batch()

    @override
    def _label(self, batch: _Batch) -> str:
        tr, codes = self._ctx.tr, ", ".join(str(answer.code) for answer in batch.answers)
        return tr("Answer {code}", code=codes) if codes else tr("Write up the visit")

    # -- taking ------------------------------------------------------------------------------------------------------

    def take(
        self,
        phase: Phase,
        answer: Answer | None = None,
        fields: Mapping[str, object] | None = None,
        *,
        objections: tuple[ExpectedObjection, ...] | None = None,
        at_once: bool,
    ) -> None:
        """Keep an answer of ``phase``, or fields of the visit; ``at_once`` stores without waiting for a pause."""
        batch = self._waiting
        if answer is not None:
            batch.values[answer.code] = answer
        batch.values.update(fields or {})
        if objections is not None:
            batch.values[_OBJECTIONS] = objections
        if phase.number > batch.phase.number:
            batch.phase = phase
        if at_once:
            # A choice is a step of its own.
            self._steps.end()
            self.flush()
            self._steps.end()
            return
        self._wait()

    def keep(self, code: int) -> None:
        """Remember where work goes on; several steps in a row are one write."""
        if code != self._place:
            self._place = code
            if not self._place_timer.isActive():  # begun anew at each step, it would wait for the last of them
                self._place_timer.start()

    def merged(self, wizard: Wizard) -> Wizard:
        """``wizard`` as read from the file, with what is newer here."""
        for batch in (*self._on_the_way, self._waiting):
            for answer in batch.answers:
                wizard = wizard.with_answer(answer)
            if batch.fields:
                wizard = wizard.with_fields(batch.fields)
            if batch.objections is not None:
                wizard = wizard.with_objections(batch.objections)
        if self._place is not None and wizard.visit.status is not VisitStatus.CLOSED:
            wizard = wizard.with_fields({"current_code": self._place})
        return wizard

    # -- storing -----------------------------------------------------------------------------------------------------

    @override
    def leave(self) -> None:
        super().leave()
        if self._place_timer.isActive():
            self._keep_place()

    def _keep_place(self) -> None:
        self._place_timer.stop()
        code = self._place
        self._ctx.tasks.write(
            "",
            lambda uow: keep_place(uow, self._record_id, code),
            initiator=self,
            failed=lambda _error: None,  # the place is a comfort; the visit may be gone
            undoable=False,
            toast=False,
            index_later=True,
        )
