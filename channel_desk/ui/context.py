"""What every page and part of the window is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channel_desk.clock import Clock
from channel_desk.i18n import Language
from channel_desk.i18n.formats import Formats
from channel_desk.paths import DataFolder
from channel_desk.settings import Settings
from channel_desk.ui.bus import ChangeBus
from channel_desk.ui.feedback import Feedback
from channel_desk.ui.place import Place
from channel_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from channel_desk.ui.theme.theme import Theme


@dataclass
class Context:
    """Built by the composition root, handed down; the window replaces ``language`` and builds its pages anew."""

    language: Language
    clock: Clock
    settings: Settings
    tasks: Tasks
    bus: ChangeBus
    feedback: Feedback
    theme: Theme
    folder: DataFolder
    #: Show another place; set by the window.
    go: Callable[[Place], None]

    def tr(self, message: str, /, **values: object) -> str:
        return self.language.tr(message, **values)

    def tr_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        return self.language.tr_n(one, many, n, **values)

    def tr_c(self, context: str, message: str, /, **values: object) -> str:
        return self.language.tr_c(context, message, **values)

    @property
    def formats(self) -> Formats:
        return self.language.formats
