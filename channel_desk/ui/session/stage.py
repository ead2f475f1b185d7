"""The slide as it will be shown, and the pager below it. The slide stays light in the dark theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import IconButton
from channel_desk.ui.widgets.text import Text

#: The slide at its largest.
FULL: Final = QSize(768, 432)
_LEAST: Final = QSize(128, 72)


class _Slide(QWidget):
    """The picture of a page, 16:9, as large as there is room."""

    resized = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._theme = ctx.theme
        self._image: QImage | None = None
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(FULL.height() + 2)

    @override
    def sizeHint(self) -> QSize:
        return FULL + QSize(2, 2)

    def set_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    @property
    def has_image(self) -> bool:
        return self._image is not None

    @property
    def place(self) -> QRect:
        """Where the slide stands."""
        room = self.size() - QSize(2, 2)
        width = min(FULL.width(), room.width(), room.height() * 16 // 9)
        height = width * 9 // 16
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place, theme = self.place, self._theme
        if self._image is None:
            drawing.box(painter, place, fill=theme.colour("surface"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
        edge = theme.colour("hairline-strong")
        drawing.box(painter, place.adjusted(-1, -1, 1, 1), edge=edge, radius=drawing.BADGE)


class Stage(QWidget):
    """``turned`` asks for the page before (-1) or after (1), ``resized`` tells that the slide has another size."""

    turned = Signal(int)
    resized = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        theme, tr = ctx.theme, ctx.tr
        self._slide = _Slide(ctx)
        self._slide.resized.connect(self.resized)
        self.back = IconButton(theme, "chevron-left", tr("Previous slide"))
        self.on = IconButton(theme, "chevron-right", tr("Next slide"))
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.on.clicked.connect(lambda: self.turned.emit(1))
        self.pager = Text(theme, "", "body", "ink-2")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for widget in (self.back, self.pager, self.on):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 12)
        outer.setSpacing(12)
        outer.addWidget(self._slide, 1)
        outer.addLayout(row)

    def show_page(self, page: int, total: int, *, name: str) -> None:
        """``page`` counts from 0; ``name`` is the slide's for assistive technology."""
        words = self._ctx.tr("Slide {number} of {total}", number=page + 1, total=total) if total else ""
        self.pager.setText(words)
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < total)
        self._slide.setAccessibleName(", ".join(part for part in (words, name) if part))

    def show_image(self, image: QImage | None) -> None:
        self._slide.set_image(image)

    @property
    def has_image(self) -> bool:
        """Whether a drawn slide is shown."""
        return self._slide.has_image

    @property
    def width_wanted(self) -> int:
        """The width of the slide in real pixels."""
        return max(1, round(self._slide.place.width() * self.devicePixelRatioF()))
