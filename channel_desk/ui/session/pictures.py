"""Pictures of the slides, drawn from the real PDF away from the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from channel_desk.clock import Clock
from channel_desk.documents.printed import Unprinted
from channel_desk.i18n import Language
from channel_desk.presentation.deck_builder import DeckPages
from channel_desk.services.printing import Printer
from channel_desk.services.training import SessionSheet
from channel_desk.ui.context import Context
from channel_desk.ui.page_image import page_image

if TYPE_CHECKING:
    from channel_desk.documents.render.preview import Preview

#: Milliseconds after the last change before the slides are drawn anew.
PAUSE: Final = 300


@dataclass(frozen=True)
class Drawn:
    """A drawn deck: its PDF, where its slides are, what does not fit or print, a small picture of each, a large one."""

    pdf: bytes
    pages: DeckPages
    cut: frozenset[int]
    unprinted: tuple[Unprinted, ...]
    small: dict[int, QImage]
    page: int
    large: QImage | None


@dataclass(frozen=True)
class _Wish:
    """What is to be drawn; ``slide_id`` is the slide whose large picture is wanted."""

    sheet: SessionSheet
    language: Language
    slide_id: int
    #: Which page of the slide, from 0.
    part: int


class DeckPictures(QObject):
    """Draws the deck when it has changed, one job at a time; the pictures before stay until the new ones are there.

    ``drawn`` tells that there are new pictures, ``page_drawn`` that the large one of a page is there.
    """

    drawn = Signal()
    page_drawn = Signal(int)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._printer: Printer | None = None
        self._wish: _Wish | None = None
        self._is_drawing = False
        #: Grows with each deck, so that pictures of an older one are not taken for its own.
        self._round = 0
        self._widths = (1, 1)
        self._page_wanted: int | None = None
        self._pdf = b""
        self.pages = DeckPages()
        self.cut: frozenset[int] = frozenset()
        self.unprinted: tuple[Unprinted, ...] = ()
        self.small: dict[int, QImage] = {}
        self.large: dict[int, QImage] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._start)

    @property
    def is_waiting(self) -> bool:
        """Whether newer pictures are on their way."""
        return self._wish is not None or self._is_drawing

    def set_widths(self, large: int, small: int) -> None:
        """The widths of the pictures in real pixels."""
        if (large, small) != self._widths:
            self._widths = (large, small)
            self.large.clear()

    def draw(self, sheet: SessionSheet, language: Language, *, slide_id: int, part: int = 0, now: bool = False) -> None:
        """Draw ``sheet`` after a pause, or ``now``; an older wish is forgotten."""
        self._wish = _Wish(sheet, language, slide_id, part)
        self._pause.start(0 if now else PAUSE)

    def want_page(self, page: int) -> None:
        """Have the large picture of ``page`` drawn, unless it is there."""
        if page in self.large:
            self.page_drawn.emit(page)
            return
        self._page_wanted = page
        self._start_page()

    def forget(self) -> None:
        """Another deck is shown."""
        self._round += 1
        self._pause.stop()
        self._wish = self._page_wanted = None
        self._pdf = b""
        self.pages, self.cut, self.unprinted = DeckPages(), frozenset(), ()
        self.small, self.large = {}, {}

    def _start(self) -> None:
        wish = self._wish
        if wish is None or self._is_drawing:
            return
        self._wish = None
        self._is_drawing = True
        large, small = self._widths
        clock = self._ctx.clock
        resources, printer = self._ctx.resources, self._printer

        def work(_control: object) -> tuple[Printer, Drawn]:
            used = printer or Printer(resources)  # the fonts are read here, not on the window's thread
            return used, _draw(used, wish, large=large, small=small, clock=clock)

        this_round = self._round

        def then(found: tuple[Printer, Drawn]) -> None:
            self._printer, drawn = found
            if this_round == self._round:
                self._take(drawn)
            self._go_on()

        control = self._ctx.tasks.job(work, then=then, owner=self)
        control.ended.connect(self._end)

    def _take(self, drawn: Drawn) -> None:
        self._pdf, self.pages, self.small = drawn.pdf, drawn.pages, drawn.small
        self.cut, self.unprinted = drawn.cut, drawn.unprinted
        self.large = {} if drawn.large is None else {drawn.page: drawn.large}
        self.drawn.emit()

    def _go_on(self) -> None:
        """Draw what was wished for meanwhile."""
        if self._wish is not None and not self._pause.isActive():
            self._start()
        else:
            self._start_page()

    def _end(self) -> None:
        """The job is over, even when nothing came of it."""
        self._is_drawing = False

    def _start_page(self) -> None:
        page = self._page_wanted
        if page is None or self._is_drawing or not self._pdf or page >= self.pages.total:
            return
        self._page_wanted = None
        self._is_drawing = True
        pdf, width = self._pdf, self._widths[0]

        def work(_control: object) -> QImage:
            from channel_desk.documents.render.preview import Preview

            with Preview(pdf) as preview:
                return _image(preview, page, width)

        def done(image: QImage) -> None:
            if pdf is self._pdf:
                self.large[page] = image
                self.page_drawn.emit(page)
            self._go_on()

        control = self._ctx.tasks.job(work, then=done, owner=self)
        control.ended.connect(self._end)


def _draw(printer: Printer, wish: _Wish, *, large: int, small: int, clock: Clock) -> Drawn:
    """Everything that the window shows of the deck; runs on the pool."""
    from channel_desk.documents.render.preview import Preview

    if not wish.sheet.slides:
        return Drawn(b"", DeckPages(), frozenset(), (), {}, 0, None)
    fits = printer.fit_slides(wish.sheet, language=wish.language, clock=clock)
    pages = DeckPages(tuple((fit.slide_id, fit.pages) for fit in fits))
    pdf, printed = printer.deck_pdf(wish.sheet, language=wish.language, clock=clock)
    counts = dict(pages.counts)
    page = (pages.first_of(wish.slide_id) or 0) + min(wish.part, counts.get(wish.slide_id, 1) - 1)
    with Preview(pdf) as preview:
        pictures = {fit.slide_id: _image(preview, pages.first_of(fit.slide_id) or 0, small) for fit in fits}
        return Drawn(
            pdf=pdf,
            pages=pages,
            cut=frozenset(fit.slide_id for fit in fits if fit.is_cut),
            unprinted=printed.unprinted,
            small=pictures,
            page=page,
            large=_image(preview, page, large),
        )


def _image(preview: Preview, page: int, width: int) -> QImage:
    return page_image(preview.picture(page, width))
