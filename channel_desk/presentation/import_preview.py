"""What the page of an import says: the fields to choose from, samples of a column, and a line for each row."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from channel_desk.domain.cells import Cell, cell_text
from channel_desk.domain.import_fields import CONTACTS_IN_A_ROW, EXTRA, FIELDS, NOTHING, ROW_NUMBER, key_of
from channel_desk.domain.import_plan import ImportPlan, ImportRow, ImportTable, Verdict
from channel_desk.domain.import_problems import Problem, Severity
from channel_desk.i18n import Language, mark

#: Different values of a column that are shown.
_SAMPLES: Final = 3
#: Rows that are searched for them.
_LOOKED_AT: Final = 200
#: Rows that the headings can be chosen from, and how much of each is shown.
_ABOVE: Final = 50
_WORDS: Final = 60
_SEVERITIES: Final = list(Severity)


def field_choices(language: Language) -> tuple[tuple[str, str], ...]:
    """Everything a column can become, with its words."""
    tr = language.tr
    own = [(field.key, tr(field.label)) for field in FIELDS.values() if not field.of_contact]
    people = [
        (
            key_of(field, person),
            tr(field.label) if person == 1 else tr("{field} ({number})", field=tr(field.label), number=person),
        )
        for person in range(1, CONTACTS_IN_A_ROW + 1)
        for field in FIELDS.values()
        if field.of_contact
    ]
    others = [
        (EXTRA, tr("Keep under further details")),
        (ROW_NUMBER, tr("Row number, not imported")),
        (NOTHING, tr("Leave out")),
    ]
    return (*own, *people, *others)


def samples(table: ImportTable, index: int) -> str:
    """Some different values of a column, as they stand in the file."""
    found: dict[str, None] = {}
    for row in table.rows[:_LOOKED_AT]:
        text = cell_text(row[index]).strip() if index < len(row) and row[index] is not None else ""
        if text:
            found[" ".join(text.split())] = None
            if len(found) == _SAMPLES:
                break
    return " · ".join(found)


def heading_rows(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[int, str], ...]:
    """The rows that may hold the headings, each with its number and the words it begins with."""
    texts = [
        " · ".join(" ".join(text.split()) for text in map(cell_text, row) if text.strip()) for row in rows[:_ABOVE]
    ]
    filled = [(number, text) for number, text in enumerate(texts, 1) if text]
    below = filled if len(rows) > _ABOVE else filled[:-1]
    return tuple((number, f"{number}  {textwrap.shorten(text, _WORDS, placeholder='…')}") for number, text in below)


#: One line of the preview: a row of data, or a finding about a line that is none.
Entry = ImportRow | Problem


@dataclass(frozen=True)
class PlanEntries:
    """The lines of a plan in the order of the file; ``noted`` are the places of those with something to say.

    ``noted_rows`` is how many of these are rows: what is said of the whole file, as its encoding, is no row.
    """

    plan: ImportPlan
    entries: tuple[Entry, ...]
    noted: tuple[int, ...]
    noted_rows: int


def entries_of(plan: ImportPlan) -> PlanEntries:
    """Sort rows and findings together. Takes time for long files."""
    entries: list[Entry] = sorted((*plan.findings, *plan.rows), key=lambda one: one.row)
    noted = tuple(
        place
        for place, one in enumerate(entries)
        if isinstance(one, Problem) or one.problems or one.verdict in {Verdict.SKIPPED, Verdict.REJECTED}
    )
    return PlanEntries(plan, tuple(entries), noted, sum(entries[place].row > 0 for place in noted))


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line, ready to paint. ``mark`` is the verdict or, for a finding, empty; ``remarks`` are whole sentences."""

    row: str
    mark: str
    mark_word: str
    name: str
    details: str
    remarks: tuple[str, ...]
    severity: str

    @property
    def remark(self) -> str:
        """All remarks on one line."""
        return " ".join(self.remarks)


class LineWriter:
    """Writes preview lines in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._words: Mapping[Verdict, str] = {
            Verdict.CREATED: language.tr_c("verdict on a row", "New"),
            Verdict.UPDATED: language.tr_c("verdict on a row", "Update"),
            Verdict.SKIPPED: language.tr_c("verdict on a row", "Skip"),
            Verdict.REJECTED: language.tr_c("verdict on a row", "Reject"),
        }

    def word(self, verdict: Verdict) -> str:
        return self._words[verdict]

    def write(self, entry: Entry) -> PreviewLine:
        if isinstance(entry, Problem):
            row = str(entry.row) if entry.row else ""
            word = self._language.tr_c("verdict on a row", "Note")
            return PreviewLine(row, "", word, "", "", (self._sentence(entry),), entry.severity.value)
        problems = sorted(entry.problems, key=lambda one: _SEVERITIES.index(one.severity))
        return PreviewLine(
            row=str(entry.row),
            mark=entry.verdict.value,
            mark_word=self._words[entry.verdict],
            name=entry.distributor.name if entry.distributor else "",
            details=self._details(entry),
            remarks=tuple(self._sentence(one) for one in problems),
            severity=problems[0].severity.value if problems else "",
        )

    def _sentence(self, problem: Problem) -> str:
        message = problem.message(self._language)
        if not problem.column:
            return message
        return self._language.tr("{column}: {message}", column=problem.column, message=message)

    def _details(self, entry: ImportRow) -> str:
        """Town, first contact and a phone, enough to know the row again; and who else comes in with it."""
        distributor = entry.distributor
        parts: list[str] = [distributor.city] if distributor else []
        if entry.contacts:
            first, *others = entry.contacts
            parts += [first.name, first.phone, *(other.name for other in others)]
        elif distributor:
            parts.append(distributor.phone)
        return " · ".join(part for part in parts if part)


def counts_text(language: Language, counts: Mapping[Verdict, int], *, noted: int) -> str:
    """How many rows become what: "58 new · 3 skipped · 14 with remarks"."""
    parts = (
        (counts[Verdict.CREATED], mark("{count} new")),
        (counts[Verdict.UPDATED], mark("{count} to update")),
        (counts[Verdict.SKIPPED], mark("{count} skipped")),
        (counts[Verdict.REJECTED], mark("{count} rejected")),
        (noted, mark("{count} with remarks")),
    )
    number = language.formats.number
    return " · ".join(language.tr(text, count=number(count)) for count, text in parts if count)


def idle_text(language: Language, counts: Mapping[Verdict, int], *, updates: bool) -> str:
    """Why nothing would be imported, known distributors updated or not; empty when something would."""
    if counts[Verdict.CREATED] or counts[Verdict.UPDATED]:
        return ""
    if counts[Verdict.SKIPPED] and not updates:
        return language.tr("Nothing new here. “Update known distributors” takes over what differs.")
    if counts[Verdict.REJECTED] or not counts[Verdict.SKIPPED]:
        return language.tr("No row can be imported. The remarks say why.")
    return language.tr("No row says anything that your list does not have. The remarks say more.")


def next_sheet_text(language: Language, done: str, sheets: Sequence[str]) -> str:
    """That the sheet ``done`` came in, and which of the others with its headings is shown now, the first of them."""
    sheet, *others = sheets
    if not others:
        return language.tr("“{done}” is imported. Next: “{sheet}”, with the same headings.", done=done, sheet=sheet)
    return language.tr(
        "“{done}” is imported. Next: “{sheet}”, with the same headings; after it: {others}.",
        done=done,
        sheet=sheet,
        others=language.formats.join(others),
    )


def imported_text(language: Language, counts: Mapping[Verdict, int]) -> str:
    """The label of the step; what stayed out is told too."""
    number = language.formats.number
    done = counts[Verdict.CREATED] + counts[Verdict.UPDATED]
    imported = language.tr_n("{count} distributor imported", "{count} distributors imported", done, count=number(done))
    left = counts[Verdict.SKIPPED] + counts[Verdict.REJECTED]
    if not left:
        return imported
    return language.tr_n(
        "{imported}, {count} row left out",
        "{imported}, {count} rows left out",
        left,
        imported=imported,
        count=number(left),
    )
