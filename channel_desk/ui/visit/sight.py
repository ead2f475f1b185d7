"""What of a visit is in sight: its pane, and what the partner must not see. It outlives a change of language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Sight:
    """``is_private`` while the partner can see the screen; ``pane_wanted`` is None while the width of the window says
    whether the pane is seen.
    """

    is_private: bool = False
    pane_wanted: bool | None = None
