"""What became of a document: how much of it there is, and which characters no print font has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: What a sentence names before an ellipsis; a note in another script has hundreds.
MOST_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Unprinted:
    """Characters in whose place a box stands, in the order of the text; ``place`` is the distributor or the slide."""

    place: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """``count`` briefs or slides; 0 when cancelled."""

    count: int
    unprinted: tuple[Unprinted, ...] = ()


def characters_named(characters: Sequence[str]) -> str:
    """The first of ``characters``; one that has no shape anywhere by its number."""
    shown = [one if one.isprintable() else f"U+{ord(one):04X}" for one in dict.fromkeys(characters)]
    return " ".join(shown if len(shown) <= MOST_NAMED else [*shown[:MOST_NAMED], "…"])
