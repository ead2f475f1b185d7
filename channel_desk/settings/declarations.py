"""Every setting of the program: its page, its checks and the line of help beside it are made from what stands here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from channel_desk.i18n import LANGUAGES, mark

Value = str | int


class Kind(Enum):
    """How a setting is edited."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"


class Keeping(Enum):
    """Where a setting is kept: on this computer, readable before the data is open; or inside the encrypted data."""

    COMPUTER = "computer"
    DATA = "data"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: its key, what it may be, and its words."""

    key: str
    kind: Kind
    keeping: Keeping
    default: Value
    label: str
    help: str
    group: str
    choices: tuple[tuple[str, str], ...] = ()
    lowest: int = 0
    highest: int = 0
    unit: str = ""
    #: Written and read by the program itself, never shown.
    hidden: bool = False

    def accepts(self, value: object) -> bool:
        """Whether ``value`` may be this setting's."""
        if self.kind is Kind.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool) and self.lowest <= value <= self.highest
        if self.kind is Kind.CHOICE:
            return value in [choice for choice, _ in self.choices]
        return isinstance(value, str) and len(value) <= 200


_LOOK: Final = mark("Look")
_YOU: Final = mark("You")
_PLANNING: Final = mark("Planning")
_PRINTING: Final = mark("Printing")

SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        key="language",
        kind=Kind.CHOICE,
        keeping=Keeping.COMPUTER,
        default="",
        label=mark("Language"),
        help=mark("For the window. Documents have their own."),
        group=_LOOK,
        choices=(("", mark("Same as the system")), *LANGUAGES.items()),
    ),
    Setting(
        key="theme",
        kind=Kind.CHOICE,
        keeping=Keeping.COMPUTER,
        default="system",
        label=mark("Theme"),
        help=mark("Printed pages and slides stay light."),
        group=_LOOK,
        choices=(("system", mark("Same as the system")), ("light", mark("Light")), ("dark", mark("Dark"))),
    ),
    Setting(
        key="user_name",
        kind=Kind.TEXT,
        keeping=Keeping.DATA,
        default="",
        label=mark("Your name"),
        help=mark("Printed on briefs and decks."),
        group=_YOU,
    ),
    Setting(
        key="brand",
        kind=Kind.TEXT,
        keeping=Keeping.DATA,
        default="",
        label=mark("Brand"),
        help=mark("Printed on training decks."),
        group=_YOU,
    ),
    Setting(
        key="day_starts",
        kind=Kind.NUMBER,
        keeping=Keeping.DATA,
        default=8,
        label=mark("The day starts at"),
        help=mark("The planner opens at this hour; earlier ones lie above it."),
        group=_PLANNING,
        lowest=0,
        highest=12,
        unit=mark("o'clock"),
    ),
    Setting(
        key="day_ends",
        kind=Kind.NUMBER,
        keeping=Keeping.DATA,
        default=19,
        label=mark("The day ends at"),
        help=mark("Later hours of the planner stand on grey, like those before the day."),
        group=_PLANNING,
        lowest=13,
        highest=24,
        unit=mark("o'clock"),
    ),
    Setting(
        key="week_starts",
        kind=Kind.CHOICE,
        keeping=Keeping.DATA,
        default="monday",
        label=mark("The week starts on"),
        help=mark("For the planner, the rest of the week on Today, and briefs of a week."),
        group=_PLANNING,
        choices=(("monday", mark("Monday")), ("sunday", mark("Sunday"))),
    ),
    Setting(
        key="visit_minutes",
        kind=Kind.NUMBER,
        keeping=Keeping.DATA,
        default=90,
        label=mark("Length of a visit"),
        help=mark("For new visits; drag an edge of a visit to change it."),
        group=_PLANNING,
        lowest=15,
        highest=480,
        unit=mark("minutes"),
    ),
    Setting(
        key="document_language",
        kind=Kind.CHOICE,
        keeping=Keeping.DATA,
        default="",
        label=mark("Language of documents"),
        help=mark("Can be chosen anew for each document."),
        group=_PRINTING,
        choices=(("", mark("Same as the window")), *LANGUAGES.items()),
    ),
    Setting(
        key="window",
        kind=Kind.TEXT,
        keeping=Keeping.COMPUTER,
        default="",
        label="",
        help="",
        group="",
        hidden=True,
    ),
)
