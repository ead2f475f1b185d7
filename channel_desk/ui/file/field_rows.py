"""Labels with values that are edited in place, built from the declarations of the cards."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from channel_desk.domain.record import Record
from channel_desk.presentation.file_cards import CardField
from channel_desk.ui.context import Context
from channel_desk.ui.file.long_text import LongText
from channel_desk.ui.file.record_edit import RecordEdit, about_field
from channel_desk.ui.widgets.inline_kinds import LINES, ONE_LINE, Day, InlineKind, Money, Number, OneOf
from channel_desk.ui.widgets.text import Text

#: Least and most width of the labels in pixels.
LABEL_WIDTHS = (72, 144)


def label_width(ctx: Context, fields: Iterable[CardField]) -> int:
    """Enough for the longest label of a card."""
    metrics = QFontMetrics(ctx.theme.font("body"))
    widest = max((metrics.horizontalAdvance(ctx.tr(field.label)) for field in fields), default=0) + 2
    least, most = LABEL_WIDTHS
    return max(least, min(widest, most))


def inline_edit(ctx: Context, field: CardField, *, currency: str = "", subject: str = "") -> RecordEdit:
    """The value of ``field``; ``subject`` (a person, a promise) goes into its spoken name."""
    label = ctx.tr(field.label)
    name = ctx.tr("{field} of {subject}", field=label, subject=subject) if subject else label
    return RecordEdit(ctx, _kind_of(field, ctx, currency), name=name)


def _kind_of(field: CardField, ctx: Context, currency: str) -> InlineKind:
    match field.kind:
        case "text":
            return ONE_LINE
        case "multiline":
            return LINES
        case "choice":
            none: list[tuple[object, str]] = [] if field.is_needed else [(None, "–")]
            return OneOf([*none, *((word, ctx.tr(word.label)) for word in field.choices)])
        case "date":
            return Day(lambda: ctx.today, ahead=field.is_ahead)
        case "number":
            return Number(field.decimals, ctx.tr(field.unit) if field.unit else "")
        case "money":
            return Money(currency)


def stored_form(field: CardField, value: object) -> object:
    """``value`` of an edit as the record keeps it."""
    if field.kind == "number" and value is not None:
        return float(value) if field.decimals and isinstance(value, Decimal | float | int) else value
    if field.kind in {"text", "multiline"}:
        return "" if value is None else str(value).strip()
    return None if value == "" else value


class FieldRow(QWidget):
    """One label with its value ``of`` a record. ``changed(field, new value, value before)``."""

    changed = Signal(object, object, object)

    def __init__(
        self,
        ctx: Context,
        field: CardField,
        *,
        of: tuple[type[Record], int],
        width: int,
        currency: str = "",
        subject: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._about = about_field(field.name, of)
        self._stored: object = None
        label = Text(ctx.theme, ctx.tr(field.label), "body", "ink-2", elide=True)
        label.setFixedSize(width, 28)
        self.edit = inline_edit(ctx, field, currency=currency, subject=subject)
        self.edit.setObjectName(field.name)
        self.edit.committed.connect(self._on_committed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self._folding = LongText(ctx, self.edit) if field.kind == "multiline" else None
        layout.addWidget(self._folding or self.edit, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, value: object) -> None:
        """What the file holds now; typing goes on."""
        self._stored = value
        self.edit.show_stored(self._about, value)
        if self._folding is not None:
            self._folding.fit()

    def _on_committed(self, value: object) -> None:
        new = stored_form(self.field, value)
        if new != self._stored:
            self.changed.emit(self.field, new, self._stored)


def save_all(root: QWidget) -> None:
    """Hand over everything below ``root`` that is still being typed."""
    for edit in root.findChildren(RecordEdit):
        if edit.field is not None:
            edit.save()
