"""Settings that belong to the data, kept inside the encrypted file."""

from __future__ import annotations

from dataclasses import dataclass

from channel_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Preference(Record):
    """One remembered value by key; the value is JSON text."""

    key: str
    value: str = ""
