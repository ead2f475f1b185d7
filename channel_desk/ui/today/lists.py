"""The quiet lists of the day: visits that are not written up, and the days that follow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.open_points import UnwrittenRow, count_words
from channel_desk.presentation.shares import least_share, longest_share
from channel_desk.presentation.today import WeekAhead, WeekDay, WeekEntry
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.press_row import PressRow
from channel_desk.ui.widgets.refilling import clear, refilling
from channel_desk.ui.widgets.text import Text

_ROW = 35
#: Visits of one day that are listed.
_A_DAY = 8


def _head(ctx: Context, title: str) -> tuple[QHBoxLayout, Text]:
    """A title with a quiet remark beside it."""
    remark = Text(ctx.theme, "", "secondary", "ink-2", elide=True)
    line = QHBoxLayout()
    line.setContentsMargins(16, 12, 16, 12)
    line.setSpacing(8)
    line.addWidget(Text(ctx.theme, title, "card-title"))
    line.addWidget(remark, 1)
    return line, remark


class UnwrittenCard(Ground):
    """Visits still to be written up; ``visit_wanted`` gives the one to write."""

    visit_wanted = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", edge="hairline", radius=drawing.CARD, parent=parent)
        self._ctx = ctx
        self._shown: tuple[Sequence[UnwrittenRow], int] | None = None
        self.setObjectName("unwritten")
        head, self._count = _head(ctx, ctx.tr("Not written up"))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._list)

    def show_rows(self, rows: Sequence[UnwrittenRow], *, total: int) -> None:
        """Replace the list; ``total`` counts those that were not read too."""
        if (rows, total) == self._shown:
            return
        self._shown = (rows, total)
        ctx = self._ctx
        total = max(total, len(rows))
        self._count.setText(count_words(total, ctx.language) if rows else "")
        with refilling(self._list):
            self._lay_out(rows, total)

    def _lay_out(self, rows: Sequence[UnwrittenRow], total: int) -> None:
        ctx = self._ctx
        for row in rows:
            self._list.addWidget(Hairline(ctx.theme))
            line = QWidget(self)
            line.setFixedHeight(_ROW)
            layout = QHBoxLayout(line)
            layout.setContentsMargins(16, 0, 8, 0)
            layout.setSpacing(0)
            layout.addWidget(Text(ctx.theme, row.name, elide=True))
            layout.addWidget(Text(ctx.theme, f" · {row.when}"))  # whole, however long the name
            layout.addStretch(1)
            write = Button(ctx.theme, ctx.tr("Write up"), "link", size=28)
            write.setAccessibleDescription(row.text)
            write.clicked.connect(lambda _checked=False, row=row: self.visit_wanted.emit(row.visit_id))
            layout.addWidget(write)
            self._list.addWidget(line)
        if total > len(rows):
            self._list.addWidget(Hairline(ctx.theme))
            others = count_words(total, ctx.language, listed=len(rows))
            left = ctx.tr_n("and {n} more visit", "and {n} more visits", total - len(rows), n=others)
            more = Text(ctx.theme, left, "secondary", "ink-2")
            more.setContentsMargins(16, 8, 16, 8)
            self._list.addWidget(more)
        if not rows:
            self._list.addWidget(Hairline(ctx.theme))
            holder = QWidget(self)
            layout = QHBoxLayout(holder)
            layout.setContentsMargins(16, 14, 16, 14)
            layout.addWidget(Text(ctx.theme, ctx.tr("Every visit is written up."), "body", "ink-2", wrap=True))
            self._list.addWidget(holder)


class _Entry(PressRow):
    """A visit in the week: time and name."""

    def __init__(self, ctx: Context, entry: WeekEntry, parent: QWidget) -> None:
        super().__init__(ctx.theme, ctx.formats.join([entry.time, entry.name]), parent)
        time = Text(ctx.theme, entry.time, "body", "warning-text" if entry.overlaps else "ink-2")
        time.setFixedWidth(QFontMetrics(ctx.theme.font("body")).horizontalAdvance("00:00") + 2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(time)
        layout.addWidget(Text(ctx.theme, entry.name, "body", elide=True), 1)
        if entry.overlaps:
            drawing.set_tip(self, ctx.tr("Overlaps another visit"))


class WeekCard(Ground):
    """The days after today; ``visit_wanted`` gives a pressed visit, ``day_wanted`` a pressed day."""

    visit_wanted = Signal(int)
    day_wanted = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", edge="hairline", radius=drawing.CARD, parent=parent)
        self._ctx = ctx
        self._week: WeekAhead | None = None
        #: Of each day its title and its visits.
        self._columns: list[list[QWidget]] = []
        self.setObjectName("week_ahead")
        self._head = QHBoxLayout()
        self._days = QHBoxLayout()
        self._days.setSpacing(12)
        self._days.setContentsMargins(16, 0, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addLayout(self._days)

    def show_week(self, week: WeekAhead) -> None:
        """Replace the days."""
        if week == self._week:
            return
        self._week = week
        clear(self._head)
        head, remark = _head(self._ctx, week.title)
        remark.setText(week.remark)
        self._head.addLayout(head)
        self._columns = []
        with refilling(self._days):
            for number, day in enumerate(week.days):
                if number:
                    self._days.addWidget(Hairline(self._ctx.theme, vertical=True))
                self._days.addLayout(self._day(day))
        self._share()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Days of the same width, where their visits allow it. What does not fit takes room from the emptier days, and
        then the longest names are cut first: a layout takes from all alike, and short names would go.
        """
        margins, gaps = self._days.contentsMargins(), len(self._columns) - 1
        room = self.width() - margins.left() - margins.right() - gaps * (2 * self._days.spacing() + 1)
        wanted = [max(row.sizeHint().width() for row in rows) for rows in self._columns]
        widest, least = longest_share(wanted, room), least_share(wanted, room)
        for number, rows in enumerate(self._columns):
            self._days.setStretch(2 * number, min(max(wanted[number], least), max(widest, least)))
            for row in rows[1:]:
                row.setMaximumWidth(max(widest, least))

    def _day(self, day: WeekDay) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        title = PressRow(self._ctx.theme, day.text, self)
        line = QHBoxLayout(title)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Text(self._ctx.theme, day.text, "body-bold"))
        title.clicked.connect(lambda _checked=False: self.day_wanted.emit(day.day))
        column.addWidget(title)
        rows: list[QWidget] = [title]
        for entry in day.entries[:_A_DAY]:
            row = _Entry(self._ctx, entry, self)
            row.clicked.connect(lambda _checked=False, entry=entry: self.visit_wanted.emit(entry.visit_id))
            column.addWidget(row)
            rows.append(row)
        self._columns.append(rows)
        if len(day.entries) > _A_DAY:
            more = self._ctx.tr_n("and {n} more visit", "and {n} more visits", len(day.entries) - _A_DAY)
            column.addWidget(Text(self._ctx.theme, more, "secondary", "ink-2"))
        column.addStretch(1)
        return column
