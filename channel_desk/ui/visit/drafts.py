"""What was answered and is not stored yet: text after a pause, digits at once, and the place where work goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from channel_desk.domain.visits import Answer, ExpectedObjection, Phase, VisitStatus
from channel_desk.errors import UserError
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.services.visits import answer_item, edit_visit, end_talk, keep_place, set_objections, start_visit
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.typing_steps import TypingSteps

#: Milliseconds after the last key, and at most between two writes while typing goes on.
PAUSE: Final = 400
LONGEST: Final = 2000
_PLACE_PAUSE: Final = 300
#: Milliseconds until what was refused is tried again when its page was left.
_AGAIN: Final = 10_000
#: An answer by its code, a field by its name.
Subject = int | str


@dataclass
class _Batch:
    """Answers by code and fields of the visit that are stored together."""

    answers: dict[int, Answer] = field(default_factory=dict)
    fields: dict[str, object] = field(default_factory=dict)
    objections: tuple[ExpectedObjection, ...] | None = None
    #: Whether something of the talk or of the write-up is among them.
    phase: Phase = Phase.BEFORE
    #: Counts the batches of a visit in the order they were handed over.
    number: int = 0

    def __bool__(self) -> bool:
        return bool(self.answers or self.fields) or self.objections is not None

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The codes and fields that are stored."""
        return (*self.answers, *self.fields, *(() if self.objections is None else ("objections",)))

    def without(self, subjects: Collection[Subject]) -> _Batch:
        """What is left without ``subjects``."""
        return _Batch(
            {code: answer for code, answer in self.answers.items() if code not in subjects},
            {name: value for name, value in self.fields.items() if name not in subjects},
            None if "objections" in subjects else self.objections,
            self.phase,
        )

    def add(self, other: _Batch) -> None:
        """Take in ``other``, which has nothing of what is here."""
        self.answers.update(other.answers)
        self.fields.update(other.fields)
        self.objections = other.objections if self.objections is None else self.objections
        self.phase = max(self.phase, other.phase, key=lambda phase: phase.number)

    def store(self, uow: UnitOfWork, visit_id: int) -> None:
        for answer in self.answers.values():
            answer_item(uow, visit_id, code=answer.code, state=answer.state, value=answer.value, note=answer.note)
        if self.fields:
            edit_visit(uow, visit_id, **self.fields)
        if self.objections is not None:
            set_objections(uow, visit_id, self.objections)
        if self.phase is not Phase.BEFORE:
            start_visit(uow, visit_id)
        if self.phase is Phase.AFTER:
            end_talk(uow, visit_id)


class Drafts(QObject):
    """The writes of one open visit, in order. ``stored`` follows each commit, ``refused`` each failure.

    What could not be stored is kept and goes along with the next write, also when the page turns to another visit or
    is built anew: :func:`drafts_of` finds it again.
    """

    stored = Signal()
    refused = Signal(object)

    def __init__(self, ctx: Context, visit_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._visit_id = visit_id
        self._is_left = False
        self._waiting = _Batch()
        self._on_the_way: list[_Batch] = []
        self._handed_over = 0
        self._place: int | None = None
        self._steps = TypingSteps(ctx.clock)
        self._pause = self._timer(PAUSE, self.flush)
        self._longest = self._timer(LONGEST, self.flush)
        self._place_timer = self._timer(_PLACE_PAUSE, self._keep_place)
        self._again = self._timer(_AGAIN, self.flush)
        ctx.tasks.ending.connect(self.flush)

    def _timer(self, length: int, run: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(length)
        timer.timeout.connect(run)
        return timer

    @property
    def visit_id(self) -> int:
        return self._visit_id

    @property
    def is_clean(self) -> bool:
        """Whether everything is stored."""
        return not self._waiting and not self._on_the_way

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
            batch.answers[answer.code] = answer
        batch.fields.update(fields or {})
        batch.objections = objections if objections is not None else batch.objections
        if phase.number > batch.phase.number:
            batch.phase = phase
        if at_once:
            # A choice is a step of its own.
            self._steps.end()
            self.flush()
            self._steps.end()
            return
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def keep(self, code: int) -> None:
        """Remember where work goes on; several steps in a row are one write."""
        self._place = code
        self._place_timer.start()

    def merged(self, wizard: Wizard) -> Wizard:
        """``wizard`` as read from the file, with what is newer here."""
        for batch in (*self._on_the_way, self._waiting):
            for answer in batch.answers.values():
                wizard = wizard.with_answer(answer)
            if batch.fields:
                wizard = wizard.with_fields(batch.fields)
            if batch.objections is not None:
                wizard = wizard.with_objections(batch.objections)
        if self._place is not None and wizard.visit.status is not VisitStatus.CLOSED:
            wizard = wizard.with_fields({"current_code": self._place})
        return wizard

    # -- storing -----------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Store what waits."""
        self._pause.stop()
        self._longest.stop()
        batch = self._waiting
        if not batch:
            return
        self._waiting = _Batch()
        self._handed_over += 1
        batch.number = self._handed_over
        self._on_the_way.append(batch)
        codes = ", ".join(str(code) for code in batch.answers)
        tr = self._ctx.tr
        self._ctx.tasks.write(
            tr("Answer {code}", code=codes) if codes else tr("Write up the visit"),
            lambda uow: batch.store(uow, self._visit_id),
            initiator=self,
            then=lambda _: self._done(batch),
            failed=lambda error: self._failed(batch, error),
            toast=False,
            index_later=True,
            step=self._steps.name(batch.subjects),
        )

    def leave(self) -> None:
        """Store everything now: the row, the page or the program is left."""
        self.flush()
        self._steps.end()
        if self._place_timer.isActive():
            self._keep_place()

    def go_on(self, page: QObject, *, stored: Callable[[], None], refused: Callable[[UserError], None]) -> None:
        """``page`` shows the visit, again or for the first time, and is told of each write, which is its own."""
        self._is_left = False
        self.setParent(page)
        self.stored.connect(stored)
        self.refused.connect(refused)

    def let_go(self) -> None:
        """No page shows the visit any more: end as soon as everything is stored."""
        self.leave()
        self.stored.disconnect()
        self.refused.disconnect()
        self._is_left = True
        self.setParent(self._ctx.tasks)
        self._end_when_clean()

    def _end_when_clean(self) -> None:
        if self._is_left and self.is_clean:
            self.deleteLater()

    def _keep_place(self) -> None:
        self._place_timer.stop()
        code = self._place
        self._ctx.tasks.write(
            "",
            lambda uow: keep_place(uow, self._visit_id, code),
            initiator=self,
            failed=lambda _error: None,  # the place is a comfort; the visit may be gone
            undoable=False,
            toast=False,
            index_later=True,
        )

    def _done(self, batch: _Batch) -> None:
        self._on_the_way.remove(batch)
        self.stored.emit()
        self._end_when_clean()

    def _failed(self, batch: _Batch, error: UserError) -> None:
        self._on_the_way.remove(batch)
        later = {subject for other in self._on_the_way if other.number > batch.number for subject in other.subjects}
        self._waiting.add(batch.without({*later, *self._waiting.subjects}))
        if self._is_left:
            self._again.start()
            self._ctx.tasks.refused.emit(error)
        else:
            self.refused.emit(error)


def drafts_of(
    ctx: Context,
    visit_id: int,
    page: QObject,
    *,
    stored: Callable[[], None],
    refused: Callable[[UserError], None],
) -> Drafts:
    """The drafts of a visit: those that a page left with something unstored in them, else new ones."""
    left = (one for one in ctx.tasks.findChildren(Drafts) if one.visit_id == visit_id and not one.is_clean)
    drafts = next(left, None) or Drafts(ctx, visit_id, page)
    drafts.go_on(page, stored=stored, refused=refused)
    return drafts
