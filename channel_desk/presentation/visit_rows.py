"""A visit in one line of a list: when, what about, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from channel_desk.domain.visits import Verdict, Visit, VisitStatus
from channel_desk.i18n import Language
from channel_desk.presentation.badge_kinds import BadgeKind

_KINDS: Final[dict[Verdict, BadgeKind]] = {
    Verdict.PURSUE: "success",
    Verdict.TRAIN: "accent",
    Verdict.KEEP_WARM: "neutral",
    Verdict.STOP: "danger",
}


@dataclass(frozen=True)
class VisitRow:
    """``state`` is a badge of ``kind``: the verdict, or where the visit stands."""

    visit_id: int
    day: str
    title: str
    detail: str
    state: str
    kind: BadgeKind
    spoken: str


def visit_row(visit: Visit, *, now: datetime, zone: tzinfo, language: Language) -> VisitRow:
    """The row of ``visit``."""
    tr, formats = language.tr, language.formats
    start = visit.starts_at.astimezone(zone)
    today = now.astimezone(zone).date()
    day = formats.day(start.date()) if start.year == today.year else formats.day_full(start.date())
    if visit.verdict is not None:
        state, kind = tr(visit.verdict.label), _KINDS[visit.verdict]
    elif visit.status is VisitStatus.PLANNED and not visit.is_unwritten(now):
        state, kind = formats.time(start), "accent"
    elif visit.is_left_unwritten(now, zone):
        state, kind = tr("To be written up"), "warning"
    else:
        state, kind = tr(visit.status.label), "neutral"
    title = visit.subject or tr(visit.purpose.label)
    detail = " ".join((visit.summary or visit.result_wanted or visit.verdict_reason).split())
    spoken = formats.join([part for part in (day, title, state, detail) if part])
    return VisitRow(visit.id, day, title, detail, state, kind, spoken)
