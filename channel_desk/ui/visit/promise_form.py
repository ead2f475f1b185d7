"""A promise written down in the middle of the talk: who, what, until when, allowed by whom, with which evidence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Authority, Commitment, Direction, Evidence
from channel_desk.domain.visits import Visit
from channel_desk.errors import UserError
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import About, Typing, kept_forms
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.number_field import MoneyField
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.text import Text


class PromiseForm(Ground):
    """``stored_wanted`` gives the :class:`Commitment`; ``closed`` says that it is gone. Errors keep the typing.

    Closing keeps what is typed: the form opens with it again, until it is stored or cleared.
    """

    stored_wanted = Signal(object)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "accent-tint", parent=parent)
        self.setObjectName("form")
        self._ctx = ctx
        self._wizard: Wizard | None = None
        theme, tr, tr_c, language = ctx.theme, ctx.tr, ctx.tr_c, ctx.language
        self.setAccessibleName(tr("New promise"))
        self.direction = Segmented(theme, [(one.value, tr(one.label)) for one in Direction], name=tr("Whose promise"))
        self.direction.chosen.connect(self._turn)
        self.what = TextField(theme, tr("What is promised"), name=tr("What is promised"))
        self.due = DateField(theme, language, lambda: ctx.today, name=tr("Due"))
        self.by = TextField(theme, name=tr("Promised by"))
        self.to = TextField(theme, name=tr("Promised to"))
        self.amount = MoneyField(theme, language, currency="", name=tr("Amount"))  # that of the visit
        self.amount.edit.setPlaceholderText(tr("Amount"))
        self.due.edit.setPlaceholderText(tr("Due, as in next wed"))
        for field, word in ((self.by, tr_c("promise", "By")), (self.to, tr_c("promise", "To"))):
            field.row.insertWidget(0, Text(theme, word, "secondary", "ink-3"))
        self.authority = ChoiceField(theme, [(one, tr(one.label)) for one in Authority], name=tr("Authority"))
        self.approver = TextField(theme, tr("Approved by"), name=tr("Approved by"))
        self.evidence = ChoiceField(theme, [(one, tr(one.label)) for one in Evidence], name=tr("Evidence"))
        self.evidence_note = TextField(theme, tr("Where the evidence is"), name=tr("Where the evidence is"))
        self.authority.chosen.connect(lambda _: self._show_approver())
        self._fields: dict[str, TextField | ChoiceField] = {
            "what": self.what,
            "due": self.due,
            "by": self.by,
            "to": self.to,
            "amount": self.amount,
            "authority": self.authority,
            "approver": self.approver,
            "evidence": self.evidence,
            "evidence_note": self.evidence_note,
        }
        self._kept = kept_forms(ctx)
        #: What an untouched form holds.
        self._untouched: Typing = {}
        self._build()
        for edit in self.findChildren(QLineEdit):
            edit.installEventFilter(self)

    def _build(self) -> None:
        theme, tr = self._ctx.theme, self._ctx.tr
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, tr("New promise"), "card-title", parent=self))
        head.addStretch(1)
        head.addWidget(self.direction)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop  # fields of one row stay in it where one tells what is wrong
        grid.addWidget(self.what, 0, 0, 1, 2, top)
        grid.addWidget(self.due, 0, 2, 1, 1, top)
        grid.addWidget(self.by, 1, 0, 1, 1, top)
        grid.addWidget(self.to, 1, 1, 1, 1, top)
        grid.addWidget(self.amount, 1, 2, 1, 1, top)
        grid.addWidget(self.evidence, 2, 0, 1, 1, top)
        grid.addWidget(self.evidence_note, 2, 1, 1, 2, top)
        grid.addWidget(self.authority, 3, 0, 1, 1, top)
        grid.addWidget(self.approver, 3, 1, 1, 1, top)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        clear = Button(theme, tr("Clear"), "ghost", parent=self)
        clear.clicked.connect(self.clear)
        close = Button(theme, tr("Close"), "ghost", key="Esc", parent=self)
        close.clicked.connect(self.close_form)
        store = Button(theme, tr("Record"), "primary", key="Ctrl Enter", parent=self)
        store.clicked.connect(self.submit)
        buttons.addWidget(clear)
        buttons.addWidget(close)
        buttons.addWidget(store)
        grid.addLayout(buttons, 3, 2, 1, 1, top)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 12)
        outer.setSpacing(10)
        outer.addLayout(head)
        outer.addLayout(grid)

    # -- opening and closing -------------------------------------------------------------------------------------------

    def open_for(self, wizard: Wizard) -> None:
        """Show the form for a promise; one that is being written, or was left half written, stays as it is."""
        self._wizard = wizard
        if self.isHidden():
            self.amount.set_currency(wizard.currency)
            self._empty()
            kept = self._kept.find(self._key)
            if kept is not None:
                self._show(kept.typing)
            self.show()
        self.what.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reopen_for(self, wizard: Wizard) -> None:
        """Show the form again if the page was left while it was open for this visit."""
        kept = self._kept.find(_key_of(wizard.visit.id))
        if kept is not None and kept.is_open and wizard.visit.is_open:
            self.open_for(wizard)

    def close_form(self) -> None:
        self.keep(is_open=False)
        if self._kept.find(self._key) is not None:
            self._ctx.feedback.say(self._ctx.tr("The promise stays a draft. F5 opens it again"))
        self.hide()
        self.closed.emit()

    def keep(self, *, is_open: bool) -> None:
        """Let what is typed outlive the form."""
        if self._wizard is None or self.isHidden():
            return
        typing = self._typing()
        self._kept.keep_if_typed(self._key, None if typing == self._untouched else typing, is_open=is_open)

    def finish(self, visit_id: int | None) -> None:
        """The promise of this visit is stored."""
        self._kept.forget(_key_of(visit_id))
        if self._wizard is not None and self._wizard.visit.id == visit_id:
            self.hide()
            self.closed.emit()

    def refuse(self, error: UserError) -> bool:
        """Say at its field what is missing; False when it is none of the form's fields."""
        field = {"promise_empty": self.what, "approver_missing": self.approver}.get(error.code)
        if field is None:
            return False
        field.set_error(self._ctx.feedback.sentence(error))
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Begin anew."""
        self._empty()
        self._kept.forget(self._key)
        self.what.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _key(self) -> About:
        return _key_of(None if self._wizard is None else self._wizard.visit.id)

    def _empty(self) -> None:
        for field in (self.what, self.by, self.to, self.approver, self.evidence_note):
            field.setText("")
            field.set_error(None)
        self.due.set_day(None)
        self.amount.set_minor(None)
        self.authority.set_value(Authority.WITHIN_LIMITS)
        self.evidence.set_value(Evidence.NONE)
        self.direction.choose(Direction.OURS.value)
        self._turn(Direction.OURS.value)
        self._untouched = self._typing()

    def _typing(self) -> Typing:
        return {**typing_of(self._fields), "direction": (self.direction.current, "")}

    def _show(self, typing: Typing) -> None:
        direction = str(typing["direction"][0])
        self.direction.choose(direction)
        show_typing(self._fields, typing)
        self.authority.setVisible(direction == Direction.OURS.value)
        self._show_approver()

    def submit(self) -> None:
        """Hand the promise over, or go to the first field that cannot be read."""
        if self._wizard is None:
            return
        wrong = [field for field in (self.due, self.amount) if not field.check()]
        if wrong:
            wrong[0].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        ours = self.direction.current == Direction.OURS.value
        authority, evidence = self.authority.value, self.evidence.value
        if not isinstance(authority, Authority) or not ours:
            authority = Authority.WITHIN_LIMITS
        approved = authority is Authority.APPROVED
        today = self._ctx.today
        visit = self._wizard.visit
        self.stored_wanted.emit(
            Commitment(
                distributor_id=visit.distributor_id,
                visit_id=visit.id,
                direction=Direction.OURS if ours else Direction.THEIRS,
                text=self.what.text().strip(),
                promised_by=self.by.text().strip(),
                promised_to=self.to.text().strip(),
                promised_on=today,
                due_on=self.due.day,
                amount_minor=self.amount.minor,
                currency=self._wizard.currency,
                authority=authority,
                approved_by=self.approver.text().strip() if approved else "",
                approved_on=today if approved else None,
                evidence=evidence if isinstance(evidence, Evidence) else Evidence.NONE,
                evidence_note=self.evidence_note.text().strip(),
            )
        )

    # -- inside --------------------------------------------------------------------------------------------------------

    def _turn(self, direction: str) -> None:
        """Names change sides; what was typed by hand stays."""
        if self._wizard is None:
            return
        ours = direction == Direction.OURS.value
        people = [contact.name for contact in self._wizard.facts.participants]
        them, me = (people[0] if people else ""), self._ctx.settings.text("user_name")
        for field, name in ((self.by, me if ours else them), (self.to, them if ours else me)):
            if field.text() in ("", me, them):
                field.setText(name)
        self.authority.setVisible(ours)
        self._show_approver()

    def _show_approver(self) -> None:
        ours = self.direction.current == Direction.OURS.value
        self.approver.setVisible(ours and self.authority.value is Authority.APPROVED)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter stores the promise; outside the form it closes the visit."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing typed in the form reaches the checklist."""
        self._take_key(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
            return True
        if event.key() not in ENTER:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            self.focusNextChild()
        return True


def _key_of(visit_id: int | None) -> About:
    return About("visit", "new promise", Visit, visit_id or 0)
