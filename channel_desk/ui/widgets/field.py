"""Fields to type in: a box, what stands in it, and the error below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextDocument,
    QValidator,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.domain.one_line import in_one_line
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import IconButton
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

_ABOVE_ERROR: Final = 4


class FieldBox(QWidget):
    """The box around an editor: edge, focus of 2 pixels inside, red when wrong."""

    pressed = Signal()

    def __init__(self, theme: Theme, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._editor = editor
        self._wrong = False
        editor.installEventFilter(self)

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - the one thing it is set to
        self._wrong = wrong
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange):
            self.update()
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_spent(event):
            event.ignore()  # Qt's editors keep these keys also when they do nothing with them
            return True
        return False

    def _is_spent(self, event: QKeyEvent) -> bool:
        """Whether the editor has no typing to undo or redo with these keys, so that they mean the last step."""
        editor = self._editor
        history: QLineEdit | QTextDocument | None = editor if isinstance(editor, QLineEdit) else None
        if isinstance(editor, QPlainTextEdit):
            history = editor.document()
        if history is None:
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return not history.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not history.isRedoAvailable()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pressed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        focused = self._editor.hasFocus()
        edge = "danger-mark" if self._wrong else "accent" if focused else "edge"
        if not self.isEnabled():
            edge = "hairline-strong"
        drawing.box(
            QPainter(self),
            self.rect(),
            fill=theme.colour("surface" if self.isEnabled() else "sunken"),
            edge=theme.colour(edge),
            radius=drawing.FIELD,
            width=2 if focused else 1,
        )


def see_through(editor: QWidget) -> None:
    """Let the box around ``editor`` show through it."""
    palette = editor.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
    editor.setPalette(palette)


class Field(QWidget):
    """A box with an editor, and below it what is wrong. ``row`` is the inside of the box; each kind has its value."""

    def __init__(self, theme: Theme, editor: QWidget, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._editor = editor
        self._message = ""
        self.box = FieldBox(theme, editor, self)
        self.row = QHBoxLayout(self.box)
        self.row.setContentsMargins(10, 2, 8, 2)
        self.row.setSpacing(8)
        self.row.addWidget(editor, 1)
        self._sign = Icon(theme, "circle-alert", "danger-text", 16, parent=self.box)
        self._sign.hide()
        self.row.addWidget(self._sign)
        self._error = Text(theme, "", "secondary", "danger-text", wrap=True, parent=self)
        self._error.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(_ABOVE_ERROR)
        outer.addWidget(self.box)
        outer.addWidget(self._error)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What assistive technology calls the field; the words of its label."""
        self._editor.setAccessibleName(name)

    @property
    def value(self) -> object:
        """What was typed or chosen; a field that reads days or numbers gives those."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show ``value`` without telling anyone."""
        raise NotImplementedError

    def check(self) -> bool:
        """Whether the typing can be used; tells below the field when it cannot."""
        return not self._message

    def typing(self) -> tuple[object, str]:
        """The value, and the typing that it cannot read."""
        return self.value, ""

    def take_up(self, value: object, unread: str) -> None:
        """Show what :meth:`typing` gave; what could not be read is told again."""
        self.set_value(value)
        self.set_error(None)

    @property
    def error(self) -> str:
        """What is told to be wrong, empty when nothing is."""
        return self._message

    def set_error(self, text: str | None) -> None:
        """Tell what is wrong, with an example; ``None`` takes it back. The typing stays."""
        self._message = text or ""
        self._error.setText(self._message)
        self._error.setVisible(bool(text))
        self._sign.setVisible(bool(text))
        self.box.set_wrong(bool(text))
        self._editor.setAccessibleDescription(self._message)
        self.updateGeometry()

    # As high as the error is in the width there is: told by the hints, which hold in any layout, whereas a height for
    # each width would go against the height being fixed.

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._high())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._message and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _high(self) -> int:
        box = self.box.sizeHint().expandedTo(self.box.minimumSize()).boundedTo(self.box.maximumSize()).height()
        return box + _ABOVE_ERROR + self._error.heightForWidth(self.width()) if self._message else box


class _OneLine(QValidator):
    """Takes any text; line breaks and tabs that were pasted become blanks."""

    @override
    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        tidy = in_one_line(text)
        behind = len(in_one_line(text[place:]))  # what was there already stays behind the cursor
        return QValidator.State.Acceptable, tidy, place if tidy == text else max(len(tidy) - behind, 0)


class TextField(Field):
    """One line of text. ``submitted`` gives it when Enter is pressed."""

    changed = Signal(str)
    submitted = Signal(str)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        placeholder: str = "",
        *,
        icon: str = "",
        clearable: bool = False,
        clear_name: str = "",
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        self.edit = QLineEdit()
        #: A text that was put in and is too long shows its beginning; who comes to write goes on at its end.
        self._shows_beginning = False
        super().__init__(theme, self.edit, name=name or placeholder, parent=parent)
        self.box.setFixedHeight(size)
        self.edit.setFrame(False)
        self.edit.setValidator(_OneLine(self.edit))
        self.edit.setFont(theme.font("body"))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setTextMargins(-2, 0, 0, 0)
        see_through(self.edit)
        if icon:
            self.row.insertWidget(0, Icon(theme, icon, "ink-3", 16, parent=self.box))
        self._clear = IconButton(theme, "x", clear_name, size=20, icon_size=14, parent=self.box)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._clearable = clearable
        self.row.addWidget(self._clear)
        self._clear.clicked.connect(self._empty)
        self.edit.textChanged.connect(self._follow)
        self.edit.returnPressed.connect(lambda: self.submitted.emit(self.edit.text()))
        self.edit.installEventFilter(self)

    def text(self) -> str:
        return self.edit.text()

    def setText(self, text: str) -> None:
        self.edit.setText(text)
        self._shows_beginning = not self.edit.hasFocus()
        if self._shows_beginning:
            self.edit.home(False)  # noqa: FBT003 - Qt's name

    @property
    @override
    def value(self) -> object:
        return self.edit.text()

    @override
    def set_value(self, value: object) -> None:
        TextField.setText(self, "" if value is None else str(value))

    def add_at_end(self, widget: QWidget) -> None:
        """A unit, a key cap or a small button inside the box, at its right."""
        self.row.addWidget(widget)

    def selectAll(self) -> None:
        self.edit.selectAll()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        elif event.type() is QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if self._shows_beginning and event.reason() is Qt.FocusReason.OtherFocusReason:
                self.edit.end(False)  # noqa: FBT003 - Qt's name
            self._shows_beginning = False
        return False

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())

    def _follow(self, text: str) -> None:
        self._clear.setVisible(self._clearable and bool(text))
        if self._message:
            self.set_error(None)
        self.changed.emit(text)

    def _empty(self) -> None:
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class Labelled(QWidget):
    """A label above a field."""

    def __init__(self, theme: Theme, label: str, field: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Text(theme, label, "body-strong", parent=self)
        self.field = field
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.label)
        outer.addWidget(field)
        self.label.setBuddy(field)
        if isinstance(field, Field):
            field.set_name(label)
