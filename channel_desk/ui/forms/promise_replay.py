"""Undo and Redo of what became of a promise: the keyboard goes to the promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.ui.page import Page

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import ChangeSet


class PromiseReplay(QObject):
    """Calls ``lead_to`` with the promise that one step changed, once the lists of ``page`` show it again.

    A keyboard that is anywhere but in the ``lists``, or on the page itself, stays: there something else is done.
    """

    def __init__(self, page: Page, *lists: QWidget, lead_to: Callable[[int], None]) -> None:
        super().__init__(page)
        self._page = page
        self._lists = lists
        self._lead_to = lead_to
        page.ctx.tasks.replayed.connect(self._follow)

    def _follow(self, changes: ChangeSet, _back: bool) -> None:  # noqa: FBT001 - a signal's argument
        ids = changes.kinds.get(Commitment, frozenset())
        if len(ids) == 1 and self._page.isVisible() and self._is_among_promises:
            (commitment_id,) = ids
            # Behind what the page has just asked for anew: its rows are there then.
            self._page.read(lambda _reader: None, lambda _: self._lead(commitment_id), key="replayed promise")

    def _lead(self, commitment_id: int) -> None:
        if self._is_among_promises:
            self._lead_to(commitment_id)

    @property
    def _is_among_promises(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused is self._page or any(one.isAncestorOf(focused) for one in self._lists)
