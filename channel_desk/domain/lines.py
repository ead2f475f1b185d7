"""Records with the little of their distributor that a list shows beside them."""

from __future__ import annotations

from dataclasses import dataclass

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status, Tier, shown_name
from channel_desk.domain.record import DistributorId
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Visit


@dataclass(frozen=True)
class DistributorTag:
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


@dataclass(frozen=True)
class VisitLine:
    visit: Visit
    distributor: DistributorTag


@dataclass(frozen=True)
class CommitmentLine:
    commitment: Commitment
    distributor: DistributorTag


@dataclass(frozen=True)
class SessionLine:
    session: TrainingSession
    distributor: DistributorTag
    slides: int


@dataclass(frozen=True)
class DistributorFile:
    """Everything one file page shows. Commitments by urgency, visits and sessions newest first."""

    distributor: Distributor
    contacts: tuple[Contact, ...]
    commitments: tuple[Commitment, ...]
    visits: tuple[Visit, ...]
    sessions: tuple[TrainingSession, ...]
