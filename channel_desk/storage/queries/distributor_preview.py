"""What the pane beside the list shows of one distributor."""
# ruff: noqa: S608 - statements are put together from the constants of this package alone; every value is bound

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channel_desk.clock import Clock
from channel_desk.domain.commitments import Commitment, urgency
from channel_desk.domain.contacts import DecisionRole
from channel_desk.domain.distributors import Distributor
from channel_desk.storage.file import Connection
from channel_desk.storage.kinds import PENDING_STATUSES
from channel_desk.storage.queries.distributor_lines import DistributorLine, list_rows
from channel_desk.storage.stored import stored_form, stored_moment


@dataclass(frozen=True, kw_only=True)
class DistributorPreview:
    """What the pane beside the list shows of one distributor. The contact is the decision maker, else the first.

    ``promises`` are the pending ones by urgency.
    """

    line: DistributorLine
    distributor: Distributor
    contact_name: str
    contact_title: str
    contact_phone: str
    promises: tuple[Commitment, ...]
    last_words: str
    last_words_at: datetime | None


def preview(connection: Connection, distributor_id: int, *, clock: Clock) -> DistributorPreview | None:
    """The preview of a distributor, or None when it is gone."""
    lines = list_rows(connection, (distributor_id,), clock=clock)
    if not lines:
        return None
    own, promised = stored_form(Distributor), stored_form(Commitment)
    distributor = own.record(connection.execute(own.by_id, (distributor_id,)).fetchone())
    person = connection.execute(
        "SELECT name, title, CASE WHEN phone <> '' THEN phone ELSE phone_2 END FROM contacts WHERE distributor_id = ?"
        " ORDER BY decision_role IS NOT ?, position, id LIMIT 1",
        (distributor_id, DecisionRole.DECISION_MAKER.value),
    ).fetchone()
    name, title, phone = person or ("", "", "")
    promises = connection.execute(
        f"SELECT {promised.columns()} FROM commitments WHERE distributor_id = ? AND status IN ({PENDING_STATUSES})",
        (distributor_id,),
    )
    said = connection.execute(
        "SELECT summary, starts_at FROM visits WHERE distributor_id = ? AND summary <> ''"
        " ORDER BY starts_at DESC LIMIT 1",
        (distributor_id,),
    ).fetchone() or ("", None)
    return DistributorPreview(
        line=lines[0],
        distributor=distributor,
        contact_name=name,
        contact_title=title,
        contact_phone=phone,
        promises=tuple(sorted(map(promised.record, promises), key=urgency)),
        last_words=said[0],
        last_words_at=stored_moment(said[1]),
    )
