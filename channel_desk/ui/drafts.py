"""What was typed and is not stored yet: stored after a pause, and kept when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, Self, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from channel_desk.errors import UserError
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.typing_steps import TypingSteps

#: Milliseconds after the last key, and at most between two writes while typing goes on.
PAUSE: Final = 400
LONGEST: Final = 2000
#: Milliseconds until what was refused is tried again when its page was left.
_AGAIN: Final = 10_000


@dataclass
class Batch:
    """New values by what they are of; they are stored together."""

    values: dict[Any, Any] = field(default_factory=dict)
    #: Counts the batches of a record in the order they were handed over.
    number: int = 0

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def places(self) -> Collection[Hashable]:
        """Where was typed, for the step of undo."""
        return self.values.keys()

    def without(self, subjects: Collection[Hashable]) -> Self:
        """What is left without ``subjects``."""
        return replace(self, values={one: value for one, value in self.values.items() if one not in subjects})

    def add(self, other: Self) -> None:
        """Take in ``other``, which has nothing of what is here."""
        self.values.update(other.values)

    def store(self, uow: UnitOfWork, record_id: int) -> None:
        """Write everything into the record or what belongs to it."""
        raise NotImplementedError


B = TypeVar("B", bound=Batch)


class Drafts(QObject, Generic[B]):
    """The writes of one open record, in order. ``stored`` follows each commit, ``refused`` each failure.

    What could not be stored is kept and goes along with the next write, also when the page turns to another record or
    is built anew: :meth:`of` finds it again. A subclass says what a batch is and what it is called.
    """

    stored = Signal()
    refused = Signal(object)

    def __init__(self, ctx: Context, record_id: int, page: QObject) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._record_id = record_id
        self._is_left = False
        #: The reason that was told last since the page was left.
        self._told = ""
        self._waiting: B = self._batch()
        self._on_the_way: list[B] = []
        self._handed_over = 0
        self._steps = TypingSteps(ctx.clock)
        self._pause = self._timer(PAUSE, self.flush)
        self._longest = self._timer(LONGEST, self.flush)
        self._again = self._timer(_AGAIN, self.flush)
        ctx.tasks.ending.connect(self.flush)

    def _timer(self, length: int, run: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(length)
        timer.timeout.connect(run)
        return timer

    @classmethod
    def of(
        cls,
        ctx: Context,
        record_id: int,
        page: QObject,
        *,
        stored: Callable[[], None],
        refused: Callable[[UserError], None],
    ) -> Self:
        """The drafts of a record: those that a page left with something unstored in them, else new ones."""
        left = (one for one in ctx.tasks.findChildren(cls) if one.record_id == record_id and not one.is_clean)
        drafts = next(left, None) or cls(ctx, record_id, page)
        drafts.go_on(page, stored=stored, refused=refused)
        return drafts

    def _batch(self) -> B:
        """An empty batch."""
        raise NotImplementedError

    def _label(self, batch: B) -> str:
        """What Undo calls the write of ``batch``, translated."""
        raise NotImplementedError

    @property
    def record_id(self) -> int:
        return self._record_id

    @property
    def is_clean(self) -> bool:
        """Whether everything is stored."""
        return not self._waiting and not self._on_the_way

    def _wait(self) -> None:
        """Store after a pause what was taken."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    # -- storing -----------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Store what waits."""
        self._pause.stop()
        self._longest.stop()
        batch = self._waiting
        if not batch:
            return
        self._waiting = self._batch()
        self._handed_over += 1
        batch.number = self._handed_over
        self._on_the_way.append(batch)
        self._ctx.tasks.write(
            self._label(batch),
            lambda uow: batch.store(uow, self._record_id),
            initiator=self,
            then=lambda _: self._done(batch),
            failed=lambda error: self._failed(batch, error),
            toast=False,
            index_later=True,
            step=self._steps.name(batch.places),
        )

    def leave(self) -> None:
        """Store everything now: the row, the page or the program is left."""
        self.flush()
        self._steps.end()

    def go_on(self, page: QObject, *, stored: Callable[[], None], refused: Callable[[UserError], None]) -> None:
        """``page`` shows the record, again or for the first time, and is told of each write, which is its own.

        What was refused before is tried again at once, so that the page tells why it is not stored.
        """
        self._is_left = False
        self.setParent(page)
        self.stored.connect(stored)
        self.refused.connect(refused)
        self.flush()

    def let_go(self) -> None:
        """No page shows the record any more: end as soon as everything is stored."""
        self.leave()
        self.stored.disconnect()
        self.refused.disconnect()
        self._is_left = True
        self._told = ""
        self.setParent(self._ctx.tasks)
        self._end_when_clean()

    def _end_when_clean(self) -> None:
        if self._is_left and self.is_clean:
            self.deleteLater()

    def _done(self, batch: B) -> None:
        # What was handed over before and is still on its way struck a bug; what is stored now is newer.
        left = [one if one.number > batch.number else one.without(batch.values) for one in self._on_the_way]
        self._on_the_way = [one for one in left if one]
        self.stored.emit()
        self._end_when_clean()

    def _failed(self, batch: B, error: UserError) -> None:
        self._on_the_way.remove(batch)
        later = {subject for other in self._on_the_way if other.number > batch.number for subject in other.values}
        self._waiting.add(batch.without({*later, *self._waiting.values}))
        if self._is_left:
            self._again.start()
            if error.code != self._told:
                self._told = error.code
                self._ctx.tasks.refused.emit(error)
        else:
            self.refused.emit(error)
