"""A new distributor, typed in place above the rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.forms.typing_in import typing_of
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.text import Text

HEIGHT: Final = 52


class NewStrip(Ground):
    """``named`` gives the typed name; Esc closes it."""

    named = Signal(str)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "accent-tint", parent=parent)
        tr = ctx.tr
        self.setMinimumHeight(HEIGHT)
        self.field = TextField(ctx.theme, tr("Name of the company"), name=tr("Name of the new distributor"))
        self.field.setMaximumWidth(360)
        hint = Text(ctx.theme, tr("Enter creates the file and opens it."), "secondary", "accent-ink", elide=True)
        create = Button(ctx.theme, tr("Create"), "primary")
        cancel = Button(ctx.theme, tr("Cancel"), key="Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(create)
        row.addWidget(cancel)
        row.addWidget(hint, 1)
        self.field.submitted.connect(self.named)
        create.clicked.connect(lambda: self.named.emit(self.field.text()))
        cancel.clicked.connect(self.close_strip)
        self.hide()

    def begin(self, name: str = "") -> None:
        """Open with ``name`` typed already."""
        self.field.setText(name)
        self.field.set_error(None)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @property
    def typing(self) -> Typing | None:
        """The name that is typed; None while the strip is closed or empty."""
        return None if self.isHidden() or not self.field.text() else typing_of({"name": self.field})

    def close_strip(self) -> None:
        """Close without creating anything."""
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return
        super().keyPressEvent(event)
