"""A value that becomes a field where it stands."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.i18n import Language
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.field import Field, TextField
from channel_desk.ui.widgets.inline_kinds import ONE_LINE, InlineKind, Lines
from channel_desk.ui.widgets.scrolling import bring_into_sight
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea

#: How far a value stands inside its ground, in pixels.
INSET: Final = 8
_OPENS: Final = (*ENTER, Qt.Key.Key_F2, Qt.Key.Key_Space)


class _Shown(QWidget):
    """The value while nobody edits it: a ground and a pencil under the pointer, a ring with the keyboard."""

    opened = Signal()

    def __init__(self, theme: Theme, text: Text, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSET, 4, 24, 4)
        layout.addWidget(text)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.opened.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _OPENS:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        live = self.isEnabled() and (self.underMouse() or self.hasFocus())
        if self.underMouse() and self.isEnabled():
            drawing.box(painter, self.rect(), fill=theme.colour("hover"), radius=drawing.FIELD)
        if live:
            drawing.icon(painter, theme, "pencil", QRect(self.width() - 22, 0, 16, 28), colour="ink-3", size=14)
        if self.hasFocus():
            drawing.box(painter, self.rect(), edge=theme.colour("accent"), radius=drawing.FIELD, width=2)


class InlineEdit(QWidget):
    """Shows a value; a click, F2 or Enter puts a field in its place. Enter saves, Esc restores, leaving saves.

    ``committed`` gives a changed value; the text shown changes with it, and the caller may put it back with
    :meth:`set_value`. ``empty`` is shown when there is no value. A text of several lines is saved by Ctrl+Enter.
    """

    committed = Signal(object)
    started = Signal()
    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        language: Language,
        kind: InlineKind = ONE_LINE,
        *,
        name: str,
        empty: str = "–",
        role: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._kind = kind
        self._has_lines = isinstance(kind, Lines)
        self._name = name
        self._empty = empty
        self._value: object = None
        self._field: Field | None = None
        self._text = Text(theme, "", role, wrap=self._has_lines, elide=not self._has_lines, parent=self)
        self._shown = _Shown(theme, self._text, self)
        self._shown.opened.connect(self.start)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._shown)
        self.setFocusProxy(self._shown)
        # A text of several lines is as high as its width makes it: its hint, made for another width, is no limit.
        vertical = QSizePolicy.Policy.Minimum if self._has_lines else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self._outer = outer
        self._show()

    @property
    def value(self) -> object:
        return self._value

    @property
    def field(self) -> Field | None:
        """The field while somebody edits."""
        return self._field

    def set_value(self, value: object) -> None:
        """Show ``value`` without telling anyone; an edit that has begun goes on."""
        self._value = value
        self._show()

    def set_most_lines(self, most_lines: int) -> None:
        """Show so many lines of a multiline text at most; 0: all."""
        self._text.set_most_lines(most_lines)

    @property
    def whole_lines(self) -> int:
        """How many lines a multiline text has in the present width."""
        return self._text.whole_lines

    def set_error(self, text: str) -> None:
        """Say below the field what is wrong, for what only a save can find out."""
        self.start()
        if self._field is not None:
            self._field.set_error(text)

    def start(self) -> None:
        """Put the field in place with everything selected."""
        if self._field is not None or not self.isEnabled():
            return
        field = self._open()
        (field.focusProxy() or field).setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, TextField | TextArea):
            field.selectAll()
        if isinstance(field, ChoiceField):
            QTimer.singleShot(0, field, field.open)
        bring_into_sight(field)  # it may be much lower than the long text in whose place it stands
        self.started.emit()

    def typing(self) -> tuple[object, str] | None:
        """The value of the open field, and the typing that it cannot read; None where nobody edits."""
        return None if self._field is None else self._field.typing()

    def show_typing(self, value: object, unread: str) -> None:
        """Put the field in place with what was typed before; the keyboard stays where it is."""
        (self._field or self._open()).take_up(value, unread)

    def _open(self) -> Field:
        field = self._field = self._kind.field(self._theme, self._language, self)
        field.set_value(self._value)
        field.set_name(self._name)
        if isinstance(field, ChoiceField):
            field.picked.connect(self._save_here)
        if isinstance(field, TextArea):
            field.grown.connect(partial(bring_into_sight, field))  # a long text may be pasted near the foot
        self._outer.addWidget(field)
        self._shown.hide()
        self.setFocusProxy(field)
        (field.focusProxy() or field).installEventFilter(self)
        return field

    def save(self) -> bool:
        """Take over what was typed; False when it cannot be."""
        if self._field is None:
            return True
        if not self._field.check():
            return False
        value = self._field.value
        changed = value != self._value and not (value == "" and self._value is None)
        if changed:
            self.set_value(value)
        self._end()
        if changed:
            self.committed.emit(value)
        return True

    def restore(self) -> None:
        """Leave the value as it was."""
        self._end()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc belongs to the edit before it belongs to the page
            return True
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if kind is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
            # after the event: the field must not go while it is being left
            QTimer.singleShot(0, self, self._left)
        return False

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, super().sizeHint().height())

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.restore()
            self._shown.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        enter = event.key() in ENTER
        if enter and (not self._has_lines or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._save_here()
            return True
        return False

    def _save_here(self) -> None:
        """Take over what was typed or picked; the value keeps the keyboard."""
        if self.save():
            self._shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> None:
        field = self._field
        if field is None:
            return
        focus = QApplication.focusWidget()
        if focus is not None and field.isAncestorOf(focus):
            return
        self.save()

    def _end(self) -> None:
        field, self._field = self._field, None
        if field is None:
            return
        self.setFocusProxy(self._shown)
        self._outer.removeWidget(field)
        field.hide()
        field.deleteLater()
        self._shown.show()
        self.ended.emit()

    def _show(self) -> None:
        is_empty = self._value is None or self._value == ""
        words = "" if is_empty else self._kind.words(self._value, self._language)
        self._text.setText(words or self._empty)
        self._text.set_colour("ink" if words else "ink-3")
        self._shown.setAccessibleName(self._name)
        self._shown.setAccessibleDescription(words)
        self.updateGeometry()
