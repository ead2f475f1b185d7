"""Everything a visit brief is made of: facts gathered from the file before anything is drawn.

The brief is internal (domain.md, section 13); external documents never receive these facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Final

from channel_desk.domain.checklists import Item, ItemKind, Section
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.stance import StanceAdvice
from channel_desk.domain.visits import Answer, ExpectedObjection, Phase, Visit
from channel_desk.i18n import mark

#: A stance chosen by hand has this reason.
_CHOSEN: Final = mark("Chosen by you.")


@dataclass(frozen=True, kw_only=True)
class BriefFacts:
    """The facts of one brief. ``zone`` is where the visit's times are read."""

    visit: Visit
    distributor: Distributor
    contacts: tuple[Contact, ...]
    participant_ids: frozenset[int] = frozenset()
    #: Open commitments, sorted by urgency; late is reckoned to the day of the visit.
    ours: tuple[Commitment, ...] = ()
    theirs: tuple[Commitment, ...] = ()
    last_visit: Visit | None = None
    sections: tuple[Section, ...] = ()
    answers: dict[int, Answer] = field(default_factory=dict)
    objections: tuple[ExpectedObjection, ...] = ()
    advice: StanceAdvice
    author: str = ""
    #: When the facts were gathered; printed as "data as of".
    as_of: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        """The calendar day of the visit in ``zone``."""
        return self.visit.starts_at.astimezone(self.zone).date()

    @property
    def stance(self) -> StanceAdvice:
        """The stance to take and why: the advised one, or the one that was chosen by hand."""
        chosen = self.visit.stance
        return self.advice if chosen is None or chosen is self.advice.stance else StanceAdvice(chosen, _CHOSEN)

    @property
    def participants(self) -> tuple[Contact, ...]:
        """Who will be there; everybody known, if nobody was named."""
        named = tuple(contact for contact in self.contacts if contact.id in self.participant_ids)
        return named or self.contacts

    @property
    def promises_of_visit(self) -> tuple[Commitment, ...]:
        """What was promised in this visit and is still open, ours first."""
        return tuple(one for one in (*self.ours, *self.theirs) if one.visit_id == self.visit.id)

    def is_answered(self, item: Item) -> bool:
        """Whether ``item`` is dealt with, for the screen and the paper alike: by an answer, by a field of the visit, or
        by what was entered for it elsewhere.
        """
        answer, visit = self.answers.get(item.code), self.visit
        if answer is not None and answer.is_answered:
            return True
        if item.kind is ItemKind.VERDICT:
            return visit.verdict is not None and bool(visit.verdict_reason.strip())
        if item.kind is ItemKind.NEXT_STEP:
            return visit.has_next_step
        if item.kind is ItemKind.OBJECTIONS:
            return any(item.phase is Phase.BEFORE or one.raised for one in self.objections)
        if item.kind is ItemKind.COMMITMENTS:
            return bool(self.promises_of_visit)
        return bool(item.visit_field and getattr(visit, item.visit_field))
