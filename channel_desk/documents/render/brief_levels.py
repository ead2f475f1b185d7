"""How much of everything the first page of a brief shows, from everything to what must never be cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from channel_desk.documents.render.palette import TABLE

MANY: Final = 1_000


@dataclass(frozen=True)
class Level:
    """How much of everything is shown."""

    padding: float = 3.4
    #: Promises a side, beside the late and the flagged.
    owed: int = MANY
    objections: int = MANY
    people: int = MANY
    told_lines: int = 3
    profile_lines: int = 2
    cell_lines: int = 3
    shows_profile: bool = True
    shows_figures: bool = True
    #: Promises on one line each, without their evidence.
    owed_on_one_line: bool = False
    #: Of the tables.
    leading: float = TABLE.leading
    #: Head, result and limits on the fewest lines.
    short_head: bool = False
    urgent: int = MANY


_CLOSE: Final = Level(padding=2.2, leading=11.4)
_CUT: Final = replace(_CLOSE, objections=3, owed=3)
_TIGHT: Final = replace(_CUT, people=5, told_lines=1, profile_lines=1, cell_lines=2)
_TIGHTER: Final = replace(
    _TIGHT, shows_profile=False, shows_figures=False, objections=2, owed=2, people=4, cell_lines=1
)
_TIGHTEST: Final = replace(_TIGHTER, owed_on_one_line=True, short_head=True)
#: The cuts, in the order of paper.md section 4; the last ones only for files fuller than it foresees.
LEVELS: Final = (
    Level(),
    Level(padding=2.2),
    _CLOSE,
    _CUT,
    replace(_CUT, people=5),
    replace(_CUT, people=5, told_lines=2, profile_lines=1, cell_lines=2),
    _TIGHT,
    replace(_TIGHT, shows_profile=False),
    _TIGHTER,
    _TIGHTEST,
    replace(_TIGHTEST, objections=1, owed=0, people=3),
    replace(_TIGHTEST, objections=0, owed=0, people=0),
)
