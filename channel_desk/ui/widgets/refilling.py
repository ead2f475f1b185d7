"""Layouts whose content changes with what they list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout

from channel_desk.ui.tab_order import stops_of, widgets_of


def clear(layout: QLayout) -> None:
    """Remove everything from ``layout``."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


@contextmanager
def refilling(layout: QLayout) -> Iterator[None]:
    """Empty ``layout`` to have it filled again within; a focus that was inside goes on at the same place."""
    with keeping_focus(layout):
        clear(layout)
        yield


@contextmanager
def keeping_focus(layout: QLayout) -> Iterator[None]:
    """Within, some of ``layout`` goes or moves; a focus that goes with it goes on at the same place."""
    place = _place_of_focus(layout)
    yield
    if place is not None and _place_of_focus(layout) is None:
        _focus(layout, *place)


def _place_of_focus(layout: QLayout) -> tuple[int, int] | None:
    """Which widget of ``layout`` holds the focus, and which of those within that one can be reached by Tab."""
    focused = QApplication.focusWidget()
    if focused is not None:
        for place, widget in enumerate(widgets_of(layout)):
            if widget is focused or widget.isAncestorOf(focused):
                reached = stops_of(widget)
                return (place, reached.index(focused)) if focused in reached else None
    return None


def _focus(layout: QLayout, place: int, within: int) -> None:
    """Give the focus to that place; where nothing is there any more, to what follows, else to what comes before."""
    widgets = list(widgets_of(layout))
    for widget in (*widgets[place:], *reversed(widgets[:place])):
        reached = stops_of(widget)
        if reached:
            reached[min(within, len(reached) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
            return
