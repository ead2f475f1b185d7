"""What new distributors are compared with: those that an import may repeat, and those of one name."""

from __future__ import annotations

import json
from collections import defaultdict

from channel_desk.domain.duplicates import ExistingDistributor, bare_name_key
from channel_desk.domain.legal_forms import without_legal_form
from channel_desk.storage.reader import Reader
from channel_desk.storage.search.members import ids_of
from channel_desk.storage.search.query import search_ids


def existing_rows(reader: Reader) -> list[ExistingDistributor]:
    """What tells every distributor from the others; two statements.

    Straight from the driver: 100,000 records would cost more than the import itself.
    """
    phones: dict[int, list[str]] = defaultdict(list)
    for owner, first, second in reader.raw.execute("SELECT distributor_id, phone, phone_2 FROM contacts"):
        phones[owner] += [one for one in (first, second) if one]
    return [
        ExistingDistributor(one, code, name, tuple([phone, *phones[one]] if phone else phones[one]), city, address)
        for one, code, name, phone, city, address in reader.raw.execute(
            "SELECT id, code, name, phone, city, address FROM distributors"
        )
    ]


def ids_called(reader: Reader, name: str) -> list[int]:
    """Those whose full or short name is ``name``, compared as an import does."""
    key, hits = bare_name_key(name), search_ids(reader.raw, without_legal_form(name), sources=1)
    statement = "SELECT id, name, short_name FROM distributors WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    alike = reader.raw.execute(statement, (json.dumps(list(ids_of(hits.name_bits))),))
    return [one for one, full, short in alike if key in {bare_name_key(full), bare_name_key(short)}]
