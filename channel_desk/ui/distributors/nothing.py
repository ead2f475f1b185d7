"""What stands in place of the rows: no distributor yet, none that fits, a file held over the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.services.finding import View
from channel_desk.ui.context import Context
from channel_desk.ui.forms.drop_zone import DropPlace, DropZone, paint_dashes
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.states import EmptyState


class EmptyList(QWidget):
    """No distributor at all: bring a file, or type the first."""

    choose_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        by_hand = Button(ctx.theme, ctx.tr("Add by hand"), icon="plus", key="Ctrl N")
        by_hand.clicked.connect(self.new_wanted)
        self.zone = DropZone(ctx, (by_hand,))
        self.zone.choose_wanted.connect(self.choose_wanted)
        self.setFocusProxy(self.zone.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(DropPlace(ctx, self.zone))


class NoMatch(Ground):
    """Nothing fits what is asked for."""

    clear_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", parent=parent)
        self._ctx = ctx
        self._clear = Button(ctx.theme, ctx.tr("Show all"))
        self._new = Button(ctx.theme, ctx.tr("New distributor"), icon="plus")
        self._clear.clicked.connect(self.clear_wanted)
        self._new.clicked.connect(self.new_wanted)
        self._state = EmptyState(ctx.theme, "search", "", (self._clear, self._new))
        column = QVBoxLayout(self)
        column.addWidget(self._state)

    def show_reason(self, text: str, *, narrowed: bool, view: View) -> None:
        """Say why nothing is there: the ``text``, the chips, or the view."""
        tr = self._ctx.tr
        if text and (narrowed or view is not View.ALL):
            self._state.set_sentence(tr("Nothing matches “{text}” with these filters.", text=text))
        elif text:
            self._state.set_sentence(tr("Nothing matches “{text}”.", text=text))
        elif narrowed:
            self._state.set_sentence(tr("No distributor passes these filters."))
        else:
            self._state.set_sentence(tr("No distributor belongs here at the moment."))
        self._clear.set_text(tr("Clear the search") if text and not narrowed and view is View.ALL else tr("Show all"))
        self._new.setVisible(bool(text))


class DropVeil(QWidget):
    """Covers the list while a file is held over it."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, on: bool) -> None:  # noqa: FBT001 - the one thing it is set to
        """Cover the list, or uncover it."""
        self.setVisible(on)
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._ctx.theme
        ground = QColor(theme.colour("accent-tint"))
        ground.setAlphaF(0.92)
        painter.fillRect(self.rect(), ground)
        paint_dashes(painter, self.rect().adjusted(16, 16, -16, -16), QPen(theme.colour("accent"), 2))
        painter.setFont(theme.font("page-title"))
        painter.setPen(theme.colour("accent-ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._ctx.tr("Drop the file to import it"))
