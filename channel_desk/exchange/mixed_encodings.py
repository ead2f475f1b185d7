"""Two texts pasted into one file: some lines are UTF-8, the others GB18030 or Big5."""

from __future__ import annotations

from typing import Final

from channel_desk.exchange.common_characters import SIMPLIFIED, TRADITIONAL
from channel_desk.exchange.decoded_text import DecodedText, decoded
from channel_desk.exchange.likely_encodings import CERTAIN, SAMPLE, share, utf8_share
from channel_desk.exchange.limits import MAX_ROWS

_SAMPLE_OF_LINE: Final = 400
#: What may be mixed with UTF-8 in one file, and its common characters.
_EAST_ASIAN: Final = (("gb18030", SIMPLIFIED), ("big5", TRADITIONAL))
#: What a line can be as UTF-8: 0 is none; accents of two bytes are formed by other texts too, words of three are not.
_ACCENT: Final = 1
_WORD: Final = 2


def mixed(data: bytes) -> DecodedText | None:
    """A text of which some lines are UTF-8 and the others GB18030 or Big5: two files were pasted into one.

    Each line is told by its own characters. None where it is not so, or where it would be guesswork.
    """
    lines = data.splitlines(keepends=True)
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    kinds = {number: _as_utf8(lines[number]) for number in foreign}
    sound = b"".join(lines[number] for number in foreign if kinds[number] == _WORD)
    rest = b"".join(lines[number] for number in foreign if not kinds[number])
    if not sound or not rest or len(foreign) > 2 * MAX_ROWS:
        return None
    if share(sound[:SAMPLE], "utf-8", SIMPLIFIED | TRADITIONAL) < CERTAIN:
        return None  # bytes of another encoding that look like UTF-8 by chance
    other, common = max(_EAST_ASIAN, key=lambda one: share(rest[:SAMPLE], *one))
    others, is_other = [], not next(one for one in kinds.values() if one != _ACCENT)
    for number in foreign:
        if kinds[number] != _ACCENT:  # accents alone may be either: such a line is what the line above is
            is_other = not kinds[number] and utf8_share(lines[number][:_SAMPLE_OF_LINE]) < CERTAIN
        if is_other:
            others.append(number)
    if share(b"".join(lines[number] for number in others)[:SAMPLE], other, common) < CERTAIN:
        return None
    chosen = frozenset(others)
    read = [decoded(line, other if number in chosen else "utf-8") for number, line in enumerate(lines)]
    if any(read[number].damaged for number in others):
        return None
    text, is_damaged = "".join(line.text for line in read), any(line.damaged for line in read)
    told = tuple(number + 1 for number in others)
    return DecodedText(text, "utf-8", is_damaged, other_encoding=other, others=told)


def _as_utf8(line: bytes) -> int:
    try:
        return _WORD if max(line.decode("utf-8")) >= "\u0800" else _ACCENT
    except UnicodeDecodeError:
        return 0
