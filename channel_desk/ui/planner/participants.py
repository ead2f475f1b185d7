"""Who of theirs takes part in a visit: a box for each contact."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.domain.contacts import Contact
from channel_desk.domain.visits import VisitStatus
from channel_desk.ui.context import Context
from channel_desk.ui.planner.visit_details import VisitDetails
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.refilling import refilling
from channel_desk.ui.widgets.text import Text


class Participants(QWidget):
    """``chosen`` gives the ids of all who take part, after each tick."""

    chosen = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._filling = False
        self._listed: tuple[Contact, ...] | None = None
        self._boxes: dict[int, Checkbox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_people(self, details: VisitDetails) -> None:
        """Boxes are made anew for other people only: the one that is about to be ticked stays."""
        self._filling = True
        if self._listed != details.contacts:
            self._listed = details.contacts
            with refilling(self._column):
                self._list(details.contacts)
        for contact_id, box in self._boxes.items():
            box.setChecked(contact_id in details.participant_ids)
            box.setEnabled(details.line.visit.status is not VisitStatus.CLOSED)
        self._filling = False

    def _list(self, contacts: tuple[Contact, ...]) -> None:
        self._boxes = {}
        for contact in contacts:
            role = self._ctx.tr(contact.decision_role.label) if contact.decision_role else contact.title
            words = self._ctx.tr("{name} · {role}", name=contact.name, role=role) if role else contact.name
            box = self._boxes[contact.id] = Checkbox(self._ctx.theme, words)
            box.toggled.connect(self._tell)
            self._column.addWidget(box)
        if not contacts:
            hint = self._ctx.tr("No contacts in the file yet")
            self._column.addWidget(Text(self._ctx.theme, hint, "secondary", "ink-3"))

    def _tell(self) -> None:
        if not self._filling:
            self.chosen.emit(frozenset(one for one, box in self._boxes.items() if box.isChecked()))
