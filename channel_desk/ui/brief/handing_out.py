"""Saving and printing the document of briefs, also when that is asked for before it is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from channel_desk.ui.brief.making import Maker
from channel_desk.ui.brief.paper import print_pdf
from channel_desk.ui.context import Context
from channel_desk.ui.forms.saving import Saving
from channel_desk.ui.jobs import JobControl


class _Waiting(NamedTuple):
    """What was asked for while its document is still being made."""

    use: Callable[[bytes], None]
    #: What is said when another document is made instead.
    not_done: str


class HandingOut(QObject):
    """One wish at a time waits for its document; the page tells when that is made, stopped, or becomes another one."""

    #: There is no document, and none is being made.
    document_wanted = Signal()

    def __init__(self, ctx: Context, maker: Maker, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._maker = maker
        self._saving = Saving(ctx, page)
        self._waiting: _Waiting | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether something is to be saved or printed as soon as it is made."""
        return self._waiting is not None

    def ask_and_save(self, name: str) -> None:
        """Ask where to save the document, which is called ``name`` until the user says otherwise, then save it."""
        self._saving.ask(self._ctx.tr("Save as PDF"), name, self.save_to)

    def save_to(self, target: Path) -> None:
        """Save the document as ``target``, as soon as it is made."""
        not_done = self._ctx.tr("Not saved as {name}: the briefs were still being made.", name=target.name)
        self._once_made(lambda pdf: self._write(pdf, target), not_done=not_done)

    def print(self, title: str) -> None:
        """Print the document, as soon as it is made."""
        not_done = self._ctx.tr("Not printed: the briefs were still being made.")
        self._once_made(lambda pdf: self._send(pdf, title), not_done=not_done)

    def take(self, pdf: bytes) -> None:
        """The document is made."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.use(pdf)

    def forget(self) -> None:
        """Making was stopped, and that was told."""
        self._waiting = None

    def give_up(self) -> None:
        """Another document takes the place of the one that was to be saved or printed; it has not its name."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._ctx.feedback.say(waiting.not_done, wrong=True)

    def _once_made(self, use: Callable[[bytes], None], *, not_done: str) -> None:
        """Hand the document to ``use``, now or when it is made; one that was stopped is made again.

        ``not_done`` is said when it is never made.
        """
        pdf = self._maker.pdf
        if pdf is not None:
            use(pdf)
            return
        self._waiting = _Waiting(use, not_done)
        if not self._maker.is_making:
            self.document_wanted.emit()

    def _write(self, pdf: bytes, target: Path) -> None:
        def work(_control: JobControl) -> None:
            # loaded here: the window starts without it
            from channel_desk.documents.render.pdf import write_file

            write_file(target, pdf)

        words = self._ctx.tr("Saved as {name}", name=target.name)
        self._ctx.tasks.job(work, then=lambda _: self._saving.tell(words, target), failed=self._ctx.feedback.error)

    def _send(self, pdf: bytes, title: str) -> None:
        self._ctx.tasks.job(
            lambda _control: print_pdf(pdf, title),
            then=lambda _: self._ctx.feedback.say(self._ctx.tr("Sent to the printer")),
            failed=self._ctx.feedback.error,
        )
