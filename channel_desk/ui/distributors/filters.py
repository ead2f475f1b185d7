"""The row above the list: the search field, and chips that narrow the list down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.distributors import Status, Tier
from channel_desk.services.finding import Facets
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.chip import FilterChip
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.key_cap import KeyCap
from channel_desk.ui.widgets.popup import Popup
from channel_desk.ui.widgets.scrolling import Scroller

HEIGHT: Final = 52
_SEARCH_WIDTH: Final = 280
_MOST_HEIGHT: Final = 320
_TIERS: Final = {tier.value: tier for tier in Tier}
_STATUSES: Final = {status.value: status for status in Status}


class FilterChoice(QWidget):
    """A chip that opens the values of one column to check. ``changed`` tells that another set is chosen."""

    changed = Signal()

    def __init__(
        self, ctx: Context, title: str, *, word_of: Callable[[str], str] = str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._title = title
        self._word_of = word_of
        self._values: tuple[tuple[str, int], ...] = ()
        self._popup: Popup | None = None
        #: The values that are let through; empty lets all through.
        self.chosen: frozenset[str] = frozenset()
        self.chip = FilterChip(ctx.theme, title, menu=True, parent=self)
        self.chip.setAccessibleDescription(ctx.tr("Opens a list of values to check"))
        self.chip.clicked.connect(self.open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.chip)

    def offer(self, values: Sequence[tuple[str, int]]) -> None:
        """The values there are, with counts."""
        self._values = tuple(values)
        self.setVisible(bool(values) or bool(self.chosen))

    def choose(self, values: frozenset[str]) -> None:
        """Let only ``values`` through."""
        if values != self.chosen:
            self.chosen = values
            self._show_chosen()
            self.changed.emit()

    def put(self, values: frozenset[str]) -> None:
        """Let only ``values`` through, all where there are none, without telling anyone."""
        self.chosen = values
        self._show_chosen()

    def _show_chosen(self) -> None:
        tr = self._ctx.tr
        self.chip.set_on(bool(self.chosen))
        if not self.chosen:
            self.chip.set_text(self._title)
        elif len(self.chosen) <= 2:
            words = self._ctx.formats.join([self._word_of(one) for one in sorted(self.chosen)])
            self.chip.set_text(tr("{column}: {values}", column=self._title, values=words))
        else:
            self.chip.set_text(tr("{column}: {count} values", column=self._title, count=len(self.chosen)))

    def open(self) -> None:
        """Show the values below the chip."""
        popup = self._popup = Popup(self._ctx.theme, self.chip)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        boxes = []
        for value, count in self._values:
            words = self._ctx.tr("{value} ({count})", value=self._word_of(value), count=count)
            box = Checkbox(self._ctx.theme, words)
            box.setChecked(value in self.chosen)
            box.toggled.connect(lambda on, value=value: self._switch(value, on=on))
            column.addWidget(box)
            boxes.append(box)
        scroll = Scroller(inside, see_through=True, parent=popup)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else an arrow on the last box leads here, out of sight
        size = inside.sizeHint()
        scroll.setFixedSize(max(160, size.width() + 8), min(size.height(), _MOST_HEIGHT))
        popup.body.addWidget(scroll)
        popup.open_below()
        if boxes:
            boxes[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _switch(self, value: str, *, on: bool) -> None:
        self.choose(self.chosen | {value} if on else self.chosen - {value})


class Filters(QWidget):
    """``typed`` at each key in the search field; ``narrowed`` when a chip lets something else through."""

    typed = Signal(str)
    narrowed = Signal()
    #: Enter in the search field.
    entered = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        tr = ctx.tr
        self.setFixedHeight(HEIGHT)
        self.search = TextField(
            ctx.theme,
            tr("Name, contact, phone, note"),
            icon="search",
            clearable=True,
            clear_name=tr("Clear the search"),
            name=tr("Search distributors"),
        )
        self.search.setFixedWidth(_SEARCH_WIDTH)
        cap = KeyCap(ctx.theme, "Ctrl F")
        self.search.add_at_end(cap)
        self.search.changed.connect(lambda text: cap.setVisible(not text))
        self.search.changed.connect(self.typed)
        self.search.submitted.connect(lambda _: self.entered.emit())
        self.tiers = FilterChoice(ctx, ctx.tr_c("list", "Tier"), word_of=lambda tier: tier or tr("Without tier"))
        self.statuses = FilterChoice(ctx, tr("Status"), word_of=lambda status: tr(_STATUSES[status].label))
        self.regions = FilterChoice(ctx, tr("Region"))
        self._clear = Button(ctx.theme, tr("Clear filters"), "link", size=28)
        self._clear.clicked.connect(self._clear_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.search)
        for choice in self.choices:
            row.addWidget(choice)
            choice.changed.connect(self._narrow)
        row.addWidget(self._clear)
        row.addStretch(1)
        self._clear.hide()
        ctx.theme.changed.connect(self.update)

    @property
    def choices(self) -> tuple[FilterChoice, FilterChoice, FilterChoice]:
        return self.regions, self.tiers, self.statuses

    @property
    def is_narrowing(self) -> bool:
        """Whether a chip keeps rows back."""
        return any(choice.chosen for choice in self.choices)

    @property
    def chosen_tiers(self) -> frozenset[Tier | None]:
        return frozenset(_TIERS.get(one) for one in self.tiers.chosen)

    @property
    def chosen_statuses(self) -> frozenset[Status]:
        return frozenset(_STATUSES[one] for one in self.statuses.chosen)

    def show_facets(self, facets: Facets, *, total: int) -> None:
        """Offer the values there are. ``total`` is the number of all distributors, for those without a tier."""
        tiers = [(one.value, one.count) for one in facets.tiers]
        without = total - sum(count for _, count in tiers)
        self.tiers.offer([*tiers, ("", without)] if without and tiers else tiers)
        self.statuses.offer([(one.value, one.count) for one in facets.statuses])
        self.regions.offer([(one.value, one.count) for one in facets.regions])

    def put(self, text: str, chosen: Sequence[frozenset[str]]) -> None:
        """Ask for ``text`` and what is ``chosen`` of each column, in the order of :attr:`choices`."""
        self.search.setText(text)
        for choice, values in zip(self.choices, chosen, strict=True):
            choice.put(values)
        self._narrow()

    def clear(self) -> None:
        """Let everything through, and empty the search."""
        self.put("", [frozenset()] * len(self.choices))

    def _narrow(self) -> None:
        self._clear.setVisible(self.is_narrowing)
        self.narrowed.emit()

    def _clear_all(self) -> None:
        for choice in self.choices:
            choice.put(frozenset())
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._narrow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._ctx.theme.colour("hairline"))
