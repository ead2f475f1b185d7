"""One visit in the calendar: a small button that can be dragged, resized, focused and read aloud."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from channel_desk.domain.visits import VisitStatus
from channel_desk.presentation.planner import ChipText
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

#: How near to its lower or upper edge a chip is resized instead of moved, in pixels.
EDGE = 6
_LINE = 16
#: Where the words of a line begin, behind its bar.
_LINE_LEFT = 12
#: Where this is all the room that words have, only the first characters are shown.
_NARROW = 36
#: Less of a place than this, in pixels behind the hours, tells nothing.
_PLACE_LEAST = 48
#: Where a name would have less beside the time, in pixels, it has the room of the time too.
_NAME_LEAST = 56


def fitting(font: QFont, words: str, width: int) -> str:
    """``words`` as far as ``width`` has room for them."""
    metrics = QFontMetrics(font)
    if width >= _NARROW:
        return drawing.elided(metrics, words, width)
    while words and metrics.horizontalAdvance(words) > width:
        words = words[:-1]
    return words


class VisitChip(QAbstractButton):
    """Paints :class:`ChipText`; tells the view what the pointer does and leaves the arithmetic to it.

    ``compact`` is the month's one line. ``dragged`` gives the pointer's way since the press, over a calendar that may
    have been scrolled meanwhile, and which edge is held (-1 top, 0 the whole, 1 bottom); ``dropped`` ends it, with
    False when Esc was pressed.
    """

    opened = Signal(int)
    picked = Signal(int)
    dragged = Signal(int, QPoint, int)
    dropped = Signal(int, bool)
    #: The button of the pointer is up again.
    let_go = Signal()
    nudged = Signal(int, int, int, bool)
    menu_wanted = Signal(int, QPoint)
    #: The keyboard is on it.
    reached = Signal(int)

    def __init__(self, theme: Theme, text: ChipText, *, compact: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text_of = text
        self._compact = compact
        #: Where the pointer took it, in the parent, and where the pointer is now, on the screen.
        self._press: QPoint | None = None
        self.held_at = QPoint()
        #: A double click that began on what lay here before is not meant.
        self._was_pressed = False
        self._edge = 0
        self._dragging = False
        self.faded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCheckable(True)
        self.setAccessibleName(text.spoken)
        drawing.set_tip(self, text.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setObjectName(f"visit_{text.visit_id}")

    @property
    def visit_id(self) -> int:
        return self.text_of.visit_id

    @property
    def is_held(self) -> bool:
        """Whether the pointer holds it, to drag it perhaps."""
        return self._press is not None and bool(QApplication.mouseButtons() & Qt.MouseButton.LeftButton)

    # -- painting ----------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.faded:
            painter.setOpacity(0.45)
        if self._compact:
            self._paint_line(painter)
        else:
            self._paint_box(painter)
        if self.hasFocus():
            painter.setOpacity(1)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _colours(self) -> tuple[str, str, str]:
        """Tokens of ground, edge and bar."""
        text = self.text_of
        if text.conflict or (text.unwritten and self._compact):  # a line has no room to say it in words
            return "warning-tint", "warning-mark", "warning-mark"
        if text.status is VisitStatus.CLOSED:
            return "surface", "hairline-strong", "ink-3"
        if text.unwritten:
            return "surface", "hairline-strong", "ink-2"
        return "accent-tint", "accent-edge", "accent"

    def _paint_box(self, painter: QPainter) -> None:
        ground, edge, bar = self._colours()
        if self.isChecked():
            ground, edge = "accent-select", edge if self.text_of.conflict else "accent"
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.colour(edge), 1))
        painter.setBrush(self._theme.colour(ground))
        painter.drawRoundedRect(box, 6, 6)
        drawing.bar(painter, self.rect(), self._theme.colour(bar))
        if self.faded:
            return  # the words are in the frame of the new time, which may lie below
        left = 10 if self.width() >= 50 else 7
        width = self.width() - left - 4
        top = min(4, (self.height() - _LINE) // 2)  # one line stands in the middle of a short visit
        closed = self.text_of.status is VisitStatus.CLOSED
        lines = [
            (self.text_of.title, "secondary-strong", "ink-2" if closed else "ink"),
            (self.times_in(width), "secondary", "ink-2"),
        ]
        room = max(1, (self.height() - top) // _LINE)
        if width < _NARROW:  # many visits at one time: an ellipsis alone says nothing
            room = 1
        last, role, colour = self.text_of.detail, "secondary", "ink-2"
        if self.text_of.unwritten:
            last, role, colour = self.text_of.remark, "secondary-strong", "warning-text"
        broken = drawing.broken(self._theme.font(role), last, width, room - len(lines))
        lines += [(line, role, colour) for line in broken]
        for words, role, colour in lines[:room]:
            self._line(painter, words, role, colour, QRectF(left, top, width, _LINE))
            top += _LINE

    def times_in(self, width: int) -> str:
        """What the line of times tells in ``width`` pixels: the place only where enough of it can be read."""
        text, advance = self.text_of, QFontMetrics(self._theme.font("secondary")).horizontalAdvance
        if width <= advance(text.hours):
            return text.start
        whole = advance(text.times)
        return text.times if width >= min(whole, advance(text.hours) + _PLACE_LEAST) else text.hours

    def _paint_line(self, painter: QPainter) -> None:
        ground, _, bar = self._colours()
        if self.text_of.conflict or self.text_of.unwritten or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent-select" if self.isChecked() else ground))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(bar))
        painter.drawRoundedRect(QRectF(4, 4, 3, self.height() - 8), 1.5, 1.5)
        muted = self.text_of.status is VisitStatus.CLOSED
        left = self.name_from(self.width())
        if left > _LINE_LEFT:
            self._line(painter, self.text_of.start, "secondary", "ink-2", QRectF(_LINE_LEFT, 0, 36, self.height()))
        colour = "ink-2" if muted else "ink"
        box = QRectF(left, 0, self.width() - left - 4, self.height())
        self._line(painter, self.text_of.title, "secondary", colour, box)

    @staticmethod
    def name_from(width: int) -> int:
        """Where the name begins in a line of ``width`` pixels: behind the time only where enough of it can be read."""
        behind = _LINE_LEFT + 38
        return behind if width - behind - 4 >= _NAME_LEAST else _LINE_LEFT

    def _line(self, painter: QPainter, words: str, role: str, colour: str, box: QRectF) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        shown = fitting(font, words, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    # -- pointer -----------------------------------------------------------------------------------------------------

    def _edge_at(self, y: int) -> int:
        if self._compact or self.height() < 3 * EDGE or not self.text_of.movable:
            return 0
        if y >= self.height() - EDGE:
            return 1
        return -1 if y < EDGE else 0

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = self.mapToParent(event.position().toPoint())
            self._was_pressed = True
            self._edge = self._edge_at(event.position().toPoint().y())
            self.picked.emit(self.visit_id)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            resizing = self._edge_at(event.position().toPoint().y()) != 0
            self.setCursor(Qt.CursorShape.SizeVerCursor if resizing else Qt.CursorShape.PointingHandCursor)
            return
        self.held_at = event.globalPosition().toPoint()
        if not self.text_of.movable:
            return
        if self._dragging or self._way(self._press).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.drag_on()

    def _way(self, press: QPoint) -> QPoint:
        return self.mapToParent(self.mapFromGlobal(self.held_at)) - press

    def drag_on(self) -> None:
        """Tell where it is dragged to: the pointer went on, or the calendar was scrolled under it."""
        if self._press is not None:
            self.dragged.emit(self.visit_id, self._way(self._press), self._edge)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end_drag(kept=True)
        self.let_go.emit()
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self._was_pressed:
            self.opened.emit(self.visit_id)
        event.accept()

    def _end_drag(self, *, kept: bool) -> None:
        dragging, self._dragging, self._press = self._dragging, False, None
        if dragging:
            self.dropped.emit(self.visit_id, kept)

    # -- keyboard ----------------------------------------------------------------------------------------------------

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(self.visit_id)

    @override
    def event(self, event: QEvent) -> bool:
        """Alt and an arrow moves the visit, also where the window has the same keys for going back."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
            if event.key() in arrows and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape and self._dragging:
            self._end_drag(kept=False)
            return
        steps = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }
        way = steps.get(Qt.Key(key))
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.visit_id)
        elif key == Qt.Key.Key_Space:
            self.picked.emit(self.visit_id)
        elif way and self.text_of.movable and modifiers & Qt.KeyboardModifier.AltModifier:
            self.nudged.emit(self.visit_id, *way, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        else:
            event.ignore()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.picked.emit(self.visit_id)
        by_pointer = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(self.visit_id, event.globalPos() if by_pointer else self.mapToGlobal(QPoint(12, 12)))
