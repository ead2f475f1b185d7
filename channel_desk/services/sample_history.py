"""Two years of visits for the sample: when they were, what was said, and what was promised and kept.

Visits keep the cadence of their tier (domain.md, section 11), lie on workdays without overlaps, and those of one day
lie in one province. Each distributor hears a story once; which ones fit is decided by its kind, status and the season.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from channel_desk.domain.checklists import ItemKind, Situation, Template, sections_for
from channel_desk.domain.commitments import Commitment, CommitmentStatus, Direction, Evidence
from channel_desk.domain.distributors import ChannelType, Status
from channel_desk.domain.record import DistributorId, VisitId
from channel_desk.domain.visits import Answer, AnswerState, Phase, Purpose, Verdict, Visit, VisitStatus
from channel_desk.services.sample_days import Days, chance_of, is_workday, workday_from

#: Days between two visits, by tier.
CADENCE: Final = {"A": 30, "B": 91, "C": 182}
#: How far back a relation goes that is not a partnership yet, and how often they meet then.
YOUNG: Final = {"prospect": (0, 30), "negotiating": (110, 35), "trial": (160, 38)}
#: How far back the records go.
PAST_DAYS: Final = 730
#: Before that the predecessor had the region.
HANDOVER_DAYS: Final = 425
#: Visits since then have notes in their checklists; the others since the handover are ticked.
NOTED_DAYS: Final = 75
#: Promises made before then are settled.
SETTLED_DAYS: Final = 45
#: When visits begin and how many minutes they take.
SLOTS: Final = (("9:00", 90), ("14:00", 90), ("16:00", 75), ("10:45", 60))
#: A day before the wanted one that fits is looked for this far.
_SEARCH_DAYS: Final = 21

_PROMISE_SHARE: Final = 0.4
_LATE_SHARE: Final = 0.24
_TEN_THOUSANDS: Final = re.compile(r"(\d+) 万元")
_NOTES_EACH: Final = 7
#: How many items of each part of a visit were ticked, of those that need no more than that.
_TICKED: Final = {Phase.BEFORE: 0.85, Phase.DURING: 0.6, Phase.AFTER: 0.75}
_TICKABLE: Final = frozenset({ItemKind.CHECK, ItemKind.TEXT})
_RATINGS: Final = {"supportive": (4, 5), "neutral": (3, 4), "critical": (2, 3)}


@dataclass(frozen=True)
class Told:
    """A past visit with what belongs to it; ``people`` are the names of those who were there."""

    code: str
    visit: Visit
    people: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    promises: tuple[Commitment, ...] = ()


@dataclass(frozen=True)
class _Call:
    """A visit before its story is known: to whom, on which day, at which slot, and when the next one follows."""

    row: Mapping[str, Any]
    home: DistributorId
    day: date
    slot: int
    following: date


@dataclass
class _Agenda:
    """Which days and hours are taken, and in which province."""

    _taken: dict[date, tuple[str, list[int]]] = field(default_factory=dict)

    def close(self, days: Iterable[date]) -> None:
        """Leave ``days`` to the visits that are there already: they lie in no province, so none is added to them."""
        self._taken.update((day, ("", [])) for day in days)

    def book(self, wanted: date, province: str) -> tuple[date, int]:
        """The nearest day up to ``wanted`` with an hour free in ``province``, and the number of its slot."""
        for back in range(_SEARCH_DAYS):
            day = wanted - timedelta(days=back)
            where, taken = self._taken.get(day, (province, []))
            if is_workday(day) and where == province and len(taken) < len(SLOTS):
                slot = chance_of(f"slot {wanted.toordinal()} {province}").choice(
                    [number for number in range(len(SLOTS)) if number not in taken]
                )
                self._taken[day] = (where, [*taken, slot])
                return day, slot
        raise ValueError(wanted)


class History:
    """Tells the past of every distributor; the same moment gives the same past."""

    def __init__(
        self,
        days: Days,
        persona: Mapping[str, str],
        texts: Mapping[str, Any],
        promises: Sequence[Mapping[str, Any]],
        checklist: Template,
    ) -> None:
        self.days, self.persona, self.texts, self.promises, self.checklist = days, persona, texts, promises, checklist
        self._agenda = _Agenda()
        self._told: Counter[str] = Counter()

    def tell(
        self,
        rows: Sequence[Mapping[str, Any]],
        home: Mapping[str, DistributorId],
        *,
        coming: Mapping[str, date],
        busy: Iterable[date],
    ) -> Iterator[Told]:
        """The past visits of all distributors; ``coming`` is the day of the next one, by distributor code.

        Nothing is told of the ``busy`` days, which have visits of their own.
        """
        self._agenda.close(busy)
        booked: dict[str, list[tuple[date, int]]] = {str(row["code"]): [] for row in rows}
        wanted = [(day, row) for row in rows for day in self._wanted(row)]
        for day, row in sorted(wanted, key=lambda one: (one[0], one[1]["code"]), reverse=True):
            booked[row["code"]].append(self._agenda.book(day, row["province"]))
        for row in rows:
            yield from self._of(row, home[row["code"]], sorted(booked[row["code"]]), coming.get(row["code"]))

    def _wanted(self, row: Mapping[str, Any]) -> Iterator[date]:
        """The days on which a visit was due, newest first."""
        chance = chance_of(f"days {row['code']}")
        reach, cadence = YOUNG.get(row["status"], (PAST_DAYS, CADENCE[row["tier"]]))
        back = int(row["last_visit"])
        while True:
            yield workday_from(self.days.today - timedelta(days=back), step=-1)
            # Looking for a free day may move a visit back by weeks; the next one must stay clear of it.
            back += max(_SEARCH_DAYS + 4, cadence + chance.randint(-4, 5))
            if back > reach:
                return

    def _of(
        self, row: Mapping[str, Any], home: DistributorId, booked: Sequence[tuple[date, int]], coming: date | None
    ) -> Iterator[Told]:
        heard: set[str] = set()
        for number, (day, slot) in enumerate(booked):
            left = len(booked) - 1 - number
            story = self._story(row, day, heard, number=number, left=left)
            heard.add(story["summary"])
            following = booked[number + 1][0] if left else coming or self._due(row, day)
            yield self._visit(_Call(row, home, day, slot, following), story)

    def _due(self, row: Mapping[str, Any], day: date) -> date:
        """When the next visit is due by the cadence; who is not a partner yet is seen more often."""
        _, cadence = YOUNG.get(row["status"], (PAST_DAYS, CADENCE[row["tier"]]))
        return workday_from(day + timedelta(days=cadence), step=1)

    def _story(
        self, row: Mapping[str, Any], day: date, heard: set[str], *, number: int, left: int
    ) -> Mapping[str, Any]:
        """What visit ``number`` was about, with as many to come as are ``left``."""
        last = self.texts["last_visits"].get(row["code"])
        if not left and last is not None:
            return dict(last)
        fitting = [
            story
            for story in self.texts["stories"]
            if story["summary"] not in heard and self._fits(story, row, day, is_new=number == 0)
        ]
        # The end of a relation is told once; a step that was due in days is not what is still ahead.
        fitting = [story for story in fitting if left == 1 or not story.get("before_last")]
        fitting = [story for story in fitting if left or "in" not in story] or fitting
        own = [story for story in fitting if row["code"] in story.get("codes", ())]
        chance = chance_of(f"story {row['code']} {number}")
        chosen: Mapping[str, Any] = min(
            own or fitting, key=lambda story: (self._told[story["summary"]], chance.random())
        )
        self._told[chosen["summary"]] += 1
        return chosen

    def _fits(self, story: Mapping[str, Any], row: Mapping[str, Any], day: date, *, is_new: bool) -> bool:
        is_young = row["status"] in YOUNG
        wants_first = is_young and is_new
        if (story["purpose"] == Purpose.FIRST.value) is not wants_first:
            return False
        if is_young and row["status"] not in story.get("statuses", ()) and not wants_first:
            return False
        return (
            row["status"] in story.get("statuses", (row["status"],))
            and row["channel_type"] in story.get("kinds", (row["channel_type"],))
            and row["code"] in story.get("codes", (row["code"],))
            and day.month in story.get("months", (day.month,))
            and (len(row["contacts"]) > 1 or not story.get("boss_away"))
        )

    def _visit(self, call: _Call, story: Mapping[str, Any]) -> Told:
        row, day = call.row, call.day
        chance = chance_of(f"visit {row['code']} {day.toordinal() - self.days.today.toordinal()}")
        clock_time, minutes = SLOTS[call.slot]
        starts_at = self.days.moment(day, clock_time)
        ends_at = starts_at + timedelta(minutes=minutes)
        words = self._words(row, chance)

        def text(key: str) -> str:
            return self.days.fill(str(story[key]), anchor=day, words=words, chance=chance)

        is_over = bool(story.get("none"))
        age = (self.days.today - day).days
        author = self.persona["predecessor" if age > HANDOVER_DAYS else "user_name"]
        low, high = _RATINGS[row["contacts"][0].get("attitude", "neutral")]
        closed_at = ends_at + timedelta(minutes=chance.randint(40, 240))
        visit = Visit(
            distributor_id=call.home,
            starts_at=starts_at,
            ends_at=ends_at,
            purpose=Purpose.of(story["purpose"]),
            status=VisitStatus.CLOSED,
            subject=text("subject"),
            place=row["address"] if age < PAST_DAYS // 2 else "",
            our_people=author,
            summary=text("summary"),
            interest=chance.randint(low, high),
            fit=chance.randint(3, 5),
            strength={"A": 5, "B": 4, "C": 2}[row["tier"]],
            verdict=Verdict.of(story["verdict"]),
            verdict_reason=text("reason"),
            next_step="" if is_over else text("next_step"),
            next_step_on=None if is_over else self._next_step_on(call, story),
            no_next_step=is_over,
            started_at=starts_at,
            closed_at=closed_at,
            created_at=starts_at - timedelta(days=chance.randint(2, 12)),
            updated_at=closed_at,
        )
        most = chance.randint(1, 3)
        answers = tuple(self._answers(visit, row, chance, has_notes=age < NOTED_DAYS)) if age < HANDOVER_DAYS else ()
        goes_on = age > SETTLED_DAYS and visit.verdict is not Verdict.STOP
        promises = tuple(self._promises(call, author, words, chance)) if goes_on else ()
        people = self._people(row, story, promises, most=most)
        return Told(row["code"], visit, people, answers, promises)

    def _people(
        self, row: Mapping[str, Any], story: Mapping[str, Any], promises: Sequence[Commitment], *, most: int
    ) -> tuple[str, ...]:
        """Who was there: those that the story names, else the first ``most`` of the file with all of whom it tells."""
        names = [str(person["name"]) for person in row["contacts"]]
        told = set(story.get("people", names[:most]))
        told |= {name for one in promises for name in (one.promised_by, one.promised_to)}
        if "{second}" in story["summary"]:
            told |= set(names[1:2])
        if story.get("boss_away"):
            told.discard(names[0])
        return tuple(name for name in names if name in told)

    def _next_step_on(self, call: _Call, story: Mapping[str, Any]) -> date:
        """As many days on as the story names, else the day of the visit that follows."""
        if "in" not in story:
            return call.following
        return workday_from(call.day + timedelta(days=story["in"]), step=1)

    def _words(self, row: Mapping[str, Any], chance: Random) -> dict[str, str]:
        names = [str(person["name"]) for person in row["contacts"]]
        boss = row["contacts"][0]
        suffix = "总" if "总" in str(boss["title"]) or boss["title"] == "CEO" else "老板"
        surname = names[0][:2] if names[0].startswith("欧阳") else names[0][0]
        known_as = names[0] if names[0].isascii() or " " in names[0] else surname + suffix
        return {
            "boss": known_as,
            "he": str(row.get("pronoun", "他")),
            "second": names[1] if len(names) > 1 else "内勤",
            "rival": chance.choice(self.texts["rivals"]),
            "staff": str(row["staff"]),
            "sellers": str(row["sales_people"]),
        }

    def _answers(self, visit: Visit, row: Mapping[str, Any], chance: Random, *, has_notes: bool) -> Iterator[Answer]:
        said = list(self._said(visit, row, chance)) if has_notes else []
        yield from said
        yield _answer(visit, 315, value=f"{visit.interest},{visit.fit},{visit.strength}")
        yield from self._ticked(visit, row, {one.code for one in said})

    def _ticked(self, visit: Visit, row: Mapping[str, Any], said: Collection[int]) -> Iterator[Answer]:
        """Most items that need no words, of those that such a visit asks for."""
        chance = chance_of(f"ticks {row['code']} {visit.starts_at.toordinal() - self.days.today.toordinal()}")
        situation = Situation(
            purpose=visit.purpose,
            channel_type=ChannelType.of(row["channel_type"]),
            status=Status.of(row["status"]),
            # A first visit has no last one whose next step could be asked for.
            open_things=frozenset() if visit.purpose is Purpose.FIRST else frozenset({"last_visit"}),
        )
        for section in sections_for(self.checklist, situation):
            for item in section.items:
                is_ticked = chance.random() < _TICKED[item.phase]
                if is_ticked and item.kind in _TICKABLE and not item.visit_field and item.code not in said:
                    yield _answer(visit, item.code)

    def _said(self, visit: Visit, row: Mapping[str, Any], chance: Random) -> Iterator[Answer]:
        notes: Mapping[str, Sequence[str]] = self.texts["answers"]
        for key in sorted(chance.sample(sorted(notes), _NOTES_EACH)):
            yield _answer(visit, int(key), note=chance.choice(notes[key]))
        if row.get("annual_sales_minor") and row["status"] in {"active", "at_risk"}:
            month = int(row["annual_sales_minor"] / 12 * chance.uniform(0.8, 1.15)) // 100000 * 100000
            yield _answer(visit, 209, value=str(month))

    def _promises(self, call: _Call, author: str, words: Mapping[str, str], chance: Random) -> Iterator[Commitment]:
        row, day = call.row, call.day
        if row["status"] in {"prospect", "negotiating"} or chance.random() > _PROMISE_SHARE:
            return
        fitting = [one for one in self.promises if row["channel_type"] in one.get("kinds", (row["channel_type"],))]
        said = chance.choice(fitting)
        due = workday_from(day + timedelta(days=said["days"]), step=1)
        person = str(row["contacts"][min(len(row["contacts"]), 2) - 1]["name"])
        ours = said["direction"] == Direction.OURS.value

        def text(key: str) -> str:
            return self.days.fill(str(said.get(key, "")), anchor=day, words=words, chance=chance)

        promise = Commitment(
            distributor_id=call.home,
            direction=Direction.OURS if ours else Direction.THEIRS,
            text=text("text"),
            promised_by=author if ours else person,
            promised_to=person if ours else author,
            promised_on=day,
            due_on=due,
            evidence=Evidence.of(said["evidence"]),
            evidence_note=text("evidence_note"),
            created_at=self.days.moment(day, "19:10"),
        )
        found = _TEN_THOUSANDS.search(promise.text) if said.get("amount") else None
        amount = int(found[1]) * 1_000_000 if found else None
        promise = replace(promise, amount_minor=amount)
        yield self._settled(promise, chance, made_on=day, due_on=due, proof=text("proof"), withdrawn=text("withdrawn"))

    def _settled(
        self, promise: Commitment, chance: Random, *, made_on: date, due_on: date, proof: str, withdrawn: str
    ) -> Commitment:
        """``promise`` with what became of it: kept, kept late, taken back, or still to come."""
        if withdrawn:
            done_on, status, note = due_on, CommitmentStatus.WITHDRAWN, withdrawn
        else:
            late = chance.randint(2, 24) if chance.random() < _LATE_SHARE else -chance.randint(0, 2)
            done_on = workday_from(due_on + timedelta(days=late), step=1 if late > 0 else -1)
            status, note = CommitmentStatus.FULFILLED, proof
        done_on = max(done_on, made_on)
        if done_on >= self.days.today:
            if due_on > self.days.today:
                return replace(promise, updated_at=promise.created_at)
            done_on = self.days.workday(-1)
        return replace(
            promise,
            status=status,
            fulfilled_on=done_on if status is CommitmentStatus.FULFILLED else None,
            outcome_note=note,
            updated_at=self._evening(done_on),
        )

    def _evening(self, day: date) -> datetime:
        return self.days.moment(day, "19:30")


def _answer(visit: Visit, code: int, *, value: str = "", note: str = "") -> Answer:
    """An answer to a visit that has no id yet."""
    at = visit.starts_at + timedelta(minutes=code % 60) if code < 300 else visit.closed_at
    return Answer(visit_id=VisitId(0), code=code, state=AnswerState.DONE, value=value, note=note, answered_at=at)
