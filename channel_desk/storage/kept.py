"""What is kept in memory beside an opened file, so that a key press need not read it again.

Only the program itself writes to the file, over this one connection, so everything kept can tell when it is out of
date: the writers of the index note what they changed. Nothing is kept from inside a transaction, which may be rolled
back; what is noted there may only make a reader look again for nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from channel_desk.storage.file import Connection

#: Answers to single words in single sources that are kept, up to 13 kB each with 100,000 distributors.
MOST_WORDS: Final = 192
#: After so many changes the kept words are dropped; up to then each is looked up again for what changed only.
MOST_CHANGES: Final = 64


@dataclass(slots=True)
class Kept:
    """``words``, ``order``, ``facets`` and ``views`` belong to the modules that fill them.

    ``names`` counts the changes of what lists sort and filter by; ``changed`` are distributors with new texts.
    """

    names: int = 0
    changed: list[int] = field(default_factory=list)
    words: OrderedDict[tuple[str, int], tuple[int, int]] = field(default_factory=OrderedDict)
    order: tuple[int, Any] | None = None
    facets: tuple[int, Any] | None = None
    views: dict[str, Any] = field(default_factory=dict)

    def note_texts(self, ids: Sequence[int]) -> None:
        """The texts of these distributors changed."""
        if len(self.changed) + len(ids) > MOST_CHANGES:
            self.forget_texts()
        else:
            self.changed += ids

    def forget_texts(self) -> None:
        """All texts may have changed."""
        self.changed.clear()
        self.words.clear()

    def note_names(self) -> None:
        """Something that lists sort or filter by changed."""
        self.names += 1


def kept_of(connection: Connection) -> Kept:
    """What is kept for ``connection``; of a bare connection of the driver, nothing."""
    kept = getattr(connection, "kept", None)
    if not isinstance(kept, Kept):
        kept = Kept()
        if hasattr(connection, "kept"):
            connection.kept = kept
    return kept
