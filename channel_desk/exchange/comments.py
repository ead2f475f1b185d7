"""Comments on cells: they belong to no column of a table, so each is told with its place instead of being imported."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from channel_desk.domain.import_problems import Problem
from channel_desk.exchange.limits import MAX_DEPTH, MAX_ROWS, Meter
from channel_desk.exchange.packages import Package
from channel_desk.exchange.xml_parts import Handler, local_name, parse_part

#: Of a longer one the beginning is told.
LONGEST_COMMENT: Final = 200

#: A note, and a comment that can be answered; what each has its text in, and the author's name.
_COMMENTS: Final = frozenset({"comment", "threadedComment"})
_TEXTS: Final = frozenset({"t", "text", "author"})
#: Excel 365 writes a note beside each comment that can be answered, which only says that an old Excel cannot show it.
_OF_A_CONVERSATION: Final = "tc="
_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


def comment_left_out(row: int, column: str, text: str) -> Problem:
    """What is said of a comment; ``row`` and ``column`` are named as the spreadsheet program does."""
    return Problem(row, column, "comment_left_out", {"text": text})


def comments_not_read() -> Problem:
    """What is said once of comments that are there and cannot be read."""
    return Problem(0, "", "comments_not_read")


def read_comments(package: Package, part: str, meter: Meter) -> tuple[Problem, ...]:
    """What is said of the comments in a part of an .xlsx package, of either kind that Excel writes.

    Raises UserError when it is damaged, missing or too large.
    """
    handler = _CommentsReader(meter)
    parse_part(package, part, handler)
    return tuple(handler.found)


class _CommentsReader(Handler):
    def __init__(self, meter: Meter) -> None:
        self.found: list[Problem] = []
        self._meter = meter
        self._cell = ""
        self._pieces: list[str] = []
        self._collects = False
        #: How many authors there were, and the numbers of those that are none.
        self._authors = 0
        self._placeholders: set[str] = set()
        self._stands_for_another = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise expat.ExpatError
        local = local_name(name)
        if local in _COMMENTS:
            self._cell, self._pieces = attributes.get("ref", ""), []
            author = attributes.get("authorId", "")
            self._stands_for_another = author in self._placeholders
        elif local == "author":
            self._pieces = []
        self._collects = local in _TEXTS

    def end(self, name: str) -> None:
        self.depth -= 1
        self._collects = False
        local = local_name(name)
        if local == "author":
            if "".join(self._pieces).startswith(_OF_A_CONVERSATION):
                self._placeholders.add(str(self._authors))
            self._authors += 1
        elif local in _COMMENTS:
            text = "".join(self._pieces).strip()
            cell = _CELL.fullmatch(self._cell)
            if text and cell and not self._stands_for_another:
                self.found.append(comment_left_out(int(cell[2]), cell[1].upper(), text))

    def text(self, text: str) -> None:
        if self._collects and len(self._pieces) < LONGEST_COMMENT:
            self._pieces.append(text[:LONGEST_COMMENT])

    def check(self) -> None:
        self._meter.check_time()
        if len(self.found) > MAX_ROWS:
            raise self._meter.too_large()
