"""Amounts of money and counts as people write them: 1.2万, ¥1,234.50, 1884.0万元, 3亿, (1,200), 贰拾万元整."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Final

from channel_desk.domain.chinese_numbers import NUMERALS, read_chinese_number

#: Amounts beyond a thousand million million are a mistake, and no column of a database holds them.
LARGEST_MINOR: Final = 10**17
#: Longer texts are prose; patterns are not tried on them.
LONGEST_NUMBER: Final = 60


@dataclass(frozen=True)
class Amount:
    """Minor units (分, cents); ``currency`` is empty when the text names none.

    ``in_own_unit``: the text names its currency without a scale (360000元), so the unit of its heading was not applied.
    """

    minor: int
    currency: str = ""
    in_own_unit: bool = field(default=False, compare=False)


class Unread(Enum):
    """Why a text is not taken for a number."""

    NOT_A_NUMBER = "not_a_number"
    UNCLEAR = "unclear"


#: Words and signs of currencies.
CURRENCIES: Final = {
    "¥": "CNY", "元": "CNY", "圆": "CNY", "圓": "CNY", "块": "CNY", "人民币": "CNY", "人民幣": "CNY", "cny": "CNY",
    "rmb": "CNY", "元人民币": "CNY", "元整": "CNY", "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD",
    "美金": "USD", "€": "EUR", "eur": "EUR", "欧元": "EUR", "歐元": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "英镑": "GBP", "hk$": "HKD", "hkd": "HKD", "港元": "HKD", "港币": "HKD", "港幣": "HKD", "nt$": "TWD",
    "twd": "TWD", "新台币": "TWD", "新臺幣": "TWD", "新台幣": "TWD",
}  # fmt: skip
#: Words that multiply the number before them.
SCALES: Final = {
    "": 1, "千": 1000, "仟": 1000, "k": 1000, "thousand": 1000, "万": 10**4, "萬": 10**4, "w": 10**4,
    "十万": 10**5, "百万": 10**6, "百萬": 10**6, "m": 10**6, "mio": 10**6, "mio.": 10**6, "million": 10**6,
    "千万": 10**7, "千萬": 10**7, "亿": 10**8, "億": 10**8, "bn": 10**9, "billion": 10**9,
}  # fmt: skip


def any_of(words: Iterable[str]) -> str:
    """A pattern of all ``words``, longer ones first; the empty one is left out."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)


_NUMBER = r"\d[\d.,'’ ]*"
_AMOUNT = re.compile(
    rf"(?P<sign>[-−–]?)(?P<before>{any_of(CURRENCIES)})?\s*(?P<sign_2>[-−–]?)\s*"
    rf"(?P<number>{_NUMBER}(?:e[+-]?\d+)?)\s*(?P<unit>{any_of(SCALES)})?\s*"
    rf"(?:(?P<number_2>{_NUMBER})\s*(?P<unit_2>{any_of(SCALES)}))?\s*"
    rf"(?P<after>{any_of(CURRENCIES)})?",
)
_IN_CHARACTERS = re.compile(
    rf"(?P<before>{any_of(CURRENCIES)})?\s*(?P<number>[{NUMERALS}]+)\s*"
    rf"(?P<after>{any_of(CURRENCIES)})?[整正]?"
)
_COUNT = re.compile(
    rf"(?:net\s*)?(?P<number>{_NUMBER})\s*(?P<unit>万|千)?\s*"
    r"(?:天|日|days?|tagen?|d|家|间|个|名|人|位|辆|台|部|人员|persons?|people|stores?|outlets?|㎡|m2|m²|平米|平方米|平方|平|sqm|qm)?(?:\s*net(?:to)?)?"
)
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_SPACE = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
#: A thousand to some and a fraction to others, unless it is told in 万, which no one parts with points.
_THOUSAND_OR_FRACTION = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_PLAIN = re.compile(r"\d+(?:\.\d+)?\.?(?:e[+-]?\d{1,2})?")


def read_decimal(text: str) -> Decimal | Unread:
    """A number written in digits; what could be a thousand or a decimal mark is refused as unclear.

    One comma before three digits separates thousands, before any other count of digits it is the decimal mark.
    Two and more points before groups of three separate thousands; a single point is always the decimal mark.
    """
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED_COMMA.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _GROUPED_POINT.fullmatch(text) and (text.count(".") > 1 or "," in text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _GROUPED_SPACE.fullmatch(text):
        return Decimal(re.sub(r"[ '’]", "", text).replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return Unread.UNCLEAR


@lru_cache(maxsize=4096)
def read_amount(value: str | float, factor: int = 1) -> Amount | Unread:
    """Money from a cell. ``factor`` is the unit of the heading (万元 is 10,000) for numbers without their own unit."""
    if not isinstance(value, str):
        return _in_minor(_decimal_of(value) * factor, "", exact=False)
    if len(value) > LONGEST_NUMBER:
        return Unread.NOT_A_NUMBER
    text = unicodedata.normalize("NFKC", value).strip().lower()
    negative = text.startswith("(") and text.endswith(")")
    match = _AMOUNT.fullmatch(text[1:-1].strip() if negative else text)
    if match is None:
        return _read_in_characters(text, factor)
    negative = negative or bool(match["sign"] or match["sign_2"])
    number = read_decimal(match["number"])
    if isinstance(number, Unread):
        return number
    unit = SCALES[match["unit"] or ""]
    if max(unit, factor) <= SCALES["k"] and _THOUSAND_OR_FRACTION.fullmatch(match["number"].strip()):
        return Unread.UNCLEAR
    total = number * unit
    if match["number_2"]:
        second, second_unit = read_decimal(match["number_2"]), SCALES[match["unit_2"]]
        if isinstance(second, Unread) or second_unit >= unit or second * second_unit >= unit:
            return Unread.UNCLEAR
        total += second * second_unit
    return _in_currency(-total if negative else total, match, factor, scaled=bool(match["unit"]))


def _read_in_characters(text: str, factor: int) -> Amount | Unread:
    match = _IN_CHARACTERS.fullmatch(text)
    number = read_chinese_number(match["number"]) if match else None
    if match is None or number is None:
        return Unread.NOT_A_NUMBER
    scaled = any(unit in match["number"] for unit in "万萬亿億")
    if factor != 1 and not scaled and any(unit in match["number"] for unit in "千仟"):
        return Unread.UNCLEAR  # two thousand below 万元 is 2千 to some and 2000万 to others
    return _in_currency(Decimal(number), match, factor, scaled=scaled)


def _in_currency(total: Decimal, match: re.Match[str], factor: int, *, scaled: bool) -> Amount | Unread:
    """The amount in the currency that stands ``before`` or ``after`` it; ``scaled``: it has its own 万."""
    before, after = CURRENCIES.get(match["before"] or "", ""), CURRENCIES.get(match["after"] or "", "")
    if before and after and after not in {before, "CNY"}:
        return Unread.UNCLEAR
    in_own_unit = factor != 1 and not scaled and bool(before or after)
    amount = _in_minor(total if scaled or in_own_unit else total * factor, before or after, exact=True)
    return replace(amount, in_own_unit=True) if in_own_unit and isinstance(amount, Amount) else amount


def has_parts_of_a_cent(value: float, factor: int = 1) -> bool:
    """Whether a number of a cell is rounded when it is read as an amount."""
    cents = _decimal_of(value) * factor * 100
    return cents != cents.to_integral_value()


def _decimal_of(value: float) -> Decimal:
    """The shortest decimal that a spreadsheet shows for the number, at most fifteen digits."""
    try:
        return Decimal(format(value, ".15g"))
    except InvalidOperation:  # not a number, infinity
        return Decimal(0)


def _in_minor(amount: Decimal, currency: str, *, exact: bool) -> Amount | Unread:
    if not amount.is_finite() or abs(amount) * 100 >= LARGEST_MINOR:
        return Unread.UNCLEAR
    minor = int((amount * 100).to_integral_value(ROUND_HALF_UP))
    # A written 1.234 may mean a thousand in one country and one in another; a computed 0.333 is only long.
    if exact and Decimal(minor) != amount * 100:
        return Unread.UNCLEAR
    return Amount(minor, currency)


def read_count(value: str | float) -> int | Unread:
    """A whole number, with or without the word for what is counted: 30天, 12 家, 1,200 m2, net 30."""
    if not isinstance(value, str):
        whole = float(value).is_integer() and abs(value) < 2**53
        return int(value) if whole else Unread.UNCLEAR
    if len(value) > LONGEST_NUMBER:
        return Unread.NOT_A_NUMBER
    match = _COUNT.fullmatch(unicodedata.normalize("NFKC", value).strip().lower())
    if match is None:
        return Unread.NOT_A_NUMBER
    number = read_decimal(match["number"])
    if isinstance(number, Unread):
        return number
    if not match["unit"] and _THOUSAND_OR_FRACTION.fullmatch(match["number"].strip()):
        return Unread.UNCLEAR
    number *= SCALES[match["unit"] or ""]
    if number != number.to_integral_value() or number >= 2**53:
        return Unread.UNCLEAR
    return int(number)
