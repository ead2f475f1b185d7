"""What the first page of a visit brief has no room for, and what it may say about where that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from channel_desk.documents.builders.blocks import Fact
from channel_desk.documents.builders.brief_content import Objection, Owed, Person, Words


class Part(Enum):
    """What is counted by itself; promises that are late or flagged apart from the others."""

    OURS_URGENT = "ours_urgent"
    THEIRS_URGENT = "theirs_urgent"
    OURS = "ours"
    THEIRS = "theirs"
    PEOPLE = "people"
    OBJECTIONS = "objections"
    PROFILE = "profile"

    @property
    def is_urgent(self) -> bool:
        return self in (Part.OURS_URGENT, Part.THEIRS_URGENT)


@dataclass(frozen=True)
class Rest:
    """What did not find room on the first page; promises in the order of their list."""

    ours: tuple[Owed, ...] = ()
    theirs: tuple[Owed, ...] = ()
    people: tuple[Person, ...] = ()
    objections: tuple[Objection, ...] = ()
    profile: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ours or self.theirs or self.people or self.objections or self.profile)

    @property
    def is_profile(self) -> bool:
        """Whether nothing but facts of the profile is missing."""
        return not self.rows

    @property
    def rows(self) -> int:
        """How many rows of tables there are."""
        return len(self.ours) + len(self.theirs) + len(self.people) + len(self.objections)

    def counts(self) -> Counter[Part]:
        """How many entries there are of each part."""
        urgent_ours = sum(row.must_stay for row in self.ours)
        urgent_theirs = sum(row.must_stay for row in self.theirs)
        return Counter(
            {
                Part.OURS_URGENT: urgent_ours,
                Part.THEIRS_URGENT: urgent_theirs,
                Part.OURS: len(self.ours) - urgent_ours,
                Part.THEIRS: len(self.theirs) - urgent_theirs,
                Part.PEOPLE: len(self.people),
                Part.OBJECTIONS: len(self.objections),
                Part.PROFILE: len(self.profile),
            }
        )


@dataclass(frozen=True)
class Carried:
    """What of the rest is printed: how many entries of each part, and on which pages."""

    shown: Mapping[Part, int] = field(default_factory=dict)
    pages: Mapping[Part, tuple[int, int]] = field(default_factory=dict)

    def sentence(self, words: Words, part: Part, hidden: int) -> str:
        """Where the ``hidden`` entries of ``part`` stand; a page is named only for what is printed there."""
        shown = self.shown.get(part, 0)
        first, last = self.pages.get(part, (0, 0))
        page = str(first) if first == last else f"{first}–{last}"
        of_part = words.more_urgent if part.is_urgent else words.more_people if part is Part.PEOPLE else words.more
        return of_part.told(hidden, min(shown, hidden), page)
