"""Units that a heading or a line above the table names for the numbers below: 万元, USD '000, 周, 亩.

A unit is applied where it is known and exact. Numbers in a unit that cannot be converted exactly are kept aside,
and a unit that nobody knows is reported.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final, NamedTuple

from channel_desk.domain.amounts import CURRENCIES, SCALES, any_of, has_parts_of_a_cent
from channel_desk.domain.cells import Cell
from channel_desk.domain.import_fields import EXTRA, ImportField, Kind, target_of
from channel_desk.domain.import_plan import ColumnChoice, ColumnMapping, ImportTable
from channel_desk.domain.import_problems import Problem

#: A figure that may be an amount; 102% and 027-85551234 are none.
_FIGURE: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
#: Currencies that a column can be in, by code.
CURRENCY_CODES: Final = frozenset(
    "CNY USD EUR GBP HKD TWD JPY KRW SGD AUD CAD CHF MOP MYR THB VND INR".split()  # noqa: SIM905 - a list of words
)
_CURRENCIES: Final = {
    **{code.lower(): code for code in CURRENCY_CODES},
    **CURRENCIES,
    "日元": "JPY", "韩元": "KRW", "新元": "SGD", "新加坡元": "SGD", "澳元": "AUD", "加元": "CAD", "瑞士法郎": "CHF",
    "澳门元": "MOP", "泰铢": "THB", "卢比": "INR", "₹": "INR", "rs": "INR", "rs.": "INR",
}  # fmt: skip
_SCALES: Final = {
    **SCALES,
    "'000": 1000, "’000": 1000, "000": 1000, "'000s": 1000, "000s": 1000, "thousands": 1000, "tsd": 1000, "tsd.": 1000,
    "mn": 10**6, "mln": 10**6, "millions": 10**6, "billions": 10**9, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5,
    "lacs": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip


class MoneyUnit(NamedTuple):
    """What amounts are multiplied with, and the currency they are in, empty when the unit names none."""

    factor: int
    currency: str


#: A T is a thousand before the euro only (TEUR); alone it is a ton.
_MONEY = re.compile(
    r"(?:(?:单位|單位|unit|in)[\s:]*)?"
    rf"(?P<before>{any_of(_CURRENCIES)})?\s*(?P<scale>{any_of(_SCALES)}|t(?=eur|€))?\s*(?:of\s+)?"
    rf"(?P<after>{any_of(_CURRENCIES)})?"
)
#: Units of numbers by field: what they are multiplied with, 0 where the result would not be exact.
_DAYS: Final = {
    **dict.fromkeys(("天", "日", "d", "day", "days", "tage"), 1),
    **dict.fromkeys(("周", "星期", "礼拜", "week", "weeks", "wk", "wks"), 7),
    **dict.fromkeys(("月", "个月", "month", "months", "mth", "mths", "monate", "季", "季度", "年", "year", "years"), 0),
}
_AREAS: Final = {
    **dict.fromkeys(("m2", "sqm", "sqmtr", "squaremetres", "squaremeters", "平方米", "平米", "平方", "平", "qm"), 1),
    **dict.fromkeys(("公顷", "ha", "hectares", "万平方米", "万平米", "万平", "万m2"), 10_000),
    **dict.fromkeys(("亩", "畝", "市亩", "坪", "sqft", "ft2", "squarefeet", "sqyd", "acre", "acres", "间", "个"), 0),
}
_COUNTED: Final = {
    **dict.fromkeys("家 个 人 名 位 辆 台 部 间 units people persons".split(), 1),  # noqa: SIM905 - a list of words
    **{
        f"{scale}{word}": factor
        for scale, factor in (("百", 100), ("千", 1000), ("万", 10_000))
        for word in ("", *"家个人名辆台")
    },
}
_BY_FIELD: Final = MappingProxyType({"terms_days": _DAYS, "warehouse_m2": _AREAS})
#: What stands beside a heading without being a unit: years, what is to be filled in, with or without tax.
_NO_UNIT = re.compile(
    r"(?:fy)?\s*(?:19|20)?\d\d\s*年?度?|[去上本今全每]?年度?|必填项?|选填|required|optional|mandatory|\*"
    r"|不?含税|税[前后]|预[计估]|实际|约|人民币口径|(?:per|last|this)?\s*(?:year|annum|annual)|p\.?a\.?|est\.?|estimated|actual"
    r"|(?:incl|excl)\w*\.?\s*(?:vat|tax)|数字|整数",
)


def _plain(text: str) -> str:
    """For comparing; a run of blanks is one, or the patterns would try to part it in every way."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def money_unit(text: str) -> MoneyUnit | None:
    """``万美元`` is 10,000 and USD, ``RMB '000`` is 1,000 and CNY; None when the text is no unit of money."""
    match = _MONEY.fullmatch(_plain(text))
    if match is None or not any(match.group("before", "scale", "after")):
        return None
    before, after = _CURRENCIES.get(match["before"] or "", ""), _CURRENCIES.get(match["after"] or "", "")
    if before and after and after not in {before, "CNY"}:
        return None
    return MoneyUnit(_SCALES.get(match["scale"] or "", 1000), before or after)


def count_factor(field: ImportField, text: str) -> int | None:
    """What numbers of ``field`` in the unit ``text`` are multiplied with; 0 when not exactly, None when unknown."""
    unit = re.sub(r"^(?:单位|單位|unit|in\b)[:\s]*|[\s.]", "", _plain(text))
    return _BY_FIELD.get(field.key, _COUNTED).get(unit)


def is_unit(text: str) -> bool:
    """Whether the text is nothing but a unit, as in a line of units below the headings."""
    known = any(_plain(text) in units for units in (_DAYS, _AREAS, _COUNTED))
    return known or money_unit(text.strip(" ()（）")) is not None


def is_unit_of(key: str, text: str) -> bool:
    """Whether numbers of the field ``key`` can be in the unit ``text``."""
    target = target_of(key)
    if target is None:
        return False
    if target.field.kind is Kind.AMOUNT:
        return money_unit(text) is not None
    return target.field.kind is Kind.NUMBER and count_factor(target.field, text) is not None


def inexact_unit(choice: ColumnChoice, field: ImportField) -> str:
    """The unit of a column of numbers that cannot be converted exactly; empty without."""
    return next((unit for unit in choice.units if count_factor(field, unit) == 0), "")


def number_factor(choice: ColumnChoice, field: ImportField) -> int:
    """What the numbers of a column are multiplied with."""
    return next((factor for unit in choice.units if (factor := count_factor(field, unit))), 1)


def unit_not_applied(mapping: ColumnMapping, table: ImportTable) -> list[Problem]:
    """The unit of a line above the table, where figures are kept as they stand without it."""
    if table.amount_unit == 1:
        return []
    kept = [column for column in mapping.columns if column.field == EXTRA and not column.units]
    figures = tuple(
        column.heading
        for column in kept
        if any(_is_figure(row[column.index]) for row in table.rows if column.index < len(row))
    )
    values = {"columns": figures, "factor": f"{table.amount_unit:,}"}
    return [Problem(table.heading_row, "", "unit_not_applied", values)] if figures else []


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _FIGURE.fullmatch(cell.strip()) is not None
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def rounded_amounts(mapping: ColumnMapping, table: ImportTable) -> list[Problem]:
    """What is said of columns of amounts that were calculated to parts of a cent."""
    columns = tuple(
        column.heading
        for column in mapping.columns
        if (target := target_of(column.field)) is not None
        and target.field.kind is Kind.AMOUNT
        and any(_is_rounded(row[column.index], column.factor) for row in table.rows if column.index < len(row))
    )
    return [Problem(0, "", "amounts_rounded", {"columns": columns})] if columns else []


def _is_rounded(cell: Cell, factor: int) -> bool:
    return isinstance(cell, float) and not cell.is_integer() and has_parts_of_a_cent(cell, factor)


def unknown_units(mapping: ColumnMapping, heading_row: int) -> list[Problem]:
    """What stands beside the headings of amounts and numbers and is neither a known unit nor known to be none."""
    return [
        Problem(heading_row, column.heading, "unit_unknown", {"text": unit})
        for column in mapping.columns
        if (target := target_of(column.field)) is not None and target.field.kind in {Kind.AMOUNT, Kind.NUMBER}
        for unit in column.units
        if not is_unit_of(column.field, unit) and not _NO_UNIT.fullmatch(_plain(unit))
    ]
