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
#: So many of a sheet are told one by one of each kind, of the rest how many there are.
_MOST: Final = MAX_ROWS
#: What is said of one of a kind, and of those that are not told one by one.
_COMMENT: Final = "comment_left_out"
_LINK: Final = "link_left_out"
_MORE: Final = {_COMMENT: "more_comments", _LINK: "more_links"}


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
        self._told: dict[str, list[Problem]] = {_COMMENT: [], _LINK: []}
        self._more: Counter[str] = Counter()

    def add_comment(self, row: int, column: str, text: CommentText) -> None:
        """A blank comment says nothing."""
        self._add(_COMMENT, row, column, str(text))

    def add_link(self, row: int, column: str, target: str, shown: Cell) -> None:
        """Where a cell that shows ``shown`` leads to; nothing is lost of a target that the cell says itself."""
        if not is_said(target, shown):
            self._add(_LINK, row, column, target.strip()[:_LONGEST])

    def add_formula(self, row: int, column: str, formula: str, shown: Cell) -> None:
        """The link that a formula makes of its cell, if it is one that does."""
        target = formula_target(formula)
        if target:
            self.add_link(row, column, target, shown)

    def _add(self, kind: str, row: int, column: str, text: str) -> None:
        if not text:
            return
        if len(self._told[kind]) < _MOST:
            self._told[kind].append(Problem(row, column, kind, {"text": text}))
        else:
            self._more[kind] += 1

    def problems(self) -> tuple[Problem, ...]:
        """All that is said of them."""
        more = (
            Problem(0, "", _MORE[kind], {"told": f"{_MOST:,}", "count": f"{count:,}"})
            for kind, count in self._more.items()
        )
        return (*more, *(problem for told in self._told.values() for problem in told))


def not_all_read() -> Problem:
    """What is said once of comments and links that are there and cannot be read."""
    return Problem(0, "", "beside_cells_not_read")
