"""The fields in which a new promise is written down; each page lays them out in its own way."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from channel_desk.domain.commitments import Authority, Commitment, Direction, Evidence
from channel_desk.domain.record import DistributorId
from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import Field, TextField
from channel_desk.ui.widgets.number_field import MoneyField


class PromiseFields(QObject):
    """What is promised, until when, how much, by whose leave, with which evidence.

    Who lays the fields out calls :meth:`turn` behind it, which shows those that are needed; ``approver_asked`` says
    whether the approver is, for the label beside it.
    """

    approver_asked = Signal(bool)

    def __init__(self, ctx: Context, direction: Direction, *, currency: str, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._direction = direction
        self._currency = currency
        theme, tr, language = ctx.theme, ctx.tr, ctx.language
        self.text = TextField(theme, name=tr("What was promised"))
        self.due = DateField(theme, language, lambda: ctx.today, name=tr("Due"))
        self.amount = MoneyField(theme, language, currency=currency, name=tr("Amount"))
        self.authority = ChoiceField(theme, [(one, tr(one.label)) for one in Authority], name=tr("Permission"))
        self.authority.set_value(Authority.WITHIN_LIMITS)
        self.authority.chosen.connect(self._ask_for_leave)
        self.approver = TextField(theme, name=tr("Approved by"))
        self.evidence = ChoiceField(theme, [(one, tr(one.label)) for one in Evidence], name=tr("Evidence"))
        self.evidence.set_value(Evidence.NONE)
        self.evidence_note = TextField(theme, name=tr("Where the evidence is"))
        #: By the name under which its typing is kept.
        self.all: Mapping[str, Field] = {
            "text": self.text,
            "due": self.due,
            "amount": self.amount,
            "authority": self.authority,
            "approver": self.approver,
            "evidence": self.evidence,
            "evidence_note": self.evidence_note,
        }

    @property
    def direction(self) -> Direction:
        return self._direction

    def turn(self, direction: Direction) -> None:
        """The promise is given by this side: leave is needed for ours alone, a name where somebody has given it."""
        self._direction = direction
        self._ask_for_leave()

    def set_currency(self, currency: str) -> None:
        self._currency = currency
        self.amount.set_currency(currency)

    def start(self) -> None:
        """Let the user type."""
        self._go_to(self.text)

    def promise(self, distributor_id: DistributorId) -> Commitment | None:
        """What is typed; None where a field cannot be read: it tells so, and has the keyboard."""
        unread = [field for field in (self.due, self.amount) if not field.check()]
        if unread:
            self._go_to(unread[0])
            return None
        today, is_approved, evidence = self._ctx.today, self._authority is Authority.APPROVED, self.evidence.value
        return Commitment(
            distributor_id=distributor_id,
            direction=self._direction,
            text=self.text.text().strip(),
            promised_on=today,
            due_on=self.due.day,
            amount_minor=self.amount.minor,
            currency=self._currency,
            authority=self._authority,
            approved_by=self.approver.text().strip() if is_approved else "",
            approved_on=today if is_approved else None,
            evidence=evidence if isinstance(evidence, Evidence) else Evidence.NONE,
            evidence_note=self.evidence_note.text().strip(),
        )

    def refuse(self, error: UserError) -> bool:
        """Say at its field what is missing; False when it is none of these fields."""
        field = {"promise_empty": self.text, "approver_missing": self.approver}.get(error.code)
        if field is None:
            return False
        field.set_error(self._ctx.feedback.sentence(error))
        self._go_to(field)
        return True

    @property
    def _authority(self) -> Authority:
        """Only ours can be beyond what is allowed."""
        authority = self.authority.value
        is_ours = self._direction is Direction.OURS
        return authority if is_ours and isinstance(authority, Authority) else Authority.WITHIN_LIMITS

    def _ask_for_leave(self) -> None:
        is_approved = self._authority is Authority.APPROVED
        self.authority.setVisible(self._direction is Direction.OURS)
        self.approver.setVisible(is_approved)
        self.approver_asked.emit(is_approved)

    @staticmethod
    def _go_to(field: TextField) -> None:
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
