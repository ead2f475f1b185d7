"""Columns that ask whether: 是否合作, 禁用, Active (Y/N)."""

from __future__ import annotations

import re
from typing import Final

from channel_desk.domain.cells import folded
from channel_desk.domain.distributors import Status
from channel_desk.domain.import_fields import choice_of

_YES: Final = frozenset("y yes true 1 是 对 √ ✓ ✔ ☑".split())  # noqa: SIM905 - a list of words
_NO: Final = frozenset("n no false 0 否 × ✗ ✘ ☐".split())  # noqa: SIM905 - a list of words
_ASKED = re.compile(
    r"(?:is[\s_]*|是否)?(?P<what>[^()（）?？]+?)(?:flag|标志|标识)?[\s(（]*(?:y\s*/\s*n|yes\s*/\s*no|是\s*/?\s*否)?[)）?？\s]*",
    re.IGNORECASE,
)
#: Longer headings are prose.
_LONGEST: Final = 40


def is_yes(text: str) -> bool | None:
    """Whether ``text`` says yes or no; None where it says neither."""
    answer = folded(text)
    return True if answer in _YES else False if answer in _NO else None


def asked_status(heading: str) -> Status | None:
    """The status of whoever has a yes below ``heading``, which names a status itself; None where it names none."""
    match = _ASKED.fullmatch(heading.strip()) if len(heading) <= _LONGEST else None
    found = choice_of(Status, match["what"]) if match else None
    return found if isinstance(found, Status) else None


def answered_status(heading: str, text: str) -> Status | None:
    """What a yes or no below ``heading`` says: no below 禁用 is active, and no below Active is ended."""
    asked, yes = asked_status(heading), is_yes(text)
    if asked is None or yes is None:
        return None
    return asked if yes else Status.ENDED if asked is Status.ACTIVE else Status.ACTIVE
