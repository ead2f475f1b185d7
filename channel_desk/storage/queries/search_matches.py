"""Why a distributor was found: the text that a search matched outside its name, for the rows on screen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from channel_desk.domain.distributors import shown_name
from channel_desk.domain.keys import (
    QueryWord,
    match_spans,
    name_keys,
    person_keys,
    phone_matches,
    prose_keys,
    query_words,
    word_matches,
)
from channel_desk.storage.file import Connection
from channel_desk.storage.search.documents import (
    AREA_COLUMNS,
    CONTACT_NOTE_COLUMNS,
    LIST_COLUMNS,
    NOTE_COLUMNS,
    PLACE_COLUMNS,
    RECORD_TEXTS,
    VISIT_PARTS,
    rows_of,
)
from channel_desk.storage.search.query import documents_of
from channel_desk.storage.search.tables import RECORDS, SLOTS, RecordKind, slot_of
from channel_desk.storage.stored import stored_date, stored_moment

#: Characters shown before the match and at most.
_BEFORE: Final = 8
_LENGTH: Final = 60
#: So many records of a distributor are looked at; two share a slot of the index once in a thousand times.
_NEWEST: Final = 3
_MOMENTS: Final = {
    RecordKind.VISIT: "starts_at",
    RecordKind.COMMITMENT: "promised_on",
    RecordKind.SESSION: "starts_at",
}


class Source(str, Enum):
    """Where a match was found, as the foot of the list counts them."""

    NAME = "name"
    CONTACT = "contact"
    RECORD = "record"


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A text that matched: ``field`` of the table ``kind``, and its ``text``, cut around the match.

    ``person`` and ``title`` name the contact that a match belongs to. ``at`` is when a visit or training was, ``on``
    the day of a promise.
    """

    source: Source
    kind: str
    field: str
    text: str
    person: str = ""
    title: str = ""
    at: datetime | None = None
    on: date | None = None


def find_matches(connection: Connection, rows: Sequence[tuple[int, str, str, str]], query: str) -> dict[int, Match]:
    """The match of each distributor of ``rows`` (id, name, short name, city); none where the row itself shows it."""
    words = query_words(query)
    matches: dict[int, Match] = {}
    rest: _Missing = {}
    for distributor_id, name, short_name, city in rows:
        shown = shown_name(name, short_name)
        missing = [word for word in words if not (_is_in_name(shown, word) or _is_in_name(city, word))]
        if missing and shown != name and all(_is_in_name(name, word) for word in missing):
            matches[distributor_id] = _match(Source.NAME, "distributors", "name", name, missing)
        elif missing:
            rest[distributor_id] = missing
    for look in (_look_in_names, _look_in_contacts, _look_in_records):
        if rest:
            found = look(connection, rest)
            matches.update(found)
            rest = {one: missing for one, missing in rest.items() if one not in found}
    return matches


def cut_around(text: str, query: str) -> str:
    """``text`` on one line, cut to the part around the first match of ``query``; dots stand where it was cut."""
    line = " ".join(text.split())
    if len(line) <= _LENGTH:
        return line
    spans = match_spans(line, query)
    start = max(0, spans[0][0] - _BEFORE) if spans and spans[0][0] > _BEFORE * 2 else 0
    part = line[start : start + _LENGTH]
    return ("…" if start else "") + part + ("…" if start + _LENGTH < len(line) else "")


#: The words that each distributor's row does not show.
_Missing = dict[int, list[QueryWord]]
_Test = Callable[[str, QueryWord], bool]


def _is_in_name(text: str, word: QueryWord) -> bool:
    return word_matches(text, word, name_keys)


def _is_in_person(text: str, word: QueryWord) -> bool:
    return word_matches(text, word, person_keys)


def _is_in_prose(text: str, word: QueryWord) -> bool:
    return word_matches(text, word, prose_keys)


def _is_in_phone(text: str, word: QueryWord) -> bool:
    return phone_matches(text, word)


_NAME_TESTS: Final[dict[str, _Test]] = {"name": _is_in_name, "former_name": _is_in_name, "code": _is_in_name}
_CONTACT_TESTS: Final[dict[str, _Test]] = {
    "name": _is_in_person,
    **dict.fromkeys(("phone", "phone_2", "fax"), _is_in_phone),
    **dict.fromkeys(("title", "chat_id", "email"), word_matches),
}
_OWN_CONTACT_TESTS: Final[dict[str, _Test]] = {"legal_person": _is_in_person, "phone": _is_in_phone}
_NOTE_TESTS: Final[dict[str, _Test]] = {
    **dict.fromkeys((*NOTE_COLUMNS, *AREA_COLUMNS, *LIST_COLUMNS), _is_in_prose),
    **dict.fromkeys(PLACE_COLUMNS, word_matches),
}
_CONTACT_NOTE_TESTS: Final[dict[str, _Test]] = dict.fromkeys(CONTACT_NOTE_COLUMNS, _is_in_prose)


def _match(source: Source, kind: str, field: str, text: str, words: Iterable[QueryWord], **more: Any) -> Match:
    query = " ".join(word.text for word in words)
    return Match(source=source, kind=kind, field=field, text=cut_around(text, query), **more)


def _best(
    tests: Mapping[str, _Test], texts: Sequence[str], words: Sequence[QueryWord]
) -> tuple[tuple[str, str] | None, int]:
    """The first field (with its text) that matches most of ``words``, and how many all fields match together."""
    best, most = None, 0
    together: set[str] = set()
    for (field, test), text in zip(tests.items(), texts, strict=True):
        if text:
            found = [word.text for word in words if test(text, word)]
            together.update(found)
            if len(found) > most:
                best, most = (field, text), len(found)
    return best, len(together)


def _rows(
    connection: Connection, table: str, columns: Iterable[str], ids: Iterable[int], *, key: str, order: str = "t.id"
) -> Iterable[Any]:
    return rows_of(connection, table, columns, json.dumps(list(ids)), key=key, order=order)


def _look_in_names(connection: Connection, rest: _Missing) -> dict[int, Match]:
    """Other names and the code, if they hold all missing words."""
    matches = {}
    for distributor_id, *texts in _rows(connection, "distributors", _NAME_TESTS, rest, key="id"):
        words = rest[distributor_id]
        best, count = _best(_NAME_TESTS, texts, words)
        if best and count == len(words):
            matches[distributor_id] = _match(Source.NAME, "distributors", *best, words)
    return matches


def _look_in_contacts(connection: Connection, rest: _Missing) -> dict[int, Match]:
    """The contact that most of the missing words are found in."""
    found: dict[int, tuple[int, Match]] = {}

    def offer(distributor_id: int, count: int, match: Match) -> None:
        if distributor_id not in found or count > found[distributor_id][0]:
            found[distributor_id] = (count, match)

    rows = _rows(
        connection, "contacts", _CONTACT_TESTS, rest, key="distributor_id", order="t.distributor_id, t.position, t.id"
    )
    titled = list(_CONTACT_TESTS).index("title")
    for distributor_id, *texts in rows:
        best, count = _best(_CONTACT_TESTS, texts, rest[distributor_id])
        if best:
            match = _match(
                Source.CONTACT, "contacts", *best, rest[distributor_id], person=texts[0], title=texts[titled]
            )
            offer(distributor_id, count, match)
    for distributor_id, *texts in _rows(connection, "distributors", _OWN_CONTACT_TESTS, rest, key="id"):
        best, count = _best(_OWN_CONTACT_TESTS, texts, rest[distributor_id])
        if best:
            offer(distributor_id, count, _match(Source.CONTACT, "distributors", *best, rest[distributor_id]))
    return {distributor_id: match for distributor_id, (_, match) in found.items()}


def _look_in_records(connection: Connection, rest: _Missing) -> dict[int, Match]:
    """The newest record that matches; the index tells in which slots to look."""
    slots = {distributor_id: _slots(connection, distributor_id, words) for distributor_id, words in rest.items()}
    matches: dict[int, Match] = {}
    for kind in RecordKind:
        owners = _candidates(connection, kind, {one: at for one, at in slots.items() if one not in matches})
        if owners:
            for record_id, match in _matches_in_rows(connection, kind, owners, rest):
                matches.setdefault(owners[record_id], match)
        if kind is RecordKind.VISIT and owners:
            _look_in_parts(connection, owners, rest, matches)
    _look_in_notes(connection, {one: rest[one] for one, at in slots.items() if 0 in at and one not in matches}, matches)
    return matches


def _slots(connection: Connection, distributor_id: int, words: Iterable[QueryWord]) -> set[int]:
    first = RECORDS + distributor_id * SLOTS
    return {
        number - first
        for word in words
        for number in documents_of(connection, word, first=first, last=first + SLOTS - 1)
    }


def _candidates(connection: Connection, kind: RecordKind, slots: dict[int, set[int]]) -> dict[int, int]:
    """The newest records that lie in ``slots``, with their distributors, newest first."""
    wanted = [distributor_id for distributor_id, at in slots.items() if at - {0}]
    if not wanted:
        return {}
    owners: dict[int, int] = {}
    taken: Counter[int] = Counter()
    rows = _rows(connection, RECORD_TEXTS[kind][0], ("id",), wanted, key="distributor_id", order="t.id DESC")
    for distributor_id, record_id in rows:
        if slot_of(kind, record_id) in slots[distributor_id] and taken[distributor_id] < _NEWEST:
            owners[record_id] = distributor_id
            taken[distributor_id] += 1
    return owners


def _matches_in_rows(
    connection: Connection, kind: RecordKind, owners: dict[int, int], rest: _Missing
) -> Iterator[tuple[int, Match]]:
    table, texts_of, lists_of = RECORD_TEXTS[kind]
    tests = dict.fromkeys((*texts_of, *lists_of), _is_in_prose)
    columns = (_MOMENTS[kind], *tests)
    for record_id, stored, *texts in _rows(connection, table, columns, owners, key="id", order="wanted.rowid"):
        words = rest[owners[record_id]]
        best, _ = _best(tests, _readable(texts, tests, lists_of), words)
        if best:
            yield record_id, _match(Source.RECORD, table, *best, words, **_when(stored))


def _look_in_parts(connection: Connection, owners: dict[int, int], rest: _Missing, matches: dict[int, Match]) -> None:
    """Answers and objections of the visits ``owners`` of those who have no match yet."""
    wanted = [visit_id for visit_id, distributor_id in owners.items() if distributor_id not in matches]
    if not wanted:
        return
    starts = dict(_rows(connection, "visits", ("starts_at",), wanted, key="id"))
    for table, columns in VISIT_PARTS:
        tests = dict.fromkeys(columns, _is_in_prose)
        for visit_id, *texts in _rows(connection, table, columns, wanted, key="visit_id", order="wanted.rowid, t.id"):
            words = rest[owners[visit_id]]
            best, _ = _best(tests, texts, words)
            if best:
                match = _match(Source.RECORD, table, *best, words, **_when(starts[visit_id]))
                matches.setdefault(owners[visit_id], match)


def _look_in_notes(connection: Connection, rest: _Missing, matches: dict[int, Match]) -> None:
    """The distributor's own notes and places, then what is noted about its people."""
    if not rest:
        return
    for distributor_id, *texts in _rows(connection, "distributors", _NOTE_TESTS, rest, key="id"):
        best, _ = _best(_NOTE_TESTS, _readable(texts, _NOTE_TESTS, LIST_COLUMNS), rest[distributor_id])
        if best:
            matches[distributor_id] = _match(Source.RECORD, "distributors", *best, rest[distributor_id])
    people = [distributor_id for distributor_id in rest if distributor_id not in matches]
    columns = ("name", "title", *_CONTACT_NOTE_TESTS)
    for distributor_id, name, title, *texts in _rows(connection, "contacts", columns, people, key="distributor_id"):
        words = rest[distributor_id]
        best, _ = _best(_CONTACT_NOTE_TESTS, texts, words)
        if best:
            match = _match(Source.RECORD, "contacts", *best, words, person=name, title=title)
            matches.setdefault(distributor_id, match)


def _readable(texts: Iterable[str | None], columns: Iterable[str], lists: Collection[str]) -> list[str]:
    """The ``texts`` of ``columns``; of those that hold a tuple (``lists``), its parts with commas between them."""
    return [_listed(text) if name in lists else text or "" for name, text in zip(columns, texts, strict=True)]


def _listed(json_text: str | None) -> str:
    parts = json.loads(json_text or "[]")
    return "，".join(part if isinstance(part, str) else " ".join(map(str, part)) for part in parts)


def _when(stored: str | None) -> dict[str, Any]:
    """A stored date as ``on``, a stored moment as ``at``."""
    if not stored:
        return {}
    if len(stored) <= len("2026-09-22"):
        return {"on": stored_date(stored)}
    return {"at": stored_moment(stored)}
