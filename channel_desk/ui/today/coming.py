"""The card of the next visit: when, with whom, what for, how things stand, and the way in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.coming_visit import ComingVisit, Fact
from channel_desk.ui.context import Context
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import IconWord, StanceBadge, TierBadge
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

_TIME_COLUMN = 148


class ComingCard(Ground):
    """Built for one visit; the page makes a new one when something changed."""

    start_wanted = Signal(int)
    brief_wanted = Signal(int)
    file_wanted = Signal(int)

    def __init__(self, ctx: Context, coming: ComingVisit, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", edge="hairline", radius=drawing.CARD, parent=parent)
        self._ctx = ctx
        self.setObjectName("coming_visit")
        self.setAccessibleName(ctx.tr("Next visit"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(24)
        layout.addWidget(self._time_column(coming))
        layout.addLayout(self._main_column(coming), 1)

    def _time_column(self, coming: ComingVisit) -> QWidget:
        theme = self._ctx.theme
        column = QWidget(self)
        column.setFixedWidth(_TIME_COLUMN)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(Text(theme, coming.caption, "body", "ink-2", wrap=True))
        layout.addWidget(Text(theme, coming.time, "big-number"))
        layout.addWidget(Text(theme, coming.until, "body", "ink-2", wrap=True))
        layout.addStretch(1)
        for icon, words in (("map-pin", coming.place), ("users", coming.people)):
            if words:
                layout.addLayout(self._icon_line(icon, words))
        return column

    def _icon_line(self, icon: str, words: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        theme = self._ctx.theme
        sign = Icon(theme, icon, "ink-2", 14)
        sign.setFixedHeight(theme.line_height("body"))
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(theme, words, "body", "ink-2", wrap=True, most_lines=2), 1)
        return line

    def _main_column(self, coming: ComingVisit) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(16)
        layout.addLayout(self._name_line(coming))
        layout.addWidget(self._result(coming))
        layout.addLayout(self._facts(coming.facts))
        layout.addLayout(self._buttons(coming))
        return layout

    def _name_line(self, coming: ComingVisit) -> QHBoxLayout:
        ctx = self._ctx
        line = QHBoxLayout()
        line.setSpacing(8)
        if coming.tier is not None:
            line.addWidget(TierBadge(ctx.theme, coming.tier.value, name=ctx.tr("Tier {tier}", tier=coming.tier.value)))
        line.addWidget(Text(ctx.theme, coming.name, "page-title", elide=True), 1)
        stance = StanceBadge(ctx.theme, coming.stance.value, ctx.tr(coming.stance.label))
        drawing.set_tip(stance, coming.reason)
        line.addWidget(stance)
        return line

    def _result(self, coming: ComingVisit) -> QWidget:
        ctx = self._ctx
        box = Ground(ctx.theme, "sunken", radius=drawing.FIELD, parent=self)
        line = QHBoxLayout(box)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        sign = Icon(ctx.theme, "target", "accent", 16)
        sign.setFixedHeight(ctx.theme.line_height("body"))
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        if coming.result:
            line.addWidget(Text(ctx.theme, ctx.tr("Worth the trip if:"), "body-bold"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Text(ctx.theme, coming.result, wrap=True, most_lines=3), 1)
        else:
            line.addWidget(
                Text(
                    ctx.theme,
                    ctx.tr("What result makes this visit worthwhile? Not decided yet."),
                    "body",
                    "ink-2",
                    wrap=True,
                ),
                1,
            )
        return box

    def _facts(self, facts: tuple[Fact, ...]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(16)
        for number, fact in enumerate(facts):
            if number:
                line.addWidget(Hairline(self._ctx.theme, vertical=True))
            line.addLayout(self._fact(fact))
        line.addStretch(1)
        return line

    def _fact(self, fact: Fact) -> QVBoxLayout:
        theme = self._ctx.theme
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text(theme, fact.label, "secondary", "ink-3"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(Text(theme, fact.value, "figure"))
        if fact.remark:
            role, colour = ("secondary-strong", "danger-text") if fact.is_late else ("secondary", "ink-3")
            remark = Text(theme, fact.remark, role, colour)
            remark.setContentsMargins(0, 2, 0, 0)  # on the base line of the larger figure
            line.addWidget(remark)
        line.addStretch(1)
        column.addLayout(line)
        return column

    def _buttons(self, coming: ComingVisit) -> QHBoxLayout:
        ctx = self._ctx
        words = ctx.tr("Go on with the visit") if coming.is_running else ctx.tr("Start visit")
        start = Button(ctx.theme, words, "primary", icon="play")
        brief = Button(ctx.theme, ctx.tr("Print brief"), icon="printer", key="Ctrl P")
        file = Button(ctx.theme, ctx.tr("Open file"), "ghost", icon="folder-open")
        start.setObjectName("start_visit")
        brief.setObjectName("print_brief")
        file.setObjectName("open_file")
        start.clicked.connect(lambda: self.start_wanted.emit(coming.visit_id))
        brief.clicked.connect(lambda: self.brief_wanted.emit(coming.visit_id))
        file.clicked.connect(lambda: self.file_wanted.emit(coming.distributor_id))
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (start, brief, file):
            line.addWidget(button)
        line.addStretch(1)
        preparation = coming.preparation
        if preparation.total:
            prepared = ctx.tr("Prepared {done} of {total}", done=preparation.answered, total=preparation.total)
            icon, colour = ("circle-check", "success-text") if preparation.complete else ("circle-dot", "ink-2")
            line.addWidget(IconWord(ctx.theme, icon, prepared, colour=colour))
        return line
