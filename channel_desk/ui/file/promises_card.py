"""What we owe and what they owe, the latest first; ended promises wait folded below."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import DistributorFile
from channel_desk.presentation.commitment_words import in_order
from channel_desk.ui.context import Context
from channel_desk.ui.file.fold_row import REACH, let_rows_reach
from channel_desk.ui.file.promise_form import PromiseForm
from channel_desk.ui.file.promise_row import PromiseRow, is_typing_kept
from channel_desk.ui.forms.kept_forms import About, kept_forms
from channel_desk.ui.widgets.badge import Badge
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.refilling import keeping_focus
from channel_desk.ui.widgets.row_list import RowList
from channel_desk.ui.widgets.scrolling import bring_into_sight
from channel_desk.ui.widgets.text import Text


class PromiseSide(QWidget):
    """The promises of one side."""

    edited = Signal(int, object, object, object, object)
    stepped = Signal(object, object, str, object, object)
    #: A new promise and the form that asked for it.
    added = Signal(object, object)

    def __init__(self, ctx: Context, direction: Direction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, tr = ctx.theme, ctx.tr
        self._ctx = ctx
        self._direction = direction
        #: That of the file.
        self._currency = ""
        self._form: PromiseForm | None = None
        self._distributor_id: int | None = None
        self._kept = kept_forms(ctx)
        self._shows_ended = False
        ours = direction is Direction.OURS
        self._late = Badge(theme, "", "danger")
        add = Button(theme, tr("Add what we owe") if ours else tr("Add what they owe"), "ghost", icon="plus", size=28)
        add.clicked.connect(self.open_form)
        self.add = add
        head = QHBoxLayout()
        head.setContentsMargins(REACH, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(Text(theme, tr(direction.label), "body-strong"))
        head.addWidget(self._late)
        head.addStretch(1)
        head.addWidget(add)
        self._none = Text(theme, tr("We owe them nothing.") if ours else tr("They owe us nothing."), "body", "ink-3")
        self._none.setContentsMargins(REACH, 0, REACH, 0)
        self._pending = QVBoxLayout()
        self._pending.setSpacing(0)
        self._ended = QVBoxLayout()
        self._ended.setSpacing(0)
        self._promises: tuple[Commitment, ...] = ()
        self._pending_rows = self._list_in(self._pending)
        self._ended_rows = self._list_in(self._ended)
        self.more = Button(theme, "", "link", size=28)
        self.more.clicked.connect(self._toggle_ended)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._none)
        self._column.addLayout(self._pending)
        self._column.addWidget(self.more)
        self._column.addLayout(self._ended)

    def _list_in(self, layout: QVBoxLayout) -> RowList[int, Commitment, PromiseRow]:
        return RowList(layout, self._make_row, refresh=PromiseRow.show_commitment, let_go=PromiseRow.leave_record)

    def _make_row(self, one: Commitment) -> PromiseRow:
        row = PromiseRow(self._ctx, one)
        row.edited.connect(self.edited)
        row.stepped.connect(self.stepped)
        row.take_up_form()
        return row

    def _built_rows(self) -> tuple[PromiseRow, ...]:
        return (*self._pending_rows.rows.values(), *self._ended_rows.rows.values())

    def row(self, commitment_id: int) -> PromiseRow:
        """The row of a promise that is open, or of an ended one that is shown."""
        is_pending = any(one.id == commitment_id and one.is_pending for one in self._promises)
        return (self._pending_rows if is_pending else self._ended_rows).build_as_far_as(commitment_id)

    def lead_to(self, commitment_id: int) -> None:
        """Put the keyboard on a promise that is shown, unless it is somewhere in it already."""
        for one in self._promises:
            if one.id == commitment_id and (one.is_pending or self._shows_ended):
                row, focused = self.row(commitment_id), QApplication.focusWidget()
                if focused is None or not row.isAncestorOf(focused):
                    row.head.setFocus(Qt.FocusReason.OtherFocusReason)
                    bring_into_sight(row)

    @property
    def form(self) -> PromiseForm | None:
        """The open form for a new promise."""
        return self._form

    def begin(self, distributor_id: int) -> None:
        """The promises of this distributor are shown; its form is open again if it was left open."""
        if distributor_id != self._distributor_id:
            self._distributor_id = distributor_id
            self._reopen_form()

    def _reopen_form(self) -> None:
        kept = self._kept.find(self._key)
        if self._form is None and kept is not None and kept.is_open:
            self._build_form()

    def show_promises(self, commitments: Sequence[Commitment], *, currency: str) -> None:
        """Those of this side; rows that are there stay, with what is typed in them."""
        self._currency = currency
        if self._form is not None:
            self._form.set_currency(currency)
        with keeping_focus(self._column):
            self._show_rows(in_order(commitments, self._direction))

    def _show_rows(self, mine: Sequence[Commitment]) -> None:
        """Of the ended ones only those that are unfolded, or typed in."""
        self._promises = tuple(mine)
        pending = [one for one in mine if one.is_pending]
        ended = [one for one in mine if not one.is_pending]
        touched = {about.id for about in self._kept.all if about.kind is Commitment}
        self._pending_rows.take_over(self._ended_rows, (one.id for one in pending))
        self._ended_rows.take_over(self._pending_rows, (one.id for one in ended))
        self._pending_rows.show((one.id, one) for one in pending)
        self._ended_rows.show((one.id, one) for one in ended if self._shows_ended or self._is_typed_in(one, touched))
        late = sum(one.is_late(self._ctx.today) for one in pending)
        self._late.set_badge(self._ctx.tr_n("{n} late", "{n} late", late), "danger")
        self._late.setVisible(late > 0)
        self._none.setVisible(not pending)
        self.more.setVisible(bool(ended))
        words = self._ctx.tr_n("{n} ended promise", "{n} ended promises", len(ended))
        self.more.set_text(self._ctx.tr("Hide ended promises") if self._shows_ended else words)

    def _is_typed_in(self, one: Commitment, touched: Collection[int]) -> bool:
        """``touched`` are the promises that something typed waits for."""
        row = self._ended_rows.rows.get(one.id)
        return row.is_typed_in if row is not None else one.id in touched and is_typing_kept(self._ctx, one)

    def _toggle_ended(self) -> None:
        self._shows_ended = not self._shows_ended
        self.show_promises(self._promises, currency=self._currency)

    # -- a new one ---------------------------------------------------------------------------------------------------

    @property
    def _key(self) -> About:
        return self._key_of(self._distributor_id or 0)

    def _key_of(self, distributor_id: int) -> About:
        return About("file", f"promise {self._direction.value}", Distributor, distributor_id)

    def open_form(self) -> None:
        """Ask for a new promise; what was typed already stays, also from before."""
        if self._distributor_id is None:
            return  # the file is not read yet
        form = self._form or self._build_form()
        form.start()

    def _build_form(self) -> PromiseForm:
        form = PromiseForm(self._ctx, self._direction, currency=self._currency)
        form.given.connect(lambda commitment: self.added.emit(commitment, form))
        form.left.connect(self._leave_form)
        kept = self._kept.find(self._key)
        if kept is not None:
            form.show_typing(kept.typing)
        self._form = form
        self._column.insertWidget(1, form)
        return form

    def keep_form(self, *, is_open: bool) -> None:
        """Let what is typed outlive the form."""
        if self._form is not None:
            self._kept.keep_if_typed(self._key, self._form.typing(), is_open=is_open)

    def keep_forms(self) -> None:
        """The page is left: what is typed for new promises and about those that are there outlives it."""
        self.keep_form(is_open=True)
        for row in self._built_rows():
            row.keep_form()

    def take_up_forms(self) -> None:
        """The page is gone to, with what it had."""
        self._reopen_form()
        for row in self._built_rows():
            row.take_up_form()

    def _leave_form(self) -> None:
        self.keep_form(is_open=False)
        if self._kept.find(self._key) is not None:
            self._ctx.feedback.say(self._ctx.tr("The promise stays a draft until it is recorded"))
        self._close_form()

    def finish(self, distributor_id: int) -> None:
        """The promise is written down."""
        self._kept.forget(self._key_of(distributor_id))
        if distributor_id == self._distributor_id:
            self._close_form()

    def _close_form(self) -> None:
        """The keyboard goes back to where the form came from."""
        if self._form is not None:
            focused = QApplication.focusWidget()
            if focused is not None and self._form.isAncestorOf(focused):
                self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def start_anew(self) -> None:
        """Another file: nothing typed for the last one stays here."""
        self.keep_form(is_open=True)
        self._close_form()
        self._distributor_id = None
        self._shows_ended = False
        self.show_promises((), currency=self._currency)


class PromisesCard(Card):
    """Both sides, one below the other."""

    edited = Signal(int, object, object, object, object)
    stepped = Signal(object, object, str, object, object)
    added = Signal(object, object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, ctx.tr("Promises"), icon="handshake", parent=parent)
        self.ours = PromiseSide(ctx, Direction.OURS)
        self.theirs = PromiseSide(ctx, Direction.THEIRS)
        let_rows_reach(self)
        self.body.setSpacing(12)
        for side in (self.ours, self.theirs):
            self.body.addWidget(side)
            side.edited.connect(self.edited)
            side.stepped.connect(self.stepped)
            side.added.connect(self.added)

    def show_file(self, file: DistributorFile) -> None:
        for side in (self.ours, self.theirs):
            side.show_promises(file.commitments, currency=file.distributor.money_currency)
            side.begin(file.distributor.id)

    def lead_to(self, commitment_id: int) -> None:
        """See :meth:`PromiseSide.lead_to`."""
        for side in (self.ours, self.theirs):
            side.lead_to(commitment_id)

    def keep_forms(self) -> None:
        for side in (self.ours, self.theirs):
            side.keep_forms()

    def take_up_forms(self) -> None:
        for side in (self.ours, self.theirs):
            side.take_up_forms()

    def start_anew(self) -> None:
        for side in (self.ours, self.theirs):
            side.start_anew()
