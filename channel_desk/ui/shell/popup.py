"""A panel over the window that takes the keyboard and closes with Esc or a click beside it."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.tab_order import step_on


def _around(widget: QWidget | None) -> Iterator[QWidget]:
    """``widget`` and what it stands in, from the inside."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


class Panel(QWidget):
    """Part of the window, not a dialog: it never blocks and needs no answer."""

    #: It tells or offers something of the page it was opened on, and closes when another is shown.
    is_of_page = True

    def __init__(self, ctx: Context, window: QWidget, *, width: int, top: int) -> None:
        super().__init__(window)
        self.ctx = ctx
        self._width = width
        self._top = top
        #: What had the keyboard, and what that stands in: a field that is stored and ends when it is left has gone
        #: when the panel closes, and the value around it gets the keyboard.
        self._before = tuple(_around(window.focusWidget()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(8)
        window.installEventFilter(self)
        # the window itself hears only of clicks that nothing in it takes
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def place(self) -> None:
        """Stand in the middle, ``top`` below the upper edge, as high as the content."""
        window = self.window()
        width = min(self._width, window.width() - 48)
        height = min(max(self.sizeHint().height(), self.heightForWidth(width)), window.height() - self._top - 24)
        self.setGeometry((window.width() - width) // 2, self._top, width, height)
        self.raise_()

    @override
    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        self.place()
        self.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            if watched is self.window():
                self.place()
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            is_beside = not self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            if is_beside and isinstance(watched, QWidget) and watched.window() is self.window():
                self.close()
        return False

    @override
    def closeEvent(self, event: QEvent) -> None:
        for widget in self._before:
            if shiboken6.isValid(widget) and widget.isVisible():
                widget.setFocus()
                break
        super().closeEvent(event)  # type: ignore[arg-type]  # a QCloseEvent

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own
        step_on(self, forward=forward)
        return True  # what is behind the panel is not reached before it is closed

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.ctx.theme.colour("hairline-strong"))
        painter.setBrush(self.ctx.theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
