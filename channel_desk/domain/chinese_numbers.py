"""Numbers in Chinese characters, also in the capital ones of contracts: 二十五万, 壹拾万伍仟, 一亿二千万."""

from __future__ import annotations

import re
from typing import Final

#: Every way to write a digit or a unit, by the one that is reckoned with.
_FORMS: Final = {
    "零": "〇", "一": "壹", "二": "贰貳两兩", "三": "叁叄參", "四": "肆", "五": "伍", "六": "陆陸", "七": "柒",
    "八": "捌", "九": "玖", "十": "拾", "百": "佰", "千": "仟", "万": "萬", "亿": "億",
}  # fmt: skip
_PLAIN: Final = {ord(other): plain for plain, others in _FORMS.items() for other in others}
_DIGIT: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
#: The characters such a number is made of, for patterns.
NUMERALS: Final = "".join(f"{plain}{others}" for plain, others in _FORMS.items())
_ONE = "[一二三四五六七八九]"
#: Up to 9999. A last digit stands alone, behind 十, or behind 零: 三百五 means 350 to some.
_PART = re.compile(
    rf"(?:(?P<thousands>{_ONE})千)?零?(?:(?P<hundreds>{_ONE})百)?零?(?:(?P<tens>{_ONE}?)(?P<ten>十))?(?P<gap>零?)(?P<ones>{_ONE})?"
)


def read_chinese_number(text: str) -> int | None:
    """The whole number; None where the text is none, or may mean two."""
    plain = text.translate(_PLAIN)
    total = 0
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        many, found, plain = plain.rpartition(unit) if unit in plain else ("", "", plain)
        if found:
            part = _part(many)
            if not part:
                return None
            total += part * value
    if not total:
        return _part(plain)
    # 三万五 means 35,000 to most.
    rest = 0 if not plain else None if plain in _DIGIT else _part(plain)
    return None if rest is None else total + rest


def _part(text: str) -> int | None:
    match = _PART.fullmatch(text)
    if match is None or not text:
        return None
    high = bool(match["thousands"] or match["hundreds"])
    if match["ones"] and high and not match["ten"] and not match["gap"] and text[-2] != "零":
        return None
    tens = _DIGIT[match["tens"] or "一"] if match["ten"] else 0
    digits = (
        _DIGIT[match["thousands"] or "零"],
        _DIGIT[match["hundreds"] or "零"],
        tens,
        _DIGIT[match["ones"] or "零"],
    )
    return sum(digit * value for digit, value in zip(digits, (1000, 100, 10, 1), strict=True))
