"""The visit wizard: three phases of questions, every answer stored as it is given, resumed where it was left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklists import Section
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.visits import Answer, ExpectedObjection, Participant, Phase, Visit, VisitStatus
from channel_desk.errors import UserError
from channel_desk.presentation.visit_answers import digit_hint
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.services.briefs import Checklists, gather_brief
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.visit.drafts import VisitDrafts
from channel_desk.ui.visit.head import VisitHead
from channel_desk.ui.visit.sheet import VisitSheet
from channel_desk.ui.visit.steps import VisitSteps
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import ChangeSet

#: The kinds of record around a visit, of which any change is looked at.
_PARTS: Final[tuple[type[Record], ...]] = (Answer, Commitment, Contact, Participant, ExpectedObjection)


class VisitPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Visit, Distributor, *_PARTS)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._visit_id: int | None = None
        self._wizard: Wizard | None = None
        self._drafts: VisitDrafts | None = None
        self._phase = Phase.BEFORE
        self._checklists = Checklists(ctx.resources / "checklists")
        self._steps = VisitSteps(ctx, self)
        self._build()
        self._add_actions()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx, theme = self.ctx, self.ctx.theme
        self.head = VisitHead(ctx, self.bar)
        self.sheet = VisitSheet(ctx, self)
        self.checklist = self.sheet.checklist
        self.form = self.sheet.form
        self.foot = self.sheet.foot
        back = Button(theme, ctx.tr("Back"), icon="arrow-left")
        back.clicked.connect(ctx.back)
        self.nothing = EmptyState(theme, "calendar-days", ctx.tr("This visit is no longer there."), [back])
        self._views = QStackedWidget(self.content)
        for view in (self.sheet, self.nothing):
            self._views.addWidget(view)
        self.fill(self._views)
        self._connect()

    def _connect(self) -> None:
        sheet = self.sheet
        self.head.hide_wanted.connect(self.toggle_internal)
        self.head.print_wanted.connect(self.print_brief)
        sheet.phases.chosen.connect(self.go_to_phase)
        sheet.sections.chosen.connect(self._go_to_section)
        checklist = self.checklist
        checklist.moved.connect(self.go_to)
        checklist.stepped.connect(self._step)
        checklist.jump_typed.connect(self.foot.show_jump)
        checklist.jumped.connect(self._jump)
        checklist.digit_missed.connect(self._tell_digits)
        checklist.left.connect(self.ctx.back)
        bar = self.foot
        bar.promise_wanted.connect(self.record_promise)
        bar.close_wanted.connect(self.close_visit)
        bar.later_wanted.connect(self.ctx.back)
        bar.reopen_wanted.connect(self.reopen_visit)
        self.form.stored_wanted.connect(self._steps.record)
        self.form.closed.connect(self._focus_checklist)
        sheet.pane.fulfilled.connect(self._steps.fulfil)
        sheet.pane.left.connect(self._focus_checklist)
        sheet.strip.acted.connect(self._try_again)
        steps = self._steps
        steps.changed.connect(self.load)
        steps.refused.connect(self._on_refused)
        steps.promised.connect(self._on_promised)
        steps.promise_refused.connect(self._on_promise_refused)
        steps.proof_refused.connect(self._on_proof_refused)

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        for phase in Phase:
            self.add_page_action(
                phase.value, tr(phase.label), partial(self.go_to_phase, phase), keys=f"Alt+{phase.number}"
            )
        self.add_page_action("record_promise", tr("Record a promise"), self.record_promise, keys="F5")
        self.add_page_action("hide_internal", tr("Hide internal"), self.toggle_internal, keys="F9")
        self.add_page_action("pane", tr("What to know"), self.sheet.toggle_pane, keys="F4")
        self.add_page_action("print", tr("Print brief"), self.print_brief, keys="Ctrl+P")
        self._closing = self.add_page_action("close", tr("Close visit"), self._write_up_and_close, keys="Ctrl+Return")

    # -- loading -----------------------------------------------------------------------------------------------------

    @override
    def show_place(self, place: Place) -> None:
        if place.id != self._visit_id:
            self.let_go()
            self._visit_id = place.id
            self._wizard = None
            self.blank()
        elif self._wizard is not None:
            self.form.reopen_for(self._wizard)
        self.sheet.pane.take_up_proofs()
        self.load_anew()

    @override
    def start_focus(self) -> QWidget | None:
        return self.checklist

    @override
    def concerns(self, changes: ChangeSet) -> bool:
        wizard = self._wizard
        if wizard is None:
            return super().concerns(changes)
        return (
            changes.touches(Visit, wizard.visit.id)
            or changes.touches(Distributor, wizard.facts.distributor.id)
            or any(changes.touches(kind) for kind in _PARTS)
        )

    @override
    def load(self) -> None:
        visit_id = self._visit_id or 0  # that no visit has
        self.read(
            lambda reader: gather_brief(reader, visit_id, checklists=self._checklists),
            self._show,
            failed=self._tell_gone,
        )

    def _show(self, facts: BriefFacts) -> None:
        if facts.visit.id != self._visit_id:
            return
        first = self._wizard is None
        wizard = Wizard(facts)
        if self._drafts is None:
            self._drafts = VisitDrafts.of(
                self.ctx, facts.visit.id, self, stored=self._on_stored, refused=self._on_refused
            )
        wizard = self._drafts.merged(wizard)
        turned = self._wizard is None or self._wizard.visit.is_open != wizard.visit.is_open
        self._wizard = wizard
        self._views.setCurrentWidget(self.sheet)
        self.head.show_wizard(wizard, private=self.sheet.is_private)
        if first:
            self.sheet.begin(wizard)
        self.sheet.show_wizard(wizard, self._phase)
        code = self.checklist.current or wizard.start_code() or wizard.first_of(Phase.AFTER)
        if code is not None and (turned or self.checklist.current is None):
            self._open(code)
        if turned:
            self._focus_checklist()  # the button that was pressed is gone, and the keyboard with it

    def _tell_gone(self, error: UserError) -> bool:
        if error.code == "record_gone":
            self._wizard = None
        if self._wizard is None:
            self.head.show_nothing()
        if error.code != "record_gone":
            return False
        self._views.setCurrentWidget(self.nothing)
        return True

    def _show_progress(self) -> None:
        if self._wizard is not None:
            self.sheet.show_progress(self._wizard, self._phase)
            self._closing.setEnabled(self._wizard.visit.is_open)

    # -- the walk ----------------------------------------------------------------------------------------------------

    def go_to(self, code: int) -> None:
        """Make ``code`` the current question; what was typed is stored. What cannot be read keeps the present one."""
        wizard, drafts = self._wizard, self._drafts
        if wizard is None or drafts is None or wizard.row(code) is None:
            return
        if not self._settle():
            self.sheet.phases.show_phase(self._phase)
            return
        drafts.flush()
        before = self._phase
        self._open(code)
        self._focus_checklist()
        if not wizard.visit.is_open:
            return
        drafts.keep(code)
        self._wizard = drafts.merged(self._wizard or wizard)
        if (before, self._phase) == (Phase.DURING, Phase.AFTER) and wizard.visit.status is VisitStatus.RUNNING:
            self._steps.end_talk(wizard.visit.id)

    def _open(self, code: int) -> None:
        wizard = self._wizard
        row = None if wizard is None else wizard.row(code)
        if wizard is None or row is None:
            return
        self._phase = row.item.phase
        self.checklist.open_question(wizard, code, read_only=not wizard.visit.is_open)
        editor = self.checklist.editor
        if editor is not None:
            editor.answered.connect(self._take_answer)
            editor.fields_changed.connect(self._take_fields)
            editor.objections_changed.connect(self._take_objections)
            editor.promise_wanted.connect(self.record_promise)
        self.sheet.phases.show_phase(self._phase)
        self._show_progress()
        self.sheet.sections.show_section(row.section.key)

    def go_to_phase(self, phase: Phase) -> None:
        """Show a phase at its first open question."""
        code = None if self._wizard is None else self._wizard.first_of(phase)
        if code is not None:
            self.go_to(code)

    def _go_to_section(self, section: Section) -> None:
        code = None if self._wizard is None else self._wizard.first_of(section.phase, section)
        if code is not None:
            self.go_to(code)

    def _step(self, by: int) -> None:
        code = None if self._wizard is None else self._wizard.neighbour(self.checklist.current, by)
        if code is not None and code != self.checklist.current:
            self.go_to(code)
        elif self._settle():
            self.leave()
            self._focus_checklist()

    def _jump(self, typed: str) -> None:
        code = None if self._wizard is None else self._wizard.jump(typed, self._phase)
        if code is None:
            self.ctx.feedback.say(self.ctx.tr("No question {code} in this visit", code=typed), wrong=True)
            return
        self.go_to(code)

    def _tell_digits(self) -> None:
        row = None if self._wizard is None else self._wizard.row(self.checklist.current or 0)
        hint = "" if row is None else digit_hint(row.item, self.ctx.language)
        if hint:
            self.ctx.feedback.say(hint, wrong=True)

    # -- answering ---------------------------------------------------------------------------------------------------

    def _take_answer(self, answer: Answer, at_once: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._wizard is not None and self._drafts is not None:
            self._wizard = self._wizard.with_answer(answer)
            self._drafts.take(Phase.of_code(answer.code), answer, at_once=at_once)
            self._show_answer()

    def _take_fields(self, changes: dict[str, object], at_once: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._wizard is not None and self._drafts is not None:
            self._wizard = self._wizard.with_fields(changes)
            self._drafts.take(self._phase, fields=changes, at_once=at_once)
            self._show_answer()

    def _take_objections(self, objections: tuple[ExpectedObjection, ...], at_once: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._wizard is not None and self._drafts is not None:
            self._wizard = self._wizard.with_objections(objections)
            self._drafts.take(self._phase, objections=objections, at_once=at_once)
            self._show_answer()

    def _show_answer(self) -> None:
        code = self.checklist.current
        if self._wizard is not None and self._drafts is not None and code is not None:
            self._drafts.keep(code)
            self.checklist.show_answer(self._wizard)
            self._show_progress()

    def _settle(self) -> bool:
        editor, wizard = self.checklist.editor, self._wizard
        return editor is None or wizard is None or not wizard.visit.is_open or editor.settle()

    @override
    def leave(self) -> None:
        self._settle()
        self.sheet.keep_typing()
        if self._drafts is not None:
            self._drafts.leave()

    @override
    def let_go(self) -> None:
        self._settle()
        self.sheet.let_go()
        if self._drafts is not None:
            self._drafts.let_go()
        # without its id, a read on its way does not take the drafts back to a page that ends
        self._drafts = self._visit_id = None

    def _on_stored(self) -> None:
        self.sheet.strip.hide()
        self.foot.show_saved()
        if self._wizard is not None and self._wizard.is_behind(self._phase):
            self.load()

    def _on_refused(self, error: UserError) -> None:
        self.sheet.strip.set_text(self.ctx.feedback.sentence(error), self.ctx.tr("Try again"))
        self.sheet.strip.show()
        self.foot.show_refused()

    def _try_again(self) -> None:
        if self._drafts is not None:
            self._drafts.flush()

    # -- promises ----------------------------------------------------------------------------------------------------

    def record_promise(self) -> None:
        """Open the form for a promise below the checklist."""
        if self._wizard is not None and self._wizard.visit.is_open:
            self.form.open_for(self._wizard)

    def _on_promised(self, commitment: Commitment) -> None:
        self.form.finish(commitment.visit_id)
        self.foot.show_saved()

    def _on_promise_refused(self, error: UserError) -> None:
        if not self.form.refuse(error):
            self._on_refused(error)

    def _on_proof_refused(self, commitment_id: int, error: UserError) -> None:
        self.sheet.pane.show_error(commitment_id, self.ctx.feedback.sentence(error))

    # -- the end -----------------------------------------------------------------------------------------------------

    def close_visit(self) -> None:
        """Close the visit, or go to what it lacks: the verdict, its reason, the next step, a promise half written."""
        settled, wizard = self._settle(), self._wizard
        if wizard is None or not (settled and wizard.visit.is_open):
            return
        missing = wizard.missing_code
        if missing is not None:
            self.go_to(missing)
            if self.checklist.editor is not None:
                self.checklist.editor.go_to_missing()
            return
        if self.form.is_begun_for(wizard):
            self.form.open_for(wizard)
            words = self.ctx.tr("A promise is half written: record it or clear it, then close the visit.")
            self.ctx.feedback.say(words, wrong=True)
            return
        self.leave()
        self._steps.close(wizard.visit.id)

    def _write_up_and_close(self) -> None:
        """Before and during the talk lead to the write-up, even where all that is needed is there."""
        is_complete = self._wizard is not None and self._wizard.missing_code is None
        if self._phase is Phase.AFTER or not is_complete:
            self.close_visit()
        else:
            self.go_to_phase(Phase.AFTER)

    def reopen_visit(self) -> None:
        """Open a closed or cancelled visit for writing."""
        if self._wizard is not None:
            self._steps.reopen(self._wizard.visit.id)

    def toggle_internal(self) -> None:
        """Hide what the partner must not see on the screen, or show it again."""
        self.sheet.toggle_private()
        if self._wizard is not None:
            self.head.show_wizard(self._wizard, private=self.sheet.is_private)

    def print_brief(self) -> None:
        """Show the printed brief of this visit."""
        if self._wizard is not None:
            self.leave()
            self.ctx.go(Place("brief", self._visit_id))

    def _focus_checklist(self) -> None:
        self.checklist.setFocus(Qt.FocusReason.OtherFocusReason)
