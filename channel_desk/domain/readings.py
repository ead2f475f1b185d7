"""How Chinese characters are read, and their simplified forms: the tables in ``resources/pinyin``.

The tables load when first asked for (about 10 ms), never at import.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache

from channel_desk.paths import resources

#: Beyond the last character that has a reading.
_CODES = 0x32400
LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """The readings of a character without tones; the usual one stands first in ``common``."""

    common: tuple[str, ...]
    rare: tuple[str, ...] = ()
    #: The first letters of the common ones, and of all.
    common_initials: str = ""
    initials: str = ""

    @classmethod
    def of(cls, common: tuple[str, ...], rare: tuple[str, ...]) -> Reading:
        together = common + rare
        return cls(common, rare, "".join(one[0] for one in common), "".join(one[0] for one in together))

    @property
    def usual(self) -> str:
        return self.common[0]

    @property
    def all(self) -> tuple[str, ...]:
        return self.common + self.rare


@dataclass(frozen=True, slots=True)
class CharacterReadings:
    """Readings by character. ``groups`` holds each set of readings once; ``places`` has a group for each code point."""

    groups: tuple[Reading, ...]
    places: array[int]

    def of(self, character: str) -> Reading | None:
        """The readings of a simplified ``character``; None when it has none."""
        code = ord(character)
        place = self.places[code] if code < _CODES else 0
        return self.groups[place] if place else None


def _lines(name: str) -> list[str]:
    return (resources() / "pinyin" / name).read_text("utf-8").splitlines()


@cache
def character_readings() -> CharacterReadings:
    """The readings of some 38,000 characters."""
    groups = [Reading(("",))]
    places = array("H", bytes(2 * _CODES))
    for place, line in enumerate(_lines("readings.txt"), start=1):
        known, _, characters = line.partition("\t")
        common, _, rare = known.partition("/")
        groups.append(Reading.of(tuple(common.split(",")), tuple(rare.split(",")) if rare else ()))
        for character in characters:
            places[ord(character)] = place
    return CharacterReadings(tuple(groups), places)


@cache
def doubtful_characters() -> frozenset[str]:
    """Characters with more than one common reading."""
    doubtful = (line.partition("\t") for line in _lines("readings.txt") if "," in line.partition("/")[0])
    return frozenset("".join(characters for known, _, characters in doubtful if "," in known.partition("/")[0]))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words whose characters are read otherwise than alone. ``openings`` are their first two characters."""

    readings: dict[str, tuple[str, ...]]
    openings: frozenset[str]


@cache
def phrases() -> Phrases:
    """Some 3,000 words such as 长沙 and 银行; everything else is read character by character."""
    table = {}
    for line in _lines("phrases.txt"):
        word, _, spoken = line.partition("\t")
        table[word] = tuple(spoken.split(" "))
    return Phrases(table, frozenset(word[:2] for word in table))


@cache
def simplified_forms() -> dict[int, str]:
    """The simplified form of each traditional character, by code point."""
    return {ord(pair[0]): pair[1] for pair in _lines("simplified.txt")}


def simplified(text: str) -> str:
    """``text`` with every traditional character in its simplified form."""
    return text if text.isascii() else text.translate(simplified_forms())


#: The first of the characters that stand for whole syllables in search keys; folding leaves none of them in a text.
FIRST_SYLLABLE_KEY = 0xE000


@cache
def syllables() -> tuple[str, ...]:
    """Every syllable that some character is read as, in order; its place makes its key."""
    return tuple(sorted({spoken for reading in character_readings().groups[1:] for spoken in reading.all}))


@cache
def syllable_keys() -> dict[str, str]:
    """The one character that stands for each syllable."""
    return {syllable: chr(FIRST_SYLLABLE_KEY + place) for place, syllable in enumerate(syllables())}


@cache
def completions() -> dict[str, str]:
    """The keys of all syllables that begin with the given letters."""
    table: dict[str, str] = {}
    for syllable, key in syllable_keys().items():
        for end in range(1, len(syllable) + 1):
            table[syllable[:end]] = table.get(syllable[:end], "") + key
    return table


def load() -> None:
    """Read every table now: the first Latin letters of a search need all of them."""
    for table in (character_readings, doubtful_characters, phrases, simplified_forms, completions):
        table()
