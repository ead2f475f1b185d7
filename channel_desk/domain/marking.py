"""Marking what a search matched in a text that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from channel_desk.domain.folding import folded_parts
from channel_desk.domain.latin_keys import BREAKS, LONG_RUN, PHONE
from channel_desk.domain.query_words import QueryWord, query_words
from channel_desk.domain.readings import Reading, character_readings


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


class _Unit(NamedTuple):
    """One thing that pinyin is typed for: a character with readings, a latin letter or a digit; or a break."""

    place: int
    reading: Reading | None = None
    letter: str = ""

    def begins(self, letter: str, *, rare: bool) -> bool:
        """Whether a spelling that begins with ``letter`` can begin here."""
        if self.reading is None:
            return self.letter == letter
        return letter in (self.reading.initials if rare else self.reading.common_initials)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text with the place in the original of each of its characters."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> _Folded:
        parts = folded_parts(original)
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
        for number in PHONE.finditer(self.text):
            places = [place for place in range(*number.span()) if self.text[place].isdigit()]
            start = "".join(self.text[place] for place in places).find(digits)
            if start >= 0:
                yield from range(places[start], places[start + len(digits) - 1] + 1)

    def _pinyin(self, letters: str) -> Iterator[int]:
        units = _units(self.text)
        for rare in (False, True):
            spelled = letters.replace("v", "u")
            found = [
                place
                for start, unit in enumerate(units)
                if unit.begins(letters[0], rare=rare)
                for place in (
                    _spelled_places(units, start, spelled, rare=rare)
                    or _initial_places(units, start, letters, rare=rare)
                )
            ]
            if found:
                yield from found
                return


#: The texts on screen are looked at again at each key.
@lru_cache(maxsize=256)
def _units(text: str) -> tuple[_Unit, ...]:
    known = character_readings()
    long_runs = {place: run for run in LONG_RUN.finditer(text) for place in range(*run.span())}
    units: list[_Unit] = []
    for place, character in enumerate(text):
        reading = known.of(character)
        run = long_runs.get(place)
        if reading:
            units.append(_Unit(place, reading))
        elif run and place > run.start():
            continue
        elif character in BREAKS or (run and character.isdigit()):
            units.append(_Unit(place))
        elif character.isalnum():
            units.append(_Unit(place, letter=character if character.isascii() else ""))
    return tuple(units)


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
        if not unit.begins(letter, rare=rare):
            return []
    return [unit.place for unit in units[start : start + len(letters)]]
