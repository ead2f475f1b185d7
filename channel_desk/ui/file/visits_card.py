"""The visits of a distributor, newest first, with how they ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.domain.lines import DistributorFile
from channel_desk.domain.visits import Visit
from channel_desk.presentation.visit_rows import VisitRow, visit_row
from channel_desk.ui.context import Context
from channel_desk.ui.file.fold_row import REACH, RowHead, let_rows_reach
from channel_desk.ui.widgets.badge import Badge
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.refilling import keeping_focus
from channel_desk.ui.widgets.row_list import RowList
from channel_desk.ui.widgets.text import Text

#: As many are shown at first.
FEW = 5
#: Least width of the days, in pixels; those of another year need more.
_DAY: Final = 96


class VisitsCard(Card):
    """``opened(visit id)`` when a row is pressed."""

    opened = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, ctx.tr("Visits"), icon="map-pin", parent=parent)
        self._ctx = ctx
        self._visits: tuple[Visit, ...] = ()
        self._all = False
        let_rows_reach(self)
        self.body.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._rows: RowList[int, tuple[VisitRow, int], RowHead] = RowList(self._list, self._row)
        self._none = Text(ctx.theme, ctx.tr("No visits yet."), "body", "ink-3")
        self._none.setContentsMargins(REACH, 0, REACH, 0)
        self._more = Button(ctx.theme, "", "link", size=28)
        self._more.clicked.connect(self._toggle)
        self.body.addWidget(self._none)
        self.body.addLayout(self._list)
        self.body.addWidget(self._more)

    def show_file(self, file: DistributorFile) -> None:
        self.show_visits(file.visits)

    def show_visits(self, visits: Sequence[Visit]) -> None:
        """All visits of the file, newest first."""
        if tuple(visits) != self._visits or not visits:
            self._visits = tuple(visits)
            self._lay_out()

    def start_anew(self) -> None:
        self._all = False
        self.show_visits(())

    def _toggle(self) -> None:
        self._all = not self._all
        self._lay_out()

    def _lay_out(self) -> None:
        ctx = self._ctx
        now, zone = ctx.clock.now(), ctx.clock.zone
        shown = self._visits if self._all else self._visits[:FEW]
        rows = [visit_row(visit, now=now, zone=zone, language=ctx.language) for visit in shown]
        metrics = QFontMetrics(ctx.theme.font("body"))
        width = max([_DAY, *(metrics.horizontalAdvance(said.day) + 2 for said in rows)])
        with keeping_focus(self._list):
            self._rows.show((said.visit_id, (said, width)) for said in rows)
        self._none.setVisible(not self._visits)
        self._more.setVisible(len(self._visits) > FEW)
        every = ctx.tr_n("Show {n} visit", "Show all {n} visits", len(self._visits))
        self._more.set_text(ctx.tr("Show fewer visits") if self._all else every)

    def _row(self, line: tuple[VisitRow, int]) -> RowHead:
        said, day_width = line
        theme = self._ctx.theme
        row = RowHead(theme)
        row.say(said.spoken)
        row.clicked.connect(lambda: self.opened.emit(said.visit_id))
        day = Text(theme, said.day, "body", "ink-2")
        day.setFixedWidth(day_width)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(theme, said.title, "body-strong", elide=True))
        if said.detail:
            lines.addWidget(Text(theme, said.detail, "secondary", "ink-2", elide=True))
        row.row.addWidget(day)
        row.row.addLayout(lines, 1)
        row.row.addWidget(Badge(theme, said.state, said.kind))
        return row
