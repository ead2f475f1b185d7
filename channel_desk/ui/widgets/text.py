"""Words on the screen: always plain text, with the line heights of the house."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

_ELLIPSIS_LEAST = 24
#: The distance of tab stops, in pixels. Qt's own of 80 is just as wide as a Chinese mobile number in our face, which
#: would stand close against the next column of what was pasted from a spreadsheet.
TAB_STOP: Final = 100


class Text(QLabel):
    """A label in the face of ``role`` and the colour ``colour``.

    ``elide`` shortens a long line with an ellipsis and shows the whole as a tooltip; ``wrap`` breaks it into lines,
    ``most_lines`` of them at most (0: as many as it takes), the last of which is shortened.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        colour: str = "ink",
        *,
        elide: bool = False,
        wrap: bool = False,
        most_lines: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._colour = colour
        self._elide = elide
        self._wrap = wrap
        self._most_lines = most_lines
        #: How much of the beginning, as Qt counts, stands in which face and colour of its own.
        self._lead = (0, role, colour)
        #: The tooltip that shows what was cut.
        self._tip = ""
        #: What layouts ask for again and again: the text and role it was measured for, its width, heights by width.
        self._measured: tuple[str, str] | None = None
        self._wide = 0
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(theme.font(role))
        self.setText(text)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        elif wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def set_role(self, role: str) -> None:
        self._role = role
        self.setFont(self._theme.font(role))
        self.updateGeometry()
        self.update()

    def set_most_lines(self, most_lines: int) -> None:
        """Break into so many lines at most; 0: as many as it takes."""
        if most_lines != self._most_lines:
            self._most_lines = most_lines
            self._heights.clear()
            self.updateGeometry()
            self.update()

    @property
    def whole_lines(self) -> int:
        """How many lines the whole of a wrapped text takes in the present width."""
        return self._count_lines(self.text(), self.contentsRect().width())

    def _shown(self) -> str:
        """The text as it is painted: what ends with an ellipsis stands in one line, also when it was typed in more."""
        return " ".join(self.text().splitlines()) if self._elide else self.text()

    def _measure(self) -> str:
        """The text, with its width in ``_wide`` and no heights for another text."""
        text = self._shown()
        if self._measured != (text, self._role):
            self._measured = (text, self._role)
            self._heights.clear()
            metrics = QFontMetricsF(self.font())
            # One more for a last letter that leans out of its box, as "f" does: lines are broken by what is painted.
            self._wide = math.ceil(max(map(metrics.horizontalAdvance, text.split("\n")))) + 1
        return text

    @property
    def whole_width(self) -> int:
        """The width in which no line is broken or shortened."""
        self._measure()
        return self._wide

    @override
    def sizeHint(self) -> QSize:
        return self._bare_hint().grownBy(self.contentsMargins())

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self._bare_hint()
        if self._elide:
            hint.setWidth(min(hint.width(), _ELLIPSIS_LEAST))
        elif self._wrap:
            hint = QSize(min(hint.width(), 80), self._line)
        return hint.grownBy(self.contentsMargins())

    def _bare_hint(self) -> QSize:
        """The size of the words alone."""
        text = self._measure()
        if self._wrap:
            width = min(self._wide, 480)
            return QSize(width, self._height_of(text, width))
        return QSize(self._wide, self._line * (text.count("\n") + 1))

    @override
    def hasHeightForWidth(self) -> bool:
        return self._wrap

    @override
    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return self.sizeHint().height()
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        return self._height_of(self._measure(), room) + margins.top() + margins.bottom()

    def _height_of(self, text: str, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            lines = self._count_lines(text, width)
            height = (min(lines, self._most_lines) if self._most_lines else lines) * self._line
            self._heights[width] = height
        return height

    @property
    def _line(self) -> int:
        return self._theme.line_height(self._role)

    def _laid_out(self, text: str, width: int) -> QTextLayout:
        """One paragraph broken into lines of the house height."""
        layout = QTextLayout(text or " ", self.font())
        self._mark_lead(layout)
        option = QTextOption()
        option.setAlignment(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(TAB_STOP)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            # not by line.height(), which is rounded up: several lines would stand lower than one
            line.setPosition(QPointF(0, height + (self._line - line.ascent() - line.descent()) / 2))
            height += self._line
        layout.endLayout()
        return layout

    def _mark_lead(self, layout: QTextLayout) -> None:
        length, role, colour = self._lead
        if length:
            lead = QTextLayout.FormatRange()
            lead.start, lead.length = 0, length
            lead.format.setFont(self._theme.font(role))
            lead.format.setForeground(self._theme.colour(colour))
            layout.setFormats([lead])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self._theme.colour(self._colour if self.isEnabled() else "ink-3"))
        rect = self.contentsRect()
        if self._wrap:
            self._paint_lines(painter, rect)
            return
        text = self._shown()
        if self._elide:
            text = drawing.elided(QFontMetrics(self.font()), text, rect.width())
        painter.drawText(rect, self.alignment(), text)

    def set_lead(self, words: str, role: str, colour: str) -> None:
        """Show ``words``, with which a wrapped text begins, in another face and colour."""
        self._lead = (drawing.units(words), role, colour)
        self._heights.clear()
        self.update()

    def _shortened(self, width: int) -> str:
        """The text with no more lines than may be."""
        text = self.text()
        layout = self._broken(text, width)
        if not self._most_lines or layout.lineCount() <= self._most_lines:
            return text
        whole = drawing.first_units(text, layout.lineAt(self._most_lines - 1).textStart())
        rest = " ".join(text[len(whole) :].splitlines())
        metrics = QFontMetrics(self.font())
        # Lines are broken by fractions of a pixel: what just fits by whole ones would begin another line.
        for room in range(width, 0, -2):
            short = whole + drawing.elided(metrics, rest, room)
            if self._count_lines(short, width) <= self._most_lines:
                return short
        return text

    def _broken(self, text: str, width: int) -> QTextLayout:
        """All paragraphs in one layout."""
        return self._laid_out(text.replace("\n", "\u2028"), width)

    def _count_lines(self, text: str, width: int) -> int:
        return self._broken(text, width).lineCount()

    def _paint_lines(self, painter: QPainter, rect: QRect) -> None:
        layouts = [self._laid_out(part, rect.width()) for part in self._shortened(rect.width()).split("\n")]
        needed = sum(layout.lineCount() for layout in layouts) * self._line
        centred = self.alignment() & Qt.AlignmentFlag.AlignVCenter
        height = rect.y() + (max((rect.height() - needed) // 2, 0) if centred else 0)
        for layout in layouts:
            layout.draw(painter, QPointF(rect.x(), height))
            height += layout.lineCount() * self._line

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        # Here and not in event(), which Python would be asked for at each of the hundreds of events of a page.
        super().enterEvent(event)
        if (self._elide or self._most_lines) and self.toolTip() == self._tip:
            self._tip = drawing.plain_tip(self.text()) if self._is_cut() else ""
            self.setToolTip(self._tip)

    def _is_cut(self) -> bool:
        room = self.contentsRect().width()
        if self._elide:
            return QFontMetrics(self.font()).horizontalAdvance(self._shown()) > room
        return self._shortened(room) != self.text()
