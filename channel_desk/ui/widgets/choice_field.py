"""A field with a short list of values to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from channel_desk.domain.keys import match_spans
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.choice_menu import ChoiceMenu
from channel_desk.ui.widgets.field import Field

#: More words than these are sought by typing instead of letter by letter.
_MANY: Final = 20


class _Choice(QWidget):
    """Shows the chosen word; takes the keys."""

    asked = Signal()
    stepped = Signal(int)
    typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = ""
        self.faint = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._theme.font("body")).horizontalAdvance(self.words) + 32, 20)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.asked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Space:
            self.asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.asked.emit()
            else:
                self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif text.strip() and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink-3" if self.faint or not self.isEnabled() else "ink"))
        place = self.rect().adjusted(0, 0, -22, 0)
        words = drawing.elided(QFontMetrics(painter.font()), self.words, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        end = QRect(self.width() - 16, 0, 16, self.height())
        drawing.icon(painter, theme, "chevron-down", end, colour="ink-3")


class ChoiceField(Field):
    """One of ``choices``, pairs of a value and its word; ``chosen`` gives the value, ``picked`` too when from the list.

    Space or a click opens the list, the arrows step through it, a letter goes to the next word that begins
    with it, in Chinese with its pinyin; of many words it opens those that match.
    """

    chosen = Signal(object)
    picked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[object, str]] = (),
        *,
        placeholder: str = "",
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        self._shown = _Choice(theme)
        super().__init__(theme, self._shown, name=name, parent=parent)
        self.box.setFixedHeight(size)
        self._placeholder = placeholder
        self._choices = tuple(choices)
        self._place = -1
        self._name = name
        self._shown.asked.connect(self.open)
        self._shown.stepped.connect(self._step)
        self._shown.typed.connect(self._jump)
        self.box.pressed.connect(self.open)
        self._show()

    @property
    @override
    def value(self) -> object:
        """The chosen value, ``None`` when there is none."""
        return self._choices[self._place][0] if self._place >= 0 else None

    @override
    def set_value(self, value: object) -> None:
        """Show ``value`` without telling anyone; an unknown one shows as nothing chosen."""
        values = [one for one, _ in self._choices]
        self._place = values.index(value) if value in values else -1
        self._show()

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        kept = self.value
        self._choices = tuple(choices)
        self.set_value(kept)

    @override
    def set_name(self, name: str) -> None:
        self._name = name
        super().set_name(name)

    def open(self) -> None:
        """Show the list below the field."""
        self._open_with("")

    def _open_with(self, typed: str) -> None:
        menu = ChoiceMenu(self._theme, [word for _, word in self._choices], self._place, self)
        menu.setMinimumWidth(self.width())
        menu.picked.connect(self._pick)
        menu.open_at(self.mapToGlobal(QPoint(0, self.box.height() + 2)), typed)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("body"))
        widest = max((metrics.horizontalAdvance(word) for _, word in self._choices), default=80)
        return QSize(min(widest + 60, 320), super().sizeHint().height())

    def _choose(self, place: int) -> None:
        self._place = place
        self._show()
        if self._message:
            self.set_error(None)
        self.chosen.emit(self.value)

    def _pick(self, place: int) -> None:
        self._choose(place)
        self.picked.emit(self.value)

    def _step(self, by: int) -> None:
        place = self._place + by
        if 0 <= place < len(self._choices):
            self._choose(place)

    def _jump(self, letter: str) -> None:
        if len(self._choices) > _MANY:
            self._open_with(letter)
            return
        count = len(self._choices)
        order = [(self._place + 1 + number) % count for number in range(count)] if count else []
        for place in order:
            if any(start == 0 for start, _ in match_spans(self._choices[place][1], letter)):
                self._choose(place)
                return

    def _show(self) -> None:
        chosen = self._place >= 0
        self._shown.words = self._choices[self._place][1] if chosen else self._placeholder
        self._shown.faint = not chosen
        self._shown.setAccessibleDescription(self._shown.words)
        self._shown.update()
