"""People who share a cell: 张三 13800138000；李四 13900139000, or two names beside two phones; 李敏（采购经理）."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from channel_desk.domain.phones import phone_keys

#: Longer cells are prose.
_LONGEST: Final = 120
_BETWEEN: Final = " \t\n,，;；、/:：()（）-"
_BRACKETS: Final = str.maketrans("", "", "()（）")
_NAME_AND_PHONE = re.compile(r"([^\d+]+)([+\d][\d\s+()（）,，;；、/-]*(?:转\d+)?)")
_HAN_NAME: Final = r"[\u3400-\u9fff·]{2,4}"
_NAMES = re.compile(rf"{_HAN_NAME}(?:\s*[\n、/,，;；]\s*{_HAN_NAME})+")
_MARKS = re.compile(r"\s*[\n、/,，;；]\s*")
_LINES = re.compile(r"\s*[\n;；]\s*")
#: What a manager manages.
_OF: Final = (
    r"采购|销售|财务|市场|业务|区域|大区|渠道|运营|行政|人事|仓储|仓库|物流|技术|售后|客服|项目|工程|产品|门店|客户|大客户"
    r"|商务|招商|品牌|电商|培训|生产|质量|办公室|服务|营销|总|副|正"
)
#: What people do at a distributor. 王经理 and 王建国经理 are names; 总经理 and 采购部经理 are jobs.
_JOB = re.compile(
    rf"(?:(?:{_OF})部?副?)?(?:经理|总监|主管|主任|部长|会计|助理|专员|代表|顾问|工程师)|副总"
    r"|(?:董事长|总裁|老板娘?|店[长主]|法人|股东|合伙人|负责人|厂长|站长|队长|出纳|采购员?|财务|销售员?|业务员?|内勤|外勤"
    r"|客服|文员|仓管员?|库管员?|司机|售后|技术员?|营业员|导购)"
    r"|(?:[a-z&-]+ ){0,3}(?:manager|director|owner|president|partner|accountant|assistant|buyer|engineer|proprietor)"
    r"|ceo|cfo|coo|cto|gm|md|vp|head of [a-z&]+|purchasing|procurement|sales|finance|accounts",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"([^()（）\[\]【】]+)[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
_BESIDE = re.compile(r"\s*[/／、,，|:：–—]\s*|(?<=[\u3400-\u9fff])[\s-]+(?=[\u3400-\u9fff])")


class Person(NamedTuple):
    """What a cell says of one person; the title is empty where it names no job."""

    name: str
    phone: str = ""
    title: str = ""


def people_in(name: str, phone: str) -> list[Person]:
    """The people in the two cells of one person; the cells as they are where they are just one and no job is named."""
    if name.isalpha() or len(name) > _LONGEST or len(phone) > _LONGEST:
        return [Person(name, phone)]  # nearly all names are letters only
    pairs = _NAME_AND_PHONE.findall(name) if not phone else []
    found = [(_bare(person), number.strip(_BETWEEN)) for person, number in pairs]
    if found and "".join(map("".join, pairs)) == name and all(person and phone_keys(one) for person, one in found):
        return [_with_job(person, number) for person, number in found]
    lines, phones = _LINES.split(name.strip()), _MARKS.split(phone.strip())
    if 1 < len(lines) == len(phones) and any(_with_job(line, "").title for line in lines):
        return [_with_job(line, number) for line, number in zip(lines, phones, strict=True)]
    # Two names in Latin letters may be one: Weber, Maria.
    if _NAMES.fullmatch(name):
        names = _MARKS.split(name)
        if len(names) == len(phones) and not any(map(_JOB.fullmatch, names)):
            return list(map(Person, names, phones))
    return [_with_job(name, phone)]


def _bare(person: str) -> str:
    """Without what stands between people and their phones; brackets that belong to a name stay: 王五（老板）."""
    bare = person.strip(_BETWEEN)
    opened, closed = (sum(bare.count(mark) for mark in marks) for marks in ("(（", ")）"))
    return bare if opened == closed else person.strip(_BETWEEN.translate(_BRACKETS))


def _with_job(text: str, phone: str) -> Person:
    """李敏（采购经理）, 李敏/采购经理 and 采购经理 李敏 are 李敏, who is that."""
    match = _IN_BRACKETS.fullmatch(text.strip())
    parts = [part.strip() for part in (match.groups() if match else _BESIDE.split(text.strip()))]
    are_jobs = [_JOB.fullmatch(part) is not None for part in parts]
    if len(parts) != 2 or not all(parts) or sum(are_jobs) != 1:
        return Person(text, phone)
    job = are_jobs.index(True)
    return Person(parts[1 - job], phone, parts[job])
