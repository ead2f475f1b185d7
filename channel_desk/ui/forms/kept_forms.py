"""What is typed into a form and not stored yet: it outlives Esc, the page, and a change of the language."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject

from channel_desk.ui.context import Context
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.reading_field import ReadingField

#: By the name of a field: its value, and the typing that it could not read.
Typing = Mapping[str, tuple[object, str]]


@dataclass(frozen=True)
class KeptForm:
    """The typing of a form, and whether the form was still open."""

    typing: Typing
    is_open: bool


class KeptForms(QObject):
    """The forms that were left half filled, each by what it is about. Found again by :func:`kept_forms`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._forms: dict[Hashable, KeptForm] = {}

    @property
    def is_empty(self) -> bool:
        return not self._forms

    def keep(self, key: Hashable, form: KeptForm) -> None:
        self._forms[key] = form

    def find(self, key: Hashable) -> KeptForm | None:
        return self._forms.get(key)

    def forget(self, key: Hashable) -> None:
        self._forms.pop(key, None)


def kept_forms(ctx: Context) -> KeptForms:
    """The one store of kept forms; it lives as long as the window."""
    return ctx.tasks.findChild(KeptForms) or KeptForms(ctx.tasks)


def typing_of(fields: Mapping[str, TextField | ChoiceField]) -> Typing:
    """What stands in ``fields``."""
    typing: dict[str, tuple[object, str]] = {}
    for name, field in fields.items():
        unread = isinstance(field, ReadingField) and not field.check()
        typing[name] = (field.value, field.text() if unread and isinstance(field, ReadingField) else "")
    return typing


def show_typing(fields: Mapping[str, TextField | ChoiceField], typing: Typing) -> None:
    """Put ``typing`` back; what could not be read is told again."""
    for name, field in fields.items():
        value, unread = typing[name]
        field.set_value(value)
        field.set_error(None)
        if unread and isinstance(field, ReadingField):
            field.show_typing(unread)
