"""How roomy a visit's record is set: the usual measures, less when it is too full, more when room is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from channel_desk.documents.render.sheet import PITCH, Piece, stack


@dataclass(frozen=True)
class Spacing:
    """Heights of rows and of lines to write on, and how many of these, when the page is as full as usual."""

    before: float = 17.0
    during: float = 17.3
    after: float = 20.0
    pitch: float = PITCH
    most_lines: int = 2
    #: Lines beyond those asked for, and lines of items answered in words that ask for none.
    more_lines: int = 0
    text_lines: int = 0
    #: Of an answer given on the screen.
    answer_lines: int = 8
    #: Both columns are filled on their own, and hints give way to short rows.
    is_packed: bool = False


#: Tried in this order until the record fits on one page.
_SHAPES: Final = (
    Spacing(more_lines=1, text_lines=1),
    Spacing(more_lines=1),
    Spacing(),
    Spacing(most_lines=1),
    Spacing(most_lines=1, is_packed=True),
    Spacing(most_lines=1, is_packed=True, answer_lines=3),
)
#: When not even the last of them does: rows come closer first, then the lines to write on, until a pen can do no more.
_TIGHTER: Final = (
    _SHAPES[-1],
    replace(_SHAPES[-1], before=15.0, during=15.5, after=17.0),
    replace(_SHAPES[-1], before=13.6, during=14.0, after=14.6, pitch=18.0),
)
#: Of the room that is left, tried in this order; the first as sums of fractions are never exact.
_PARTS: Final = (0.999, 0.9, 0.8, 0.6, 0.4, 0.2)
#: For checklists longer than two pages, which are cut between rows.
ROWS_FOR_PAGES: Final = Spacing(before=15.0, during=15.5, after=17.0, pitch=19.0, most_lines=1, answer_lines=3)


def _roomy(spacing: Spacing) -> Spacing:
    """``spacing`` with as much room to write as is of any use."""
    return replace(spacing, during=20.0, after=26.0, pitch=28.4)


def spaced(
    lay: Callable[[Spacing], tuple[Piece, ...]], room: float, *, may_be_tighter: bool = True
) -> tuple[Piece, ...] | None:
    """What ``lay`` makes of the roomiest spacing that fits into ``room``; none if nothing fits.

    Rows come closer than is good to write on only where they ``may_be_tighter``.
    """
    tighter = pairwise(_TIGHTER) if may_be_tighter else ()
    for loose, tight in (*((_roomy(shape), shape) for shape in _SHAPES), *tighter):
        pieces = lay(tight)
        if stack(pieces) <= room:
            return _spread(lay, tight, pieces, loose, room)
    return None


def _spread(
    lay: Callable[[Spacing], tuple[Piece, ...]], tight: Spacing, pieces: tuple[Piece, ...], loose: Spacing, room: float
) -> tuple[Piece, ...]:
    """From ``tight``, whose ``pieces`` fit, as far towards ``loose`` as ``room`` allows."""
    full = lay(loose)
    if stack(full) <= room:
        return full
    share = (room - stack(pieces)) / (stack(full) - stack(pieces))
    # heights grow nearly in proportion; where columns are filled anew, they may jump a little
    for part in _PARTS:
        between = lay(
            replace(
                tight,
                before=_between(tight.before, loose.before, share * part),
                during=_between(tight.during, loose.during, share * part),
                after=_between(tight.after, loose.after, share * part),
                pitch=_between(tight.pitch, loose.pitch, share * part),
            )
        )
        if stack(between) <= room:
            return between
    return pieces


def _between(least: float, most: float, share: float) -> float:
    return least + (most - least) * share
