"""Parts of a place that share a cell: 湖北/武汉, 湖北省武汉市江汉区, Texas, Dallas, 80939 München."""

from __future__ import annotations

import re
from typing import Final

#: The provinces of China by the names that people call them, as a pattern.
PROVINCES: Final = (
    r"北京|天津|上海|重庆|河[北南]|山[西东]|辽宁|吉林|黑龙江|江[苏西]|浙江|安徽|福建|湖[北南]|广[东西]|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|台湾|内蒙古|西藏|宁夏|新疆|香港|澳门"
)
#: What is filled, in this order; a country and a postcode are found where they stand.
FIELDS: Final = ("province", "city", "district")
_CHINA: Final = frozenset({"中国", "中華人民共和國", "中华人民共和国", "china", "cn", "prc"})
#: Longer cells are addresses.
_LONGEST: Final = 60
_HAN = re.compile(r"[\u3400-\u9fff]")
_WITH_POSTCODE = re.compile(r"(?P<postal_code>(?:[A-Z]{1,2}-)?\d{4,6})\s+(?P<city>[^\d,;/|]+)")
#: A blank or a dash may belong to a name in Latin letters: New South Wales, Nordrhein-Westfalen.
_MARKS = re.compile(r"\s*[/／\\|｜>＞,，、;；·]+\s*")
_MARKS_IN_CHINESE = re.compile(r"(?:[\s/／\\|｜>＞,，、;；·—–-]|－)+")
_PROVINCE = re.compile(rf"(?:{PROVINCES})省?")
_TOGETHER = re.compile(
    rf"(?P<province>(?:{PROVINCES})(?:省|(?<=[京津海庆])市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?(?!市))?"
    r"(?P<city>[\u3400-\u9fff]{1,12}?(?:自治州|地区|市|州|盟))?"
    r"(?P<district>[\u3400-\u9fff]{1,12}?(?:新区|开发区|区|县|旗|市))?"
    r"(?P<rest>[\u3400-\u9fff]{1,6})?"
)


def place_in(text: str) -> dict[str, str] | None:
    """The parts that ``text`` names, by field; None where it cannot be told which they are."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    with_postcode = _WITH_POSTCODE.fullmatch(text)
    if with_postcode:
        return with_postcode.groupdict()
    is_chinese = bool(_HAN.search(text))
    parts = [part for part in (_MARKS_IN_CHINESE if is_chinese else _MARKS).split(text) if part]
    found: dict[str, str] = {}
    if parts and parts[0].casefold() in _CHINA:
        found["country"] = parts.pop(0)
    if len(parts) == 1 and is_chinese:
        return _parted(parts[0], found)
    if any(part != parts[0] and _PROVINCE.fullmatch(part) for part in parts[1:]):
        return None  # of two provinces
    are_names = all(any(map(str.isalpha, part)) for part in parts) and not any(map(str.isdigit, text))
    if not 1 <= len(parts) <= len(FIELDS) or not are_names:
        return None
    return found | dict(zip(FIELDS, parts, strict=False))


def _parted(text: str, found: dict[str, str]) -> dict[str, str] | None:
    """湖北武汉 without marks between: only what begins with a province, or ends as cities do, says what it is."""
    match = _TOGETHER.fullmatch(text)
    if match is None:
        return None
    named = {field: match[field] for field in FIELDS if match[field]}
    if match["rest"]:
        known = [field in named for field in FIELDS]
        if known not in ([True, False, False], [True, True, False]):
            return None
        named[FIELDS[known.index(False)]] = match["rest"]
    return found | named if named.keys() - {"district"} else None
