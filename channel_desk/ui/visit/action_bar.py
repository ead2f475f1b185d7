"""The foot of the wizard: what can be recorded, whether it is stored, and the end of the visit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

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
        self.setFixedHeight(HEIGHT)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.promise)
        row.addWidget(self._jump)
        row.addStretch(1)
        row.addWidget(self.saved)
        row.addSpacing(8)
        row.addWidget(self.reason)
        row.addWidget(self.later)
        row.addWidget(self.close_visit)
        row.addWidget(self.reopen)

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

    def show_refused(self) -> None:
        """Something could not be stored; what and why stands in the strip above."""
        self.saved.set_word("circle-alert", self._ctx.tr("Not saved"), colour="danger-text")
        self.saved.show()

    def show_jump(self, typed: str) -> None:
        """The code typed so far, with its point; empty hides it."""
        self._jump.set_key(typed)

    def forget(self) -> None:
        """Another visit is shown."""
        self.saved.hide()
        self._jump.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.colour("hairline"))
