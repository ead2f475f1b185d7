"""The colours of a theme by name, and the sizes and weights of the house face by role."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

FAMILY: Final = "Channel Desk Sans"
#: Draws the traditional characters that the first family lacks.
FAMILY_TRADITIONAL: Final = "Channel Desk Sans TC"


class FontRole(NamedTuple):
    """Size and line height in pixels; the line height suits CJK and is never gone below."""

    size: int
    line: int
    weight: int


FONT_ROLES: Final[dict[str, FontRole]] = {
    "big-number": FontRole(28, 36, 600),
    "record-title": FontRole(20, 28, 600),
    "page-title": FontRole(18, 28, 600),
    "section": FontRole(16, 24, 600),
    "card-title": FontRole(14, 20, 600),
    "body": FontRole(13, 20, 400),
    "body-strong": FontRole(13, 20, 500),
    "long-note": FontRole(14, 24, 400),
    "secondary": FontRole(12, 16, 400),
    "secondary-strong": FontRole(12, 16, 500),
    "figure": FontRole(16, 24, 600),
    "body-bold": FontRole(13, 20, 600),
    "hour": FontRole(11, 16, 400),
    "tier": FontRole(12, 16, 700),
}

#: Edges of things that can be used, and the grounds they stand on; each pair reaches 3:1 in both themes.
EDGE_PAIRS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("edge", ("window", "surface", "sunken")),
    ("accent", ("window", "surface", "sunken", "accent-tint", "accent-select")),
    ("accent-fill", ("window", "surface")),
    ("danger-mark", ("window", "surface")),
    ("success-mark", ("surface",)),
)

#: Text colours and the grounds they stand on; each pair reaches 4.5:1 in both themes.
TEXT_PAIRS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ink", ("window", "surface", "sunken", "hover", "accent-tint", "accent-select")),
    ("ink-2", ("window", "surface", "sunken", "hover", "accent-tint", "accent-select")),
    ("ink-3", ("window", "surface", "sunken", "hover")),
    ("accent", ("window", "surface", "sunken")),
    ("accent-ink", ("surface", "accent-tint", "accent-select")),
    ("accent-fill-text", ("accent-fill", "accent-fill-hover")),
    ("danger-text", ("window", "surface", "sunken", "danger-tint", "accent-tint", "accent-select")),
    ("warning-text", ("window", "surface", "sunken", "warning-tint", "accent-tint", "accent-select")),
    ("success-text", ("window", "surface", "sunken", "success-tint", "accent-tint", "accent-select")),
    ("match-text", ("match",)),
    ("tier-a-text", ("tier-a",)),
    ("tier-b-text", ("tier-b",)),
    ("toast-text", ("toast",)),
    ("toast-link", ("toast",)),
)


def load_tokens(folder: Path, name: str) -> dict[str, str]:
    """The colours of the theme ``name`` ("light" or "dark") from ``folder``, as "#RRGGBB"."""
    #: Both files hold the same names; a test compares them.
    tokens: dict[str, str] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return tokens
