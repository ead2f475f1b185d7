"""The rows of the list of distributors: all ids, and the few pages of rows that are or were on screen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from channel_desk.domain.keys import match_spans
from channel_desk.errors import UserError
from channel_desk.presentation.distributor_columns import NOTHING, Column, ListRow, RowWriter
from channel_desk.services.finding import PAGE, DistributorLine, Found, ListQuery, ListResult, all_ids, lines_of
from channel_desk.storage.reader import Reader
from channel_desk.ui.overriding import override
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.widgets.drawing import plain_tip

Index = QModelIndex | QPersistentModelIndex
Spans = list[tuple[int, int]]
_NO_INDEX: Final = QModelIndex()
#: Pages that are kept; the oldest goes when another comes.
_KEPT_PAGES: Final = 80
#: Pages that one read brings at most: those that a tall screen shows, twice.
_PAGES_AT_ONCE: Final = 6
#: Every so many rows it is looked whether the pages beside them are there; fewer than any screen shows.
_BETWEEN: Final = PAGE // 2
#: Rows that are not there after so many milliseconds are shown as grey bars.
_PATIENCE: Final = 150
#: The other ids are read after so many milliseconds without another key, which would have to wait for them.
_TYPING_ENDS: Final = 120

_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_FLAGS_OF_CHECK: Final = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable


class DistributorRows(QAbstractTableModel):
    """Answers only from what is ready; a row that is asked for too early is read and announced by ``dataChanged``."""

    #: The set of checked rows is another one.
    checks_changed = Signal()
    #: All ids are known now, and so is their number.
    completed = Signal()
    #: "rows" or "ids" could not be read, and why; :meth:`read_again` tries once more.
    unread = Signal(str, UserError)
    #: They have come, or another list stands here, which does not wait for them.
    came = Signal(str)

    def __init__(self, tasks: Tasks, writer: RowWriter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._writer = writer
        self._query = ListQuery()
        self._result = ListResult(ids=array("q"), total=0)
        self._total = 0
        self._pages: OrderedDict[int, tuple[ListRow | None, ...]] = OrderedDict()
        self._spans: dict[str, Spans] = {}
        self._checked: set[int] = set()
        self._wanted: set[int] = set()
        #: Grows with each list, so that rows of an older one are not taken for its own.
        self._round = 0
        self._under_way: frozenset[int] = frozenset()
        #: Pages that could not be read; painting them does not try again.
        self._missed: set[int] = set()
        #: Whether rows are on their way for so long that their place is marked.
        self.is_late = False
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)
        self._completing = QTimer(self)
        self._completing.setSingleShot(True)
        self._completing.setInterval(_TYPING_ENDS)
        self._completing.timeout.connect(self._read_ids)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._grow_late)

    # -- what is shown -----------------------------------------------------------------------------------------------

    @property
    def query(self) -> ListQuery:
        return self._query

    @property
    def result(self) -> ListResult:
        """What is known of the list."""
        return self._result

    @property
    def total(self) -> int:
        """How many rows there are; while they are not counted, as many as before or those that are known."""
        return self._total

    @property
    def is_complete(self) -> bool:
        """Whether all ids are known, so that rows can be found by id and all of them be checked."""
        return self._result.complete

    @property
    def ids(self) -> array[int]:
        """The ids in order, as far as they are known; not to be changed."""
        return self._result.ids

    def set_writer(self, writer: RowWriter) -> None:
        """Rows that come from now on are written by ``writer``: another day has begun."""
        self._writer = writer

    def show_found(self, query: ListQuery, found: Found) -> None:
        """Show the answer to ``query``; while it is not complete, the other ids are read."""
        self.beginResetModel()
        self._forget_rows()
        self._query = query
        self._result = found.result
        # The bar beside the rows does not jump to a few and back at each key.
        self._total = found.result.total if found.result.counted else max(found.result.total, self._total)
        self._spans.clear()
        self._wanted.clear()
        for first in range(0, len(found.lines), PAGE):
            self._keep(first // PAGE, found.lines[first : first + PAGE])
        self.endResetModel()
        self.stop_completing()
        self.came.emit("ids")
        if self.is_complete:
            self._drop_strange_checks()
            self.completed.emit()
        else:
            self._completing.start()

    def _forget_rows(self) -> None:
        """The rows that are there or on their way belong to another list: nobody waits for them any more."""
        self._round += 1
        self._pages.clear()
        self._under_way = frozenset()
        self._missed.clear()
        self._patience.stop()
        self.is_late = False
        self.came.emit("rows")

    def stop_completing(self) -> None:
        """The other ids are not read any more: another list is about to come."""
        self._completing.stop()
        self._tasks.drop(self, "ids")

    def _read_ids(self) -> None:
        query, here = self._query, self._round

        def take(result: ListResult) -> None:
            if here == self._round:
                self._complete_ids(result)

        self._tasks.read(
            lambda reader: all_ids(reader, query),
            take,
            owner=self,
            key="ids",
            failed=partial(self.unread.emit, "ids"),
            gives_way=True,
        )

    def _complete_ids(self, result: ListResult) -> None:
        known, shown, total = self.ids, self.total, result.total
        if result.ids[: len(known)] != known:
            self.beginResetModel()
            self._forget_rows()
            self._result, self._total = result, total
            self.endResetModel()
        elif total > shown:
            self.beginInsertRows(_NO_INDEX, shown, total - 1)
            self._result, self._total = result, total
            self.endInsertRows()
        elif total < shown:
            self.beginRemoveRows(_NO_INDEX, total, shown - 1)
            self._result, self._total = result, total
            self.endRemoveRows()
        else:
            self._result = result
        self._drop_strange_checks()
        self.came.emit("ids")
        self.completed.emit()
        if self._wanted:
            self._asking.start()

    # -- rows --------------------------------------------------------------------------------------------------------

    def row(self, row: int) -> ListRow | None:
        """The row that is shown at ``row``; None while it is on its way, which this sets going."""
        page, place = divmod(row, PAGE)
        rows = self._pages.get(page)
        if rows is not None:
            if place % _BETWEEN == 0 and self.is_complete:
                # Whoever scrolls on or leafs finds the rows ready.
                self._want(page - 1)
                self._want(page + 1)
            return rows[place] if place < len(rows) else None
        self._want(page)
        return None

    def _want(self, page: int) -> None:
        if page not in self._pages and page not in self._under_way | self._missed and 0 <= page * PAGE < self.total:
            self._wanted.add(page)
            self._asking.start()

    def id_at(self, row: int) -> int | None:
        return self.ids[row] if 0 <= row < len(self.ids) else None

    def row_of(self, distributor_id: int) -> int | None:
        """Where ``distributor_id`` stands; None when it is not in the list."""
        try:
            return self.ids.index(distributor_id)
        except ValueError:
            return None

    def spans(self, text: str) -> Spans:
        """The marked characters of a text in the list; worked out when it is painted first."""
        found = self._spans.get(text)
        if found is None:
            found = self._spans[text] = match_spans(text, self._query.text)
        return found

    def _ask(self) -> None:
        if not self._wanted:
            return
        if not self.is_complete and max(self._wanted) * PAGE >= len(self.ids):
            # The ids of these pages come first, and now.
            if self._completing.isActive():
                self._completing.stop()
                self._read_ids()
            return
        pages = sorted(self._wanted)[-_PAGES_AT_ONCE:]
        self._wanted.clear()
        self._under_way = frozenset(pages)
        wanted = {page: tuple(self.ids[page * PAGE : (page + 1) * PAGE]) for page in pages}
        text, here = self._query.text, self._round

        def work(reader: Reader) -> dict[int, tuple[DistributorLine, ...]]:
            return {page: lines_of(reader, ids, text=text) for page, ids in wanted.items()}

        self._patience.start()
        self._tasks.read(
            work,
            lambda read: self._take(here, read),
            owner=self,
            key="rows",
            failed=lambda error: self._miss(here, error),
        )

    def _miss(self, asked_in: int, error: UserError) -> None:
        """The rows stay grey until somebody tries again."""
        if asked_in == self._round:
            self._missed |= self._under_way
            self._under_way = frozenset()
            self.unread.emit("rows", error)

    def read_again(self) -> None:
        """Read what could not be read."""
        self._wanted |= self._missed
        self._missed.clear()
        if not self.is_complete:
            self._read_ids()
        if self._wanted:
            self._asking.start()

    def _take(self, asked_in: int, read: dict[int, tuple[DistributorLine, ...]]) -> None:
        if asked_in != self._round:
            return
        self._under_way = frozenset()
        self._missed.clear()
        self._patience.stop()
        self.is_late = False
        self.came.emit("rows")
        for page, lines in read.items():
            if page * PAGE < len(self.ids):
                self._keep(page, lines)
                first, last = page * PAGE, min((page + 1) * PAGE, self.total) - 1
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _keep(self, page: int, lines: Iterable[DistributorLine]) -> None:
        written: dict[int, ListRow] = {line.id: self._writer.write(line) for line in lines}
        ids = self.ids[page * PAGE : (page + 1) * PAGE]
        self._pages[page] = tuple(written.get(one) for one in ids)
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
            self._spans.clear()

    def _grow_late(self) -> None:
        self.is_late = True
        self.dataChanged.emit(self.index(0, 0), self.index(self.total - 1, len(Column) - 1))

    # -- checks ------------------------------------------------------------------------------------------------------

    @property
    def checked(self) -> frozenset[int]:
        """The ids of the checked rows."""
        return frozenset(self._checked)

    @property
    def has_checks(self) -> bool:
        return bool(self._checked)

    def is_checked(self, row: int) -> bool:
        return bool(self._checked) and self.id_at(row) in self._checked

    def check(self, rows: Iterable[int], *, on: bool) -> None:
        """Check ``rows`` or take the check away."""
        ids = {self.ids[row] for row in rows if 0 <= row < len(self.ids)}
        self._set_checks(self._checked | ids if on else self._checked - ids)

    def check_only(self, rows: Iterable[int]) -> None:
        """Check ``rows`` and no others."""
        self._set_checks({self.ids[row] for row in rows if 0 <= row < len(self.ids)})

    def check_all(self) -> None:
        """Check every row; nothing while not all ids are known."""
        if self.is_complete:
            self._set_checks(set(self.ids))

    def clear_checks(self) -> None:
        self._set_checks(set())

    @property
    def check_state(self) -> Qt.CheckState:
        """Of all rows together, for the head."""
        if not self._checked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if len(self._checked) == self.total else Qt.CheckState.PartiallyChecked

    def _set_checks(self, ids: set[int]) -> None:
        if ids == self._checked:
            return
        self._checked = ids
        if self.total:
            self.dataChanged.emit(self.index(0, 0), self.index(self.total - 1, len(Column) - 1))
        self.checks_changed.emit()

    def _drop_strange_checks(self) -> None:
        """A row that is not in the list is never acted on."""
        if self._checked and not self._checked <= (here := set(self.ids)):
            self._set_checks(self._checked & here)

    # -- Qt ----------------------------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self.total

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS_OF_CHECK if index.column() == Column.CHECK else _FLAGS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.CHECK:
            return Qt.CheckState.Checked if self.is_checked(index.row()) else Qt.CheckState.Unchecked
        if role in _TEXT_ROLES:
            row = self.row(index.row())
            return None if row is None else row.text(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.PROMISES:
            # Two numbers and a colour: here they are in words.
            row = self.row(index.row())
            return None if row is None or row.promises == NOTHING else plain_tip(row.promises)
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.CHECK:
            return False
        self.check([index.row()], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


_TEXT_ROLES: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})
