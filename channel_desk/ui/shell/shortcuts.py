"""Ctrl+/: every shortcut that works here and now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.widgets.key_cap import key_names
from channel_desk.ui.widgets.text import Text


class Shortcuts(Panel):
    """Two columns of action and keys."""

    def __init__(self, ctx: Context, actions: Sequence[QAction], window: QWidget) -> None:
        super().__init__(ctx, window, width=640, top=96)
        self.setObjectName("shortcuts")
        self.body.addWidget(Text(ctx.theme, ctx.tr("Keyboard shortcuts"), "card-title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        shown = [action for action in actions if action.text() and not action.shortcut().isEmpty()]
        half = -(-len(shown) // 2)
        for number, action in enumerate(shown):
            row, column = number % half, number // half * 3
            keys = key_names(action.shortcut())
            grid.addWidget(Text(ctx.theme, action.text(), "body"), row, column)
            grid.addWidget(Text(ctx.theme, keys, "secondary", "ink-2"), row, column + 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, 16)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
        self.body.addWidget(
            Text(ctx.theme, ctx.tr("Enter opens, Esc goes back, Space picks, Tab moves on."), "secondary", "ink-2")
        )
