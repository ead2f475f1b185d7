"""The line of the day: the hours, today's visits on them, and where the day stands now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from channel_desk.presentation.today import MINUTES_AN_HOUR, DayChip, DayLine
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import paint_tier
from channel_desk.ui.widgets.pressable import Pressable

HEIGHT = 84
_MARGIN = 24
_TOP = 34
_CHIP = 36
#: The least height of a visit that shares its hour with others, and the gap between them.
_LANE = 17
_GAP = 2
_LABELS = 12


def _height(lanes: int) -> int:
    """Of so many visits at the same time: two share the height of one, more take what their names need."""
    return max(_CHIP, lanes * (_LANE + _GAP) - _GAP)


class _Chip(Pressable):
    """One visit; pressing it opens the visit."""

    def __init__(self, theme: Theme, chip: DayChip, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chip = chip
        self.setText(chip.name)
        self.setAccessibleName(chip.spoken)
        drawing.set_tip(self, chip.spoken)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, _CHIP)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, area = self._theme, self.rect()
        quiet = self.chip.is_over
        edge = "accent" if self.hasFocus() else "hairline-strong" if quiet else "accent-edge"
        drawing.box(
            painter,
            area,
            fill=theme.colour("sunken" if quiet else "accent-select" if self.underMouse() else "accent-tint"),
            edge=theme.colour(edge),
            radius=drawing.FIELD,
            width=2 if self.hasFocus() else 1,
        )
        drawing.bar(painter, area, theme.colour("edge" if quiet else "accent"))
        left = 12
        painter.setFont(theme.font("body-strong"))
        # A short visit has room for its name or for its tier.
        fits = painter.fontMetrics().horizontalAdvance(self.text()) + left + 36 <= area.width()
        if self.chip.tier is not None and fits:
            tall = min(20, area.height())
            paint_tier(painter, theme, self.chip.tier.value, QRect(left, (area.height() - tall) // 2, 20, tall))
            left += 28
        painter.setFont(theme.font("body-strong"))
        painter.setPen(theme.colour("ink-2" if quiet else "ink"))
        room = area.adjusted(left, 0, -8, 0)
        name = drawing.elided(painter.fontMetrics(), self.text(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.end()


class DayLineView(QWidget):
    """Shows a :class:`DayLine`; ``visit_wanted`` gives the id of a pressed visit."""

    visit_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line = DayLine(8, 19, 0, ())
        self._chips: list[_Chip] = []
        self.setFixedHeight(HEIGHT)
        self.setObjectName("day_line")

    def show_line(self, line: DayLine) -> None:
        """Replace what is shown."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._line = line
        self._chips = []
        for one in line.chips:
            chip = _Chip(self._theme, one, self)
            chip.clicked.connect(lambda _checked=False, visit_id=one.visit_id: self.visit_wanted.emit(visit_id))
            chip.show()
            self._chips.append(chip)
        self.setFixedHeight(HEIGHT + self._room - _CHIP)
        self._place_chips()
        self.update()

    def set_now(self, minutes: int) -> None:
        """Move the mark of the present time."""
        self._line = self._line._replace(now=minutes)
        self.update()

    def _x(self, minutes: float) -> float:
        return _MARGIN + self._line.share(minutes) * (self.width() - 2 * _MARGIN)

    def _place_chips(self) -> None:
        for chip in self._chips:
            one = chip.chip
            left, right = round(self._x(one.start)), round(self._x(one.end))
            height = _height(one.lanes)
            share = (height + _GAP) / one.lanes
            above = _TOP + (self._room - height) // 2
            top, bottom = round(one.lane * share), round((one.lane + 1) * share) - _GAP
            chip.setGeometry(left, above + top, max(24, right - left), bottom - top)

    @property
    def _room(self) -> int:
        return max((_height(one.lanes) for one in self._line.chips), default=_CHIP)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_chips()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, line = self._theme, self._line
        drawing.box(
            painter,
            self.rect(),
            fill=theme.colour("surface"),
            edge=theme.colour("hairline"),
            radius=drawing.CARD,
        )
        painter.setPen(QPen(theme.colour("hairline-strong"), 1))
        middle = _TOP + self._room // 2 + 0.5
        painter.drawLine(QPointF(_MARGIN - 8, middle), QPointF(self.width() - _MARGIN + 8, middle))
        painter.setFont(theme.font("hour"))
        painter.setPen(theme.colour("ink-2"))
        for hour in range(line.first, line.last + 1):
            x = self._x(hour * MINUTES_AN_HOUR)
            area = QRect(round(x) - 30, _LABELS - 2, 60, 16)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{hour}:00")
        if line.first * MINUTES_AN_HOUR <= line.now <= line.last * MINUTES_AN_HOUR:
            self._paint_now(painter, self._x(line.now))
        painter.end()

    def _paint_now(self, painter: QPainter, x: float) -> None:
        colour = self._theme.colour("danger-mark")
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(x, 30), QPointF(x, self.height() - 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, 30), 4, 4)
