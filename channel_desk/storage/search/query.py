"""Asking the index."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_
from typing import Final

from channel_desk.domain.keys import QueryWord, query_words
from channel_desk.storage.file import Connection
from channel_desk.storage.kept import MOST_WORDS, Kept, kept_of
from channel_desk.storage.search.members import bits_of, ids_of
from channel_desk.storage.search.tables import CONTACTS, PUNCTUATION, RECORDS, SLOTS

#: Runs up to this length are in ``search_short``, longer ones in ``search_long``.
_SHORT: Final = 2


@dataclass(frozen=True, slots=True)
class SearchHits:
    """The distributors that match, each under the first source that it was found in; see :mod:`.members`.

    With several words the weakest of their sources counts: who is found by name and by contact stands under contact.
    """

    name_bits: int = 0
    contact_bits: int = 0
    record_bits: int = 0

    @property
    def bits(self) -> tuple[int, int, int]:
        """The sets of those found by name, contact and record."""
        return self.name_bits, self.contact_bits, self.record_bits

    @property
    def names(self) -> frozenset[int]:
        return frozenset(ids_of(self.name_bits))

    @property
    def contacts(self) -> frozenset[int]:
        return frozenset(ids_of(self.contact_bits))

    @property
    def records(self) -> frozenset[int]:
        return frozenset(ids_of(self.record_bits))

    @property
    def ids(self) -> array[int]:
        """All ids: found by name first, then by contact, then by record; by id within each."""
        return array("q", chain.from_iterable(map(ids_of, self.bits)))

    @property
    def by_source(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        return self.names, self.contacts, self.records

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many were found by name, contact and record."""
        return self.name_bits.bit_count(), self.contact_bits.bit_count(), self.record_bits.bit_count()

    def among(self, bits: int) -> SearchHits:
        """Only those that are also in the set ``bits``."""
        return SearchHits(self.name_bits & bits, self.contact_bits & bits, self.record_bits & bits)

    def __len__(self) -> int:
        return sum(self.counts)


def search_ids(connection: Connection, text: str) -> SearchHits:
    """The distributors that all words of ``text`` match; none when there is no word in it."""
    words = query_words(text)
    if not words:
        return SearchHits()
    found = [_known_hits(connection, word) for word in words]
    if len(found) == 1:
        return found[0]
    named = reduce(and_, (hits.name_bits for hits in found))
    with_contacts = reduce(and_, (hits.name_bits | hits.contact_bits for hits in found))
    everything = reduce(and_, (hits.name_bits | hits.contact_bits | hits.record_bits for hits in found))
    return SearchHits(named, with_contacts & ~named, everything & ~with_contacts)


def _known_hits(connection: Connection, word: QueryWord) -> SearchHits:
    """The hits of ``word``, kept from the last time where possible, and looked up again for what changed since."""
    if connection.in_transaction:
        return _word_hits(connection, word)
    kept = kept_of(connection)
    known: tuple[int, SearchHits] | None = kept.words.pop(word.text, None)
    hits = _word_hits(connection, word) if known is None else _renewed(connection, word, kept, *known)
    kept.words[word.text] = (len(kept.changed), hits)
    if len(kept.words) > MOST_WORDS:
        kept.words.popitem(last=False)
    return hits


def _renewed(connection: Connection, word: QueryWord, kept: Kept, since: int, hits: SearchHits) -> SearchHits:
    sources = list(hits.bits)
    for one in set(kept.changed[since:]):
        first = RECORDS + one * SLOTS
        places = ((one, one), (CONTACTS + one, CONTACTS + one), (first, first + SLOTS - 1))
        source = next((number for number, place in enumerate(places) if _is_met(connection, word, *place)), None)
        for number in range(len(sources)):
            sources[number] = sources[number] & ~(1 << one) | ((source == number) << one)
    return SearchHits(*sources)


def _is_met(connection: Connection, word: QueryWord, first: int, last: int) -> bool:
    return bool(documents_of(connection, word, first=first, last=last))


def _word_hits(connection: Connection, word: QueryWord) -> SearchHits:
    names = contacts = records = 0
    for table, expression in match_expressions(word).items():
        numbers = _numbers(connection, table, expression, 0, (1 << 63) - 1)
        contacts_from = bisect_left(numbers, CONTACTS)
        records_from = bisect_left(numbers, RECORDS, contacts_from)
        names |= bits_of(numbers[:contacts_from])
        contacts |= bits_of([number - CONTACTS for number in numbers[contacts_from:records_from]])
        records |= bits_of([(number - RECORDS) // SLOTS for number in numbers[records_from:]])
    return SearchHits(names, contacts & ~names, records & ~(names | contacts))


def _numbers(connection: Connection, table: str, expression: str, first: int, last: int) -> list[int]:
    # The table is ours, the expression is bound, and each token in it is quoted.
    # One JSON text is read four times as fast as a row for each hit.
    chosen = f"FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"
    statement = f"SELECT json_group_array(rowid) {chosen}"
    numbers: list[int] = json.loads(connection.execute(statement, (expression, first, last)).fetchone()[0])
    return numbers


def documents_of(connection: Connection, word: QueryWord, *, first: int = 0, last: int = (1 << 63) - 1) -> list[int]:
    """The numbers of the documents from ``first`` to ``last`` that ``word`` matches, in order."""
    found = [
        _numbers(connection, table, expression, first, last) for table, expression in match_expressions(word).items()
    ]
    return found[0] if len(found) == 1 else sorted(set(chain.from_iterable(found)))


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
