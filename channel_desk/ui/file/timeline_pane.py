"""The timeline at the right of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.domain.lines import DistributorFile
from channel_desk.presentation.timeline import Entry, Section, timeline
from channel_desk.ui.context import Context
from channel_desk.ui.file.fold_row import RowHead
from channel_desk.ui.overriding import override
from channel_desk.ui.place import Place
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.key_cap import KeyCap
from channel_desk.ui.widgets.refilling import refilling
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text

WIDTH = 312
#: Least width of the days.
_DAY = 48


class _Sign(QWidget):
    """The icon of an entry, with the line that leads to the next one."""

    def __init__(self, theme: Theme, entry: Entry, *, leads_on: bool) -> None:
        super().__init__()
        self._theme = theme
        self._icon = entry.icon
        self._colour = "danger-text" if entry.is_late else "ink-2"
        self._leads_on = leads_on
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @override
    def sizeHint(self) -> QSize:
        return QSize(20, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawing.icon(painter, self._theme, self._icon, QRect(0, 0, 20, 20), colour=self._colour)
        if self._leads_on:
            painter.fillRect(QRect(9, 24, 1, self.height() - 24), self._theme.colour("hairline-strong"))


class TimelinePane(QWidget):
    """Sections of events; those that open something are buttons."""

    opened = Signal(object)
    #: A line to note down.
    noted = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown: tuple[Section, ...] | None = None
        self._day_width = _DAY
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(ctx.tr("Timeline"))
        ground = Ground(ctx.theme, "surface")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(8, 12, 8, 16)
        self._column.setSpacing(0)
        scroll = Scroller(ground, parent=self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(Hairline(ctx.theme))
        self.new_note = TextField(ctx.theme, ctx.tr("Note something down"))
        self.new_note.add_at_end(KeyCap(ctx.theme, "N"))
        self.new_note.submitted.connect(self._note)
        foot = Ground(ctx.theme, "surface")
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(self.new_note)
        outer.addWidget(foot)

    def _note(self, text: str) -> None:
        if text.strip():
            self.noted.emit(" ".join(text.split()))

    def show_file(self, file: DistributorFile) -> None:
        clock = self._ctx.clock
        self._show_sections(timeline(file, now=clock.now(), zone=clock.zone, language=self._ctx.language))

    def start_anew(self) -> None:
        self._show_sections(())

    def _show_sections(self, sections: Sequence[Section]) -> None:
        """Draw anew where something changed."""
        if tuple(sections) == self._shown:
            return
        self._shown = tuple(sections)
        with refilling(self._column):
            self._lay_out(sections)

    def _lay_out(self, sections: Sequence[Section]) -> None:
        theme, tr = self._ctx.theme, self._ctx.tr
        metrics = QFontMetrics(theme.font("secondary"))
        days = (entry.day for section in sections for entry in section.entries)
        self._day_width = max((_DAY, *(metrics.horizontalAdvance(day) + 2 for day in days)))
        self._add_title(tr("Timeline"), "card-title", "ink")
        if not sections:
            self._add_title(tr("Nothing has happened yet."), "body", "ink-3")
        for section in sections:
            self._add_title(section.title, "secondary-strong", "ink-2")
            for number, entry in enumerate(section.entries, start=1):
                self._column.addWidget(self._row(theme, entry, leads_on=number < len(section.entries)))
        self._column.addStretch(1)

    def _add_title(self, words: str, role: str, colour: str) -> None:
        title = Text(self._ctx.theme, words, role, colour)
        title.setContentsMargins(8, 8, 8, 4)
        title.setFixedHeight(self._ctx.theme.line_height(role) + 12)
        self._column.addWidget(title)

    def _row(self, theme: Theme, entry: Entry, *, leads_on: bool) -> QWidget:
        if entry.page:
            head = RowHead(theme, height=44)
            head.say(self._ctx.formats.join([part for part in (entry.day, entry.text, entry.detail) if part]))
            head.clicked.connect(lambda: self.opened.emit(Place(entry.page, entry.id)))
            row, inside = cast("QWidget", head), head.row
        else:
            row = QWidget()
            row.setMinimumHeight(44)
            inside = QHBoxLayout(row)
            inside.setSpacing(8)
        inside.setContentsMargins(8, 2, 8, 2)
        day = Text(theme, entry.day, "secondary", "ink-2")
        day.setFixedSize(self._day_width, 20)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(theme, entry.text, "body-strong", "danger-text" if entry.is_late else "ink", elide=True))
        if entry.detail:
            lines.addWidget(Text(theme, entry.detail, "secondary", "ink-2", elide=True))
        lines.addStretch(1)
        inside.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(_Sign(theme, entry, leads_on=leads_on))
        inside.addLayout(lines, 1)
        return row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(0, 0, 1, self.height()), self._ctx.theme.colour("hairline"))
