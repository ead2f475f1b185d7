"""Everything a visit brief is made of: facts gathered from the file before anything is drawn.

The brief is internal (domain.md, section 13); external documents never receive these facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from channel_desk.domain.checklists import Section
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.stance import StanceAdvice
from channel_desk.domain.visits import Answer, ExpectedObjection, Visit


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
    def participants(self) -> tuple[Contact, ...]:
        """Who will be there; everybody known, if nobody was named."""
        named = tuple(contact for contact in self.contacts if contact.id in self.participant_ids)
        return named or self.contacts
