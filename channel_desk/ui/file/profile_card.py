"""The profile card: every field of the distributor, in groups, edited in place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import DistributorFile
from channel_desk.presentation.file_cards import PROFILE, CardField, confirmed, is_shown
from channel_desk.ui.context import Context
from channel_desk.ui.file.field_rows import FieldRow, label_width, save_all
from channel_desk.ui.file.record_edit import is_half_typed
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.refilling import clear
from channel_desk.ui.widgets.text import Text

#: What a group keeps from the one above, more than from its own fields.
_ABOVE: Final = 8


class ProfileCard(Card):
    """``edited(field, new value, edit, value before)``; ``confirm_wanted`` says that all of it is still true."""

    edited = Signal(object, object, object, object)
    confirm_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, ctx.tr("Profile"), icon="contact", parent=parent)
        self._ctx = ctx
        self._shown: Distributor | None = None
        self._everything = False
        #: The further details as they stand there.
        self._listed: tuple[tuple[str, str], ...] = ()
        self._rows: dict[str, FieldRow] = {}
        self._confirm = Button(ctx.theme, ctx.tr("Still true"), size=28)
        self._confirm.clicked.connect(self.confirm_wanted)
        self.head.addWidget(self._confirm)
        self._groups: list[tuple[Text, QVBoxLayout]] = []
        for group in PROFILE:
            title = Text(ctx.theme, ctx.tr(group.label), "secondary", "ink-3")
            if self._groups:
                title.setContentsMargins(0, _ABOVE, 0, 0)
            rows = QVBoxLayout()
            rows.setSpacing(0)
            self.body.addWidget(title)
            self.body.addLayout(rows)
            self._groups.append((title, rows))
        self._extra_title = Text(ctx.theme, ctx.tr("Further details"), "secondary", "ink-3")
        self._extra_title.setContentsMargins(0, _ABOVE, 0, 0)
        self._extra = QWidget(self)
        self._extra_grid = QGridLayout(self._extra)
        self._extra_grid.setContentsMargins(0, 0, 0, 0)
        self._extra_grid.setHorizontalSpacing(12)
        self._extra_grid.setColumnStretch(1, 1)
        self.body.addWidget(self._extra_title)
        self.body.addWidget(self._extra)
        self._extra_title.hide()
        self._extra.hide()
        self._more = Button(ctx.theme, "", "link", size=28)
        self._more.clicked.connect(self.show_everything)
        self.body.addWidget(self._more)
        self._width = label_width(ctx, (field for group in PROFILE for field in group.fields))

    def row(self, name: str) -> FieldRow | None:
        """The row of a field, where it is shown."""
        return self._rows.get(name)

    def show_file(self, file: DistributorFile) -> None:
        distributor = file.distributor
        if self._shown is None or self._shown.id != distributor.id or self._shown.currency != distributor.currency:
            self._forget_rows()
            if self._shown is None or self._shown.id != distributor.id:
                self._everything = False
        self._shown = distributor
        self._refresh()

    def start_anew(self) -> None:
        self._forget_rows()
        self._shown = None

    def _refresh(self) -> None:
        ctx, shown = self._ctx, self._shown
        if shown is None:
            return
        of = (Distributor, shown.id)
        for group, (title, rows) in zip(PROFILE, self._groups, strict=True):
            place = 0
            for field in group.fields:
                row = self._rows.get(field.name)
                editing = (row is not None and row.edit.field is not None) or is_half_typed(ctx, [field.name], of)
                if not editing and not is_shown(shown, field, everything=self._everything):
                    self._remove(field.name)
                    continue
                if row is None:
                    row = self._add(field, shown, rows, place)
                row.show_value(getattr(shown, field.name))
                place += 1
            title.setVisible(place > 0)
        fresh = confirmed(shown, ctx.today, ctx.language)
        self.set_info(fresh.text, stale=fresh.is_stale)
        self._confirm.setVisible(fresh.is_stale)
        self._more.set_text(ctx.tr("Show fewer fields") if self._everything else ctx.tr("Show all fields"))
        self._show_extra(shown)

    def _add(self, field: CardField, shown: Distributor, rows: QVBoxLayout, place: int) -> FieldRow:
        row = FieldRow(self._ctx, field, of=(Distributor, shown.id), width=self._width, currency=shown.money_currency)
        row.changed.connect(lambda one, new, before, row=row: self.edited.emit(one, new, row.edit, before))
        rows.insertWidget(place, row)
        self._rows[field.name] = row
        return row

    def _remove(self, name: str) -> None:
        row = self._rows.pop(name, None)
        if row is not None:
            row.edit.leave_record()
            row.hide()
            row.deleteLater()

    def _forget_rows(self) -> None:
        for name in list(self._rows):
            self._remove(name)

    def _show_extra(self, shown: Distributor) -> None:
        """What an imported file said beyond the fields; it is kept, not edited."""
        if shown.extra == self._listed:
            return
        self._listed = shown.extra
        clear(self._extra_grid)
        for line, (heading, text) in enumerate(shown.extra):
            label = Text(self._ctx.theme, heading, "body", "ink-2", elide=True)
            label.setFixedWidth(self._width)
            self._extra_grid.addWidget(label, line, 0)
            self._extra_grid.addWidget(Text(self._ctx.theme, text, "body", wrap=True), line, 1)
        self._extra_title.setVisible(bool(shown.extra))
        self._extra.setVisible(bool(shown.extra))

    def show_everything(self) -> None:
        """Show the unknown fields too, or fold them away again."""
        self._everything = not self._everything
        save_all(self)
        self._refresh()
