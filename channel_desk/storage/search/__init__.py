"""The search index over everything a distributor may be found by; SQLite's FTS5 only, see :mod:`.tables`."""

from channel_desk.storage.search.index import merge_idle, rebuild, reindex
from channel_desk.storage.search.query import search_ids

__all__ = ["merge_idle", "rebuild", "reindex", "search_ids"]
