"""The list of distributors: found while typing, walked through by keys, with Undo for everything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.visits import Visit
from channel_desk.errors import UserError
from channel_desk.presentation.distributor_columns import COLUMNS, heads
from channel_desk.presentation.distributor_foot import foot_text
from channel_desk.services.distributors import namesakes
from channel_desk.services.finding import (
    DistributorLine,
    Facets,
    Found,
    ListQuery,
    View,
    count_views,
    facets,
    find_distributors,
    frequent_characters,
    read_ahead,
)
from channel_desk.storage.queries.distributor_list import Sort
from channel_desk.ui.context import Context
from channel_desk.ui.distributors.changes import DistributorChanges
from channel_desk.ui.distributors.glyphs import GlyphsAhead
from channel_desk.ui.distributors.list_area import ListArea
from channel_desk.ui.distributors.nothing import DropVeil
from channel_desk.ui.distributors.preview import Preview
from channel_desk.ui.distributors.question import Question
from channel_desk.ui.distributors.row_actions import RowActions
from channel_desk.ui.forms.drop_zone import ask_for_file
from channel_desk.ui.forms.file_drop import FileDrop
from channel_desk.ui.forms.kept_forms import About, kept_forms
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import EVERYTHING, Place
from channel_desk.ui.widgets.button import Button

#: The pane hides first where the page is narrower, unless F4 says otherwise.
_ROOM_FOR_PREVIEW: Final = 1000
#: What the name of a new distributor is kept under that was left half typed.
_NEW: Final = About("distributors", "new distributor")


@dataclass(frozen=True)
class _Numbers:
    views: dict[View, int]
    facets: Facets


class DistributorsPage(Page):
    """See the module. ``extra`` of its place is a text to search for, or :data:`EVERYTHING`."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (Distributor, Contact, Visit, Commitment)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        #: Whether any list has come yet.
        self._has_answer = False
        #: How many distributors there are, None before that is known.
        self._all: int | None = None
        self._opens_first = False
        self._preview_wanted: bool | None = None
        self._changes = DistributorChanges(ctx, self)
        self._build()
        self._connect()
        self._connect_list()
        self._add_actions()
        kept = kept_forms(ctx).find(_NEW)
        if kept is not None:
            self._list.strip.begin(str(kept.typing["name"][0]))

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ctx, theme, tr = self.ctx, self.ctx.theme, self.ctx.tr
        self.bar.set_title(tr("Distributors"))
        self._import = Button(theme, tr("Import…"), icon="upload")
        self._new = Button(theme, tr("New distributor"), "primary", icon="plus")
        self.bar.add_right(self._import)
        self.bar.add_right(self._new)
        self._list = ListArea(ctx)
        self._rows, self._table = self._list.rows, self._list.table
        self._question = Question(ctx, self._table)
        self._views, self._filters = self._question.views, self._question.filters
        self._table.search = self._filters.search.edit
        self._preview = Preview(ctx)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addWidget(self._list, 1)
        lower.addWidget(self._preview)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for strip in (self._views, self._filters):
            layout.addWidget(strip)
        layout.addLayout(lower, 1)
        self._veil = DropVeil(ctx, self.content)
        self._glyphs = GlyphsAhead(theme, self)

    def _connect(self) -> None:
        self._import.clicked.connect(self.choose_file)
        self._new.clicked.connect(self.new_distributor)
        self._question.changed.connect(self._ask)
        self._filters.entered.connect(self._open_first)
        self._filters.search.edit.installEventFilter(self)
        self._preview.opened.connect(self.open_file)
        self._preview.visit_wanted.connect(self._changes.plan)
        self._changes.changed.connect(self.load)
        self._changes.created.connect(self._open_new)
        self._changes.planned.connect(self._go_to_planner)
        drop = FileDrop(self)
        drop.held.connect(self._show_drop)
        drop.dropped.connect(self._import_file)

    def _connect_list(self) -> None:
        area, bulk = self._list, self._list.foot.bulk
        area.settled.connect(lambda: self._preview.follow(self._table.current_id))
        self._rows.completed.connect(self._show_foot)
        self._rows.unread.connect(self._tell_unread_rows)
        self._rows.came.connect(self._unread.take_back)
        area.strip.named.connect(self._create_new)
        area.strip.confirmed.connect(self._create)
        area.strip.existing_wanted.connect(self._open_existing)
        area.no_match.clear_wanted.connect(self._clear)
        area.no_match.new_wanted.connect(lambda: area.strip.begin(self._filters.search.text().strip()))
        area.empty.choose_wanted.connect(self.choose_file)
        area.empty.new_wanted.connect(self.new_distributor)
        self._table.opened.connect(self.open_file)
        self._table.sort_wanted.connect(self.sort_by)
        bulk.cleared.connect(self._uncheck)

    def _add_actions(self) -> None:
        tr = self.ctx.tr
        self.add_page_action("new", tr("New distributor"), self.new_distributor, keys="Ctrl+N")
        self.add_page_action("import", tr("Import…"), self.choose_file, keys="Ctrl+I")
        self.add_page_action("preview", tr("Show or hide the preview"), self.toggle_preview, keys="F4")
        self._row_actions = RowActions(self, self._list, self._changes, open_file=self.open_file)
        words = heads(self.ctx.language)
        for column, spec in COLUMNS.items():
            if spec.sort is not None:
                text = tr("Sort by {column}", column=words[column])
                self.add_page_action(f"sort_{spec.sort}", text, partial(self.sort_by, spec.sort, spec.falls))

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def query(self) -> ListQuery:
        """What is asked for."""
        return self._question.query

    def show_place(self, place: Place) -> None:
        if place.extra == EVERYTHING:
            self._question.clear()
        elif place.extra and place.extra != self._filters.search.text():
            self._filters.search.setText(place.extra)

    def search_field(self) -> QWidget:
        return self._filters.search.edit

    def start_focus(self) -> QWidget:
        return self._list.empty if self._is_empty else self._table

    @override
    def leave(self) -> None:
        kept_forms(self.ctx).keep_if_typed(_NEW, self._list.strip.typing)

    @override
    def let_go(self) -> None:
        self._question.keep()

    def load(self) -> None:
        self._list.refresh_day()
        self._ask()
        self.read(
            lambda reader: _Numbers(count_views(reader), facets(reader)),
            self._show_numbers,
            key="numbers",
            gives_way=True,
        )
        # Last, for the numbers look at much else: the first key finds in memory what it needs.
        self.ctx.tasks.read_ahead(read_ahead)
        if self._glyphs.is_wanting:
            self.read(frequent_characters, self._glyphs.draw, key="characters", gives_way=True)

    def _ask(self) -> None:
        query, limit = self.query, self._list.rows_wanted
        # The rows of this key come first.
        self._preview.rest()
        self._rows.stop_completing()
        self.read(
            lambda reader: find_distributors(reader, query, limit=limit),
            lambda found: self._show(query, found),
            key="list",
            failed=self._wait_no_more,
        )

    def _wait_no_more(self, _error: UserError) -> bool:
        self._list.loading.stop()
        return False

    def _tell_unread_rows(self, key: str, error: UserError) -> None:
        self._unread.say(key, self.ctx.feedback.sentence(error), self._rows.read_again)

    def _show(self, query: ListQuery, found: Found) -> None:
        self._has_answer = True
        self._list.show_found(query, found)
        self._show_state()
        self._show_foot()
        if self._opens_first:
            self._opens_first = False
            self._open_first()

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
        result = self._rows.result
        if self._has_answer and result.counted:
            query = self._rows.query
            narrowed = self._filters.is_narrowing or query.view is not View.ALL
            said = foot_text(self.ctx.language, result, of=self._all or 0, text=query.text, narrowed=narrowed)
            self._list.foot.say(*said)

    # -- states --------------------------------------------------------------------------------------------------------

    @property
    def _is_empty(self) -> bool:
        """Whether there is no distributor at all."""
        query = self._rows.query
        plain = query == ListQuery(sort=query.sort, descending=query.descending)
        return self._has_answer and not self._rows.total and (plain or self._all == 0)

    def _show_state(self) -> None:
        if not self._has_answer:
            return
        empty = self._is_empty
        self._filters.setVisible(not empty)
        self._import.setVisible(not empty)
        self._list.show_state(empty=empty, narrowed=self._filters.is_narrowing, view=self._views.current)
        self._fit_preview()

    # -- the pane ------------------------------------------------------------------------------------------------------

    def toggle_preview(self) -> None:
        """Show or hide the pane whatever the width of the window."""
        self._preview_wanted = not self._preview.isVisibleTo(self)
        self._fit_preview()

    def _fit_preview(self) -> None:
        wanted = self._preview_wanted if self._preview_wanted is not None else self.width() >= _ROOM_FOR_PREVIEW
        self._preview.setVisible(wanted and bool(self._rows.total))
        if self._preview.isVisibleTo(self):
            self._preview.follow(self._table.current_id)

    # -- asking for others ---------------------------------------------------------------------------------------------

    def sort_by(self, sort: Sort, falls: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Sort by a column; ``falls`` puts the greatest value first."""
        self._question.sort_by(sort, falls=falls)

    def _clear(self) -> None:
        self._question.clear()
        self._filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        """Enter in the search field: open the current row, once it answers to what was typed."""
        if self.query != self._rows.query:
            self._opens_first = True
        elif self._table.current_id:
            self.open_file(self._table.current_id)

    # -- going and changing --------------------------------------------------------------------------------------------

    def open_file(self, distributor_id: int) -> None:
        if distributor_id:
            self.ctx.go(Place("file", distributor_id))

    def new_distributor(self) -> None:
        """Type a name above the list."""
        self._list.strip.begin()

    def _create_new(self, name: str) -> None:
        """Create a distributor, unless there is one of that name: that is told first."""

        def go_on(same: tuple[DistributorLine, ...]) -> None:
            if name != self._list.strip.field.text():
                return  # it was typed on meanwhile
            if same:
                self._list.strip.tell_namesake(same[0].id, same[0].display_name, same[0].city)
            else:
                self._create(name)

        self.ctx.tasks.read(lambda reader: namesakes(reader, name), go_on, owner=self, key="namesakes")

    def _open_existing(self, distributor_id: int) -> None:
        self._list.strip.close_strip()
        self.open_file(distributor_id)

    def _create(self, name: str) -> None:
        def failed(error: UserError) -> None:
            self._list.strip.field.set_error(self.ctx.feedback.sentence(error))

        self._changes.create(name.strip(), failed=failed)

    def _open_new(self, distributor_id: int) -> None:
        self._list.strip.hide()
        self.load_anew()
        self.open_file(distributor_id)

    def _go_to_planner(self, visit_id: int, day: str) -> None:
        self.load_anew()
        self.ctx.go(Place("planner", visit_id, day))

    def delete(self) -> None:
        """Delete what is checked, else the current row; Undo brings it back."""
        self._row_actions.delete()

    def _uncheck(self) -> None:
        self._rows.clear_checks()
        self._list.focus_rows()  # the button that was pressed is gone with the checks

    # -- files ---------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Choose a spreadsheet to import."""
        ask_for_file(self.ctx, self).fileSelected.connect(self._import_file)

    def _import_file(self, path: str) -> None:
        self.ctx.go(Place("import", extra=path))

    def _show_drop(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._is_empty:
            self._list.empty.zone.set_hot(on)
        else:
            self._veil.cover(on)

    # -- Qt ------------------------------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self._rows.total:
                self._list.focus_rows()
                return True
            if event.key() == Qt.Key.Key_Escape and self._filters.search.text():
                self._filters.search.setText("")
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        search = self._filters.search
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape and self._rows.has_checks:
            self._uncheck()
        elif event.key() == Qt.Key.Key_Escape and search.text():
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
