"""Importing distributors from a spreadsheet: the file, its columns, what becomes of every row; then one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.import_plan import ColumnMapping, Verdict
from channel_desk.errors import UserError
from channel_desk.exchange.source_table import SourceTable
from channel_desk.exchange.tables import read_table
from channel_desk.presentation.import_preview import PlanEntries, entries_of, imported_text, next_sheet_text
from channel_desk.services.imports import ImportSource, preview_import, run_import, suggest_mapping
from channel_desk.storage.reader import Reader
from channel_desk.ui.context import Context
from channel_desk.ui.forms.drop_zone import DropPlace, DropZone, ask_for_file, remember_folder
from channel_desk.ui.forms.file_drop import FileDrop
from channel_desk.ui.handed_on import hand_on, take_over
from channel_desk.ui.importing.mapping import Mapping
from channel_desk.ui.importing.open_import import OpenImport, changed_at
from channel_desk.ui.importing.outcome import Outcome
from channel_desk.ui.importing.reading import Reading
from channel_desk.ui.importing.sheets_in_turn import SheetsInTurn
from channel_desk.ui.importing.source_bar import SourceBar
from channel_desk.ui.importing.strips import Strips
from channel_desk.ui.jobs import JobControl
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import EVERYTHING, Place
from channel_desk.ui.widgets.ground import Ground

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork

#: Several choices in a row lead to one new plan.
_PAUSE: Final = 120


class ImportPage(Page):
    """See the module. ``extra`` of its place is the path of the file; without one it is asked for."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._path: Path | None = None
        self._changed_at: int | None = None
        #: What was read last, and the table found on it.
        self._sheet: SourceTable | None = None
        self._source: ImportSource | None = None
        self._sheets = SheetsInTurn(ctx, self)
        self._mapping = ColumnMapping(())
        self._found: PlanEntries | None = None
        #: The import was asked for before the plan of what was chosen is there.
        self._is_run_wanted = False
        self._reading = Reading(ctx, self)
        #: While rows are written.
        self._writing: JobControl | None = None
        self._build()
        self._connect()
        tr = ctx.tr
        self.add_page_action("choose", tr("Choose file…"), self.choose_file, keys="Ctrl+I")
        self.add_page_action("run", tr("Import"), self.run, keys="Ctrl+Return")
        opened = take_over(ctx, OpenImport)
        if opened is not None:
            self._take_up(opened)

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx, theme, tr = self.ctx, self.ctx.theme, self.ctx.tr
        self.bar.set_title(tr("Import distributors"))
        self._file = SourceBar(ctx)
        self._strips = Strips(ctx)
        self._mapping_list = Mapping(ctx)
        self._outcome = Outcome(ctx)
        work = QWidget()
        columns = QHBoxLayout(work)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self._mapping_list)
        columns.addWidget(self._outcome, 1)
        self._zone = DropZone(ctx)
        self._stack = QStackedWidget()
        self._start, self._work, self._nothing = DropPlace(ctx, self._zone), work, Ground(theme, "surface")
        for state in (self._start, self._work, self._nothing):
            self._stack.addWidget(state)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, stretch in ((self._file, 0), (self._strips, 0), (self._stack, 1)):
            layout.addWidget(part, stretch)
        self._file.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._plan)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mapping_list.fit(self.width())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self._reading.is_under_way or self._writing or self._sheets.came_in):
            self.cancel()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self._zone.choose_wanted.connect(self.choose_file)
        drop = FileDrop(self)
        drop.held.connect(self._zone.set_hot)
        drop.dropped.connect(self._open_instead)
        self._file.other_wanted.connect(self.choose_file)
        self._file.sheet_chosen.connect(lambda sheet: self._read(sheet=sheet))
        self._file.encoding_chosen.connect(lambda encoding: self._read(encoding=encoding))
        self._file.headings_chosen.connect(self._head)
        self._mapping_list.changed.connect(self._map)
        self._outcome.update_chosen.connect(lambda _: self._plan())
        self._outcome.import_wanted.connect(self.run)
        self._outcome.cancelled.connect(self.cancel)
        self._strips.cancelled.connect(self.cancel)
        self._reading.done.connect(self._take_sheet)
        self._reading.failed.connect(self._fail_reading)
        self._sheets.changed.connect(self._say_what_leaving_is)
        self._sheets.taken_back.connect(self._offer_again)

    # -- the file ------------------------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        path = Path(place.extra)
        is_read = self._source is not None and (path, changed_at(path)) == (self._path, self._changed_at)
        if place.extra and not is_read:
            self.open_path(path)
        elif self._source is not None:
            self._plan()  # back from elsewhere: the columns stay as chosen, the list may know more distributors
        elif self._path is None:
            self._stack.setCurrentWidget(self._start)

    @override
    def let_go(self) -> None:
        if self._path is not None and self._source is not None and self._mapping.columns:
            shown = self._mapping_list
            columns = self._mapping, shown.is_remembered, shown.touched
            kept = (self._path, self._changed_at, self._source, *columns, self._outcome.updates, self._sheets.came_in)
            hand_on(self.ctx, OpenImport(*kept))

    def _take_up(self, opened: OpenImport) -> None:
        """Go on where the page before this one ended; the plan is made when it is gone to."""
        self._path, self._changed_at, self._source = opened.path, opened.changed_at, opened.source
        self._sheet = opened.source.source
        self._sheets.set_came_in(opened.came_in)
        self._file.show_source(self._sheet, heading_row=opened.source.table.heading_row)
        self._show_columns(opened.mapping, remembered=opened.remembered, touched=opened.touched)
        self._outcome.update_known.setChecked(opened.updates)

    def start_focus(self) -> QWidget | None:
        stops: dict[QWidget | None, QWidget] = {self._start: self._zone.choose, self._work: self._outcome.table}
        return stops.get(self._stack.currentWidget())  # while a file is read: what comes of it takes the keyboard

    def choose_file(self) -> None:
        """Choose another spreadsheet."""
        ask_for_file(self.ctx, self).fileSelected.connect(self._open_instead)

    def _open_instead(self, path: str) -> None:
        """The page is about another file from now on, also for whoever comes back to it."""
        self.ctx.become(Place("import", extra=path))
        self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Read ``path`` anew, whatever was shown before."""
        self._path, self._sheet = path, None
        self._sheets.set_came_in(())
        self._read()

    def _read(self, *, sheet: str | None = None, encoding: str | None = None) -> None:
        path, came_in = self._path, [one.sheet for one in self._sheets.came_in]
        if path is not None:
            self._changed_at = changed_at(path)
            self._begin_reading(path, lambda: read_table(path, sheet=sheet, encoding=encoding).beside(came_in))

    def _head(self, row: int) -> None:
        """Take the headings from another row of the sheet that was read."""
        path, sheet = self._path, self._sheet
        if path is not None and sheet is not None:
            self._begin_reading(path, lambda: sheet, heading_row=row)

    def _begin_reading(self, path: Path, read: Callable[[], SourceTable], *, heading_row: int | None = None) -> None:
        self._stop_reading()
        self._path = path
        remember_folder(self.ctx, path.parent)
        self._source = self._found = None
        self._mapping = ColumnMapping(())
        self._stack.setCurrentWidget(self._nothing)
        self._strips.clear()
        self._strips.say_busy(self.ctx.tr("Reading {file}…", file=path.name), stoppable=True)
        self._reading.begin(read, heading_row=heading_row)

    def cancel(self) -> None:
        """Stop what is under way; when nothing is, go back."""
        if self._reading.is_under_way:
            self._stop_reading()
            self._give_keyboard(self._zone.choose, unless_in=self.content)
        elif self._writing is not None:
            self._writing.cancel()
            self._strips.say_busy(self.ctx.tr("Stopping the import…"))
        elif self._sheets.came_in:
            self._leave()
        else:
            self.ctx.back()

    def _stop_reading(self) -> None:
        if self._reading.is_under_way:
            self._reading.stop()
            self._strips.say_busy("")
            self._path = None
            self._file.hide()
            self._stack.setCurrentWidget(self._start)

    def _fail_reading(self, error: UserError) -> None:
        self._file.setVisible(self._sheet is not None)  # another sheet of it may do
        self._refuse(error)
        self._give_keyboard(self._zone.choose, unless_in=self.content)

    def _refuse(self, error: UserError) -> None:
        self._strips.say_busy("")
        self._strips.say_error(error, self.ctx.tr("Choose another file…"), self.choose_file)
        self._stack.setCurrentWidget(self._start)

    def _give_keyboard(self, widget: QWidget, *, unless_in: QWidget) -> None:
        """Qt gives it from what is hidden to whatever comes next."""
        if self.isVisible() and not any(one.hasFocus() for one in unless_in.findChildren(QWidget)):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_sheet(self, sheet: SourceTable, read: ImportSource | UserError) -> None:
        self._sheet = sheet
        if isinstance(read, UserError):
            self._file.show_source(sheet, heading_row=None)
            self._refuse(read)
            self._give_keyboard(self._file.headings, unless_in=self._file)
            return
        self._source = read
        self._file.show_source(sheet, heading_row=read.table.heading_row)
        self.read(
            lambda reader: suggest_mapping(reader, read.table),
            self._take_proposal,
            key="map",
            failed=self._wait_no_more,
        )

    # -- columns and rows ---------------------------------------------------------------------------------------------

    def _wait_no_more(self, _error: UserError) -> bool:
        self._strips.say_busy("")
        return False

    def _take_proposal(self, proposal: tuple[ColumnMapping, bool]) -> None:
        if self._source is None:
            return
        mapping, remembered = proposal
        self._show_columns(mapping, remembered=remembered)
        self._strips.say_busy("")
        self._plan()

    def _show_columns(self, mapping: ColumnMapping, *, remembered: bool, touched: frozenset[int] = frozenset()) -> None:
        assert self._source is not None  # noqa: S101 - its columns are shown
        self._mapping = mapping
        self._mapping_list.show_mapping(self._source.table, mapping, remembered=remembered, touched=touched)
        self._stack.setCurrentWidget(self._work)

    def _map(self, mapping: ColumnMapping) -> None:
        self._mapping = mapping
        self._is_run_wanted = False
        self._pause.start()

    def _plan(self) -> None:
        source, mapping, update = self._source, self._mapping, self._outcome.updates
        self._is_run_wanted = False
        if source is None:
            return
        self._outcome.wait()

        def work(reader: Reader) -> PlanEntries:
            return entries_of(preview_import(reader, source.table, mapping, update=update))

        self.read(work, self._take_plan, key="plan", failed=self._fail_planning)

    def _take_plan(self, found: PlanEntries) -> None:
        self._strips.take_back_error()
        is_first = self._found is None
        self._found = found
        self._file.show_size(len(found.plan.rows))
        self._outcome.show_plan(found)
        if is_first:
            self._give_keyboard(self._outcome.table, unless_in=self.content)
        if self._is_run_wanted and self.isVisible():
            self.run()

    def _fail_planning(self, error: UserError) -> bool:
        self._found = None
        self._outcome.show_plan(None)
        if error.code != "import_no_name_column":
            return False
        self._strips.say_error(error, self.ctx.tr("Choose the column"), self._mapping_list.focus_first)
        return True

    # -- importing ----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Import what is shown, in one step; after a choice of columns or of what is updated, what it leads to."""
        if self._pause.isActive():
            self._pause.stop()
            self._plan()
            self._is_run_wanted = True
            return
        source, found = self._source, self._found
        if found is not None and self._outcome.is_waiting and self._writing is None:
            self._is_run_wanted = True
            return
        if source is None or found is None or not self._outcome.may_run():
            return
        mapping, update = self._mapping, self._outcome.updates
        control = self._writing = JobControl(self)
        control.progressed.connect(self._strips.busy.set_progress)

        def work(uow: UnitOfWork) -> int:
            # The plan ends here: thousands of rows would stop the window while it lets them go.
            plan = run_import(uow, source.table, mapping, update=update, report=control.report)
            return plan.counts[Verdict.CREATED]

        self._outcome.wait()
        self._strips.take_back_error()
        self._strips.say_busy(self.ctx.tr("Importing…"), stoppable=True)
        step = imported_text(self.ctx.language, found.plan.counts)
        self.ctx.tasks.write(
            step,
            work,
            initiator=self,
            then=lambda _: self._finish(step),
            failed=self._fail_importing,
            control=control,
            stopped=self._show_stopped,
        )

    def _finish(self, step: str) -> None:
        """Go on with the next sheet of the same kind, else to what came in."""
        self._end_importing()
        done = self._sheet
        if done is None or not done.alike:
            self._leave()
            return
        self._sheets.add(done.sheet, step)
        self._read(sheet=done.alike[0])
        self._strips.say_news(next_sheet_text(self.ctx.language, done.sheet, done.alike))

    def _say_what_leaving_is(self) -> None:
        self._outcome.cancel.set_text(self.ctx.tr("Stop here") if self._sheets.came_in else self.ctx.tr("Cancel"))

    def _offer_again(self) -> None:
        """What came in last is told and offered like the other sheets again."""
        if self._sheet is not None:
            self._read(sheet=self._sheet.sheet)

    def _leave(self) -> None:
        """Be done with the file, and show what came in."""
        self._path = self._sheet = self._source = self._found = None
        self._sheets.set_came_in(())
        self._strips.clear()
        self._file.hide()
        self._stack.setCurrentWidget(self._start)
        if self.isVisible():  # else its user has gone on to something else
            came_in = Place("distributors", extra=EVERYTHING)  # an old search would hide it
            self.ctx.become(came_in)  # the way back leads past a file that is done with
            self.ctx.go(came_in)

    def _show_stopped(self) -> None:
        self._end_importing()
        self.ctx.feedback.say(self.ctx.tr("The import was stopped. Nothing was changed"))
        self._outcome.go_on()

    def _end_importing(self) -> None:
        if self._writing is not None:
            self._writing.end()
            self._writing = None
        self._strips.say_busy("")

    def _fail_importing(self, error: UserError) -> None:
        self._end_importing()
        self._outcome.go_on()
        self._strips.say_error(error, self.ctx.tr("Try again"), self.run)
