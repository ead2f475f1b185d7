"""People whom the headings tell by what they do: 采购 and 采购电话, Owner Name and Owner Phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from channel_desk.domain.cells import cell_text, folded, is_blank
from channel_desk.domain.import_fields import FAMILY_NAME, FIELDS, GIVEN_NAME, key_of
from channel_desk.domain.import_plan import ImportTable
from channel_desk.domain.people_in_cells import people_in
from channel_desk.domain.readings import simplified
from channel_desk.exchange.heading_words import field_of

#: Who does such work sits at the distributor.
_THEIRS: Final = (
    "老板/老板娘/店主/店长/总经理/副总经理/副总/董事长/实际控制人/实控人/股东/合伙人/"
    "采购/采购员/采购人/采购经理/采购主管/采购总监/采购负责人/"
    "财务/财务经理/财务主管/财务总监/财务负责人/会计/出纳/对账/对账人/"
    "仓管/仓管员/库管/库管员/仓库管理员/仓库负责人/收货人/收件人/"
    "售后/售后负责人/技术负责人/门店负责人/店铺负责人/"
    "proprietor/prop/props/boss/managing director/general manager/gm/ceo/cfo/"
    "purchasing/purchase/procurement/buying/buyer/purchasing manager/purchase manager/procurement manager/"
    "purchasing head/head of purchasing/purchasing officer/"
    "finance/finance manager/head of finance/accounts/accounts payable/accounting/accountant/bookkeeper/"
    "warehouse manager/store manager/shop manager/store keeper/storekeeper/after-sales/after sales/"
    "inhaber/geschäftsführer/einkauf/einkäufer/buchhaltung/gérant/achats/comptabilité/gerente/compras/contabilidad"
)
#: Theirs where hardly two distributors share one, ours otherwise.
_THEIRS_OR_OURS: Final = "负责人/经理/主管/业务负责人/owner/manager/director/in charge/person in charge"

#: Not who, but where: somebody there is said to be a person.
_PLACES: Final = "仓库/收货/送货/配送/技术/warehouse/delivery/receiving/technical"


def _words(text: str) -> Iterator[str]:
    return (word.replace(" ", r"[\s_-]*") for word in text.split("/"))


_ROLES: Final = sorted({*_words(_THEIRS), *_words(_THEIRS_OR_OURS), *_words(_PLACES)}, key=len, reverse=True)
_ROLE: Final = re.compile(
    rf"\s*(?P<role>{'|'.join(_ROLES)})"
    r"(?:['’]s\b)?的?(?:信息|资料)?[\s_/:：·.-]*"
    r"(?P<person>联系人|对接人|contact[\s_-]?person|contact(?!\w*[\s_-]*(?:no\b|number))|ansprechpartner)?"
    r"[\s_/:：·.-]*[(（]?(?P<detail>[^()（）]*?)[)）]?\s*",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile("|".join(_words(_THEIRS_OR_OURS)), re.IGNORECASE)
_PLACE: Final = re.compile("|".join(_words(_PLACES)), re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:[及和与、/&+]|\band\b)\s*", re.IGNORECASE)
#: What may stand in one cell with the name.
_IN_A_CELL: Final = frozenset({"name", "phone", "title"})
#: Names of anything; a person has 姓名 too.
_OF_ANYTHING: Final = frozenset({"", "name", "名称"})
#: What may stand behind a role, by the field the words name by themselves.
_DETAILS: Final = {
    **{key: key.removeprefix("contact.") for key in FIELDS if key.startswith("contact.")},
    "name": "name",
    "phone": "phone",
}
_NAMES: Final = frozenset({"name", FAMILY_NAME.removeprefix("contact."), GIVEN_NAME.removeprefix("contact.")})
_LOOKED_AT: Final = 300
#: Longer headings are prose.
_LONGEST: Final = 60


@dataclass
class PersonByRole:
    """One person of each row: the role as it is written, and the column of each of the contact's fields."""

    title: str
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def name_column(self) -> int:
        return next(index for attribute, index in self.columns.items() if attribute in _NAMES)

    def keys(self, person: int) -> dict[int, str]:
        """The key of each column, for the person of that number."""
        return {index: key_of(FIELDS[f"contact.{attribute}"], person) for attribute, index in self.columns.items()}


class _Column(NamedTuple):
    place: int
    #: As it is compared, and as it is written.
    role: str
    title: str
    attribute: str
    #: Whether a word says that this is a person's name; 采购 alone may head anything.
    is_said: bool
    #: 采购/电话 are the name and the phone in one cell, unless the name has a column of its own.
    is_joined: bool


def people_by_role(table: ImportTable) -> list[PersonByRole]:
    """The people who have a column for the name and one for something else, or whose names are said to be names."""
    columns = [one for place, heading in enumerate(table.headings) if (one := _column(place, heading))]
    alone = {one.role for one in columns if one.is_joined} - {one.role for one in columns if one.attribute in _NAMES}
    columns = [one._replace(attribute="name", is_said=True) if one.role in alone else one for one in columns]
    named = [one for one in columns if one.attribute in _NAMES]
    people = {one.role: PersonByRole(one.title) for one in named}
    for one in columns:
        # 采购电话 is the phone of the 采购员, where nobody else's name begins so.
        roles = [one.role] if one.role in people else [role for role in people if role.startswith(one.role)]
        if len(roles) == 1:
            _put(people[roles[0]], one.attribute, one.place)
    said = {one.role for one in named if one.is_said}
    for person in people.values():
        _take_neighbour(table, person)
    found = [person for role, person in people.items() if _is_person(table, person, is_said=role in said)]
    return sorted(found, key=lambda person: person.name_column)


def _column(place: int, heading: str) -> _Column | None:
    match = _ROLE.fullmatch(simplified(heading)) if len(heading) <= _LONGEST else None
    if match is None:
        return None
    details = [_DETAILS.get(field_of(part) or "") for part in _AND.split(match["detail"]) if part] or ["name"]
    is_joined = _AND.search(match.string[match.end("role") :]) is not None and _IN_A_CELL.issuperset(details)
    attribute = "name" if is_joined and "name" in details else details[0]
    if attribute is None or (len(details) > 1 and not is_joined):
        return None
    is_said = attribute in _NAMES and bool(match["person"] or match["detail"].casefold() not in _OF_ANYTHING)
    if attribute in _NAMES and not is_said and _PLACE.fullmatch(match["role"]):
        return None
    title = heading[slice(*match.span("role"))]
    return _Column(place, folded(match["role"]), title, attribute, is_said, is_joined)


def _put(person: PersonByRole, attribute: str, index: int) -> None:
    """The column is the person's, a second phone as such; of other fields the first counts."""
    if attribute == "phone" and attribute in person.columns:
        attribute = "phone_2"
    person.columns.setdefault(attribute, index)


def _take_neighbour(table: ImportTable, person: PersonByRole) -> None:
    """采购, 手机, 财务, 手机: a bare phone right of a name is that person's, unless it may be the contact's."""
    after = person.name_column + 1
    phones = {index for index, heading in enumerate(table.headings) if field_of(heading) == "contact.phone"}
    if len(person.columns) > 1 or after not in phones or _UNSURE.fullmatch(simplified(person.title)):
        return
    contacts = [index for index, heading in enumerate(table.headings) if field_of(heading) == "contact.name"]
    if all(index + 1 in phones for index in contacts):
        person.columns["phone"] = after


def _is_person(table: ImportTable, person: PersonByRole, *, is_said: bool) -> bool:
    index = person.name_column
    texts = [cell_text(row[index]) for row in table.rows[:_LOOKED_AT] if index < len(row) and not is_blank(row[index])]
    with_phones = sum(any(one.phone for one in people_in(text, "")) for text in texts)
    figures = sum(any(map(str.isdigit, text)) for text in texts) - with_phones
    if figures * 2 > len(texts) or (_UNSURE.fullmatch(simplified(person.title)) and len(set(texts)) * 2 <= len(texts)):
        return False
    return is_said or len(person.columns) > 1 or with_phones * 2 > len(texts)
