"""A short word at the foot of the window about what was done, with the way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QWidget

from channel_desk.i18n import Language
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.key_cap import KeyCap
from channel_desk.ui.widgets.text import Text

#: How long it stays, and how long it fades, in milliseconds.
STAYS: Final = 8000
FADES: Final = 120
_FROM_FOOT: Final = 24
#: Below the bar of the page.
_FROM_TOP: Final = 64
_WIDEST: Final = 720
#: Height with one line; what went wrong, and what to do, may take more lines.
_HEIGHT: Final = 44
_MOST_LINES: Final = 3


class Toast(Ground):
    """Lies over ``host``, at the bottom in the middle, for 8 seconds; the pointer on it stops the time. It stands
    at the top where it would cover what is being typed.

    A new text takes the place of the old. ``acted`` when its button was pressed, ``closed`` when it went.
    """

    acted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, language: Language, host: QWidget) -> None:
        super().__init__(theme, "toast", radius=drawing.CARD, parent=host)
        self._host = host
        self._floor = 0
        self._free: tuple[QRect, ...] = ()
        self._sign = Icon(theme, "check", "toast-text", 16, parent=self)
        self._text = Text(theme, "", "body", "toast-text", wrap=True, most_lines=_MOST_LINES, parent=self)
        self.action = Button(theme, "", "toast", size=28, parent=self)
        self._key = KeyCap(theme, "", colour="toast-text", parent=self)
        self.close_button = IconButton(theme, "x", language.tr("Close"), colour="toast-text", parent=self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        for widget in (self._sign, self._text, self.action, self._key, self.close_button):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._left = STAYS
        self._veil = QGraphicsOpacityEffect(self)
        self._veil.setEnabled(False)
        self.setGraphicsEffect(self._veil)
        self._fade = QPropertyAnimation(self._veil, b"opacity", self)
        self._fade.setDuration(FADES)
        self._fade.finished.connect(self._end_fade)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self.leave)
        host.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, *, action: str = "", key: str = "", wrong: bool = False) -> None:
        """Say ``text``; ``action`` is the word on the button, ``key`` its key; ``wrong`` shows a warning sign."""
        self._text.setText(text)
        self._sign.set_icon("circle-alert" if wrong else "check")
        self.action.set_text(action)
        self.action.setVisible(bool(action))
        self._key.set_key(key if action else "")
        self.setAccessibleName(text)
        self._place()
        self._show()
        self._left = STAYS
        if not self.underMouse():
            self._timer.start(STAYS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def make_room(self, *, floor: int, free: tuple[QRect, ...] = ()) -> None:
        """Leave the lowest ``floor`` pixels of the host free, for a bar is there that must be read and pressed; and
        ``free``, the first of them as long as there is a place for it.
        """
        self._floor, self._free = floor, free
        if self.isVisible():
            self._place()

    @property
    def text(self) -> str:
        return self._text.text()

    @property
    def is_counting(self) -> bool:
        """Whether its time is running out."""
        return self._timer.isActive()

    def leave(self) -> None:
        """Go now."""
        self._timer.stop()
        if self.isVisible():
            self._fade_to(0.0)
        else:
            self.hide()
        self.closed.emit()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._left = max(self._timer.remainingTime(), 1000) if self._timer.isActive() else STAYS
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start(self._left)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _act(self) -> None:
        self.leave()
        self.acted.emit()

    def _place(self) -> None:
        self._row.activate()
        room = self._host.rect()
        beside = self.sizeHint().width() - self._text.sizeHint().width()
        width = min(beside + self._text.whole_width, room.width(), _WIDEST)
        height = _HEIGHT - self._theme.line_height("body") + self._text.heightForWidth(width - beside)
        self.setFixedHeight(height)
        below = max(room.height() - height - _FROM_FOOT - self._floor, 0)
        places = [QRect((room.width() - width) // 2, top, width, height) for top in (below, _FROM_TOP)]
        fitting = (place for free in self._free for place in places if not place.intersects(free))
        self.setGeometry(next(fitting, places[0]))

    def _show(self) -> None:
        appear = not self.isVisible()
        self.raise_()
        self.show()
        if appear or self._fade.state() is QPropertyAnimation.State.Running:
            self._fade_to(1.0)

    def _fade_to(self, share: float) -> None:
        self._fade.stop()
        if not (self._theme.moves and self._host.isVisible()):
            self.setVisible(share > 0)
            return
        self._veil.setOpacity(1.0 - share)
        self._veil.setEnabled(True)
        self._fade.setEndValue(share)
        self._fade.start()

    def _end_fade(self) -> None:
        self._veil.setEnabled(False)  # what is not faded is painted straight
        if self._fade.endValue() == 0.0:
            self.hide()
