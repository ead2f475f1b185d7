"""What every button of the house does with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override


class Pressable(QAbstractButton):
    """A button that Enter presses like Space; with Qt that depends on the system. Ctrl+Enter is left to the form."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()
