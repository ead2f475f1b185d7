"""The library of objections: what they say, what may lie behind it, and what has worked (domain.md, section 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from channel_desk.domain.shipped_files import insist, read_texts, read_word
from channel_desk.domain.visits import ObjectionKind

#: By language code.
Texts = dict[str, str]

_KEYS: Final = frozenset({"key", "kind", "they_say", "may_mean", "ask_first", "answers", "bring"})
#: More than two questions before the answer would be an interrogation.
MOST_QUESTIONS: Final = 2


@dataclass(frozen=True, kw_only=True)
class ObjectionEntry:
    """One objection. Every text is by language code; ``key`` never changes, so that success can be counted."""

    key: str
    kind: ObjectionKind
    they_say: Texts
    #: The real reason may be another one.
    may_mean: Texts
    ask_first: tuple[Texts, ...]
    answers: tuple[Texts, ...]
    #: Evidence to take along.
    bring: Texts


def load_objections(folder: Path) -> tuple[ObjectionEntry, ...]:
    """The entries of ``library.json`` in ``folder``, by kind; raises ``ShippedFileError``."""
    return read_objections(json.loads((folder / "library.json").read_text("utf-8")))


def read_objections(data: Sequence[Mapping[str, Any]]) -> tuple[ObjectionEntry, ...]:
    """The entries that ``data`` describes, in the order of the kinds; raises ``ShippedFileError``."""
    entries = [_entry(one) for one in data]
    keys = [entry.key for entry in entries]
    insist(len(set(keys)) == len(keys), "no key stands twice")
    kinds = list(ObjectionKind)
    missing = [kind.value for kind in kinds if kind not in {entry.kind for entry in entries}]
    insist(not missing, f"nothing about {', '.join(missing)}")
    return tuple(sorted(entries, key=lambda entry: kinds.index(entry.kind)))


def of_kind(entries: Sequence[ObjectionEntry], kind: ObjectionKind) -> tuple[ObjectionEntry, ...]:
    """The entries of one kind."""
    return tuple(entry for entry in entries if entry.kind is kind)


def _entry(data: Mapping[str, Any]) -> ObjectionEntry:
    key = str(data.get("key"))
    insist(set(data) == _KEYS, f"{key}: an entry has exactly {', '.join(sorted(_KEYS))}")
    questions = tuple(read_texts(one, key) for one in data["ask_first"])
    answers = tuple(read_texts(one, key) for one in data["answers"])
    insist(1 <= len(questions) <= MOST_QUESTIONS, f"{key}: one or two questions")
    insist(bool(answers), f"{key}: no answer")
    return ObjectionEntry(
        key=key,
        kind=read_word(ObjectionKind, data["kind"], key),
        they_say=read_texts(data["they_say"], key),
        may_mean=read_texts(data["may_mean"], key),
        ask_first=questions,
        answers=answers,
        bring=read_texts(data["bring"], key),
    )
