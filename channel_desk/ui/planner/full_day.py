"""A day with more visits than fit: the button that says how many, and the list that it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.i18n import Language
from channel_desk.presentation.full_days import FullDay
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button, PaintedButton
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text

_ROW: Final = 24
_HEAD: Final = 36
_LEAST: Final = 260
_MARGIN: Final = 6
_ARROWS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class MoreButton(PaintedButton):
    """Stands beside or below the visits that fit: "+3". The arrows lead on from it as from a visit."""

    #: The keyboard is on it.
    reached = Signal()

    RADIUS = drawing.BADGE
    RING_OUTSIDE = False  # it would lie over the visits around

    def __init__(self, theme: Theme, language: Language, full: FullDay, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.full = full
        #: Of them, where the keyboard goes from here.
        self.stands_for: int = full.hidden[0].visit.id
        day, more = language.formats.day(full.day), len(full.hidden)
        self._words = f"+{more}"
        words = language.tr_n("{n} more visit, {day}", "{n} more visits, {day}", more, day=day)
        self.setAccessibleName(words)
        drawing.set_tip(self, words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.is_marked = False

    def mark(self, marked: bool) -> None:  # noqa: FBT001 - like Qt's setChecked
        """The visit in the pane is one of those."""
        self.is_marked = marked
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._theme.font("secondary")).horizontalAdvance(self._words) + 12, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.is_marked or self._is_hot:
            ground = self._theme.colour("accent-select" if self.is_marked else "hover")
            drawing.box(painter, self.rect(), fill=ground, radius=self.RADIUS)
        painter.setFont(self._theme.font("secondary"))
        painter.setPen(self._theme.colour("ink-2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        if self.hasFocus():
            drawing.box(painter, self.rect(), edge=self._theme.colour("accent"), radius=self.RADIUS, width=2)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # with Qt they lead to the next widget
        else:
            super().keyPressEvent(event)


class DayList(Ground):
    """All visits of one day over the calendar ``host``. It goes when the keyboard leaves it, and by Esc.

    It is no window of its own, so that its visits are dragged, moved and deleted like all others. There are chips for
    those in sight and around the keyboard only: a day may have a thousand visits.
    """

    #: Whether Esc closed it: the keyboard has to go somewhere then.
    closed = Signal(bool)
    week_wanted = Signal(object)

    def __init__(self, theme: Theme, language: Language, full: FullDay, host: QWidget, *, in_month: bool) -> None:
        super().__init__(theme, "surface", edge="hairline-strong", radius=drawing.CARD, parent=host)
        self.full = full
        self._host = host
        self._make: Callable[[VisitLine, QWidget], VisitChip] | None = None
        #: By their line in the list.
        self._chips: dict[int, VisitChip] = {}
        name = language.formats.day(full.day)
        self.setAccessibleName(name)
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 0, 0, 0)
        head.addWidget(Text(theme, name, "body-strong", parent=self), 1)
        if in_month:
            week = Button(theme, language.tr("Week"), "link", size=28, parent=self)
            week.clicked.connect(lambda: self.week_wanted.emit(full.day))
            head.addWidget(week)
        self._inside = QWidget(self)
        self._inside.setMinimumHeight(len(full.lines) * _ROW)
        self._scroll = Scroller(self._inside, see_through=True, parent=self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._scroll.installEventFilter(self)  # it would scroll by the arrows
        self._inside.installEventFilter(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, 4, _MARGIN, _MARGIN)
        outer.setSpacing(4)
        outer.addLayout(head)
        outer.addWidget(self._scroll, 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def open_over(self, cell: QRect, make: Callable[[VisitLine, QWidget], VisitChip]) -> None:
        """Show the visits over ``cell``; ``make`` gives the chip of one, as a child of a widget."""
        self._make = make
        self.lie_over(cell)
        self.show()
        self.raise_()

    @property
    def chips(self) -> Sequence[VisitChip]:
        """Those that are there now."""
        return tuple(self._chips.values())

    def lie_over(self, cell: QRect) -> None:
        """Take the place of ``cell`` and as much around it as the visits need, in sight."""
        host, around = self._host, self._host.parentWidget() or self._host
        room = host.rect() & QRect(host.mapFrom(around, QPoint(0, 0)), around.size())
        width = min(max(cell.width(), _LEAST), room.width())
        height = min(_HEAD + len(self.full.lines) * _ROW + 2 * _MARGIN, room.height())
        left = min(max(cell.left(), room.left()), room.right() + 1 - width)
        top = min(max(cell.top(), room.top()), room.bottom() + 1 - height)
        self.setGeometry(left, top, width, height)

    def put_focus(self, visit_id: int) -> None:
        """Put the keyboard on a visit of the list."""
        for number, line in enumerate(self.full.lines):
            if line.visit.id == visit_id:
                self._focus(number)

    def _focus(self, number: int) -> None:
        self._have(number)
        self._chips[number].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- chips where they are needed -----------------------------------------------------------------------------------

    def _on_scrolled(self, _to: int) -> None:
        self._have()

    def _have(self, *wanted: int) -> None:
        """Have chips for the lines in sight, the one with the keyboard and those ``wanted``, and for those beside them,
        so that Tab finds the next; the others go.
        """
        if self._make is None:
            return
        top, height = self._scroll.verticalScrollBar().value(), self._scroll.viewport().height()
        seen = range(top // _ROW, (top + height) // _ROW + 1)
        kept = {number for number, chip in self._chips.items() if chip.hasFocus() or chip.is_held}
        needed = {number + way for number in {*seen, *kept, *wanted} for way in (-1, 0, 1)}
        needed &= {*range(len(self.full.lines))}
        for number in self._chips.keys() - needed:
            chip = self._chips.pop(number)
            chip.hide()
            chip.deleteLater()
        missing = needed - self._chips.keys()
        for number in missing:
            self._chips[number] = self._make(self.full.lines[number], self._inside)
        if missing:
            self._chips = dict(sorted(self._chips.items()))
            self._arrange()
            for before, after in pairwise(self._chips.values()):
                self.setTabOrder(before, after)

    def _arrange(self) -> None:
        for number, chip in self._chips.items():
            chip.setGeometry(0, number * _ROW, self._inside.width(), _ROW)
            chip.show()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or self.isHidden():
            return  # the window is not the active one
        if not self.isAncestorOf(now):
            self.closed.emit(False)  # noqa: FBT003 - a signal
        elif isinstance(now, VisitChip):
            # Not at once: the list may just have been filled.
            QTimer.singleShot(0, now, lambda: self._scroll.ensureWidgetVisible(now, 0, 0))
            self._have()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside:
            if event.type() is QEvent.Type.Resize:
                self._arrange()
                self._have()
            return False
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        self.keyPressEvent(event)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the visits, Esc closes; nothing else of it is for the calendar below."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit(True)  # noqa: FBT003 - a signal
        elif key in steps:
            number = next((number + steps[key] for number, chip in self._chips.items() if chip.hasFocus()), 0)
            self._focus(min(max(number, 0), len(self.full.lines) - 1))
