"""Search keys: what a text is found by, and where a query matched it.

A text is folded (case, width, accents, traditional characters), so that 湖南, its traditional form and ``Hunan`` in any
dress compare equal. Chinese gets latin keys besides: one character for each syllable, and a full-width letter for each
initial (ＨＮ). Folding leaves neither in a text, so keys never answer to what was typed literally.

One rule decides everywhere (:class:`QueryWord`): a word is found in a text when the folded text contains it, or when
the latin keys contain one of its ``spellings``, or when a phone's digits contain its ``digits``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from channel_desk.domain.readings import (
    FIRST_SYLLABLE_KEY,
    LONGEST_PHRASE,
    Reading,
    character_readings,
    completions,
    doubtful_characters,
    phrases,
    simplified_forms,
    syllable_keys,
    syllables,
)

#: From a small letter or digit to the full-width form that stands for an initial.
_FULL_WIDTH = {
    **{ord(letter): chr(ord(letter.upper()) + 0xFEE0) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"},
}

#: What each character of a latin text adds to its initials.
_LATIN_INITIALS = {
    code: _FULL_WIDTH.get(code, chr(code)) if 0x30 <= code <= 0x7A else "" for code in range(128) if code != 0x0A
}

#: Characters from here on are for private use by the index; folding leaves none of any private use in a text.
PRIVATE = 0xF0000
#: More ways to divide one typed word into syllables, and to finish them, are not tried.
MOST_DIVISIONS = 32
MOST_SPELLINGS = 256
#: Longer runs of letters are not taken for pinyin.
LONGEST_PINYIN = 60
#: More readings of one name are not kept.
MOST_VARIANTS = 12
#: Fewer digits would match nearly every phone.
FEWEST_PHONE_DIGITS = 3

#: Folded forms of texts up to this length are kept for a while.
_SHORT_TEXT = 40
_LAST_ALPHABET_WITH_ACCENTS = "\u0590"
_BREAKS = frozenset('，。；：、！？,;:!?…“”"「」『』|/\\\n')
_LETTERS_OR_DIGITS = re.compile(r"[a-z0-9]")
_LONG_RUN = re.compile(r"[a-z]{5,}|[0-9]{5,}")
_SPELLED = re.compile(r"(?=.*[a-z])[a-z0-9']+")
_NUMBER = re.compile(r"[0-9+()./-]+")
#: What stands between the digits of a number.
_JOINTS = dict.fromkeys(map(ord, " ()./-"))
_PHONE = re.compile(r"[0-9](?:[ ()./-]*[0-9])*")


class _Folds(dict[int, str]):
    """The folded form of each code point, worked out when first met; for :meth:`str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc" or character.isspace():
        return " "
    if category in {"Cf", "Cs", "Co"}:
        return ""
    folded = unicodedata.normalize("NFKD", character)
    if folded[0] < _LAST_ALPHABET_WITH_ACCENTS:
        folded = "".join(part for part in folded if unicodedata.category(part) != "Mn")
    else:
        folded = unicodedata.normalize("NFKC", character)
    return folded.casefold().translate(simplified_forms())


class _Spellings(dict[int, str]):
    """The key of each folded character's usual reading; a line break where pinyin breaks off, else nothing."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        reading = character_readings().of(character)
        silent = "\n" if character in _BREAKS or character.isalnum() else ""
        spoken = self[code] = syllable_keys()[reading.usual] if reading else silent
        return spoken


class _Initials(dict[int, str]):
    """The initial of each syllable by its key; breaks stay."""

    def __missing__(self, code: int) -> str:
        place = code - FIRST_SYLLABLE_KEY
        known = syllables()
        initial = self[code] = known[place][0].translate(_FULL_WIDTH) if 0 <= place < len(known) else chr(code)
        return initial


class _SortParts(dict[int, str]):
    """What each folded character adds to a sort key."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        reading = character_readings().of(character)
        part = self[code] = _sort_part(reading.usual, character) if reading else character
        return part


def _sort_part(syllable: str, character: str) -> str:
    return f"{syllable} {character}"


_folds = _Folds()
_spellings = _Spellings()
_initials_of = _Initials()
_sort_parts = _SortParts()


def fold(text: str) -> str:
    """``text`` as it is compared: small letters, no accents, half width, simplified; every kind of space is a blank."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return _fold_again(text) if len(text) <= _SHORT_TEXT else text.translate(_folds)


@lru_cache(maxsize=4096)
def _fold_again(text: str) -> str:
    """Short texts come again and again: cities, titles, the same few notes."""
    return text.translate(_folds)


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
        character.translate(_FULL_WIDTH) if "0" <= character <= "z" else syllable.translate(_initials_of)
        for character, syllable in zip(folded, spoken, strict=True)
    ]
    for run in _LONG_RUN.finditer(folded):
        start, end = run.span()
        letters[start:end] = ["\n" if folded[start].isdigit() else letters[start]] + [""] * (end - start - 1)
    return "".join(letters)


def _latin_initials(folded: str) -> str:
    """:func:`_initials` of a text without any Chinese."""
    return _LONG_RUN.sub(_shortened, folded).translate(_LATIN_INITIALS)


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
    known = character_readings()
    for place, character in enumerate(folded):
        reading = None if place in decided else known.of(character)
        others = reading.common if reading else ()
        if person and place == 0:
            surname = known.of(character)
            others = surname.all if surname else ()
        for other in (syllable_keys()[syllable] for syllable in others):
            if other != spoken[place] and len(full) < MOST_VARIANTS:
                variant = [*spoken[:place], other, *spoken[place + 1 :]]
                full.append("".join(variant))
                if other.translate(_initials_of) != spoken[place].translate(_initials_of):
                    initials.append(_initials(folded, variant))
    return "\n".join(full), "\n".join(initials)


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
    return tuple(found.translate(_JOINTS) for found in _PHONE.findall(fold(text)))


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


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word that was typed.

    ``text`` is folded. ``letters`` is what may be pinyin, ``spellings`` how latin keys would hold it; ``digits`` is
    what to look for in phones. All but ``text`` may be empty.
    """

    text: str
    letters: str = ""
    spellings: tuple[str, ...] = ()
    digits: str = ""


def query_words(query: str) -> tuple[QueryWord, ...]:
    """The words of ``query``; all of them have to match."""
    return tuple(_query_word(text) for text in dict.fromkeys(fold(query).split()))


def _query_word(text: str) -> QueryWord:
    letters = text.replace("'", "") if _SPELLED.fullmatch(text) else ""
    spellings = dict.fromkeys((*_spellings_of(letters.replace("v", "u")), letters.translate(_FULL_WIDTH)))
    digits = re.sub(r"[^0-9]", "", text) if _NUMBER.fullmatch(text) else ""
    return QueryWord(
        text,
        letters=letters,
        spellings=tuple(spelling for spelling in spellings if spelling),
        digits=digits if len(digits) >= FEWEST_PHONE_DIGITS else "",
    )


def _spellings_of(letters: str) -> tuple[str, ...]:
    """The keys of all ways to read ``letters`` as syllables of which the last may be unfinished.

    A single letter is only an initial.
    """
    if not 1 < len(letters) <= LONGEST_PINYIN:
        return ()
    keys, endings = syllable_keys(), completions()
    tails: list[list[tuple[str, str]]] = [[] for _ in letters]
    for start in range(len(letters) - 1, -1, -1):
        rest = letters[start:]
        found = [("", rest)] if rest in endings else []
        for end in range(min(6, len(rest) - 1), 0, -1):
            if rest[:end] in keys:
                found += [(keys[rest[:end]] + whole, begun) for whole, begun in tails[start + end]]
        tails[start] = found[:MOST_DIVISIONS]
    spellings = [whole + ending for whole, begun in tails[0] for ending in endings[begun]]
    return tuple(spellings[:MOST_SPELLINGS])


def match_spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of ``query`` match ``text``: half-open ranges of ``text`` in order, without overlaps."""
    words = query_words(query)
    if not words or not text:
        return []
    folded = _Folded.of(text)
    marked: set[int] = set()
    for word in words:
        marked.update(folded.places(word))
    return list(_ranges(sorted(marked)))


def word_matches(text: str, word: QueryWord, keys: Callable[[str], tuple[str, str]] | None = None) -> bool:
    """Whether ``word`` is found in ``text`` by the rule of the index; ``keys`` makes the latin keys of such a text."""
    folded = fold(text)
    if word.text in folded:
        return True
    if keys is None or not word.spellings or not folded:
        return False
    found = keys(folded)
    return any(spelling in key for key in found for spelling in word.spellings)


def phone_matches(phone: str, word: QueryWord) -> bool:
    """Whether the digits of ``word`` are found in one of the numbers of ``phone``."""
    digits = word.digits or (word.text if word.text.isdigit() else "")
    return len(digits) >= FEWEST_PHONE_DIGITS and any(digits in number for number in phone_numbers(phone))


def _ranges(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """``places`` in order, as ranges."""
    start = end = -1
    for place in places:
        if place != end:
            if start >= 0:
                yield start, end
            start = place
        end = place + 1
    if start >= 0:
        yield start, end


@dataclass(frozen=True, slots=True)
class _Unit:
    """One thing that pinyin is typed for: a character with readings, a latin letter or a digit; or a break."""

    place: int
    reading: Reading | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text with the place in the original of each of its characters."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> _Folded:
        parts = [_folds[ord(character)] for character in original]
        return cls("".join(parts), tuple(place for place, part in enumerate(parts) for _ in part))

    def places(self, word: QueryWord) -> set[int]:
        """The places in the original text that ``word`` matches: as it was typed, else as pinyin, else as a phone."""
        found = set(self._literal(word.text))
        if not found and word.letters:
            found = set(self._pinyin(word.letters))
        if not found and word.digits:
            found = set(self._phone(word.digits))
        return {self.origins[place] for place in found}

    def _literal(self, word: str) -> Iterator[int]:
        start = self.text.find(word)
        while start >= 0:
            yield from range(start, start + len(word))
            start = self.text.find(word, start + len(word))

    def _phone(self, digits: str) -> Iterator[int]:
        for number in _PHONE.finditer(self.text):
            places = [place for place in range(*number.span()) if self.text[place].isdigit()]
            start = "".join(self.text[place] for place in places).find(digits)
            if start >= 0:
                yield from range(places[start], places[start + len(digits) - 1] + 1)

    def _pinyin(self, letters: str) -> Iterator[int]:
        units = self._units()
        for rare in (False, True):
            spelled = letters.replace("v", "u")
            found = [
                place
                for start in range(len(units))
                for place in (
                    _spelled_places(units, start, spelled, rare=rare)
                    or _initial_places(units, start, letters, rare=rare)
                )
            ]
            if found:
                yield from found
                return

    def _units(self) -> list[_Unit]:
        known = character_readings()
        long_runs = {place: run for run in _LONG_RUN.finditer(self.text) for place in range(*run.span())}
        units: list[_Unit] = []
        for place, character in enumerate(self.text):
            reading = known.of(character)
            run = long_runs.get(place)
            if reading:
                units.append(_Unit(place, reading))
            elif run and place > run.start():
                continue
            elif character in _BREAKS or (run and character.isdigit()):
                units.append(_Unit(place))
            elif character.isalnum():
                units.append(_Unit(place, letter=character if character.isascii() else ""))
        return units


def _spelled_places(units: Sequence[_Unit], start: int, letters: str, *, rare: bool) -> list[int]:
    """The places of the units that spell ``letters`` in full from ``start`` on; the last syllable may be unfinished."""
    reading = units[start].reading if start < len(units) else None
    if reading is None:
        return []
    for syllable in reading.all if rare else reading.common:
        if syllable.startswith(letters):
            return [units[start].place]
        if letters.startswith(syllable):
            rest = _spelled_places(units, start + 1, letters[len(syllable) :], rare=rare)
            if rest:
                return [units[start].place, *rest]
    return []


def _initial_places(units: Sequence[_Unit], start: int, letters: str, *, rare: bool) -> list[int]:
    """The places of the units whose first letters are ``letters`` from ``start`` on."""
    if start + len(letters) > len(units):
        return []
    for unit, letter in zip(units[start:], letters, strict=False):
        if unit.reading:
            if not any(syllable[0] == letter for syllable in (unit.reading.all if rare else unit.reading.common)):
                return []
        elif unit.letter != letter:
            return []
    return [unit.place for unit in units[start : start + len(letters)]]
