"""A promise written down in the middle of the talk: who, what, until when, allowed by whom, with which evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Direction
from channel_desk.domain.visits import Visit
from channel_desk.errors import UserError
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import About, Typing, kept_forms
from channel_desk.ui.forms.new_promise import PromiseFields
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.field import Field, TextField
from channel_desk.ui.widgets.ground import Ground
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
        theme, tr, tr_c = ctx.theme, ctx.tr, ctx.tr_c
        self.setAccessibleName(tr("New promise"))
        self.direction = Segmented(theme, [(one.value, tr(one.label)) for one in Direction], name=tr("Whose promise"))
        self.direction.chosen.connect(self._turn)
        self.fields = PromiseFields(ctx, Direction.OURS, currency="", parent=self)  # that of the visit
        self.by = TextField(theme, name=tr("Promised by"))
        self.to = TextField(theme, name=tr("Promised to"))
        for field, word in ((self.by, tr_c("promise", "By")), (self.to, tr_c("promise", "To"))):
            field.row.insertWidget(0, Text(theme, word, "secondary", "ink-3"))
        for field, words in (
            (self.fields.text, tr("What was promised")),
            (self.fields.due, tr("Due, such as next Wed")),
            (self.fields.amount, tr("Amount")),
            (self.fields.approver, tr("Approved by")),
            (self.fields.evidence_note, tr("Where the evidence is")),
        ):
            field.edit.setPlaceholderText(words)  # there is no room for labels
        self._all: Mapping[str, Field] = {**self.fields.all, "by": self.by, "to": self.to}
        self._kept = kept_forms(ctx)
        #: What no visit has filled in.
        self._nothing = typing_of(self._all)
        #: What an untouched form holds, with the names of its visit.
        self._untouched: Typing = {}
        self._build()
        for edit in self.findChildren(QLineEdit):
            edit.installEventFilter(self)

    def _build(self) -> None:
        theme, tr, fields = self._ctx.theme, self._ctx.tr, self.fields
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
        grid.addWidget(fields.text, 0, 0, 1, 2, top)
        grid.addWidget(fields.due, 0, 2, 1, 1, top)
        grid.addWidget(self.by, 1, 0, 1, 1, top)
        grid.addWidget(self.to, 1, 1, 1, 1, top)
        grid.addWidget(fields.amount, 1, 2, 1, 1, top)
        grid.addWidget(fields.evidence, 2, 0, 1, 1, top)
        grid.addWidget(fields.evidence_note, 2, 1, 1, 2, top)
        grid.addWidget(fields.authority, 3, 0, 1, 1, top)
        grid.addWidget(fields.approver, 3, 1, 1, 1, top)
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
            self.fields.set_currency(wizard.currency)
            self._empty()
            kept = self._kept.find(self._key)
            if kept is not None:
                self._show(kept.typing)
            self.show()
        self.fields.start()

    def reopen_for(self, wizard: Wizard) -> None:
        """Show the form again if the page was left while it was open for this visit."""
        kept = self._kept.find(_key_of(wizard.visit.id))
        if kept is not None and kept.is_open and wizard.visit.is_open:
            self.open_for(wizard)

    def is_begun_for(self, wizard: Wizard) -> bool:
        """Whether a promise of this visit is half written, in the open form or in one that was closed over it."""
        self.keep(is_open=True)
        return self._kept.find(_key_of(wizard.visit.id)) is not None

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
        return self.fields.refuse(error)

    def clear(self) -> None:
        """Begin anew."""
        self._empty()
        self._kept.forget(self._key)
        self.fields.start()

    @property
    def _key(self) -> About:
        return _key_of(None if self._wizard is None else self._wizard.visit.id)

    def _empty(self) -> None:
        show_typing(self._all, self._nothing)
        self.direction.choose(Direction.OURS.value)
        self._turn()
        self._untouched = self._typing()

    def _typing(self) -> Typing:
        return {**typing_of(self._all), "direction": (self.direction.current, "")}

    def _show(self, typing: Typing) -> None:
        self.direction.choose(str(typing["direction"][0]))
        show_typing(self._all, typing)
        self.fields.turn(self._side)

    def submit(self) -> None:
        """Hand the promise over, or go to the first field that cannot be read."""
        if self._wizard is None:
            return
        visit = self._wizard.visit
        promise = self.fields.promise(visit.distributor_id)
        if promise is not None:
            by, to = self.by.text().strip(), self.to.text().strip()
            self.stored_wanted.emit(replace(promise, visit_id=visit.id, promised_by=by, promised_to=to))

    # -- inside --------------------------------------------------------------------------------------------------------

    @property
    def _side(self) -> Direction:
        return Direction.of(self.direction.current)

    def _turn(self) -> None:
        """Names change sides; what was typed by hand stays."""
        if self._wizard is None:
            return
        people = [contact.name for contact in self._wizard.facts.participants]
        them, me = (people[0] if people else ""), self._ctx.settings.text("user_name")
        by, to = (me, them) if self._side is Direction.OURS else (them, me)
        for field, name in ((self.by, by), (self.to, to)):
            if field.text() in ("", me, them):
                field.setText(name)
        self.fields.turn(self._side)

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
