"""The free note of a distributor, and its tags."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import DistributorFile
from channel_desk.ui.context import Context
from channel_desk.ui.file.fold_row import REACH, let_rows_reach
from channel_desk.ui.file.long_text import LongText
from channel_desk.ui.file.record_edit import RecordEdit, about_field
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.chip import FilterChip
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.flow import FlowLayout
from channel_desk.ui.widgets.inline_kinds import LINES


class NoteCard(Card):
    """``noted(text, edit, text before)``; ``tagged(all tags)``, and ``tag_added(all tags)`` for one that was typed."""

    noted = Signal(str, object, str)
    tagged = Signal(object)
    tag_added = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, ctx.tr("Note"), icon="message-square", parent=parent)
        self._ctx = ctx
        self._before = ""
        self._tags: tuple[str, ...] = ()
        self.note = RecordEdit(ctx, LINES, name=ctx.tr("Note"), empty=ctx.tr("Write down what fits nowhere else"))
        self.note.committed.connect(lambda text: self.noted.emit(str(text or "").strip(), self.note, self._before))
        self._folding = LongText(ctx, self.note)
        self._flow = FlowLayout(gap=8)
        self._chips: list[FilterChip] = []
        self.new_tag = TextField(ctx.theme, ctx.tr("Add a tag"), icon="tag", size=28)
        self.new_tag.setFixedWidth(136)
        self.new_tag.submitted.connect(self._add)
        self._flow.addWidget(self.new_tag)
        let_rows_reach(self)
        foot = QVBoxLayout()
        foot.setContentsMargins(REACH, 0, REACH, 4)
        foot.addLayout(self._flow)
        self.body.addWidget(self._folding)
        self.body.addLayout(foot)

    @property
    def tags(self) -> tuple[str, ...]:
        return self._tags

    def show_file(self, file: DistributorFile) -> None:
        distributor = file.distributor
        self._before = distributor.note
        self.note.show_stored(about_field("note", (Distributor, distributor.id)), distributor.note)
        self._folding.fit()
        if distributor.tags != self._tags:
            self._show_tags(distributor.tags)

    def start_anew(self) -> None:
        self.note.leave_record()
        self._folding.fold()
        self._show_tags(())

    # -- tags ----------------------------------------------------------------------------------------------------------

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.new_tag)
        self._chips = []
        for tag in tags:
            chip = FilterChip(self._ctx.theme, tag, removable=True, parent=self)
            chip.removed.connect(lambda tag=tag: self._remove(tag))
            self._chips.append(chip)
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.new_tag)
        self._flow.invalidate()

    def _add(self, text: str) -> None:
        tag = " ".join(text.split())
        if tag and tag not in self._tags:
            self.tag_added.emit((*self._tags, tag))
        else:
            self.new_tag.setText("")

    def _remove(self, tag: str) -> None:
        self.tagged.emit(tuple(one for one in self._tags if one != tag))
