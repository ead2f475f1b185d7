"""Comments on the cells of an .xlsx workbook, which are written in parts of their own."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from channel_desk.exchange.beside_cells import BesideCells, CommentText
from channel_desk.exchange.limits import MAX_DEPTH, Meter
from channel_desk.exchange.ooxml_sheet import REFERENCE
from channel_desk.exchange.packages import Package
from channel_desk.exchange.xml_parts import Handler, local_name, parse_part

#: A note, and a comment that can be answered; what each has its text in, and the author's name.
_COMMENTS: Final = frozenset({"comment", "threadedComment"})
_TEXTS: Final = frozenset({"t", "text", "author"})
#: Excel 365 writes a note beside each comment that can be answered, which only says that an old Excel cannot show it.
_OF_A_CONVERSATION: Final = "tc="


def read_comments(package: Package, part: str, meter: Meter, found: BesideCells) -> None:
    """Add the comments in a part of an .xlsx package to those ``found``, of either kind that Excel writes.

    Raises UserError when it is damaged, missing or too large.
    """
    parse_part(package, part, _CommentsReader(meter, found))


class _CommentsReader(Handler):
    def __init__(self, meter: Meter, found: BesideCells) -> None:
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
            cell = REFERENCE.fullmatch(self._cell)
            if cell and not self._stands_for_another:
                self._found.add_comment(int(cell[2]), cell[1].upper(), self._text)

    def text(self, text: str) -> None:
        if self._collects:
            self._text.add(text)

    def check(self) -> None:
        self._meter.check_time()
