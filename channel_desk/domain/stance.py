"""Which stance suits a visit, and why, from the file's own facts (domain.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.visits import Purpose, Stance, Verdict, Visit
from channel_desk.i18n import Language, mark

#: Their promises late by more than this many days call for evidence and rules.
GUARDIAN_DAYS = 14
#: Without a visit for longer than this the relation is cooling.
COOLING_DAYS = 120


class StanceAdvice(NamedTuple):
    """A stance with its reason: a message with named placeholders and their values."""

    stance: Stance
    reason: str
    values: tuple[tuple[str, object], ...] = ()

    def told(self, language: Language) -> str:
        """The reason as a sentence of ``language``."""
        return language.tr(self.reason, **dict(self.values))


def seen_lately_from(day: date) -> date:
    """The first day of a last visit that on ``day`` is not yet long ago."""
    return day - timedelta(days=COOLING_DAYS)


def advise_stance(
    distributor: Distributor,
    visit: Visit,
    *,
    theirs: Sequence[Commitment],
    last_visit_on: date | None,
    last_verdict: Verdict | None = None,
    day: date,
) -> StanceAdvice:
    """The stance for ``visit`` on ``day``; the first rule that fits decides."""
    latest = max((commitment.days_late(day) for commitment in theirs), default=0)
    if distributor.status is Status.SUSPENDED:
        return StanceAdvice(Stance.GUARDIAN, mark("Supply is suspended: bring evidence, name the rules, stay correct."))
    if distributor.status is Status.ENDED:
        return StanceAdvice(Stance.GUARDIAN, mark("Cooperation has ended: settle what is still open, stay correct."))
    if latest > GUARDIAN_DAYS:
        return StanceAdvice(
            Stance.GUARDIAN,
            mark("A promise of theirs is {days} days late: agree on a date in writing."),
            (("days", latest),),
        )
    if distributor.status in {Status.PROSPECT, Status.NEGOTIATING, Status.TRIAL}:
        return StanceAdvice(Stance.SUITOR, mark("Not won yet: be attentive and prove what we bring."))
    if distributor.status is Status.AT_RISK:
        return StanceAdvice(Stance.SUITOR, mark("The relation is at risk: keep what we owe and show attention."))
    if last_visit_on is None:
        return StanceAdvice(
            Stance.SUITOR, mark("No visit is recorded yet: get to know them before asking for anything.")
        )
    if last_visit_on < seen_lately_from(day):
        return StanceAdvice(Stance.SUITOR, mark("Not seen for long: renew the contact before asking for anything."))
    if last_verdict is Verdict.STOP:
        return StanceAdvice(Stance.GUARDIAN, mark("Last verdict: stop. Settle what is open, promise nothing new."))
    if last_verdict is Verdict.TRAIN:
        return StanceAdvice(Stance.COACH, mark("Last verdict: train. Bring a concrete work plan for their people."))
    if visit.purpose is Purpose.TRAINING:
        return StanceAdvice(Stance.COACH, mark("Training is due: leave a concrete work plan behind."))
    return StanceAdvice(Stance.PARTNER, mark("A sound relation: plan together how they earn more."))
