"""Is the file sound? Pages, references, index and the rules that every record obeys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from channel_desk.storage import schema
from channel_desk.storage.reader import Reader
from channel_desk.storage.search.tables import CONTACTS

#: Rules that no record may break, as counts of those that do.
_RULES = {
    "visit_closed_without_verdict": (
        "SELECT count(*) FROM visits WHERE status = 'closed' AND (verdict IS NULL OR trim(verdict_reason) = ''"
        " OR (NOT no_next_step AND (trim(next_step) = '' OR next_step_on IS NULL)))"
    ),
    "visit_times_reversed": "SELECT count(*) FROM visits WHERE ends_at <= starts_at",
    "commitment_fulfilled_without_proof": (
        "SELECT count(*) FROM commitments WHERE status = 'fulfilled' AND (fulfilled_on IS NULL"
        " OR trim(outcome_note) = '')"
    ),
    "distributor_without_name": "SELECT count(*) FROM distributors WHERE trim(name) = ''",
}

#: The one finding that the program mends by itself: the index is made from what else is in the file.
INDEX_FINDING: Final = "search_incomplete"
#: Distributors that the search does not know, and names in it that nobody has.
_LOST: Final = """SELECT (SELECT count(*) FROM distributors WHERE id NOT IN (SELECT distributor_id FROM search_keys))
    + (SELECT count(*) FROM search_keys WHERE name_label NOT IN (SELECT document FROM search_documents))
    + (SELECT count(*) FROM search_documents
        WHERE document < :contacts AND document NOT IN (SELECT name_label FROM search_keys))"""


def findings(reader: Reader) -> Iterator[tuple[str, int]]:
    """``(code, how many)`` of everything that is wrong; nothing when the file is sound."""
    raw = reader.raw
    damaged = [row[0] for row in raw.execute("PRAGMA cipher_integrity_check")]
    if damaged:
        yield "page_damaged", len(damaged)
    broken = [row[0] for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if broken:
        yield "structure_broken", len(broken)
    orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        yield "reference_broken", len(orphans)
    lost = raw.execute(_LOST, {"contacts": CONTACTS}).fetchone()[0]
    if lost:
        yield INDEX_FINDING, lost
    for code, statement in _RULES.items():
        count = raw.execute(statement).fetchone()[0]
        if count:
            yield code, count


def schema_revision(reader: Reader) -> str:
    """The revision of the schema."""
    return schema.stored_revision(reader.raw) or ""
