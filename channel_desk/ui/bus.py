"""The change bus: tells everybody what a write has changed, and who asked for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """``changed(ChangeSet, initiator)``: the initiator is the QObject that asked for the write; None for Undo and Redo."""

    changed = Signal(object, object)
