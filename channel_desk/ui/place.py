"""Where the window is: a page, and which record it shows."""

from __future__ import annotations

from typing import Final, NamedTuple

#: The ``extra`` of the list of distributors that has it without search, filters and views.
EVERYTHING: Final = "*"


class Place(NamedTuple):
    """A page by name (``today``, ``distributors``, ``file``, ``planner``, ``visit``, ``training``, ``session``,
    ``import``, ``settings``), the record it shows, and ``extra``: a word that only the page itself understands, such as
    ``new`` or a day as ``2026-09-22``.
    """

    page: str
    id: int | None = None
    extra: str = ""
