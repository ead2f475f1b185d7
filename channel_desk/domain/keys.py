"""Search keys: what a text is found by, and where a query matched it.

A text is folded (case, width, accents, traditional characters), so that 湖南, its traditional form and ``Hunan`` in any
dress compare equal. Chinese gets latin keys besides: one character for each syllable, and a full-width letter for each
initial (ＨＮ). Folding leaves neither in a text, so keys never answer to what was typed literally.

One rule decides everywhere (:class:`QueryWord`): a word is found in a text when the folded text contains it, or when
the latin keys contain one of its ``spellings``, or when a phone's digits contain its ``digits``.
"""

from __future__ import annotations

from channel_desk.domain.folding import PRIVATE, fold
from channel_desk.domain.latin_keys import name_keys, person_keys, phone_numbers, prose_keys, sort_key
from channel_desk.domain.marking import match_spans
from channel_desk.domain.query_words import QueryWord, phone_matches, query_words, word_matches

__all__ = [
    "PRIVATE",
    "QueryWord",
    "fold",
    "match_spans",
    "name_keys",
    "person_keys",
    "phone_matches",
    "phone_numbers",
    "prose_keys",
    "query_words",
    "sort_key",
    "word_matches",
]
