"""What Python itself does differently beside a window."""

from __future__ import annotations

import builtins
import gc
import sys

#: For how long a thread may keep the others waiting, in seconds. With Python's own 5 ms, each of the hundred times that
#: painting hands over to Qt and back cost as much while the worker was busy: the window stood still for a second.
TURN = 0.0005


def prepare_interpreter() -> None:
    """Call it before anything else of the window is imported.

    The collector of cycles does not start by itself any more; see :class:`~channel_desk.ui.collector.IdleCollector`.
    """
    gc.disable()
    sys.setswitchinterval(TURN)
    restore_import()


def restore_import() -> None:
    """Load PySide6 and take its import back out of the way.

    PySide6's is there for ``from __feature__ import snake_case``, which nothing here uses. It reads the source of every
    module that is imported from then on, and keeps it.
    """
    import PySide6.QtCore  # noqa: F401 - loading it is what replaces the import

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
