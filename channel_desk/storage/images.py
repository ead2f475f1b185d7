"""Row images: the fields of a row as JSON, for undo, redo and history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from channel_desk.domain.record import Record
from channel_desk.storage.kinds import deep_tuple, field_types


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


_encoder: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain)


def dump_image(values: Mapping[str, Any]) -> str:
    """``values`` as JSON: days and moments in ISO form, words by value, tuples as lists."""
    return _encoder.encode(values)


_TYPES: Final[dict[type[Record], dict[str, Any]]] = {}


def _types(kind: type[Record]) -> dict[str, Any]:
    if kind not in _TYPES:
        _TYPES[kind] = {name: bare for name, (bare, _) in field_types(kind).items()}
    return _TYPES[kind]


def _value(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(plain)
    if kind is date:
        return date.fromisoformat(plain)
    if kind is tuple:
        return deep_tuple(plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    return plain


def load_image(kind: type[Record], text: str) -> dict[str, Any]:
    """The typed values of an image; fields that the record no longer has are dropped."""
    known = _types(kind)
    return {name: _value(known[name], plain) for name, plain in json.loads(text).items() if name in known}
