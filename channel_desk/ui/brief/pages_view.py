"""Pages of a document below each other, drawn by somebody else when they come into sight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from channel_desk.documents.render.preview import PagePicture
from channel_desk.ui.overriding import override
from channel_desk.ui.page_image import page_image
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.focus_ring import BY_KEYBOARD

_MARGIN: Final = 24
_GAP: Final = 16
#: Pictures that are kept; further ones are drawn again when they are seen.
_KEPT: Final = 8
_MOST_WIDTH: Final = 1100
_STEP: Final = 48


class PagesView(QAbstractScrollArea):
    """``pages_wanted`` when pages are in sight that have no picture; ask :meth:`missing` which."""

    pages_wanted = Signal()
    #: The number of the page in sight, from 1, and how many there are.
    page_reached = Signal(int, int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sizes: tuple[tuple[float, float], ...] = ()
        #: Pixels a point, where each page begins, and where one behind the last would; worked out once a layout.
        self._scale = 1.0
        self._tops: list[int] = [_MARGIN]
        self._pictures: dict[int, QImage] = {}
        self._whole_page = False
        self._shows_focus = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # -- what is shown -----------------------------------------------------------------------------------------------

    @property
    def page_count(self) -> int:
        return len(self._sizes)

    def show_pages(self, sizes: tuple[tuple[float, float], ...], *, keeps_place: bool = False) -> None:
        """A new document, by the sizes of its pages in points; its pictures follow.

        It begins at the first page unless it is the old one written anew, which ``keeps_place``.
        """
        self._pictures.clear()
        if not keeps_place:
            self._sizes = ()  # on the way to its beginning there is nothing to be seen
            self.verticalScrollBar().setValue(0)
        self._sizes = sizes
        self._lay_out()

    def set_picture(self, number: int, picture: PagePicture) -> None:
        """The picture of a page, counted from 0."""
        image = page_image(picture)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[number] = image
        seen = self._in_sight()
        out_of_sight = [one for one in self._pictures if one not in seen]
        for old in out_of_sight[: max(len(self._pictures) - _KEPT, 0)]:
            del self._pictures[old]
        self.viewport().update()

    def has_picture(self, number: int) -> bool:
        return number in self._pictures

    def missing(self) -> tuple[tuple[int, int], ...]:
        """Pages in sight without a picture of the right size, each with its width in pixels."""
        ratio = self.devicePixelRatioF()
        wanted = []
        for number in self._in_sight():
            width = round(self._place(number).width() * ratio)
            picture = self._pictures.get(number)
            if picture is None or abs(picture.width() - width) > 1:
                wanted.append((number, width))
        return tuple(wanted)

    def fit_page(self, *, whole: bool) -> None:
        """Show ``whole`` pages, or pages as wide as the view."""
        reached = self._reached()
        self._whole_page = whole
        self._lay_out()
        self.show_page(reached)

    def show_page(self, number: int) -> None:
        """Scroll to a page, counted from 0."""
        if 0 <= number < len(self._sizes):
            self.verticalScrollBar().setValue(0 if number == 0 else self._tops[number] - _GAP)

    def turn(self, by: int) -> None:
        """Scroll ``by`` pages on, or back where it is negative."""
        self.show_page(max(0, min(self._reached() + by, len(self._sizes) - 1)))

    # -- places ------------------------------------------------------------------------------------------------------

    def _fitting_scale(self) -> float:
        """Pixels a point, by the widest page."""
        widest = max((width for width, _ in self._sizes), default=1.0)
        room = min(self.viewport().width() - 2 * _MARGIN, _MOST_WIDTH)
        scale = max(room, 100) / widest
        if self._whole_page:
            highest = max((height for _, height in self._sizes), default=1.0)
            scale = min(scale, max(self.viewport().height() - 2 * _GAP, 100) / highest)
        return scale

    def _place(self, number: int) -> QRect:
        """Where a page lies in the viewport."""
        width = round(self._sizes[number][0] * self._scale)
        left = (self.viewport().width() - width) // 2
        top, following = self._tops[number : number + 2]
        return QRect(left, top - self.verticalScrollBar().value(), width, following - top - _GAP)

    def _in_sight(self) -> range:
        """The pages that are seen, at least in part."""
        above = self.verticalScrollBar().value()
        last = bisect_left(self._tops, above + self.viewport().height(), hi=len(self._sizes))
        first = max(bisect_right(self._tops, above, hi=last) - 1, 0)
        if first < last and self._tops[first + 1] - _GAP <= above:
            first += 1  # only the gap below it is left
        return range(first, last)

    def _reached(self) -> int:
        """The page at the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(bisect_right(self._tops, middle, hi=len(self._sizes)) - 1, 0)

    def _lay_out(self) -> None:
        self._scale = self._fitting_scale()
        heights = (round(height * self._scale) + _GAP for _, height in self._sizes)
        self._tops = list(accumulate(heights, initial=_MARGIN))
        whole = self._tops[-1] - _GAP + _MARGIN if self._sizes else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(whole - self.viewport().height(), 0))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_STEP)
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        self.viewport().update()
        if self._sizes:
            self.page_reached.emit(self._reached() + 1, len(self._sizes))
            if self.missing():
                self.pages_wanted.emit()

    # -- Qt ----------------------------------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._shows_focus = event.reason() in BY_KEYBOARD
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shows_focus = False
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep() - _STEP)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("window"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self._in_sight():
            place = self._place(number)
            # Paper is white in both themes.
            painter.fillRect(place, Qt.GlobalColor.white)
            picture = self._pictures.get(number)
            if picture is not None:
                painter.drawImage(place, picture)
            painter.setPen(self._theme.colour("hairline-strong"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self._shows_focus:
            drawing.box(painter, self.viewport().rect(), edge=self._theme.colour("accent"), width=2)
        painter.end()
