"""The list of training sessions: what each line says, and which come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from channel_desk.domain.lines import SessionLine
from channel_desk.i18n import LANGUAGES, Language
from channel_desk.i18n.formats import Formats

#: The clock time at which a new session begins, in minutes after midnight, and its length.
NEW_STARTS: int = 14 * 60
NEW_MINUTES: int = 180
#: A new session is planned a week ahead until another day is chosen.
NEW_IN_DAYS: int = 7


@dataclass(frozen=True)
class SessionRow:
    """One session as it is shown; ``id`` is 0 in the heading of a group, whose words are in ``title``."""

    id: int
    title: str
    distributor: str = ""
    tier: str = ""
    day: str = ""
    times: str = ""
    place: str = ""
    people: str = ""
    slides: str = ""
    is_past: bool = False

    @property
    def is_heading(self) -> bool:
        return self.id == 0

    @property
    def spoken(self) -> str:
        """The line as assistive technology reads it."""
        parts = (self.title, self.distributor, self.day, self.times, self.place, self.people, self.slides)
        return ", ".join(part for part in parts if part)


def session_rows(
    lines: Sequence[SessionLine], *, now: datetime, zone: tzinfo, language: Language
) -> tuple[SessionRow, ...]:
    """The next session first, those gone by below, the latest first; a heading above each group that is not empty."""
    coming = sorted((line for line in lines if line.session.ends_at >= now), key=lambda line: line.session.starts_at)
    past = sorted(
        (line for line in lines if line.session.ends_at < now), key=lambda line: line.session.starts_at, reverse=True
    )
    rows: list[SessionRow] = []
    for heading, group in ((language.tr("Coming"), coming), (language.tr("Past"), past)):
        if group:
            rows.append(SessionRow(0, heading))
            rows += [_row(line, now, zone=zone, language=language, is_past=group is past) for line in group]
    return tuple(rows)


def _row(line: SessionLine, now: datetime, *, zone: tzinfo, language: Language, is_past: bool) -> SessionRow:
    session, formats = line.session, language.formats
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    people = session.head_count
    return SessionRow(
        id=session.id,
        title=session.title,
        distributor=line.distributor.display_name,
        tier=str(line.distributor.tier or ""),
        day=formats.day(start.date(), now.astimezone(zone).date()),
        times=formats.time_range(start, end),
        place=session.place,
        people=language.tr_n("{n} person", "{n} people", people) if people else "",
        slides=language.tr_n("{n} slide", "{n} slides", line.slides) if line.slides else language.tr("no slides"),
        is_past=is_past,
    )


def session_when(start: datetime, end: datetime, formats: Formats, *, short: bool = False) -> str:
    """Day and times of a session, both local: "Tue 22 Sep 14:00–17:00"; ``short`` leaves out when it ends."""
    return " ".join((formats.day(start.date()), formats.time(start) if short else formats.time_range(start, end)))


def new_session_day(now: datetime) -> datetime:
    """The day that a new session starts from: a week ahead, on a working day."""
    day = now + timedelta(days=NEW_IN_DAYS)
    return day - timedelta(days=max(0, day.weekday() - 4))


def deck_languages() -> list[tuple[str, str]]:
    """The languages a deck can be in, by code and their own name, in the order of the briefs."""
    return list(LANGUAGES.items())
