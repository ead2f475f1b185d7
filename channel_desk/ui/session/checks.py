"""Beside the texts: the time of the deck against that of the session, the minutes of the slide, the checks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.presentation.deck_builder import Check, TimePlan, Verdict
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.number_field import NumberField
from channel_desk.ui.widgets.refilling import refilling
from channel_desk.ui.widgets.text import Text

WIDTH = 264
#: More minutes than any slide takes.
MOST_MINUTES = 480


class TimeBar(QWidget):
    """A part for each slide, as long as its minutes; what is beyond the session's end is amber."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: TimePlan | None = None
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, 8)

    def show_plan(self, plan: TimePlan, current: int) -> None:
        self._plan, self._current = plan, current
        self.setAccessibleName(plan.figure)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        plan = self._plan
        if plan is None:
            return
        painter = QPainter(self)
        theme, whole = self._theme, max(plan.total, plan.available, 1)
        drawing.box(painter, self.rect(), fill=theme.colour("hover"), radius=drawing.BADGE)
        minute = self.width() / whole
        at = 0
        for slide_id, minutes in plan.parts:
            fits = max(0, min(minutes, plan.available - at))
            quiet = "accent" if slide_id == self._current else "chart-bar"
            for start, length, colour in ((at, fits, quiet), (at + fits, minutes - fits, "warning-mark")):
                if length:
                    left = round(start * minute)
                    part = QRect(left, 0, max(1, round((start + length) * minute) - left - 1), self.height())
                    drawing.box(painter, part, fill=theme.colour(colour), radius=2)
            at += minutes


class ChecksPane(QWidget):
    """``minutes_changed`` gives the minutes of the shown slide, ``slide_wanted`` one that a check names."""

    minutes_changed = Signal(int)
    slide_wanted = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown: tuple[Check, ...] = ()
        theme, tr = ctx.theme, ctx.tr
        self.setFixedWidth(WIDTH)
        self.figure = Text(theme, "", "card-title")
        head = QHBoxLayout()
        head.addWidget(Text(theme, tr("Time"), "card-title"), 1)
        head.addWidget(self.figure)
        self._bar = TimeBar(theme)
        self.advice = Text(theme, "", "secondary", "ink-2", wrap=True)
        self.minutes = NumberField(
            theme, ctx.language, unit=tr("min"), least=0, most=MOST_MINUTES, name=tr("Minutes of this slide")
        )
        self.minutes.setFixedWidth(112)
        self.minutes.value_changed.connect(self._on_minutes)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = Text(theme, tr("This slide"), "body", "ink-2")
        label.setFixedHeight(32)  # as high as the field, to stay beside it when it says what is wrong
        row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.minutes)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 16)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addWidget(self._bar)
        outer.addWidget(self.advice)
        outer.addLayout(row)
        outer.addSpacing(8)
        outer.addWidget(Text(theme, tr("Before export"), "card-title"))
        outer.addLayout(self._checks)
        outer.addStretch(1)

    def show_time(self, plan: TimePlan, current: int) -> None:
        """The time of the deck, the slide ``current`` marked."""
        self.figure.setText(plan.figure)
        self.figure.set_colour("warning-text" if plan.is_over else "ink")
        self.advice.setText(plan.advice)
        self.advice.set_colour("warning-text" if plan.is_over else "ink-2")
        self._bar.show_plan(plan, current)

    def show_minutes(self, minutes: int | None) -> None:
        """The minutes of the slide; ``None`` where there is none."""
        self.minutes.setEnabled(minutes is not None)
        if self.minutes.value != minutes and not self.minutes.edit.isModified():
            self.minutes.set_value(minutes)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """The checks; one that found something is a button that goes there."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        with refilling(self._checks):
            self._lay_out(checks)

    def _lay_out(self, checks: Sequence[Check]) -> None:
        theme = self._ctx.theme
        for check in checks:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0 if check.slide_id else 8)  # the words of a button begin 8 from its edge
            fine = check.verdict is Verdict.FINE
            sign = ("circle-check", "success-mark") if fine else ("triangle-alert", "warning-mark")
            row.addWidget(Icon(theme, *sign, 16))
            if check.slide_id:
                button = Button(theme, check.text, "link", size=24)
                button.clicked.connect(lambda _checked=False, one=check.slide_id: self.slide_wanted.emit(one))
                row.addWidget(button)
                row.addStretch(1)
            else:
                row.addWidget(Text(theme, check.text, "body", "ink", elide=True), 1)
            self._checks.addWidget(line)

    def flush(self) -> None:
        """Take over minutes that are being typed."""
        self.minutes.check()

    def _on_minutes(self, value: object) -> None:
        if isinstance(value, int):
            self.minutes_changed.emit(value)
