"""One promise: a line that opens to edit it, and the steps it can take."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment, CommitmentStatus, PromiseStep
from channel_desk.domain.currency import HOME_CURRENCY
from channel_desk.presentation.commitment_words import Flag, words
from channel_desk.presentation.promise_fields import PROMISE, fields_of
from channel_desk.presentation.promise_steps import QUESTIONS, steps_with_form
from channel_desk.ui.context import Context
from channel_desk.ui.file.field_rows import FieldRow, label_width
from channel_desk.ui.file.fold_row import FoldRow
from channel_desk.ui.file.reason_form import ReasonForm
from channel_desk.ui.file.record_edit import is_half_typed
from channel_desk.ui.forms.kept_forms import kept_forms, step_key
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import IconButton
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.menu import Entry, open_menu_at
from channel_desk.ui.widgets.text import Text


class PromiseRow(FoldRow):
    """Asks for changes and steps; the page stores them.

    ``stepped(commitment, PromiseStep, text, day, form)``, with the form that asked for it.
    """

    edited = Signal(int, object, object, object, object)
    stepped = Signal(object, object, str, object, object)

    def __init__(self, ctx: Context, commitment: Commitment, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, parent=parent)
        theme = ctx.theme
        self._ctx = ctx
        self.commitment = commitment
        #: What the head shows, and on which day.
        self._headed: tuple[Commitment, date] | None = None
        self._rows: list[FieldRow] = []
        self._drafts = kept_forms(ctx)
        self._form: ReasonForm | None = None
        self._flags: list[Text] = []
        self._text = Text(theme, "", "body-strong", elide=True)
        self._due = Text(theme, "", "secondary-strong")
        self._detail = Text(theme, "", "secondary", "ink-2", elide=True)
        self._amount = Text(theme, "", "body")
        self._kept = IconButton(theme, "check", ctx.tr("Promise was kept"))
        self._kept.clicked.connect(lambda: self.ask(PromiseStep.FULFIL))
        self._menu = IconButton(theme, "ellipsis", ctx.tr("More"))
        self._menu.clicked.connect(self._open_menu)
        self._second = QHBoxLayout()
        self._second.setSpacing(8)
        self._second.addWidget(self._due)
        self._second.addWidget(self._detail, 1)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self._sign_forbidden = Icon(theme, "shield-alert", "danger-text", 14)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._sign_forbidden)
        first.addWidget(self._text, 1)
        lines.addLayout(first)
        lines.addLayout(self._second)
        row = self.head.row
        row.addLayout(lines, 1)
        row.addWidget(self._amount)
        row.addWidget(self._kept)
        row.addWidget(self._menu)
        self.end_head()
        self.show_commitment(commitment)

    def show_commitment(self, commitment: Commitment) -> None:
        """What the file holds; typing goes on."""
        self.commitment = commitment
        if (commitment, self._ctx.today) != self._headed:
            self._headed = (commitment, self._ctx.today)
            self._show_head(commitment)
        self.fill_body()

    def _show_head(self, commitment: Commitment) -> None:
        said = words(commitment, self._ctx.today, self._ctx.language)
        self._text.setText(" ".join(commitment.text.split()))
        self._text.set_colour("ink" if commitment.is_pending else "ink-2")
        self._due.setText(said.due)
        self._due.set_colour(said.due_colour)
        self._detail.setText(said.detail)
        self._amount.setText(said.amount)
        self._amount.setVisible(bool(said.amount))
        self._kept.setVisible(CommitmentStatus.FULFILLED in commitment.next_statuses)
        self._show_flags(said.flags)
        heard = [commitment.text, said.due, said.amount, *(flag.text for flag in said.flags), said.detail]
        self.head.say(self._ctx.formats.join([word for word in heard if word]))

    def _show_flags(self, flags: tuple[Flag, ...]) -> None:
        """Doubts stand in the second line; what forbids the promise also has its sign before the text."""
        for widget in self._flags:
            widget.hide()
            widget.deleteLater()
        theme = self._ctx.theme
        self._flags = [
            Text(theme, flag.text, "secondary-strong", f"{flag.kind}-text", elide=flag.kind != "danger")
            for flag in flags
        ]
        for place, doubt in enumerate(self._flags, start=1):
            self._second.insertWidget(place, doubt)
        self._sign_forbidden.setVisible(any(flag.kind == "danger" for flag in flags))

    # -- editing -----------------------------------------------------------------------------------------------------

    @override
    def build_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        width = label_width(self._ctx, PROMISE)
        currency = self.commitment.currency or HOME_CURRENCY
        for field in PROMISE:
            row = FieldRow(self._ctx, field, of=(Commitment, self.commitment.id), width=width, currency=currency)
            row.changed.connect(
                lambda one, new, old, row=row: self.edited.emit(self.commitment.id, one, new, row.edit, old)
            )
            self._rows.append(row)
            column.addWidget(row)
        return body

    @override
    def fill_body(self) -> None:
        shown = fields_of(self.commitment)
        for row in self._rows:
            row.show_value(getattr(self.commitment, row.field.name))
            row.setVisible(row.field in shown)

    def leave_record(self) -> None:
        """The row goes."""
        for row in self._rows:
            row.edit.leave_record()

    @property
    def is_typed_in(self) -> bool:
        """Whether a question of a step or a field is open."""
        return self._form is not None or any(row.edit.field is not None for row in self._rows)

    def row(self, name: str) -> FieldRow:
        """The row of a field, once opened."""
        return next(row for row in self._rows if row.field.name == name)

    # -- steps -------------------------------------------------------------------------------------------------------

    def _steps(self) -> list[Entry]:
        tr = self._ctx.tr
        steps: list[Entry] = [
            (tr(QUESTIONS[step].menu), partial(self.ask, step)) for step in steps_with_form(self.commitment)
        ]
        if CommitmentStatus.OPEN in self.commitment.next_statuses:
            steps.append((tr("Open again"), partial(self._step, PromiseStep.REOPEN)))
        steps.append(None)
        steps.append((tr("Delete promise"), partial(self._step, PromiseStep.DELETE)))
        return steps

    def _open_menu(self) -> None:
        open_menu_at(self._ctx.theme, self._menu, self._steps(), right=True)

    def _step(self, step: PromiseStep, text: str = "", day: object = None) -> None:
        self.stepped.emit(self.commitment, step, text, day, self._form)

    @property
    def form(self) -> ReasonForm | None:
        """The open question of a step."""
        return self._form

    def ask(self, step: PromiseStep) -> None:
        """Ask for the proof, the reason or the approver of ``step``; what is typed already stays."""
        self.keep_form()
        self._build_form(step).start()

    def _build_form(self, step: PromiseStep) -> ReasonForm:
        self._take_out_form()
        tr, asked = self._ctx.tr, QUESTIONS[step]
        form = ReasonForm(
            self._ctx,
            tr(asked.question),
            step=step,
            placeholder=tr(asked.example),
            confirm=tr(asked.confirm),
            day=self._ctx.today if asked.is_dated else None,
        )
        form.given.connect(lambda text, day: self._step(step, text, day))
        form.left.connect(self.close_form)
        kept = self._drafts.find(step_key(self.commitment.id))
        if kept is not None:
            form.show_typing(kept.typing)
        self._form = form
        self._column.addWidget(form)
        return form

    def keep_form(self) -> None:
        """Let what is typed outlive the form, for every page that shows the promise."""
        if self._form is not None:
            self._drafts.keep_if_typed(step_key(self.commitment.id), self._form.typing())

    def take_up_form(self) -> None:
        """The page is gone to: the form is as it was left, here or where else the promise is shown."""
        step = _kept_step(self._ctx, self.commitment)
        if not self.is_open and _has_kept_field(self._ctx, self.commitment):
            self.turn()
        if step is not None:
            self._build_form(step)
        elif self._form is not None and self._form.typing() is not None:
            self._take_out_form()  # it was given up, or done, elsewhere

    def close_form(self) -> None:
        """The step was taken, or given up."""
        if self._form is not None:
            self._drafts.forget(step_key(self.commitment.id))
            self._take_out_form()
            self.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None


def _kept_step(ctx: Context, commitment: Commitment) -> PromiseStep | None:
    """The step whose question waits with something typed, where the promise can still take it."""
    kept = kept_forms(ctx).find(step_key(commitment.id))
    step = None if kept is None else kept.typing["step"][0]
    return step if isinstance(step, PromiseStep) and step in steps_with_form(commitment) else None


def _has_kept_field(ctx: Context, commitment: Commitment) -> bool:
    return is_half_typed(ctx, (field.name for field in fields_of(commitment)), (Commitment, commitment.id))


def is_typing_kept(ctx: Context, commitment: Commitment) -> bool:
    """Whether the row of a promise will have something typed in it, once it is made."""
    return _kept_step(ctx, commitment) is not None or _has_kept_field(ctx, commitment)
