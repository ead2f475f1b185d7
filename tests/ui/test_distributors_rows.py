"""The windowed model of the list: what is ready is shown, the rest is read, nothing is lost between lists."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, SignalInstance
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from channel_desk.clock import FixedClock
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.errors import UserError
from channel_desk.i18n import Language
from channel_desk.paths import DataFolder
from channel_desk.presentation.distributor_columns import Column, RowWriter
from channel_desk.services.finding import PAGE, Found, ListQuery, ListResult, find_distributors
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.models.distributor_rows import DistributorRows
from channel_desk.ui.tasks import Tasks
from tests.conftest import SHANGHAI
from tests.fixtures.disks import forget_pages, unreadable

COUNT = 4 * PAGE + 10


@pytest.fixture
def long_list(data_folder: DataFolder, clock: FixedClock) -> None:
    store = Store.open(data_folder, clock)
    names = [Distributor(name=f"Distributor {number:04d}", city="长沙") for number in range(COUNT)]
    store.write("Fill", lambda uow: uow.insert_many(names), undoable=False)
    store.close()


@pytest.fixture
def rows(long_list: None, tasks: Tasks, clock: FixedClock, language_en: Language) -> Iterator[DistributorRows]:
    rows = DistributorRows(tasks, RowWriter(language_en, SHANGHAI, today=clock.today()))
    yield rows
    rows.deleteLater()


Ask = Callable[[ListQuery], None]
Totals = list[int]


@pytest.fixture
def completed(
    rows: DistributorRows, tasks: Tasks, settle: Callable[[], None], qtbot: QtBot
) -> Callable[[SignalInstance], Totals]:
    """Show the first page of "distributor", wait for what ``signal`` tells, and give the totals of each new list."""

    def completed(signal: SignalInstance) -> Totals:
        query = ListQuery(text="distributor")
        totals: Totals = []
        rows.modelReset.connect(lambda: totals.append(rows.total))
        tasks.read(
            lambda reader: find_distributors(reader, query), lambda found: rows.show_found(query, found), owner=rows
        )
        with qtbot.waitSignal(signal):
            settle()
        return totals

    return completed


@pytest.fixture
def ask(rows: DistributorRows, tasks: Tasks, settle: Callable[[], None], qtbot: QtBot) -> Ask:
    """Show the answer to a query and wait for all ids."""

    def ask(query: ListQuery) -> None:
        def show(found: Found) -> None:
            rows.show_found(query, found)

        tasks.read(lambda reader: find_distributors(reader, query, limit=PAGE), show, owner=rows, key="list")
        settle()
        qtbot.waitUntil(lambda: rows.is_complete)

    return ask


def test_that_the_first_page_is_ready_at_once_and_others_come_when_they_are_asked_for(
    rows: DistributorRows, ask: Ask, qtbot: QtBot
) -> None:
    ask(ListQuery())

    assert rows.rowCount() == COUNT
    assert rows.index(0, Column.NAME).data() == "Distributor 0000"
    with qtbot.waitSignal(rows.dataChanged):
        assert rows.index(COUNT - 1, Column.NAME).data() is None
    assert rows.index(COUNT - 1, Column.NAME).data() == f"Distributor {COUNT - 1:04d}"


def test_that_whoever_scrolls_on_or_leafs_finds_the_rows_ready(rows: DistributorRows, ask: Ask, qtbot: QtBot) -> None:
    ask(ListQuery())
    with qtbot.waitSignal(rows.dataChanged):
        assert rows.row(2 * PAGE + 1) is None
    shown = [rows.row(number) for number in range(2 * PAGE + 4, 2 * PAGE + 15)]
    with qtbot.waitSignal(rows.dataChanged):
        pass
    assert None not in shown
    assert rows.row(2 * PAGE - 1) is not None
    assert rows.row(3 * PAGE) is not None


def test_that_the_model_keeps_the_rules_of_qt_also_while_lists_change(
    rows: DistributorRows, ask: Ask, qtmodeltester: ModelTester
) -> None:
    ask(ListQuery())
    qtmodeltester.check(rows)  # type: ignore[no-untyped-call] - of pytest-qt

    ask(ListQuery(text="00"))
    rows.check(range(3), on=True)
    ask(ListQuery())
    qtmodeltester.check(rows)  # type: ignore[no-untyped-call] - of pytest-qt


def test_that_checks_stay_with_their_distributors_when_the_order_changes(rows: DistributorRows, ask: Ask) -> None:
    ask(ListQuery())
    rows.check([0, 2], on=True)
    before = rows.checked

    ask(ListQuery(descending=True))

    assert rows.checked == before
    assert rows.is_checked(COUNT - 1)
    assert not rows.is_checked(0)


def test_that_rows_which_a_search_hides_are_no_longer_checked(rows: DistributorRows, ask: Ask) -> None:
    ask(ListQuery())
    rows.check([0, 5], on=True)

    ask(ListQuery(text="0005"))

    assert rows.checked == frozenset({rows.id_at(0)})


def test_that_all_rows_are_checked_and_the_head_knows(rows: DistributorRows, ask: Ask) -> None:
    ask(ListQuery())

    rows.check_all()
    assert (len(rows.checked), rows.check_state) == (COUNT, Qt.CheckState.Checked)

    rows.check([1], on=False)
    assert rows.check_state is Qt.CheckState.PartiallyChecked


def test_that_matched_characters_are_marked_also_when_pinyin_matched(
    rows: DistributorRows, ask: Ask, tasks: Tasks, settle: Callable[[], None]
) -> None:
    tasks.write("Add", lambda uow: uow.insert(Distributor(name="湖南湘岳机电")))
    settle()

    ask(ListQuery(text="hn"))

    first = rows.row(0)
    assert first is not None
    assert first.name == "湖南湘岳机电"
    assert rows.spans(first.name) == [(0, 2)]


def test_that_a_check_box_can_be_set_through_the_model(rows: DistributorRows, ask: Ask) -> None:
    ask(ListQuery())
    box = rows.index(1, Column.CHECK)

    assert rows.setData(box, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)

    assert box.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert rows.is_checked(1)


def test_that_those_found_by_contact_follow_without_the_names_being_read_again(
    rows: DistributorRows, tasks: Tasks, settle: Callable[[], None], completed: Callable[[SignalInstance], Totals]
) -> None:
    def add(uow: UnitOfWork) -> None:
        other = uow.insert(Distributor(name="武汉江城"))
        uow.insert(Contact(distributor_id=other, name="Mr Distributor"))

    tasks.write("Add", add)
    settle()
    assert completed(rows.rowsInserted) == [PAGE + 1]
    assert (rows.total, rows.result.counted, rows.result.source_counts) == (COUNT + 1, True, (COUNT, 1, 0))
    assert rows.row(0) is not None


def test_that_rows_that_turn_out_not_to_be_there_go_without_the_others_being_read_again(
    rows: DistributorRows,
    tasks: Tasks,
    ask: Ask,
    settle: Callable[[], None],
    completed: Callable[[SignalInstance], Totals],
) -> None:
    ask(ListQuery())
    tasks.write("Add", lambda uow: uow.insert_many([Distributor(name=f"武汉江城{number}") for number in range(30)]))
    settle()
    ask(ListQuery())
    assert completed(rows.rowsRemoved) == [COUNT + 30]
    assert (rows.total, rows.result.counted) == (COUNT, True)


def test_that_a_row_far_down_does_not_wait_until_typing_has_ended(
    rows: DistributorRows, tasks: Tasks, settle: Callable[[], None], qtbot: QtBot
) -> None:
    query = ListQuery(text="distributor")
    tasks.read(lambda reader: find_distributors(reader, query), lambda found: rows.show_found(query, found), owner=rows)
    rows._completing.setInterval(60_000)
    settle()
    assert rows.index(PAGE, Column.NAME).data() is None
    with qtbot.waitSignal(rows.dataChanged):
        settle()
    assert rows.index(PAGE, Column.NAME).data() == f"Distributor {PAGE:04d}"


def test_that_nobody_waits_for_rows_of_a_list_that_is_not_shown_any_more(
    rows: DistributorRows, ask: Ask, tasks: Tasks, qtbot: QtBot
) -> None:
    ask(ListQuery())
    go_on = threading.Event()
    tasks.write("", lambda _uow: go_on.wait(20), undoable=False, toast=False)
    try:
        assert rows.row(COUNT - 1) is None
        qtbot.waitUntil(rows._patience.isActive)
        rows.show_found(ListQuery(text="nobody"), Found(ListResult(ids=array("q"), total=0), ()))
        with qtbot.assertNotEmitted(rows.dataChanged):
            qtbot.waitUntil(lambda: not rows._patience.isActive())
        assert not rows.is_late
    finally:
        go_on.set()


def test_that_rows_far_down_say_why_they_cannot_be_read_and_come_when_they_are_tried_again(
    rows: DistributorRows,
    ask: Ask,
    tasks: Tasks,
    data_folder: DataFolder,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    refused: list[UserError] = []
    tasks.refused.connect(refused.append)
    ask(ListQuery())
    tasks.read(forget_pages, lambda _: None, owner=rows)
    settle()
    with unreadable(data_folder):
        with qtbot.waitSignal(rows.unread) as told:
            assert rows.row(COUNT - 1) is None
        assert told.args is not None
        assert told.args[0] == "rows"
        with qtbot.assertNotEmitted(rows.unread, wait=0):  # painting it once more does not try again
            assert rows.row(COUNT - 1) is None
            settle()
    with qtbot.waitSignals([rows.came, rows.dataChanged]):
        rows.read_again()
    assert rows.row(COUNT - 1) is not None
    assert refused == []
