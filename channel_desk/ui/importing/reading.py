"""Reading the file of an import beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from channel_desk.errors import UserError
from channel_desk.exchange.source_table import SourceTable
from channel_desk.services.imports import ImportSource, with_headings
from channel_desk.ui.context import Context
from channel_desk.ui.jobs import JobControl


class Reading(QObject):
    """One file at a time; of one that was stopped nothing is heard any more.

    ``done`` gives the sheet that was read, and the table found on it or the UserError that it has none: another sheet
    or another row of headings may do. ``failed`` gives the UserError of a file that could not be read.
    """

    done = Signal(object, object)
    failed = Signal(object)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._job: JobControl | None = None

    @property
    def is_under_way(self) -> bool:
        return self._job is not None

    def begin(self, read: Callable[[], SourceTable], *, heading_row: int | None) -> None:
        """``read`` gives the sheet; its headings are looked for, or taken from ``heading_row``."""

        def work(control: JobControl) -> tuple[SourceTable, ImportSource | UserError]:
            control.report(0, 1)
            sheet = read()
            control.report(1, 1)
            try:
                return sheet, with_headings(sheet, heading_row=heading_row)
            except UserError as refusal:
                return sheet, refusal

        def take(found: tuple[SourceTable, ImportSource | UserError]) -> None:
            if self._is_awaited(job):
                self.done.emit(*found)

        def refuse(error: UserError) -> None:
            if self._is_awaited(job):
                self.failed.emit(error)

        self.stop()
        job = self._job = self._ctx.tasks.job(work, owner=self, then=take, failed=refuse)

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _is_awaited(self, job: JobControl) -> bool:
        """Whether ``job``, which has ended, is the one that nobody stopped; it is awaited no more."""
        is_it = job is self._job
        if is_it:
            self._job = None
        return is_it
