"""What a distributor is found by, read from its rows and turned into the documents of the index."""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate, pairwise
from operator import add, itemgetter
from typing import Any, Final, NamedTuple

from channel_desk.domain.keys import fold, name_keys, person_keys, phone_numbers, prose_keys
from channel_desk.domain.legal_forms import without_legal_form
from channel_desk.storage.file import Connection
from channel_desk.storage.search.tables import CONTACTS, PUNCTUATION, RECORDS, SLOTS, RecordKind, slot_of

#: Columns of the distributor by the source they are found in.
NAME_COLUMNS: Final = ("name", "short_name", "former_name", "city", "code")
NOTE_COLUMNS: Final = (
    "note", "other_brands", "industries", "decision_chain", "habits", "status_reason", "lead_source", "owner"
)  # fmt: skip
#: Found by pinyin and initials as notes are: as names, they would bury the names that are looked for. So is the legal
#: form: ``xian`` is 西安 first and 有限公司 last.
AREA_COLUMNS: Final = ("province", "region")
#: Found as they are written only.
PLACE_COLUMNS: Final = ("district", "address", "territory", "contract_territory", "licence_no", "postal_code")
PERSON_COLUMNS: Final = ("legal_person", "phone")
#: Tuples, stored as JSON.
LIST_COLUMNS: Final = ("tags", "extra")
CONTACT_COLUMNS: Final = ("name", "title", "chat_id", "email", "phone", "phone_2", "fax")
CONTACT_NOTE_COLUMNS: Final = ("note", "interests", "wants", "approach")

#: Texts of the kinds that have a slot of their own: table, text columns, JSON columns.
RECORD_TEXTS: Final[dict[RecordKind, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    RecordKind.VISIT: (
        "visits",
        ("summary", "subject", "result_wanted", "next_step", "verdict_reason", "place", "our_people", "appointment",
         "route", "may_promise", "ask_first", "not_today"),
        ("goals",),
    ),
    RecordKind.COMMITMENT: (
        "commitments",
        ("text", "promised_by", "promised_to", "approved_by", "evidence_note", "outcome_note"),
        (),
    ),
    RecordKind.SESSION: ("training_sessions", ("title", "subtitle", "place", "trainer", "audience"), ()),
}  # fmt: skip
#: Texts that belong to a visit: table and text columns.
VISIT_PARTS: Final = (
    ("answers", ("note",)),
    ("expected_objections", ("they_say", "answer", "ask_first", "bring")),
)
#: Distributors whose documents are cut into runs at once: few enough to stay in the processor's own memory.
_BATCH: Final = 100
#: Stands between texts that are cut at once; folding leaves no character for private use in any.
_END: Final = chr(0x10FFFD)
_BLANK: Final = " ".encode("utf-32-le")
_PUNCTUATION: Final = re.compile("[" + re.escape("".join(map(chr, PUNCTUATION))) + "]")


class Document(NamedTuple):
    """One row of the index: ``text`` by runs of three characters, ``grams`` of one and two, separated by blanks."""

    text: str
    grams: str

    @property
    def digest(self) -> int:
        """A number that tells whether the document changed."""
        return int.from_bytes(blake2b(self.text.encode(), digest_size=7).digest(), "big")


class Draft(NamedTuple):
    """A document before ``searched`` is cut into runs of one and two characters; ``pairs`` are runs already."""

    text: str
    searched: str
    pairs: str = ""


class Entry(NamedTuple):
    """Everything the index holds about one distributor: its documents by number, that of its names under its label."""

    distributor_id: int
    label: int
    documents: dict[int, Document]


@dataclass(slots=True)
class _Texts:
    """The texts of one distributor as they were read, before they are folded."""

    label: int
    names: Sequence[str]
    persons: list[str]
    places: Sequence[str] = ()
    contact_texts: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    records: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def read_entries(connection: Connection, ids: Sequence[int]) -> Iterator[Entry]:
    """The entries of those of ``ids`` that have labels. One statement a table, however many ids."""
    wanted = json.dumps(list(ids))
    texts = _read_distributors(connection, wanted)
    _add_contacts(connection, wanted, texts)
    for kind in RecordKind:
        _add_records(connection, wanted, texts, kind)
    _add_visit_parts(connection, wanted, texts)
    drafts = [(one, text.label, _drafts(one, text)) for one, text in texts.items()]
    for start in range(0, len(drafts), _BATCH):
        part = drafts[start : start + _BATCH]
        runs = iter(_runs([draft.searched for *_, own in part for draft in own.values()]))
        for distributor_id, label, own in part:
            documents = {
                number: Document(draft.text, f"{grams} {draft.pairs}")
                for (number, draft), grams in zip(own.items(), runs, strict=False)  # the others have theirs left
            }
            yield Entry(distributor_id, label, documents)


def rows_of(
    connection: Connection,
    table: str,
    columns: Iterable[str],
    wanted: str,
    *,
    key: str,
    order: str = "wanted.rowid, t.id",
) -> Iterable[Any]:
    """``key`` and ``columns`` of the rows of ``table`` whose ``key`` is one of ``wanted``, ids as JSON."""
    names = ", ".join(f"t.{column}" for column in columns)
    # Names of our own tables and columns; the ids are bound.
    statement = (
        f"SELECT t.{key}, {names} FROM json_each(?) AS wanted CROSS JOIN {table} AS t"  # noqa: S608 - our own names
        f" ON t.{key} = wanted.value ORDER BY {order}"
    )
    return connection.execute(statement, (wanted,))


def _read_distributors(connection: Connection, wanted: str) -> dict[int, _Texts]:
    groups = (
        ("id",),
        NAME_COLUMNS,
        PERSON_COLUMNS,
        NOTE_COLUMNS,
        AREA_COLUMNS,
        PLACE_COLUMNS,
        LIST_COLUMNS,
    )
    parts = itemgetter(*(slice(start, end) for start, end in pairwise(accumulate(map(len, groups)))))
    columns = [column for group in groups[1:] for column in group]
    labels = dict(
        rows_of(connection, "search_keys", ("name_label",), wanted, key="distributor_id", order="wanted.rowid")
    )
    found = {}
    for row in rows_of(connection, "distributors", columns, wanted, key="id"):
        names, persons, notes, areas, places, lists = parts(row)
        texts = found[row[0]] = _Texts(labels[row[0]], names, [persons[0]], phones=[persons[1]], places=places)
        tags, details = lists
        texts.records[0] = [*notes, *areas, *_strings(tags), *_values(details)]
    return found


def _add_contacts(connection: Connection, wanted: str, texts: dict[int, _Texts]) -> None:
    columns = (*CONTACT_COLUMNS, *CONTACT_NOTE_COLUMNS)
    for row in rows_of(connection, "contacts", columns, wanted, key="distributor_id"):
        text = texts.get(row[0])
        if text is not None:
            text.persons.append(row[1])
            text.contact_texts += row[2:5]
            text.phones += row[5:8]
            text.records[0] += row[8:]


def _add_records(connection: Connection, wanted: str, texts: dict[int, _Texts], kind: RecordKind) -> None:
    table, columns, lists = RECORD_TEXTS[kind]
    for row in rows_of(connection, table, ("id", *columns, *lists), wanted, key="distributor_id"):
        text = texts.get(row[0])
        if text is not None:
            after = 2 + len(columns)
            slot = text.records[slot_of(kind, row[1])]
            slot += row[2:after]
            for parts in row[after:]:
                slot += _strings(parts)


def _add_visit_parts(connection: Connection, wanted: str, texts: dict[int, _Texts]) -> None:
    for table, columns in VISIT_PARTS:
        names = ", ".join(f"part.{column}" for column in columns)
        statement = (
            f"SELECT visits.distributor_id, visits.id, {names} FROM json_each(?) AS wanted"  # noqa: S608 - our own names
            " CROSS JOIN visits ON visits.distributor_id = wanted.value"
            f" CROSS JOIN {table} AS part ON part.visit_id = visits.id"
        )
        for row in connection.execute(statement, (wanted,)):
            text = texts.get(row[0])
            if text is not None:
                text.records[slot_of(RecordKind.VISIT, row[1])] += row[2:]


def _strings(json_text: str | None) -> list[str]:
    """The texts in a tuple stored as JSON, also of tuples within."""
    if not json_text or json_text == "[]":
        return []
    strings: list[str] = []
    waiting = [json.loads(json_text)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, str):
            strings.append(part)
    return strings


def _values(json_text: str | None) -> list[str]:
    """The values of further details without their headings: those would find everybody who came in one list."""
    return [value for detail in json.loads(json_text or "[]") for value in detail[1:]]


def _drafts(distributor_id: int, texts: _Texts) -> dict[int, Draft]:
    drafts = {
        texts.label: name_draft(texts.names),
        CONTACTS + distributor_id: contact_draft(texts.persons, texts.contact_texts, texts.phones),
    }
    first = RECORDS + distributor_id * SLOTS
    for slot, parts in texts.records.items():
        drafts[first + slot] = record_draft(parts) if slot else record_draft(parts, texts.places, texts.names)
    return {number: draft for number, draft in drafts.items() if draft.text}


def name_draft(names: Iterable[str]) -> Draft:
    """Names, city and code, each also by pinyin and initials, of which 有限公司 has none here: see above."""
    lines = _lines(names)
    spoken = [line if line.isascii() else without_legal_form(line) for line in lines]
    return _draft(lines, list(map(name_keys, spoken)), single_letters=True)


def contact_draft(persons: Iterable[str], texts: Iterable[str], phones: Iterable[str]) -> Draft:
    """People by name and by all readings of their surname, with titles and addresses; phones by their digits."""
    names = list(dict.fromkeys(folded for person in persons if person and (folded := fold(person).strip())))
    numbers = [number for phone in phones if phone for number in phone_numbers(phone)]
    return _draft([*names, *_lines(texts)], list(map(person_keys, names)), single_letters=True, more=numbers)


def record_draft(texts: Iterable[str], places: Iterable[str] = (), names: Iterable[str] = ()) -> Draft:
    """Running text, also by pinyin and initials from two letters on as one letter would match all; ``places`` not.

    Of ``names`` only the pinyin and initials of those with a legal form, which :func:`name_draft` leaves out.
    """
    lines = _lines(texts)
    legal = [line for line in _lines(names) if not line.isascii() and without_legal_form(line) != line]
    return _draft([*lines, *_lines(places)], list(map(prose_keys, [*lines, *legal])), single_letters=False)


def _lines(texts: Iterable[str]) -> list[str]:
    """The texts folded, without those that another one before holds."""
    lines: list[str] = []
    held = ""
    for text in texts:
        if text:
            folded = fold(text).strip()
            if folded and folded not in held:
                lines.append(folded)
                held = f"{held}\n{folded}"
    return lines


def _draft(
    lines: Sequence[str], keys: Sequence[tuple[str, str]], *, single_letters: bool, more: Sequence[str] = ()
) -> Draft:
    spelled = "\n".join([full for full, _ in keys if full])
    initials = "\n".join([first for _, first in keys if first])
    text = "\n".join([*lines, *more, spelled, initials] if spelled or initials else [*lines, *more])
    searched = "\n".join([*lines, spelled, initials] if single_letters else [*lines, spelled])
    if _PUNCTUATION.search(searched):
        searched = searched.translate(PUNCTUATION)
    if single_letters or not initials:
        return Draft(text, searched)
    pairs = [pair for line in initials.split("\n") for pair in map(add, line, line[1:])]
    return Draft(text, searched, " ".join(pairs))


def _runs(texts: Sequence[str]) -> list[str]:
    """The runs of one and two characters of each text, separated by blanks.

    Repeated runs are left to FTS5, which drops them faster than a set would here. A pair around a line break is split
    there again, and adds single characters that are there anyway. All texts are cut in a few steps over their
    characters side by side: ``ab`` becomes ``a ab b b``.
    """
    characters = array("I", _END.join(texts).encode("utf-32-le"))
    runs = array("I", _BLANK * (5 * len(characters)))
    runs[0::5] = characters
    runs[2::5] = characters
    runs[3:-5:5] = characters[1:]
    # Each end has runs of its own, between those of the texts.
    return runs.tobytes().decode("utf-32-le").split(_END)[::3]
