"""What every stored record has in common.

A record is a frozen dataclass of plain values. ``id`` is 0 until it is stored; ``public_id`` is random and stays the
same on every computer that ever holds the record. Tables are derived from the fields by name and type.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import NewType

DistributorId = NewType("DistributorId", int)
ContactId = NewType("ContactId", int)
VisitId = NewType("VisitId", int)
CommitmentId = NewType("CommitmentId", int)
SessionId = NewType("SessionId", int)


def new_public_id() -> str:
    """Sixteen random bytes in hexadecimal."""
    return os.urandom(16).hex()


@dataclass(frozen=True, kw_only=True)
class Record:
    """The root of all stored records."""

    id: int = 0
