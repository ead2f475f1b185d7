"""What is edited in the head and on the cards of a file, on its way into the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from channel_desk.domain.commitments import Commitment, Direction, PromiseStep
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Status
from channel_desk.domain.lines import DistributorFile
from channel_desk.presentation.file_cards import CardField
from channel_desk.services.commitments import edit_commitment, promise
from channel_desk.services.distributors import (
    add_contact,
    change_status,
    confirm_profile,
    delete_contact,
    edit_contact,
    edit_distributor,
    note_down,
)
from channel_desk.ui.context import Context
from channel_desk.ui.file.contacts_card import ContactsCard
from channel_desk.ui.file.header import FileHeader
from channel_desk.ui.file.note_card import NoteCard
from channel_desk.ui.file.pen import Pen
from channel_desk.ui.file.profile_card import ProfileCard
from channel_desk.ui.file.promise_form import PromiseForm
from channel_desk.ui.file.promise_steps import promise_step
from channel_desk.ui.file.promises_card import PromisesCard
from channel_desk.ui.file.reason_form import ReasonForm
from channel_desk.ui.file.record_edit import RecordEdit
from channel_desk.ui.file.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork


class FileEdits(QObject):
    """Takes what head and cards ask for and stores it in the file that is shown; one for a page."""

    def __init__(
        self,
        ctx: Context,
        pen: Pen,
        *,
        header: FileHeader,
        profile: ProfileCard,
        note: NoteCard,
        contacts: ContactsCard,
        promises: PromisesCard,
        timeline: TimelinePane,
    ) -> None:
        super().__init__(pen)
        self._ctx = ctx
        self._pen = pen
        self._header = header
        self._note = note
        self._contacts = contacts
        self._promises = promises
        self._timeline = timeline
        self._file: DistributorFile | None = None
        header.renamed.connect(self._rename)
        header.tier_chosen.connect(self._choose_tier)
        header.status_chosen.connect(self._choose_status)
        profile.edited.connect(self._edit_profile)
        profile.confirm_wanted.connect(self.confirm)
        note.noted.connect(self._edit_note)
        note.tagged.connect(self._edit_tags)
        note.tag_added.connect(self._add_tag)
        timeline.noted.connect(self._add_note)
        contacts.added.connect(self._add_contact)
        contacts.edited.connect(self._edit_contact)
        contacts.deleted.connect(self._delete_contact)
        promises.added.connect(self._add_promise)
        promises.edited.connect(self._edit_promise)
        promises.stepped.connect(self._step_promise)

    def show_file(self, file: DistributorFile | None) -> None:
        """The file that edits go to."""
        self._file = file

    @property
    def _shown_id(self) -> int | None:
        return None if self._file is None else self._file.distributor.id

    def _edit(self, label: str, changes: Mapping[str, object], edit: RecordEdit, *, before: object) -> None:
        """Store what was typed into ``edit``, a field of the distributor itself."""
        shown = self._shown_id
        if shown is not None:
            self._pen.write_field(label, lambda uow: edit_distributor(uow, shown, **changes), edit, before=before)

    # -- the head ----------------------------------------------------------------------------------------------------

    def _rename(self, name: str, edit: RecordEdit, before: str) -> None:
        self._edit(self._ctx.tr("Name changed"), {"name": name}, edit, before=before)

    def _choose_tier(self, tier: object) -> None:
        shown = self._shown_id
        if shown is not None:
            label = self._ctx.tr("Tier changed")
            self._pen.write(label, lambda uow: edit_distributor(uow, shown, tier=tier), toast=True)

    def _choose_status(self, status: Status, reason: str) -> None:
        shown, form = self._shown_id, self._header.reason_form
        if shown is None:
            return
        label = self._ctx.tr("Status changed to {status}", status=self._ctx.tr(status.label))
        self._pen.write(
            label,
            lambda uow: change_status(uow, shown, status=status, reason=reason),
            toast=True,
            then=self._header.close_reason,
            failed=None if form is None else self._pen.complain_at(form),
        )

    # -- the profile -------------------------------------------------------------------------------------------------

    def _edit_profile(self, field: CardField, value: object, edit: RecordEdit, before: object) -> None:
        label = self._ctx.tr("{field} changed", field=self._ctx.tr(field.label))
        self._edit(label, {field.name: value}, edit, before=before)

    def confirm(self) -> None:
        """Say that the profile is still true today."""
        shown = self._shown_id
        if shown is not None:
            self._pen.write(self._ctx.tr("Profile confirmed"), lambda uow: confirm_profile(uow, shown), toast=True)

    def _edit_note(self, text: str, edit: RecordEdit, before: str) -> None:
        self._edit(self._ctx.tr("Note changed"), {"note": text}, edit, before=before)

    def _add_note(self, text: str) -> None:
        """A line with the day of today at the top of the note."""
        shown, field = self._shown_id, self._timeline.new_note
        if shown is None:
            return
        line = self._ctx.tr("{day}: {text}", day=self._ctx.formats.day_short(self._ctx.today), text=text)
        self._pen.write(
            self._ctx.tr("Note changed"),
            lambda uow: note_down(uow, shown, line),
            then=lambda: field.setText(""),
            failed=self._pen.complain_at(field),
        )

    def _edit_tags(self, tags: tuple[str, ...]) -> None:
        shown = self._shown_id
        if shown is not None:
            self._pen.write(self._ctx.tr("Tags changed"), lambda uow: edit_distributor(uow, shown, tags=tags))

    def _add_tag(self, tags: tuple[str, ...]) -> None:
        shown, field = self._shown_id, self._note.new_tag
        if shown is not None:
            self._pen.write(
                self._ctx.tr("Tags changed"),
                lambda uow: edit_distributor(uow, shown, tags=tags),
                then=lambda: field.setText(""),
                failed=self._pen.complain_at(field),
            )

    # -- people ------------------------------------------------------------------------------------------------------

    def _add_contact(self, name: str) -> None:
        if self._file is None:
            return
        contact = Contact(distributor_id=self._file.distributor.id, name=name)
        field = self._contacts.new_name
        self._pen.write(
            self._ctx.tr("{name} added", name=name),
            lambda uow: add_contact(uow, contact),
            then=lambda: field.setText(""),
            failed=self._pen.complain_at(field),
        )

    def _edit_contact(
        self, contact_id: int, field: CardField, value: object, edit: RecordEdit | None, before: object
    ) -> None:
        label = self._ctx.tr("{field} changed", field=self._ctx.tr(field.label))

        def work(uow: UnitOfWork) -> None:
            edit_contact(uow, contact_id, **{field.name: value})

        if edit is None:
            self._pen.write(label, work)
        else:
            self._pen.write_field(label, work, edit, before=before)

    def _delete_contact(self, contact: Contact) -> None:
        label = self._ctx.tr("{name} deleted", name=contact.name)
        self._pen.write(label, lambda uow: delete_contact(uow, contact.id), toast=True)

    # -- promises ----------------------------------------------------------------------------------------------------

    def _add_promise(self, commitment: Commitment, form: PromiseForm) -> None:
        if self._file is None:
            return
        whole = replace(commitment, distributor_id=self._file.distributor.id)
        side = self._promises.ours if commitment.direction is Direction.OURS else self._promises.theirs
        self._pen.write(
            self._ctx.tr("Promise recorded"),
            lambda uow: promise(uow, whole),
            toast=True,
            then=lambda: side.finish(whole.distributor_id),
            failed=self._pen.complain_in(form, form.refuse),
        )

    def _edit_promise(
        self, commitment_id: int, field: CardField, value: object, edit: RecordEdit, before: object
    ) -> None:
        label = self._ctx.tr("{field} changed", field=self._ctx.tr(field.label))
        self._pen.write_field(
            label, lambda uow: edit_commitment(uow, commitment_id, **{field.name: value}), edit, before=before
        )

    def _step_promise(
        self, commitment: Commitment, step: PromiseStep, text: str, day: date | None, form: ReasonForm | None
    ) -> None:
        side = self._promises.ours if commitment.direction is Direction.OURS else self._promises.theirs
        self._pen.write(
            self._ctx.tr(step.label),
            promise_step(step, commitment, text, day or self._ctx.today),
            toast=True,
            then=(lambda: None) if form is None else side.row(commitment.id).close_form,
            failed=None if form is None else self._pen.complain_at(form),
        )
