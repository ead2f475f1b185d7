"""How widths are shared out, in plain numbers."""

from __future__ import annotations

from collections.abc import Sequence


def longest_share(wanted: Sequence[int], room: int) -> int:
    """How wide the widest of ``wanted`` may be, so that all fit into ``room`` and only the widest are cut."""
    left = sorted(wanted)
    while left and left[0] * len(left) <= room:
        room -= left.pop(0)
    return room // len(left) if left else max(wanted, default=0)


def least_share(wanted: Sequence[int], room: int) -> int:
    """How wide the narrowest of ``wanted`` become when they are widened until ``room`` is used up."""
    left = sorted(wanted)
    while left and left[-1] * len(left) > room:
        room -= left.pop()
    return max(room, 0) // len(left) if left else 0
