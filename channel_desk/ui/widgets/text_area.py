"""A field of several lines that grows with what is typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.field import Field, see_through
from channel_desk.ui.widgets.text import TAB_STOP


class _Sheet(QPlainTextEdit):
    """Tab goes on to the next field, Ctrl+Enter submits."""

    submitted = Signal()
    left = Signal()
    #: It has become wider or narrower: its lines break elsewhere, of which the document itself says nothing.
    widened = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in ENTER
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)


class TextArea(Field):
    """Plain text of ``least`` to ``most`` lines before it scrolls. ``submitted`` gives it on Ctrl+Enter.

    ``grown`` says that it takes more or less room than before.
    """

    changed = Signal(str)
    submitted = Signal(str)
    left = Signal()
    grown = Signal()

    def __init__(
        self,
        theme: Theme,
        placeholder: str = "",
        *,
        least: int = 3,
        most: int = 12,
        role: str = "body",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.edit = _Sheet()
        super().__init__(theme, self.edit, name=name or placeholder, parent=parent)
        self._least = least
        self._most = most
        self._line = theme.line_height(role)
        self.row.setContentsMargins(6, 5, 2, 5)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setFont(theme.font(role))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setTabChangesFocus(True)
        self.edit.setTabStopDistance(TAB_STOP)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.viewport().setAutoFillBackground(False)
        see_through(self.edit)
        self.edit.textChanged.connect(self._follow)
        self.edit.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.edit.widened.connect(self._grow)
        self.edit.submitted.connect(lambda: self.submitted.emit(self.text()))
        self.edit.left.connect(self.left)
        self._grow()

    def text(self) -> str:
        return self.edit.toPlainText()

    def setText(self, text: str) -> None:
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    @property
    @override
    def value(self) -> object:
        return self.text()

    @override
    def set_value(self, value: object) -> None:
        self.setText("" if value is None else str(value))

    def selectAll(self) -> None:
        self.edit.selectAll()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, super().sizeHint().height())

    def _follow(self) -> None:
        if self._message:
            self.set_error(None)
        self.changed.emit(self.text())

    def _grow(self) -> None:
        lines = round(self.edit.document().documentLayout().documentSize().height())  # it counts lines, not pixels
        shown = max(self._least, min(lines, self._most))
        height = shown * self._line + 18
        if height != self.box.height():
            self.box.setFixedHeight(height)
            self.grown.emit()
        over = lines > self._most
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.edit.setVerticalScrollBarPolicy(bar)
