"""Numbers and amounts of money."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from channel_desk.domain.amounts import Amount, Unread, read_amount, read_count, read_decimal
from channel_desk.i18n import Language
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.reading_field import ReadingField
from channel_desk.ui.widgets.text import Text


def places(value: float | Decimal, most: int) -> int:
    """How many decimals ``value`` needs, ``most`` at most."""
    return next((number for number in range(most) if round(value, number) == round(value, most)), most)


class NumberField(ReadingField):
    """A number between ``least`` and ``most``: an ``int``, or a ``Decimal`` where ``decimals`` are allowed."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        *,
        decimals: int = 0,
        unit: str = "",
        least: float | None = None,
        most: float | None = None,
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, language, name=name, size=size, parent=parent)
        self._decimals = decimals
        self._least = least
        self._most = most
        if unit:
            self.add_at_end(Text(theme, unit, "secondary", "ink-3"))

    @override
    def _read(self, text: str) -> int | Decimal | None:
        number = read_decimal(unicodedata.normalize("NFKC", text)) if self._decimals else read_count(text)
        if isinstance(number, Unread):
            return None
        if isinstance(number, Decimal) and round(number, self._decimals) != number:
            return None
        fits = (self._least is None or number >= self._least) and (self._most is None or number <= self._most)
        return number if fits else None

    @override
    def _written(self, value: object) -> str:
        if not isinstance(value, int | float | Decimal):
            return ""
        return self._language.formats.number(float(value), places(value, self._decimals))

    @override
    def _complaint(self) -> str:
        tr, formats = self._language.tr, self._language.formats
        if self._least is not None and self._most is not None:
            least, most = formats.number(self._least, self._decimals), formats.number(self._most, self._decimals)
            return tr("A number from {least} to {most}", least=least, most=most)
        return tr("Use digits only, for example 45")


class MoneyField(ReadingField):
    """An amount in minor units of ``currency``; understands 48.6万, 20,000 and ¥1,200.50."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        *,
        currency: str,
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, language, name=name, size=size, parent=parent)
        self._currency = currency

    def set_currency(self, currency: str) -> None:
        """The amount that is shown or typed is in ``currency``."""
        if currency != self._currency:
            self._currency = currency
            if not self._typed:
                self.set_value(self._value)

    @property
    def minor(self) -> int | None:
        return self._value if isinstance(self._value, int) else None

    @override
    def _read(self, text: str) -> int | None:
        amount = read_amount(text)
        if not isinstance(amount, Amount) or amount.currency not in ("", self._currency):
            return None
        return amount.minor

    @override
    def _written(self, value: object) -> str:
        return self._language.formats.money(value if isinstance(value, int) else None, self._currency)

    @override
    def _complaint(self) -> str:
        return self._language.tr("Not an amount, for example 200,000")
