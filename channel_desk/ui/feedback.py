"""One voice for what the program tells people. The window listens and shows one message at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from channel_desk.errors import UserError
from channel_desk.i18n import Language


class Feedback(QObject):
    """Messages on their way to the window, in the language of the window."""

    #: Text, label of the next step or "", what it does or None, and whether something did not come about.
    wanted = Signal(str, str, object, bool)

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language

    def say(self, text: str, *, action: str = "", run: Callable[[], object] | None = None, wrong: bool = False) -> None:
        """Say ``text`` (translated), with one next step such as Undo; ``wrong`` when what was asked did not come."""
        self.wanted.emit(text, action, run, wrong)

    def error(self, error: UserError) -> None:
        """Say an expected failure and what to do about it."""
        self.wanted.emit(self.sentence(error), "", None, True)  # noqa: FBT003 - a signal has no keywords

    def sentence(self, error: UserError) -> str:
        """The sentence of ``error`` for people."""
        return self._language.tr(error.sentence, **error.params)
