"""What is typed into the fields of a form, as :mod:`~channel_desk.ui.forms.kept_forms` keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.widgets.field import Field


def typing_of(fields: Mapping[str, Field]) -> Typing:
    """What stands in ``fields``."""
    return {name: field.typing() for name, field in fields.items()}


def show_typing(fields: Mapping[str, Field], typing: Typing) -> None:
    """Put ``typing`` back where it has something for a field."""
    for name, field in fields.items():
        if name in typing:
            field.take_up(*typing[name])
