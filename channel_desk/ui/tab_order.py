"""Tab goes where the eye goes: through the layouts as they are filled now, not in the order the widgets were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QWidget

#: What is stepped into stands so far from the edge of what scrolls it.
_MARGIN: Final = 16


def step_on(root: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the stop after (or before) the one that has it; False when it is not in ``root``."""
    here = QApplication.focusWidget()
    if here is None or not root.isAncestorOf(here):
        return False
    everything = list(_seen(root))
    stops = [one for one in everything if one is here or is_stop(one)]
    if here not in stops or len(stops) == 1:
        return False
    target = stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_focus_into_sight()
    return True


def step_into(root: QWidget) -> bool:
    """Give the keyboard to the first stop in ``root``, of which as much is seen as there is room for; False when there
    is none.
    """
    first = next(filter(is_stop, _seen(root)), None)
    if first is None:
        return False
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for area in _areas_around(root):
        scrolled, room = area.verticalScrollBar().value(), area.viewport().height() - 2 * _MARGIN
        corner = root.mapTo(area.viewport(), QPoint())
        for down in (min(root.height(), room), 0):
            area.ensureVisible(corner.x(), corner.y() + scrolled + down, 0, _MARGIN)
    _bring_focus_into_sight()
    return True


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops at ``widget``, as long as it is visible."""
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    # What scrolls a sheet of fields shows no focus of its own: the fields in it are the stops.
    return takes_tab and widget.focusProxy() is None and widget.isEnabled() and not isinstance(widget, QScrollArea)


def stops_of(widget: QWidget) -> list[QWidget]:
    """Where Tab stops in ``widget``, itself included, also while that is about to be shown."""
    if was_hidden(widget):
        return []
    return [one for one in (widget, *widget.findChildren(QWidget)) if is_stop(one) and not was_hidden(one)]


def was_hidden(widget: QWidget) -> bool:
    """Qt takes those for hidden, too, that were just made and are about to be shown."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _seen(root: QWidget) -> Iterator[QWidget]:
    """All visible widgets below ``root``, each before those in it."""
    laid_out: list[QWidget] = []
    layout = root.layout()
    if layout is not None:
        laid_out = list(widgets_of(layout))
    placed = set(laid_out)
    by_hand = [one for one in root.children() if isinstance(one, QWidget) and one not in placed]
    for widget in (*laid_out, *by_hand):
        if widget.isVisible() and not widget.isWindow():
            yield widget
            yield from _seen(widget)


def widgets_of(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of ``layout`` and of the layouts within, in reading order."""
    for part in _in_reading_order(layout):
        if isinstance(part, QWidget):
            yield part
        else:
            yield from widgets_of(part)


def _in_reading_order(layout: QLayout) -> list[QWidget | QLayout]:
    """What is laid out; a grid may have been filled in any order, so its rows and columns count.

    ``itemAt`` is not asked: PySide 6.11 does not hear of the end of an item, which comes with that of its widget, and
    takes whatever is made at its address later for the item: the program crashes sooner or later.
    """
    holder = layout.parentWidget()
    candidates = (*(() if holder is None else holder.children()), *layout.children())
    parts = {layout.indexOf(one): one for one in candidates if isinstance(one, QWidget | QLayout)}
    numbers = sorted(number for number in parts if number >= 0)
    if isinstance(layout, QGridLayout):
        places = {number: cast("tuple[int, int, int, int]", layout.getItemPosition(number)) for number in numbers}
        numbers.sort(key=lambda number: places[number][:2])
    return [parts[number] for number in numbers]


def _bring_focus_into_sight() -> None:
    """A stop may have passed the keyboard on, to a row that it stands for."""
    here = QApplication.focusWidget()
    if here is not None:
        for area in _areas_around(here):
            area.ensureWidgetVisible(here)


def _areas_around(widget: QWidget) -> Iterator[QScrollArea]:
    """What scrolls ``widget``, the innermost first."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()
