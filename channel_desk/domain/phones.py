"""Phone numbers: kept as they were written, compared by their digits."""

from __future__ import annotations

import re
import unicodedata

#: Fewer digits are an extension or a short code and identify nobody.
SHORTEST_NUMBER = 7
#: A cell of phones is not longer; what follows is not looked at.
_LONGEST = 200

_SEPARATOR = re.compile(r"[/;,、|\n]|\bor\b|或")
_EXTENSION = re.compile(r"(?:转|轉|分机|分機|ext\.?|extension|x|#)\s*\d*\s*$", re.IGNORECASE)
_NOT_A_DIGIT = re.compile(r"\D+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}")
_WITH_FRACTION = re.compile(r"(\+?[1-9]\d{4,})\.0+")


def phone_keys(text: str) -> tuple[str, ...]:
    """The digits of each number in ``text``, without extension and the prefix of China, for comparing."""
    if not text:
        return ()
    if text.isascii() and text.isdigit():
        return (_national(text),) if len(text) >= SHORTEST_NUMBER else ()
    keys = []
    for part in _SEPARATOR.split(unicodedata.normalize("NFKC", text[:_LONGEST])):
        digits = _NOT_A_DIGIT.sub("", _EXTENSION.sub("", part))
        if len(digits) >= SHORTEST_NUMBER:
            keys.append(_national(digits))
    return tuple(keys)


def _national(digits: str) -> str:
    for prefix in ("0086", "86"):
        rest = digits.removeprefix(prefix)
        if rest != digits and len(rest) == 11 and rest.startswith("1"):
            return rest
    return digits


def has_lost_digits(text: str) -> bool:
    """Whether a spreadsheet program shortened a long number to something like 1.38E+10."""
    return "e" in text.lower() and _SCIENTIFIC.fullmatch(text) is not None


def without_fraction(text: str) -> str:
    """The number that a program wrote as one with a fraction: 13800138000.0 is 13800138000."""
    match = _WITH_FRACTION.fullmatch(text)
    return match[1] if match else text


def has_digits(text: str) -> bool:
    """Whether there is anything to dial in ``text``."""
    return any(character.isdigit() for character in text)
