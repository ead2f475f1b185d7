"""The change bus: tells everybody what a write has changed, and who asked for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """``changed(ChangeSet, initiator)``: the initiator asked for the write; it is None for Undo and Redo."""

    changed = Signal(object, object)
