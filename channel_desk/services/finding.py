"""Finding distributors by anything that is known of them; light, so that the first rows need only the driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from channel_desk.storage.queries import distributor_list
from channel_desk.storage.queries.distributor_list import (
    PAGE,
    DistributorLine,
    DistributorPreview,
    Facets,
    ListQuery,
    ListResult,
    View,
)
from channel_desk.storage.reader import Reader

__all__ = ["PAGE", "DistributorLine", "DistributorPreview", "Facets", "ListQuery", "ListResult", "View"]

#: So many are looked at before the best few are offered.
_TO_CHOOSE_FROM: Final = 60
#: Names that are looked at to know which characters are frequent.
_SAMPLE: Final = 300


@dataclass(frozen=True)
class Found:
    """The ids of all rows in order, and the first page of them ready to show."""

    result: ListResult
    lines: tuple[DistributorLine, ...]


def find_distributors(reader: Reader, query: ListQuery, *, limit: int = PAGE) -> Found:
    """The first rows for ``query``; ``result.complete`` says whether the other ids are known already."""
    result = distributor_list.first_ids(reader.raw, query, clock=reader.clock, limit=limit)
    lines = distributor_list.list_rows(reader.raw, result.ids[:limit], text=query.text, clock=reader.clock)
    return Found(result, lines)


def suggest(reader: Reader, text: str) -> Found:
    """Those to choose the best few from while a distributor is typed somewhere."""
    return find_distributors(reader, ListQuery(text=text), limit=_TO_CHOOSE_FROM)


def read_ahead(reader: Reader) -> None:
    """What the first key in the search would have to read, for a moment when nobody waits."""
    distributor_list.name_order(reader.raw)
    distributor_list.read_ahead(reader.raw)


def frequent_characters(reader: Reader) -> str:
    """The characters that most rows are written with, as far as some hundred of them tell."""
    ids = distributor_list.name_order(reader.raw).ids
    return distributor_list.frequent_characters(reader.raw, ids[:: len(ids) // _SAMPLE + 1])


def all_ids(reader: Reader, query: ListQuery) -> ListResult:
    """Every id for ``query``, in order."""
    return distributor_list.list_ids(reader.raw, query, clock=reader.clock)


def lines_of(reader: Reader, ids: tuple[int, ...], *, text: str = "") -> tuple[DistributorLine, ...]:
    """The rows of ``ids``, in their order; those that are gone are left out."""
    return distributor_list.list_rows(reader.raw, ids, text=text, clock=reader.clock)


def count_views(reader: Reader) -> dict[View, int]:
    """How many distributors each ready-made view holds."""
    return distributor_list.view_counts(reader.raw, clock=reader.clock)


def facets(reader: Reader) -> Facets:
    """What can be filtered by, with counts."""
    return distributor_list.facets(reader.raw)


def preview(reader: Reader, distributor_id: int) -> DistributorPreview | None:
    """What the pane beside the list shows."""
    return distributor_list.preview(reader.raw, distributor_id, clock=reader.clock)
