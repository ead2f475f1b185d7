"""The foot of the wizard: what can be recorded, whether it is stored, and the end of the visit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.visits import Phase, VisitStatus
from channel_desk.presentation.visit_wizard import Wizard, missing_words
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.badge import IconWord
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.key_cap import KeyCap
from channel_desk.ui.widgets.text import Text

HEIGHT: Final = 52
#: What a line of words above the buttons adds.
_LINE: Final = 24


class ActionBar(Ground):
    """Asks for the form of a promise, for closing, for later, and for opening again."""

    promise_wanted = Signal()
    close_wanted = Signal()
    later_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "window", parent=parent)
        self._ctx = ctx
        self.setObjectName("action_bar")
        tr, theme = ctx.tr, ctx.theme
        self._label = Text(theme, tr("Record as"), "secondary", "ink-3", parent=self)
        self.promise = Button(theme, tr("Promise"), icon="handshake", key="F5", size=28, parent=self)
        self._jump = KeyCap(theme, ".", colour="accent", parent=self)
        self._jump.hide()
        self.saved = IconWord(theme, "check", "", role="secondary", parent=self)
        self.saved.hide()
        self.reason = Text(theme, "", "secondary", "ink-2", elide=True, parent=self)
        self.later = Button(theme, ctx.tr_c("visit", "Later"), parent=self)
        self.close_visit = Button(theme, tr("Close visit"), "primary", key="Ctrl Enter", parent=self)
        self.reopen = Button(theme, tr("Open again"), icon="undo-2", parent=self)
        self.promise.clicked.connect(self.promise_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.close_visit.clicked.connect(self.close_wanted)
        self.reopen.clicked.connect(self.reopen_wanted)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self._label)
        self._row.addWidget(self.promise)
        self._row.addWidget(self._jump)
        self._row.addStretch(1)
        self._row.addWidget(self.saved)
        self._row.addSpacing(8)
        self._row.addWidget(self.reason)
        self._row.addWidget(self.later)
        self._row.addWidget(self.close_visit)
        self._row.addWidget(self.reopen)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(24, 0, 24, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(self._row, 1)
        self.setFixedHeight(HEIGHT)

    def show_wizard(self, wizard: Wizard, phase: Phase) -> None:
        ctx, visit = self._ctx, wizard.visit
        is_open, ending = visit.is_open, phase is Phase.AFTER
        missing = missing_words(visit, ctx.language)
        self._label.setVisible(is_open and not ending)
        self.promise.setVisible(is_open)
        self.later.setVisible(is_open and ending)
        self.close_visit.setVisible(is_open and ending)
        self.close_visit.setEnabled(not missing)
        self.reopen.setVisible(not is_open)
        if not is_open:
            words = self._ended_words(wizard)
        elif ending and missing:
            words = ctx.tr("Missing: {missing}", missing=missing)
        else:
            words = ""
        self.reason.setText(words)
        self.reason.setVisible(bool(words))
        self._place_reason()

    def _place_reason(self) -> None:
        """Beside the buttons where there is room for all of it, else in a line above them: it must be read."""
        row, lines, reason = self._row, self._lines, self.reason
        beside, above = row.indexOf(reason) >= 0, lines.indexOf(reason) >= 0
        margins = lines.contentsMargins()
        needed = row.sizeHint().width()
        if above and not reason.isHidden():
            needed += reason.whole_width + row.spacing()
        fits = reason.isHidden() or needed <= self.width() - margins.left() - margins.right()
        if fits and above:
            lines.removeWidget(reason)
            row.insertWidget(row.indexOf(self.later), reason)
        elif not fits and beside:
            row.removeWidget(reason)
            lines.insertWidget(0, reason)
        lines.setContentsMargins(margins.left(), 0 if fits else 8, margins.right(), 0)
        self.setFixedHeight(HEIGHT if fits else HEIGHT + _LINE)

    def _ended_words(self, wizard: Wizard) -> str:
        ctx, visit = self._ctx, wizard.visit
        if visit.status is VisitStatus.CANCELLED:
            return ctx.tr("This visit was called off.")
        if visit.closed_at is None:
            return ctx.tr("Closed: read only.")
        day = ctx.formats.day(ctx.local(visit.closed_at).date(), ctx.today)
        return ctx.tr("Closed on {day}: read only.", day=day)

    def show_saved(self) -> None:
        """A commit has just returned."""
        time = self._ctx.formats.time(self._ctx.local(self._ctx.clock.now()))
        self.saved.set_word("check", self._ctx.tr("Saved {time}", time=time))
        self.saved.show()
        self._place_reason()

    def show_refused(self) -> None:
        """Something could not be stored; what and why stands in the strip above."""
        self.saved.set_word("circle-alert", self._ctx.tr("Not saved"), colour="danger-text")
        self.saved.show()
        self._place_reason()

    def show_jump(self, typed: str) -> None:
        """The code typed so far, with its point; empty hides it."""
        self._jump.set_key(typed)
        self._place_reason()

    def forget(self) -> None:
        """Another visit is shown."""
        self.saved.hide()
        self._jump.hide()
        self._place_reason()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_reason()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.colour("hairline"))
