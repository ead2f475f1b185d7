"""Line icons that take their colour from the theme each time they are painted."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from channel_desk.ui.overriding import override

_STROKE: Final = 1.75
#: Pixmaps kept; a page shows about fifty different ones.
_KEPT: Final = 400


class IconShapes:
    """The drawings of the icon folder, as pixmaps of any colour and size.

    The strokes are 1.75 units of a square of 24, as drawn; ``currentColor`` is replaced because Qt paints it black.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, bytes] = {}
        self._pixmaps: OrderedDict[tuple[str, int, int, float], QPixmap] = OrderedDict()

    def pixmap(self, name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        """The icon ``name``, ``size`` logical pixels wide and high; an unknown name raises ``FileNotFoundError``."""
        key = (name, colour.rgba(), size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._drawn(name, colour, size, ratio)
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        else:
            self._pixmaps.move_to_end(key)
        return found

    def _drawn(self, name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # at the first icon only: it is not needed to open the window

        source = self._source(name).replace(b"currentColor", colour.name().encode())
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> bytes:
        source = self._sources.get(name)
        if source is None:
            drawn = (self._folder / f"{name}.svg").read_bytes()
            source = self._sources[name] = drawn.replace(b'stroke-width="2"', f'stroke-width="{_STROKE}"'.encode())
        return source


class Painter(Protocol):
    """Whatever paints icons by the names of colours; the theme."""

    def pixmap(self, name: str, role: str, size: int, ratio: float) -> QPixmap: ...


class _ThemedEngine(QIconEngine):
    """Asks the theme for its colour at each painting, so that a change of the theme needs no new icons."""

    def __init__(self, theme: Painter, name: str, role: str, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._role = role
        self._size = size

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        corner = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(corner, self._theme.pixmap(self._name, self._token(mode), side, ratio))

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = round(min(size.width(), size.height()) / scale)
        return self._theme.pixmap(self._name, self._token(mode), side, scale)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._theme.pixmap(self._name, self._token(mode), min(size.width(), size.height()), 1.0)

    @override
    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size.boundedTo(QSize(self._size, self._size))

    @override
    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._theme, self._name, self._role, self._size)

    @override
    def isNull(self) -> bool:
        return False

    def _token(self, mode: QIcon.Mode) -> str:
        return "ink-3" if mode is QIcon.Mode.Disabled else self._role


def themed_icon(theme: Painter, name: str, role: str, size: int) -> QIcon:
    """An icon for menus and actions, painted in the colour ``role`` of the theme that holds at that moment."""
    return QIcon(_ThemedEngine(theme, name, role, size))
