"""The timeline of a distributor: what comes next, then what happened, by month, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from channel_desk.domain.commitments import Commitment, CommitmentStatus, Direction, late_words
from channel_desk.domain.lines import DistributorFile
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import TOOK_PLACE, Visit, VisitStatus
from channel_desk.i18n import Language


@dataclass(frozen=True)
class Entry:
    """One event. ``page`` and ``id`` say what it opens; no page, nothing to open."""

    #: What happened and to which record: no other entry of the file has the same.
    key: tuple[str, int]
    at: datetime
    day: str
    icon: str
    text: str
    detail: str = ""
    is_late: bool = False
    page: str = ""
    id: int = 0


@dataclass(frozen=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


def timeline(file: DistributorFile, *, now: datetime, zone: tzinfo, language: Language) -> tuple[Section, ...]:
    """Sections with something in them: the things to come by date, then the months, newest first."""
    writer = _Writer(now.astimezone(zone), zone, language)
    coming: list[Entry] = []
    past: list[Entry] = []
    for visit in file.visits:
        if visit.status is not VisitStatus.CANCELLED:
            ahead = visit.status is VisitStatus.RUNNING or (visit.starts_at >= now and visit.status not in TOOK_PLACE)
            (coming if ahead else past).append(writer.visit(visit))
    for session in file.sessions:
        (coming if session.starts_at >= now else past).append(writer.session(session))
    for commitment in file.commitments:
        for entry in writer.promise(commitment):
            (coming if entry.at.date() >= writer.today else past).append(entry)
    sections = []
    if coming:
        ordered = sorted(coming, key=lambda one: (one.at, one.text))
        sections.append(Section(language.tr("Coming up"), tuple(ordered)))
    past.sort(key=lambda one: (one.at, one.text), reverse=True)
    sections.extend(_months(past, writer.today, language))
    return tuple(sections)


def _months(entries: list[Entry], today: date, language: Language) -> Iterator[Section]:
    months: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        months.setdefault((entry.at.year, entry.at.month), []).append(entry)
    for (year, _month), found in months.items():
        day = found[0].at.date()
        formats = language.formats
        yield Section(formats.month_short(day) if year == today.year else formats.month(day), tuple(found))


class _Writer:
    """Puts records into words."""

    def __init__(self, now: datetime, zone: tzinfo, language: Language) -> None:
        self.today = now.date()
        self._zone = zone
        self._language = language

    def visit(self, visit: Visit) -> Entry:
        tr = self._language.tr
        start = visit.starts_at.astimezone(self._zone)
        if visit.verdict is not None:
            text = tr("Visit: {verdict}", verdict=tr(visit.verdict.label))
        elif start.date() < self.today:
            text = tr("Visit: not written up")
        else:
            about = visit.subject or tr(visit.purpose.label)
            text = tr("{time} visit: {subject}", time=self._language.formats.time(start), subject=about)
        detail = visit.summary or visit.verdict_reason or visit.result_wanted or visit.place
        icon = "map-pin" if visit.verdict is not None else "calendar"
        return Entry(
            ("visit", visit.id),
            start,
            self._day(start.date()),
            icon,
            text,
            _one_line(detail),
            page="visit",
            id=visit.id,
        )

    def session(self, session: TrainingSession) -> Entry:
        language = self._language
        start = session.starts_at.astimezone(self._zone)
        text = language.tr("Training: {title}", title=session.title)
        people = session.head_count
        detail = session.audience if not people else language.tr_n("{n} person", "{n} people", people)
        return Entry(
            ("session", session.id),
            start,
            self._day(start.date()),
            "graduation-cap",
            text,
            _one_line(detail),
            page="session",
            id=session.id,
        )

    def promise(self, one: Commitment) -> Iterator[Entry]:
        """Made, and kept; a pending one stands where it is due."""
        tr = self._language.tr
        whose = tr("Our promise") if one.direction is Direction.OURS else tr("Their promise")
        if one.is_pending and one.due_on is not None:
            late = late_words(one, self.today, self._language)
            detail = tr("{whose} · {state}", whose=whose, state=late or tr("due"))
            icon = "circle-alert" if late else "flag"
            yield self._promised(("due", one.id), one.due_on, icon, one.text, detail, is_late=bool(late))
        elif one.status is CommitmentStatus.FULFILLED and one.fulfilled_on is not None:
            detail = tr("{whose} · {state}", whose=whose, state=tr("kept"))
            yield self._promised(("kept", one.id), one.fulfilled_on, "circle-check", one.text, detail)
        if (
            one.promised_on is not None
            and one.promised_on < self.today
            and one.status is not CommitmentStatus.WITHDRAWN
        ):
            detail = tr("{whose} · {state}", whose=whose, state=tr("made"))
            yield self._promised(("made", one.id), one.promised_on, "handshake", one.text, detail)

    def _promised(
        self, key: tuple[str, int], day: date, icon: str, text: str, detail: str, *, is_late: bool = False
    ) -> Entry:
        at = datetime.combine(day, time.min, self._zone)
        return Entry(key, at, self._day(day), icon, _one_line(text), detail, is_late)

    def _day(self, day: date) -> str:
        """Narrow: the word for the next days, else day and month."""
        if abs((day - self.today).days) <= 1:
            return self._language.formats.relative_day(day, self.today)
        return self._language.formats.day_short(day)


def _one_line(text: str) -> str:
    return " ".join(text.split())
