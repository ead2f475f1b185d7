"""Headings of several words: what the first words make of the last one. A bank's name is no distributor's name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final, NamedTuple

from channel_desk.domain.import_fields import EXTRA, FAMILY_NAME, FIELDS, GIVEN_NAME, ROW_NUMBER, Kind, target_of
from channel_desk.domain.import_units import is_unit_of
from channel_desk.domain.places_in_cells import FIELDS as PARTS_OF_A_PLACE
from channel_desk.domain.readings import simplified
from channel_desk.domain.yes_or_no import asked_status
from channel_desk.exchange.heading_words import LONGEST_HEADING, field_of, heading_key, heading_units, numbered


class Guess(NamedTuple):
    """The key a heading names. What is not sure counts only where no other column names the same field."""

    key: str
    is_sure: bool = True


_NOTHING: Final = Guess(EXTRA)
#: ``Customer No.``, ``Customer #``: the number of something.
_NUMBER_SIGNS: Final = frozenset({"#", "no", "no.", "nr", "nr.", "№"})
_NAME_WORDS: Final = frozenset({"name", "names", "名称", "名字", "姓名", "fullname"})
_CODE_WORDS: Final = frozenset({"id", "code", "编码", "编号", "代码"})
#: Last words that say nothing new of a field, by its kind.
_TOTALS: Final = frozenset({"amount", "value", "count", "total", "金额", "数额", "数量", "合计", "总计", "全年"})
_MEASURES: Final = defaultdict[Kind | None, frozenset[str]](
    frozenset, {Kind.AMOUNT: _TOTALS, Kind.NUMBER: _TOTALS, Kind.DATE: frozenset({"date", "日期"})}
)
#: First words that leave the last ones as they are.
_PLAIN: Final = frozenset(
    {
        *("main", "primary", "first", "head", "office", "official", "registered", "current", "present", "full"),
        *("general", "basic", "details", "info", "work", "business", "alternate", "alt", "telephone", "the"),
        *("基本", "基础", "主要", "常用", "现", "合作", "经营", "业务", "其他", "其它"),
    }
)
#: Names of a field that, above several columns, name none of them: how to reach somebody.
_HEADS: Final = frozenset({"联系方式"})
#: First words that make the last ones speak of someone else, or of another matter.
_FOREIGN: Final = re.compile(
    r"\b(?:bank|parent|mother|holding|group|brand|product|item|price|payment|bill|billing|invoice|delivery|shipping|"
    r"ship|driver|referred|reference|approved|created|updated|our|manager|supervisor|middle|employee|user|project|route|"
    r"campaign|event|file|spouse|father|order|time|data|risk|potential|average|avg|inactive|closed|blocked|suspended|discount|credit|"
    r"rebate|tax|available|destination|building|beat|officer|director|signatory|guarantor)\b"
    r"|银行|开户|开票|发票|母公司|上级|总公司|集团|品牌|产品|价格|付款|财务|物流|司机|推荐|介绍|我方|我司|主管|审批|创建",
    re.IGNORECASE,
)
#: Above several columns these are the customer's books; above a name or a phone, the people who keep them.
_BOOKS: Final = frozenset({"财务", "财务信息", "财务资料", "财务情况"})
_OF_THE_BOOKS: Final = frozenset({"credit_limit_minor", "annual_sales_minor", "terms_days", "currency"})
#: Fields of the place where a distributor is.
PLACES: Final = frozenset(
    {"country", "province", "city", "district", "address", "postal_code", "region", "territory", "contract_territory"}
)
_PLACES_IN_A_CELL: Final = frozenset({PARTS_OF_A_PLACE, PARTS_OF_A_PLACE[:2], ("postal_code", "city")})
#: Who a contact may be besides, in brackets or behind a stroke: 联系人（负责人）, 联系人/法人.
_PEOPLE: Final = frozenset({"contact.name", "owner", "legal_person"})
#: What may stand in one cell with a name: 张三（总经理）13800138000.
_OF_A_PERSON: Final = _PEOPLE | {"contact.title", "contact.phone"}
#: Columns that a system put there for itself.
_NOT_FOR_PEOPLE = re.compile(r"\bdo not (?:modify|change|edit)\b|请勿修改", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[及和与/、,，+&]|\band\b)\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: Where an invoice goes is where a customer is, unless another column says so.
_BILLED = re.compile(r"\bbill(?:ing)?\b", re.IGNORECASE)
_WITH_BRACKETS = re.compile(r"([^(（\[【]+)[(（\[【]([^)）\]】]+)[)）\]】]\s*")
#: Whose manager is theirs and not ours.
_THEIR_MANAGERS: Final = re.compile(r"\b(?:store|shop|outlet|purchas\w*|procurement|buying|general)\b", re.IGNORECASE)
#: ``Name of the dealer`` is ``dealer Name``.
_OF: Final = re.compile(r"(.+?)\s+of\s+(?:the\s+|our\s+)?(.+)", re.IGNORECASE)
_COUNTED: Final = re.compile(r"(?:total\s+)?(?:no\.?|nos\.?|numbers?|#|count|qty)", re.IGNORECASE)
#: Words that name a field only where no other column names it better.
_LOOSE: Final = frozenset(
    {
        *("id", "title", "sales", "area", "companycode", "accountid", "accountopened", "manager", "编号", "负责人"),
        *("收货地址", "送货地址", "仓库地址", "注册地址", "建档日期", "建档时间", "开户日期", "开户时间"),
        *("收货人", "收货人姓名", "收件人", "收件人姓名", "结算方式", "付款方式", "付款条件", "付款条款"),
        *("payment", "paymentmethod", "zahlung", "zahlungsbedingung", "zahlungsbedingungen", "countrycode"),
    }
)
#: What there are so many of, where the heading says that it is counted: 门店(家), 车(台).
_COUNTED_THINGS: Final = {
    "门店": "stores",
    "店铺": "stores",
    "店面": "stores",
    "直营店": "stores",
    "网点": "outlets",
    "终端": "outlets",
    "车": "vehicles",
    "货车": "vehicles",
    "业务": "sales_people",
    "人员": "staff",
    "人": "staff",
}
#: What goods are counted in, and shares: no money.
_NO_MONEY: Final = re.compile(
    r"%|units?|pcs|pieces|cases|cartons|boxes|tons?|tonnes|t|kg|hl|lit(?:re|er)s?|days|[件箱吨瓶台个天日盒袋升]|千克|公斤"
)
#: Whose name, phone and address are the customer's in a list of the lower levels; alone they may head a count.
_OUTLETS: Final = frozenset({"门店", "店铺", "网点", "终端", "二批", "二批商", "分销商", "零售商", "批发商", "加盟商"})
#: Sales that are no sales of a whole year: targets, months, quarters.
_NO_YEARS_SALES = re.compile(
    r"^total\b(?!.*(?:annual|year|20\d\d))|\bcompetitors?\b|目标|任务|计划|预算|预测|季|半年|周|(?<!12)(?<!12个)月|\b(?:targets?|plan(?:ned)?|budget|forecast|goal|[ymqw]td|weekly|monthly"
    r"|quarter(?:ly)?|q[1-4]|h[12]|monat|quartal|(?<!12 )months?)\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?\b",
    re.IGNORECASE,
)
#: More words with strokes and commas between them are prose.
_MOST_PARTS: Final = 8
#: No field is called by more words.
_MOST_WORDS: Final = 6
#: Longer words without a blank are prose.
_LONGEST_WORD: Final = 20


def guess(heading: str) -> Guess:
    """The key a heading names by itself, EXTRA when it names none."""
    if len(heading) > LONGEST_HEADING:
        return _NOTHING
    heading = simplified(heading)
    if _NOT_FOR_PEOPLE.search(heading):
        return _NOTHING
    found = _bracketed(heading) or _named(heading)
    is_other_figure = (found.key == "annual_sales_minor" and _NO_YEARS_SALES.search(heading)) or (
        _kind(found.key) is Kind.AMOUNT and any(map(_NO_MONEY.fullmatch, heading_units(heading)))
    )
    return _NOTHING if is_other_figure else found


def _bracketed(heading: str) -> Guess | None:
    """联系人(电话) is the phone of the contact and no second contact; 客户名称(简称) the short name."""
    match = _WITH_BRACKETS.fullmatch(heading)
    upper, key = (field_of(match[1]), field_of(match[2])) if match else (None, None)
    if match is None or key is None or key in {"name", "contact.name"}:
        return None
    if upper == "contact.name" and key in _PEOPLE:
        return Guess(upper)
    is_part = upper in {"name", "contact.name"} or (upper == "address" and key in PLACES)
    return _qualified(match[1], key, match[2].casefold()) if is_part else None


def _named(heading: str) -> Guess:
    counted = _COUNTED_THINGS.get(heading_key(heading).key, "")
    if any(is_unit_of(counted, unit) for unit in heading_units(heading)):
        return Guess(counted)
    named = field_of(heading)
    if named:
        return Guess(named, heading_key(heading).key not in _LOOSE)
    if asked_status(heading):
        return Guess("status", is_sure=False)
    together = _together(heading)
    if together:
        return together
    turned = _OF.fullmatch(heading)
    if turned and _COUNTED.fullmatch(turned[1]) and _kind(field_of(turned[2]) or "") is Kind.NUMBER:
        return _named(turned[2])
    if turned:  # what is of something of something else is none of our fields
        return _NOTHING if _OF.fullmatch(turned[2]) else _named(f"{turned[2]} {turned[1]}")
    base, number = numbered(heading)
    key = field_of(base) if number > 1 or base != heading else None
    if key:
        is_other = key.startswith("contact.") and number > 1
        return Guess(f"contact{number}.{key.removeprefix('contact.')}" if is_other else key)
    words = heading.split()
    if len(words) > 1 and words[-1].casefold() in _NUMBER_SIGNS:
        return Guess(_number_of(" ".join(words[:-1])))
    for begin in range(max(1, len(words) - _MOST_WORDS), len(words)):
        key = field_of(" ".join(words[begin:]))
        if key and words[begin:] != ["am"]:  # Angelegt am: in German a date follows and no account manager
            return _qualified(" ".join(words[:begin]), key, " ".join(words[begin:]).casefold())
    return _in_one_word(heading) if len(words) == 1 else _translated(words)


def _together(heading: str) -> Guess | None:
    """What several fields in one column are: a person with a phone, phones of any kind, an address; else nothing."""
    parts = _AND.split(heading)
    keys = [key for part in parts if (key := _named(part).key) != EXTRA] if 1 < len(parts) <= _MOST_PARTS else []
    if len(keys) < 2:
        return Guess("note") if keys == ["note"] and field_of(parts[0]) == "note" else None  # 备注/特殊约定
    if len(set(keys)) == 1:
        return Guess(keys[0])
    if "contact.name" in keys and _OF_A_PERSON.issuperset(keys):
        return Guess("contact.name")  # the cells are parted row by row
    if tuple(keys) in _PLACES_IN_A_CELL:
        return Guess("place")
    if all(_kind(key) is Kind.PHONE or key == "contact.chat_id" for key in keys):
        return Guess("contact.phone")
    return Guess("address") if "address" in keys and PLACES.issuperset(keys) else _NOTHING


def _in_one_word(heading: str) -> Guess:
    """Chinese knows no blanks: 经销商地址 is the address of a name's owner, 业务员姓名 the name of the salesman."""
    for begin in range(1, len(heading) if len(heading) <= _LONGEST_WORD else 0):
        first, last = heading[:begin], heading[begin:]
        upper, key = "name" if first in _OUTLETS else field_of(first), field_of(last)
        if upper and key and (upper in {"name", "legal_person"} or upper.startswith("contact.") or last in _NAME_WORDS):
            if key == "owner" and first != "客户":
                return Guess("contact.name", is_sure=False)  # 门店负责人 is theirs, 客户负责人 ours
            return Guess(key) if first in _OUTLETS else _qualified(first, key, last)
    return _NOTHING


def _number_of(owner: str) -> str:
    """``Customer #`` is the customer's code, ``WhatsApp No.`` the WhatsApp itself, a shop's number nothing of ours."""
    if field_of(owner) == ROW_NUMBER:
        return ROW_NUMBER
    key = field_of(f"{owner} no") or field_of(f"{owner}编号")
    if key is None:
        target = target_of(field_of(owner) or "")
        key = target.field.key if target is not None and target.field.kind in {Kind.CODE, Kind.PHONE} else EXTRA
    return key


def _translated(words: list[str]) -> Guess:
    """A known heading with an unknown one in the other script behind it is its translation; an amount stays one."""
    first, rest = words[0] if words else "", " ".join(words[1:])
    key = field_of(" ".join(words[:-1]))
    if key and words[-1].casefold() in _MEASURES[_kind(key)]:
        return Guess(key)
    key = field_of(first) if rest and _is_translation(first, rest) else None
    return Guess(key, is_sure=False) if key else _NOTHING


def _is_translation(one: str, other: str) -> bool:
    return bool(_HAN.search(one)) != bool(_HAN.search(other))


def _kind(key: str) -> Kind | None:
    target = target_of(key)
    return target.field.kind if target is not None else None


def _qualified(first: str, key: str, last: str) -> Guess:
    """What ``key``, named by ``last``, means behind the words ``first``."""
    bare = re.sub(r"(?:信息|资料|情况|资讯)$", "", first)
    upper = "" if bare in _HEADS else field_of(bare) or ""
    if key == "owner" and _THEIR_MANAGERS.search(first):
        return Guess("contact.name", is_sure=False)
    if not upper:
        if _BILLED.search(first) and key in PLACES:
            return Guess(key, is_sure=False)
        if _FOREIGN.search(first) and not (key in _OF_THE_BOOKS and heading_key(bare).key in _BOOKS):
            return _NOTHING
        if bare.casefold() in _PLAIN or bare in _HEADS or bare != first or not bare:
            return Guess(key, _kind(key) is not Kind.CHOICE)  # a business type may be a legal form
        return _NOTHING if last in _CODE_WORDS else Guess(key, is_sure=False)
    if (upper, key) in _PLACES_IN_A_CELL:
        return Guess("place")
    if upper in {key, "name"}:
        return Guess(key)
    if upper == "legal_person" and key == "contact.phone":
        return Guess("phone", is_sure=False)  # whoever calls the owner calls the company
    return Guess(_of_field(bare, upper, key, last))


def _of_field(bare: str, upper: str, key: str, last: str) -> str:
    """The key of ``State Name`` (the state), ``Contact Phone`` (the person's), ``Sales Rep Phone`` (none of theirs)."""
    if upper == "contact.name" and f"contact.{key}" in FIELDS:
        return f"contact.{key}"
    if upper.startswith("contact.") and key.startswith("contact."):
        return EXTRA if key in {FAMILY_NAME, GIVEN_NAME} and upper != "contact.name" else key
    if last in _NAME_WORDS and _kind(upper) in {Kind.TEXT, Kind.CHOICE}:
        return upper
    if last in _CODE_WORDS and upper in {"contact.email", "contact.chat_id", "licence_no"}:
        return upper
    if key == "currency" and _kind(upper) is Kind.AMOUNT:
        return key
    if upper in PLACES and (key in PLACES or key == "owner"):
        return key
    if _kind(upper) is _kind(key) and (_kind(key) is Kind.CHOICE or _is_translation(bare, last)):
        return upper if _is_translation(bare, last) else key
    return EXTRA
