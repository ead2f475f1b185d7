"""One key in the search of the list: the query, and the whole way to the painted table."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.services.finding import ListQuery, find_distributors
from channel_desk.storage.store import Store
from channel_desk.ui.theme.theme import make_application
from tests.benchmarks.measure import Row, in_turn, milliseconds

WORDS = ("hn", "hunan", "湖南", "长沙", "6620", "gongsi", "窜货")
#: Painting is measured once for each word, as it is typed for the first time: more of them, against the noise.
PAINTED_WORDS = (*WORDS, "wh", "wuhan", "武汉", "公司", "wang", "李", "机电", "138", "henan", "郑州", "shangmao")
#: Typed letter by letter, some six a second: what a key finds unfinished of the one before counts.
TYPED_WORDS = ("hunan", "changsha", "shangmao", "wang", "6620", "长沙", "武汉")
APART = 150
ROUNDS = 9


def _raw(store: Store) -> Any:
    """What any search has to do at least: match in the index of the file, and read a page of rows by id."""

    def work(reader: Any) -> None:
        hits = reader.raw.execute(
            "SELECT rowid FROM search_short WHERE search_short MATCH '\"湖南\"' LIMIT 64"
        ).fetchall()
        ids = [row[0] >> 2 for row in hits] or [1]
        marks = ", ".join("?" * len(ids))
        reader.raw.execute(
            f"SELECT id, name, city, tier, status FROM distributors WHERE id IN ({marks})", ids
        ).fetchall()

    return lambda: store.read(work)


def _search(store: Store, query: ListQuery) -> Callable[[], object]:
    return lambda: store.read(lambda reader: find_distributors(reader, query))


class _Painted(QObject):
    """Ends ``loop`` after the first painting of the table that shows the new rows."""

    def __init__(self, table: QTableView, loop: QEventLoop) -> None:
        super().__init__(table)
        self._loop = loop
        self._rows_are_new = False
        self._table = table
        table.model().modelReset.connect(self._note)
        table.viewport().installEventFilter(self)

    def _note(self) -> None:
        self._rows_are_new = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._rows_are_new:
            self._rows_are_new = False
            QTimer.singleShot(0, self._loop.quit)
        return False

    def expect(self) -> None:
        """From now on: rows that came before the next key do not count."""
        self._rows_are_new = False

    def stop(self) -> None:
        self._table.viewport().removeEventFilter(self)
        self._table.model().modelReset.disconnect(self._note)


def _type(field: Any, loop: QEventLoop, word: str) -> None:
    """Change the field and wait until the answer has been painted."""
    field.setText(word)
    loop.exec()


def measure(regions: dict[int, DataFolder]) -> Iterator[Row]:
    """The query alone, against the bare query on the same file."""
    for size, data in regions.items():
        store = Store.open(data, SystemClock())
        values, floors = [], []
        for word in WORDS:
            value, floor = in_turn(_search(store, ListQuery(text=word)), _raw(store), rounds=ROUNDS)
            values.append(value)
            floors.append(floor)
        floor = statistics.median(floors)
        yield Row(
            f"keystroke, query and first rows, median word, {size} distributors", statistics.median(values), "ms", floor
        )
        yield Row(f"keystroke, query and first rows, slowest word, {size} distributors", max(values), "ms", floor)
        store.close()


def measure_painted(regions: dict[int, DataFolder]) -> Iterator[Row]:
    """From the changed field to the painted table, against a bare repaint of the same table."""
    from channel_desk.app import Choice, Desk
    from channel_desk.ui.interpreter import prepare_interpreter
    from channel_desk.ui.place import Place

    prepare_interpreter()
    app = QApplication.instance() or make_application("bench")
    assert isinstance(app, QApplication)
    for size, data in regions.items():
        desk = Desk(app, Choice(data, SystemClock(), "zh_CN"))
        loop = QEventLoop()
        desk.settled.connect(loop.quit)
        desk.start()
        loop.exec()
        # What is loaded ahead of use is loaded, as it is before anybody has found the search field.
        _let_pass(3_000)
        desk.window.resize(1440, 900)
        desk.window.go(Place("distributors"))
        _wait(desk)
        page: Any = desk.window.page
        table = page.findChild(QTableView)
        field = page.search_field()
        times, repaints = [], []
        typing = QEventLoop()
        painted = _Painted(table, typing)
        for word in PAINTED_WORDS:
            _pause(desk)
            painted.expect()
            times.append(milliseconds(partial(_type, field, typing, word)))
            # The floor in the same state of the machine: the same rows, after the same pause.
            _pause(desk)
            repaints.append(milliseconds(table.viewport().repaint))
        floor = statistics.median(repaints)
        yield Row(f"keystroke to painted rows, {size} distributors", statistics.median(times), "ms", floor)
        yield _painting(table, size)
        times = []
        for word in TYPED_WORDS:
            field.setText("")
            _pause(desk)
            for end in range(1, len(word) + 1):
                _let_pass(APART)
                painted.expect()
                times.append(milliseconds(partial(_type, field, typing, word[:end])))
        painted.stop()
        for which, value in (("median", statistics.median(times)), ("slowest", max(times))):
            yield Row(f"letters typed one after the other, {which}, {size} distributors", value, "ms", floor)
        desk.tasks.close()
        desk.window.deleteLater()


def _painting(table: QTableView, size: int) -> Row:
    """Painting the rows again, against Qt's own table and delegate with the same words."""
    rows = table.model()
    words = QStandardItemModel(table.viewport().height() // table.rowHeight(0), rows.columnCount())
    for row in range(words.rowCount()):
        for column in range(words.columnCount()):
            words.setItem(row, column, QStandardItem(str(rows.index(row, column).data() or "")))
    plain = QTableView()
    plain.setModel(words)
    plain.verticalHeader().hide()
    plain.verticalHeader().setDefaultSectionSize(table.rowHeight(0))
    plain.resize(table.size())
    for column in range(words.columnCount()):
        plain.setColumnWidth(column, table.columnWidth(column))
    plain.show()
    _let_pass(APART)
    value, floor = in_turn(table.viewport().repaint, plain.viewport().repaint, rounds=ROUNDS)
    return Row(f"repaint of the rows, {size} distributors", value, "ms", floor)


def _pause(desk: Any) -> None:
    """As long as somebody looks at what was found: the pane beside it and the other ids have come and are painted."""
    for pause in (400, 100):
        _let_pass(pause)
        _wait(desk)


def _let_pass(pause: int) -> None:
    """Let the event loop run for so many milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(pause, loop.quit)
    loop.exec()


def _wait(desk: Any) -> None:
    """Let the event loop run until the worker has nothing left to do."""
    if desk.tasks.is_busy:
        loop = QEventLoop()
        desk.tasks.idle.connect(loop.quit)
        QTimer.singleShot(20_000, loop.quit)
        loop.exec()
        desk.tasks.idle.disconnect(loop.quit)
