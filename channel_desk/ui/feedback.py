"""One voice for what the program tells people: toasts, errors. The window shows them, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from channel_desk.errors import UserError
from channel_desk.i18n import Language


@dataclass(frozen=True)
class Notice:
    """One message for people, in their language. ``undo`` offers to take the last step back."""

    text: str
    undo: bool = False
    is_error: bool = False
    #: A repair or next step: its label and what it does.
    action: tuple[str, Callable[[], None]] | None = None


class Feedback(QObject):
    """Messages on their way to the window, which listens to :attr:`noticed`."""

    noticed = Signal(object)
    #: The user wants the step back that the last toast told about.
    undo_requested = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        #: What was said last, for pages that are built anew and for tests.
        self.last: Notice | None = None

    def toast(self, text: str, *, undo: bool = False, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Say ``text`` (already translated) for eight seconds, with Undo or one next step."""
        self._say(Notice(text, undo=undo, action=action))

    def error(self, error: UserError | str) -> None:
        """Say an expected failure; stays until it is dismissed or something else is said."""
        text = error if isinstance(error, str) else self.sentence(error)
        self._say(Notice(text, is_error=True))

    def sentence(self, error: UserError) -> str:
        """The sentence of ``error`` in the language of the window."""
        return self.language.tr(error.sentence, **error.params)

    def _say(self, notice: Notice) -> None:
        self.last = notice
        self.noticed.emit(notice)
