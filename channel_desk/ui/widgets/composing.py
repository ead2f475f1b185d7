"""Input methods on a widget that is not typed into: what they compose goes to a field beside it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def compose_into(sheet: QLineEdit | QPlainTextEdit, event: QInputMethodEvent) -> None:
    """Hand ``event`` over; ``sheet`` gets the keyboard with the text: earlier, the composition would be thrown away."""
    QApplication.sendEvent(sheet, event)
    if event.commitString() and not event.preeditString():
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)  # any other would select what was written


def asked_of(sheet: QLineEdit | QPlainTextEdit, query: Qt.InputMethodQuery, asked: QWidget) -> object:
    """What an input method wants to know of ``asked``: the candidates are shown at the cursor of ``sheet``."""
    found = sheet.inputMethodQuery(query)
    if isinstance(found, QRect):
        return QRect(asked.mapFromGlobal(sheet.mapToGlobal(found.topLeft())), found.size())
    return found
