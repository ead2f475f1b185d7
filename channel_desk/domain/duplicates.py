"""Whether two entries are the same distributor: by code, by name, by phone and nearly the same name.

Two different codes always mean two distributors, and so do the same name in two cities: branches of a chain
carry one name. Skipping a customer by mistake is worse than a double entry that is pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from channel_desk.domain.cells import folded
from channel_desk.domain.legal_forms import without_legal_form
from channel_desk.domain.phones import phone_keys
from channel_desk.domain.readings import simplified

#: Names with the same phone that agree to this share are one distributor, written twice.
NEARLY_THE_SAME: Final = 0.9
#: Below this share two names under one code are two companies, and one of the codes is wrong.
ANOTHER_COMPANY: Final = 0.42
#: So many holders of one phone are compared; more of them share a switchboard or a placeholder.
_HOLDERS_COMPARED: Final = 8
#: What is compared of a name.
_LONGEST_NAME: Final = 200
#: So many distributors of one name are compared; a longer list is a placeholder, not a name.
_NAMESAKES_COMPARED: Final = 100

_PUNCTUATION = re.compile(r"[\s.,，。·・\-_'’‘\"“”()（）\[\]【】&＆/]+")
#: What tells branches of one owner apart: 一店 and 二店, 东区 and 西区.
_DISTINCTIONS = re.compile(r"[\d一二三四五六七八九十甲乙丙东西南北新老]+")


def plain_key(text: str) -> str:
    """A name or a place for comparing, traditional characters as simplified."""
    return simplified(folded(text))


def name_key(name: str) -> str:
    """The name for comparing, with its legal form."""
    key = plain_key(name[:_LONGEST_NAME])
    return _PUNCTUATION.sub("", key) or key


def bare_name_key(name: str) -> str:
    """The name for comparing, without 有限公司 or Co., Ltd."""
    return name_key(without_legal_form(name[:_LONGEST_NAME]))


def similarity(one: str, other: str) -> float:
    """0 to 1 for two keys; numbers and quarters inside names must agree, shop 1 is not shop 2."""
    if one == other:
        return 1.0
    if not one or not other or _DISTINCTIONS.findall(one) != _DISTINCTIONS.findall(other):
        return 0.0
    return 2 * _common_length(one, other) / (len(one) + len(other))


def _common_length(one: str, other: str) -> int:
    """The most characters that both have in the same order (Hyyrö 2004: one bit for each character of ``one``).

    Its time depends on the lengths alone: no two names of the same letters, however shuffled, hold up a file.
    """
    places: dict[str, int] = {}
    for place, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << place
    every = unmatched = (1 << len(one)) - 1
    for character in other:
        matched = unmatched & places.get(character, 0)
        unmatched = (unmatched + matched | unmatched - matched) & every
    return len(one) - unmatched.bit_count()


class ExistingDistributor(NamedTuple):
    """What storage tells of a distributor for comparing."""

    id: int
    code: str
    name: str
    phones: tuple[str, ...] = ()
    city: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A distributor already seen: in the data (``id``) or earlier in the file (``row``); all but its name as keys."""

    id: int
    row: int
    code: str
    name: str
    bare: str
    phones: tuple[str, ...]
    city: str
    address: str

    @classmethod
    def of(
        cls,
        *,
        distributor_id: int = 0,
        row: int = 0,
        code: str,
        name: str,
        phones: Iterable[str],
        city: str,
        address: str,
    ) -> Known:
        """An entry as it is compared, from its texts as they were written."""
        return cls(
            id=distributor_id,
            row=row,
            code=folded(code),
            name=name,
            bare=bare_name_key(name),
            phones=tuple(key for phone in phones if phone for key in phone_keys(phone)),
            city=plain_key(city),
            address=plain_key(address),
        )


class Match(NamedTuple):
    """The distributor that an entry repeats. ``certain`` is by code or name; else by phone and a similar name."""

    known: Known
    by_code: bool
    certain: bool


@dataclass
class KnownDistributors:
    """Everything seen so far, to look up by code, name and phone."""

    _by_code: dict[str, Known] = field(default_factory=dict)
    _by_name: dict[str, list[Known]] = field(default_factory=dict)
    _by_phone: dict[str, list[Known]] = field(default_factory=dict)

    @classmethod
    def of(cls, distributors: Iterable[ExistingDistributor]) -> KnownDistributors:
        """The distributors that are in the data already."""
        known = cls()
        for one in distributors:
            known.add(
                Known.of(
                    distributor_id=one.id,
                    code=one.code,
                    name=one.name,
                    phones=one.phones,
                    city=one.city,
                    address=one.address,
                )
            )
        return known

    def add(self, known: Known) -> None:
        if known.code:
            self._by_code.setdefault(known.code, known)
        namesakes = self._by_name.setdefault(known.bare, [])
        if len(namesakes) < _NAMESAKES_COMPARED:
            namesakes.append(known)
        for phone in known.phones:
            holders = self._by_phone.setdefault(phone, [])
            if len(holders) < _HOLDERS_COMPARED:
                holders.append(known)

    def match(self, entry: Known) -> Match | None:
        """The distributor that ``entry`` repeats, if any."""
        if entry.code and entry.code in self._by_code:
            return Match(self._by_code[entry.code], by_code=True, certain=True)
        for known in self._by_name.get(entry.bare, ()):
            if not _are_told_apart(entry, known):
                return Match(known, by_code=False, certain=True)
        for known in self._holders(entry):
            if not _are_told_apart(entry, known) and similarity(entry.bare, known.bare) >= NEARLY_THE_SAME:
                return Match(known, by_code=False, certain=False)
        return None

    def namesake(self, entry: Known) -> Known | None:
        """A distributor of the same name that is not taken for the same."""
        return next(iter(self._by_name.get(entry.bare, ())), None)

    def phone_mate(self, entry: Known) -> Known | None:
        """A distributor with the same phone that is not taken for the same."""
        return next(self._holders(entry), None)

    def _holders(self, entry: Known) -> Iterator[Known]:
        """Some of those with a phone of the entry, each once."""
        holders = {(one.id, one.row): one for phone in entry.phones for one in self._by_phone.get(phone, ())}
        return islice(holders.values(), _HOLDERS_COMPARED)


def _have_two_codes(one: Known, other: Known) -> bool:
    return bool(one.code and other.code and one.code != other.code)


def _are_told_apart(one: Known, other: Known) -> bool:
    """Whether two entries of one name, or nearly one, are certainly two distributors."""
    if _have_two_codes(one, other):
        return True
    if one.city and other.city and one.city != other.city:
        return True
    two_phones = bool(one.phones and other.phones) and not set(one.phones) & set(other.phones)
    two_addresses = bool(one.address and other.address) and one.address != other.address
    return two_phones and two_addresses
