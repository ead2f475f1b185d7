"""How the current question is answered: what all editors share, and the plain one with a note and choices."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from channel_desk.domain.checklists import ItemKind
from channel_desk.domain.visits import Answer
from channel_desk.presentation.visit_answers import (
    Choice,
    choices,
    chosen,
    field_change,
    field_text,
    is_field_text,
    read_value,
    with_choice,
    with_text,
)
from channel_desk.presentation.visit_wizard import Row, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.visit.choice_button import ChoiceButton
from channel_desk.ui.visit.field_keys import FieldKeys
from channel_desk.ui.widgets.flow import FlowLayout
from channel_desk.ui.widgets.number_field import MoneyField, NumberField
from channel_desk.ui.widgets.text_area import TextArea

#: An editor that text is typed into.
Sheet = QLineEdit | QPlainTextEdit


class Editor(QWidget):
    """The inside of the open question. It asks; the page stores and shows the question anew."""

    #: An :class:`Answer`, and whether it is stored at once.
    answered = Signal(object, bool)
    #: Fields of the visit, and whether they are stored at once.
    fields_changed = Signal(object, bool)
    #: The objections of the visit, and whether they are stored at once.
    objections_changed = Signal(object, bool)
    #: Enter, Esc and the arrows in one of the fields.
    entered = Signal()
    escaped = Signal()
    stepped = Signal(int)
    #: The form for a promise is asked for.
    promise_wanted = Signal()

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.row = row
        self.wizard = wizard
        self.code = row.item.code
        self.answer = wizard.answer(self.code)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)

    # -- for the checklist -------------------------------------------------------------------------------------------

    def show_wizard(self, wizard: Wizard) -> None:
        """The visit has changed elsewhere, or by this editor. Text under the cursor stays."""
        self.wizard = wizard
        self.row = wizard.row(self.code) or self.row
        self.answer = wizard.answer(self.code)

    def press(self, digit: int) -> bool:
        """A digit while no field has the focus; whether it means something here."""
        return False

    def turn(self, step: int) -> bool:
        """Left (-1) or right (1) while no field has the focus."""
        return False

    def typing_sheet(self) -> Sheet | None:
        """Where the first letter goes."""
        return None

    def settle(self) -> bool:
        """The row is to be left: read what is half typed. False when it cannot be understood; then it stays."""
        return True

    def go_to_missing(self) -> None:
        """Give the keyboard to the field without which the visit cannot be closed, where keys do not reach it so."""

    # -- for subclasses ----------------------------------------------------------------------------------------------

    def watch(self, sheet: QWidget) -> None:
        """Let the keys of ``sheet`` move in the checklist."""
        keys = FieldKeys(sheet)
        keys.entered.connect(self.entered)
        keys.escaped.connect(self.escaped)
        keys.stepped.connect(self.stepped)

    def give(self, answer: Answer, *, at_once: bool) -> None:
        self.answer = answer
        self.answered.emit(answer, at_once)

    def note_area(self, placeholder: str = "", *, least: int = 2) -> TextArea:
        """A note that grows; its text is not yet connected."""
        area = TextArea(
            self.ctx.theme, placeholder, least=least, most=8, name=self.ctx.tr("Note to {code}", code=self.code)
        )
        self.watch(area.edit)
        return area


def show_text(area: TextArea, text: str) -> None:
    """Show ``text`` without telling anyone and without moving the cursor when it is the same."""
    if area.text() == text:
        return
    area.blockSignals(True)  # noqa: FBT003 - Qt's name
    area.setText(text)
    area.blockSignals(False)  # noqa: FBT003 - Qt's name


class PlainEditor(Editor):
    """A note, the choices with their digits, and a value for numbers and amounts."""

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        super().__init__(ctx, row, wizard, parent)
        item = row.item
        self._is_field = is_field_text(item)
        hint = ctx.tr("One goal a line: Shift+Enter begins the next") if item.visit_field == "goals" else ""
        self.note = self.note_area(hint)
        self.body.addWidget(self.note)
        self._choices = choices(item, ctx.language)
        self._buttons: dict[int, ChoiceButton] = {}
        line = QHBoxLayout()
        line.setSpacing(12)
        holder = QWidget(self)
        flow = FlowLayout(holder, gap=8)
        for choice in self._choices:
            if choice.focus == "note":
                continue
            words = choice.label if choice.translated else ctx.tr(choice.label)
            button = ChoiceButton(ctx.theme, words, digit=choice.digit, parent=holder)
            button.clicked.connect(lambda _checked=False, choice=choice: self._choose(choice))
            flow.addWidget(button)
            self._buttons[choice.digit] = button
        line.addWidget(holder, 1)
        self.value: NumberField | MoneyField | None = self._value_field()
        if self.value is not None:
            self.value.setFixedWidth(200)
            line.addWidget(self.value, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.show_wizard(wizard)
        self.note.changed.connect(self._write_note)

    def _value_field(self) -> NumberField | MoneyField | None:
        item, ctx = self.row.item, self.ctx
        name = ctx.tr("Value of {code}", code=self.code)
        field: NumberField | MoneyField
        if item.kind is ItemKind.NUMBER:
            unit = ctx.language.own(item.unit)
            field = NumberField(ctx.theme, ctx.language, unit=unit, name=name, size=28)
        elif item.kind is ItemKind.MONEY:
            field = MoneyField(ctx.theme, ctx.language, currency=self.wizard.currency, name=name, size=28)
        else:
            return None
        self.watch(field.edit)
        field.edit.textEdited.connect(self._write_value)
        return field

    def show_wizard(self, wizard: Wizard) -> None:
        super().show_wizard(wizard)
        self._show_note()
        for choice in self._choices:
            if choice.digit in self._buttons:
                self._buttons[choice.digit].setChecked(chosen(self.answer, choice, wizard.visit))
        if self.value is not None and not self.value.edit.hasFocus():
            self._show_value()
        if self.value is not None:
            self._buttons[3].setChecked(bool(self.answer.value))

    def _show_note(self) -> None:
        item, visit = self.row.item, self.wizard.visit
        if not self._is_field:
            show_text(self.note, self.answer.note)
        elif field_change(item, self.note.text()) != {item.visit_field: self.wizard.visit_value(item)}:
            show_text(self.note, field_text(item, visit))  # else blanks at the end are still being typed

    def _show_value(self) -> None:
        kept = self.answer.value
        if self.value is not None and not self.value.error:
            self.value.set_value(int(kept) if kept.lstrip("-").isdigit() else None)

    def press(self, digit: int) -> bool:
        choice = next((one for one in self._choices if one.digit == digit), None)
        if choice is None:
            return False
        self._choose(choice)
        return True

    def typing_sheet(self) -> Sheet:
        return self.note.edit

    def settle(self) -> bool:
        return self.value is None or self.value.check()

    def _choose(self, choice: Choice) -> None:
        if choice.focus == "note":
            self.note.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif choice.focus == "value" and self.value is not None:
            self.value.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.value.edit.selectAll()
        else:
            self.give(with_choice(self.answer, choice), at_once=True)

    def _write_note(self, text: str) -> None:
        if self._is_field:
            self.fields_changed.emit(field_change(self.row.item, text), False)  # noqa: FBT003 - a signal
        else:
            self.give(with_text(self.answer, note=text), at_once=False)

    def _write_value(self, text: str) -> None:
        value = read_value(self.row.item, text, currency=self.wizard.currency)
        if value is not None:
            self.give(with_text(self.answer, value=value), at_once=False)
