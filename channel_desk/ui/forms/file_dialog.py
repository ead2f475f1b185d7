"""The system's dialog for a file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from channel_desk.ui.context import Context


def file_dialog(ctx: Context, parent: QWidget, title: str, folder: str) -> QFileDialog:
    """A dialog that begins in ``folder`` and ends with its closing. It is not open yet."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # Where the system has no dialog of its own, Qt's is shown, and these two it says in English only.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, ctx.tr("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, ctx.tr("Files of type:"))
    return dialog
