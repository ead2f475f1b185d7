"""What we owe and what they owe: a list to tick off. Keeping a promise asks for a proof or a note, in its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.open_points import PromiseRow, count_words
from channel_desk.services.today import FEW_PROMISES
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import kept_forms
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.press_row import PressRow
from channel_desk.ui.widgets.refilling import clear, keeping_focus
from channel_desk.ui.widgets.row_list import RowList
from channel_desk.ui.widgets.scrolling import bring_into_sight
from channel_desk.ui.widgets.text import Text

_ROW = 47
_DUE = 84


class _Note(QWidget):
    """The line below a ticked promise. ``done`` gives the note, ``given_up`` comes with Esc."""

    done = Signal(str)
    given_up = Signal()

    def __init__(self, ctx: Context, commitment_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.commitment_id = commitment_id
        self.setObjectName("fulfil_note")
        words = ctx.tr("Proof or note, for example: receipt signed by Mr Chen")
        self.field = TextField(ctx.theme, words, name=ctx.tr("Proof or note"), parent=self)
        keep = Button(ctx.theme, ctx.tr("Kept"), "primary", key="Enter", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(42, 0, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(keep, 0, Qt.AlignmentFlag.AlignTop)
        self.field.submitted.connect(lambda _: self._finish())
        keep.clicked.connect(self._finish)

    def _finish(self) -> None:
        self.done.emit(self.field.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class _Row(PressRow):
    """One promise: tick, when, what and whose, how much. Pressing it opens the file."""

    def __init__(self, ctx: Context, row: PromiseRow, parent: QWidget) -> None:
        super().__init__(ctx.theme, ctx.formats.join([row.due, row.text, row.detail, row.amount]), parent)
        theme = ctx.theme
        self.row = row
        self.setFixedHeight(_ROW)
        self.tick = Checkbox(theme, name=ctx.tr("Kept: {promise}", promise=row.text), parent=self)
        colour = "danger-text" if row.is_late else "ink" if row.is_today else "ink-2"
        due = Text(theme, row.due, "secondary-strong" if row.is_late or row.is_today else "secondary", colour)
        due.setFixedWidth(_DUE)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Text(theme, row.text, "body", elide=True))
        words.addWidget(
            Text(theme, row.detail, "secondary", "danger-text" if row.is_unauthorised else "ink-2", elide=True)
        )
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 16, 0)  # the box of the tick, without its ring, begins 16 from the edge
        layout.setSpacing(8)
        layout.addWidget(self.tick)
        layout.addWidget(due)
        layout.addLayout(words, 1)
        if row.amount:
            layout.addWidget(Text(theme, row.amount, "body-strong"))

    def set_tick(self, *, on: bool) -> None:
        """Show the tick without being told of it."""
        with QSignalBlocker(self.tick):
            self.tick.setChecked(on)
        self.tick.update()


class _Line(QWidget):
    """One promise below its hairline, and what is noted about it."""

    def __init__(self, ctx: Context, row: PromiseRow) -> None:
        super().__init__()
        self.row = _Row(ctx, row, self)
        self.note: _Note | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Hairline(ctx.theme))
        self._column.addWidget(self.row)

    def show_note(self, note: _Note | None) -> None:
        """Below the promise, in place of the one before."""
        if self.note is not None:
            self.note.hide()
            self.note.deleteLater()
        self.note = note
        if note is not None:
            self._column.addWidget(note)


class PromiseCard(Ground):
    """A list of promises. ``kept`` gives the id and the note, ``file_wanted`` the distributor of a pressed row,
    ``all_wanted`` asks for the rows that :meth:`show_rows` has not been given yet.
    """

    kept = Signal(int, str)
    all_wanted = Signal()
    file_wanted = Signal(int)

    def __init__(self, ctx: Context, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", edge="hairline", radius=drawing.CARD, parent=parent)
        self._ctx = ctx
        self._empty = empty
        self._rows: Sequence[PromiseRow] = ()
        self._total = 0
        self._is_built = False
        self._shows_all = False
        #: The promise that something is noted about, and the field for it once its line is built.
        self._noted: int | None = None
        self._note: _Note | None = None
        self._kept = kept_forms(ctx)
        self.setAccessibleName(title)
        self._title = Text(ctx.theme, title, "card-title")
        self._count = Text(ctx.theme, "", "secondary", "ink-2")
        self._all = Button(ctx.theme, "", "link", size=28)
        self._all.clicked.connect(self._toggle_all)
        head = QHBoxLayout()
        # As high with as without the button, so that both lists begin at the same height.
        head.addStrut(28)
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(8)
        for part in (self._title, self._count):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._all)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self._lines: RowList[int, PromiseRow, _Line] = RowList(lines, self._make_line, let_go=self._let_go)
        self._foot = QVBoxLayout()
        self._list.addLayout(lines)
        self._list.addLayout(self._foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._list)
        layout.addStretch(1)

    def show_rows(self, rows: Sequence[PromiseRow], *, total: int) -> None:
        """Replace the list, unless it is the same. ``total`` counts those that were not read too."""
        if self._is_built and (rows, max(total, len(rows))) == (self._rows, self._total):
            return
        self._is_built = True
        self._rows = rows
        self._total = max(total, len(rows))
        self._count.setText(count_words(self._total, self._ctx.language) if rows else "")
        self._build()

    @property
    def _shown(self) -> Sequence[PromiseRow]:
        return self._rows if self._shows_all else self._rows[:FEW_PROMISES]

    def lead_to(self, commitment_id: int) -> None:
        """Put the keyboard on a promise that is shown, unless its proof is being typed."""
        if commitment_id not in {one.commitment_id for one in self._shown}:
            return
        row = self._lines.build_as_far_as(commitment_id).row
        if not row.tick.isChecked():
            row.tick.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(row)

    def refuse(self, commitment_id: int, sentence: str) -> None:
        """The note of a promise was not good enough: say why below it."""
        if self._note is not None and self._note.commitment_id == commitment_id:
            self._note.field.set_error(sentence)

    def _toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self._build()
        if self._shows_all and self._total > len(self._rows):
            self.all_wanted.emit()

    # -- the note ------------------------------------------------------------------------------------------------------

    def keep_note(self) -> None:
        """Let a note that is half typed outlive the page, for every page that shows the promise."""
        if self._note is not None:
            self._kept.keep_proof(self._note.commitment_id, self._note.field.text())

    def take_up_note(self) -> None:
        """The page is gone to: a note is as it was left, here or where else its promise is shown."""
        if self._note is not None or any(self._kept.proof_of(one.commitment_id) for one in self._rows):
            self._close_note(keep=None)
            self._build()

    def _build(self) -> None:
        ctx, half_typed = self._ctx, self._note
        listed = {one.commitment_id for one in self._rows}
        if half_typed is not None and half_typed.commitment_id in listed:
            self.keep_note()  # a promise that has left the list meanwhile needs no proof any more
        had_focus = half_typed is not None and half_typed.field.edit.hasFocus()
        self._all.setVisible(self._total > FEW_PROMISES)
        self._all.set_text(ctx.tr("Fewer") if self._shows_all else ctx.tr("See all"))
        shown = self._shown
        # Where none is open, the first that was kept is.
        kept = next((one.commitment_id for one in shown if self._kept.proof_of(one.commitment_id)), None)
        self._noted = kept if half_typed is None else half_typed.commitment_id
        with keeping_focus(self._list):
            self._lines.show((one.commitment_id, one) for one in shown)
            for line in self._lines.rows.values():  # one that stays may have got a proof on another page
                if line.row.row.commitment_id == self._noted and line.note is None:
                    self._take_up_proof(line)
            clear(self._foot)
            self._fill_foot(shown)
        if half_typed is not None and had_focus and self._noted in {one.commitment_id for one in shown}:
            self._go_on(half_typed)

    def _fill_foot(self, shown: Sequence[PromiseRow]) -> None:
        ctx = self._ctx
        if self._shows_all and self._total > len(shown):
            others = count_words(self._total, ctx.language, listed=len(shown))
            left = ctx.tr_n("and {n} more", "and {n} more", self._total - len(shown), n=others)
            self._foot.addWidget(Text(ctx.theme, left, "secondary", "ink-2"))
        if not shown:
            self._foot.addWidget(Hairline(ctx.theme))
            words = Text(ctx.theme, self._empty, "body", "ink-2", wrap=True)
            holder = QWidget(self)
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(16, 14, 16, 14)
            inner.addWidget(words)
            self._foot.addWidget(holder)

    def _make_line(self, one: PromiseRow) -> _Line:
        line = _Line(self._ctx, one)
        line.row.clicked.connect(lambda: self.file_wanted.emit(one.distributor_id))
        line.row.tick.toggled.connect(lambda on: self._tick(line, on=on))
        if self._noted == one.commitment_id:
            self._take_up_proof(line)
        return line

    def _take_up_proof(self, line: _Line) -> None:
        line.row.set_tick(on=True)
        self._open_note(line)

    def _let_go(self, line: _Line) -> None:
        if line.note is self._note:
            self._note = None

    def _go_on(self, half_typed: _Note) -> None:
        """Whoever types below a promise types on, also where its line was built anew."""
        note = self._lines.build_as_far_as(half_typed.commitment_id).note
        if note is not None and note is not half_typed:
            note.field.edit.setFocus()
            note.field.edit.setCursorPosition(half_typed.field.edit.cursorPosition())

    def _tick(self, line: _Line, *, on: bool) -> None:
        if on:
            self.keep_note()
        else:
            self._kept.keep_proof(line.row.row.commitment_id, "")  # it was given up
        self._close_note(keep=line if on else None)
        if on:
            self._open_note(line).field.edit.setFocus()

    def _open_note(self, line: _Line) -> _Note:
        commitment_id = line.row.row.commitment_id
        note = _Note(self._ctx, commitment_id, line)
        note.field.edit.setText(self._kept.proof_of(commitment_id) or "")
        note.done.connect(lambda text: self.kept.emit(commitment_id, text))
        note.given_up.connect(lambda: line.row.tick.setChecked(False))
        line.show_note(note)
        self._note = note
        self._noted = commitment_id
        return note

    def _close_note(self, keep: _Line | None) -> None:
        """One note at a time: opening another, or unticking, closes it."""
        self._note = self._noted = None
        for line in self._lines.rows.values():
            if line is not keep:
                line.show_note(None)
                line.row.set_tick(on=False)
