"""A value of a record, edited where it stands; what is typed into it waits for the record until it is stored."""

from __future__ import annotations

from collections.abc import Iterable

from channel_desk.domain.record import Record
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import About, KeptForm, kept_forms
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.inline_edit import InlineEdit
from channel_desk.ui.widgets.inline_kinds import ONE_LINE, InlineKind

#: The one field of what is kept.
_TYPED = "typed"


class RecordEdit(InlineEdit):
    """Typing that cannot be read, or that was refused, is kept: it stands here again when its record does."""

    def __init__(
        self, ctx: Context, kind: InlineKind = ONE_LINE, *, name: str, empty: str = "–", role: str = "body"
    ) -> None:
        super().__init__(ctx.theme, ctx.language, kind, name=name, empty=empty, role=role)
        self._kept = kept_forms(ctx)
        self._about: About | None = None
        self.ended.connect(self._forget)

    @property
    def about(self) -> About | None:
        """The record whose value is shown, and which value."""
        return self._about

    def show_stored(self, about: About, value: object) -> None:
        """What is stored; typing goes on where it is the same record, and is taken up where it is another."""
        if about == self._about:
            self.set_value(value)
        else:
            self.leave_record()
            self._about = about
            self.set_value(value)
            self._take_up()

    def leave_record(self) -> None:
        """Another record comes: nothing typed for the last one stays here."""
        self._about = None
        self.restore()

    def refuse(self, value: object, sentence: str, *, before: object) -> None:
        """``value`` was not stored: it stays open, and Esc gives ``before`` back."""
        self.set_value(value)
        self.set_error(sentence)
        self.set_value(before)

    @override
    def save(self) -> bool:
        typing = self.typing()
        is_saved = super().save()
        if not is_saved and typing is not None and self._about is not None:
            self._kept.keep(self._about, {_TYPED: typing})
        return is_saved

    def keep_until_stored(self, about: About) -> KeptForm:
        """The value is on its way into the data as that of ``about``."""
        return self._kept.keep(about, {_TYPED: (self.value, "")})

    def _take_up(self) -> None:
        kept = None if self._about is None else self._kept.find(self._about)
        if kept is None:
            return
        value, unread = kept.typing[_TYPED]
        if unread or value != self.value:
            self.show_typing(value, unread)
        else:
            self._forget()  # it was stored after all, when nobody was there to hear of it

    def _forget(self) -> None:
        if self._about is not None:
            self._kept.forget(self._about)


def about_field(name: str, of: tuple[type[Record], int]) -> About:
    """What is typed into the field ``name`` of a record in a file."""
    kind, record_id = of
    return About("file", name, kind, record_id)


def is_half_typed(ctx: Context, names: Iterable[str], of: tuple[type[Record], int]) -> bool:
    """Whether something typed into a field ``of`` a record waits for it."""
    kept = kept_forms(ctx)
    return any(kept.find(about_field(name, of)) is not None for name in names)
