"""Ratings with several scales of five."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from channel_desk.domain.checklists import rating_values
from channel_desk.presentation.visit_answers import rating_change, with_rating, with_text
from channel_desk.presentation.visit_wizard import Row, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.visit.choice_button import ChoiceButton
from channel_desk.ui.visit.editor import Editor, Sheet, show_text
from channel_desk.ui.widgets.text import Text

_BEST: Final = 5


class RatingEditor(Editor):
    """A digit answers the scale that is due and goes on to the next one; left and right choose a scale."""

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        super().__init__(ctx, row, wizard, parent)
        self._labels: list[Text] = []
        self._buttons: list[list[ChoiceButton]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for scale, (_, label) in enumerate(row.item.options):
            words = ctx.language.own(label)
            self._labels.append(Text(ctx.theme, words, "body", "ink-2", parent=self))
            grid.addWidget(self._labels[-1], scale, 0)
            line = QHBoxLayout()
            line.setSpacing(6)
            buttons = []
            for number in range(1, _BEST + 1):
                button = ChoiceButton(ctx.theme, str(number), parent=self)
                button.setAccessibleName(f"{words} {number}")
                button.clicked.connect(lambda _checked=False, scale=scale, number=number: self._rate(scale, number))
                line.addWidget(button)
                buttons.append(button)
            self._buttons.append(buttons)
            grid.addLayout(line, scale, 1)
        self.body.addLayout(grid)
        self.note = self.note_area(least=1)
        self.body.addWidget(self.note)
        values = rating_values(self.answer, len(self._buttons))
        self._scale = values.index(None) if None in values else 0
        self.show_wizard(wizard)
        self.note.changed.connect(lambda text: self.give(with_text(self.answer, note=text), at_once=False))

    def show_wizard(self, wizard: Wizard) -> None:
        super().show_wizard(wizard)
        for scale, value in enumerate(rating_values(self.answer, len(self._buttons))):
            for number, button in enumerate(self._buttons[scale], start=1):
                button.setChecked(number == value)
        for scale, label in enumerate(self._labels):
            label.set_role("body-strong" if scale == self._scale else "body")
            label.set_colour("accent-ink" if scale == self._scale else "ink-2")
        show_text(self.note, self.answer.note)

    def press(self, digit: int) -> bool:
        if not 1 <= digit <= _BEST:
            return False
        scale = self._scale
        self._scale = (scale + 1) % len(self._buttons)
        self._rate(scale, digit)
        return True

    def turn(self, step: int) -> bool:
        self._scale = (self._scale + step) % len(self._buttons)
        self.show_wizard(self.wizard)
        return True

    def typing_sheet(self) -> Sheet:
        return self.note.edit

    def _rate(self, scale: int, number: int) -> None:
        answer = with_rating(self.answer, scale, number, len(self._buttons))
        change = rating_change(self.row.item, answer)
        if change:
            self.fields_changed.emit(change, False)  # noqa: FBT003 - goes along with the answer
        self.give(answer, at_once=True)
