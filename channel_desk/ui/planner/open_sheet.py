"""The week or month that is shown, with what is in the pane: it outlives a change of language."""

from __future__ import annotations

from typing import NamedTuple

from channel_desk.presentation.calendar_sheet import WEEK, CalendarSheet
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.handed_on import take_over


class OpenSheet(NamedTuple):
    """``picked`` is the visit in the pane, if any; ``new`` is what is typed for one that is begun there."""

    sheet: CalendarSheet
    picked: int | None = None
    new: Typing | None = None


def open_sheet(ctx: Context) -> OpenSheet:
    """What the page before this one had open; else this week."""
    return take_over(ctx, OpenSheet) or OpenSheet(CalendarSheet(WEEK, ctx.today, ctx.week_starts_on))
