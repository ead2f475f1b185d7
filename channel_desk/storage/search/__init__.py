"""The search index over everything a distributor may be found by; SQLite's FTS5 only, see :mod:`.tables`."""

from channel_desk.storage.search.index import merge_idle, rebuild, reindex
from channel_desk.storage.search.query import SearchHits, search_ids
from channel_desk.storage.search.tables import create_search_tables

__all__ = ["SearchHits", "create_search_tables", "merge_idle", "rebuild", "reindex", "search_ids"]
