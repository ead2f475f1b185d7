"""Which encoding a text is most likely in: the one whose characters people really use.

The rule of the statistics libraries fails for files that are nearly all ASCII; counting how many of the foreign
characters are among the common ones of each script decides even with two of them.
"""

from __future__ import annotations

from typing import Final

from channel_desk.exchange.common_characters import (
    CENTRAL,
    CYRILLIC,
    CYRILLIC_SIGNS,
    KANA,
    KOREAN,
    PUNCTUATION,
    SIMPLIFIED,
    TRADITIONAL,
    WESTERN,
)

#: A guess below this has too many characters that nobody uses.
CERTAIN: Final = 0.6
#: What is looked at; the rest of a long file says nothing new.
SAMPLE: Final = 40_000


def likeliest(data: bytes) -> tuple[str, float]:
    """The likeliest encoding and how common its characters are, at most 1."""
    sample = _lines_with_foreign_bytes(data)
    scores = {
        "gb18030": share(sample, "gb18030", SIMPLIFIED),
        "big5": share(sample, "big5", TRADITIONAL),
        "cp1252": _lone_share(sample, "cp1252", WESTERN),
        "utf-8": utf8_share(sample),
        "cp1250": _lone_share(sample, "cp1250", CENTRAL),
        "cp850": _lone_share(sample, "cp850", WESTERN),
        "mac_roman": _lone_share(sample, "mac_roman", WESTERN),
        "cp1251": _cyrillic_share(sample, "cp1251"),
        "cp866": _cyrillic_share(sample, "cp866"),
        "koi8_r": _cyrillic_share(sample, "koi8_r"),
        "shift_jis": _japanese_share(sample),
        "euc_kr": share(sample, "euc_kr", KOREAN),
    }
    best = max(scores, key=lambda name: scores[name])
    if best in {"cp850", "mac_roman"} and scores["cp850"] == scores["mac_roman"]:
        return best, CERTAIN / 2  # DOS and Macintosh share most of their bytes: a person has to look
    return best, scores[best]


def _lines_with_foreign_bytes(data: bytes) -> bytes:
    """Lines that are not ASCII, up to the size of a sample; cut between lines, so no character is torn."""
    lines, size = [], 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > SAMPLE:
                break
    return b"\n".join(lines)[: 2 * SAMPLE]  # one endless line is no table, but must not cost minutes


def share(data: bytes, encoding: str, common: frozenset[str]) -> float:
    text = data.decode(encoding, "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    damaged = foreign.count("\ufffd")
    good = sum(1 for character in foreign if character in common or character in PUNCTUATION)
    return (good - 2 * damaged) / len(foreign)


def _japanese_share(data: bytes) -> float:
    text = data.decode("shift_jis", "replace")
    if KANA.isdisjoint(text):
        return 0.0  # names of companies and people always have some; without them it may be any language
    return share(data, "shift_jis", KANA | SIMPLIFIED | TRADITIONAL)


def _cyrillic_share(data: bytes, encoding: str) -> float:
    """Cyrillic letters come in words: never beside a Latin letter, and no capital after a small letter."""
    text = data.decode(encoding, "replace")
    if CYRILLIC.isdisjoint(text):
        return 0.0
    total = good = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if character > "\x7f":
            total += 1
            beside_latin = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
            is_letter = character in CYRILLIC and not beside_latin and not (before.islower() and character.isupper())
            good += is_letter or character in CYRILLIC_SIGNS
    letters = [one for one in text.lower() if one in CYRILLIC]
    common = sum(1 for one in letters if one in "оеаинтсрвл") / len(letters)
    # Other alphabets read as DOS text have small letters only, read as KOI8 capitals only: a real text has both.
    cases = {one.isupper() for one in text if "А" <= one <= "я"}
    if (encoding == "cp866" and True not in cases) or (encoding == "koi8_r" and len(cases) < 2):
        return 0.0
    # Half of all letters are among these ten; Greek, Hebrew and Arabic read as Cyrillic have others.
    return 0.9 * good / total * min(1.0, common / 0.4)


def _lone_share(data: bytes, encoding: str, common: frozenset[str]) -> float:
    """Accented letters stand between ASCII letters; Chinese read as Western comes in long runs."""
    text = data.decode(encoding, "replace")
    total = good = 0
    for place, character in enumerate(text):
        if character > "\x7f":
            total += 1
            before, after = text[place - 1 : place], text[place + 1 : place + 2]
            run = text[max(0, place - 2) : place + 3]
            is_lone = before <= "\x7f" or after <= "\x7f" or sum(one > "\x7f" for one in run) < 4
            misplaced = (
                character.isupper() and (before.islower() or (before.isalpha() and after.islower()))
                if character.isalpha()
                else before.isalpha() and after.isalpha()
            )
            good += character in common and is_lone and (not misplaced or character in "’-")
    # Half of the weight: two accents in one word are rare, a whole page of lone ones is not Chinese.
    return 0.75 * good / total if total else 0.0


def utf8_share(data: bytes) -> float:
    """UTF-8 with a few broken bytes is still UTF-8: no other text forms its sequences by chance."""
    text = data.decode("utf-8", "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    return 1.2 * (len(foreign) - 8 * foreign.count("\ufffd")) / len(foreign)
