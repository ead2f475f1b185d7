"""What protects the data, said plainly."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.widgets.text import Text


class Protection(Panel):
    """Three sentences: what is encrypted, where the key is, what follows."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(ctx, window, width=480, top=160)
        self.setObjectName("protection")
        self.body.addWidget(Text(ctx.theme, ctx.tr("How the data is protected"), "card-title"))
        for sentence in (
            ctx.tr("Everything you enter is kept in one encrypted file on this computer. Nothing is ever sent."),
            ctx.tr(
                "Its key lies beside it in the same folder, without a passphrase. Whoever can copy both files, "
                "from this computer or from a copy of the folder, can read everything."
            ),
            ctx.tr(
                "Until there is a passphrase: lock the computer, encrypt its disk, and keep copies of the "
                "data and of the key in different places."
            ),
        ):
            self.body.addWidget(Text(ctx.theme, sentence, "body", "ink-2", wrap=True))
