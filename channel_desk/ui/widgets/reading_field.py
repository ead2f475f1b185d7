"""What fields share that understand their text: days, times, numbers, money."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channel_desk.i18n import Language
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.field import TextField


class ReadingField(TextField):
    """Reads its text when it is left or Enter is pressed, and writes the value back in the form of the house.

    ``value_changed`` gives the new value, ``None`` for an empty field. What cannot be read stays as it was typed, with
    the error below.
    """

    value_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        language: Language,
        *,
        placeholder: str = "",
        icon: str = "",
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, placeholder, icon=icon, name=name, size=size, parent=parent)
        self._language = language
        self._value: object = None
        self._typed = False
        self.edit.textEdited.connect(self._note_typing)
        self.edit.returnPressed.connect(self.check)
        self.left.connect(self.check)

    @property
    @override
    def value(self) -> object:
        return self._value

    @override
    def set_value(self, value: object) -> None:
        self._value = value
        self._typed = False
        self.setText("" if value is None else self._written(value))
        self.set_error(None)

    @override
    def typing(self) -> tuple[object, str]:
        unread = not self.check()
        return self.value, self.text() if unread else ""

    @override
    def take_up(self, value: object, unread: str) -> None:
        super().take_up(value, unread)
        if unread:
            self.edit.setText(unread)
            self._typed = True
            self.check()

    @override
    def check(self) -> bool:
        """Read what was typed; False when it cannot be understood."""
        if not self._typed:
            return not self._message
        text = self.edit.text().strip()
        value = self._read(text) if text else None
        if text and value is None:
            self.set_error(self._complaint())
            return False
        self._take(value)
        return True

    def _take(self, value: object) -> None:
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.value_changed.emit(value)

    def _note_typing(self) -> None:
        self._typed = True

    def _read(self, text: str) -> object | None:
        """The value meant by ``text``, ``None`` when it is none; each kind of field has its own."""
        raise NotImplementedError

    def _written(self, value: object) -> str:
        """``value`` as it stands in the field; each kind of field has its own."""
        raise NotImplementedError

    def _complaint(self) -> str:
        """What is wrong, with an example; each kind of field has its own."""
        raise NotImplementedError
