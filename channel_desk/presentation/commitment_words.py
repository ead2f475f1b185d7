"""Promises in words: when they are due, what is wrong with them, how they ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from channel_desk.domain.commitments import (
    Authority,
    Commitment,
    CommitmentStatus,
    Direction,
    Evidence,
    late_words,
    urgency,
)
from channel_desk.domain.one_line import in_one_line
from channel_desk.i18n import Language

if TYPE_CHECKING:
    from channel_desk.presentation.badge_kinds import BadgeKind


class Flag(NamedTuple):
    """A word beside a promise."""

    text: str
    kind: BadgeKind = "neutral"


class PromiseWords(NamedTuple):
    """What one line about a promise says."""

    due: str
    #: Role of the words about the date: danger-text, warning-text, success-text or ink-3.
    due_colour: str
    flags: tuple[Flag, ...]
    #: Who, to whom, how it is proven or how it ended.
    detail: str
    amount: str


def in_order(commitments: Iterable[Commitment], direction: Direction) -> tuple[Commitment, ...]:
    """Those of one side: pending ones with the latest first, then the ended ones, newest first."""
    mine = [one for one in commitments if one.direction is direction]
    pending = sorted((one for one in mine if one.is_pending), key=urgency)
    ended = [one for one in mine if not one.is_pending]
    ended.sort(key=lambda one: (one.fulfilled_on or one.due_on or date.min, one.id), reverse=True)
    return (*pending, *ended)


def words(commitment: Commitment, today: date, language: Language) -> PromiseWords:
    """What the line of ``commitment`` says on ``today``."""
    due, colour = _due(commitment, today, language)
    return PromiseWords(
        due=due,
        due_colour=colour,
        flags=_flags(commitment, language),
        detail=_detail(commitment, today, language),
        amount=amount_words(commitment, language),
    )


def due_words(commitment: Commitment, today: date, language: Language) -> str:
    """When a pending promise is due: the days it is late, today, or the day."""
    late = late_words(commitment, today, language)
    if late:
        return late
    if commitment.due_on is None:
        return language.tr("no date")
    return language.tr("Due today") if commitment.due_on == today else language.formats.day(commitment.due_on, today)


def amount_words(commitment: Commitment, language: Language) -> str:
    """What was promised in money; empty where it is something else."""
    amount = commitment.amount_minor
    return "" if amount is None else language.formats.money(amount, commitment.currency)


def still_open(commitments: Iterable[Commitment], today: date, language: Language, *, most: int = 5) -> tuple[str, ...]:
    """What is pending on both sides, a line each; the last line says how many more than ``most`` there are."""
    pending = [one for one in commitments if one.is_pending]
    lines = []
    for one in [one for direction in Direction for one in in_order(pending, direction)][:most]:
        told = words(one, today, language)
        promise = " · ".join(part for part in (in_one_line(one.text), told.amount, told.due) if part)
        lines.append(language.tr("{side}: {promise}", side=language.tr(one.direction.label), promise=promise))
    left = len(pending) - most
    return (*lines, language.tr_n("and {n} more", "and {n} more", left)) if left > 0 else tuple(lines)


def _due(one: Commitment, today: date, language: Language) -> tuple[str, str]:
    formats = language.formats
    if one.status is CommitmentStatus.FULFILLED:
        if one.fulfilled_on is None:
            return language.tr("Kept"), "success-text"
        return language.tr("Kept {day}", day=formats.day_short(one.fulfilled_on)), "success-text"
    if one.status is CommitmentStatus.WITHDRAWN:
        return language.tr(one.status.label), "ink-3"
    colour = "danger-text" if one.is_late(today) else "warning-text" if one.due_on == today else "ink-3"
    return due_words(one, today, language), colour


def _flags(one: Commitment, language: Language) -> tuple[Flag, ...]:
    flags = []
    if one.is_unauthorised:
        flags.append(Flag(language.tr("Not authorised"), "danger"))
    if one.status in {CommitmentStatus.DISPUTED, CommitmentStatus.DRAFT}:
        flags.append(Flag(language.tr(one.status.label), "warning"))
    if one.is_pending and one.evidence is Evidence.NONE:
        flags.append(Flag(language.tr("No evidence"), "warning"))
    return tuple(flags)


def _detail(one: Commitment, today: date, language: Language) -> str:
    parts = [_people(one, language)]
    if one.evidence is not Evidence.NONE:
        label = language.tr(one.evidence.label)
        parts.append(
            language.tr("{evidence}: {note}", evidence=label, note=one.evidence_note) if one.evidence_note else label
        )
    if one.authority is Authority.APPROVED and one.direction is Direction.OURS:
        parts.append(_approval(one, today, language))
    parts.append(in_one_line(one.outcome_note))
    return " · ".join(part for part in parts if part)


def _people(one: Commitment, language: Language) -> str:
    if one.promised_by and one.promised_to:
        return language.tr("{by} to {to}", by=one.promised_by, to=one.promised_to)
    if one.promised_by:
        return language.tr("by {name}", name=one.promised_by)
    return language.tr("to {name}", name=one.promised_to) if one.promised_to else ""


def _approval(one: Commitment, today: date, language: Language) -> str:
    if not one.approved_by:
        return language.tr(one.authority.label)
    if one.approved_on is None:
        return language.tr("approved by {name}", name=one.approved_by)
    day = language.formats.relative_day(one.approved_on, today)
    return language.tr("approved by {name}, {day}", name=one.approved_by, day=day)
