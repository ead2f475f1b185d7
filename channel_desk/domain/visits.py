"""The visit: one record through three phases (domain.md, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from channel_desk.domain.record import ContactId, DistributorId, Record, VisitId
from channel_desk.domain.words import Word
from channel_desk.i18n import mark


class Purpose(Word):
    FIRST = "first", mark("First visit")
    ROUTINE = "routine", mark("Routine visit")
    PLAN = "plan", mark("Plan and targets")
    NEGOTIATION = "negotiation", mark("Negotiation")
    PROBLEM = "problem", mark("Solve a problem")
    COLLECTION = "collection", mark("Collect payment")
    TRAINING = "training", mark("Training")
    CARE = "care", mark("Care and greeting")


class VisitStatus(Word):
    PLANNED = "planned", mark("Planned")
    RUNNING = "running", mark("Running")
    HELD = "held", mark("To be written up")
    CLOSED = "closed", mark("Closed")
    CANCELLED = "cancelled", mark("Cancelled")


#: A visit that was begun has taken place; one whose time has passed may not have.
TOOK_PLACE: Final = frozenset({VisitStatus.RUNNING, VisitStatus.HELD, VisitStatus.CLOSED})


class Phase(Word):
    """The first digit of a checklist code is the phase's number."""

    BEFORE = "before", mark("Before")
    DURING = "during", mark("During")
    AFTER = "after", mark("After")

    @property
    def number(self) -> int:
        return list(Phase).index(self) + 1

    @classmethod
    def of_code(cls, code: int) -> Phase:
        """The phase that a three-digit checklist code belongs to."""
        return list(cls)[code // 100 - 1]


class Verdict(Word):
    PURSUE = "pursue", mark("Pursue")
    TRAIN = "train", mark("Train")
    KEEP_WARM = "keep_warm", mark("Keep warm")
    STOP = "stop", mark("Stop")


class AnswerState(Word):
    DONE = "done", mark("Done")
    NOT_APPLICABLE = "not_applicable", mark("Not applicable")


class ObjectionKind(Word):
    """The eight kinds (section 6)."""

    NEED = "need", mark("Need")
    MONEY = "money", mark("Money")
    AUTHORITY = "authority", mark("Authority")
    PRICE = "price", mark("Price")
    PRODUCT = "product", mark("Product")
    BRAND = "brand", mark("Brand")
    PROMOTION = "promotion", mark("Promotion")
    REWARD = "reward", mark("Reward")


class Stance(Word):
    """How to come to a visit (section 5)."""

    PARTNER = "partner", mark("Partner")
    SUITOR = "suitor", mark("Suitor")
    COACH = "coach", mark("Coach")
    GUARDIAN = "guardian", mark("Guardian")


SHORTEST = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """A planned, running or finished meeting. Times are aware UTC; ``starts_at`` is before ``ends_at``."""

    id: VisitId = VisitId(0)
    public_id: str = ""
    distributor_id: DistributorId
    starts_at: datetime
    ends_at: datetime
    purpose: Purpose = Purpose.ROUTINE
    status: VisitStatus = VisitStatus.PLANNED
    #: What it is about, in a few words; may be empty.
    subject: str = ""
    place: str = ""
    route: str = ""
    appointment: str = ""
    our_people: str = ""
    #: The one result that makes this visit worthwhile.
    result_wanted: str = ""
    goals: tuple[str, ...] = ()
    may_promise: str = ""
    ask_first: str = ""
    not_today: str = ""
    #: Chosen by hand; empty means the suggested one.
    stance: Stance | None = None
    template: str = "standard"
    template_version: int = 1
    #: The checklist item where work goes on when the wizard is opened again.
    current_code: int | None = None
    summary: str = ""
    interest: int | None = None
    fit: int | None = None
    strength: int | None = None
    verdict: Verdict | None = None
    verdict_reason: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    #: An explicit "none", so that nothing is left open by forgetting.
    no_next_step: bool = False
    started_at: datetime | None = None
    closed_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def began_at(self) -> datetime:
        """When it began in fact; as planned while nobody has begun it."""
        return self.started_at or self.starts_at

    @property
    def has_next_step(self) -> bool:
        """A dated next step, or an explicit none."""
        return self.no_next_step or (bool(self.next_step.strip()) and self.next_step_on is not None)

    @property
    def missing_to_close(self) -> tuple[str, ...]:
        """Field names that still keep the visit open: ``verdict``, ``verdict_reason``, ``next_step``."""
        missing = []
        if self.verdict is None:
            missing.append("verdict")
        if not self.verdict_reason.strip():
            missing.append("verdict_reason")
        if not self.has_next_step:
            missing.append("next_step")
        return tuple(missing)

    @property
    def is_open(self) -> bool:
        return self.status not in {VisitStatus.CLOSED, VisitStatus.CANCELLED}

    @property
    def is_movable(self) -> bool:
        """A closed visit happened when it happened."""
        return self.status is not VisitStatus.CLOSED

    def is_unwritten(self, now: datetime) -> bool:
        """Over, or written up in part, but not closed: it stays on the to-do list."""
        return self.is_open and (self.status is not VisitStatus.PLANNED or self.ends_at < now)

    def is_left_unwritten(self, now: datetime, zone: tzinfo) -> bool:
        """Unwritten, and no talk that takes longer than planned: that one goes on until its day is over."""
        is_talking = self.status is VisitStatus.RUNNING
        return self.is_unwritten(now) and not (
            is_talking and self.ends_at.astimezone(zone).date() >= now.astimezone(zone).date()
        )

    def is_coming(self, now: datetime, zone: tzinfo) -> bool:
        """Still to be held, or being held: planned and not over, or a talk that goes on."""
        if self.status is VisitStatus.RUNNING:
            return not self.is_left_unwritten(now, zone)
        return self.status is VisitStatus.PLANNED and not self.is_unwritten(now)


def can_be_next(day: date | None, today: date) -> bool:
    """Whether a next step can be planned for ``day``: from today on, or not dated yet."""
    return day is None or day >= today


@dataclass(frozen=True, kw_only=True)
class Participant(Record):
    """A contact who takes part in a visit."""

    visit_id: VisitId
    contact_id: ContactId


@dataclass(frozen=True, kw_only=True)
class Answer(Record):
    """What was answered to one checklist item; one a visit and code."""

    visit_id: VisitId
    code: int
    state: AnswerState | None = None
    #: A number, choice or rating as text, by the item's kind.
    value: str = ""
    note: str = ""
    answered_at: datetime | None = None

    @property
    def is_answered(self) -> bool:
        return self.state is not None or bool(self.value) or bool(self.note.strip())


@dataclass(frozen=True, kw_only=True)
class ExpectedObjection(Record):
    """An objection prepared for a visit, and how it went (section 6)."""

    visit_id: VisitId
    kind: ObjectionKind
    they_say: str = ""
    ask_first: str = ""
    answer: str = ""
    bring: str = ""
    raised: bool = False
    overcome: bool | None = None
    position: int = 0
