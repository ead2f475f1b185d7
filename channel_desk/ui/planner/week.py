"""The week: its days above its hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.i18n import Language
from channel_desk.presentation.planner import ChipText
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.edge_scrolling import EdgeScrolling
from channel_desk.ui.planner.week_grid import ABOVE, WeekGrid
from channel_desk.ui.planner.week_head import WeekHead
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.scrolling import Scroller


class WeekView(QWidget):
    """Head and hours; scrolls to the working day when another week is shown."""

    def __init__(self, theme: Theme, language: Language, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.head = WeekHead(theme, language, self)
        self.grid = WeekGrid(theme, language, zone, self)
        self._days: tuple[date, ...] = ()
        #: Another week has come and is not yet scrolled to its working day.
        self._turned = False
        self._scroll = Scroller(self.grid, parent=self)
        # Not at once: the visit may not stand in its place yet.
        self.grid.focused.connect(
            lambda chip: QTimer.singleShot(0, chip, lambda: self._scroll.ensureWidgetVisible(chip, 0, ABOVE))
        )
        self.grid.framed.connect(self._have_in_sight)
        self.grid.installEventFilter(self)
        self.scrolling = EdgeScrolling(self._scroll, self.grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._scroll, 1)

    def show_week(
        self,
        days: tuple[date, ...],
        lines: Sequence[VisitLine],
        texts: Mapping[int, ChipText],
        *,
        now: datetime,
        working: tuple[int, int],
    ) -> None:
        """See :meth:`WeekGrid.show_week`."""
        if days != self._days:
            self._days, self._turned = days, True
        self.head.show_days(days, now.astimezone(self._zone).date())
        self.grid.show_week(days, lines, texts, now=now, working=working)
        QTimer.singleShot(0, self, lambda: self._settle(working))

    def _have_in_sight(self, box: QRect) -> None:
        middle = box.center()
        self._scroll.ensureVisible(middle.x(), middle.y(), 0, box.height() // 2 + ABOVE)

    def _settle(self, working: tuple[int, int]) -> None:
        """Bring the working day into sight, and an earlier visit too where its end stays there."""
        if not self._turned:
            return
        self._turned = False
        first, last = (self.grid.y_of(hour * 60) for hour in working)
        early = self.grid.y_of(self.grid.first_minute)
        has_room = last - early + ABOVE <= self._scroll.viewport().height()
        self._scroll.verticalScrollBar().setValue((min(first, early) if has_room else first) - ABOVE)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.grid and event.type() is QEvent.Type.Resize:
            self.head.stand_over(self.grid.width())
        return False
