"""What the text of a cell means under its number format: a date, a code with leading zeros, or just a number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from channel_desk.domain.cells import Cell

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - the same
_LAST_SERIAL: Final = 2_958_466

#: What a number means, given whether the days of the workbook are counted from 1904.
Reader = Callable[[float, bool], Cell]

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_FORMAT_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([-/ ()])|(0)')


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def number_of(text: str) -> int | float | None:
    """The number, whole as long as it is written whole; None when it is none."""
    text = text.strip()
    try:
        number = int(text) if text.lstrip("-").isdigit() and len(text) < 40 else float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def iso_value(text: str) -> Cell:
    """A date written out, as some programs store it."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    return moment.date() if moment.time() == time.min else moment


def format_reader(code: str) -> Reader | None:
    """How the number format of a style changes what a number means: a date, or a code with leading zeros."""
    if not code:
        return None
    first = code.split(";", maxsplit=1)[0]
    bare = _FORMAT_NOISE.sub("", first).lower()
    if (
        re.search(r"[ymdhs年月日]", bare.replace("general", ""))
        and "#" not in bare
        and "0" not in re.sub(r"\.0+", "", bare)
    ):
        return _date_of
    parts = _FORMAT_LITERAL.findall(first)
    if "".join(_FORMAT_LITERAL.sub("", first).split()) or sum(1 for part in parts if part[3]) < 2:
        return None
    return lambda number, _date_1904: _padded(number, parts)


def _date_of(serial: float, date_1904: bool) -> Cell:  # noqa: FBT001 - one shape for all readers
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if serial < 1:
        return (_EPOCH + timedelta(seconds=min(round(serial * 86_400), 86_399))).time() if serial else serial
    # Day 60 is a 29 February 1900 that never was; the days before it are one off.
    days = serial + 1 if serial < 60 and not date_1904 else serial
    moment = (_EPOCH_1904 if date_1904 else _EPOCH) + timedelta(seconds=round(days * 86_400))
    return moment.date() if moment.time() == time.min else moment


def _padded(number: float, parts: list[tuple[str, str, str, str]]) -> Cell:
    """The code as the program shows it: 123 under the format 00000 is 00123."""
    if number != int(number) or number < 0:
        return number
    places = sum(1 for part in parts if part[3])
    digits = list(str(int(number)).rjust(places, "0"))
    surplus = len(digits) - places
    shown, first = [], True
    for quoted, escaped, plain, zero in parts:
        if zero:
            take = 1 + (surplus if first else 0)
            shown.append("".join(digits[:take]))
            del digits[:take]
            first = False
        else:
            shown.append(quoted or escaped or plain)
    return "".join(shown)
