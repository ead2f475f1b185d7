"""What Enter, Esc and the arrows do in the fields of the wizard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FieldKeys(QObject):
    """Watches one editor: Enter moves on, Shift+Enter breaks a line, Esc leaves, arrows step at the edges of the text.

    Ctrl+Enter is left to the page: it closes the visit.
    """

    entered = Signal()
    escaped = Signal()
    stepped = Signal(int)

    def __init__(self, edit: QWidget) -> None:
        super().__init__(edit)
        self._edit = edit
        edit.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._edit or not isinstance(event, QKeyEvent):
            return False
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.type() is QEvent.Type.ShortcutOverride:
            with_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            if key is Qt.Key.Key_Escape or (key in ENTER and not with_control):
                event.accept()
            return False
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if key in ENTER and modifiers == Qt.KeyboardModifier.ShiftModifier:
            if isinstance(self._edit, QPlainTextEdit) and not self._edit.isReadOnly():
                self._edit.insertPlainText("\n")
            return True
        if modifiers:
            return False
        if key in ENTER:
            self.entered.emit()
            return True
        if key is Qt.Key.Key_Escape:
            self.escaped.emit()
            return True
        if key in _STEPS and self._is_at_edge(key):
            self.stepped.emit(_STEPS[key])
            return True
        return False

    def _is_at_edge(self, key: Qt.Key) -> bool:
        """Whether the arrow cannot move inside the text any more."""
        if not isinstance(self._edit, QPlainTextEdit):
            return True
        up = QTextCursor.MoveOperation.Up
        return not QTextCursor(self._edit.textCursor()).movePosition(
            up if key is Qt.Key.Key_Up else QTextCursor.MoveOperation.Down
        )
