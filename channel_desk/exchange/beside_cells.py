"""What stands beside the cells of a sheet, in no column of its table: told with its place instead of being imported."""

from __future__ import annotations

from collections import Counter
from typing import Final

from channel_desk.domain.cells import Cell
from channel_desk.domain.import_problems import Problem
from channel_desk.exchange.limits import MAX_ROWS
from channel_desk.exchange.links import formula_target, is_said

#: Of a longer text the beginning is told.
_LONGEST: Final = 200
#: So many comments of a sheet are told one by one, of the rest how many there are.
_MOST_COMMENTS: Final = MAX_ROWS
#: So many links of a column are told one by one. More are made by a program, one for each row, and told together.
_MOST_LINKS: Final = 20


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


class BesideCells:
    """The comments and links on the cells of one sheet. ``row`` and ``column`` are named as the program does: 2, B."""

    def __init__(self) -> None:
        self._comments: list[Problem] = []
        self._more_comments = 0
        #: By column: the first links, and how many there are.
        self._links: dict[str, list[Problem]] = {}
        self._all_links: Counter[str] = Counter()
        self._are_all_read = True

    def add_comment(self, row: int, column: str, text: CommentText) -> None:
        """A blank comment says nothing."""
        if not str(text):
            return
        if len(self._comments) < _MOST_COMMENTS:
            self._comments.append(Problem(row, column, "comment_left_out", {"text": str(text)}))
        else:
            self._more_comments += 1

    def add_link(self, row: int, column: str, target: str, shown: Cell) -> None:
        """Where a cell that shows ``shown`` leads to; nothing is lost of a target that the cell says itself."""
        if is_said(target, shown):
            return
        self._all_links[column] += 1
        links = self._links.setdefault(column, [])
        if len(links) < _MOST_LINKS:
            links.append(Problem(row, column, "link_left_out", {"text": target.strip()[:_LONGEST]}))

    def add_formula(self, row: int, column: str, formula: str, shown: Cell) -> None:
        """The link that a formula makes of its cell, if it is one that does."""
        target = formula_target(formula)
        if target:
            self.add_link(row, column, target, shown)

    def note_unread(self) -> None:
        """There are some that cannot be read."""
        self._are_all_read = False

    def problems(self) -> tuple[Problem, ...]:
        """All that is said of them."""
        told = [] if self._are_all_read else [not_all_read()]
        if self._more_comments:
            values = {"told": f"{_MOST_COMMENTS:,}", "count": f"{self._more_comments:,}"}
            told.append(Problem(0, "", "more_comments", values))
        told += self._comments
        for column, count in self._all_links.items():
            first = self._links[column][0]
            is_by_program = count > _MOST_LINKS
            together = Problem(first.row, column, "links_left_out", {"count": f"{count:,}", **first.values})
            told.extend([together] if is_by_program else self._links[column])
        return tuple(told)


def not_all_read() -> Problem:
    """What is said once of comments and links that are there and cannot be read."""
    return Problem(0, "", "beside_cells_not_read")
