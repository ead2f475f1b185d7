"""The sections of the phase that is shown, how far each is, and below them what the keys do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.domain.checklists import Item, Section
from channel_desk.domain.visits import Phase
from channel_desk.presentation.visit_answers import usual_digits
from channel_desk.presentation.visit_wizard import Progress, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.flow import FlowLayout
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.key_cap import KeyCap
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text

WIDTH: Final = 176
_ROW: Final = 32


class _SectionRow(QAbstractButton):
    """A section with its count; boxed while work is in it."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._progress = Progress(0, 0)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        drawing.set_tip(self, title)

    def set_progress(self, progress: Progress) -> None:
        self._progress = progress
        self.setAccessibleName(f"{self._title} {progress.answered}/{progress.total}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 16, _ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, here = self._theme, self.isChecked()
        if here:
            drawing.box(
                painter,
                self.rect(),
                fill=theme.colour("surface"),
                edge=theme.colour("hairline-strong"),
                radius=drawing.FIELD,
            )
        elif self.underMouse():
            drawing.box(painter, self.rect(), fill=theme.colour("hover"), radius=drawing.FIELD)
        left = 8
        if self._progress.complete:
            drawing.icon(painter, theme, "check", QRect(left, 0, 16, self.height()), colour="success-mark")
            left += 20
        painter.setFont(theme.font("body"))
        count = f"{self._progress.answered}/{self._progress.total}"
        width = QFontMetrics(painter.font()).horizontalAdvance(count)
        painter.setPen(theme.colour("ink-2"))
        line = self.rect().adjusted(0, 0, -8, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.setFont(theme.font("body-strong" if here else "body"))
        painter.setPen(theme.colour("ink" if here else "ink-2"))
        place = line.adjusted(left, 0, -width - 8, 0)
        words = drawing.elided(painter.fontMetrics(), self._title, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class _KeyHelp(QWidget):
    """The keys of the checklist with what they do."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        tr = ctx.tr
        self._of_digit: dict[int, tuple[QWidget, QWidget]] = {}
        self._lines: list[tuple[QWidget, frozenset[int]]] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 12, 0, 0)
        outer.setSpacing(6)
        for line in (
            (("Enter", tr("next item")),),
            (("1", tr("done")), ("2", tr("n/a"))),
            (("3", tr("value")), ("4", tr("note"))),
            ((".", tr("and code, as .207")),),
        ):
            keys = QWidget(self)
            flow = FlowLayout(keys, gap=4)
            for key, words in line:
                parts = KeyCap(ctx.theme, key, parent=keys), Text(ctx.theme, words, "secondary", "ink-2", parent=keys)
                for part in parts:
                    flow.addWidget(part)
                if key.isdigit():
                    self._of_digit[int(key)] = parts
            outer.addWidget(keys)
            self._lines.append((keys, frozenset(int(key) for key, _ in line if key.isdigit())))

    def show_digits(self, digits: frozenset[int]) -> None:
        """Only those that do something at the question that is open."""
        for digit, parts in self._of_digit.items():
            for part in parts:
                part.setVisible(digit in digits)
        for keys, of_line in self._lines:
            keys.setVisible(not of_line or bool(of_line & digits))


class SectionList(Scroller):
    """``chosen`` gives the section that the user asks for."""

    chosen = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside, see_through=True, parent=parent)
        self._ctx = ctx
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(ctx.tr("Sections"))
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(8, 12, 8, 12)
        outer.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        outer.addLayout(self._list)
        outer.addSpacing(12)
        outer.addWidget(Hairline(ctx.theme, parent=inside))
        self._keys = _KeyHelp(ctx, inside)
        outer.addWidget(self._keys)
        outer.addStretch(1)
        self._inside = inside
        self._rows: dict[str, _SectionRow] = {}
        self._shown: tuple[Section, ...] = ()

    def show_progress(self, wizard: Wizard, phase: Phase) -> None:
        """The sections of ``phase``; the rows are built anew only when the sections are others."""
        sections = wizard.sections(phase)
        shown = tuple(section for section, _ in sections)
        if shown != self._shown:
            self._build(shown)
        for section, progress in sections:
            self._rows[section.key].set_progress(progress)

    def show_keys(self, item: Item) -> None:
        """Tell the keys of the question that is open."""
        self._keys.show_digits(usual_digits(item, self._ctx.language))

    def show_section(self, key: str) -> None:
        for name, row in self._rows.items():
            row.setChecked(name == key)

    def _build(self, sections: tuple[Section, ...]) -> None:
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = sections
        self._rows = {}
        for section in sections:
            row = _SectionRow(self._ctx.theme, self._ctx.language.own(section.title), self._inside)
            row.clicked.connect(lambda _checked=False, section=section: self.chosen.emit(section))
            self._list.addWidget(row)
            self._rows[section.key] = row
