"""Checking the data: what ``check`` reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from channel_desk.i18n import Language
from channel_desk.storage.queries import health
from channel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from channel_desk.storage.store import Store


def finding_words(code: str, n: int, language: Language) -> str:
    """The finding ``code`` as a sentence; ``n`` is how many."""
    tr_n = language.tr_n
    return {
        "page_damaged": tr_n(
            "{n} page of the file is damaged. Put your last copy of the whole folder in its place.",
            "{n} pages of the file are damaged. Put your last copy of the whole folder in its place.",
            n,
        ),
        "structure_broken": tr_n(
            "The structure of the file is broken in {n} place. Put your last copy of the whole folder in its place.",
            "The structure of the file is broken in {n} places. Put your last copy of the whole folder in its place.",
            n,
        ),
        "reference_broken": tr_n(
            "{n} entry refers to something that is gone.", "{n} entries refer to something that is gone.", n
        ),
        health.INDEX_FINDING: tr_n(
            "The search had lost track of {n} entry. Its index was made anew.",
            "The search had lost track of {n} entries. Its index was made anew.",
            n,
        ),
        "visit_closed_without_verdict": tr_n(
            "{n} closed visit has no verdict or no next step.", "{n} closed visits have no verdict or no next step.", n
        ),
        "visit_times_reversed": tr_n("{n} visit ends before it starts.", "{n} visits end before they start.", n),
        "commitment_fulfilled_without_proof": tr_n(
            "{n} kept promise has no date or no proof.", "{n} kept promises have no date or no proof.", n
        ),
        "distributor_without_name": tr_n("{n} distributor has no name.", "{n} distributors have no name.", n),
    }[code]


@dataclass(frozen=True)
class CheckReport:
    """The revision of the schema, ``(code, how many)`` of what was found, and whether the data is sound now."""

    schema: str
    findings: tuple[tuple[str, int], ...]
    ok: bool


def check_and_mend(store: Store) -> CheckReport:
    """As :func:`check_data`; a search index that lost something is made anew, and is told but no fault any more."""
    report = store.read(check_data)
    if all(code != health.INDEX_FINDING for code, _ in report.findings):
        return report
    store.renew_search()
    return replace(report, ok=store.read(check_data).ok)


def check_data(reader: Reader) -> CheckReport:
    """Look at every page, reference and rule; reads the whole file."""
    found = tuple(health.findings(reader))
    return CheckReport(health.schema_revision(reader), found, ok=not found)
