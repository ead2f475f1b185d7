"""One editor for each kind of setting; which one is decided by the declaration alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from channel_desk.settings import Kind, Setting
from channel_desk.settings.declarations import Value
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.number_field import NumberField
from channel_desk.ui.widgets.segmented import Segmented

#: Up to so many choices stand side by side.
_SIDE_BY_SIDE = 3
_FIELD = 320
_NUMBER = 140


class Editor:
    """A widget that edits one setting; ``show`` puts a value in, ``changed`` is called with a new one."""

    def __init__(self, ctx: Context, setting: Setting, changed: Callable[[Value], None]) -> None:
        self._ctx = ctx
        self._setting = setting
        self._changed = changed
        builders = {
            Kind.TEXT: self._text,
            Kind.CHOICE: self._choice,
            Kind.NUMBER: self._number,
        }
        self.widget, self.show = builders[setting.kind](ctx.tr(setting.label))
        self.widget.setObjectName(f"setting_{setting.key}")

    def save(self) -> None:
        """Hand over a text that is being typed; the others are handed over at each change."""
        if self._setting.kind is Kind.TEXT and isinstance(self.widget, TextField):
            self._changed(self.widget.text().strip())

    def _text(self, name: str) -> tuple[QWidget, Callable[[Value], None]]:
        field = TextField(self._ctx.theme, name=name)
        field.setFixedWidth(_FIELD)
        field.left.connect(self.save)
        field.submitted.connect(lambda _text: self.save())
        return field, lambda value: field.setText(str(value))

    def _choice(self, name: str) -> tuple[QWidget, Callable[[Value], None]]:
        choices = [(key, self._ctx.tr(label)) for key, label in self._setting.choices]
        if len(choices) <= _SIDE_BY_SIDE:
            row = Segmented(self._ctx.theme, choices, name=name)
            row.chosen.connect(self._changed)
            return row, lambda value: row.choose(str(value))
        field = ChoiceField(self._ctx.theme, choices, name=name)
        field.setFixedWidth(_FIELD)
        field.picked.connect(self._changed)
        return field, field.set_value

    def _number(self, name: str) -> tuple[QWidget, Callable[[Value], None]]:
        setting = self._setting
        unit = self._ctx.tr(setting.unit) if setting.unit else ""
        field = NumberField(
            self._ctx.theme, self._ctx.language, unit=unit, least=setting.lowest, most=setting.highest, name=name
        )
        field.setFixedWidth(_NUMBER)
        field.value_changed.connect(self._take_number)
        return field, lambda value: field.set_value(int(value))

    def _take_number(self, value: object) -> None:
        # While it is being typed there may be no number, or one out of range; the field says so itself.
        if isinstance(value, int | float) and self._setting.accepts(int(value)):
            self._changed(int(value))
