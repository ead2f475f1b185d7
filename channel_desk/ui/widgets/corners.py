"""The round corners of what pops up in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainterPath, QRegion
from PySide6.QtWidgets import QWidget

from channel_desk.ui.widgets import drawing


def round_off(window: QWidget) -> None:
    """No frame and no shadow of the system, and nothing behind the corners. Call it before the window is shown."""
    flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
    window.setWindowFlags(window.windowFlags() | flags)
    if not _is_cut():
        window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


def cut_corners(window: QWidget) -> None:
    """Call it whenever the size changes."""
    if _is_cut():
        path = QPainterPath()
        path.addRoundedRect(QRectF(window.rect()), drawing.CARD, drawing.CARD)
        window.setMask(QRegion(path.toFillPolygon().toPolygon()))


def _is_cut() -> bool:
    """X11 may run without a compositor, and then shows black where a window lets see through."""
    return QGuiApplication.platformName() == "xcb"
