"""Areas that scroll: laying out what they show, and bringing into sight what has just opened there."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_MARGIN = 16


class Scroller(QScrollArea):
    """``inside`` as wide as the area, scrolled up and down only. ``see_through``: what stands behind is its ground."""

    def __init__(self, inside: QWidget, *, see_through: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        if see_through:
            # after setWidget, which lets the widget fill its own ground
            self.viewport().setAutoFillBackground(False)
            inside.setAutoFillBackground(False)


def lay_out(scroll: QScrollArea, inside: QWidget) -> None:
    """Give everything in ``inside``, which ``scroll`` shows, the place that its content needs now.

    Each layout asks the one around it for room in a turn of the event loop of its own. Rows that were filled while
    hidden would be painted several times on the way, lying on one another.
    """
    # The innermost come first, so that those around them hear sizes that are true.
    for widget in (*reversed(inside.findChildren(QWidget)), inside):
        layout = widget.layout()
        if layout is not None and widget.isVisible():
            layout.activate()
    room = scroll.viewport().size()
    inside.resize(room.width(), max(inside.heightForWidth(room.width()), room.height()))


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the area around ``widget`` until all of it is seen, once it has its place."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None and (inside := above.widget()) is not None:
        lay_out(above, inside)  # else a field that has just opened may still be as low as the value was
        above.ensureWidgetVisible(widget, 0, _MARGIN)
