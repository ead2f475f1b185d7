"""The progress of a long job at the foot of the window, with Cancel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.jobs import JobControl
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.progress_row import ProgressRow

_WIDTH = 320
_FROM_EDGE = 24
#: A job that is done sooner is not worth a strip, in milliseconds.
_PATIENCE = 300


class JobStrip(Ground):
    """Stands in the right lower corner of ``window`` while the job runs, and frees itself when it has ended."""

    def __init__(self, ctx: Context, control: JobControl, window: QWidget) -> None:
        super().__init__(ctx.theme, "surface", edge="hairline-strong", radius=drawing.CARD, parent=window)
        self.setObjectName("job_strip")
        self._window = window
        self._title = control.title
        self._language = ctx.language
        self._row = ProgressRow(ctx.theme, control.title, cancel=ctx.tr("Cancel"), parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self._row)
        self.setFixedWidth(_WIDTH)
        self._row.cancelled.connect(control.cancel)
        control.progressed.connect(self._on_progress)
        control.ended.connect(self._leave)
        window.installEventFilter(self)
        self.hide()
        QTimer.singleShot(_PATIENCE, self, self._appear)

    def _appear(self) -> None:
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        corner = self._window.rect().bottomRight()
        self.move(corner.x() - self.width() - _FROM_EDGE, corner.y() - self.height() - _FROM_EDGE)

    def _on_progress(self, done: int, total: int) -> None:
        words = self._language.tr("{title} {done} of {total}", title=self._title, done=done, total=total)
        self._row.set_progress(done, total, words)

    def _leave(self) -> None:
        self.hide()
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False
