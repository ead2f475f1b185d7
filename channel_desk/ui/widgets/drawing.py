"""Strokes that several widgets share: crisp boxes, icons, plain tooltips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTextLayout
from PySide6.QtWidgets import QWidget

from channel_desk.ui.theme.theme import Theme

#: Radii in pixels.
CARD: Final = 8
FIELD: Final = 6
BADGE: Final = 4
#: Width of the bar at the left of a visit.
BAR: Final = 3
#: Characters of a tooltip, and of its longest line that Qt need not break.
_LONGEST_TIP: Final = 2_000
_TIP_LINE: Final = 60
#: What says nothing at the end of words that were cut.
_LOOSE: Final = " ·,;:，、；："


def box(
    painter: QPainter,
    rect: QRect,
    *,
    fill: QColor | None = None,
    edge: QColor | None = None,
    radius: float = 0,
    width: int = 1,
) -> None:
    """A rounded box whose edge of ``width`` pixels lies wholly inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if edge is not None else 0
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inner = max(radius - half, 0)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), inner, inner)


def bar(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """A bar at the left of the box ``rect`` with the corners of a field, which it follows."""
    path, strip = QPainterPath(), QPainterPath()
    path.addRoundedRect(QRectF(rect), FIELD, FIELD)
    strip.addRect(QRectF(rect.x(), rect.y(), BAR, rect.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path.intersected(strip))


def icon(painter: QPainter, theme: Theme, name: str, rect: QRect, *, colour: str, size: int = 16) -> None:
    """The icon ``name`` centred in ``rect``."""
    corner = rect.center() - QRect(0, 0, size, size).center()
    painter.drawPixmap(corner, theme.pixmap(name, colour, size, painter.device().devicePixelRatioF()))


def dot(painter: QPainter, centre: QPointF, colour: QColor, *, ring: bool = False) -> None:
    """A dot of 8 pixels, filled or as a ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2) if ring else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if ring else colour)
    reach = 3.0 if ring else 4.0
    painter.drawEllipse(centre, reach, reach)


def elided(metrics: QFontMetrics, words: str, width: int) -> str:
    """``words``, with an ellipsis at the end where they do not fit; no blank, comma or dot is left before it."""
    short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    return short if short == words or not short.endswith("…") else short[:-1].rstrip(_LOOSE) + "…"


def units(text: str) -> int:
    """How long Qt takes ``text`` to be: a rare character of a name, or an emoji, counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def first_units(text: str, length: int) -> str:
    """The beginning of ``text`` that Qt takes to be so long."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * length].decode("utf-16-le", "surrogatepass")


def broken(font: QFont, text: str, width: int, most: int) -> list[str]:
    """``text`` on at most so many lines of ``width`` pixels; the last has all the rest, however long."""
    layout, lines = QTextLayout(text, font), list[str]()
    layout.beginLayout()
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(first_units(text, line.textLength()))
        text = text[len(lines[-1]) :]
    layout.endLayout()
    return [line.strip() for line in [*lines, text] if line.strip()]


def marks(painter: QPainter, theme: Theme, room: QRect, text: str, spans: Sequence[tuple[int, int]]) -> None:
    """The ground of ``spans`` of ``text``, which is then written into ``room`` in the font of ``painter``."""
    metrics = painter.fontMetrics()
    for start, end in spans:
        left = room.x() + metrics.horizontalAdvance(text[:start])
        top = room.y() + (room.height() - 20) // 2
        mark = QRect(left, top, metrics.horizontalAdvance(text[start:end]), 20)
        painter.fillRect(mark.intersected(room), theme.colour("match"))


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows ``text`` as it is; Qt would take names such as "<b>" for markup."""
    widget.setToolTip(plain_tip(text))


def plain_tip(text: str) -> str:
    """``text`` in the form in which a tooltip shows it word by word; of one that would fill the screen, the beginning.

    Qt breaks lines of marked-up text only.
    """
    if len(text) > _LONGEST_TIP:
        text = f"{text[:_LONGEST_TIP].rstrip(_LOOSE)}…"
    if "<" not in text and "&" not in text and max(map(len, text.split("\n"))) <= _TIP_LINE:
        return text
    import html  # not needed for the first paint

    return f'<span style="white-space:pre-wrap">{html.escape(text)}</span>'
