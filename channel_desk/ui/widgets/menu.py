"""Menus of the house: with the face of the body and round corners."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.corners import cut_corners, round_off


class Menu(QMenu):
    """To be filled with actions; the style sheet of the theme knows it by its property."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("round", True)  # noqa: FBT003 - Qt's own signature
        self.setFont(theme.font("body"))
        round_off(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut_corners(self)
