"""A text of a file that is folded while it is long, so that what stands below it stays in reach."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.file.record_edit import RecordEdit
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button

#: A longer text is folded.
_LINES: Final = 10


class LongText(QWidget):
    """``edit`` with a link below it that shows all of a long text, and folds it again."""

    def __init__(self, ctx: Context, edit: RecordEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._edit = edit
        self._shows_all = False
        self._link = Button(ctx.theme, "", "link", size=28)
        self._link.clicked.connect(self._turn)
        edit.started.connect(self.fit)
        edit.ended.connect(self.fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(edit)
        column.addWidget(self._link, alignment=Qt.AlignmentFlag.AlignLeft)
        self.fit()

    def fit(self) -> None:
        """The text has changed."""
        tr = self._ctx.tr
        self._edit.set_most_lines(0 if self._shows_all else _LINES)
        self._link.setVisible(self._edit.field is None and self._edit.whole_lines > _LINES)
        self._link.set_text(tr("Show less of the text") if self._shows_all else tr("Show the whole text"))

    def fold(self) -> None:
        """Another record comes."""
        self._shows_all = False
        self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _turn(self) -> None:
        self._shows_all = not self._shows_all
        self.fit()
