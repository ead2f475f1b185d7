"""One open promise in the pane: what, how late, whether allowed, with which evidence; and the way to tick it off."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment, late_words
from channel_desk.presentation.visit_promises import promise_facts
from channel_desk.ui.context import Context
from channel_desk.ui.visit.field_keys import FieldKeys
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.drawing import set_tip
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

#: The pane is glanced at during the talk: the whole of a longer promise is its tooltip.
_MOST_LINES: Final = 3


class PromiseLine(QWidget):
    """``fulfilled`` gives the id and the proof that was typed; ``given_up`` says that none is asked for any more."""

    fulfilled = Signal(int, str)
    given_up = Signal(int)

    def __init__(self, ctx: Context, promise: Commitment, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._promise = promise
        self._proof: TextField | None = None
        tr, theme = ctx.tr, ctx.theme
        late = late_words(promise, ctx.today, ctx.language)
        sign = "shield-alert" if promise.is_unauthorised else "circle-alert" if late else "circle"
        red = promise.is_unauthorised or bool(late)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        text = " ".join(promise.text.split())
        self._column.addWidget(Text(theme, text, "body", wrap=True, most_lines=_MOST_LINES, parent=self))
        warnings = [late] if late else []
        if promise.is_unauthorised:
            warnings.append(tr("Not authorised"))
        facts = promise_facts(promise, ctx.today, ctx.language)
        if warnings:
            words = tr("{first}, {second}", first=warnings[0], second=warnings[1]) if len(warnings) > 1 else warnings[0]
            below = Text(theme, f"{words} · {facts}", "secondary", "ink-2", wrap=True, most_lines=2, parent=self)
            below.set_lead(words, "secondary-strong", "danger-text")
        else:
            below = Text(theme, facts, "secondary", "ink-2", wrap=True, most_lines=2, parent=self)
        self._column.addWidget(below)
        words = tr("Kept: {promise}", promise=promise.text)
        self._tick = Checkbox(theme, name=words, parent=self)
        set_tip(self._tick, words)
        self._tick.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(8)
        icon = Icon(theme, sign, "danger-text" if red else "ink-3", 16, parent=self)
        icon.setFixedHeight(20)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)
        row.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def typed(self) -> str | None:
        """The proof being typed, None while it is not asked for."""
        return None if self._proof is None else self._proof.text()

    @property
    def proof(self) -> TextField | None:
        """The field for the proof, while it is open."""
        return self._proof

    def _ask(self) -> None:
        """The check asks for the proof; taken back, it gives up."""
        if self._tick.isChecked():
            self.ask_proof()
        else:
            self._give_up()

    def ask_proof(self, text: str = "") -> None:
        """Open the field for the proof below the promise, and let it be typed."""
        self.open_proof(text).edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """To the field for the proof, where it is open."""
        target = self._tick if self._proof is None else self._proof.edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_proof(self, text: str) -> TextField:
        """The field for the proof below the promise, with ``text`` where there is any."""
        if self._proof is None:
            words = self._ctx.tr("Proof or note, then Enter")
            self._proof = TextField(self._ctx.theme, words, name=words, size=28)
            keys = FieldKeys(self._proof.edit)
            keys.entered.connect(self._fulfil)
            keys.escaped.connect(self._give_up)
            self._column.addSpacing(4)
            self._column.addWidget(self._proof)
        self._tick.setChecked(True)
        if text:
            self._proof.setText(text)
        return self._proof

    def show_error(self, sentence: str) -> None:
        if self._proof is not None:
            self._proof.set_error(sentence)

    def _fulfil(self) -> None:
        if self._proof is not None:
            self.fulfilled.emit(self._promise.id, self._proof.text())

    def _give_up(self) -> None:
        self.close_proof()
        self.given_up.emit(self._promise.id)

    def close_proof(self) -> None:
        """Take the field out, with what is typed in it."""
        if self._proof is not None:
            self._column.removeWidget(self._proof)
            self._proof.hide()
            self._proof.deleteLater()
            self._proof = None
        self._tick.setChecked(False)
