"""Writing a new promise down, inside the card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Authority, Commitment, Direction, Evidence
from channel_desk.domain.record import DistributorId
from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import Field, TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.number_field import MoneyField
from channel_desk.ui.widgets.scrolling import bring_into_sight
from channel_desk.ui.widgets.text import Text


class PromiseForm(Ground):
    """``given(commitment)`` on Enter in a field or the button, ``left`` on Esc or Close."""

    given = Signal(object)
    left = Signal()

    def __init__(self, ctx: Context, direction: Direction, *, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "sunken", edge="hairline", radius=6, parent=parent)
        self.setObjectName("form")
        self._ctx = ctx
        self._direction = direction
        self._currency = currency
        theme, tr = ctx.theme, ctx.tr
        example = (
            tr("For example: send the price list") if direction is Direction.OURS else tr("For example: pay ¥200,000")
        )
        self.text = TextField(theme, example, name=tr("What was promised"))
        self.due = DateField(theme, ctx.language, lambda: ctx.today, name=tr("Due"))
        self.amount = MoneyField(theme, ctx.language, currency=currency, name=tr("Amount"))
        self.authority = ChoiceField(theme, [(one, tr(one.label)) for one in Authority], name=tr("Permission"))
        self.authority.set_value(Authority.WITHIN_LIMITS)
        self.authority.chosen.connect(self._show_approver)
        #: The field for the approver with its label; nothing where they promise.
        self._approval: tuple[QWidget, ...] = ()
        self.approver = TextField(theme, tr("For example: Sun Wei"), name=tr("Approved by"))
        self.evidence = ChoiceField(theme, [(one, tr(one.label)) for one in Evidence], name=tr("Evidence"))
        self.evidence.set_value(Evidence.NONE)
        self.evidence_note = TextField(theme, name=tr("Where the evidence is"))
        title = tr("We promise") if direction is Direction.OURS else tr("They promise")
        write = Button(theme, tr("Record"), "primary")
        write.clicked.connect(self._give)
        close = Button(theme, tr("Close"), "ghost")
        close.clicked.connect(self.left)
        clear = Button(theme, tr("Clear"), "ghost")
        clear.clicked.connect(self.clear)
        self._fields: dict[str, Field] = {
            "text": self.text,
            "due": self.due,
            "amount": self.amount,
            "authority": self.authority,
            "approver": self.approver,
            "evidence": self.evidence,
            "evidence_note": self.evidence_note,
        }
        self._untouched = typing_of(self._fields)
        self._lay_out(Text(theme, title, "body-strong"), write, close, clear)

    def _lay_out(self, title: QWidget, *buttons: QWidget) -> None:
        tr, theme = self._ctx.tr, self._ctx.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        pairs: list[tuple[str, QWidget]] = [(tr("Due"), self.due), (tr("Amount"), self.amount)]
        if self._direction is Direction.OURS:
            pairs += [(tr("Permission"), self.authority), (tr("Approved by"), self.approver)]
        pairs += [(tr("Evidence"), self.evidence), (tr("Where the evidence is"), self.evidence_note)]
        for number, (label, field) in enumerate(pairs):
            line, place = divmod(number, 2)
            words = Text(theme, label, "secondary", "ink-2")
            grid.addWidget(words, line * 2, place)
            if field is self.approver:
                self._approval = (words, field)
            wide = number == len(pairs) - 1 and place == 0
            grid.addWidget(field, line * 2 + 1, place, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._show_approver()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)

    def set_currency(self, currency: str) -> None:
        """The file has another currency now."""
        self._currency = currency
        self.amount.set_currency(currency)

    def start(self) -> None:
        """Let the user type."""
        bring_into_sight(self)
        self.text.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def typing(self) -> Typing | None:
        """What is typed; None while nothing is."""
        typing = typing_of(self._fields)
        return None if typing == self._untouched else typing

    def show_typing(self, typing: Typing) -> None:
        show_typing(self._fields, typing)
        self._show_approver()

    def _show_approver(self) -> None:
        """A name is asked for, and taken, only where somebody has approved."""
        for widget in self._approval:
            widget.setVisible(self.authority.value is Authority.APPROVED)

    def clear(self) -> None:
        self.show_typing(self._untouched)
        self.start()

    def refuse(self, error: UserError) -> None:
        """Say at its field what is missing."""
        field = self.approver if error.code == "approver_missing" else self.text
        field.set_error(self._ctx.feedback.sentence(error))
        bring_into_sight(self)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        wrong = [field for field in (self.due, self.amount) if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        authority, evidence = self.authority.value, self.evidence.value
        approved = authority is Authority.APPROVED
        self.given.emit(
            Commitment(
                distributor_id=DistributorId(0),
                direction=self._direction,
                text=self.text.text().strip(),
                promised_on=self._ctx.today,
                due_on=self.due.day,
                amount_minor=self.amount.minor,
                currency=self._currency,
                authority=authority if isinstance(authority, Authority) else Authority.WITHIN_LIMITS,
                approved_by=self.approver.text().strip() if approved else "",
                approved_on=self._ctx.today if approved else None,
                evidence=evidence if isinstance(evidence, Evidence) else Evidence.NONE,
                evidence_note=self.evidence_note.text().strip(),
            )
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER:
            self._give()
        else:
            super().keyPressEvent(event)
