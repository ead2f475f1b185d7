"""A question below a line: the reason of a step, with its day where it needs one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.words import Word
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.scrolling import bring_into_sight
from channel_desk.ui.widgets.text import Text


class ReasonForm(Ground):
    """``given(text, day)`` on Enter in a field or the button, ``left`` on Esc or Cancel. Errors stand below the text.

    ``step`` is what it asks about; ``still_open`` are lines about what the step leaves unsettled.
    """

    given = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        ctx: Context,
        question: str,
        *,
        step: Word,
        placeholder: str,
        confirm: str,
        day: date | None = None,
        still_open: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx.theme, "sunken", edge="hairline", radius=6, parent=parent)
        self.setObjectName("form")
        theme = ctx.theme
        self.text = TextField(theme, placeholder, name=question)
        self._needs_day = ctx.tr("A day is needed")
        self._step = step
        self._fields: dict[str, TextField] = {"text": self.text}
        self._day: DateField | None = None
        self.confirm = Button(theme, confirm, "primary")
        self.confirm.clicked.connect(self._give)
        cancel = Button(theme, ctx.tr("Cancel"), "ghost")
        cancel.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        if day is not None:
            self._day = DateField(theme, ctx.language, lambda: ctx.today, name=ctx.tr("Day"))
            self._day.set_day(day)
            self._day.setFixedWidth(self._day.room())
            self._fields["day"] = self._day
            row.addWidget(self._day, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.confirm)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 12)
        outer.setSpacing(8)
        outer.addWidget(Text(theme, question, "body-strong", wrap=True))
        outer.addLayout(row)
        if still_open:
            outer.addLayout(_lines(ctx, still_open))
        outer.addLayout(buttons)

    def start(self) -> None:
        """Let the user type."""
        bring_into_sight(self)
        self.text.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def typing(self) -> Typing | None:
        """What is typed, and for which step; None while no reason is."""
        return {"step": (self._step, ""), **typing_of(self._fields)} if self.text.text() else None

    def show_typing(self, typing: Typing) -> None:
        """Go on where a form before was left, also one about another step."""
        show_typing(self._fields, typing)

    def set_error(self, text: str) -> None:
        self.text.set_error(text)
        self.start()

    def _give(self) -> None:
        if self._day is not None:
            if self._day.check() and self._day.day is None:
                self._day.set_error(self._needs_day)
            if self._day.error:
                self._day.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.given.emit(self.text.text().strip(), None if self._day is None else self._day.day)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER:
            self._give()
        else:
            super().keyPressEvent(event)


def _lines(ctx: Context, still_open: Sequence[str]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Text(ctx.theme, ctx.tr("Still open"), "secondary-strong", "ink-2"))
    for line in still_open:
        column.addWidget(Text(ctx.theme, line, "secondary", "ink-2", elide=True))
    return column
