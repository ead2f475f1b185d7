"""The card of the visit that runs or comes next: when, with whom, what for, how things stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Tier
from channel_desk.domain.visits import Phase, Stance, Visit, VisitStatus
from channel_desk.i18n import Language
from channel_desk.presentation.visit_wizard import Progress, Wizard
from channel_desk.services.today import DayFacts

#: Between two characters that stay on one line.
WORD_JOINER: Final = "\u2060"
#: People that are named of those who take part in a visit.
_PEOPLE: Final = 4
#: A Chinese name of at most so many characters is not broken at the end of a line.
_SHORT_NAME: Final = 4


class Fact(NamedTuple):
    """A figure with its label; ``remark`` beside it is bad news when ``is_late``."""

    label: str
    value: str
    remark: str = ""
    is_late: bool = False


class ComingVisit(NamedTuple):
    """The card of the next visit."""

    visit_id: int
    distributor_id: int
    is_running: bool
    caption: str
    time: str
    until: str
    place: str
    people: str
    tier: Tier | None
    name: str
    stance: Stance
    reason: str
    result: str
    facts: tuple[Fact, ...]
    #: How much of what the checklist asks before the visit is answered.
    preparation: Progress


def coming_visit(facts: DayFacts, language: Language) -> ComingVisit | None:
    """The visit that runs or comes next; None when none is planned."""
    brief = facts.coming
    if brief is None:
        return None
    visit, distributor = brief.visit, brief.distributor
    formats = language.formats
    start, end = visit.starts_at.astimezone(facts.zone), visit.ends_at.astimezone(facts.zone)
    running = visit.status is VisitStatus.RUNNING
    preparation = Wizard(brief).progress(Phase.BEFORE)
    return ComingVisit(
        visit_id=visit.id,
        distributor_id=distributor.id,
        is_running=running,
        caption=_caption(visit, facts, language),
        time=formats.time(start),
        until=language.tr("to {time}, {length}", time=formats.time(end), length=formats.duration(visit.length)),
        place=visit.place or formats.join([one for one in (distributor.city, distributor.district) if one]),
        people=named(brief.participants, language),
        tier=distributor.tier,
        name=distributor.name,
        stance=brief.stance.stance,
        reason=brief.stance.told(language),
        result=" ".join(visit.result_wanted.split()),
        facts=_facts(brief, facts, language),
        preparation=preparation,
    )


def named(contacts: Sequence[Contact], language: Language) -> str:
    """The first few by name, and how many more; a short Chinese name is not broken at the end of a line."""
    names = [
        one.name if one.name.isascii() or len(one.name) > _SHORT_NAME else WORD_JOINER.join(one.name)
        for one in contacts[:_PEOPLE]
    ]
    more = len(contacts) - _PEOPLE
    return language.formats.join([*names, f"+{more}"] if more > 0 else names)


def _caption(visit: Visit, facts: DayFacts, language: Language) -> str:
    formats = language.formats
    if visit.status is VisitStatus.RUNNING:
        begun = visit.began_at.astimezone(facts.zone)
        return language.tr("Running since {time}", time=formats.time(begun))
    day = visit.starts_at.astimezone(facts.zone).date()
    if day != facts.today:
        return language.tr("Next visit, {day}", day=formats.relative_day(day, facts.today))
    left = visit.starts_at - facts.now
    if left <= timedelta():
        return language.tr("Next visit, now")
    return language.tr("Next visit, in {time}", time=formats.duration(left))


def _facts(brief: BriefFacts, facts: DayFacts, language: Language) -> tuple[Fact, ...]:
    last = brief.last_visit
    if last is None:
        seen = Fact(language.tr("Last visit"), language.tr("none yet"))
    else:
        day = last.starts_at.astimezone(facts.zone).date()
        ago = (facts.today - day).days
        remark = language.tr_n("{n} day ago", "{n} days ago", ago) if ago > 1 else ""
        seen = Fact(language.tr("Last visit"), language.formats.day(day, facts.today), remark)
    return (
        _open_fact(language.tr("We owe them"), brief.ours, facts.today, language),
        _open_fact(language.tr("They owe us"), brief.theirs, facts.today, language),
        seen,
    )


def _open_fact(label: str, commitments: Sequence[Commitment], today: date, language: Language) -> Fact:
    late = [one.days_late(today) for one in commitments if one.is_late(today)]
    remark = language.tr_n("{n} late", "{n} late", len(late)) if late else ""
    return Fact(label, language.formats.number(len(commitments)), remark, is_late=bool(late))
