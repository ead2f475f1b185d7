"""What is offered for what was typed: commands, and distributors by anything known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channel_desk.domain.keys import match_spans
from channel_desk.services.finding import Found
from channel_desk.storage.queries.search_matches import Source


@dataclass(frozen=True)
class Command:
    """Something to do, by the object name of its action; ``english`` is what it is called in the other language."""

    name: str
    text: str
    keys: str = ""
    icon: str = "arrow-right"
    english: str = ""

    def is_meant(self, typed: str) -> bool:
        """Whether its text has each of the words typed, or its English name does, whatever the window speaks."""
        return any(all(match_spans(text, word) for word in typed.split()) for text in (self.text, self.english))


@dataclass(frozen=True)
class Hit:
    """One line that can be chosen; ``command`` or ``distributor`` says what it is.

    ``spans`` say what matched in the text, ``remark_spans`` in the remark.
    """

    text: str
    remark: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    remark_spans: tuple[tuple[int, int], ...] = ()
    icon: str = ""
    command: str = ""
    distributor: int = 0
    #: Found in what is written about it, not in what it is called.
    is_aside: bool = False


def command_hits(commands: Sequence[Command], typed: str) -> tuple[Hit, ...]:
    """The commands that are meant by what was typed, in their order; all of them while nothing is typed."""
    has_words = bool(typed.split())
    return tuple(
        Hit(
            one.text,
            one.keys,
            tuple(match_spans(one.text, typed)) if has_words else (),
            icon=one.icon,
            command=one.name,
        )
        for one in commands
        if one.is_meant(typed)
    )


def in_rank(commands: Sequence[Hit], distributors: Sequence[Hit], *, most: int, least: int) -> tuple[Hit, ...]:
    """At most ``most`` lines: distributors by name or contact, then commands, ``least`` of which always have room, then
    distributors whose notes and records mention what was typed.
    """
    kept = min(len(commands), least)
    room = most - kept
    sure = [hit for hit in distributors if not hit.is_aside][:room]
    aside = [hit for hit in distributors if hit.is_aside][: room - len(sure)]
    return (*sure, *commands[: kept if distributors else most], *aside)


def distributor_hits(found: Found, typed: str, *, icon: str = "") -> tuple[Hit, ...]:
    """The distributors that were found; the remark tells where, when the name does not show it.

    Enter takes the first, so it is one whose name begins with what was typed, then one whose name has it elsewhere.
    """
    hits = (
        Hit(
            line.display_name,
            line.match.text if line.match is not None else line.city,
            tuple(match_spans(line.display_name, typed)),
            tuple(match_spans(line.match.text if line.match is not None else line.city, typed)),
            icon,
            distributor=line.id,
            is_aside=line.match is not None and line.match.source is Source.RECORD,
        )
        for line in found.lines
    )
    return tuple(sorted(hits, key=lambda hit: (not hit.spans, bool(hit.spans) and hit.spans[0][0] > 0)))
