"""Checking the data: what ``check`` reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from channel_desk.i18n import mark
from channel_desk.storage.queries import health
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.store import Store

#: Every finding in words; ``{n}`` is how many.
FINDINGS: Final[dict[str, str]] = {
    "page_damaged": mark("{n} pages of the file are damaged. Put your last copy of the whole folder in its place."),
    "structure_broken": mark(
        "The structure of the file is broken in {n} places. Put your last copy of the whole folder in its place."
    ),
    "reference_broken": mark("{n} entries refer to something that is gone."),
    health.INDEX_FINDING: mark("The search had lost track of {n} entries. Its index was made anew."),
    "visit_closed_without_verdict": mark("{n} closed visits have no verdict or no next step."),
    "visit_times_reversed": mark("{n} visits end before they start."),
    "commitment_fulfilled_without_proof": mark("{n} fulfilled promises have no date or no proof."),
    "distributor_without_name": mark("{n} distributors have no name."),
}


@dataclass(frozen=True)
class CheckReport:
    """The revision of the schema, and ``(code, how many)`` of what was found."""

    schema: str
    findings: tuple[tuple[str, int], ...]

    @property
    def ok(self) -> bool:
        return not self.findings


def check_and_mend(store: Store) -> CheckReport:
    """As :func:`check_data`; a search index that lost something is made anew from the rest of the file."""
    report = store.read(check_data)
    if any(code == health.INDEX_FINDING for code, _ in report.findings):
        store.renew_search()
    return report


def check_data(reader: Reader) -> CheckReport:
    """Look at every page, reference and rule; reads the whole file."""
    return CheckReport(health.schema_revision(reader), tuple(health.findings(reader)))
