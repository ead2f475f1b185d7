"""The parts of the wizard side by side: phases across, sections, checklist with form and foot, and the pane."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.visits import Phase
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.handed_on import hand_on, take_over
from channel_desk.ui.overriding import override
from channel_desk.ui.visit.action_bar import ActionBar
from channel_desk.ui.visit.checklist import Checklist
from channel_desk.ui.visit.context_pane import ContextPane
from channel_desk.ui.visit.phases import PhaseBar
from channel_desk.ui.visit.promise_form import PromiseForm
from channel_desk.ui.visit.sections import SectionList
from channel_desk.ui.visit.sight import Sight
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.states import ErrorStrip

#: Narrower than this many pixels, the pane hides first.
PANE_FROM: Final = 1000


class VisitSheet(QWidget):
    """Holds the parts, and knows when the pane can be seen."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._sight = take_over(ctx, Sight) or Sight()
        self.phases = PhaseBar(ctx, self)
        self.sections = SectionList(ctx, self)
        self.checklist = Checklist(ctx, self)
        self.form = PromiseForm(ctx, self)
        self.form.hide()
        self.checklist.opened.connect(self.sections.show_keys)
        self.foot = ActionBar(ctx, self)
        self.pane = ContextPane(ctx, self)
        self.strip = ErrorStrip(ctx.theme, "", ctx.tr("Try again"), parent=self)
        self.strip.hide()
        middle = Ground(ctx.theme, "surface", parent=self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.strip, 0), (self.checklist, 1), (self.form, 0), (self.foot, 0)):
            column.addWidget(widget, stretch)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.sections)
        below.addWidget(middle, 1)
        below.addWidget(self.pane)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.phases)
        outer.addLayout(below, 1)

    def begin(self, wizard: Wizard) -> None:
        """Another visit comes: nothing of the one before may stay. A form that was left open for it is open again."""
        self.checklist.clear()
        self.foot.forget()
        self.form.hide()
        self.form.reopen_for(wizard)
        self.strip.hide()

    def keep_typing(self) -> None:
        """Let what is half typed of promises outlive the parts."""
        self.form.keep(is_open=True)
        self.pane.keep_proofs()

    def let_go(self) -> None:
        """Another language comes, or another visit: what is hidden stays so."""
        self.keep_typing()
        hand_on(self._ctx, self._sight)

    def show_wizard(self, wizard: Wizard, phase: Phase) -> None:
        """Everything, as read from the file."""
        self.checklist.show_wizard(wizard)
        self.show_progress(wizard, phase)
        self.pane.show_wizard(wizard)

    def show_progress(self, wizard: Wizard, phase: Phase) -> None:
        """How far it is, and whether it can be closed."""
        self.phases.show_progress(wizard)
        self.sections.show_progress(wizard, phase)
        self.foot.show_wizard(wizard, phase)

    # -- the pane ------------------------------------------------------------------------------------------------------

    @property
    def is_private(self) -> bool:
        """Whether the partner can see the screen."""
        return self._sight.is_private

    def toggle_private(self) -> None:
        self._sight.is_private = not self.is_private
        self._place_pane()

    def toggle_pane(self) -> None:
        """Show the pane in a narrow window, or hide it in a wide one."""
        self._sight.pane_wanted = self.pane.isHidden()
        self._place_pane()

    def _place_pane(self) -> None:
        wide, wanted = self.width() >= PANE_FROM, self._sight.pane_wanted
        self.pane.setVisible(not self.is_private and (wide if wanted is None else wanted))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = event.oldSize()  # there is none the first time
        if before.isValid() and (event.size().width() >= PANE_FROM) != (before.width() >= PANE_FROM):
            self._sight.pane_wanted = None
        self._place_pane()
