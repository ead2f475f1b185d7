"""Saving a document as a file that the user chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.forms.file_dialog import file_dialog


class Saving(QObject):
    """Asks where to, beginning with the folder of the time before, and tells what was saved."""

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._page = page
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def ask(self, title: str, name: str, then: Callable[[Path], None]) -> None:
        """Open the system's dialog with ``title`` for a file that is called ``name``, and go on with what is chosen."""
        form = name.rpartition(".")[2]
        tr = self._ctx.tr
        kind = {"pdf": tr("PDF documents"), "pptx": tr("PowerPoint presentations")}[form]
        dialog = file_dialog(self._ctx, self._page, title, self._folder)
        dialog.setNameFilter(f"{kind} (*.{form})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.selectFile(name)

        def choose(path: str) -> None:
            self._folder = str(Path(path).parent)
            then(Path(path))

        dialog.fileSelected.connect(choose)
        dialog.open()

    def tell(self, said: str, target: Path) -> None:
        """Say that ``target`` was saved, with the way to it."""
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(target.parent)))
        self._ctx.feedback.say(said, action=self._ctx.tr("Show in folder"), run=show)
