"""How the files that ship with the program are read: strictly, so that a mistake shows when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from channel_desk.domain.words import Word
from channel_desk.i18n import LANGUAGES

W = TypeVar("W", bound=Word)


class ShippedFileError(ValueError):
    """A file that ships with the program breaks its rules; says where and how."""


def insist(is_right: bool, problem: str) -> None:  # noqa: FBT001 - reads as an assertion
    """Raise :class:`ShippedFileError` with ``problem`` unless a rule is kept."""
    if not is_right:
        raise ShippedFileError(problem)


def insist_keys(data: Mapping[str, object], known: AbstractSet[str], where: str) -> None:
    """Raise :class:`ShippedFileError` for a key of ``data`` that nobody reads: it is a mistyped one."""
    unknown = set(data) - known
    insist(not unknown, f"{where}: unknown {', '.join(sorted(unknown))}")


def read_texts(data: Mapping[str, str], where: str) -> dict[str, str]:
    """One text in each language of the program, by its code, none of them empty."""
    insist(set(data) == set(LANGUAGES), f"{where}: a text stands in {', '.join(LANGUAGES)}")
    insist(all(text == text.strip() != "" for text in data.values()), f"{where}: a text is empty or has blanks around")
    return dict(data)


def read_word(kind: type[W], value: str, where: str) -> W:
    """The member of ``kind`` that is stored as ``value``."""
    insist(value in [word.value for word in kind], f"{where}: {kind.__name__} knows no {value}")
    return kind.of(value)
