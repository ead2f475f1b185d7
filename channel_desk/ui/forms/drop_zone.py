"""Where a spreadsheet is dropped or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.forms.file_dialog import file_dialog
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

_WIDTH: Final = 640


class _LastFolder(QObject):
    """Lives as long as the window, as pages are made anew with the language."""

    folder: Path | None = None


def _last_folder(ctx: Context) -> _LastFolder:
    return ctx.tasks.findChild(_LastFolder) or _LastFolder(ctx.tasks)


def remember_folder(ctx: Context, folder: Path) -> None:
    """The next dialog for a spreadsheet begins in ``folder``."""
    _last_folder(ctx).folder = folder


def ask_for_file(ctx: Context, parent: QWidget) -> QFileDialog:
    """Open the dialog for a spreadsheet where the last one was; its ``fileSelected`` gives the path."""
    start = _last_folder(ctx).folder or Path.home()
    dialog = file_dialog(ctx, parent, ctx.tr("Choose a spreadsheet"), str(start))
    dialog.setObjectName("choose_spreadsheet")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    spreadsheets = ctx.tr("Spreadsheets")
    dialog.setNameFilters(
        [
            f"{spreadsheets} (*.xlsx *.xls *.xlsb *.xlsm *.ods *.fods *.csv *.tsv *.txt *.html *.xml)",
            f"{ctx.tr('All files')} (*)",
        ]
    )
    dialog.open()
    return dialog


class DropZone(QWidget):
    """Says what to bring, with buttons; the page around it takes the drop."""

    choose_wanted = Signal()

    def __init__(self, ctx: Context, more: Sequence[Button] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self._hot = False
        tr, theme = ctx.tr, ctx.theme
        self.setMaximumWidth(_WIDTH)
        self.setObjectName("drop_zone")
        title = Text(theme, tr("Drag your customer list here"), "record-title")
        first = Text(
            theme,
            tr("The Excel or CSV file you use now will do; order and names of the columns do not matter."),
            colour="ink-2",
        )
        second = Text(
            theme, tr("You check every column before anything is imported; duplicates are shown."), colour="ink-2"
        )
        self.choose = Button(theme, tr("Choose file…"), "primary", icon="folder-open", key="Ctrl I")
        self.choose.clicked.connect(self.choose_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.choose, *more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 40, 32, 32)
        column.setSpacing(4)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon(theme, "file-spreadsheet", "accent", 40), 0, middle)
        column.addSpacing(8)
        for text in (title, first, second):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text, 0, middle)
        column.addSpacing(16)
        column.addLayout(buttons)
        column.addSpacing(24)
        column.addLayout(self._examples(ctx))
        theme.changed.connect(self.update)

    def _examples(self, ctx: Context) -> QGridLayout:
        tr, theme = ctx.tr, ctx.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        hint = Text(theme, tr("Example: your column → our field"), "secondary", "ink-2")
        grid.addWidget(hint, 0, 1, 1, 3)
        pairs = (
            (tr("Customer name"), tr("Name")),
            (tr("Boss's phone"), tr("Contact: phone")),
            (tr("Sales area"), tr("Region")),
            (tr("Payment days"), tr("Terms (days)")),
        )
        for row, (theirs, ours) in enumerate(pairs, 1):
            grid.addWidget(_example(ctx, theirs, "surface", "ink", edge="hairline-strong"), row, 1)
            grid.addWidget(Icon(theme, "arrow-right", "ink-3", 16), row, 2)
            grid.addWidget(_example(ctx, ours, "accent-tint", "accent-ink"), row, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(4, 1)
        return grid

    def set_hot(self, hot: bool) -> None:  # noqa: FBT001 - the one thing it is set to
        """Whether a file is held over the page."""
        self._hot = hot
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        drawing.box(
            painter, self.rect(), fill=theme.colour("accent-tint" if self._hot else "sunken"), radius=drawing.CARD
        )
        paint_dashes(painter, self.rect(), QPen(theme.colour("accent" if self._hot else "edge"), 1))


class DropPlace(QScrollArea):
    """``zone`` a little above the middle of an empty page; where the window is low, it scrolls."""

    def __init__(self, ctx: Context, zone: DropZone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Ground(ctx.theme, "surface")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(zone, 100)
        row.addStretch(1)
        column = QVBoxLayout(ground)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        self.setWidget(ground)


def paint_dashes(painter: QPainter, rect: QRect, pen: QPen) -> None:
    """A dashed frame inside ``rect``."""
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), drawing.CARD, drawing.CARD)


def _example(ctx: Context, words: str, fill: str, colour: str, *, edge: str = "") -> Ground:
    box = Ground(ctx.theme, fill, edge=edge, radius=drawing.BADGE)
    box.setFixedSize(186, 28)
    row = QHBoxLayout(box)
    row.setContentsMargins(10, 0, 10, 0)
    row.addWidget(Text(ctx.theme, words, "secondary-strong" if not edge else "secondary", colour, elide=True), 1)
    return box
