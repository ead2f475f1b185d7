"""When a visit is, in the pane: its day, its start and its end, read and checked together."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.visit_span import Span, written
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.reading_field import ReadingField
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.time_field import TimeField


class When(QWidget):
    """``changed`` gives another time that makes sense. What does not stays as it was typed, and its field says why."""

    changed = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._span: Span | None = None
        self._filling = False
        self._build()
        self._connect()

    def _build(self) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self.day = DateField(theme, ctx.language, lambda: ctx.today, name=ctx.tr("Day"))
        self.start = TimeField(theme, ctx.language, name=ctx.tr("From"))
        self.end = TimeField(theme, ctx.language, name=ctx.tr("Until"))
        self._fields: tuple[ReadingField, ...] = (self.day, self.start, self.end)
        dash = Text(theme, "–")
        dash.setFixedHeight(self.start.sizeHint().height())
        times = QHBoxLayout()
        times.setSpacing(8)
        for one in (self.start, dash, self.end):
            times.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        times.addStretch(1)
        for field in (self.start, self.end):
            field.setFixedWidth(88)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.day)
        column.addLayout(times)

    def _connect(self) -> None:
        self.day.value_changed.connect(lambda _: self._read(keep_length=True))
        self.start.value_changed.connect(lambda _: self._read(keep_length=True))
        self.end.value_changed.connect(lambda _: self._read())

    # -- showing -----------------------------------------------------------------------------------------------------

    def show_span(self, span: Span, *, keeps_typing: bool = False) -> None:
        """Show ``span``; with ``keeps_typing`` what is half typed, or was refused, stays."""
        self._span = span
        start, end = self._ctx.local(span.starts_at), self._ctx.local(span.ends_at)
        self._filling = True
        for field, value in zip(self._fields, (start.date(), start.time(), end.time()), strict=True):
            if not (keeps_typing and self._is_typed(field)):
                field.set_value(value)
        self._filling = False

    def allow_changes(self, *, allowed: bool) -> None:
        for field in self._fields:
            field.setEnabled(allowed)

    @property
    def span(self) -> Span | None:
        """What is shown; the last one that made sense."""
        return self._span

    @staticmethod
    def _is_typed(field: ReadingField) -> bool:
        return bool(field.edit.isModified() or field.error)

    # -- reading -----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """What is half typed counts."""
        for field in self._fields:
            field.check()

    def is_sound(self) -> bool:
        """Whether a visit can be planned then; else the keyboard is put on the field that tells why not."""
        for field in self._fields:
            if field.check() and field.value is None:
                field.set_error(self._ctx.tr("A visit needs a day, a start and an end"))
            if field.error:
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    @property
    def unsound(self) -> Typing | None:
        """What cannot be a time of the visit, as it was typed."""
        typing = {name: typed for name, typed in typing_of(self._by_name).items() if typed[1]}
        return typing or None

    def take_up(self, unsound: Typing) -> None:
        """Show typing again that made no sense."""
        show_typing({name: field for name, field in self._by_name.items() if name in unsound}, unsound)
        self._read()

    @property
    def _by_name(self) -> dict[str, TextField]:
        return {"day": self.day, "start": self.start, "end": self.end}

    def restore(self) -> bool:
        """Put back what the field with the keyboard held; False when nothing was typed into it."""
        for field in self._fields:
            if field.edit.hasFocus() and self._is_typed(field):
                field.set_error(None)
                field.edit.setModified(False)
                if self._span is not None:
                    self.show_span(self._span, keeps_typing=True)
                return True
        return False

    def _read(self, *, keep_length: bool = False) -> None:
        day, start, end = self.day.day, self.start.time, self.end.time
        if self._filling or self._span is None or day is None or start is None or end is None:
            return
        zone = self._ctx.clock.zone
        begins = datetime.combine(day, start, zone)
        span = Span.lasting(begins, self._span.length) if keep_length else written(day, start, end, zone)
        if span is None:
            self.end.set_error(self._ctx.tr("After the start"))
            return
        self.end.set_error(None)
        if span != self._span:
            self.changed.emit(span)
