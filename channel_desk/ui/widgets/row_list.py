"""Lists that may be long: rows are built for what is in sight, and for the rest when it comes there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.tab_order import stops_of

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)

#: As many rows are built with the page itself.
AT_ONCE: Final = 8
#: As many are built in one turn of the event loop: some ten milliseconds, so that keys are answered in between.
SLICE: Final = 6
#: The most that a widget can be high in Qt.
_HIGHEST: Final = 16_000_000


class _Rest(QWidget):
    """Stands where rows are missing, about as high as they will be. It is painted only where it is in sight."""

    #: What is in sight of it is nearer to its end than to its beginning, or not.
    seen = Signal(bool)
    #: The keyboard came to it; whether backwards.
    reached = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        seen = self.visibleRegion().boundingRect()
        self.seen.emit(self.rect().bottom() - seen.bottom() < seen.top())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(event.reason() is Qt.FocusReason.BacktabFocusReason)


class RowList(Generic[K, T, W]):
    """The rows of ``layout``, which holds nothing else: one for each value, known by its key.

    ``make`` builds a row. ``refresh`` shows a value in the row that has its key already; without it, a row whose value
    has changed is built anew. ``let_go`` hears of a row that goes. There may be thousands of keys that no row is built
    for: they are looked up often, and should be numbers and short tuples.
    """

    def __init__(
        self,
        layout: QVBoxLayout,
        make: Callable[[T], W],
        *,
        refresh: Callable[[W, T], object] | None = None,
        let_go: Callable[[W], object] | None = None,
    ) -> None:
        self._layout = layout
        self._make = make
        self._refresh = refresh
        self._let_go = let_go
        #: What is shown, in its order, and what of it is built.
        self._values: dict[K, T] = {}
        self._rows: dict[K, W] = {}
        self._rest: _Rest | None = None
        #: How high the rows are that were here, all together, and how many they were.
        self._height, self._measured = 0, 0
        self._is_waiting = False

    @property
    def rows(self) -> Mapping[K, W]:
        """Those that are built."""
        return self._rows

    def show(self, values: Iterable[tuple[K, T]]) -> None:
        """Rows that are there stay, with what is typed in them."""
        before, self._values = self._values, dict(values)
        for gone in [key for key in self._rows if not self._can_stay(key, before)]:
            row = self._rows.pop(gone)
            if self._let_go is not None:
                self._let_go(row)
            row.hide()
            row.deleteLater()
        if self._refresh is not None:
            for key, row in self._rows.items():
                self._refresh(row, self._values[key])
        missing = self._missing()
        # What has come in between the rows that are there is not left out there.
        last = max((number for number, key in enumerate(self._values) if key in self._rows), default=-1)
        between = last + 1 - len(self._rows)
        self._build(missing[: max(AT_ONCE - len(self._rows), min(between, AT_ONCE), 0)])

    def take_over(self, other: RowList[K, T, W], keys: Iterable[K]) -> None:
        """Those of ``other`` that are shown here from now on bring what is typed in them; :meth:`show` comes next."""
        for key in keys:
            if key in other._rows:
                row = self._rows[key] = other._rows.pop(key)
                self._measure(row)

    def build_as_far_as(self, key: K) -> W:
        """The row of ``key``; what comes before it is built too."""
        keys = list(self._values)
        self._build([one for one in keys[: keys.index(key) + 1] if one not in self._rows])
        return self._rows[key]

    def _can_stay(self, key: K, before: Mapping[K, T]) -> bool:
        return key in self._values and (self._refresh is not None or self._values[key] == before.get(key))

    # -- what is missing ---------------------------------------------------------------------------------------------

    def _missing(self) -> list[K]:
        return [key for key in self._values if key not in self._rows]

    def _build(self, keys: Iterable[K]) -> None:
        made = []
        for key in keys:
            row = self._rows[key] = self._make(self._values[key])
            self._measure(row)
            made.append(row)
        self._place()
        if made and self._rest is not None:
            _settle(made)

    def _measure(self, row: W) -> None:
        self._height += row.sizeHint().expandedTo(row.minimumSize()).height() + max(self._layout.spacing(), 0)
        self._measured += 1

    def _place(self) -> None:
        """Rows in the order of their values, and the rest where the first one is missing."""
        shown: list[QWidget] = []
        missing = 0
        for key in self._values:
            row = self._rows.get(key)
            if row is not None:
                shown.append(row)
                continue
            if not missing:
                shown.append(self._have_rest())
            missing += 1
        for place, widget in enumerate(shown):
            if self._layout.indexOf(widget) != place:
                self._layout.insertWidget(place, widget)
                widget.setVisible(True)  # only where it belongs: without a parent it would be a window of its own
        if self._rest is not None:
            if missing:
                self._rest.setFixedHeight(min(missing * self._height // self._measured, _HIGHEST))
                self._rest.update()
            else:
                self._rest.hide()
                self._rest.deleteLater()
                self._rest = None
                self._is_waiting = False  # nobody is told any more of what was seen of it

    def _have_rest(self) -> _Rest:
        if self._rest is None:
            self._rest = _Rest()
            self._rest.seen.connect(self._on_seen)
            self._rest.reached.connect(self._on_reached)
        return self._rest

    def _on_seen(self, at_its_end: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._rest is not None and not self._is_waiting:
            self._is_waiting = True
            QTimer.singleShot(0, self._rest, lambda: self._go_on(at_its_end=at_its_end))

    def _go_on(self, *, at_its_end: bool) -> None:
        self._is_waiting = False
        self._build(self._next(at_its_end=at_its_end))

    def _next(self, *, at_its_end: bool) -> list[K]:
        missing = self._missing()
        return missing[-SLICE:] if at_its_end else missing[:SLICE]

    def _on_reached(self, backwards: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Tab goes through the rows as if all of them were there."""
        keys = self._next(at_its_end=backwards)
        self._build(keys)
        for key in reversed(keys) if backwards else keys:
            stops = stops_of(self._rows[key])
            if stops:
                reason = Qt.FocusReason.BacktabFocusReason if backwards else Qt.FocusReason.TabFocusReason
                stops[-1 if backwards else 0].setFocus(reason)
                return


def _settle(rows: Iterable[QWidget]) -> None:
    """Give new rows their place before they are painted; each layout would ask for it in a turn of its own."""
    above: QWidget | None = None
    for row in rows:
        for inside in (*reversed(row.findChildren(QWidget)), row):
            layout = inside.layout()
            if layout is not None:
                layout.activate()
        above = row.parentWidget()
    while above is not None and not above.isWindow():
        layout = above.layout()
        if layout is not None:
            layout.activate()
        above = above.parentWidget()
