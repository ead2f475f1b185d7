"""Folding: texts as they are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from channel_desk.domain.readings import simplified_forms

#: Characters from here on are for private use by the index; folding leaves none of any private use in a text.
PRIVATE = 0xF0000
#: Folded forms of texts up to this length are kept for a while.
_SHORT_TEXT = 40
_LAST_ALPHABET_WITH_ACCENTS = "\u0590"


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


_folds = _Folds()


def fold(text: str) -> str:
    """``text`` as it is compared: small letters, no accents, half width, simplified; every kind of space is a blank."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return _fold_again(text) if len(text) <= _SHORT_TEXT else text.translate(_folds)


@lru_cache(maxsize=4096)
def _fold_again(text: str) -> str:
    """Short texts come again and again: cities, titles, the same few notes."""
    return text.translate(_folds)


def folded_parts(text: str) -> list[str]:
    """The folded form of each character of ``text``; none, or several, for some."""
    return [_folds[ord(character)] for character in text]
