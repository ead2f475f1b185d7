"""What is shown when the data cannot be opened: the reason, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.errors import UserError
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.text import Text


class Failure(QWidget):
    """In the middle of the window."""

    def __init__(self, ctx: Context, error: UserError, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("failure")
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(1)
        title = Text(ctx.theme, ctx.tr("The data could not be opened"), "page-title")
        reason = Text(ctx.theme, ctx.feedback.sentence(error), "body", "danger-text", wrap=True)
        reason.setFixedWidth(520)
        reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        close = Button(ctx.theme, ctx.tr("Close"), kind="primary")
        close.clicked.connect(window.close)
        for part in (title, reason, close):
            line = QHBoxLayout()  # an alignment in the column would give the reason one line of all that it has
            line.addStretch(1)
            line.addWidget(part)
            line.addStretch(1)
            layout.addLayout(line)
        self.setFocusProxy(close)
        layout.addStretch(2)
