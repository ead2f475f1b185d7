"""The list of a field to choose from: typing leaves what matches, which a long list cannot do without."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from channel_desk.domain.keys import match_spans
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.menu import Menu


class ChoiceMenu(Menu):
    """``words`` in their order; ``picked`` gives the place of one. Every word typed has to match, in pinyin too.

    What is typed stands above the list; Backspace takes it back letter by letter, Esc at once.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, words: Sequence[str], current: int, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._at = QPoint()
        self._typed = ""
        self._sought = QAction(theme.icon("search", "ink-3"), "", self)
        self._sought.setEnabled(False)
        self._sought.setVisible(False)
        self.addAction(self._sought)
        self._choices: list[tuple[str, QAction]] = []
        for place, word in enumerate(words):
            action = QAction(word.replace("&", "&&"), self)
            action.triggered.connect(lambda _checked=False, place=place: self.picked.emit(place))
            self.addAction(action)
            self._choices.append((word, action))
            if place == current:
                action.setIcon(theme.icon("check", "accent"))
                self.setActiveAction(action)

    def open_at(self, at: QPoint, typed: str = "") -> None:
        """Show the list at ``at``; ``typed`` has been typed already."""
        self._at = at
        self._seek(typed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if self._typed and key == Qt.Key.Key_Escape:
            self._seek("")
        elif self._typed and key == Qt.Key.Key_Backspace:
            self._seek(self._typed[:-1])
        elif text.isprintable() and (text.strip() or (text and self._typed)):
            self._seek(self._typed + text)
        else:
            super().keyPressEvent(event)

    def _seek(self, typed: str) -> None:
        self._typed = typed
        self._sought.setText(typed.replace("&", "&&"))
        self._sought.setVisible(bool(typed))
        found: list[tuple[bool, QAction]] = []
        for word, action in self._choices:
            spans = match_spans(word, typed)
            matches = all(match_spans(word, part) for part in typed.split())
            action.setVisible(matches)
            if matches:
                found.append((bool(spans) and spans[0][0] == 0, action))
        self.popup(self._at)  # a list that has become short stays at its field
        if typed and found:
            self.setActiveAction(max(found, key=lambda one: one[0])[1])

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """A list that has become short is not under the pointer any more; what was found stays chosen."""
        found = self.activeAction()
        super().leaveEvent(event)
        if self._typed and found is not None:
            self.setActiveAction(found)
