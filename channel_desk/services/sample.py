"""The sample: a believable region of a maker of water purifiers, dated around today.

The texts lie in ``resources/sample``; here they become records. The same moment always gives the same records.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, TypeVar

from channel_desk.clock import Clock
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.record import ContactId, Record, SessionId, VisitId
from channel_desk.services.preferences import write_preference
from channel_desk.services.sample_days import Days
from channel_desk.services.sample_region import Region, SampleRecords, read_texts
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork

R = TypeVar("R", bound=Record)


def sample_persona(resources: Path) -> dict[str, str]:
    """Who the sample's user is: the settings ``user_name`` and ``brand``, and a few more words about her."""
    persona: dict[str, str] = read_texts(resources, "persona")
    return persona


def build_sample(resources: Path, now: datetime, zone: tzinfo) -> SampleRecords:
    """The records of the sample as seen from ``now``; touches nothing."""
    return Region(resources, Days(now, zone)).build()


def fill_with_sample(store: Store, clock: Clock, resources: Path) -> None:
    """Write the sample into an empty data file, in one transaction that cannot be undone."""
    records = build_sample(resources, clock.now(), clock.zone)
    persona = sample_persona(resources)

    def work(uow: UnitOfWork) -> None:
        _store(uow, records)
        for key in ("user_name", "brand"):
            write_preference(uow, key, json.dumps(persona[key], ensure_ascii=False))

    store.write("Sample", work, undoable=False)


def _store(uow: UnitOfWork, records: SampleRecords) -> None:
    """Insert ``records``, with real ids in the place of the temporary ones."""
    distributor_ids = _insert(uow, records.distributors)

    def at_home(record: Any) -> Any:
        return replace(record, distributor_id=distributor_ids[record.distributor_id])

    contact_ids = _insert(uow, [at_home(one) for one in records.contacts])
    visit_ids = _insert(uow, [at_home(one) for one in records.visits])
    participants = [
        replace(one, visit_id=VisitId(visit_ids[one.visit_id]), contact_id=ContactId(contact_ids[one.contact_id]))
        for one in records.participants
    ]
    uow.insert_many(participants)
    uow.insert_many([replace(one, visit_id=VisitId(visit_ids[one.visit_id])) for one in records.answers])
    uow.insert_many([replace(one, visit_id=VisitId(visit_ids[one.visit_id])) for one in records.objections])
    commitments: list[Commitment] = [at_home(one) for one in records.commitments]
    uow.insert_many(
        [
            replace(one, visit_id=None if one.visit_id is None else VisitId(visit_ids[one.visit_id]))
            for one in commitments
        ]
    )
    session_ids = _insert(uow, [at_home(one) for one in records.sessions])
    uow.insert_many([replace(one, session_id=SessionId(session_ids[one.session_id])) for one in records.slides])


def _insert(uow: UnitOfWork, records: Sequence[R]) -> dict[int, int]:
    """Insert and return the real id of each temporary one."""
    return dict(zip((one.id for one in records), uow.insert_many(records), strict=True))
