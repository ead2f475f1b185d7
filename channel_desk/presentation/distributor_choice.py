"""Choosing a distributor by typing: what a line of suggestions says."""

from __future__ import annotations

from dataclasses import dataclass

from channel_desk.domain.keys import match_spans
from channel_desk.services.finding import Found


@dataclass(frozen=True)
class Suggestion:
    """One distributor that fits what was typed; ``spans`` are the matched parts of ``text``."""

    id: int
    text: str
    remark: str
    spans: tuple[tuple[int, int], ...]


def suggestions(found: Found, typed: str) -> tuple[Suggestion, ...]:
    """The lines for what was found."""
    return tuple(
        Suggestion(
            line.id,
            line.display_name,
            line.match.text if line.match is not None else line.city,
            tuple(match_spans(line.display_name, typed)),
        )
        for line in found.lines
    )
