"""The fields that a spreadsheet column can fill, and the words that choices are written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from channel_desk.domain.cells import folded
from channel_desk.domain.distributors import ChannelType, Level, OwnerLevel, Status, Tier
from channel_desk.domain.readings import simplified
from channel_desk.domain.words import Word
from channel_desk.i18n import mark

#: People of one distributor that a row can hold.
CONTACTS_IN_A_ROW: Final = 5

#: What a column can be besides a field.
EXTRA: Final = "extra"  # kept under further details, heading and text
ROW_NUMBER: Final = "row_number"  # counts the rows; not imported
NOTHING: Final = "nothing"  # left out because the user said so


#: Two columns for the name of a person.
FAMILY_NAME: Final = "contact.family_name"
GIVEN_NAME: Final = "contact.given_name"


class Kind(Enum):
    """How the cells of a field are read."""

    TEXT = "text"
    PHONE = "phone"
    CODE = "code"
    AMOUNT = "amount"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    TAGS = "tags"
    CURRENCY = "currency"
    PLACE = "place"


@dataclass(frozen=True)
class ImportField:
    """``key`` is the record's field name, for people ``contact.phone``; ``label`` is a msgid.

    ``part_of`` is the name of the field that this one fills together with others.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    choices: type[Word] | None = None
    part_of: str = ""

    @property
    def of_contact(self) -> bool:
        return self.key.startswith("contact.")

    @property
    def attribute(self) -> str:
        """The name of the field in its record."""
        return self.part_of or self.key.removeprefix("contact.")


_DISTRIBUTOR_FIELDS: Final = (
    ImportField("code", mark("Code"), Kind.CODE),
    ImportField("name", mark("Name")),
    ImportField("short_name", mark("Short name")),
    ImportField("former_name", mark("Former name")),
    ImportField("legal_person", mark("Legal person")),
    ImportField("licence_no", mark("Licence or tax number"), Kind.CODE),
    ImportField("founded_on", mark("Founded"), Kind.DATE),
    ImportField("country", mark("Country")),
    ImportField("place", mark("Province and city"), Kind.PLACE, part_of="province"),
    ImportField("province", mark("Province")),
    ImportField("city", mark("City")),
    ImportField("district", mark("District")),
    ImportField("address", mark("Address")),
    ImportField("postal_code", mark("Postal code"), Kind.CODE),
    ImportField("region", mark("Region")),
    ImportField("territory", mark("Sells in")),
    ImportField("channel_type", mark("Channel type"), Kind.CHOICE, ChannelType),
    ImportField("level", mark("Level"), Kind.CHOICE, Level),
    ImportField("tier", mark("Tier"), Kind.CHOICE, Tier),
    ImportField("status", mark("Status"), Kind.CHOICE, Status),
    ImportField("status_reason", mark("Reason for the status")),
    ImportField("phone", mark("Phone"), Kind.PHONE),
    ImportField("stores", mark("Own stores"), Kind.NUMBER),
    ImportField("outlets", mark("Outlets supplied"), Kind.NUMBER),
    ImportField("staff", mark("Staff"), Kind.NUMBER),
    ImportField("sales_people", mark("Sales people"), Kind.NUMBER),
    ImportField("vehicles", mark("Vehicles"), Kind.NUMBER),
    ImportField("warehouse_m2", mark("Warehouse (m²)"), Kind.NUMBER),
    ImportField("other_brands", mark("Other brands")),
    ImportField("industries", mark("Industries served")),
    ImportField("decision_chain", mark("Decision chain")),
    ImportField("habits", mark("Habits and preferences")),
    ImportField("owner", mark("Owner at our side")),
    ImportField("owner_level", mark("Owner's level"), Kind.CHOICE, OwnerLevel),
    ImportField("lead_source", mark("Source of the lead")),
    ImportField("since_on", mark("Partner since"), Kind.DATE),
    ImportField("contract_from", mark("Contract from"), Kind.DATE),
    ImportField("contract_to", mark("Contract until"), Kind.DATE),
    ImportField("contract_territory", mark("Territory granted")),
    ImportField("currency", mark("Currency"), Kind.CURRENCY),
    ImportField("annual_sales_minor", mark("Annual sales"), Kind.AMOUNT),
    ImportField("credit_limit_minor", mark("Credit limit"), Kind.AMOUNT),
    ImportField("terms_days", mark("Terms (days)"), Kind.NUMBER),
    ImportField("tags", mark("Tags"), Kind.TAGS),
    ImportField("note", mark("Note")),
)
_CONTACT_FIELDS: Final = (
    ImportField("contact.name", mark("Contact")),
    ImportField(FAMILY_NAME, mark("Contact: family name"), part_of="name"),
    ImportField(GIVEN_NAME, mark("Contact: given name"), part_of="name"),
    ImportField("contact.title", mark("Contact: job")),
    ImportField("contact.phone", mark("Contact: phone"), Kind.PHONE),
    ImportField("contact.phone_2", mark("Contact: second phone"), Kind.PHONE),
    ImportField("contact.fax", mark("Contact: fax"), Kind.PHONE),
    ImportField("contact.chat_id", mark("Contact: chat"), Kind.CODE),
    ImportField("contact.email", mark("Contact: e-mail address")),
    ImportField("contact.birthday_on", mark("Contact: birthday"), Kind.DATE),
    ImportField("contact.interests", mark("Contact: interests")),
    ImportField("contact.note", mark("Contact: note")),
)
#: The fields of a person's record that a file can fill.
CONTACT_ATTRIBUTES: Final = tuple(dict.fromkeys(field.attribute for field in _CONTACT_FIELDS))
#: All fields by key.
FIELDS: Final = MappingProxyType({field.key: field for field in (*_DISTRIBUTOR_FIELDS, *_CONTACT_FIELDS)})


@dataclass(frozen=True)
class Target:
    """Where a column goes: a field, and for people which one of the row (from 1; 0 is the distributor itself)."""

    field: ImportField
    person: int = 0


def target_of(key: str) -> Target | None:
    """The target of ``name``, ``contact.phone`` or ``contact2.phone``; None for anything else."""
    if key in FIELDS:
        field = FIELDS[key]
        return Target(field, 1 if field.of_contact else 0)
    head, dot, tail = key.partition(".")
    number = head.removeprefix("contact")
    if dot and number in {str(n) for n in range(2, CONTACTS_IN_A_ROW + 1)} and f"contact.{tail}" in FIELDS:
        return Target(FIELDS[f"contact.{tail}"], int(number))
    return None


def key_of(field: ImportField, person: int) -> str:
    """The key of ``field`` for the given person of the row."""
    return field.key if person <= 1 else f"contact{person}.{field.key.removeprefix('contact.')}"


_WORDS: Final[dict[type[Word], dict[Word, str]]] = {
    Level: {
        Level.GENERAL: "总经销 总经销商 总代理 总代理商 总代 独家代理 全国总代 general master generaldistributor "
        "masterdistributor distributor",
        Level.FIRST_TIER: "一级 一级经销商 一级代理 一级代理商 一批 一批商 1级 一级商 firsttier first-tier tier1 "
        "firstlevel 1st primary",
        Level.SECOND_TIER: "二批 二级 二级经销商 二级代理 二级代理商 二批商 分销 分销商 2级 二级商 "
        "secondtier second-tier tier2 secondlevel 2nd dealer sub-dealer subdealer subdistributor sub-distributor "
        "wholesaler 批发 批发商",
        Level.RETAILER: "零售 零售商 零售终端 终端 终端店 门店 零售店 retail retailer retailstore outlet shop store",
    },
    Tier: {
        Tier.A: "a a级 a类 a级客户 a类客户 甲 甲级",
        Tier.B: "b b级 b类 b级客户 b类客户 乙 乙级",
        Tier.C: "c c级 c类 c级客户 c类客户 丙 丙级",
    },
    Status: {
        Status.PROSPECT: "prospect lead potential 潜在 潜在客户 意向 意向客户 目标客户 线索 待开发",
        Status.NEGOTIATING: "negotiating negotiation 洽谈 洽谈中 谈判 谈判中 跟进中 在谈",
        Status.TRIAL: "trial seedorder 试单 试用 试合作 试销 样板单",
        Status.ACTIVE: "active normal current 正常 合作 合作中 正常合作 在合作 活跃 有效 在册 启用 已合作 在用 "
        "使用 营业 营业中 成交 已成交 成交客户 enabled",
        Status.AT_RISK: "atrisk risk 风险 有风险 预警 风险客户 存在风险",
        Status.SUSPENDED: "suspended paused onhold 暂停 已暂停 暂停合作 已暂停合作 停货 已停货 "
        "冻结 已冻结 停用 已停用 禁用 已禁用 disabled blocked",
        Status.ENDED: "ended closed lost churned inactive terminated 终止 终止合作 已终止 流失 已流失 停止合作 "
        "已停止合作 已终止合作 解约 已解约 淘汰 已淘汰 注销 已注销 关店 已关店 闭店 已闭店 倒闭 已倒闭",
    },
    ChannelType: {
        ChannelType.PRODUCT: "product producttype 产品型 产品型渠道 产品 产品类",
        ChannelType.DISTRIBUTION: "distribution distributiontype 分销型 分销型渠道 流通 流通型 流通渠道 分销渠道",
        ChannelType.INTEGRATION: "integration integrator integrationtype systemintegrator 集成型 集成商 系统集成 "
        "系统集成商 集成",
        ChannelType.RETAIL_CHAIN: "retailchain chain 连锁 零售连锁 连锁零售 终端连锁 连锁终端 连锁商超",
        ChannelType.ECOMMERCE: "ecommerce e-commerce online 电商 电商渠道 线上 电子商务 网店",
        ChannelType.PROJECT: "project engineering 工程 工程型 工程商 工程渠道 项目 工程项目 项目型",
    },
    OwnerLevel: {
        OwnerLevel.DIRECTOR: "director 总监 总经理 渠道总监 大客户",
        OwnerLevel.DEPUTY: "deputy 副总监 副总 副总经理 副经理 中客户",
        OwnerLevel.MANAGER: "manager 经理 渠道经理 区域经理 客户经理 普通客户",
    },
}  # fmt: skip
_CHOICES: Final = MappingProxyType(
    {
        words: {
            folded(text): member
            for member, texts in members.items()
            for text in (*texts.split(), member.value, member.label)
        }
        for words, members in _WORDS.items()
    }
)


def choice_of(words: type[Word], text: str) -> Word | None:
    """The member that ``text`` names in either language, or None."""
    known, key = _CHOICES[words], folded(text)
    return known.get(key) or known.get(simplified(key))
