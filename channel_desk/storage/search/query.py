"""Asking the index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Final, NamedTuple

from channel_desk.domain.keys import QueryWord, query_words
from channel_desk.storage.file import Connection
from channel_desk.storage.kept import MOST_WORDS, kept_of
from channel_desk.storage.search.labels import label_of
from channel_desk.storage.search.members import bits_of
from channel_desk.storage.search.name_order import name_order
from channel_desk.storage.search.tables import CONTACTS, PUNCTUATION, RECORDS, SLOTS

#: Runs up to this length are in ``search_short``, longer ones in ``search_long``.
_SHORT: Final = 2
#: So many hits are read at once.
_PART: Final = 1 << 14
#: The largest number that a document can have.
_LAST: Final = (1 << 63) - 1


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
    def counts(self) -> tuple[int, int, int]:
        """How many were found by name, contact and record."""
        return self.name_bits.bit_count(), self.contact_bits.bit_count(), self.record_bits.bit_count()

    def among(self, bits: int) -> SearchHits:
        """Only those that are also in the set ``bits``."""
        return SearchHits(self.name_bits & bits, self.contact_bits & bits, self.record_bits & bits)

    def __len__(self) -> int:
        return sum(self.counts)


class _Source(NamedTuple):
    """The documents ``first`` to ``last`` of the index, of which each distributor has ``slots``."""

    first: int
    last: int
    slots: int = 1

    def owners(self, connection: Connection, documents: list[int]) -> list[int]:
        """The distributor of each document."""
        if self.first == _NAMES.first:
            return name_order(connection).with_labels(documents)
        first, slots = self.first, self.slots
        return [(one - first) // slots for one in documents]

    def documents(self, connection: Connection, owner: int) -> tuple[int, int]:
        """The first and the last document of a distributor."""
        if self.first == _NAMES.first:
            label = label_of(connection, owner)
            return label, label
        first = self.first + owner * self.slots
        return first, first + self.slots - 1


_NAMES: Final = _Source(0, CONTACTS - 1)
_CONTACTS: Final = _Source(CONTACTS, RECORDS - 1)
_RECORDS: Final = _Source(RECORDS, _LAST, SLOTS)
#: As hits are ordered.
SOURCES: Final = (_NAMES, _CONTACTS, _RECORDS)


def search_ids(connection: Connection, text: str, *, sources: int = len(SOURCES)) -> SearchHits:
    """The distributors that all words of ``text`` match; none when there is no word in it.

    Only the first so many ``sources`` are looked through: 1 is names alone, 2 names and contacts.
    """
    words = query_words(text)
    if not words:
        return SearchHits()
    found = [0] * len(words)
    everyone = 0
    by_source = [0] * len(SOURCES)
    for place, source in enumerate(SOURCES[:sources]):
        found = [bits | _known_bits(connection, word, source) for bits, word in zip(found, words, strict=True)]
        together = reduce(and_, found)
        by_source[place] = together & ~everyone
        everyone = together
    return SearchHits(*by_source)


def first_names(connection: Connection, text: str, limit: int) -> list[int]:
    """The first distributors by name that ``text`` matches in their names, at most ``limit``.

    Only these are looked at, which costs the same however many there are; none of several words, where that is not so.
    """
    words = query_words(text)
    if len(words) != 1:
        return []
    labels: set[int] = set()
    for table, expression in match_expressions(words[0]).items():
        # The table is ours, the expression is bound, and each token in it is quoted.
        chosen = f"FROM {table} WHERE {table} MATCH ? AND rowid < ? ORDER BY rowid LIMIT ?"
        labels.update(one for (one,) in connection.execute(f"SELECT rowid {chosen}", (expression, CONTACTS, limit)))
    return name_order(connection).with_labels(sorted(labels)[:limit])


def _known_bits(connection: Connection, word: QueryWord, source: _Source) -> int:
    """Who matches ``word`` in ``source``, kept from the last time where possible, and renewed by what changed since."""
    if connection.in_transaction:
        return _bits(connection, word, source)
    kept = kept_of(connection)
    place = (word.text, source.first)
    known = kept.words.pop(place, None)
    if known is None:
        bits = _bits(connection, word, source)
    else:
        since, bits = known
        bits = _renewed(connection, word, source, bits, set(kept.changed[since:]))
    kept.words[place] = (len(kept.changed), bits)
    if len(kept.words) > MOST_WORDS:
        kept.words.popitem(last=False)
    return bits


def _renewed(connection: Connection, word: QueryWord, source: _Source, bits: int, changed: set[int]) -> int:
    for one in changed:
        first, last = source.documents(connection, one)
        is_met = bool(documents_of(connection, word, first=first, last=last))
        bits = bits & ~(1 << one) | (is_met << one)
    return bits


def _bits(connection: Connection, word: QueryWord, source: _Source) -> int:
    bits = 0
    for table, expression in match_expressions(word).items():
        for numbers in _numbers(connection, table, expression, source.first, source.last):
            bits |= bits_of(source.owners(connection, numbers))
    return bits


def _numbers(connection: Connection, table: str, expression: str, first: int, last: int) -> Iterator[list[int]]:
    """The numbers of the documents, in order and in parts, each of which is read in some milliseconds."""
    # The table is ours, the expression is bound, and each token in it is quoted.
    # One JSON text is read four times as fast as a row for each hit.
    chosen = f"FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT {_PART}"
    statement = f"SELECT json_group_array(rowid) FROM (SELECT rowid {chosen})"  # noqa: S608 - see above
    numbers: list[int] = [0] * _PART
    while len(numbers) == _PART:
        numbers = json.loads(connection.execute(statement, (expression, first, last)).fetchone()[0])
        if numbers:
            yield numbers
            first = numbers[-1] + 1


def documents_of(connection: Connection, word: QueryWord, *, first: int = 0, last: int = _LAST) -> list[int]:
    """The numbers of the documents from ``first`` to ``last`` that ``word`` matches, in order."""
    found: set[int] = set()
    for table, expression in match_expressions(word).items():
        found.update(*_numbers(connection, table, expression, first, last))
    return sorted(found)


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
