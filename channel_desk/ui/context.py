"""What every page and part of the window is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from channel_desk.clock import Clock
from channel_desk.i18n import Language
from channel_desk.i18n.formats import Formats
from channel_desk.settings import Settings
from channel_desk.ui.place import Place

if TYPE_CHECKING:
    from channel_desk.ui.bus import ChangeBus
    from channel_desk.ui.feedback import Feedback
    from channel_desk.ui.passing_time import PassingTime
    from channel_desk.ui.tasks import Tasks
    from channel_desk.ui.theme.theme import Theme


@dataclass(frozen=True, eq=False, repr=False)
class Context:
    """Built by the composition root for one language and handed down; another language gets another context."""

    language: Language
    clock: Clock
    settings: Settings
    tasks: Tasks
    bus: ChangeBus
    time: PassingTime
    feedback: Feedback
    theme: Theme
    #: The folder of shipped resources.
    resources: Path
    #: The language with a code, loaded once.
    language_of: Callable[[str], Language]
    #: Show another place, or the one before.
    go: Callable[[Place], None]
    back: Callable[[], None]
    #: What is shown is another place from now on, without going anywhere.
    become: Callable[[Place], None]

    def tr(self, message: str, /, **values: object) -> str:
        return self.language.tr(message, **values)

    def tr_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        return self.language.tr_n(one, many, n, **values)

    def tr_c(self, context: str, message: str, /, **values: object) -> str:
        return self.language.tr_c(context, message, **values)

    @property
    def formats(self) -> Formats:
        return self.language.formats

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def week_starts_on(self) -> int:
        """The first day of a week, 0 for Monday to 6 for Sunday."""
        return 6 if self.settings.text("week_starts") == "sunday" else 0

    def local(self, moment: datetime) -> datetime:
        """``moment`` as the user's clock shows it."""
        return moment.astimezone(self.clock.zone)

    @property
    def document_language(self) -> Language:
        """The language that documents are written in unless another is chosen for one of them."""
        code = self.settings.text("document_language")
        return self.language_of(code) if code else self.language
