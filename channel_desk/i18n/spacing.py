"""Between Chinese and Latin letters stands a space, whoever they come from: 与 Alfreds Futterkiste 重叠."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

#: Compiled when first needed, by ``re`` itself: not before the window is painted.
_BEHIND_CHINESE: Final = r"(?<=[\u4e00-\u9fff])\{(\w+)\}"
_BEFORE_CHINESE: Final = r"\{(\w+)\}(?=[\u4e00-\u9fff])"


def spaced(message: str, values: Mapping[str, object]) -> str:
    """``message`` with a space at each placeholder whose value brings a letter up to Chinese; figures stand close."""
    latin_first = {name for name, value in values.items() if isinstance(value, str) and _is_latin(value[:1])}
    latin_last = {name for name, value in values.items() if isinstance(value, str) and _is_latin(value[-1:])}
    if latin_first:
        message = re.sub(_BEHIND_CHINESE, lambda found: " " * (found[1] in latin_first) + found[0], message)
    if latin_last:
        message = re.sub(_BEFORE_CHINESE, lambda found: found[0] + " " * (found[1] in latin_last), message)
    return message


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and letter < "\u0250"
