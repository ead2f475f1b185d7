"""Making the PDF of briefs and the pictures of its pages, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from channel_desk.documents.printed import Unprinted
from channel_desk.documents.render.preview import PagePicture, Preview
from channel_desk.domain.briefs import BriefFacts
from channel_desk.errors import UserError
from channel_desk.i18n import Language
from channel_desk.services.printing import Printer
from channel_desk.ui.context import Context
from channel_desk.ui.jobs import JobControl


@dataclass(frozen=True)
class Made:
    """A finished document: its bytes, the sizes of its pages in points, and what no font of ours has."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    unprinted: tuple[Unprinted, ...]


class Maker(QObject):
    """One document at a time. A newer one takes the place of an older; pages are drawn a few at a time."""

    made = Signal(object)
    #: Done and in all.
    progressed = Signal(int, int)
    #: Cancelled by the user, or ended by a bug: there is no document.
    stopped = Signal()
    failed = Signal(object)
    #: The number of a page and its picture.
    drawn = Signal(int, object)
    #: Drawing is over; there may be more to draw.
    rested = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._printer: Printer | None = None
        self._control: JobControl | None = None
        self._is_drawing = False
        self._made: Made | None = None
        self._round = 0

    @property
    def is_making(self) -> bool:
        return self._control is not None

    @property
    def pdf(self) -> bytes | None:
        """The finished document."""
        return self._made.pdf if self._made is not None else None

    def make(self, facts: Sequence[BriefFacts], language: Language) -> None:
        """Make the document of ``facts`` anew."""
        self.drop()
        printer = self._printer = self._printer or Printer(self._ctx.resources)
        this_round = self._round

        def work(control: JobControl) -> Made | None:
            pdf, printed = printer.brief_pdf(facts, language=language, control=control)
            if not pdf:
                return None
            with Preview(pdf) as preview:
                sizes = tuple(preview.size(number) for number in range(len(preview)))
            return Made(pdf, sizes, printed.unprinted)

        def then(made: Made | None) -> None:
            if made is not None and this_round == self._round:
                self._control = None
                self._made = made
                self.made.emit(made)

        control = self._ctx.tasks.job(
            work, then=then, failed=self._when_current(this_round), progress=self.progressed.emit, owner=self
        )
        control.ended.connect(lambda: self._on_ended(control))
        self._control = control

    def cancel(self) -> None:
        """Stop making; ``stopped`` follows."""
        if self._control is not None:
            self._control.cancel()

    def drop(self) -> None:
        """Forget the document, and what is being made."""
        self._round += 1
        control, self._control = self._control, None
        if control is not None:
            control.cancel()
        self._made = None

    def _when_current(self, this_round: int) -> Callable[[UserError], None]:
        def fail(error: UserError) -> None:
            if this_round == self._round:
                self._control = None
                self.failed.emit(error)

        return fail

    def _on_ended(self, control: JobControl) -> None:
        # The result follows this signal: only a job that was cancelled or struck a bug has none.
        if self._control is control and (control.cancelled or control.struck_bug):
            self._control = None
            self._round += 1
            self.stopped.emit()

    # -- pictures ----------------------------------------------------------------------------------------------------

    def draw(self, pages: Sequence[tuple[int, int]]) -> None:
        """Draw ``pages``, each with its width in pixels; ignored while others are being drawn."""
        made, this_round = self._made, self._round
        if made is None or self._is_drawing or not pages:
            return
        pdf = made.pdf

        def work(_control: JobControl) -> tuple[tuple[int, PagePicture], ...]:
            # Opened each time: the document may be replaced while its pages are drawn.
            with Preview(pdf) as preview:
                return tuple((number, preview.picture(number, width)) for number, width in pages)

        def then(pictures: tuple[tuple[int, PagePicture], ...]) -> None:
            self._is_drawing = False
            if this_round == self._round:
                for number, picture in pictures:
                    self.drawn.emit(number, picture)
            self.rested.emit()

        self._is_drawing = True
        self._ctx.tasks.job(work, then=then, owner=self)
