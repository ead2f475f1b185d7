"""The list of distributors: found while typing, walked through by keys, with Undo for everything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Tier
from channel_desk.domain.record import Record
from channel_desk.domain.visits import Visit
from channel_desk.errors import UserError
from channel_desk.presentation.distributor_columns import COLUMNS, Column, RowWriter, heads
from channel_desk.presentation.distributor_foot import foot_text
from channel_desk.services.finding import (
    Facets,
    Found,
    ListQuery,
    ListResult,
    View,
    count_views,
    facets,
    find_distributors,
    preview,
)
from channel_desk.storage.queries.distributor_list import Sort
from channel_desk.ui.context import Context
from channel_desk.ui.distributors.changes import DistributorChanges
from channel_desk.ui.distributors.filters import Filters
from channel_desk.ui.distributors.foot import Foot
from channel_desk.ui.distributors.new_strip import NewStrip
from channel_desk.ui.distributors.nothing import DropVeil, EmptyList, NoMatch
from channel_desk.ui.distributors.preview import Preview
from channel_desk.ui.distributors.row_painter import ROW_HEIGHT
from channel_desk.ui.distributors.table import HEAD_HEIGHT, DistributorTable
from channel_desk.ui.distributors.views import Views
from channel_desk.ui.importing.drop_zone import ask_for_file, dropped_file
from channel_desk.ui.models.distributor_rows import PAGE, DistributorRows
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.states import ErrorStrip, LoadingRows

#: The pane hides first where the page is narrower, unless F4 says otherwise.
_ROOM_FOR_PREVIEW: Final = 1000
#: The pane follows the current row after this pause in milliseconds, so that walking stays light.
_PREVIEW_PAUSE: Final = 60


@dataclass(frozen=True)
class _Numbers:
    views: dict[View, int]
    facets: Facets


class DistributorsPage(Page):
    """See the module. ``extra`` of its place is a text to search for."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Distributor, Contact, Visit, Commitment)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._sort: Sort = "name"
        self._falls = False
        self._result: ListResult | None = None
        #: How many distributors there are, None before that is known.
        self._all: int | None = None
        #: Makes the current row again after a list was read anew: id, row, and place of the scroll bar.
        self._kept: tuple[int, int, int] | None = None
        self._opens_first = False
        self._preview_wanted: bool | None = None
        self._changes = DistributorChanges(ctx, self)
        self._build()
        self._connect()
        self._add_actions()
        self.setAcceptDrops(True)

    # -- building ------------------------------------------------------------------------------------------------------

    def _writer(self) -> RowWriter:
        return RowWriter(self.ctx.language, self.ctx.clock.zone, today=self.ctx.today)

    def _build(self) -> None:
        ctx, theme, tr = self.ctx, self.ctx.theme, self.ctx.tr
        self.bar.set_title(tr("Distributors"))
        self._import = Button(theme, tr("Import…"), icon="upload")
        self._new = Button(theme, tr("New distributor"), "primary", icon="plus")
        self.bar.add_right(self._import)
        self.bar.add_right(self._new)
        self._views = Views(ctx)
        self._filters = Filters(ctx)
        self._error = ErrorStrip(theme)
        self._error.hide()
        self._strip = NewStrip(ctx)
        self._rows = DistributorRows(ctx.tasks, self._writer(), self)
        self._table = DistributorTable(theme, self._rows, heads(ctx.language), name=tr("Distributors"))
        self._loading = LoadingRows(theme, rows=12, row_height=ROW_HEIGHT)
        self._no_match = NoMatch(ctx)
        self._empty = EmptyList(ctx)
        self._instead = QStackedWidget()
        for state in (self._loading, self._no_match, self._empty):
            self._instead.addWidget(state)
        self._foot = Foot(ctx)
        self._preview = Preview(ctx)
        left = QVBoxLayout()
        left.setSpacing(0)
        for part in (self._strip, self._table, self._instead):
            left.addWidget(part)
        left.addWidget(self._foot)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addLayout(left, 1)
        lower.addWidget(self._preview)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for strip in (self._views, self._filters, self._error):
            layout.addWidget(strip)
        layout.addLayout(lower, 1)
        self._veil = DropVeil(ctx, self.content)
        self._preview_timer = QTimer(self)
        self._preview_timer.setSingleShot(True)
        self._preview_timer.setInterval(_PREVIEW_PAUSE)
        self._preview_timer.timeout.connect(self._load_preview)
        self._show_instead(self._loading)
        self._loading.start()

    def _connect(self) -> None:
        self._import.clicked.connect(self.choose_file)
        self._new.clicked.connect(self.new_distributor)
        self._views.chosen.connect(lambda _: self._ask())
        self._filters.typed.connect(lambda _: self._ask())
        self._filters.narrowed.connect(self._ask)
        self._filters.entered.connect(self._open_first)
        self._filters.search.edit.installEventFilter(self)
        self._error.acted.connect(self.load)
        self._strip.named.connect(self._create)
        self._strip.closed.connect(self._focus_list)
        self._table.walked.connect(lambda _: self._preview_timer.start())
        self._table.opened.connect(self.open_file)
        self._table.sort_wanted.connect(self.sort_by)
        self._table.delete_wanted.connect(self.delete)
        self._table.menu_wanted.connect(self._open_menu)
        self._rows.checks_changed.connect(self._follow_checks)
        self._rows.completed.connect(self._restore)
        self._preview.opened.connect(self.open_file)
        self._preview.visit_wanted.connect(self._changes.plan)
        self._no_match.clear_wanted.connect(self._clear)
        self._no_match.new_wanted.connect(lambda: self.new_distributor(self._filters.search.text().strip()))
        self._empty.choose_wanted.connect(self.choose_file)
        self._empty.new_wanted.connect(self.new_distributor)
        bulk = self._foot.bulk
        bulk.opened.connect(lambda: self.open_file(self._affected()[0]))
        bulk.visit_wanted.connect(lambda: self._changes.plan(self._affected()[0]))
        bulk.tier_chosen.connect(lambda tier: self._changes.set_tier(self._affected(), tier))
        bulk.deleted.connect(self.delete)
        bulk.cleared.connect(self._rows.clear_checks)

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        self.add_page_action("new", tr("New distributor"), self.new_distributor, keys="Ctrl+N")
        self.add_page_action("import", tr("Import…"), self.choose_file, keys="Ctrl+I")
        self.add_page_action("preview", tr("Show or hide the preview"), self.toggle_preview, keys="F4")
        words = heads(self.ctx.language)
        for column, spec in COLUMNS.items():
            if spec.sort is not None:
                text = tr("Sort by {column}", column=words[Column(column)])
                self.add_page_action(f"sort_{spec.sort}", text, partial(self.sort_by, spec.sort, spec.falls))

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def query(self) -> ListQuery:
        """What the views, the chips, the search field and the heads ask for."""
        return ListQuery(
            text=self._filters.search.text().strip(),
            tiers=self._filters.chosen_tiers,
            statuses=self._filters.chosen_statuses,
            regions=self._filters.regions.chosen,
            view=self._views.current,
            sort=self._sort,
            descending=self._falls,
        )

    def show_place(self, place: Place) -> None:
        if place.extra and place.extra != self._filters.search.text():
            self._filters.search.setText(place.extra)

    def search_field(self) -> QWidget:
        return self._filters.search.edit

    def start_focus(self) -> QWidget:
        return self._empty if self._is_empty else self._table

    def load(self) -> None:
        self._rows.set_writer(self._writer())
        self._ask()
        self.ctx.tasks.read(
            lambda reader: _Numbers(count_views(reader), facets(reader)), self._show_numbers, owner=self, key="numbers"
        )

    def _ask(self) -> None:
        query = self.query
        pages = -(-self._table.rows_in_view // PAGE)
        self.ctx.tasks.read(
            lambda reader: find_distributors(reader, query, limit=pages * PAGE),
            lambda found: self._show(query, found),
            owner=self,
            key="list",
            failed=self._fail,
        )

    def _fail(self, error: UserError) -> None:
        self._error.set_text(self.ctx.feedback.sentence(error), self.ctx.tr("Try again"))
        self._error.show()

    def _show(self, query: ListQuery, found: Found) -> None:
        self._error.hide()
        self._loading.stop()
        self._result = found.result
        row = self._table.currentIndex().row()
        same = query == self._rows.query and row >= 0
        scrolled = self._table.verticalScrollBar().value() if same else 0
        self._kept = (self._table.current_id, row, scrolled) if same else (0, 0, 0)
        self._rows.show_found(query, found)
        self._show_state()
        self._table.verticalScrollBar().setValue(scrolled)
        if not found.result.complete:
            self._restore()
        self._show_foot()
        if self._opens_first:
            self._opens_first = False
            self._open_first()

    def _restore(self) -> None:
        """Make the row current again that was so before; else the one at its place."""
        if self._kept is None or not self._rows.total:
            self._preview_timer.start()
            return
        one, row, scrolled = self._kept
        found = self._rows.row_of(one) if one else 0
        if found is None and not self._rows.is_complete:
            return
        self._kept = None
        self._table.make_current(min(row, self._rows.total - 1) if found is None else found)
        self._table.verticalScrollBar().setValue(scrolled)

    def _show_numbers(self, numbers: _Numbers) -> None:
        self._all = numbers.views[View.ALL]
        self._views.show_counts(numbers.views)
        self._filters.show_facets(numbers.facets, total=self._all)
        count = self.ctx.formats.number(self._all)
        remark = self.ctx.tr_n("{shown} distributor", "{shown} distributors", self._all, shown=count)
        self.bar.set_title(self.ctx.tr("Distributors"), remark if self._all else "")
        self._show_state()
        self._show_foot()

    def _show_foot(self) -> None:
        if self._result is not None:
            query = self._rows.query
            narrowed = self._filters.is_narrowing or query.view is not View.ALL
            said = foot_text(self.ctx.language, self._result, of=self._all or 0, text=query.text, narrowed=narrowed)
            self._foot.say(*said)

    # -- states --------------------------------------------------------------------------------------------------------

    @property
    def _is_empty(self) -> bool:
        """Whether there is no distributor at all."""
        query = self._rows.query
        plain = query == ListQuery(sort=query.sort, descending=query.descending)
        return self._result is not None and not self._result.total and (plain or self._all == 0)

    def _show_state(self) -> None:
        if self._result is None:
            return
        empty = self._is_empty
        self._filters.setVisible(not empty)
        self._foot.setVisible(not empty)
        self._import.setVisible(not empty)
        if self._rows.total:
            self._show_instead(None)
        elif empty:
            self._show_instead(self._empty)
            if self._table.hasFocus():
                self._empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            text = self._rows.query.text
            self._no_match.show_reason(text, narrowed=self._filters.is_narrowing, view=self._views.current)
            self._show_instead(self._no_match)
        self._fit_preview()

    def _show_instead(self, state: QWidget | None) -> None:
        """Show ``state`` below the head of the table, or the rows."""
        self._instead.setVisible(state is not None)
        self._table.setFixedHeight(HEAD_HEIGHT) if state is not None else self._table.free_height()
        if state is not None:
            self._instead.setCurrentWidget(state)

    def _follow_checks(self) -> None:
        self._foot.show_checks(len(self._rows.checked))

    # -- the pane ------------------------------------------------------------------------------------------------------

    def toggle_preview(self) -> None:
        """Show or hide the pane whatever the width of the window."""
        self._preview_wanted = not self._preview.isVisibleTo(self)
        self._fit_preview()

    def _fit_preview(self) -> None:
        wanted = self._preview_wanted if self._preview_wanted is not None else self.width() >= _ROOM_FOR_PREVIEW
        self._preview.setVisible(wanted and bool(self._rows.total))
        if self._preview.isVisibleTo(self):
            self._preview_timer.start()

    def _load_preview(self) -> None:
        one = self._table.current_id
        if not one:
            self._preview.show_preview(None)
        elif self._preview.isVisibleTo(self):
            self.ctx.tasks.read(
                lambda reader: preview(reader, one), self._preview.show_preview, owner=self, key="preview"
            )

    # -- asking for others ---------------------------------------------------------------------------------------------

    def sort_by(self, sort: Sort, falls: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Sort by a column; ``falls`` puts the greatest value first."""
        self._sort, self._falls = sort, falls
        self._table.show_sort(sort, falls=falls)
        self._ask()

    def _clear(self) -> None:
        """Take back search, chips and view."""
        self._views.choose(View.ALL)
        self._filters.clear()
        self._filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        """Enter in the search field: open the current row, once it answers to what was typed."""
        if self.query != self._rows.query:
            self._opens_first = True
        elif self._table.current_id:
            self.open_file(self._table.current_id)

    def _focus_list(self) -> None:
        if self._rows.total:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- going and changing --------------------------------------------------------------------------------------------

    def _affected(self) -> tuple[int, ...]:
        """The checked rows, else the current one."""
        if self._rows.has_checks:
            return tuple(sorted(self._rows.checked))
        return (self._table.current_id,) if self._table.current_id else ()

    def open_file(self, distributor_id: int) -> None:
        if distributor_id:
            self.ctx.go(Place("file", distributor_id))

    def new_distributor(self, name: str = "") -> None:
        """Type a name above the list."""
        self._strip.begin(name)

    def _create(self, name: str) -> None:
        self._changes.create(name.strip(), failed=lambda error: self._strip.field.set_error(self._said(error)))

    def _said(self, error: UserError) -> str:
        return self.ctx.feedback.sentence(error)

    def created(self, distributor_id: int) -> None:
        """A new file stands: open it."""
        self._strip.hide()
        self.load_anew()
        self.open_file(distributor_id)

    def delete(self) -> None:
        """Delete what is checked, else the current row; Undo brings it back."""
        ids = self._affected()
        if ids:
            row = self._rows.row(self._table.currentIndex().row())
            name = row.name if row is not None and ids == (row.id,) else ""
            self._changes.delete(ids, name=name)

    def _open_menu(self, place: QPoint) -> None:
        tr, ids = self.ctx.tr, self._affected()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(words: str, run: object) -> None:
            action = QAction(words, menu)
            action.triggered.connect(run)
            menu.addAction(action)

        if len(ids) == 1:
            add(tr("Open file"), lambda: self.open_file(ids[0]))
            add(tr("Plan visit"), lambda: self._changes.plan(ids[0]))
        for tier in Tier:
            add(tr("Set tier {tier}", tier=tier.value), lambda _=False, tier=tier: self._changes.set_tier(ids, tier))
        menu.addSeparator()
        add(tr("Delete"), self.delete)
        menu.popup(place)

    # -- files ---------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Choose a spreadsheet to import."""
        ask_for_file(self.ctx, self).fileSelected.connect(self._import_file)

    def _import_file(self, path: str) -> None:
        self.ctx.go(Place("import", extra=path))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()
            self._show_drop(on=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(on=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drop(on=False)
        path = dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self._import_file(path)

    def _show_drop(self, *, on: bool) -> None:
        if self._empty.isVisibleTo(self):
            self._empty.zone.set_hot(on)
        else:
            self._veil.cover(on)

    # -- Qt ------------------------------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self._rows.total:
                self._focus_list()
                return True
            if event.key() == Qt.Key.Key_Escape and self._filters.search.text():
                self._filters.search.setText("")
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        search = self._filters.search
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape and search.text():
            search.setText("")
        elif bare and event.text().isprintable() and event.text().strip() and search.isVisible():
            # Typing anywhere on the page is a search.
            search.setFocus(Qt.FocusReason.OtherFocusReason)
            search.edit.insert(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._veil.setGeometry(self.content.rect())
        self._fit_preview()
