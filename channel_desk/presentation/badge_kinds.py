"""What a badge, or a word in its colour, tells by its look."""

from __future__ import annotations

from typing import Literal, TypeAlias

#: ``on-tint`` is for what stands on the accent's tint itself.
BadgeKind: TypeAlias = Literal["neutral", "accent", "danger", "warning", "success", "on-tint"]
