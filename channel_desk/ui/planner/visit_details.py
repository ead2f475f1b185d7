"""What the pane beside the calendar shows of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from channel_desk.domain.contacts import Contact
from channel_desk.domain.lines import VisitLine
from channel_desk.domain.visits import Participant, Visit
from channel_desk.services.visits import visits_between
from channel_desk.storage.reader import Reader


@dataclass(frozen=True)
class VisitDetails:
    """A visit with the people of its distributor and those of them who take part."""

    line: VisitLine
    contacts: tuple[Contact, ...]
    participant_ids: frozenset[int]


def read_details(reader: Reader, visit_id: int) -> VisitDetails | None:
    """The visit as it is stored; None when it is gone."""
    visit = reader.find(Visit, visit_id)
    if visit is None:
        return None
    lines = visits_between(reader, visit.starts_at, visit.ends_at)
    line = next((one for one in lines if one.visit.id == visit_id), None)
    if line is None:
        return None
    contacts = reader.all(Contact, distributor_id=visit.distributor_id, order=("position", "id"))
    present = reader.all(Participant, visit_id=visit_id)
    return VisitDetails(line, contacts, frozenset(one.contact_id for one in present))
