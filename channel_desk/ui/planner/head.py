"""The head of the planner: on to other days, week or month, and a new visit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from channel_desk.presentation.calendar_sheet import MONTH, WEEK
from channel_desk.ui.context import Context
from channel_desk.ui.top_bar import TopBar
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.segmented import Segmented


class PlannerHead(QObject):
    """Fills the bar of the page. ``turned`` gives the weeks or months to go on, ``mode_chosen`` WEEK or MONTH."""

    turned = Signal(int)
    today_wanted = Signal()
    mode_chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, ctx: Context, bar: TopBar) -> None:
        super().__init__(bar)
        theme = ctx.theme
        back = IconButton(theme, "chevron-left", ctx.tr("Earlier"), size=32, edged=True)
        today = Button(theme, ctx.tr("Today"))
        on = IconButton(theme, "chevron-right", ctx.tr("Later"), size=32, edged=True)
        self._modes = Segmented(theme, [(WEEK, ctx.tr("Week")), (MONTH, ctx.tr("Month"))], name=ctx.tr("What is shown"))
        for widget in (back, today, on, self._modes):
            bar.add_left(widget)
        new = Button(theme, ctx.tr("New visit"), kind="primary", icon="plus")
        bar.add_right(new)
        back.clicked.connect(lambda: self.turned.emit(-1))
        today.clicked.connect(self.today_wanted)
        on.clicked.connect(lambda: self.turned.emit(1))
        self._modes.chosen.connect(self.mode_chosen)
        new.clicked.connect(self.new_wanted)

    def show_mode(self, mode: str) -> None:
        """Mark WEEK or MONTH as the one that is shown."""
        self._modes.choose(mode)
