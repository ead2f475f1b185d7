"""What was agreed in this visit: its promises with due day and evidence, and the way to the form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.presentation.visit_promises import promise_facts
from channel_desk.presentation.visit_wizard import Row, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.visit.editor import PlainEditor
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.refilling import clear
from channel_desk.ui.widgets.text import Text


class PromisesEditor(PlainEditor):
    """The promises made so far above the note."""

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._shown: tuple[Commitment, ...] = ()
        super().__init__(ctx, row, wizard, parent)
        self.body.insertLayout(0, self._list)
        add = Button(ctx.theme, ctx.tr("Record a promise"), icon="handshake", key="F5", size=28, parent=self)
        add.clicked.connect(self.promise_wanted)
        self.body.insertWidget(1, add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_wizard(self, wizard: Wizard) -> None:
        super().show_wizard(wizard)
        promises = wizard.promises_of_visit
        if promises == self._shown:
            return
        self._shown = promises
        clear(self._list)
        ctx = self.ctx
        for promise in promises:
            self._list.addWidget(Text(ctx.theme, promise.text, "body-strong", wrap=True, parent=self))
            facts = promise_facts(promise, ctx.today, ctx.language, side=True)
            self._list.addWidget(Text(ctx.theme, facts, "secondary", "ink-2", wrap=True, parent=self))
