"""Figures as people write them: what they amount to, and the type in which all of them fit beside their bars.

A figure that lost a digit reads as another figure. So it is set smaller, then without the unit, and where there is
still no room an ellipsis stands in its whole place and the slide counts as cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from channel_desk.documents.render.deck_sheet import ELLIPSIS
from channel_desk.documents.render.palette import Style
from channel_desk.documents.render.text import Block, Typesetter

_MINUS: Final = "\u2212"
_SIGN: Final = rf"[+\-{_MINUS}]"
_CURRENCY: Final = "[¥￥$€£]"
#: Thousands stand apart by a space, or commas and points as they come.
_AMOUNT: Final = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[,.]\d+)*)"
_BETWEEN: Final = r"\s?[\-–—~～至到/:：]\s?"

#: A figure at the beginning of a text, with what belongs to it: "¥4,320", "-12%", "3–5", "1/3".
NUMBER: Final = re.compile(rf"^[^\d\s]{{0,3}}{_SIGN}?{_AMOUNT}%?(?:{_BETWEEN}{_CURRENCY}?{_AMOUNT}%?)?")
#: What binds a figure to what follows, so that it means nothing on its own.
_BINDING: Final = "-–—~～/:：×"

_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?[日号])?"
    r"|(?:19|20)\d\d[-/]\d{1,2}(?:[-/]\d{1,2})?(?!\d)|\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?(?=.*\d))"
)
_CODES: Final = re.compile(r"\b(?:CNY|RMB|USD|EUR|GBP|HKD|TWD|JPY)\s?(?=[+\-\u2212\d])")
#: A figure of its own: "CJ-60" and "Q1" are names, "第 3" is a place in a row.
_FREE: Final = re.compile(
    rf"(?<![A-Za-z\d.,])(?<![A-Za-z]-)(?<!第)(?<!第 )"
    rf"(?P<sign>{_SIGN}?)\s?{_CURRENCY}?(?P<inner>{_SIGN}?)(?P<amount>{_AMOUNT})"
    r"\s?(?P<scale>百万|千万|万亿|(?:千(?![克瓦米卡])|[百万亿])|(?:bn|[kKmM]|million|billion|thousand)(?![\w²³/]))?"
)
#: A single figure with words around it; "CJ-60" is none, and "1 万 3 千" would lose its 千.
_WITH_UNIT: Final = re.compile(
    rf"([^\d+\-{_MINUS}]*)(?!(?<=[A-Za-z]){_SIGN})({_SIGN}?{_AMOUNT}(?:{_BETWEEN}{_AMOUNT})?)([^\d]*)"
)
_SCALES: Final = {
    "百": 1e2, "千": 1e3, "k": 1e3, "thousand": 1e3, "万": 1e4, "百万": 1e6, "m": 1e6, "million": 1e6, "千万": 1e7,
    "亿": 1e8, "bn": 1e9, "billion": 1e9, "万亿": 1e12,
}  # fmt: skip


def split_number(text: str) -> tuple[str, str]:
    """The figure at the beginning of ``text`` and its unit; no figure where it would say something else alone."""
    found = NUMBER.match(text)
    if found is None or _DATE.match(text):
        return "", text
    unit = text[found.end() :].strip()
    return (found.group(), unit) if unit[:1] not in _BINDING or not unit else ("", text)


def read_values(texts: Sequence[str]) -> list[float | None]:
    """The numbers in ``texts`` ("1,234", "3.5%", "¥18,600", "1.2 万"), or None where there is none.

    A range counts with its middle, a fraction with what it amounts to. Where all are in the same 万 or k, they stay as
    they are written, for whoever edits the deck.
    """
    read = [_read(text) for text in texts]
    common = len({value[1] for value in read if value is not None}) <= 1
    return [None if value is None else value[0] * (1.0 if common else value[1]) for value in read]


def _read(text: str) -> tuple[float, float] | None:
    """The number in ``text`` and what it is to be multiplied with."""
    text = _CODES.sub(" ", _DATE.sub(" ", text))
    found = _FREE.search(text)
    if found is None:
        return None
    value, scale = _plain(found["amount"]), _scale(found)
    second = _FREE.match(text, found.end())
    if second is None:
        joint = re.compile(_BETWEEN).match(text, found.end())
        other = re.compile(_AMOUNT).match(text, joint.end()) if joint else None
        if joint and other:
            beyond = _FREE.match(" " + text[other.start() :], 1)
            scale = _scale(beyond) if beyond and scale == 1 else scale
            value = _joined(value, _plain(other.group()), joint.group().strip())
    elif _scale(second) < scale and not second["sign"] and not second["inner"] and _scale(second) > 1:
        value += _plain(second["amount"]) * _scale(second) / scale
    sign = found["sign"] or found["inner"]
    return (-value if sign in {"-", _MINUS} else value), scale


def _joined(first: float, second: float, sign: str) -> float:
    if sign == "/":
        return first / second if second else first
    return first if sign in ":：" else (first + second) / 2


def _scale(found: re.Match[str]) -> float:
    return _SCALES[(found["scale"] or "").lower()] if found["scale"] else 1.0


def _plain(amount: str) -> float:
    """An amount without its separators; one comma before one or two digits is a decimal one."""
    amount = re.sub(r"\s", "", amount)
    if re.fullmatch(r"\d+,\d{1,2}", amount):
        return float(amount.replace(",", "."))
    amount = amount.replace(",", "")
    return float(amount if amount.count(".") < 2 else amount.replace(".", ""))


@dataclass(frozen=True)
class Fitted:
    """Values as they are shown, the style of each, and the unit that was taken from all of them."""

    shown: tuple[str, ...]
    styles: tuple[Style, ...]
    unit: str
    is_cut: bool


def fit_values(
    ruler: Typesetter, texts: Sequence[str], choices: Sequence[Sequence[Style]], widths: Sequence[float]
) -> Fitted:
    """``texts`` within the room at each style: whole, else without their unit, else an ellipsis for each too long.

    ``choices`` are the styles of each text from the largest down, ``widths`` what is allowed at each of them, counted
    from the last; values with the same choices take the same size.
    """
    bare, unit = _without_unit(texts)
    for shown, taken in ((tuple(texts), ""), (bare, unit)):
        styles = [_largest(ruler, shown, choices, index, widths) for index in range(len(shown))]
        if all(style is not None for style in styles):
            return Fitted(shown, tuple(style for style in styles if style is not None), taken, is_cut=False)
    last = tuple(styles[-1] for styles in choices)
    fits = [ruler.width(text, style) <= widths[-1] for text, style in zip(bare, last, strict=True)]
    kept = tuple(text if whole else ELLIPSIS for text, whole in zip(bare, fits, strict=True))
    return Fitted(kept, last, unit, is_cut=True)


def _largest(
    ruler: Typesetter, texts: Sequence[str], choices: Sequence[Sequence[Style]], index: int, widths: Sequence[float]
) -> Style | None:
    """The largest style that holds every text with the same choices as the one at ``index``."""
    alike = [text for text, styles in zip(texts, choices, strict=True) if styles == choices[index]]
    for style, room in zip(choices[index], widths[-len(choices[index]) :], strict=True):
        if all(ruler.width(text, style) <= room for text in alike):
            return style
    return None


def _without_unit(texts: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Figures without the words that all of them have before and behind, and those words."""
    filled = [text.strip() for text in texts if text.strip()]
    parts = [_WITH_UNIT.fullmatch(text) for text in filled]
    around = {(part[1].strip(), part[3].strip()) for part in parts if part}
    if len(around) != 1 or not all(parts):
        return tuple(texts), ""
    figures = iter([part[2] for part in parts if part])
    unit = " ".join(word for word in around.pop() if word)
    return tuple(next(figures) if text.strip() else "" for text in texts), unit


def value_blocks(ruler: Typesetter, fitted: Fitted) -> tuple[Block, ...]:
    """The values, each set on its one line."""
    return tuple(ruler.line(text, style) for text, style in zip(fitted.shown, fitted.styles, strict=True))
