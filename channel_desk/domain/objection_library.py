"""The library of objections: what they say, what may lie behind it, and what has worked (domain.md, section 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from channel_desk.domain.visits import ObjectionKind
from channel_desk.i18n import LANGUAGES

#: By language code.
Texts = dict[str, str]

_KEYS: Final = frozenset({"key", "kind", "they_say", "may_mean", "ask_first", "answers", "bring"})
#: More than two questions before the answer would be an interrogation.
MOST_QUESTIONS: Final = 2


class LibraryError(ValueError):
    """The library's file breaks the rules; says where and how."""


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
    """The entries of ``library.json`` in ``folder``, by kind; raises :class:`LibraryError`. The caller keeps them."""
    return read_objections(json.loads((folder / "library.json").read_text("utf-8")))


def read_objections(data: Sequence[Mapping[str, Any]]) -> tuple[ObjectionEntry, ...]:
    """The entries that ``data`` describes, in the order of the kinds; raises :class:`LibraryError`."""
    entries = [_entry(one) for one in data]
    keys = [entry.key for entry in entries]
    _check(len(set(keys)) == len(keys), "no key stands twice")
    kinds = list(ObjectionKind)
    missing = [kind.value for kind in kinds if kind not in {entry.kind for entry in entries}]
    _check(not missing, f"nothing about {', '.join(missing)}")
    return tuple(sorted(entries, key=lambda entry: kinds.index(entry.kind)))


def of_kind(entries: Sequence[ObjectionEntry], kind: ObjectionKind) -> tuple[ObjectionEntry, ...]:
    """The entries of one kind."""
    return tuple(entry for entry in entries if entry.kind is kind)


def _entry(data: Mapping[str, Any]) -> ObjectionEntry:
    key = str(data.get("key"))
    _check(set(data) == _KEYS, f"{key}: an entry has exactly {', '.join(sorted(_KEYS))}")
    _check(data["kind"] in [kind.value for kind in ObjectionKind], f"{key}: no kind {data['kind']}")
    questions = tuple(_texts(one, key) for one in data["ask_first"])
    answers = tuple(_texts(one, key) for one in data["answers"])
    _check(1 <= len(questions) <= MOST_QUESTIONS, f"{key}: one or two questions")
    _check(bool(answers), f"{key}: no answer")
    return ObjectionEntry(
        key=key,
        kind=ObjectionKind.of(data["kind"]),
        they_say=_texts(data["they_say"], key),
        may_mean=_texts(data["may_mean"], key),
        ask_first=questions,
        answers=answers,
        bring=_texts(data["bring"], key),
    )


def _texts(data: Mapping[str, str], where: str) -> Texts:
    """One text in each language of the program, none of them empty."""
    _check(set(data) == set(LANGUAGES), f"{where}: a text stands in {', '.join(LANGUAGES)}")
    _check(all(text == text.strip() != "" for text in data.values()), f"{where}: a text is empty or has blanks around")
    return dict(data)


def _check(is_right: bool, problem: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not is_right:
        raise LibraryError(problem)
