"""What the text of a cell means under its number format: a date, a code with leading zeros, or just a number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from channel_desk.domain.amounts import LONGEST_NUMBER, Amount, read_amount
from channel_desk.domain.cells import KEPT_DIGITS, Cell, number_text

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - the same
_LAST_SERIAL: Final = 2_958_466
#: Numbers of formats that Excel knows by itself and that show a date in one language or another.
_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_BUILT_IN_SHARES: Final = frozenset({9, 10})

#: What a number means, given whether the days of the workbook are counted from 1904.
Reader = Callable[[float, bool], Cell]

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
#: What a format is made of: words to show, blanks, a currency, colours and languages, digits, anything else.
_FORMAT_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<rule>\[[<>=][^\]]*\])|\[[^\]]*\]'
    r"|(?P<digit>[0#?]|general)|(?P<mark>[.,])|(?P<foreign>[A-Za-z%@])|(?P<plain>.)",
    re.IGNORECASE,
)
_SHOWN_NUMBER = re.compile(r"(?P<before>\D*)(?P<number>\d(?:[\d., \u00a0\u202f'’]*\d)?)(?P<after>\D*)")
#: Digits that an amount of one currency unit has behind its point.
_CENTS: Final = 2


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_; half of a pair without the other half is none at all."""
    if "_x" not in text:
        return text
    halves = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def number_of(text: str) -> int | float | None:
    """The number, whole as long as it is written whole; None when it is none."""
    text = text.strip()
    try:
        number = int(text) if text.lstrip("-").isdigit() and len(text) < 40 else float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def iso_value(text: str, shown: str | None = None) -> Cell:
    """A date written out, as some programs store it; where it is none, what is ``shown`` in its place, else itself."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text if shown is None else shown
    return _day_or_moment(moment)


def _day_or_moment(moment: datetime) -> Cell:
    """A day at midnight is that day: a spreadsheet tells the two apart by nothing else."""
    return moment.date() if moment.time() == time.min else moment


def numbered_format(number: int, own: str | None) -> str:
    """The code of the format ``number`` of a workbook: its ``own``, else what Excel has under that number."""
    if own is not None:
        return own
    return "yyyy-mm-dd" if number in _BUILT_IN_DATES else "0%" if number in _BUILT_IN_SHARES else ""


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
    pieces = [piece for piece in map(_piece, _FORMAT_PIECE.finditer(first)) if piece != ("", "")]
    kinds = [kind for kind, _ in pieces]
    if pieces[-1:] == [("foreign", "%")] and kinds.count("foreign") == 1:
        return percentage
    if "foreign" in kinds or "rule" in kinds or "digit" not in kinds:
        return None
    if kinds.count("digit") > 1 and all(kind == "word" or piece == "0" for kind, piece in pieces):
        return lambda number, _date_1904: _padded(number, pieces)
    has_currency = any(match["currency"] for match in _FORMAT_PIECE.finditer(first))
    return _worded(pieces, has_currency=has_currency)


def _piece(match: re.Match[str]) -> tuple[str, str]:
    """Kind and text of a piece of a format: a word, a digit, a mark, a rule, foreign; empty when nothing is shown."""
    kind, text = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
    if kind in {"quoted", "escaped", "plain", "currency"}:
        return ("word", text) if text else ("", "")
    return kind, text


def _worded(pieces: list[tuple[str, str]], *, has_currency: bool) -> Reader | None:
    """For a format whose words change what the number means: 36 under ``0"万元"`` is 36万元, under ``"HN-"0`` HN-36."""
    places = [index for index, (kind, _) in enumerate(pieces) if kind in {"digit", "mark"}]
    inside = pieces[places[0] : places[-1] + 1]
    if inside[-1] == ("mark", ",") or ("word", ".") in inside:
        return None  # 360000 shown as 36.0万: the number is whole as it is
    before = "".join(text for _, text in pieces[: places[0]]).lstrip()
    after = "".join(text for _, text in pieces[places[-1] + 1 :]).rstrip()
    return _between_words(before, after, has_currency=has_currency)


def worded_number(number: float, shown: str) -> Cell:
    """A number with the words that a program shows beside it, where they change its meaning; None where they do not.

    36 shown as 36.0万 is 36万; 360000 shown as 36.0万 is whole as it is.
    """
    match = _SHOWN_NUMBER.fullmatch(re.sub(r"[-−()]", "", shown) if number < 0 else shown)
    if match is None or len(shown) > LONGEST_NUMBER:
        return None
    digits = re.sub(r"\D", "", match["number"])
    if all(f"{abs(number):.{places}f}".replace(".", "") != digits for places in range(len(digits))):
        return None
    reader = _between_words(match["before"].lstrip(), match["after"].rstrip(), has_currency=False)
    return reader(number, False) if reader else None  # noqa: FBT003 - one shape for all readers


def _between_words(before: str, after: str, *, has_currency: bool) -> Reader | None:
    amount = read_amount(f"{before}1{after}")
    if isinstance(amount, Amount):
        unit = amount.minor // 100
        if unit == 1 and amount.currency in {"", "CNY"}:
            return None
        decimals = _CENTS + len(str(unit)) - 1
    elif any(character.isalnum() for character in before) or has_currency:
        decimals = KEPT_DIGITS
    else:
        return None
    return lambda number, _date_1904: _with_words(number, before, after, decimals)


def _with_words(number: float, before: str, after: str, decimals: int) -> str:
    return f"{'-' if number < 0 else ''}{before}{number_text(round(abs(number), decimals))}{after}"


def percentage(share: float, _date_1904: bool = False) -> str:  # noqa: FBT001, FBT002 - one shape for all readers
    """A share as it is shown: 0.05 is 5%."""
    return f"{number_text(round(share * 100, KEPT_DIGITS - 3))}%"


def _date_of(serial: float, date_1904: bool) -> Cell:  # noqa: FBT001 - one shape for all readers
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if serial < 1:
        return (_EPOCH + timedelta(seconds=min(round(serial * 86_400), 86_399))).time() if serial else serial
    # Day 60 is a 29 February 1900 that never was; the days before it are one off.
    days = serial + 1 if serial < 60 and not date_1904 else serial
    moment = (_EPOCH_1904 if date_1904 else _EPOCH) + timedelta(seconds=round(days * 86_400))
    return _day_or_moment(moment)


def _padded(number: float, pieces: list[tuple[str, str]]) -> Cell:
    """The code as the program shows it: 123 under the format 00000 is 00123."""
    if number != int(number) or number < 0:
        return number
    places = sum(1 for kind, _ in pieces if kind == "digit")
    digits = list(str(int(number)).rjust(places, "0"))
    surplus = len(digits) - places
    shown, first = [], True
    for kind, text in pieces:
        if kind == "digit":
            take = 1 + (surplus if first else 0)
            shown.append("".join(digits[:take]))
            del digits[:take]
            first = False
        else:
            shown.append(text)
    return "".join(shown).strip()
