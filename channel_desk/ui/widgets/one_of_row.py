"""A row of buttons of which one is chosen, whatever they look like."""

from __future__ import annotations

from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from channel_desk.ui.overriding import override

Key = TypeVar("Key", bound=str)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class OneOfRow(QWidget, Generic[Key]):
    """``chosen`` gives the key of the button that the user picks.

    Tab stops at the chosen one alone; the arrows go from it to its neighbours.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Key, QAbstractButton] = {}

    def add(self, key: Key, button: QAbstractButton) -> None:
        """Have ``button``, a child that is laid out elsewhere, behind those that are there."""
        self._buttons[key] = button
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.clicked.connect(partial(self._pick, key))
        button.installEventFilter(self)

    @property
    def current(self) -> Key:
        """The key of the chosen button."""
        return next(key for key, one in self._buttons.items() if one.isChecked())

    def choose(self, key: Key) -> None:
        """Show ``key`` as chosen without telling anyone."""
        self._buttons[key].setChecked(True)
        for one, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == key else Qt.FocusPolicy.ClickFocus)

    def step(self, by: int) -> None:
        """Choose a neighbour, as the arrow keys do."""
        keys = list(self._buttons)
        place = keys.index(self.current) + by
        if 0 <= place < len(keys):
            self._buttons[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
            self._pick(keys[place])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            self.step(_STEPS[Qt.Key(event.key())])
            return True
        return False

    def _pick(self, key: Key, _checked: bool = True) -> None:  # noqa: FBT001, FBT002 - Qt's clicked hands it over
        self.choose(key)
        self.chosen.emit(key)
