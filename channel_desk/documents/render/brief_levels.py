"""What the first page of a brief gives up when it is too full, one thing after the other in the order of its worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any, Final

from channel_desk.documents.builders.brief_content import Brief
from channel_desk.documents.render.palette import TABLE

MANY: Final = 1_000
#: The fewest objections, promises a side and people before anything else is given up.
_FEW: Final = 3
_FEW_PEOPLE: Final = 5
#: Of rows that stand closer, so that nothing is lost yet.
CLOSER_PADDING: Final = 2.2
#: Which rows stand on the page; everything else is how they are set.
_ROWS: Final = frozenset({"owed", "objections", "people", "goals", "urgent"})
#: With less room than this, nothing that was given up comes back.
_LEAST_GAIN: Final = 9.0


@dataclass(frozen=True)
class Level:
    """How much of everything is shown."""

    padding: float = 3.4
    #: Of the tables.
    leading: float = TABLE.leading
    #: Promises a side, beside the late and the flagged.
    owed: int = MANY
    objections: int = MANY
    people: int = MANY
    profile: int = MANY
    profile_lines: int = 2
    shows_figures: bool = True
    told_lines: int = 3
    cell_lines: int = 3
    #: Promises on one line each, without their evidence.
    owed_on_one_line: bool = False
    place_lines: int = 2
    goals: int = 6
    goal_lines: int = 2
    #: Of a result that is too long for two lines of the usual size.
    result_lines: int = 3
    limit_lines: int = 3
    urgent: int = MANY


def levels(brief: Brief) -> list[Level]:
    """From everything to what must never be cut; each gives up one thing more than the one before it."""
    found = [Level()]

    def give_up(**less: Any) -> None:
        found.append(replace(found[-1], **less))

    def down(field: str, count: int, least: int) -> None:
        for number in range(count - 1, least - 1, -1):
            give_up(**{field: number})

    promises = max(len(brief.ours.rows), len(brief.theirs.rows))
    give_up(padding=CLOSER_PADDING)
    # then what is least missed at the table goes on behind the record
    down("objections", len(brief.objections), _FEW)
    down("owed", promises, _FEW)
    down("people", len(brief.people), _FEW_PEOPLE)
    # lines stand closer before words are lost; the profile holds the rival brands
    give_up(leading=11.4)
    give_up(told_lines=2)
    give_up(profile_lines=1)
    down("profile", len(brief.profile), 0)
    # fuller still: words before rows, and who will be there longer than what is not due yet
    give_up(cell_lines=2)
    give_up(told_lines=1)
    down("goals", min(len(brief.goals), found[0].goals), _FEW)
    give_up(place_lines=1)
    give_up(shows_figures=False)
    down("objections", min(len(brief.objections), _FEW), 2)
    down("people", min(len(brief.people), _FEW_PEOPLE), 4)
    give_up(cell_lines=1)
    give_up(goal_lines=1)
    give_up(owed_on_one_line=True)
    give_up(limit_lines=2)
    give_up(result_lines=2)
    down("objections", min(len(brief.objections), 2), 1)
    down("people", min(len(brief.people), 4), _FEW)
    down("owed", min(promises, _FEW), 0)
    down("objections", min(len(brief.objections), 1), 0)
    down("people", min(len(brief.people), _FEW), 0)
    # so many late promises that not even they fit: as many as possible
    down("urgent", promises, 0)
    return found


def given_back(passed: Sequence[Level], room: Callable[[Level], float]) -> Level:
    """The last of ``passed`` with what may be taken back of it: the last cut leaves more room than was missing.

    ``room`` tells how much of the page a level leaves, below nothing where it does not fit. Rows stay as they were cut;
    words are worth more than air between the rows.
    """
    level = passed[-1]
    for fuller, tighter in reversed(list(pairwise(passed))):
        if room(level) < _LEAST_GAIN:
            break
        was = {field.name: getattr(fuller, field.name) for field in fields(Level) if field.name not in _ROWS}
        words = {name: value for name, value in was.items() if value != getattr(tighter, name)}
        if words and room(replace(level, **words)) >= 0:
            level = replace(level, **words)
    return level
