"""Latin keys of Chinese texts: a character for each syllable, a full-width letter for each initial; and sort keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import add

from channel_desk.domain.folding import fold
from channel_desk.domain.readings import (
    FIRST_SYLLABLE_KEY,
    LONGEST_PHRASE,
    character_readings,
    doubtful_characters,
    phrases,
    syllable_keys,
    syllables,
)

#: From a small letter or digit to the full-width form that stands for an initial.
FULL_WIDTH = {
    **{ord(letter): chr(ord(letter.upper()) + 0xFEE0) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"},
}
#: What each character of a latin text adds to its initials.
_LATIN_INITIALS = {
    code: FULL_WIDTH.get(code, chr(code)) if 0x30 <= code <= 0x7A else "" for code in range(128) if code != 0x0A
}

#: More readings of one name are not kept.
MOST_VARIANTS = 12
#: Where pinyin breaks off.
BREAKS = frozenset('，。；：、！？,;:!?…“”"「」『』|/\\\n')
#: Of longer runs of letters only the first counts as an initial, of digits none.
LONG_RUN = re.compile(r"[a-z]{5,}|[0-9]{5,}")
_LETTERS_OR_DIGITS = re.compile(r"[a-z0-9]")
#: What stands between the digits of a number.
_JOINTS = dict.fromkeys(map(ord, " ()./-"))
PHONE = re.compile(r"[0-9](?:[ ()./-]*[0-9])*")


class _Spellings(dict[int, str]):
    """The key of each folded character's usual reading; a line break where pinyin breaks off, else nothing."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        reading = character_readings().of(character)
        silent = "\n" if character in BREAKS or character.isalnum() else ""
        spoken = self[code] = syllable_keys()[reading.usual] if reading else silent
        return spoken


class _Initials(dict[int, str]):
    """The initial of each syllable by its key; breaks stay."""

    def __missing__(self, code: int) -> str:
        place = code - FIRST_SYLLABLE_KEY
        known = syllables()
        initial = self[code] = known[place][0].translate(FULL_WIDTH) if 0 <= place < len(known) else chr(code)
        return initial


class _FirstLetters(dict[int, str]):
    """What each folded character adds to the initials: letters and digits themselves, of Chinese the initial."""

    def __missing__(self, code: int) -> str:
        stands = "0" <= chr(code) <= "z"
        first = self[code] = chr(code).translate(FULL_WIDTH) if stands else _spellings[code].translate(_initials_of)
        return first


class _SortParts(dict[int, str]):
    """What each folded character adds to a sort key."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        reading = character_readings().of(character)
        part = self[code] = _sort_part(reading.usual, character) if reading else character
        return part


def _sort_part(syllable: str, character: str) -> str:
    return f"{syllable} {character}"


_spellings = _Spellings()
_initials_of = _Initials()
_first_letters = _FirstLetters()
_sort_parts = _SortParts()


def _is_plain(folded: str) -> bool:
    """Whether every character is read as it is read alone; the usual case, and much the faster one."""
    return phrases().openings.isdisjoint(map(add, folded, folded[1:]))


def _spoken(folded: str) -> tuple[list[str], frozenset[int]]:
    """The key of each character's reading, and the places that a phrase decided."""
    spoken = [_spellings[ord(character)] for character in folded]
    if _is_plain(folded):
        return spoken, frozenset()
    known = phrases()
    decided: set[int] = set()
    reached = 0
    for place, pair in enumerate(map(add, folded, folded[1:])):
        if pair in known.openings and place >= reached:
            for length in range(LONGEST_PHRASE, 1, -1):
                readings = known.readings.get(folded[place : place + length])
                if readings:
                    reached = place + len(readings)
                    spoken[place:reached] = [syllable_keys()[syllable] for syllable in readings]
                    decided.update(range(place, reached))
                    break
    return spoken, frozenset(decided)


def _initials(folded: str, spoken: Sequence[str]) -> str:
    """First letters; short runs of latin letters or digits stand as they are, of long words only the first letter."""
    letters = [
        character.translate(FULL_WIDTH) if "0" <= character <= "z" else syllable.translate(_initials_of)
        for character, syllable in zip(folded, spoken, strict=True)
    ]
    for run in LONG_RUN.finditer(folded):
        start, end = run.span()
        letters[start:end] = ["\n" if folded[start].isdigit() else letters[start]] + [""] * (end - start - 1)
    return "".join(letters)


def _latin_initials(folded: str) -> str:
    """:func:`_initials` of a text without any Chinese."""
    return LONG_RUN.sub(_shortened, folded).translate(_LATIN_INITIALS)


def _shortened(run: re.Match[str]) -> str:
    return "\n" if run[0][0].isdigit() else run[0][0]


@lru_cache(maxsize=4096)
def name_keys(folded: str, *, person: bool = False) -> tuple[str, str]:
    """Full pinyin and initials of a name, each with every common reading on a line of its own.

    Of a ``person`` all readings of the first character are kept: surnames are often read in their own way. The last
    results are kept, because cities and provinces come again and again.
    """
    if folded.isascii():
        return "", _latin_initials(folded)
    if not person and doubtful_characters().isdisjoint(folded) and _is_plain(folded):
        full = folded.translate(_spellings)
        if not _LETTERS_OR_DIGITS.search(folded):
            return full, full.translate(_initials_of)
        return full, LONG_RUN.sub(_shortened, folded).translate(_first_letters)
    return _all_name_keys(folded, person=person)


def _chinese_name_keys(folded: str, usual: str, *, person: bool) -> tuple[str, str]:
    """The short way for names of Chinese characters alone that no phrase decides."""
    initials_of_usual = usual.translate(_initials_of)
    full, initials = [usual], [initials_of_usual]
    known, keys, doubtful = character_readings(), syllable_keys(), doubtful_characters()
    for place, character in enumerate(folded):
        surname = person and place == 0
        if not surname and character not in doubtful:
            continue
        reading = known.of(character)
        others = () if reading is None else reading.all if surname else reading.common
        for other in map(keys.__getitem__, others):
            if other != usual[place] and len(full) < MOST_VARIANTS:
                full.append(usual[:place] + other + usual[place + 1 :])
                initial = other.translate(_initials_of)
                if initial != initials_of_usual[place]:
                    initials.append(initials_of_usual[:place] + initial + initials_of_usual[place + 1 :])
    return "\n".join(full), "\n".join(initials)


def person_keys(folded: str) -> tuple[str, str]:
    """:func:`name_keys` of a person."""
    return name_keys(folded, person=True)


def _all_name_keys(folded: str, *, person: bool) -> tuple[str, str]:
    usual = folded.translate(_spellings) if _is_plain(folded) else ""
    if len(usual) == len(folded) and "\n" not in usual:
        return _chinese_name_keys(folded, usual, person=person)
    spoken, decided = _spoken(folded)
    full = ["".join(spoken)]
    initials = [_initials(folded, spoken)]
    known, doubtful = character_readings(), doubtful_characters()
    for place, character in enumerate(folded):
        surname = person and place == 0
        if not surname and (character not in doubtful or place in decided):
            continue
        reading = known.of(character)
        others = () if reading is None else reading.all if surname else reading.common
        for other in (syllable_keys()[syllable] for syllable in others):
            if other != spoken[place] and len(full) < MOST_VARIANTS:
                variant = [*spoken[:place], other, *spoken[place + 1 :]]
                full.append("".join(variant))
                if other.translate(_initials_of) != spoken[place].translate(_initials_of):
                    initials.append(_initials(folded, variant))
    return "\n".join(full), "\n".join(initials)


@lru_cache(maxsize=1024)
def prose_keys(folded: str) -> tuple[str, str]:
    """Full pinyin and initials of running text; latin words and figures break it."""
    if folded.isascii():
        return "", ""
    full = folded.translate(_spellings) if _is_plain(folded) else "".join(_spoken(folded)[0])
    return full, full.translate(_initials_of)


def phone_numbers(text: str) -> tuple[str, ...]:
    """The digits of each number in ``text`` without what joins them."""
    if text.isascii() and text.isdigit():
        return (text,)
    return tuple(found.translate(_JOINTS) for found in PHONE.findall(fold(text)))


def sort_key(name: str) -> str:
    """The key by which names sort as in a Chinese dictionary: by pinyin, the same characters together."""
    folded = fold(name).strip()
    if folded.isascii() or _is_plain(folded):
        return folded.translate(_sort_parts)
    spoken, _ = _spoken(folded)
    return "".join(
        _sort_part(syllables()[ord(key) - FIRST_SYLLABLE_KEY], character) if key.strip() else character
        for key, character in zip(spoken, folded, strict=True)
    )
