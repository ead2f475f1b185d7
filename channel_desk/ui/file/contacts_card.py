"""The people of a distributor: a row each, opened to edit every field in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.domain.contacts import Contact
from channel_desk.domain.lines import DistributorFile
from channel_desk.presentation.file_cards import ATTITUDE_MARKS, LUNAR, PERSON, ROLE_KINDS, CardField, person_line
from channel_desk.ui.context import Context
from channel_desk.ui.file.field_rows import FieldRow, label_width
from channel_desk.ui.file.fold_row import REACH, FoldRow, let_rows_reach
from channel_desk.ui.file.record_edit import is_half_typed
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import Badge, IconWord
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.refilling import keeping_focus
from channel_desk.ui.widgets.row_list import RowList
from channel_desk.ui.widgets.text import Text


class Initial(QWidget):
    """The first character of a name in a circle of 32 pixels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        self._letter = name.strip()[:1]
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawing.box(painter, QRect(0, 0, 32, 32), fill=self._theme.colour("window"), radius=16)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("ink-2"))
        painter.drawText(QRect(0, 0, 32, 32), Qt.AlignmentFlag.AlignCenter, self._letter)


class ContactRow(FoldRow):
    """``edited(contact id, field, new value, edit or None, value before)``, ``deleted(contact)``."""

    edited = Signal(int, object, object, object, object)
    deleted = Signal(object)

    def __init__(self, ctx: Context, contact: Contact, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, parent=parent)
        theme = ctx.theme
        self._ctx = ctx
        self._contact = contact
        self._headed: Contact | None = None
        self._rows: list[FieldRow] = []
        self._lunar: Checkbox | None = None
        self._initial = Initial(theme)
        # one line: the name has the room first, and the title what is left
        self._name = Text(theme, "", "body", "ink-2", wrap=True, most_lines=1)
        self._line = Text(theme, "", "secondary", "ink-2", elide=True)
        self._attitude = IconWord(theme, "circle", "", role="secondary")
        self._role = Badge(theme, "")
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._name)
        lines.addWidget(self._line)
        row = self.head.row
        row.setSpacing(12)
        row.addWidget(self._initial)
        row.addLayout(lines, 1)
        row.addWidget(self._attitude)
        row.addWidget(self._role)
        self.end_head()
        self.show_contact(contact)

    def show_contact(self, contact: Contact) -> None:
        """What the file holds; typing goes on."""
        if contact != self._headed:
            self._headed = contact
            self._show_head(contact)
        self._contact = contact
        self.fill_body()

    def _show_head(self, contact: Contact) -> None:
        tr = self._ctx.tr
        self._initial.set_name(contact.name)
        self._name.setText(f"{contact.name}  {contact.title}".rstrip())
        self._name.set_lead(contact.name, "body-strong", "ink")
        line = person_line(contact, self._ctx.language)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        role, attitude = contact.decision_role, contact.attitude
        self._role.setVisible(role is not None)
        if role is not None:
            self._role.set_badge(tr(role.label), ROLE_KINDS.get(role.value, "neutral"))
        self._attitude.setVisible(attitude is not None)
        if attitude is not None:
            icon, colour = ATTITUDE_MARKS[attitude.value]
            self._attitude.set_word(icon, tr(attitude.label), colour=colour)
        words = [contact.name, contact.title, tr(role.label) if role else "", line]
        self.head.say(self._ctx.formats.join([word for word in words if word]))

    @override
    def build_body(self) -> QWidget:
        ctx = self._ctx
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(52, 0, 8, 8)
        column.setSpacing(0)
        width = label_width(ctx, PERSON)
        for field in PERSON:
            row = FieldRow(ctx, field, of=(Contact, self._contact.id), width=width, subject=self._contact.name)
            row.changed.connect(lambda one, new, old, row=row: self._tell(one, new, row, old))
            self._rows.append(row)
            column.addWidget(row)
            if field.name == "birthday_on":
                column.addWidget(self._lunar_box(width))
        delete = Button(ctx.theme, ctx.tr("Delete person"), "ghost", icon="trash-2", size=28)
        delete.clicked.connect(lambda: self.deleted.emit(self._contact))
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.addWidget(delete)
        foot.addStretch(1)
        column.addLayout(foot)
        return body

    def _lunar_box(self, indent: int) -> QWidget:
        ctx = self._ctx
        self._lunar = Checkbox(ctx.theme, ctx.tr(LUNAR.label))
        self._lunar.clicked.connect(self._on_lunar)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(indent + 12, 4, 0, 4)
        row.addWidget(self._lunar)
        row.addStretch(1)
        return holder

    @override
    def fill_body(self) -> None:
        for row in self._rows:
            row.show_value(getattr(self._contact, row.field.name))
        if self._lunar is not None:
            self._lunar.setChecked(self._contact.birthday_lunar)
            self._lunar.setEnabled(self._contact.birthday_on is not None)

    def leave_record(self) -> None:
        """The row goes."""
        for row in self._rows:
            row.edit.leave_record()

    def row(self, name: str) -> FieldRow:
        """The row of a field, once opened."""
        return next(row for row in self._rows if row.field.name == name)

    def _tell(self, field: CardField, new: object, row: FieldRow, before: object) -> None:
        self.edited.emit(self._contact.id, field, new, row.edit, before)

    def _on_lunar(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.edited.emit(self._contact.id, LUNAR, on, None, not on)


class ContactsCard(Card):
    """``added(name)`` for a new person; the rest comes from the rows."""

    added = Signal(str)
    edited = Signal(int, object, object, object, object)
    deleted = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, ctx.tr("Contacts and decision chain"), icon="users", parent=parent)
        self._ctx = ctx
        let_rows_reach(self)
        self.body.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._rows: RowList[int, Contact, ContactRow] = RowList(
            self._list, self._make_row, refresh=ContactRow.show_contact, let_go=ContactRow.leave_record
        )
        self._none = Text(ctx.theme, ctx.tr("No people yet. Who decides there?"), "body", "ink-2", wrap=True)
        self.new_name = TextField(ctx.theme, ctx.tr("Add a person: name, then Enter"), icon="user-plus")
        self.new_name.submitted.connect(self._add)
        foot = QVBoxLayout()
        foot.setContentsMargins(REACH, 8, REACH, 4)
        foot.setSpacing(8)
        foot.addWidget(self._none)
        foot.addWidget(self.new_name)
        self.body.addLayout(self._list)
        self.body.addLayout(foot)

    def row(self, contact_id: int) -> ContactRow:
        return self._rows.build_as_far_as(contact_id)

    def show_file(self, file: DistributorFile) -> None:
        self._show_contacts(file.contacts)

    def start_anew(self) -> None:
        self._show_contacts(())

    def _show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Rows that are there stay, with what is typed in them."""
        with keeping_focus(self.body):
            self._rows.show((contact.id, contact) for contact in contacts)
        self._none.setVisible(not contacts)

    def _make_row(self, contact: Contact) -> ContactRow:
        row = ContactRow(self._ctx, contact)
        row.edited.connect(self.edited)
        row.deleted.connect(self.deleted)
        if is_half_typed(self._ctx, (field.name for field in PERSON), (Contact, contact.id)):
            row.turn()
        return row

    def _add(self, name: str) -> None:
        self.added.emit(name.strip())
