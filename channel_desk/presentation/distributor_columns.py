"""What a row of the list of distributors says, column by column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import IntEnum
from typing import Final

from channel_desk.domain.distributors import Status
from channel_desk.domain.import_fields import FIELDS
from channel_desk.i18n import Language, mark
from channel_desk.services.finding import DistributorLine
from channel_desk.storage.queries.distributor_list import Sort
from channel_desk.storage.queries.search_matches import Match, Source

NOTHING: Final = "–"


class Column(IntEnum):
    """The columns in their order; those at the right are dropped first where the window is narrow."""

    CHECK = 0
    NAME = 1
    CITY = 2
    TIER = 3
    STATUS = 4
    PROMISES = 5
    NEXT_VISIT = 6
    LAST_VISIT = 7


@dataclass(frozen=True)
class ColumnSpec:
    """``width`` in pixels, 0 stretches; ``falls`` says that the greatest value comes first."""

    width: int
    sort: Sort | None = None
    falls: bool = False
    at_right: bool = False


COLUMNS: Final[dict[Column, ColumnSpec]] = {
    Column.CHECK: ColumnSpec(44),
    Column.NAME: ColumnSpec(0, "name"),
    Column.CITY: ColumnSpec(92, "city"),
    Column.TIER: ColumnSpec(52, "tier"),
    Column.STATUS: ColumnSpec(104, "status"),
    Column.PROMISES: ColumnSpec(92, "late", falls=True, at_right=True),
    Column.NEXT_VISIT: ColumnSpec(104, "next_visit", at_right=True),
    Column.LAST_VISIT: ColumnSpec(120, "last_visit", falls=True, at_right=True),
}


def heads(language: Language) -> dict[Column, str]:
    """The words of the table head."""
    tr, tr_c = language.tr, language.tr_c
    return {
        Column.CHECK: "",
        Column.NAME: tr("Distributor"),
        Column.CITY: tr("City"),
        Column.TIER: tr_c("list", "Tier"),
        Column.STATUS: tr("Status"),
        Column.PROMISES: tr("Late / open"),
        Column.NEXT_VISIT: tr("Next visit"),
        Column.LAST_VISIT: tr("Last visit"),
    }


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The second line of a row: where the text was found outside the name. Only ``hit`` is searched for marks."""

    before: str
    hit: str
    after: str = ""

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.before, self.hit, self.after) if part)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, ready to paint. ``late`` is red when it is ours."""

    id: int
    name: str
    city: str
    tier: str
    status: str
    status_word: str
    late: str
    late_is_ours: bool
    open: str
    promises: str
    next_visit: str
    last_visit: str
    found: Whereabouts | None

    def text(self, column: int) -> str:
        """What a screen reader says of a cell."""
        if column == Column.NAME:
            return f"{self.name}, {self.found.text}" if self.found else self.name
        if column == Column.CITY:
            return self.city
        if column == Column.TIER:
            return self.tier
        if column == Column.STATUS:
            return self.status_word
        if column == Column.PROMISES:
            return self.promises
        if column == Column.NEXT_VISIT:
            return self.next_visit
        return self.last_visit if column == Column.LAST_VISIT else ""


#: What texts are called that have no field of their own in a file to import.
_OTHER_FIELDS: Final = {
    "extra": mark("Further details"),
}
_RECORDS: Final = {
    "visits": mark("Visit"),
    "answers": mark("Visit"),
    "expected_objections": mark("Expected objection"),
    "commitments": mark("Promise"),
    "training_sessions": mark("Training"),
}


class RowWriter:
    """Writes rows in one language. ``today`` and ``zone`` are those of the user."""

    def __init__(self, language: Language, zone: tzinfo, *, today: date) -> None:
        self._language = language
        self._zone = zone
        self._today = today
        self._status = {status: language.tr(status.label) for status in Status}

    def write(self, line: DistributorLine) -> ListRow:
        late = line.ours_late + line.theirs_late
        open_ = line.ours_open + line.theirs_open
        return ListRow(
            id=line.id,
            name=line.display_name,
            city=line.city,
            tier=line.tier.value if line.tier else "",
            status=line.status.value,
            status_word=self._status[line.status],
            late=str(late) if late else NOTHING,
            late_is_ours=bool(line.ours_late),
            open=str(open_) if open_ else NOTHING,
            promises=self._promises(line),
            next_visit=self._near(line.next_visit_at),
            last_visit=self._past(line.last_visit_at),
            found=self.whereabouts(line.match) if line.match else None,
        )

    def _promises(self, line: DistributorLine) -> str:
        if not (line.ours_open or line.theirs_open):
            return NOTHING
        return self._language.tr(
            "We owe: {ours_late} of {ours} late; they owe: {theirs_late} of {theirs} late",
            ours_late=line.ours_late,
            ours=line.ours_open,
            theirs_late=line.theirs_late,
            theirs=line.theirs_open,
        )

    def _near(self, moment: datetime | None) -> str:
        """A relative day up to a week, then the date."""
        if moment is None:
            return NOTHING
        day = moment.astimezone(self._zone).date()
        if 0 <= (day - self._today).days < 7:
            return self._language.formats.relative_day(day, self._today)
        return self._short(day)

    def _past(self, moment: datetime | None) -> str:
        return NOTHING if moment is None else self._short(moment.astimezone(self._zone).date())

    def _short(self, day: date) -> str:
        short = self._language.formats.day_short(day)
        if day.year == self._today.year:
            return short
        return self._language.tr("{day} {year}", day=short, year=day.year)

    def whereabouts(self, match: Match) -> Whereabouts:
        """What the second line of a row says about ``match``."""
        tr = self._language.tr
        if match.kind == "contacts":
            if match.field == "name":
                return Whereabouts(tr("Contact"), match.text, match.title)
            hit = _quoted(match) if match.source is Source.RECORD else match.text
            return Whereabouts(tr("Contact {name}", name=match.person) if match.person else tr("Contact"), hit)
        if match.kind == "distributors":
            if match.field == "name":
                return Whereabouts(self._language.tr_c("company", "Full name"), match.text)
            label = _OTHER_FIELDS.get(match.field) or (FIELDS[match.field].label if match.field in FIELDS else "")
            return Whereabouts(tr(label) if label else tr("Note"), match.text)
        day = match.on or (match.at.astimezone(self._zone).date() if match.at else None)
        return Whereabouts(tr(_RECORDS[match.kind]), _quoted(match), self._short(day) if day else "")


def _quoted(match: Match) -> str:
    return f"“{match.text}”"
