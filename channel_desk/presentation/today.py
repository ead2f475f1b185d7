"""What the page of the day says: words and places, worked out from the facts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Tier
from channel_desk.domain.lines import CommitmentLine, VisitLine
from channel_desk.domain.visits import Phase, Stance, Visit, VisitStatus
from channel_desk.i18n import Language
from channel_desk.presentation.calendar import Placed, hours_shown, place_days, week_days, week_of
from channel_desk.presentation.planner import conflicts
from channel_desk.presentation.visit_wizard import Progress, Wizard
from channel_desk.services.today import DayFacts, OpenFacts

MINUTES_AN_HOUR = 60
#: Between two characters that stay on one line.
WORD_JOINER = "\u2060"
#: People that are named of those who take part in a visit.
_PEOPLE = 4
_SHORT_NAME = 4


def days_ahead(today: date, *, starts_on: int) -> tuple[date, ...]:
    """Today and the rest of its week; on its last day the whole week that follows."""
    rest = tuple(day for day in week_days(week_of(today, starts_on=starts_on)) if day >= today)
    return rest if len(rest) > 1 else (today, *week_days(today + timedelta(days=1)))


@dataclass(frozen=True)
class Title:
    text: str
    remark: str


def title(today: date, visits_today: int, language: Language) -> Title:
    """The day in full, and how many visits it holds."""
    formats = language.formats
    text = language.tr("{weekday} {day}", weekday=formats.weekday_long(today), day=formats.day_short(today))
    if not visits_today:
        return Title(text, language.tr("No visits today"))
    return Title(text, language.tr_n("{n} visit today", "{n} visits today", visits_today))


# -- the line of the day -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayChip:
    """A visit on the line; ``start`` and ``end`` are minutes from midnight."""

    visit_id: int
    start: int
    end: int
    lane: int
    lanes: int
    tier: Tier | None
    name: str
    #: Everything in one sentence, for tooltips and screen readers.
    spoken: str
    is_over: bool


@dataclass(frozen=True)
class DayLine:
    """The hours from ``first`` to ``last``; ``now`` in minutes from midnight."""

    first: int
    last: int
    now: int
    chips: tuple[DayChip, ...]

    def share(self, minutes: float) -> float:
        """Where a minute of the day lies on the line, 0 at its left end and 1 at its right."""
        return (minutes / MINUTES_AN_HOUR - self.first) / (self.last - self.first)


def day_line(facts: DayFacts, language: Language, *, hours: tuple[int, int]) -> DayLine:
    """Today's visits on the hours of the working day, stretched where a visit lies outside."""
    placed = place_days(facts.visits, (facts.today,), facts.zone)[facts.today]
    first, last = hours_shown(placed, first=hours[0], last=hours[1])
    now = facts.now.astimezone(facts.zone)
    chips = tuple(_chip(one, facts.now, facts.zone, language) for one in placed)
    return DayLine(first, last, now.hour * MINUTES_AN_HOUR + now.minute, chips)


def _chip(placed: Placed, now: datetime, zone: tzinfo, language: Language) -> DayChip:
    visit, tag = placed.line.visit, placed.line.distributor
    formats = language.formats
    times = formats.time_range(visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone))
    words = [tag.display_name, times, language.tr(visit.purpose.label), visit.place or tag.city]
    return DayChip(
        visit_id=visit.id,
        start=placed.slot.start,
        end=placed.slot.end,
        lane=placed.lane,
        lanes=placed.lanes,
        tier=tag.tier,
        name=tag.display_name,
        spoken=formats.join([word for word in words if word]),
        is_over=not visit.is_open or visit.ends_at < now,
    )


# -- the next visit ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """A figure with its label; ``remark`` beside it is bad news when ``is_late``."""

    label: str
    value: str
    remark: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class ComingVisit:
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
    advised = brief.advice
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
        stance=visit.stance or advised.stance,
        reason=language.tr(advised.reason, **dict(advised.values)),
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
        begun = (visit.started_at or visit.starts_at).astimezone(facts.zone)
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


# -- promises ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PromiseRow:
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
    one, formats = line.commitment, language.formats
    late = one.days_late(today)
    if late:
        due = language.tr_n("{n} day late", "{n} days late", late)
    elif one.due_on is None:
        due = language.tr("no date")
    elif one.due_on == today:
        due = language.tr("Due today")
    else:
        due = formats.day(one.due_on, today)
    return PromiseRow(
        commitment_id=one.id,
        distributor_id=line.distributor.id,
        due=due,
        is_late=bool(late),
        is_today=one.due_on == today,
        text=one.text,
        detail=_promise_detail(line, language),
        amount="" if one.amount_minor is None else formats.money(one.amount_minor, one.currency),
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


# -- not written up, and the rest of the week --------------------------------------------------------------------------


@dataclass(frozen=True)
class UnwrittenRow:
    """``text`` is both in one, for those who listen."""

    visit_id: int
    name: str
    when: str
    text: str


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


@dataclass(frozen=True)
class WeekEntry:
    visit_id: int
    time: str
    name: str
    overlaps: bool


@dataclass(frozen=True)
class WeekDay:
    day: date
    text: str
    entries: tuple[WeekEntry, ...]


@dataclass(frozen=True)
class WeekAhead:
    title: str
    remark: str
    days: tuple[WeekDay, ...]


def week_ahead(facts: DayFacts, language: Language) -> WeekAhead:
    """The days after today with their visits, and how many overlap."""
    formats = language.formats
    placed, clashing = place_days(facts.visits, facts.days[1:], facts.zone), conflicts(facts.visits)
    days = []
    for day, slots in placed.items():
        entries = tuple(_week_entry(one.line, facts.zone, language, clashing) for one in slots)
        text = language.tr("{weekday} {number}", weekday=formats.weekday(day), number=day.day)
        days.append(WeekDay(day, text, entries))
    count = sum(len(day.entries) for day in days)
    clashes = sum(entry.overlaps for day in days for entry in day.entries)
    is_next = len(facts.days) > 7
    return WeekAhead(
        title=language.tr("Next week") if is_next else language.tr("Rest of the week"),
        remark=_week_remark(count, clashes, language),
        days=tuple(days),
    )


def _week_entry(line: VisitLine, zone: tzinfo, language: Language, clashing: Container[int]) -> WeekEntry:
    start = language.formats.time(line.visit.starts_at.astimezone(zone))
    return WeekEntry(line.visit.id, start, line.distributor.display_name, line.visit.id in clashing)


def _week_remark(count: int, clashes: int, language: Language) -> str:
    if not count:
        return language.tr("Nothing planned yet")
    visits = language.tr_n("{n} visit", "{n} visits", count)
    if not clashes:
        return visits
    overlaps = language.tr_n("{n} overlaps", "{n} overlap", clashes)
    return language.tr("{visits}, {overlaps}", visits=visits, overlaps=overlaps)
