"""The kinds of values that are edited where they stand: the words that show one, and the field that takes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtWidgets import QWidget

from channel_desk.i18n import Language
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import Field, TextField
from channel_desk.ui.widgets.number_field import MoneyField, NumberField, places
from channel_desk.ui.widgets.text_area import TextArea


class InlineKind(ABC):
    """What an :class:`InlineEdit` has to know about its value."""

    @abstractmethod
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        """A new field for such a value."""

    def words(self, value: object, language: Language) -> str:
        """``value`` while nobody edits it; it is not nothing."""
        return str(value)


class OneLine(InlineKind):
    """A short text."""

    @override
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        return TextField(theme, parent=parent)


class Lines(InlineKind):
    """A text of several lines: Enter breaks them, Ctrl+Enter saves."""

    @override
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        return TextArea(theme, parent=parent)


@dataclass(frozen=True)
class OneOf(InlineKind):
    """One of ``choices``, pairs of a value and its word."""

    choices: Sequence[tuple[object, str]]

    @override
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        return ChoiceField(theme, self.choices, parent=parent)

    @override
    def words(self, value: object, language: Language) -> str:
        return dict(self.choices).get(value, "")


@dataclass(frozen=True)
class Day(InlineKind):
    """A day; typed without its year it is one to come where they look ``ahead``."""

    today: Callable[[], date]
    ahead: bool = True

    @override
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        return DateField(theme, language, self.today, ahead=self.ahead, parent=parent)

    @override
    def words(self, value: object, language: Language) -> str:
        return language.formats.day(value, self.today()) if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Number(InlineKind):
    """A number of ``unit`` with so many ``decimals`` at most."""

    decimals: int = 0
    unit: str = ""

    @override
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        return NumberField(theme, language, decimals=self.decimals, unit=self.unit, parent=parent)

    @override
    def words(self, value: object, language: Language) -> str:
        if not isinstance(value, int | float | Decimal):
            return str(value)
        number = language.formats.number(float(value), places(value, self.decimals))
        return f"{number}{self.unit}" if self.unit in {"", "°"} else f"{number} {self.unit}"


@dataclass(frozen=True)
class Money(InlineKind):
    """An amount in minor units of ``currency``."""

    currency: str

    @override
    def field(self, theme: Theme, language: Language, parent: QWidget) -> Field:
        return MoneyField(theme, language, currency=self.currency, parent=parent)

    @override
    def words(self, value: object, language: Language) -> str:
        return language.formats.money(value, self.currency) if isinstance(value, int) else str(value)


ONE_LINE: Final = OneLine()
LINES: Final = Lines()
