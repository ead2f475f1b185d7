"""What a row of an import brings into the file of a distributor that is known: nothing there is ever emptied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from channel_desk.domain.cells import folded
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.import_fields import CONTACT_ATTRIBUTES
from channel_desk.domain.import_plan import ImportPlan, ImportRow, Verdict
from channel_desk.domain.import_problems import Problem
from channel_desk.domain.one_line import differing
from channel_desk.services.distributors import with_own_reason
from channel_desk.storage.reader import Reader

#: Files that are read at once.
_TOGETHER: Final = 500


@dataclass(frozen=True)
class FileUpdate:
    """What differs: fields of the distributor, people who are new, and fields of those who are there."""

    changes: Mapping[str, object]
    newcomers: tuple[Contact, ...]
    renewed: tuple[tuple[Contact, Mapping[str, object]], ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.newcomers or self.renewed)


def file_update(row: ImportRow, record: Distributor, people: Sequence[Contact]) -> FileUpdate:
    """What ``row`` would change in the file of ``record`` with its ``people``: tags grow, details are renewed."""
    changes: dict[str, Any] = with_own_reason(record, row.changes)
    if "tags" in changes:
        changes["tags"] = (*record.tags, *(tag for tag in changes["tags"] if tag not in record.tags))
    if "extra" in changes:
        changes["extra"] = _renewed(record.extra, changes["extra"])
    namesakes: dict[str, list[Contact]] = defaultdict(list)
    for contact in people:
        namesakes[folded(contact.name)].append(contact)
    newcomers, renewed = [], []
    for contact in row.contacts:
        known = namesakes[folded(contact.name)]
        if not known:
            newcomers.append(contact)
        elif given := differing(known[0], _given(contact)):
            renewed.append((known.pop(0), given))
        else:
            known.pop(0)
    return FileUpdate(differing(record, changes), tuple(newcomers), tuple(renewed))


def with_unchanged_skipped(reader: Reader, plan: ImportPlan) -> ImportPlan:
    """``plan`` with every update that would change nothing told as such."""
    updates = [row for row in plan.rows if row.verdict is Verdict.UPDATED and row.existing_id]
    unchanged = {row.row: _unchanged(row) for row in _without_change(reader, updates)}
    return replace(plan, rows=tuple(unchanged.get(row.row, row) for row in plan.rows)) if unchanged else plan


def _without_change(reader: Reader, updates: Sequence[ImportRow]) -> Iterable[ImportRow]:
    for start in range(0, len(updates), _TOGETHER):
        rows = updates[start : start + _TOGETHER]
        ids = {row.existing_id for row in rows}
        records: dict[int, Distributor] = {record.id: record for record in reader.all(Distributor, id=ids)}
        people: dict[int, list[Contact]] = defaultdict(list)
        for contact in reader.all(Contact, distributor_id=ids):
            people[contact.distributor_id].append(contact)
        for row in rows:
            if not file_update(row, records[row.existing_id], people[row.existing_id]):
                yield row


def _unchanged(row: ImportRow) -> ImportRow:
    name = row.distributor.name if row.distributor else ""
    others = (one for one in row.problems if one.code != "contact_added")
    problems = (Problem(row.row, "", "unchanged", {"name": name}), *others)
    return replace(row, verdict=Verdict.SKIPPED, problems=problems)


def _renewed(present: tuple[tuple[str, str], ...], given: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Further details with those of the given headings replaced: of a balance only the latest counts."""
    headings = {heading for heading, _ in given}
    if tuple(one for one in present if one[0] in headings) == given:
        return present
    return (*(one for one in present if one[0] not in headings), *given)


def _given(contact: Contact) -> dict[str, Any]:
    """The fields of an imported person that say something."""
    values = {name: getattr(contact, name) for name in CONTACT_ATTRIBUTES}
    return {name: value for name, value in values.items() if value not in {None, ""}}
