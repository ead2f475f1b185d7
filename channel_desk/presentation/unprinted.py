"""Characters that no print font has, in one sentence: which, and where a box stands for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from channel_desk.documents.printed import MOST_NAMED, Unprinted, characters_named
from channel_desk.i18n import Language
from channel_desk.presentation.deck_builder import slides_named


def unprinted_in_briefs(found: Sequence[Unprinted], language: Language) -> str:
    """The sentence for briefs, with the distributors' names; empty when every character is there."""
    return _sentence(found, language, lambda names: language.formats.join(_few(names)))


def unprinted_on_slides(found: Sequence[Unprinted], language: Language) -> str:
    """The sentence for a deck, with the numbers of the slides; empty when every character is there."""
    return _sentence(found, language, lambda numbers: slides_named([int(one) for one in numbers], language))


def _sentence(found: Sequence[Unprinted], language: Language, named: Callable[[Sequence[str]], str]) -> str:
    if not found:
        return ""
    places: dict[str, list[str]] = {}
    for one in found:
        for character in one.characters:
            places.setdefault(character, []).append(one.place)
    together: dict[tuple[str, ...], list[str]] = {}
    for character, where in places.items():
        together.setdefault(tuple(dict.fromkeys(where)), []).append(character)
    pieces = [
        language.tr("{characters} ({places})", characters=characters_named(characters), places=named(where))
        for where, characters in together.items()
    ]
    return language.tr(
        "Our print fonts do not have {characters}; a box stands there instead.",
        characters=language.formats.join(_few(pieces)),
    )


def _few(items: Sequence[str]) -> list[str]:
    return list(items) if len(items) <= MOST_NAMED else [*items[:MOST_NAMED], "…"]
