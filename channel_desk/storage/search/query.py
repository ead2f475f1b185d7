"""Asking the index."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from typing import Final

from channel_desk.domain.keys import QueryWord, query_words
from channel_desk.storage.file import Connection
from channel_desk.storage.search.tables import CONTACTS, PUNCTUATION, RECORDS, SLOTS

#: Runs up to this length are in ``search_short``, longer ones in ``search_long``.
_SHORT: Final = 2


def _no_ids() -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class SearchHits:
    """The distributors that match, each under the first source that it was found in.

    With several words the weakest of their sources counts: who is found by name and by contact stands under contact.
    """

    names: frozenset[int] = field(default_factory=_no_ids)
    contacts: frozenset[int] = field(default_factory=_no_ids)
    records: frozenset[int] = field(default_factory=_no_ids)

    @property
    def ids(self) -> array[int]:
        """All ids: found by name first, then by contact, then by record; by id within each."""
        return array("q", chain(sorted(self.names), sorted(self.contacts), sorted(self.records)))

    @property
    def by_source(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        return self.names, self.contacts, self.records

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many were found by name, contact and record."""
        return len(self.names), len(self.contacts), len(self.records)

    def __len__(self) -> int:
        return sum(self.counts)


def search_ids(connection: Connection, text: str) -> SearchHits:
    """The distributors that all words of ``text`` match; none when there is no word in it."""
    words = query_words(text)
    if not words:
        return SearchHits()
    found = [_word_hits(connection, word) for word in words]
    if len(found) == 1:
        return found[0]
    named = _common(hits.names for hits in found)
    with_contacts = _common(hits.names | hits.contacts for hits in found)
    everything = _common(hits.names | hits.contacts | hits.records for hits in found)
    return SearchHits(named, with_contacts - named, everything - with_contacts)


def _common(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return reduce(frozenset.intersection, sets)


def _word_hits(connection: Connection, word: QueryWord) -> SearchHits:
    numbers = documents_of(connection, word)
    contacts_from = bisect_left(numbers, CONTACTS)
    records_from = bisect_left(numbers, RECORDS, contacts_from)
    names = frozenset(numbers[:contacts_from])
    contacts = frozenset([number - CONTACTS for number in numbers[contacts_from:records_from]]) - names
    records = frozenset([(number - RECORDS) // SLOTS for number in numbers[records_from:]]) - names - contacts
    return SearchHits(names, contacts, records)


def documents_of(connection: Connection, word: QueryWord, *, first: int = 0, last: int = (1 << 63) - 1) -> array[int]:
    """The numbers of the documents from ``first`` to ``last`` that ``word`` matches, in order."""
    numbers: list[array[int]] = []
    for table, expression in match_expressions(word).items():
        # The table is ours, the expression is bound, and each token in it is quoted.
        # One JSON text is read four times as fast as a row for each hit.
        chosen = f"FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"
        statement = f"SELECT json_group_array(rowid) {chosen}"
        found = connection.execute(statement, (expression, first, last)).fetchone()
        numbers.append(array("q", json.loads(found[0])))
    return numbers[0] if len(numbers) == 1 else array("q", sorted(set().union(*numbers)))


def match_expressions(word: QueryWord) -> dict[str, str]:
    """The expression to match in each table of the index that ``word`` has to be looked up in."""
    short = {word.text.translate(PUNCTUATION)} if len(word.text) <= _SHORT else set()
    long = {word.text} if len(word.text) > _SHORT else set()
    for spelling in word.spellings:
        if len(spelling) <= _SHORT:
            short.add(spelling)
        else:
            long.add(spelling)
    if word.digits:
        long.add(word.digits)
    tables = (("search_short", short), ("search_long", long))
    return {table: " OR ".join(map(_quoted, sorted(tokens))) for table, tokens in tables if tokens}


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
