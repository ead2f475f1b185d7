"""What was typed: words, and how a text would hold them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from channel_desk.domain.folding import fold
from channel_desk.domain.latin_keys import FULL_WIDTH, phone_numbers
from channel_desk.domain.readings import completions, syllable_keys

#: More ways to divide one typed word into syllables, and to finish them, are not tried.
MOST_DIVISIONS = 32
MOST_SPELLINGS = 256
#: Longer runs of letters are not taken for pinyin.
LONGEST_PINYIN = 60
#: Fewer digits would match nearly every phone.
FEWEST_PHONE_DIGITS = 3

_SPELLED = re.compile(r"(?=.*[a-z])[a-z0-9']+")
_NUMBER = re.compile(r"[0-9+()./-]+")


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


@lru_cache(maxsize=64)
def query_words(query: str) -> tuple[QueryWord, ...]:
    """The words of ``query``; all of them have to match. Asked for every text on screen, so the last ones are kept."""
    return tuple(_query_word(text) for text in dict.fromkeys(fold(query).split()))


def _query_word(text: str) -> QueryWord:
    letters = text.replace("'", "") if _SPELLED.fullmatch(text) else ""
    spellings = dict.fromkeys((*_spellings_of(letters.replace("v", "u")), letters.translate(FULL_WIDTH)))
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
