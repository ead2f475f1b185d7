"""The stored kinds of records and what their fields are; without SQLAlchemy, because reading starts before it."""

from __future__ import annotations

import types
import typing
from dataclasses import fields
from typing import Any, Final

from channel_desk.domain.commitments import PENDING, Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.preferences import Preference
from channel_desk.domain.record import Record
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.domain.visits import TOOK_PLACE, Answer, ExpectedObjection, Participant, Visit

#: Every stored kind with its table, parents before children.
KINDS: Final[dict[type[Record], str]] = {
    Preference: "preferences",
    Distributor: "distributors",
    Contact: "contacts",
    Visit: "visits",
    Participant: "participants",
    Answer: "answers",
    ExpectedObjection: "expected_objections",
    Commitment: "commitments",
    TrainingSession: "training_sessions",
    Slide: "slides",
}
#: The statuses of pending commitments as a list in a statement: word for word that of the index of them.
PENDING_STATUSES: Final = ", ".join(f"'{status.value}'" for status in sorted(PENDING))
#: The same for visits that took place.
TOOK_PLACE_STATUSES: Final = ", ".join(f"'{status.value}'" for status in sorted(TOOK_PLACE))
KIND_OF_TABLE: Final[dict[str, type[Record]]] = {name: kind for kind, name in KINDS.items()}


def bare_type(annotation: Any) -> tuple[Any, bool]:
    """The type behind an annotation without ``None`` and without NewType, and whether it may be None."""
    optional = False
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        parts = [part for part in typing.get_args(annotation) if part is not type(None)]
        optional = len(parts) < len(typing.get_args(annotation))
        annotation = parts[0]
    while hasattr(annotation, "__supertype__"):
        annotation = annotation.__supertype__
    return typing.get_origin(annotation) or annotation, optional


def field_types(kind: type[Record]) -> dict[str, tuple[Any, bool]]:
    """Name to (bare type, may be None) of each field of a record class."""
    hints = typing.get_type_hints(kind)
    return {field.name: bare_type(hints[field.name]) for field in fields(kind)}


def deep_tuple(value: Any) -> Any:
    """JSON lists as tuples, all the way down."""
    return tuple(deep_tuple(part) for part in value) if isinstance(value, list) else value
