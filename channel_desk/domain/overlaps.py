"""Which visits are in each other's way: only open ones are, and one may begin when another ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from channel_desk.domain.lines import VisitLine


def conflicts(lines: Iterable[VisitLine]) -> frozenset[int]:
    """The open visits that overlap another open one."""
    open_lines = sorted((line for line in lines if line.visit.is_open), key=lambda line: line.visit.starts_at)
    found: set[int] = set()
    running: list[VisitLine] = []
    for line in open_lines:
        running = [other for other in running if other.visit.ends_at > line.visit.starts_at]
        for other in running:
            found |= {line.visit.id, other.visit.id}
        running.append(line)
    return frozenset(found)


def overlapped(
    lines: Iterable[VisitLine], visit_id: int, *, starts_at: datetime, ends_at: datetime
) -> VisitLine | None:
    """Another open visit than ``visit_id`` in this time."""
    meeting = (
        line
        for line in lines
        if line.visit.id != visit_id
        and line.visit.is_open
        and line.visit.starts_at < ends_at
        and starts_at < line.visit.ends_at
    )
    return next(meeting, None)
