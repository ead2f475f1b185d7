"""The checklist in the middle: one phase at a time, the current question open, everything by key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from channel_desk.domain.visits import Phase
from channel_desk.presentation.visit_answers import summary
from channel_desk.presentation.visit_wizard import Row, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.visit.editor import Editor, Sheet
from channel_desk.ui.visit.open_question import OpenQuestion
from channel_desk.ui.visit.rows import QuestionRow, SectionHead
from channel_desk.ui.widgets.composing import asked_of, compose_into
from channel_desk.ui.widgets.scrolling import Scroller

_CODE_LENGTH: Final = 3
_STOPS: Final = frozenset(".。．")


class _PhaseRows(QWidget):
    """All questions of one phase, closed; the open one is laid over its row's place."""

    def __init__(self, ctx: Context, rows: tuple[Row, ...], checklist: Checklist) -> None:
        super().__init__()
        self.rows: dict[int, QuestionRow] = {}
        self.codes = tuple(row.item.code for row in rows)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 24)
        self.column.setSpacing(0)
        section = ""
        last: QuestionRow | None = None
        for row in rows:
            question = ctx.language.own(row.item.text)
            if row.section.key != section:
                section = row.section.key
                if last is not None:
                    last.has_line = False
                title = ctx.language.own(row.section.title)
                self.column.addWidget(SectionHead(ctx.theme, "" if title == question else title, self))
            last = QuestionRow(ctx.theme, row.item.code, question, self)
            last.clicked.connect(lambda _checked=False, code=row.item.code: checklist.moved.emit(code))
            self.column.addWidget(last)
            self.rows[row.item.code] = last
        self.column.addStretch(1)


class Checklist(Scroller):
    """Shows a :class:`Wizard`; what the keys ask for goes out as signals."""

    #: The question with this code is to be current.
    moved = Signal(int)
    #: Go on by that many questions; Enter stores and goes on by one.
    stepped = Signal(int)
    #: A digit was pressed that answers nothing, as by somebody who types a figure.
    digit_missed = Signal()
    #: "." and these digits were typed; empty when the jump was given up.
    jump_typed = Signal(str)
    #: Jump to what was typed.
    jumped = Signal(str)
    #: A question was opened, with this item.
    opened = Signal(object)
    #: Esc outside of all fields and buttons.
    left = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        self._sheet = QWidget()
        super().__init__(self._sheet, see_through=True, parent=parent)
        self._ctx = ctx
        self._phases: dict[Phase, _PhaseRows] = {}
        self._shown: _PhaseRows | None = None
        self._open: OpenQuestion | None = None
        self._row: QuestionRow | None = None
        self._jump: str | None = None
        self._read_only = False
        #: Whether an input method holds letters that are not text yet; keys are its own until then.
        self._is_composing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setAccessibleName(ctx.tr("Checklist"))
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.verticalScrollBar().rangeChanged.connect(self._reveal)

    # -- showing -----------------------------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor | None:
        """The editor of the current question."""
        return None if self._open is None else self._open.editor

    @property
    def current(self) -> int | None:
        """Code of the current question."""
        return None if self._open is None else self._open.editor.code

    def open_question(self, wizard: Wizard, code: int, *, read_only: bool) -> None:
        """Make ``code`` the current question, in its phase."""
        row = wizard.row(code)
        if row is None:
            return
        self._close()
        shown = self._phase_rows(wizard, row.item.phase)
        if shown is not self._shown:
            if self._shown is not None:
                self._shown.hide()
            self._shown = shown
            shown.show()
        self._read_only = read_only
        self._row = shown.rows[code]
        self._open = OpenQuestion(self._ctx, row, wizard, shown)
        self._open.editor.setEnabled(not read_only)
        shown.column.insertWidget(shown.column.indexOf(self._row), self._open)
        self._row.hide()
        editor = self._open.editor
        editor.entered.connect(lambda: self.stepped.emit(1))
        editor.stepped.connect(self.stepped)
        editor.escaped.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self._open.placed.connect(self._reveal)
        self.opened.emit(row.item)

    def show_wizard(self, wizard: Wizard) -> None:
        """Show answers anew; rows are built again only where other questions are asked."""
        for phase, rows in list(self._phases.items()):
            if rows.codes != tuple(row.item.code for row in wizard.rows(phase)):
                self._drop(phase)
                continue
            for row in wizard.rows(phase):
                self._fill(rows.rows[row.item.code], row, wizard)
        if self._open is not None:
            self._open.show_wizard(wizard)

    def show_answer(self, wizard: Wizard) -> None:
        """The current question was answered."""
        code = self.current
        row = None if code is None else wizard.row(code)
        if row is not None and self._row is not None and self._open is not None:
            self._fill(self._row, row, wizard)
            self._open.show_wizard(wizard)

    def clear(self) -> None:
        """Another visit is coming."""
        for phase in list(self._phases):
            self._drop(phase)

    def _phase_rows(self, wizard: Wizard, phase: Phase) -> _PhaseRows:
        if phase not in self._phases:
            rows = wizard.rows(phase)
            made = self._phases[phase] = _PhaseRows(self._ctx, rows, self)
            made.hide()
            for row in rows:
                self._fill(made.rows[row.item.code], row, wizard)
            self._column.addWidget(made)
        return self._phases[phase]

    def _fill(self, shown: QuestionRow, row: Row, wizard: Wizard) -> None:
        words = summary(row, wizard, self._ctx.language)
        if not words and not row.answered:
            words = self._ctx.tr_c("answer", "Open")
        figure = row.item.has_figure and row.answer is not None and bool(row.answer.value)
        shown.set_answer(words, answered=row.answered, strong=figure)

    def _drop(self, phase: Phase) -> None:
        rows = self._phases.pop(phase)
        if self._shown is rows:
            self._close()
            self._shown = None
        self._column.removeWidget(rows)
        rows.hide()
        rows.deleteLater()

    def _close(self) -> None:
        if self._open is None:
            return
        focused = QApplication.focusWidget()
        if focused is not None and self._open.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        opened, row = self._open, self._row
        self._open = self._row = None
        opened.hide()
        opened.deleteLater()
        if row is not None:
            row.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reveal()

    def _reveal(self) -> None:
        """Scroll to the open question; called again while rows and form find their places."""
        if self._open is not None:
            self.ensureWidgetVisible(self._open, 0, 48)

    # -- keys --------------------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if self._is_composing:
            return  # a digit chooses among the candidates, Esc gives them up
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif modifiers or not self._take_key(key, text):
            event.ignore()

    def _take_key(self, key: Qt.Key, text: str) -> bool:
        if self._jump is not None and self._take_jump(key, text):
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key is Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self.editor is not None and self.editor.turn(-1 if key is Qt.Key.Key_Left else 1)
        elif key in ENTER:
            self.stepped.emit(1)
        elif key is Qt.Key.Key_Escape and self.hasFocus():
            self.left.emit()
        elif key is Qt.Key.Key_Escape:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # a button of the question had it
        elif text in _STOPS and text:
            self._set_jump("")
        elif text.isdigit() and text.isascii():
            return self._press(int(text))
        elif text.isprintable() and text.strip():
            return self._type(text)
        else:
            return False
        return True

    def _press(self, digit: int) -> bool:
        if self._read_only or self.editor is None:
            return False
        if not self.editor.press(digit):
            self.digit_missed.emit()
        return True

    def _take_jump(self, key: Qt.Key, text: str) -> bool:
        """A key while a code is typed; whether it belongs to the jump."""
        typed = self._jump or ""
        if text.isdigit() and text.isascii():
            typed += text
            if len(typed) == _CODE_LENGTH:
                self._end_jump(typed)
            else:
                self._set_jump(typed)
            return True
        if key in ENTER:
            self._end_jump(typed)
            return True
        if key is Qt.Key.Key_Backspace:
            self._set_jump(typed[:-1])
            return True
        self._end_jump("")
        return key is Qt.Key.Key_Escape

    def _set_jump(self, typed: str) -> None:
        self._jump = typed
        self.jump_typed.emit("." + typed)

    def _end_jump(self, typed: str) -> None:
        self._jump = None
        self.jump_typed.emit("")
        if typed:
            self.jumped.emit(typed)

    def _typing_sheet(self) -> Sheet | None:
        return None if self._read_only or self.editor is None else self.editor.typing_sheet()

    def _type(self, text: str) -> bool:
        """Begin the note with ``text``."""
        sheet = self._typing_sheet()
        if sheet is None:
            return False
        sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(sheet, QPlainTextEdit):
            sheet.moveCursor(QTextCursor.MoveOperation.End)
            sheet.insertPlainText(text)
        else:
            sheet.end(False)  # noqa: FBT003 - Qt's name
            sheet.insert(text)
            sheet.textEdited.emit(sheet.text())  # insert() alone says only textChanged
        return True

    def _paste(self) -> None:
        """Begin the note with what was copied."""
        sheet = self._typing_sheet()
        if sheet is not None and self._type(""):
            sheet.paste()

    # -- input methods -----------------------------------------------------------------------------------------------

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Compose straight into the note."""
        text = event.commitString()
        if text in _STOPS and text and not event.preeditString():
            self._set_jump("")
            event.accept()
            return
        sheet = self._typing_sheet()
        if sheet is None:
            event.ignore()
            return
        self._is_composing = bool(event.preeditString())
        compose_into(sheet, event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_composing = False

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the candidates are shown: at the cursor of the note."""
        sheet = self._typing_sheet()
        if query == Qt.InputMethodQuery.ImEnabled:
            return sheet is not None
        if sheet is None:
            return super().inputMethodQuery(query)
        return asked_of(sheet, query, self)
