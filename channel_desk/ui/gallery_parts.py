"""The sections of the widget sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from channel_desk.i18n import Language
from channel_desk.presentation.badge_kinds import BadgeKind
from channel_desk.ui.gallery_words import ROWS
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import (
    CLASS_ICONS,
    STANCE_ICONS,
    STATUS_DOTS,
    Badge,
    IconWord,
    StanceBadge,
    StatusDot,
    TierBadge,
)
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.chip import FilterChip
from channel_desk.ui.widgets.date_field import DateField, MonthPane
from channel_desk.ui.widgets.field import Labelled, TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.key_cap import KeyCap
from channel_desk.ui.widgets.progress_row import Bar, ProgressRow
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.states import EmptyState, ErrorStrip
from channel_desk.ui.widgets.table import Table
from channel_desk.ui.widgets.table_model import Cell, Column, TableModel
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.toast import Toast

TODAY: Final = date(2026, 9, 22)
_FESTIVAL: Final = frozenset({date(2026, 9, 25), date(2026, 9, 26), date(2026, 9, 27)})
_SWATCHES: Final = (
    ("window", "window"), ("surface", "surface"), ("hairline", "hairline"), ("ink", "ink"), ("ink 2", "ink-2"),
    ("accent", "accent-fill"), ("tint", "accent-tint"), ("danger", "danger-mark"), ("warning", "warning-mark"),
    ("success", "success-mark"), ("tier A", "tier-a"), ("tier B", "tier-b"),
)  # fmt: skip


class Swatch(QWidget):
    """One colour of the theme."""

    def __init__(self, theme: Theme, token: str) -> None:
        super().__init__()
        self._theme = theme
        self._token = token
        self.setFixedSize(QSize(52, 28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fill, edge = self._theme.colour(self._token), self._theme.colour("hairline-strong")
        drawing.box(QPainter(self), self.rect(), fill=fill, edge=edge, radius=drawing.FIELD)


class FocusedTable(Table):
    """A table that always looks as if it had the keyboard."""

    @property
    @override
    def focused_row(self) -> int:
        return self.current_row


class SampleRows(TableModel):
    """Four distributors."""

    def __init__(self, words: dict[str, str], code: str) -> None:
        super().__init__(
            (
                Column("name", words["distributor"], 160, stretch=True),
                Column("city", words["city"], 84),
                Column("tier", words["tier"], 64),
                Column("target", words["target"], 84, right=True),
                Column("last", words["last"], 92, right=True),
            )
        )
        self._rows = ROWS[code]

    @override
    def row_count(self) -> int:
        return len(self._rows)

    @override
    def cell(self, row: int, column: Column) -> Cell:
        name, city, tier, target, last = self._rows[row]
        return {
            "name": Cell(name, "strong"),
            "city": Cell(city, "quiet"),
            "tier": Cell(tier),
            "target": Cell(target),
            "last": Cell(last, "quiet"),
        }[column.key]


def line(*widgets: QWidget, gap: int = 8, stretch: bool = True) -> QHBoxLayout:
    """Widgets in a row, from the left."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


def column(head: Text, *parts: QLayout | QWidget, gap: int = 8) -> QVBoxLayout:
    """A part of the sheet under its small title."""
    outer = QVBoxLayout()
    outer.setSpacing(gap)
    outer.addWidget(head)
    for part in parts:
        if isinstance(part, QLayout):
            outer.addLayout(part)
        else:
            outer.addWidget(part)
    outer.addStretch(1)
    return outer


class _Modes(Segmented):
    """The theme that the sheets wear; choosing the other one dresses all of them anew."""

    def __init__(self, theme: Theme, words: dict[str, str]) -> None:
        super().__init__(theme, [(mode, words[mode]) for mode in ("light", "dark")], name=words["theme"])
        self._theme = theme
        self._follow()
        self.chosen.connect(theme.set_mode)
        theme.changed.connect(self._follow)

    def _follow(self) -> None:
        self.choose("dark" if self._theme.is_dark else "light")


class Parts:
    """Builds the sections for one theme and language; ``focused`` takes the keyboard, ``ringed`` only looks so."""

    def __init__(self, theme: Theme, language: Language, words: dict[str, str]) -> None:
        self._theme = theme
        self._language = language
        self._words = words
        self.ringed = Button(theme, words["save"], "primary")
        self.focused = TextField(theme)
        self._toast_host = QWidget()
        self._toast = Toast(theme, language, self._toast_host)

    def head(self, key: str) -> Text:
        return Text(self._theme, self._words[key], "secondary", "ink-2")

    def title(self) -> QHBoxLayout:
        """What the sheet is, and the theme that it wears; choosing the other one dresses all sheets anew."""
        words, theme = self._words, self._theme
        row = line(Text(theme, words["kit"], "record-title"))
        row.addWidget(_Modes(theme, words))
        return row

    def swatches(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for place, (name, token) in enumerate(_SWATCHES):
            if place:
                row.addStretch(1)
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(Swatch(self._theme, token))
            part.addWidget(Text(self._theme, name, "hour", "ink-2"), 0, Qt.AlignmentFlag.AlignLeft)
            row.addLayout(part)
        return row

    def buttons(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        hovered = [Button(theme, words["save"], "primary"), Button(theme, words["print"])]
        for button in hovered:
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        closed = Button(theme, words["close"])
        closed.setEnabled(False)
        return column(
            self.head("buttons"),
            line(
                Button(theme, words["save"], "primary", key="Ctrl S"),
                hovered[0],
                self.ringed,
                Button(theme, words["print"], icon="printer"),
                hovered[1],
                Button(theme, words["all"], "link"),
                Button(theme, words["end"], "danger"),
                closed,
                IconButton(theme, "ellipsis", words["more"], size=32, edged=True),
                gap=10,
            ),
        )

    def fields(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        terms, limit = self.focused, TextField(theme)
        terms.setText("45")
        limit.setText("20o 000")
        limit.set_error(words["digits"])
        return column(
            self.head("fields"),
            Labelled(theme, words["short_name"], TextField(theme, words["example"])),
            Labelled(theme, words["terms"], terms),
            Labelled(theme, words["limit"], limit),
        )

    def dates(self) -> QVBoxLayout:
        theme = self._theme
        field = DateField(theme, self._language, lambda: TODAY)
        field.set_day(date(2026, 9, 30))
        sheet = Ground(theme, "surface", edge="hairline-strong", radius=drawing.CARD)
        pane = MonthPane(theme, self._language, TODAY)
        pane.grid.set_marked(_FESTIVAL)
        pane.grid.show_day(date(2026, 9, 30))
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(pane)
        field.setFixedWidth(248)
        sheet.setFixedWidth(248)
        return column(self.head("date_head"), line(field, gap=0), line(sheet, gap=0), gap=6)

    def marks(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        tiers = [TierBadge(theme, tier) for tier in "ABC"]
        dots = [StatusDot(theme, status, words[status]) for status in STATUS_DOTS]
        classes = [
            IconWord(theme, icon, words[key], colour=colour)
            for key, (icon, colour) in CLASS_ICONS.items()
            if key in words
        ]
        stances = [StanceBadge(theme, stance, words[stance]) for stance in STANCE_ICONS]
        return column(
            self.head("marks"),
            line(*tiers, self._rule(), *dots, gap=13),
            line(*classes, self._rule(), *stances, gap=10),
            gap=8,
        )

    def _rule(self) -> Hairline:
        rule = Hairline(self._theme, vertical=True)
        rule.setFixedHeight(16)
        return rule

    def filters(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        segments = Segmented(theme, [(key, words[key]) for key in ("day", "week", "month", "agenda")])
        segments.choose("week")
        return column(
            self.head("filters"),
            line(
                FilterChip(theme, words["region"], removable=True, on=True),
                FilterChip(theme, words["tier"], menu=True),
                FilterChip(theme, words["filter"], add=True),
            ),
            line(segments),
        )

    def badges(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        on, off = Checkbox(theme, words["on"]), Checkbox(theme, words["off"])
        on.setChecked(True)
        kinds: dict[str, BadgeKind] = {
            "late": "danger",
            "stale": "warning",
            "low_risk": "success",
            "today": "accent",
        }
        return column(
            self.head("badges"),
            line(*(Badge(theme, words[key], kind) for key, kind in kinds.items()), gap=10),
            line(on, off, KeyCap(theme, "Ctrl K"), gap=10),
        )

    def table(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        sheet = Ground(theme, "surface", edge="hairline")
        table = FocusedTable(theme, SampleRows(words, self._language.code), name=words["distributor"], row_height=36)
        table.hovered_row = 1
        table.go_to_row(3)
        table.setFixedHeight(32 + 4 * 36)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(table)
        return column(self.head("rows"), sheet)

    def toasts(self) -> QVBoxLayout:
        self._toast_host.setFixedHeight(56)
        return column(self.head("toast_head"), self._toast_host)

    def say_moved(self) -> None:
        """Show the toast; it finds its place once the sheet is laid out."""
        self._toast.show_text(self._words["moved"], action=self._words["undo"], key="Ctrl Z")

    def progress(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        row = ProgressRow(theme, words["making"], cancel=words["cancel"])
        row.set_progress(7, 12)
        done, slow = Bar(theme, 1.0, colour="success-mark"), Bar(theme, 0.36, colour="warning-mark")
        return column(self.head("progress_head"), row, done, slow)

    def card(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        card = Card(theme, words["prices"], icon="tags")
        card.set_info(words["days_214"], stale=True)
        card.head.addWidget(Button(theme, words["still"], size=28))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 64)
        grid.setColumnStretch(1, 1)
        for row, key in enumerate(("list", "special", "seen")):
            colour = "warning-text" if key == "seen" else "ink"
            role = "body-strong" if key == "seen" else "body"
            grid.addWidget(Text(theme, words[key], "secondary", "ink-3"), row, 0)
            grid.addWidget(Text(theme, words[f"{key}_value"], role, colour), row, 1)
        card.body.addLayout(grid)
        return column(self.head("card_head"), card)

    def states(self) -> QVBoxLayout:
        theme, words = self._theme, self._words
        sheet = Card(theme)
        buttons: Sequence[Button] = (Button(theme, words["plan"]),)
        sheet.body.addWidget(EmptyState(theme, "calendar-days", words["no_visits"], buttons, small=True))
        return column(self.head("states_head"), sheet, ErrorStrip(theme, words["backup"], words["place"]), gap=12)
