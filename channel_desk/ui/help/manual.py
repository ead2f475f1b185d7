"""The pages of the manual as they lie in the resources."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: "06-planner.md": a number for the order, and the key that places and links name.
_FILE: Final = re.compile(r"\d\d-(?P<key>[a-z-]+)\.md")
_MARKS: Final = re.compile(r"\]\([^)]*\)|[*`|#\[]")
#: Heads the first column of a table of keys.
_KEYS: Final = frozenset({"Key", "Keys", "按键"})
_BETWEEN_KEYS: Final = re.compile(r", |、")


@dataclass(frozen=True)
class KeyRow:
    """Keys as people call them, and what they do."""

    keys: str
    does: str

    def is_among(self, shortcuts: Collection[str]) -> bool:
        """Whether ``shortcuts``, by the names on their caps, have all of the keys."""
        return all(key in shortcuts for key in _BETWEEN_KEYS.split(self.keys))


@dataclass(frozen=True)
class ManualPage:
    """One page; ``text`` is Markdown and begins with the title as its only heading of the first level."""

    key: str
    title: str
    text: str

    def holds(self, words: str) -> bool:
        """Whether each of ``words``, parted by blanks, stands somewhere on the page."""
        shown = _MARKS.sub("", self.text).casefold()
        return all(word in shown for word in words.casefold().split())

    @property
    def key_rows(self) -> tuple[KeyRow, ...]:
        """What its tables of keys tell."""
        rows, is_of_keys = [], False
        for line in self.text.splitlines():
            cells = [_MARKS.sub("", cell).strip() for cell in line.strip().strip("|").split("|")]
            if not line.startswith("|"):
                is_of_keys = False
            elif cells[0] in _KEYS:
                is_of_keys = True
            elif is_of_keys and len(cells) == 2 and not set(line) <= set("|-: "):
                rows.append(KeyRow(cells[0], cells[1][:1].upper() + cells[1][1:]))
        return tuple(rows)


def read_manual(folder: Path) -> tuple[ManualPage, ...]:
    """The pages in ``folder``, which holds one language, in their order."""
    pages = []
    for path in sorted(folder.glob("*.md")):
        key = key_of(path.name)
        if key:
            text = path.read_text(encoding="utf-8")
            pages.append(ManualPage(key, text.partition("\n")[0].removeprefix("# ").strip(), text))
    return tuple(pages)


def key_of(link: str) -> str:
    """The page that a link such as ``06-planner.md`` leads to; empty for any other link."""
    found = _FILE.fullmatch(link)
    return found["key"] if found else ""


def search_manual(pages: Sequence[ManualPage], words: str) -> tuple[ManualPage, ...]:
    """The pages that hold all ``words``, those with a word in the title first."""
    found = [page for page in pages if page.holds(words)]
    wanted = words.casefold().split()
    return tuple(sorted(found, key=lambda page: not any(word in page.title.casefold() for word in wanted)))
