"""Is the file sound? Pages, references, index and the rules that every record obeys."""

from __future__ import annotations

from collections.abc import Iterator

from channel_desk.storage import schema
from channel_desk.storage.reader import Reader

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
    for code, statement in _RULES.items():
        count = raw.execute(statement).fetchone()[0]
        if count:
            yield code, count


def schema_revision(reader: Reader) -> str:
    """The revision of the schema."""
    return schema.stored_revision(reader.raw) or ""
