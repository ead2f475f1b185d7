"""Texts of one line: names, codes, places, numbers to call. What is pasted into them may hold line breaks and tabs."""

from __future__ import annotations

import re
from typing import Any, Final

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Visit

_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

#: The fields of one line; all other texts may have several.
ONE_LINE: Final[dict[type[Record], frozenset[str]]] = {
    Distributor: frozenset(
        {"code", "name", "short_name", "former_name", "legal_person", "licence_no", "country", "province", "city",
         "district", "address", "postal_code", "region", "territory", "phone", "owner", "lead_source",
         "contract_territory", "currency"}
    ),
    Contact: frozenset(
        {"name", "title", "phone", "phone_2", "fax", "chat_id", "email", "interests", "wants", "approach"}
    ),
    Visit: frozenset({"subject", "place", "next_step"}),
    Commitment: frozenset({"text", "promised_by", "promised_to", "currency", "approved_by", "evidence_note"}),
    TrainingSession: frozenset({"title", "subtitle", "place", "trainer", "audience", "brand"}),
}  # fmt: skip


def in_one_line(text: str) -> str:
    """``text`` with line breaks, tabs and other control characters as one blank, and none at its ends."""
    return text if text.isprintable() or not _BREAKS.search(text) else _BREAKS.sub(" ", text).strip()


def differing(record: Record, values: dict[str, Any]) -> dict[str, Any]:
    """Those of ``values`` that would change ``record``, as it would keep them."""
    return {name: value for name, value in tidied(type(record), values).items() if getattr(record, name) != value}


def tidied(kind: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """The values of fields of ``kind``, those of one line in one line."""
    names = ONE_LINE.get(kind, frozenset())
    return {name: in_one_line(value) if name in names else value for name, value in values.items()}
