"""What an import would do, row by row, and the button that does it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.import_plan import Verdict
from channel_desk.presentation.import_preview import PlanEntries, counts_text, idle_text
from channel_desk.ui.context import Context
from channel_desk.ui.models.import_rows import ImportRows
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.table import Table
from channel_desk.ui.widgets.text import Text

_HEAD: Final = 52
_FOOT: Final = 56


class Outcome(Ground):
    """The rows of the plan with filter and option above, the buttons below, and over these what the table has cut."""

    import_wanted = Signal()
    cancelled = Signal()
    update_chosen = Signal(bool)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", parent=parent)
        self._ctx = ctx
        theme, tr = ctx.theme, ctx.tr
        self._rows = ImportRows(ctx.language)
        self.table = Table(theme, self._rows, name=tr("What becomes of each row"), row_height=48)
        self.filter = Segmented(
            theme, [("all", tr("All rows")), ("noted", tr("With remarks"))], name=tr("Rows to show"), size=28
        )
        self.update_known = Checkbox(theme, tr("Update known distributors"))
        self._remark = Text(theme, "", "secondary", "ink-2", wrap=True)
        self._counts = Text(theme, "", "body", "ink-2", wrap=True, most_lines=2)
        self.run = Button(theme, tr("Import"), "primary", key="Ctrl Enter")
        self.cancel = Button(theme, tr("Cancel"), key="Esc")
        #: The plan is being made, or carried out.
        self.is_waiting = True
        self._found: PlanEntries | None = None
        self._build()
        self.filter.chosen.connect(lambda key: self._rows.show_only_noted(key == "noted"))
        self.update_known.toggled.connect(self.update_chosen)
        self.table.current_changed.connect(self._show_remark)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._show_remark(self.table.current_row))
        self.run.clicked.connect(self.import_wanted)
        self.cancel.clicked.connect(self.cancelled)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(16)
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self.update_known)
        top = QWidget()
        top.setFixedHeight(_HEAD)
        top.setLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.setSpacing(8)
        below.addWidget(self._counts, 1)
        below.addWidget(self.cancel)
        below.addWidget(self.run)
        self._foot = Ground(self._theme, "sunken")
        self._foot.setObjectName("action_bar")
        self._foot.setFixedHeight(_FOOT)
        self._foot.setLayout(below)
        self._remark_box = Ground(self._theme, "sunken")
        inset = QVBoxLayout(self._remark_box)
        inset.setContentsMargins(16, 8, 16, 0)
        inset.addWidget(self._remark)
        self._remark_box.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._remark_box)
        column.addWidget(self._foot)

    @property
    def updates(self) -> bool:
        """Whether known distributors are to be updated."""
        return self.update_known.isChecked()

    def may_run(self) -> bool:
        """Whether there is something to import, and it is known what; says why where there is nothing."""
        if self._idle:
            self._ctx.feedback.say(self._idle, wrong=True)
        return not self.is_waiting and self.run.isEnabled()

    @property
    def counts(self) -> str:
        """The words about the numbers of rows, or why nothing would be imported."""
        return self._counts.text()

    @property
    def _idle(self) -> str:
        """Why there is nothing to import; empty while there is something, or it is not known."""
        found = None if self.is_waiting else self._found
        return "" if found is None else idle_text(self._ctx.language, found.plan.counts, updates=self.updates)

    def wait(self) -> None:
        """The plan is being made anew, or carried out."""
        self.is_waiting = True

    def go_on(self) -> None:
        """The plan was not carried out and holds as it is shown."""
        self.is_waiting = False
        if self.isVisible():
            self.run.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan(self, found: PlanEntries | None) -> None:
        """Show a plan; None when there cannot be one."""
        self.is_waiting = False
        self._found = found
        self._rows.show_plan(found)
        self._show_remark(-1)
        ctx = self._ctx
        if found is None:
            self._counts.setText("")
            self.run.set_text(ctx.tr("Import"))
            self.run.setEnabled(False)
            return
        counts = found.plan.counts
        done = counts[Verdict.CREATED] + counts[Verdict.UPDATED]
        self._counts.setText(self._idle or counts_text(ctx.language, counts, noted=found.noted_rows))
        self.run.set_text(ctx.tr_n("Import {count}", "Import {count}", done, count=ctx.formats.number(done)))
        self.run.setEnabled(bool(done))

    def _show_remark(self, row: int) -> None:
        """The whole remark of ``row`` where the table has no room for it."""
        is_cut = 0 <= row < self._rows.row_count() and self.table.is_cut(self._rows.place_of_remark(row))
        self._remark.setText("\n".join(self._rows.line(row).remarks) if is_cut else "")
        self._remark_box.setVisible(is_cut)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRect(0, self._foot.y() - 1, self.width(), 1), self._theme.colour("hairline"))
