"""What a page hands on to the one that is made in its place when the language changes."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

from channel_desk.ui.context import Context

T = TypeVar("T")


class _HandedOn(QObject):
    """Lives as long as the window. One value of a type: each page has a type of its own for what it hands on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: dict[type, object] = {}


def hand_on(ctx: Context, value: object) -> None:
    """Keep ``value`` for the page that is made next; it takes the place of an older one of its type."""
    (ctx.tasks.findChild(_HandedOn) or _HandedOn(ctx.tasks)).values[type(value)] = value


def take_over(ctx: Context, kind: type[T]) -> T | None:
    """What the page before this one handed on as a ``kind``, if anything; it is handed out once."""
    handed = ctx.tasks.findChild(_HandedOn)
    value = None if handed is None else handed.values.pop(kind, None)
    return value if isinstance(value, kind) else None
