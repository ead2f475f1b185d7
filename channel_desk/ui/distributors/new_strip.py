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
    """``named`` gives the typed name, ``confirmed`` one that somebody else has; Esc closes it."""

    named = Signal(str)
    confirmed = Signal(str)
    #: The file of the one that has the name already is wanted, by its id.
    existing_wanted = Signal(int)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "accent-tint", parent=parent)
        self._ctx = ctx
        tr = ctx.tr
        #: The distributor that has the name already, once it was told.
        self._namesake = 0
        self.setMinimumHeight(HEIGHT)
        self.field = TextField(ctx.theme, tr("Name of the company"), name=tr("Name of the new distributor"))
        self.field.setMaximumWidth(360)
        self._hint = hint = Text(ctx.theme, "", "secondary", "accent-ink", elide=True)
        self._create = create = Button(ctx.theme, "", "primary")
        self.open_existing = Button(ctx.theme, tr("Open it"))
        cancel = Button(ctx.theme, tr("Cancel"), key="Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.open_existing)
        row.addWidget(create)
        row.addWidget(cancel)
        row.addWidget(hint, 1)
        self.field.submitted.connect(self._give)
        self.field.changed.connect(lambda _: self._forget_namesake())
        create.clicked.connect(self._give)
        self.open_existing.clicked.connect(lambda: self.existing_wanted.emit(self._namesake))
        cancel.clicked.connect(self.close_strip)
        self._forget_namesake()
        self.hide()

    def begin(self, name: str = "") -> None:
        """Open with ``name`` typed already."""
        self.field.setText(name)
        self._forget_namesake()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def tell_namesake(self, distributor_id: int, name: str, city: str) -> None:
        """Somebody has the name already: Enter opens that file now, another one of the name is a step of its own."""
        tr = self._ctx.tr
        self._namesake = distributor_id
        self.field.set_error(
            tr("There is {name} in {city} already.", name=name, city=city)
            if city
            else tr("There is {name} already.", name=name)
        )
        self._create.set_text(tr("Create all the same"))
        self._hint.setText("")  # Enter does something else now
        self.open_existing.show()
        self.open_existing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_namesake(self) -> None:
        self._namesake = 0
        self.field.set_error(None)
        self._create.set_text(self._ctx.tr("Create"))
        self._hint.setText(self._ctx.tr("Enter creates the file and opens it."))
        self.open_existing.hide()

    def _give(self) -> None:
        (self.confirmed if self._namesake else self.named).emit(self.field.text())

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
