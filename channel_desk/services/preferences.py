"""Settings that live with the data, read and written as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channel_desk.domain.preferences import Preference
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


def read_preferences(reader: Reader) -> dict[str, str]:
    """Every stored value by key."""
    return {one.key: one.value for one in reader.all(Preference)}


def write_preference(uow: UnitOfWork, key: str, value: str) -> None:
    """Remember ``value`` (JSON text) under ``key``."""
    found = uow.all(Preference, key=key)
    if found:
        uow.update(Preference, found[0].id, value=value)
    else:
        uow.insert(Preference(key=key, value=value))
