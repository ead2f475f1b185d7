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
_LONGEST: Final = 200
#: So many of a sheet are told one by one, of the rest how many there are.
_MOST: Final = MAX_ROWS

#: A note, and a comment that can be answered; what each has its text in, and the author's name.
_COMMENTS: Final = frozenset({"comment", "threadedComment"})
_TEXTS: Final = frozenset({"t", "text", "author"})
#: Excel 365 writes a note beside each comment that can be answered, which only says that an old Excel cannot show it.
_OF_A_CONVERSATION: Final = "tc="
_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


class CommentText:
    """What is written in one comment, piece by piece; never more is held than is told."""

    def __init__(self, text: str = "") -> None:
        self._text = ""
        self.add(text)

    def add(self, text: str) -> None:
        if len(self._text) < _LONGEST:
            self._text = (self._text + text).lstrip()[:_LONGEST]

    def __str__(self) -> str:
        return self._text.rstrip()


class SheetComments:
    """The comments on the cells of one sheet. ``found`` is what is said of them, and ``more`` counts the others."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.more = 0

    def add(self, row: int, column: str, text: CommentText) -> None:
        """``row`` and ``column`` are named as the spreadsheet program does; a blank comment says nothing."""
        if not str(text):
            return
        if len(self.found) < _MOST:
            self.found.append(Problem(row, column, "comment_left_out", {"text": str(text)}))
        else:
            self.more += 1

    def problems(self) -> tuple[Problem, ...]:
        """All that is said of them."""
        more = (
            (Problem(0, "", "more_comments", {"told": f"{_MOST:,}", "count": f"{self.more:,}"}),) if self.more else ()
        )
        return (*more, *self.found)


def comments_not_read() -> Problem:
    """What is said once of comments that are there and cannot be read."""
    return Problem(0, "", "comments_not_read")


def read_comments(package: Package, part: str, meter: Meter, found: SheetComments) -> None:
    """Add the comments in a part of an .xlsx package to those ``found``, of either kind that Excel writes.

    Raises UserError when it is damaged, missing or too large.
    """
    parse_part(package, part, _CommentsReader(meter, found))


class _CommentsReader(Handler):
    def __init__(self, meter: Meter, found: SheetComments) -> None:
        self._found = found
        self._meter = meter
        self._cell = ""
        self._text = CommentText()
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
            self._cell, self._text = attributes.get("ref", ""), CommentText()
            author = attributes.get("authorId", "")
            self._stands_for_another = author in self._placeholders
        elif local == "author":
            self._text = CommentText()
        self._collects = local in _TEXTS

    def end(self, name: str) -> None:
        self.depth -= 1
        self._collects = False
        local = local_name(name)
        if local == "author":
            if str(self._text).startswith(_OF_A_CONVERSATION):
                self._placeholders.add(str(self._authors))
            self._authors += 1
        elif local in _COMMENTS:
            cell = _CELL.fullmatch(self._cell)
            if cell and not self._stands_for_another:
                self._found.add(int(cell[2]), cell[1].upper(), self._text)

    def text(self, text: str) -> None:
        if self._collects:
            self._text.add(text)

    def check(self) -> None:
        self._meter.check_time()
