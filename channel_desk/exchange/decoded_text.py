"""The text that bytes are in one encoding, with what is not certain of it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Final

#: What Taiwan and Hong Kong added: without it there is no 宏碁 and no 深水埗.
_LARGER: Final = {"big5": ("cp950", "big5hkscs")}


@dataclass(frozen=True)
class DecodedText:
    """``text`` without its mark; ``damaged`` when some bytes mean nothing in ``encoding``.

    ``certainty`` is 1 unless the encoding was guessed; below CERTAIN a person should look at the names. ``others`` are
    the lines, counted from 1, that are in ``other_encoding``: two files were pasted into one.
    """

    text: str
    encoding: str
    damaged: bool = False
    certainty: float = 1.0
    other_encoding: str = ""
    others: tuple[int, ...] = ()


def decoded(data: bytes, encoding: str) -> DecodedText:
    """The text of ``data`` in ``encoding``; bytes that mean nothing in it become U+FFFD."""
    for codec in (encoding, *_LARGER.get(encoding, ())):
        with contextlib.suppress(UnicodeDecodeError):
            return DecodedText(data.decode(codec), encoding)
    return DecodedText(data.decode(encoding, "replace"), encoding, damaged=True)
