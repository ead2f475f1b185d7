"""Records with the little of their distributor that a list shows beside them."""

from __future__ import annotations

from typing import NamedTuple

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status, Tier, shown_name
from channel_desk.domain.record import DistributorId
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Visit


class DistributorTag(NamedTuple):
    """What names a distributor in somebody else's list."""

    id: DistributorId
    name: str
    short_name: str
    city: str
    tier: Tier | None
    status: Status

    @property
    def display_name(self) -> str:
        return shown_name(self.name, self.short_name)


class VisitLine(NamedTuple):
    visit: Visit
    distributor: DistributorTag


class CommitmentLine(NamedTuple):
    commitment: Commitment
    distributor: DistributorTag


class SessionLine(NamedTuple):
    session: TrainingSession
    distributor: DistributorTag
    slides: int


class DistributorFile(NamedTuple):
    """Everything one file page shows. Commitments by urgency, visits and sessions newest first."""

    distributor: Distributor
    contacts: tuple[Contact, ...]
    commitments: tuple[Commitment, ...]
    visits: tuple[Visit, ...]
    sessions: tuple[TrainingSession, ...]
