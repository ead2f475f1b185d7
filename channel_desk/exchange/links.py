"""Links on cells: a name may lead to a web site, an address or a file that the cell itself does not say."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from channel_desk.domain.cells import Cell, cell_text

#: What no reader misses: how a target is fetched, and the www before a site.
_PREFIX: Final = re.compile(r"(?:(?:https?|ftp|file|mailto|tel|sms|callto|skype):)?/*(?:www\.)?", re.IGNORECASE)
_DIALLED: Final = re.compile(r"(?:tel|sms|callto):", re.IGNORECASE)
#: A phone is the same with its country in front and without; shorter numbers are parts of many others.
_DIGITS_OF_A_PHONE: Final = 7
#: So much of a cell and of a formula is looked at: a hostile file has a hundred thousand links on one endless text.
_LOOKED_AT: Final = 1_000
#: Only these lead anywhere from a page that was saved as a file.
_OF_ITS_OWN: Final = re.compile(r"(?:https?|ftp|mailto|tel|sms|callto):", re.IGNORECASE)
#: HYPERLINK("target","shown"): a target that is made of other cells is none that can be told.
_FORMULA: Final = re.compile(r'\bHYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,;)]', re.IGNORECASE)


def is_said(target: str, shown: Cell) -> bool:
    """Whether a cell that shows ``shown`` tells where its link leads: outside of the file, and not in its words."""
    target = target.strip()
    if not target or target.startswith("#"):
        return True
    text = cell_text(shown[:_LOOKED_AT] if isinstance(shown, str) else shown)
    if _DIALLED.match(target):
        number, digits = re.sub(r"\D", "", target), re.sub(r"\D", "", text)
        return min(len(number), len(digits)) >= _DIGITS_OF_A_PHONE and (number in digits or digits in number)
    if target.lower().startswith("mailto:"):
        target = target.partition("?")[0]
    return _bare(target) in _bare(text)


def leads_out_of_a_page(target: str) -> bool:
    """Whether the link of a web page leads anywhere without the site that the page is from."""
    return _OF_ITS_OWN.match(target.strip()) is not None


def formula_target(formula: str) -> str:
    """Where the link leads that a formula makes; empty when it makes none, or of what other cells say."""
    found = _FORMULA.search(formula[:_LOOKED_AT])
    return found[1].replace('""', '"') if found else ""


def _bare(text: str) -> str:
    """A target or a text as it is compared: without what people leave out when they write it."""
    return _PREFIX.sub("", "".join(unquote(text).split()).casefold(), count=1).rstrip("/")
