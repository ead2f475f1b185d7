"""Is the file sound? Pages, references, index and the rules that every record obeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.storage import schema
from channel_desk.storage.reader import Reader
from channel_desk.storage.search.tables import CONTACTS

#: Rules that no record may break, as counts of those that do.
_RULES: Final[dict[str, Callable[[Reader], int]]] = {
    "visit_closed_without_verdict": lambda reader: sum(
        one.status is VisitStatus.CLOSED and bool(one.missing_to_close) for one in reader.each(Visit)
    ),
    "visit_times_reversed": lambda reader: _count(reader, "visits WHERE ends_at <= starts_at"),
    "commitment_fulfilled_without_proof": lambda reader: sum(
        "proof_missing" in one.missing for one in reader.each(Commitment)
    ),
    "distributor_without_name": lambda reader: _count(reader, "distributors WHERE trim(name) = ''"),
}

#: The one finding that the program mends by itself: the index is made from what else is in the file.
INDEX_FINDING: Final = "search_incomplete"
#: Everything that can be found.
CODES: Final = ("page_damaged", "structure_broken", "reference_broken", INDEX_FINDING, *_RULES)
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
    for code, broken_by in _RULES.items():
        count = broken_by(reader)
        if count:
            yield code, count


def _count(reader: Reader, rows: str) -> int:
    return int(reader.raw.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])  # noqa: S608 - our own words


def schema_revision(reader: Reader) -> str:
    """The revision of the schema."""
    return schema.stored_revision(reader.raw) or ""
