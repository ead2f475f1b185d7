"""The rows with their head and foot, and what stands in their place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.presentation.distributor_columns import ListRow, RowWriter, heads
from channel_desk.services.finding import PAGE, Found, ListQuery, View
from channel_desk.ui.context import Context
from channel_desk.ui.distributors.foot import Foot
from channel_desk.ui.distributors.head import HEAD_HEIGHT
from channel_desk.ui.distributors.new_strip import NewStrip
from channel_desk.ui.distributors.nothing import EmptyList, NoMatch
from channel_desk.ui.distributors.row_painter import ROW_HEIGHT
from channel_desk.ui.distributors.table import DistributorTable
from channel_desk.ui.models.distributor_rows import DistributorRows
from channel_desk.ui.widgets.states import LoadingRows


class ListArea(QWidget):
    """Current row and place survive when the same list is read anew; another list begins at its top."""

    #: The current row may be another one, or say something else.
    settled = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        #: What becomes the current row again: id, row, and place of the scroll bar.
        self._kept: tuple[int, int, int] | None = None
        self.rows = DistributorRows(ctx.tasks, self._writer(), self)
        self.table = DistributorTable(ctx.theme, self.rows, heads(ctx.language), name=ctx.tr("Distributors"))
        self.strip = NewStrip(ctx)
        self.loading = LoadingRows(ctx.theme, rows=12, row_height=ROW_HEIGHT)
        self.no_match = NoMatch(ctx)
        self.empty = EmptyList(ctx)
        self.foot = Foot(ctx)
        self._instead = QStackedWidget()
        for state in (self.loading, self.no_match, self.empty):
            self._instead.addWidget(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.strip, self.table, self._instead):
            column.addWidget(part)
        column.addWidget(self.foot)
        self.strip.closed.connect(self.focus_rows)
        self.table.walked.connect(lambda _: self.settled.emit())
        self.rows.completed.connect(self._restore)
        self.rows.checks_changed.connect(lambda: self.foot.show_checks(len(self.rows.checked)))
        self._show_instead(self.loading)
        self.loading.start()

    @property
    def rows_wanted(self) -> int:
        """How many rows are to be read first: whole pages that fill the view."""
        return -(-self.table.rows_in_view // PAGE) * PAGE

    @property
    def affected(self) -> tuple[int, ...]:
        """The checked rows, else the current one."""
        if self.rows.has_checks:
            return tuple(sorted(self.rows.checked))
        return (self.table.current_id,) if self.table.current_id else ()

    @property
    def affected_row(self) -> ListRow | None:
        """The one row that is affected; None for several, or where it is not read yet."""
        affected = self.affected
        place = self.rows.row_of(affected[0]) if len(affected) == 1 else None
        return None if place is None else self.rows.row(place)

    def refresh_day(self) -> None:
        """Rows that are read from now on speak of today."""
        self.rows.set_writer(self._writer())

    def _writer(self) -> RowWriter:
        return RowWriter(self._ctx.language, self._ctx.clock.zone, today=self._ctx.today)

    def show_found(self, query: ListQuery, found: Found) -> None:
        """Show the answer to ``query``."""
        self.loading.stop()
        row = self.table.currentIndex().row()
        same = query == self.rows.query and row >= 0
        scrolled = self.table.verticalScrollBar().value() if same else 0
        self._kept = (self.table.current_id, row, scrolled) if same else (0, 0, 0)
        self.rows.show_found(query, found)
        if not found.result.complete:
            self._restore()

    def show_state(self, *, empty: bool, narrowed: bool, view: View) -> None:
        """Show the rows; without any, why there are none: no distributor at all (``empty``), or none that fits."""
        self.foot.setVisible(not empty)
        if self.rows.total:
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self._instead.isAncestorOf(focused)
            self._show_instead(None)
            if had_focus:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif empty:
            self._show_instead(self.empty)
            if self.table.hasFocus():
                self.empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.no_match.show_reason(self.rows.query.text, narrowed=narrowed, view=view)
            self._show_instead(self.no_match)

    def focus_rows(self) -> None:
        if self.rows.total:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        """Make the row current again that was so before; else the one at its place."""
        if self._kept is not None and self.rows.total:
            one, row, scrolled = self._kept
            found = self.rows.row_of(one) if one else 0
            if found is None and not self.rows.is_complete:
                return
            self._kept = None
            self.table.make_current(min(row, self.rows.total - 1) if found is None else found)
            self.table.verticalScrollBar().setValue(scrolled)
        self.settled.emit()

    def _show_instead(self, state: QWidget | None) -> None:
        """Show ``state`` below the head of the table, or the rows."""
        self._instead.setVisible(state is not None)
        if state is None:
            self.table.free_height()
        else:
            self.table.setFixedHeight(HEAD_HEIGHT)
            self._instead.setCurrentWidget(state)
