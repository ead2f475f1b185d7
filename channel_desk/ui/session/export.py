"""Writing the deck to a file that the user has chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channel_desk.documents.printed import Printed
from channel_desk.i18n import Language
from channel_desk.presentation.file_names import safe_name
from channel_desk.presentation.unprinted import unprinted_on_slides
from channel_desk.services.printing import Printer
from channel_desk.services.training import SessionSheet
from channel_desk.ui.context import Context
from channel_desk.ui.forms.saving import Saving


def file_name(sheet: SessionSheet, day: str, form: str, language: Language) -> str:
    """What the file is called until the user says otherwise: title and day, in words of the ``language`` of the deck,
    which tells it from the same deck in another one.
    """
    name = language.tr("Training deck {title} {day}", title=safe_name(sheet.session.title), day=day)
    return f"{name}.{form}"


class DeckExport(QObject):
    """Asks where to, then writes away from the window's thread, and tells."""

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._saving = Saving(ctx, page)

    def ask(self, sheet: SessionSheet, language: Language, form: str, then: Callable[[Path], None]) -> None:
        """Open the system's dialog for the place of the file, and go on with what is chosen."""
        title = self._ctx.tr("Export PDF") if form == "pdf" else self._ctx.tr("Export PPTX")
        name = file_name(sheet, self._ctx.local(sheet.session.starts_at).date().isoformat(), form, language)
        self._saving.ask(title, name, then)

    def write(self, sheet: SessionSheet, language: Language, form: str, target: Path) -> None:
        """Write the deck to ``target`` and say so; an expected failure is said as a sentence."""
        ctx, resources, clock = self._ctx, self._ctx.resources, self._ctx.clock

        def work(_control: object) -> Printed:
            return Printer(resources).print_deck(sheet, target, form=form, language=language, clock=clock)

        def done(printed: Printed) -> None:
            said = ctx.tr_n("{file} saved, {n} slide", "{file} saved, {n} slides", printed.count, file=target.name)
            boxes = unprinted_on_slides(printed.unprinted, ctx.language)
            self._saving.tell(ctx.tr("{done}. {remark}", done=said, remark=boxes) if boxes else said, target)

        ctx.tasks.job(work, then=done, owner=self)
