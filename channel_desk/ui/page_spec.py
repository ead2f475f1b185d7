"""How a page is declared; the page itself is loaded when it is first shown."""

from __future__ import annotations

from typing import NamedTuple


class PageSpec(NamedTuple):
    """Declares a page: its place name, and the module and class that are loaded when it is first shown."""

    name: str
    module: str
    page_class: str
    #: The rail entry that is lit while the page is shown.
    rail: str
    #: English message for rail and commands; empty for pages about one record, which are reached from others.
    label: str = ""
    icon: str = ""
    shortcut: str = ""
    #: The page of the manual that F1 opens from here.
    manual: str = ""
