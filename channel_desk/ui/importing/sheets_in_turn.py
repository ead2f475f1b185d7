"""The sheets of one file that come in one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from channel_desk.ui.context import Context

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import ChangeSet


class CameIn(NamedTuple):
    """A sheet that is imported, and the step that it came in with, as Undo names it."""

    sheet: str
    step: str


class SheetsInTurn(QObject):
    """Which sheets of the file came in, the last one last; ``taken_back`` when Undo took that one out again."""

    changed = Signal()
    taken_back = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._came_in: tuple[CameIn, ...] = ()
        ctx.tasks.replayed.connect(self._follow)

    @property
    def came_in(self) -> tuple[CameIn, ...]:
        return self._came_in

    def set_came_in(self, came_in: tuple[CameIn, ...]) -> None:
        self._came_in = came_in
        self.changed.emit()

    def add(self, sheet: str, step: str) -> None:
        self.set_came_in((*self._came_in, CameIn(sheet, step)))

    def _follow(self, changes: ChangeSet, back: bool) -> None:  # noqa: FBT001 - a signal's argument
        if back and self._came_in and changes.label == self._came_in[-1].step:
            self.set_came_in(self._came_in[:-1])
            self.taken_back.emit()
