"""Files dragged onto a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from channel_desk.ui.overriding import override


def dropped_file(data: QMimeData) -> str:
    """The path of the one file that is dragged; empty for anything else."""
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""


class FileDrop(QObject):
    """Lets ``page`` take a file. ``held`` tells when one is over the page or gone again; ``dropped`` gives its path."""

    held = Signal(bool)
    dropped = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if dropped_file(event.mimeData()):
                event.acceptProposedAction()
                self.held.emit(True)  # noqa: FBT003 - a signal has no keywords
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.held.emit(False)  # noqa: FBT003 - a signal has no keywords
            return True
        if event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.held.emit(False)  # noqa: FBT003 - a signal has no keywords
            path = dropped_file(event.mimeData())
            if path:
                event.acceptProposedAction()
                self.dropped.emit(path)
            return True
        return False
