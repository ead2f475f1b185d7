"""The top bar of a visit: tier, name, when and where, stance; hiding from the partner's eyes, and printing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.top_bar import TopBar
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import StanceBadge, TierBadge
from channel_desk.ui.widgets.button import Button


class VisitHead(QObject):
    """Fills the bar of the page."""

    hide_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, ctx: Context, bar: TopBar) -> None:
        super().__init__(bar)
        self._ctx = ctx
        self._bar = bar
        self._marks: list[QWidget] = []
        bar.search.hide()
        self._hide = Button(ctx.theme, ctx.tr("Hide internal"), "ghost", icon="eye-off", key="F9", parent=bar)
        self._hide.clicked.connect(self.hide_wanted)
        printing = Button(ctx.theme, ctx.tr("Print brief"), icon="printer", key="Ctrl P", parent=bar)
        printing.clicked.connect(self.print_wanted)
        self._buttons = (self._hide, printing)
        for button in self._buttons:
            bar.add_right(button)

    def show_wizard(self, wizard: Wizard, *, private: bool) -> None:
        """``private``: the partner can see the screen, so that the stance is hidden."""
        ctx, visit, distributor = self._ctx, wizard.visit, wizard.facts.distributor
        start = ctx.local(visit.starts_at)
        when = f"{ctx.formats.day(start.date(), ctx.today)} {ctx.formats.time(start)}"
        place = visit.place or distributor.district or distributor.city
        remark = ctx.tr("{when}, {place}", when=when, place=place) if place else when
        self._bar.set_title(distributor.display_name, remark)
        self._hide.set_text(ctx.tr("Show internal") if private else ctx.tr("Hide internal"))
        self._hide.set_icon("eye" if private else "eye-off")
        self._clear()
        if distributor.tier is not None:
            tier = distributor.tier.value
            badge = TierBadge(ctx.theme, tier, name=ctx.tr("Tier {tier}", tier=tier))
            self._bar.add_before(badge)
            self._marks.append(badge)
        if not private:
            advised = wizard.stance
            stance = StanceBadge(ctx.theme, advised.stance.value, ctx.tr(advised.stance.label))
            drawing.set_tip(stance, advised.told(ctx.language))
            self._bar.add_left(stance)
            self._marks.append(stance)
        for shown in (*self._marks, *self._buttons):
            shown.show()

    def show_nothing(self) -> None:
        """The visit is gone."""
        self._clear()
        for button in self._buttons:
            button.hide()
        self._bar.set_title(self._ctx.tr("Visit"))

    def _clear(self) -> None:
        for mark in self._marks:
            mark.hide()
            mark.deleteLater()
        self._marks = []
