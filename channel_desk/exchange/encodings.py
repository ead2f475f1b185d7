"""The text of a file: by its mark, as strict UTF-8, else in the encoding that it is most likely in."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import Final

from channel_desk.domain.cells import UNREADABLE
from channel_desk.exchange.common_characters import SIMPLIFIED, TRADITIONAL
from channel_desk.exchange.decoded_text import DecodedText, decoded
from channel_desk.exchange.likely_encodings import likeliest
from channel_desk.exchange.mixed_encodings import mixed

#: What a person may choose from when the guess is wrong.
ENCODINGS: Final = (
    "utf-8",
    "gb18030",
    "big5",
    "cp1252",
    "utf-16-le",
    "utf-16-be",
    "cp1250",
    "cp1251",
    "shift_jis",
    "euc_kr",
    "mac_roman",
    "cp850",
    "cp866",
    "koi8_r",
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of ``data``. Bytes that mean nothing become U+FFFD and are pointed out later, row by row."""
    for mark, name in _MARKS:
        if data.startswith(mark) and encoding in {None, name}:
            marked = decoded(data[len(mark) :], name)
            parts = mixed(data[len(mark) :]) if marked.damaged and encoding is None and name == "utf-8" else None
            if parts is not None or encoding is not None or not _is_wrong(marked):
                return parts or marked
            data = data[len(mark) :]  # web sites put the mark of UTF-8 before GBK
            break
    if encoding is not None:
        return decoded(data, encoding)
    wide = _wide(data)
    if wide:
        return decoded(data, wide)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        parts = mixed(data)
        if parts is not None:
            return parts
        guess, score = likeliest(data)
        # A guess is never as good as a mark: it is told, and doubted where its characters are no common ones.
        return replace(decoded(data, guess), certainty=min(score, 0.99))


def _is_wrong(marked: DecodedText) -> bool:
    """Whether most of what is no plain letter is damaged."""
    return marked.damaged and marked.text.count(UNREADABLE) * 2 > sum(1 for one in marked.text if one > "\x7f")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of its digits, commas and line ends is zero, of Chinese words none."""
    sample = data[:4000]
    if len(sample) < 4 or 0 not in sample:
        return ""
    if sample.count(0) * 5 < len(sample):
        return next((name for name in ("utf-16-le", "utf-16-be") if _is_readable(sample.decode(name, "replace"))), "")
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _is_readable(text: str) -> bool:
    """Whether nearly all characters are common ones, and lines end somewhere."""
    common = sum(1 for one in text if " " <= one <= "~" or one in "\r\n\t" or one in SIMPLIFIED or one in TRADITIONAL)
    return common * 10 >= len(text) * 7 and not {"\r", "\n"}.isdisjoint(text)
