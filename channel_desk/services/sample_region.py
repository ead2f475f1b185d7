"""The region of the sample: files and people, visits past and to come, promises, training."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from channel_desk.domain.checklist_files import load_template
from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction, Evidence
from channel_desk.domain.contacts import Attitude, Contact, DecisionRole
from channel_desk.domain.distributors import ChannelType, Distributor, Level, OwnerLevel, Status, Tier
from channel_desk.domain.record import CommitmentId, ContactId, DistributorId, SessionId, VisitId
from channel_desk.domain.training import Layout, Slide, TrainingKind, TrainingSession
from channel_desk.domain.visits import (
    Answer,
    AnswerState,
    ExpectedObjection,
    ObjectionKind,
    Participant,
    Purpose,
    Stance,
    Visit,
    VisitStatus,
)
from channel_desk.domain.words import Word
from channel_desk.services.sample_days import Days, chance_of
from channel_desk.services.sample_history import History, Told

W = TypeVar("W", bound=Word)

#: When the visits of a day begin; the next visit takes the first of them that is not over.
TODAYS_TIMES = ("9:30", "14:00", "16:15")
SHORTEST_TALK = timedelta(minutes=30)
_LIKE_THE_FILE = frozenset(
    {"code", "name", "short_name", "former_name", "legal_person", "licence_no", "province", "city", "district",
     "address", "latitude", "longitude", "territory", "status_reason", "phone", "stores", "outlets", "staff",
     "sales_people", "vehicles", "warehouse_m2", "other_brands", "industries", "decision_chain", "habits",
     "lead_source", "contract_territory", "annual_sales_minor", "credit_limit_minor", "terms_days", "note"}
)  # fmt: skip


@dataclass
class SampleRecords:
    """All records. Their ids are temporary: they name each other by them until they are stored."""

    distributors: list[Distributor] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    objections: list[ExpectedObjection] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    sessions: list[TrainingSession] = field(default_factory=list)
    slides: list[Slide] = field(default_factory=list)


def read_texts(resources: Path, name: str) -> Any:
    """The texts of ``resources/sample/<name>.json``."""
    return json.loads((resources / "sample" / f"{name}.json").read_text("utf-8"))


def _word(kind: type[W], value: str | None) -> W | None:
    return None if value is None else kind.of(value)


class Region:
    """Builds the records step by step: files and people, visits past and to come, promises, training."""

    def __init__(self, resources: Path, days: Days) -> None:
        self.days = days
        self.read: Callable[[str], Any] = lambda name: read_texts(resources, name)
        self.persona: dict[str, str] = self.read("persona")
        self.checklist = load_template(resources / "checklists")
        self.rows: list[dict[str, Any]] = self.read("distributors")
        self.records = SampleRecords()
        self.home: dict[str, DistributorId] = {}
        self.people: dict[str, dict[str, ContactId]] = {}
        #: The last visit that was held, by distributor code.
        self.last: dict[str, Visit] = {}

    def build(self) -> SampleRecords:
        for row in self.rows:
            self._distributor(row)
        self._visits()
        self._commitments()
        for row in self.read("training"):
            self._session(row)
        return self.records

    # -- files and people --------------------------------------------------------------------------------------------

    def _distributor(self, row: Mapping[str, Any]) -> None:
        code = str(row["code"])
        home = self.home[code] = DistributorId(len(self.records.distributors) + 1)
        status, today = Status.of(row["status"]), self.days.today
        has_contract = status in {Status.ACTIVE, Status.AT_RISK} and row["level"] != "second_tier"
        began = self.days.moment(self.days.shifted(today, -750 + len(self.home)), "18:20")
        upstream = next((one["short_name"] for one in self.rows if one["code"] == row.get("upstream")), None)
        self.records.distributors.append(
            Distributor(
                id=home,
                **{key: value for key, value in row.items() if key in _LIKE_THE_FILE},
                country="中国",
                region=self.persona["region"],
                founded_on=date.fromisoformat(row["founded_on"]),
                channel_type=_word(ChannelType, row["channel_type"]),
                level=_word(Level, row["level"]),
                tier=_word(Tier, row["tier"]),
                status=status,
                owner=self.persona["user_name"],
                owner_level=_word(OwnerLevel, row["owner_level"]),
                since_on=self._since(row),
                contract_from=date(today.year, 1, 1) if has_contract else None,
                contract_to=date(today.year, 12, 31) if has_contract else None,
                tags=tuple(row.get("tags", ())),
                extra=() if upstream is None else (("上级", upstream),),
                confirmed_on=self.days.shifted(today, -row.get("confirmed", 90)),
                created_at=began,
                updated_at=began,
            )
        )
        names = self.people[code] = {}
        for position, person in enumerate(row["contacts"]):
            names[person["name"]] = ContactId(len(self.records.contacts) + 1)
            self.records.contacts.append(self._contact(person, home, names[person["name"]], position))

    def _since(self, row: Mapping[str, Any]) -> date | None:
        """A year for the old partners, days from today for those on trial, nothing for those not won yet."""
        since = row.get("since")
        if isinstance(since, int):
            return date(since, chance_of(str(row["code"])).randint(1, 9), 1)
        return None if since is None else self.days.at(since)

    def _contact(self, row: Mapping[str, Any], home: DistributorId, own: ContactId, position: int) -> Contact:
        born = str(row.get("birthday", ""))
        plain = ("name", "title", "phone", "chat_id", "email", "interests", "wants", "approach", "note")
        return Contact(
            id=own,
            distributor_id=home,
            **{key: row[key] for key in plain if key in row},
            decision_role=_word(DecisionRole, row.get("decision_role")),
            attitude=_word(Attitude, row.get("attitude")),
            birthday_on=self._birthday(born.rstrip("L")) if born else None,
            birthday_lunar=born.endswith("L"),
            position=position,
        )

    def _birthday(self, written: str) -> date:
        """``1971-04-06``, or ``+9/1984``: nine days from today, born in 1984."""
        if "/" not in written:
            return date.fromisoformat(written)
        offset, year = written.split("/")
        day = self.days.today + timedelta(days=int(offset))
        return date(int(year), day.month, min(day.day, 28) if day.month == 2 else day.day)

    # -- visits ------------------------------------------------------------------------------------------------------

    def _visits(self) -> None:
        planned = self.read("visits")
        times = self._times(planned)
        coming = {
            row["distributor"]: start.astimezone(self.days.zone).date()
            for row, (start, _) in zip(planned, times, strict=True)
        }
        history = History(
            self.days, self.persona, self.read("histories"), self.read("commitments")["past"], self.checklist
        )
        busy = {start.astimezone(self.days.zone).date() for start, _ in times}
        told: list[tuple[datetime, str, Told | Mapping[str, Any]]] = [
            (one.visit.starts_at, one.code, one) for one in history.tell(self.rows, self.home, coming=coming, busy=busy)
        ]
        told += [(start, row["distributor"], row) for row, (start, _) in zip(planned, times, strict=True)]
        ends = dict(times)
        for start, code, one in sorted(told, key=lambda entry: entry[0]):
            own = VisitId(len(self.records.visits) + 1)
            if isinstance(one, Told):
                self._told(own, one)
            else:
                self._planned(own, code, one, start, ends[start])

    def _times(self, planned: Iterable[Mapping[str, Any]]) -> list[tuple[datetime, datetime]]:
        """When each visit of the file begins and ends."""
        days = self.days
        first = days.workday(0)
        free = [days.moment(first, clock_time) for clock_time in TODAYS_TIMES]
        ahead = [moment for moment in free if moment > days.now]
        following = ahead[0] if ahead else days.moment(days.workday(1), TODAYS_TIMES[0])
        others = iter([moment for moment in free if moment != following])
        times = []
        for row in planned:
            when = str(row["when"])
            if when == "next":
                start = following
            elif when == "today":
                start = next(others)
            else:
                spec, clock_time = when.split(" ")
                start = days.moment(days.at(spec), clock_time)
            end = start + timedelta(minutes=row.get("minutes", 90))
            if start <= days.now < end:
                # What is to be written up is over: this talk ended a little early.
                end = days.now.replace(second=0, microsecond=0) - timedelta(minutes=days.now.minute % 5)
                start = min(start, end - SHORTEST_TALK)
            times.append((start, end))
        return times

    def _told(self, own: VisitId, told: Told) -> None:
        visit = replace(told.visit, id=own)
        self.records.visits.append(visit)
        if visit.status is VisitStatus.CLOSED:
            self.last[told.code] = visit
        self._join(own, [self.people[told.code][name] for name in told.people])
        self.records.answers += [replace(answer, visit_id=own) for answer in told.answers]
        self.records.commitments += [
            replace(promise, id=CommitmentId(len(self.records.commitments) + number), visit_id=own)
            for number, promise in enumerate(told.promises, start=1)
        ]

    def _planned(self, own: VisitId, code: str, row: Mapping[str, Any], starts_at: datetime, ends_at: datetime) -> None:
        status = VisitStatus.of(row.get("status", "planned"))
        if status is VisitStatus.PLANNED and starts_at <= self.days.now:
            status = VisitStatus.HELD
        text = self._texts(code)
        fields = ("place", "route", "appointment", "may_promise", "ask_first", "not_today", "subject")
        plain: dict[str, Any] = {key: text(row[key]) for key in fields if key in row}
        self.records.visits.append(
            Visit(
                id=own,
                distributor_id=self.home[code],
                starts_at=starts_at,
                ends_at=ends_at,
                purpose=Purpose.of(row["purpose"]),
                status=status,
                **plain,
                our_people=row.get("our_people", self.persona["user_name"]),
                result_wanted=text(row.get("result_wanted", "")),
                goals=tuple(text(goal) for goal in row.get("goals", ())),
                stance=_word(Stance, row.get("stance")),
                current_code=row.get("current_code"),
                started_at=None if status is VisitStatus.PLANNED else starts_at,
                created_at=min(self.days.now, starts_at) - timedelta(days=3),
                updated_at=min(self.days.now, ends_at),
            )
        )
        self._join(own, [self.people[code][name] for name in row.get("participants", ())])
        for entry in row.get("answers", ()):
            number, state, value, note = (*entry, "", "")[:4]
            at = starts_at - timedelta(days=1) if number < 200 else starts_at + timedelta(minutes=number % 100)
            self.records.answers.append(
                Answer(
                    visit_id=own,
                    code=number,
                    state=AnswerState.of(state),
                    value=value,
                    note=text(note),
                    answered_at=min(self.days.now, at),
                )
            )
        for position, one in enumerate(row.get("objections", ())):
            words: dict[str, Any] = {key: text(one[key]) for key in ("they_say", "ask_first", "answer", "bring")}
            kind = ObjectionKind.of(one["kind"])
            self.records.objections.append(ExpectedObjection(visit_id=own, kind=kind, position=position, **words))

    def _join(self, visit_id: VisitId, contact_ids: Iterable[ContactId]) -> None:
        self.records.participants += [Participant(visit_id=visit_id, contact_id=one) for one in contact_ids]

    def _texts(self, code: str) -> Callable[[str], str]:
        """Fills the texts about a distributor; days count from today."""
        days, last = self.days, self.last.get(code)
        day = days.today if last is None else last.starts_at.astimezone(days.zone).date()
        words = {"last": f"{day.month}-{day.day:02d}"}
        return lambda text: days.fill(text, anchor=days.today, words=words)

    # -- promises ----------------------------------------------------------------------------------------------------

    def _commitments(self) -> None:
        fresh = [self._commitment(row) for row in self.read("commitments")["open"]]
        every = sorted([*self.records.commitments, *fresh], key=lambda one: one.promised_on or date.min)
        self.records.commitments = [replace(one, id=CommitmentId(number)) for number, one in enumerate(every, start=1)]

    def _commitment(self, row: Mapping[str, Any]) -> Commitment:
        code, days = str(row["distributor"]), self.days
        text = self._texts(code)
        due = days.at(row["due"])
        visit = self.last.get(code) if row.get("last") else None
        promised = visit.starts_at.astimezone(days.zone).date() if visit else days.at(row.get("promised", "-10"))
        if promised > due:
            # The promise fell due before the last visit: it was made in an earlier talk.
            visit, promised = None, days.shifted(due, -30)
        done = row.get("done")
        return Commitment(
            distributor_id=self.home[code],
            visit_id=visit.id if visit else None,
            direction=Direction.of(row["direction"]),
            text=text(row["text"]),
            promised_by=row["by"],
            promised_to=row["to"],
            promised_on=promised,
            due_on=due,
            amount_minor=row.get("amount"),
            authority=Authority.of(row.get("authority", "within_limits")),
            approved_by=row.get("approved_by", ""),
            approved_on=days.at(row["approved"]) if "approved" in row else None,
            evidence=Evidence.of(row["evidence"]),
            evidence_note=text(row.get("evidence_note", "")),
            status=CommitmentStatus.of(row.get("status", "open")),
            fulfilled_on=days.at(done) if done else None,
            outcome_note=text(row.get("note", "")),
            created_at=days.moment(promised, "18:30"),
            updated_at=days.moment(promised, "18:30"),
        )

    # -- training ----------------------------------------------------------------------------------------------------

    def _session(self, row: Mapping[str, Any]) -> None:
        own, text = SessionId(len(self.records.sessions) + 1), self._texts(row["distributor"])
        spec, clock_time = str(row["when"]).split(" ")
        starts_at = self.days.moment(self.days.at(spec), clock_time)
        made = self.days.moment(self.days.workday(-2), "20:10")
        plain = ("title", "subtitle", "place", "trainer", "audience")
        self.records.sessions.append(
            TrainingSession(
                id=own,
                distributor_id=self.home[row["distributor"]],
                **{key: row[key] for key in plain},
                kind=TrainingKind.of(row["kind"]),
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=row["minutes"]),
                head_count=row["head_count"],
                brand=self.persona["brand"],
                created_at=made,
                updated_at=made,
            )
        )
        for position, slide in enumerate(row["slides"]):
            tables = tuple(
                (key, tuple(tuple(text(cell) for cell in cells) for cells in table))
                for key, table in slide["rows"].items()
            )
            self.records.slides.append(
                Slide(
                    session_id=own,
                    position=position,
                    layout=Layout.of(slide["layout"]),
                    kicker=slide["kicker"],
                    title=text(slide["title"]),
                    texts=tuple((key, text(words)) for key, words in slide["texts"].items()),
                    rows=tables,
                    notes=text(slide["notes"]),
                    minutes=slide["minutes"],
                )
            )
