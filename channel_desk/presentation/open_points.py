"""What is still open, a line each: promises of both sides, and visits that are not written up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from channel_desk.domain.commitments import Direction
from channel_desk.domain.lines import CommitmentLine
from channel_desk.i18n import Language
from channel_desk.presentation.commitment_words import amount_words, due_words
from channel_desk.services.today import MOST_COUNTED, OpenFacts


def count_words(total: int, language: Language, *, listed: int = 0) -> str:
    """How many there are beside those ``listed``; "1,000+" where no more were counted."""
    words = language.formats.number(min(total, MOST_COUNTED) - listed)
    return f"{words}+" if total > MOST_COUNTED else words


class PromiseRow(NamedTuple):
    """One open promise."""

    commitment_id: int
    distributor_id: int
    due: str
    is_late: bool
    is_today: bool
    text: str
    detail: str
    amount: str
    is_unauthorised: bool


def promise_rows(lines: Sequence[CommitmentLine], today: date, language: Language) -> tuple[PromiseRow, ...]:
    """The rows of a list of promises, in the order given."""
    return tuple(_promise_row(line, today, language) for line in lines)


def _promise_row(line: CommitmentLine, today: date, language: Language) -> PromiseRow:
    one = line.commitment
    return PromiseRow(
        commitment_id=one.id,
        distributor_id=line.distributor.id,
        due=due_words(one, today, language),
        is_late=one.is_late(today),
        is_today=one.due_on == today,
        text=one.text,
        detail=_promise_detail(line, language),
        amount=amount_words(one, language),
        is_unauthorised=one.is_unauthorised,
    )


def _promise_detail(line: CommitmentLine, language: Language) -> str:
    one, name = line.commitment, line.distributor.display_name
    if one.is_unauthorised:
        return language.tr("{distributor} · not authorised", distributor=name)
    if one.direction is Direction.OURS and one.promised_to:
        return language.tr("{distributor} · to {person}", distributor=name, person=one.promised_to)
    if one.direction is Direction.THEIRS and one.promised_by:
        return language.tr("{distributor} · by {person}", distributor=name, person=one.promised_by)
    return name


class UnwrittenRow(NamedTuple):
    """``text`` is both in one, for those who listen."""

    visit_id: int
    name: str
    when: str
    text: str


def unwritten_rows(facts: OpenFacts, language: Language) -> tuple[UnwrittenRow, ...]:
    """Visits that still have to be written up, with when they were."""
    formats = language.formats
    rows = []
    for line in facts.unwritten:
        start = line.visit.starts_at.astimezone(facts.zone)
        day = formats.relative_day(start.date(), facts.today)
        near = (facts.today - start.date()).days <= 1
        when = language.tr("{day} {time}", day=day, time=formats.time(start)) if near else day
        name = line.distributor.display_name
        text = language.tr("{distributor} · {when}", distributor=name, when=when)
        rows.append(UnwrittenRow(line.visit.id, name, when, text))
    return tuple(rows)
