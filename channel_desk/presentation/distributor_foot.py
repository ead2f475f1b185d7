"""The sentence below the list of distributors."""

from __future__ import annotations

from channel_desk.i18n import Language
from channel_desk.services.finding import ListResult


def foot_text(language: Language, result: ListResult, *, of: int, text: str, narrowed: bool) -> tuple[str, str]:
    """How many rows are shown of all (``of``), and for a search where they were found."""
    shown, total = language.formats.number(result.total), language.formats.number(of)
    if text:
        said = language.tr_n(
            "{shown} of {total} matches “{text}”",
            "{shown} of {total} match “{text}”",
            result.total,
            shown=shown,
            total=total,
            text=text,
        )
        return said, _sources(language, result)
    if narrowed:
        return language.tr("{shown} of {total}", shown=shown, total=total), ""
    return language.tr_n("{shown} distributor", "{shown} distributors", result.total, shown=shown), ""


def _sources(language: Language, result: ListResult) -> str:
    named, contacts, in_file = result.source_counts
    tr = language.tr
    parts = (
        (named, tr("name or city {count}", count=named)),
        (contacts, tr("contacts {count}", count=contacts)),
        (in_file, tr("file {count}", count=in_file)),
    )
    return " · ".join(part for count, part in parts if count)
