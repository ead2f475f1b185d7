"""A field that finds a distributor while it is typed: name, pinyin, initials, contact, phone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.errors import UserError
from channel_desk.presentation.palette import Hit, distributor_hits
from channel_desk.services.finding import Found, suggest
from channel_desk.ui.context import Context
from channel_desk.ui.forms.hit_list import HitList
from channel_desk.ui.widgets.field import TextField

_MOST = 7


class DistributorField(QWidget):
    """``chosen`` carries the id and the shown name. The list stands right below the field; Enter takes the first."""

    chosen = Signal(int, str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._is_chosen = False
        hint = ctx.tr("Name, pinyin, contact or phone")
        self.field = TextField(ctx.theme, hint, icon="search", name=ctx.tr("Distributor"))
        self._list = HitList(ctx.theme, self.field.edit, row_height=32, parent=self)
        self._list.setObjectName("suggestions")
        self._list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self._list)
        self.setFocusProxy(self.field.edit)
        self.field.changed.connect(self._search)
        self._list.taken.connect(self._choose)
        self._list.missed.connect(self.ask)

    def begin(self) -> None:
        """Empty the field and offer everything."""
        self.field.set_value("")
        self._search("")
        self.field.edit.setFocus()

    def offer_again(self) -> None:
        """The choice was not taken: offer what was found once more."""
        self._search(self.field.text())

    def _search(self, typed: str) -> None:
        self._is_chosen = False
        self._list.wait()
        self._ctx.tasks.read(
            lambda reader: suggest(reader, typed),
            lambda found: self._show(found, typed),
            owner=self,
            key="suggest",
            failed=self._tell_unread,
        )

    def _tell_unread(self, error: UserError) -> None:
        if not self._is_chosen:
            self._list.wait()  # Enter takes nothing of what was offered before
            self._list.show_hits((), otherwise=self._ctx.feedback.sentence(error))

    def _show(self, found: Found, typed: str) -> None:
        # What is found after the choice was made must not open the list again.
        if not self._is_chosen:
            hits, tr = distributor_hits(found, typed)[:_MOST], self._ctx.tr
            none = (
                tr("No distributor found") if typed.strip() else tr("No distributors yet. Add one: Ctrl+2, then Ctrl+N")
            )
            self._list.show_hits(hits, otherwise=none)

    def ask(self) -> None:
        """Nobody is chosen: say below the field what to do."""
        tr = self._ctx.tr
        choose, check = (
            tr("Choose one from the list"),
            tr("Check the name, or add the distributor first: Ctrl+2, then Ctrl+N"),
        )
        self.field.set_error(choose if self._list.has_hits else check)

    def _choose(self, hit: Hit) -> None:
        self._list.hide()
        self._is_chosen = True
        self.chosen.emit(hit.distributor, hit.text)
