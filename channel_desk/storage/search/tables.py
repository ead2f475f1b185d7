"""The tables of the search index, and how their rows are numbered.

``search_short`` holds runs of one and two characters, ``search_long`` whole texts by runs of three; neither keeps the
text itself. A document is one row in both. Its number tells what it is, so that hits come out name first, without a
look at any other table:

* names and city of a distributor: its label, so that they come in the order of names too; see :mod:`.labels`,
* its people and their phones: :data:`CONTACTS` + id,
* everything written about it: :data:`RECORDS` + id * :data:`SLOTS` + slot. The distributor's own notes have slot 0; a
  visit, promise or training has a slot worked out from its id, so that saving one renews only that one.

``search_documents`` remembers a digest of each document, so that unchanged ones are left alone. ``search_keys`` is the
narrow copy of what lists sort and filter by. The first migration makes these tables.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from channel_desk.domain.keys import PRIVATE

CONTACTS: Final = 1 << 44
RECORDS: Final = 1 << 45
SLOTS: Final = 4096

#: What the tokenizer would take for a gap between words becomes a character of its own.
PUNCTUATION: Final = {code: chr(PRIVATE + code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}


class RecordKind(IntEnum):
    """What has a slot of its own among the records of a distributor."""

    VISIT = 0
    COMMITMENT = 1
    SESSION = 2


def slot_of(kind: RecordKind, record_id: int) -> int:
    """The slot of a record; two records of one distributor may share a slot, and then one document."""
    return 1 + (record_id * len(RecordKind) + kind) % (SLOTS - 1)
