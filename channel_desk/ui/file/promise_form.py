"""Writing a new promise down, inside the card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Direction
from channel_desk.domain.record import DistributorId
from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.forms.new_promise import PromiseFields
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.field import Field
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.scrolling import bring_into_sight
from channel_desk.ui.widgets.text import Text


class PromiseForm(Ground):
    """``given`` has the :class:`Commitment`, of no distributor yet, on Enter or Record; ``left`` on Esc or Close."""

    given = Signal(object)
    left = Signal()

    def __init__(self, ctx: Context, direction: Direction, *, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "sunken", edge="hairline", radius=6, parent=parent)
        self.setObjectName("form")
        self._ctx = ctx
        theme, tr = ctx.theme, ctx.tr
        is_ours = direction is Direction.OURS
        self.fields = PromiseFields(ctx, direction, currency=currency, parent=self)
        self.fields.text.edit.setPlaceholderText(
            tr("For example: send the price list") if is_ours else tr("For example: pay ¥200,000")
        )
        self.fields.approver.edit.setPlaceholderText(tr("For example: Sun Wei"))
        title = tr("We promise") if is_ours else tr("They promise")
        write = Button(theme, tr("Record"), "primary")
        write.clicked.connect(self._give)
        close = Button(theme, tr("Close"), "ghost")
        close.clicked.connect(self.left)
        clear = Button(theme, tr("Clear"), "ghost")
        clear.clicked.connect(self.clear)
        self._untouched = typing_of(self.fields.all)
        self._lay_out(Text(theme, title, "body-strong"), write, close, clear)

    def _lay_out(self, title: QWidget, *buttons: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.fields.text)
        column.addLayout(self._grid())
        self.fields.turn(self.fields.direction)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)

    def _grid(self) -> QGridLayout:
        """All but the words, in pairs below their labels."""
        tr, theme, fields = self._ctx.tr, self._ctx.theme, self.fields
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        pairs: list[tuple[str, Field]] = [(tr("Due"), fields.due), (tr("Amount"), fields.amount)]
        if fields.direction is Direction.OURS:
            pairs += [(tr("Permission"), fields.authority), (tr("Approved by"), fields.approver)]
        pairs += [(tr("Evidence"), fields.evidence), (tr("Where the evidence is"), fields.evidence_note)]
        for number, (label, field) in enumerate(pairs):
            line, place = divmod(number, 2)
            words = Text(theme, label, "secondary", "ink-2")
            grid.addWidget(words, line * 2, place)
            grid.addWidget(field, line * 2 + 1, place, Qt.AlignmentFlag.AlignTop)
            if field is fields.approver:
                fields.approver_asked.connect(words.setVisible)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def set_currency(self, currency: str) -> None:
        """The file has another currency now."""
        self.fields.set_currency(currency)

    def start(self) -> None:
        """Let the user type."""
        bring_into_sight(self)
        self.fields.start()

    def typing(self) -> Typing | None:
        """What is typed; None while nothing is."""
        typing = typing_of(self.fields.all)
        return None if typing == self._untouched else typing

    def show_typing(self, typing: Typing) -> None:
        show_typing(self.fields.all, typing)
        self.fields.turn(self.fields.direction)

    def clear(self) -> None:
        self.show_typing(self._untouched)
        self.start()

    def refuse(self, error: UserError) -> bool:
        """Say at its field what is missing; False when it is none of the form's fields."""
        bring_into_sight(self)
        return self.fields.refuse(error)

    def _give(self) -> None:
        promise = self.fields.promise(DistributorId(0))
        if promise is not None:
            self.given.emit(promise)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER:
            self._give()
        else:
            super().keyPressEvent(event)
