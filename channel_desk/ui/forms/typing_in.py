"""What is typed into the fields of a form, as :mod:`~channel_desk.ui.forms.kept_forms` keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.reading_field import ReadingField, typed_in


def typing_of(fields: Mapping[str, TextField | ChoiceField]) -> Typing:
    """What stands in ``fields``."""
    return {name: typed_in(field) for name, field in fields.items()}


def show_typing(fields: Mapping[str, TextField | ChoiceField], typing: Typing) -> None:
    """Put ``typing`` back where it has something for a field; what could not be read is told again."""
    for name, field in fields.items():
        if name not in typing:
            continue
        value, unread = typing[name]
        field.set_value(value)
        field.set_error(None)
        if unread and isinstance(field, ReadingField):
            field.show_typing(unread)
