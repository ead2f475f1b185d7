"""The week or month that is shown, with the visit in the pane: it outlives a change of language."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject

from channel_desk.presentation.calendar_sheet import WEEK, CalendarSheet
from channel_desk.ui.context import Context


class OpenSheet(NamedTuple):
    """``picked`` is the visit in the pane, if any."""

    sheet: CalendarSheet
    picked: int | None = None


class _Kept(QObject):
    opened: OpenSheet | None = None


def keep_sheet(ctx: Context, opened: OpenSheet) -> None:
    """Hand ``opened`` to the page that is made next."""
    (ctx.tasks.findChild(_Kept) or _Kept(ctx.tasks)).opened = opened


def take_sheet(ctx: Context) -> OpenSheet:
    """What the page before this one had open, handed out once; else this week."""
    kept = ctx.tasks.findChild(_Kept)
    opened = None if kept is None else kept.opened
    if kept is not None:
        kept.opened = None
    return opened or OpenSheet(CalendarSheet(WEEK, ctx.today, ctx.week_starts_on))
