"""What is said after a bug: that the typing is kept, where the report lies, and that it was not sent anywhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.text import Text


class CrashPanel(Panel):
    """One for each bug, however often it strikes."""

    is_of_page = False

    def __init__(self, ctx: Context, report: Path | None, window: QWidget) -> None:
        super().__init__(ctx, window, width=480, top=160)
        self.setObjectName("crash")
        theme = ctx.theme
        self.body.addWidget(Text(theme, ctx.tr("Something went wrong in the program"), "card-title"))
        kept = ctx.tr("What you typed is kept, and you can go on working.")
        self.body.addWidget(Text(theme, kept, "body", "ink-2", wrap=True))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if report is not None:
            told = ctx.tr(
                "A report was written to this computer. It holds nothing that you have entered "
                "and was not sent anywhere."
            )
            self.body.addWidget(Text(theme, told, "body", "ink-2", wrap=True))
            self.body.addWidget(Text(theme, str(report), "secondary", "ink-3", wrap=True))
            show = Button(theme, ctx.tr("Show report"), icon="folder-open")
            folder = QUrl.fromLocalFile(str(report.parent))
            show.clicked.connect(lambda: QDesktopServices.openUrl(folder))
            buttons.addWidget(show)
        close = Button(theme, ctx.tr("Close"), "primary")
        close.clicked.connect(self.close)
        buttons.addWidget(close)
        self.body.addSpacing(8)
        self.body.addLayout(buttons)
        self.setFocusProxy(close)
