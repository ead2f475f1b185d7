"""Laying out the cards at once, before they are painted."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget


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
