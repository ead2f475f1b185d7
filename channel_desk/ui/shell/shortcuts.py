"""Ctrl+/: every key that works here and now: the shortcuts, and what the manual tells of the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.help.manual import KeyRow
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.widgets.key_cap import key_names
from channel_desk.ui.widgets.text import Text


class Shortcuts(Panel):
    """Two columns of what is done and the keys for it; ``rows`` are those that have no action."""

    def __init__(
        self, ctx: Context, actions: Sequence[QAction], window: QWidget, *, rows: Sequence[KeyRow] = ()
    ) -> None:
        super().__init__(ctx, window, width=920, top=64)
        self.setObjectName("shortcuts")
        self.body.addWidget(Text(ctx.theme, ctx.tr("Keyboard shortcuts"), "card-title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        shown = [
            (action.text(), key_names(action.shortcut()))
            for action in actions
            if action.text() and not action.shortcut().isEmpty()
        ]
        taken = {keys for _, keys in shown}
        shown += [(row.does, row.keys) for row in rows if not row.is_among(taken)]
        half = -(-len(shown) // 2)
        for number, (text, keys) in enumerate(shown):
            row, column = number % half, number // half * 3
            grid.addWidget(Text(ctx.theme, text, "body", elide=True), row, column)
            grid.addWidget(Text(ctx.theme, keys, "secondary", "ink-2"), row, column + 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 2)
        grid.setColumnMinimumWidth(2, 16)
        grid.setColumnStretch(3, 3)  # what the manual tells comes last and is longer
        self.body.addLayout(grid)
        self.body.addWidget(
            Text(ctx.theme, ctx.tr("Enter opens, Esc goes back, Space picks, Tab moves on."), "secondary", "ink-2")
        )
