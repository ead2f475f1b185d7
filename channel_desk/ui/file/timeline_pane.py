"""The timeline at the right of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.presentation.timeline import Entry, Section
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
from channel_desk.ui.widgets.refilling import keeping_focus
from channel_desk.ui.widgets.row_list import RowList
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text

WIDTH = 312
#: Least width of the days.
_DAY = 48


@dataclass(frozen=True)
class _Title:
    words: str
    role: str
    colour: str


@dataclass(frozen=True)
class _Line:
    entry: Entry
    day_width: int
    leads_on: bool


_Part = _Title | _Line
#: Of an entry its own, of a title its words.
_Key = tuple[str, int | str]


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
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(ctx.tr("Timeline"))
        ground = Ground(ctx.theme, "surface")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(8, 12, 8, 16)
        self._column.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._rows: RowList[_Key, _Part, QWidget] = RowList(self._list, self._part)
        self._column.addLayout(self._list)
        self._column.addStretch(1)
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

    def start_anew(self) -> None:
        """Another file comes."""
        self.show_sections(())

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Draw anew what changed."""
        if tuple(sections) == self._shown:
            return
        self._shown = tuple(sections)
        with keeping_focus(self._list):
            self._rows.show(self._parts(sections))

    def _parts(self, sections: Sequence[Section]) -> Iterator[tuple[_Key, _Part]]:
        """Titles and entries from top to bottom."""
        tr = self._ctx.tr
        metrics = QFontMetrics(self._ctx.theme.font("secondary"))
        days = {entry.day for section in sections for entry in section.entries}
        day_width = max((_DAY, *(metrics.horizontalAdvance(day) + 2 for day in days)))
        yield ("head", ""), _Title(tr("Timeline"), "card-title", "ink")
        if not sections:
            yield ("none", ""), _Title(tr("Nothing has happened yet."), "body", "ink-3")
        for section in sections:
            yield ("title", section.title), _Title(section.title, "secondary-strong", "ink-2")
            for number, entry in enumerate(section.entries, start=1):
                yield entry.key, _Line(entry, day_width, number < len(section.entries))

    def _part(self, part: _Part) -> QWidget:
        return self._title(part) if isinstance(part, _Title) else self._row(part)

    def _title(self, part: _Title) -> QWidget:
        title = Text(self._ctx.theme, part.words, part.role, part.colour)
        title.setContentsMargins(8, 8, 8, 4)
        title.setFixedHeight(self._ctx.theme.line_height(part.role) + 12)
        return title

    def _row(self, line: _Line) -> QWidget:
        theme, entry = self._ctx.theme, line.entry
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
        day.setFixedSize(line.day_width, 20)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(theme, entry.text, "body-strong", "danger-text" if entry.is_late else "ink", elide=True))
        if entry.detail:
            lines.addWidget(Text(theme, entry.detail, "secondary", "ink-2", elide=True))
        lines.addStretch(1)
        inside.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(_Sign(theme, entry, leads_on=line.leads_on))
        inside.addLayout(lines, 1)
        return row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(0, 0, 1, self.height()), self._ctx.theme.colour("hairline"))
