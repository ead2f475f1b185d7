"""Python's own import, which PySide6 replaces."""

from __future__ import annotations

import builtins


def restore_import() -> None:
    """Load PySide6 and take its import back out of the way; call it before anything else is imported.

    PySide6's is there for ``from __feature__ import snake_case``, which nothing here uses. It reads the source of every
    module that is imported from then on, and keeps it.
    """
    import PySide6.QtCore  # noqa: F401 - loading it is what replaces the import

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
