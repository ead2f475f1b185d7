"""People who share a cell: 张三 13800138000；李四 13900139000, or two names beside two phones."""

from __future__ import annotations

import re
from typing import Final

from channel_desk.domain.phones import phone_keys

#: Longer cells are prose.
_LONGEST: Final = 120
_BETWEEN: Final = " \t\n,，;；、/:：()（）-"
_BRACKETS: Final = str.maketrans("", "", "()（）")
_NAME_AND_PHONE = re.compile(r"([^\d+]+)([+\d][\d\s+()（）,，;；、/-]*(?:转\d+)?)")
_NAMES = re.compile(r"[\u3400-\u9fff·]{2,4}(?:\s*[\n、/,，;；]\s*[\u3400-\u9fff·]{2,4})+")
_MARKS = re.compile(r"\s*[\n、/,，;；]\s*")


def _bare(person: str) -> str:
    """Without what stands between people and their phones; brackets that belong to a name stay: 王五（老板）."""
    bare = person.strip(_BETWEEN)
    opened, closed = (sum(bare.count(mark) for mark in marks) for marks in ("(（", ")）"))
    return bare if opened == closed else person.strip(_BETWEEN.translate(_BRACKETS))


def people_in(name: str, phone: str) -> list[tuple[str, str]]:
    """The names and phones of the people in the two cells of one person; the cells as they are where it is just one."""
    if name.isalpha() or len(name) > _LONGEST or len(phone) > _LONGEST:
        return [(name, phone)]  # nearly all names are letters only
    pairs = _NAME_AND_PHONE.findall(name) if not phone else []
    found = [(_bare(person), number.strip(_BETWEEN)) for person, number in pairs]
    if found and "".join(map("".join, pairs)) == name and all(person and phone_keys(one) for person, one in found):
        return found
    # Two names in Latin letters may be one: Weber, Maria.
    if _NAMES.fullmatch(name):
        names, phones = _MARKS.split(name), _MARKS.split(phone)
        if len(names) == len(phones):
            return list(zip(names, phones, strict=True))
    return [(name, phone)]
