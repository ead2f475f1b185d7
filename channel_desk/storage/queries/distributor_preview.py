"""What the pane beside the list shows of one distributor."""
# ruff: noqa: S608 - statements are put together from the constants of this package alone; every value is bound

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from channel_desk.domain.commitments import Direction
from channel_desk.domain.contacts import DecisionRole
from channel_desk.storage.file import Connection
from channel_desk.storage.kinds import PENDING_STATUSES
from channel_desk.storage.queries.distributor_lines import DistributorLine, list_rows
from channel_desk.storage.queries.list_query import stored_date, stored_moment

_DIRECTIONS: Final = {direction.value: direction for direction in Direction}


@dataclass(frozen=True, kw_only=True)
class PendingPromise:
    """One open promise in the preview."""

    direction: Direction
    text: str
    due_on: date | None

    def days_late(self, today: date) -> int:
        """Whole days past the due date; 0 when not late."""
        return max((today - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True, kw_only=True)
class DistributorPreview:
    """What the pane beside the list shows of one distributor. The contact is the decision maker, else the first."""

    line: DistributorLine
    contact_name: str
    contact_title: str
    contact_phone: str
    credit_limit_minor: int | None
    terms_days: int | None
    currency: str
    promises: tuple[PendingPromise, ...]
    last_words: str
    last_words_at: datetime | None


def preview(connection: Connection, distributor_id: int, *, today: date, now: datetime) -> DistributorPreview | None:
    """The preview of a distributor, or None when it is gone. Promises stand by urgency."""
    lines = list_rows(connection, (distributor_id,), today=today, now=now)
    if not lines:
        return None
    credit_limit, terms, currency = connection.execute(
        "SELECT credit_limit_minor, terms_days, currency FROM distributors WHERE id = ?", (distributor_id,)
    ).fetchone()
    person = connection.execute(
        "SELECT name, title, CASE WHEN phone <> '' THEN phone ELSE phone_2 END FROM contacts WHERE distributor_id = ?"
        " ORDER BY decision_role IS NOT ?, position, id LIMIT 1",
        (distributor_id, DecisionRole.DECISION_MAKER.value),
    ).fetchone()
    name, title, phone = person or ("", "", "")
    promises = connection.execute(
        f"SELECT direction, text, due_on FROM commitments WHERE distributor_id = ? AND status IN ({PENDING_STATUSES})"
        " ORDER BY due_on IS NULL, due_on, id",
        (distributor_id,),
    ).fetchall()
    said = connection.execute(
        "SELECT summary, starts_at FROM visits WHERE distributor_id = ? AND summary <> ''"
        " ORDER BY starts_at DESC LIMIT 1",
        (distributor_id,),
    ).fetchone() or ("", None)
    return DistributorPreview(
        line=lines[0],
        contact_name=name,
        contact_title=title,
        contact_phone=phone,
        credit_limit_minor=credit_limit,
        terms_days=terms,
        currency=currency,
        promises=tuple(
            PendingPromise(direction=_DIRECTIONS[direction], text=text, due_on=stored_date(due_on))
            for direction, text, due_on in promises
        ),
        last_words=said[0],
        last_words_at=stored_moment(said[1]),
    )
