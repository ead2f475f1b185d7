"""What a visit cannot be closed without: the verdict with its reason, and the next step with its day."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from channel_desk.domain.visits import Verdict, can_be_next
from channel_desk.errors import UserError
from channel_desk.presentation.visit_wizard import Row, Wizard, next_step_dates
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.visit.choice_button import ChoiceButton
from channel_desk.ui.visit.editor import Editor, Sheet, show_text
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.flow import FlowLayout
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea

_LABELS: Final = 88


def _form(editor: Editor, first: QWidget, label: str) -> QGridLayout:
    """A grid with ``first`` over its width, which is what the question above asks for, and ``label`` below it."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(10)
    grid.setColumnMinimumWidth(0, _LABELS)
    grid.setColumnStretch(1, 1)
    grid.addWidget(first, 0, 0, 1, 2)
    words = Text(editor.ctx.theme, label, "body", "ink-2", parent=editor)
    words.setFixedHeight(30)
    grid.addWidget(words, 1, 0, Qt.AlignmentFlag.AlignTop)
    return grid


class VerdictEditor(Editor):
    """Digits 1 to 4 give the verdict, letters begin its reason."""

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        super().__init__(ctx, row, wizard, parent)
        holder = QWidget(self)
        grid = _form(self, holder, ctx.tr("Reason"))
        flow = FlowLayout(holder, gap=8)
        self._buttons: dict[Verdict, ChoiceButton] = {}
        for digit, verdict in enumerate(Verdict, start=1):
            button = ChoiceButton(ctx.theme, ctx.tr(verdict.label), digit=digit, parent=holder)
            button.clicked.connect(lambda _checked=False, verdict=verdict: self._judge(verdict))
            flow.addWidget(button)
            self._buttons[verdict] = button
        self.reason = TextArea(ctx.theme, least=1, most=4, name=ctx.tr("Reason"))
        self.watch(self.reason.edit)
        grid.addWidget(self.reason, 1, 1)
        self.body.addLayout(grid)
        self.show_wizard(wizard)
        self.reason.changed.connect(
            lambda text: self.fields_changed.emit({"verdict_reason": text}, False)  # noqa: FBT003 - a signal
        )

    def show_wizard(self, wizard: Wizard) -> None:
        super().show_wizard(wizard)
        for verdict, button in self._buttons.items():
            button.setChecked(wizard.visit.verdict is verdict)
        show_text(self.reason, wizard.visit.verdict_reason)

    def press(self, digit: int) -> bool:
        if not 1 <= digit <= len(Verdict):
            return False
        self._judge(list(Verdict)[digit - 1])
        return True

    def typing_sheet(self) -> Sheet:
        return self.reason.edit

    def go_to_missing(self) -> None:
        if self.wizard.visit.verdict is not None:  # else a digit gives it
            self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self, verdict: Verdict) -> None:
        same = self.wizard.visit.verdict is verdict
        self.fields_changed.emit({"verdict": None if same else verdict}, True)  # noqa: FBT003 - a signal


class _NextDay(DateField):
    """A digit alone means the button beside it, as anywhere in the question, and no day of the month."""

    pressed = Signal(int)
    #: The buttons have the digits from 1 to this one.
    digits = 0

    @override
    def check(self) -> bool:
        typed = self.text().strip()
        if not (self._typed and len(typed) == 1 and typed.isdecimal() and 1 <= int(typed) <= self.digits):
            return super().check()
        self.set_value(self.value)
        self.pressed.emit(int(typed))
        return True


class NextStepEditor(Editor):
    """What comes next and when; digits give a day quickly, the last one says that nothing comes."""

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        super().__init__(ctx, row, wizard, parent)
        #: What "No next step" has put away; it is back when there is one after all.
        self._put_away: dict[str, object] = {}
        self.step = TextField(ctx.theme, name=ctx.tr("Next step"))
        self.day = _NextDay(ctx.theme, ctx.language, lambda: ctx.today, name=ctx.tr("Date of the next step"))
        self.watch(self.step.edit)
        self.watch(self.day.edit)
        grid = _form(self, self.step, ctx.tr("Date"))
        dates = QHBoxLayout()
        dates.setSpacing(12)
        self.day.setFixedWidth(200)
        dates.addWidget(self.day)
        grid.addLayout(dates, 1, 1)
        holder = QWidget(self)
        flow = FlowLayout(holder, gap=8)
        #: In the order of their digits. Two of them may mean the same day: on a Sunday tomorrow is in the next week.
        self._quick: list[ChoiceButton] = []
        for digit, (label, _) in enumerate(next_step_dates(ctx.today), start=1):
            quick = ChoiceButton(ctx.theme, ctx.tr(label), digit=digit, parent=holder)
            quick.clicked.connect(lambda _checked=False, digit=digit: self.press(digit))
            flow.addWidget(quick)
            self._quick.append(quick)
        self.day.digits = len(self._quick) + 1
        self.none = ChoiceButton(ctx.theme, ctx.tr("No next step"), digit=self.day.digits, parent=self)
        self.none.clicked.connect(self._toggle_none)
        dates.addWidget(self.none)
        dates.addStretch(1)
        grid.addWidget(holder, 2, 1)
        self.body.addLayout(grid)
        self.show_wizard(wizard)
        self.step.edit.textEdited.connect(self._write_step)
        self.day.value_changed.connect(self._change_day)
        self.day.pressed.connect(self.press)

    def show_wizard(self, wizard: Wizard) -> None:
        super().show_wizard(wizard)
        visit = wizard.visit
        if self.step.text() != visit.next_step:
            self.step.setText(visit.next_step)
        typing = self.day.edit.hasFocus() and self.day.edit.isModified()
        if self.day.day != visit.next_step_on and not typing and not self.day.error:
            self.day.set_day(visit.next_step_on)
        self.none.setChecked(visit.no_next_step)
        for button, (_, day) in zip(self._quick, next_step_dates(self.ctx.today), strict=True):
            button.setChecked(visit.next_step_on == day)

    def press(self, digit: int) -> bool:
        if 1 <= digit <= len(self._quick):
            self._change_day(next_step_dates(self.ctx.today)[digit - 1][1])
            return True
        if digit == len(self._quick) + 1:
            self._toggle_none()
            return True
        return False

    def typing_sheet(self) -> Sheet:
        return self.step.edit

    def settle(self) -> bool:
        return self.day.check() and not self.day.error

    def go_to_missing(self) -> None:
        if self.wizard.visit.next_step.strip():  # else letters begin it
            self.day.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_step(self, text: str) -> None:
        taken_back = self._take_back() if text.strip() else {}
        self.fields_changed.emit(taken_back | {"next_step": text}, False)  # noqa: FBT003 - a signal

    def _change_day(self, day: date | None) -> None:
        if not can_be_next(day, self.ctx.today):
            self.day.set_error(self.ctx.feedback.sentence(UserError("next_step_over")))
            return
        self.day.set_error(None)
        taken_back = self._take_back() if day is not None else {}
        self.fields_changed.emit(taken_back | {"next_step_on": day}, True)  # noqa: FBT003 - a signal

    def _toggle_none(self) -> None:
        visit = self.wizard.visit
        changes = self._take_back()
        if not changes:
            self.day.set_error(None)
            self._put_away = {"next_step": visit.next_step, "next_step_on": visit.next_step_on}
            changes = {"no_next_step": True, "next_step": "", "next_step_on": None}
        self.fields_changed.emit(changes, True)  # noqa: FBT003 - a signal

    def _take_back(self) -> dict[str, object]:
        """The changes that end "No next step"; none where it is not chosen."""
        return {"no_next_step": False} | self._put_away if self.wizard.visit.no_next_step else {}
