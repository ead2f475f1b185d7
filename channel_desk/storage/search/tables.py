"""The tables of the search index, and how their rows are numbered.

``search_short`` holds runs of one and two characters, ``search_long`` whole texts by runs of three; neither keeps the
text itself. A document is one row in both. Its number tells what it is, so that hits come out name first, without a
look at any other table:

* names and city of a distributor: its label, so that they come in the order of names too; see :mod:`.labels`,
* its people and their phones: :data:`CONTACTS` + id,
* everything written about it: :data:`RECORDS` + id * :data:`SLOTS` + slot. The distributor's own notes have slot 0; a
  visit, promise or training has a slot worked out from its id, so that saving one renews only that one.

``search_documents`` remembers a digest of each document, so that unchanged ones are left alone. ``search_keys`` is the
narrow copy of what lists sort and filter by.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from channel_desk.domain.keys import PRIVATE
from channel_desk.storage.file import Connection

CONTACTS: Final = 1 << 44
RECORDS: Final = 1 << 45
SLOTS: Final = 4096

#: What the tokenizer would take for a gap between words becomes a character of its own.
PUNCTUATION: Final = {code: chr(PRIVATE + code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}

#: Made by the first migration, which has its own copy; a test compares the two.
STATEMENTS: Final = (
    """CREATE VIRTUAL TABLE search_short
    USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii')""",
    """CREATE VIRTUAL TABLE search_long
    USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')""",
    """CREATE TABLE search_documents (document INTEGER PRIMARY KEY, digest INTEGER NOT NULL)""",
    """CREATE TABLE search_keys (
        distributor_id INTEGER PRIMARY KEY, sort_key TEXT NOT NULL, city_key TEXT NOT NULL, code TEXT NOT NULL,
        tier TEXT, status TEXT NOT NULL, region TEXT NOT NULL, confirmed_on TEXT, name_label INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE INDEX ix_search_keys_name ON search_keys (sort_key, distributor_id, name_label)""",
    """CREATE INDEX ix_search_keys_label ON search_keys (name_label)""",
    """CREATE INDEX ix_search_keys_filters ON search_keys (status, tier, region, confirmed_on, city_key)""",
)


class RecordKind(IntEnum):
    """What has a slot of its own among the records of a distributor."""

    VISIT = 0
    COMMITMENT = 1
    SESSION = 2


def slot_of(kind: RecordKind, record_id: int) -> int:
    """The slot of a record; two records of one distributor may share a slot, and then one document."""
    return 1 + (record_id * len(RecordKind) + kind) % (SLOTS - 1)


def create_search_tables(connection: Connection) -> None:
    """Make the empty tables."""
    for statement in STATEMENTS:
        connection.execute(statement)
