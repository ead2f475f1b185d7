"""Tables: reading, choosing and opening rows with the keyboard, and what is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.table import Table
from channel_desk.ui.widgets.table_model import LOADING, Cell, Column, TableModel

NAMES = ("Xiangyue M&E", "Hengneng", "<b>Songyuan</b>", "Baoqing Lamps", "Jinhui")
COLUMNS = (
    Column("check", "", 36, sorts=False, keeps=True),
    Column("name", "Distributor", 160, stretch=True),
    Column("tier", "Tier", 60),
    Column("target", "Target", 90, right=True),
)


class Distributors(TableModel):
    def __init__(self) -> None:
        super().__init__(COLUMNS)
        self.checked: set[int] = set()
        self.loaded = len(NAMES)

    @override
    def row_count(self) -> int:
        return len(NAMES)

    @override
    def cell(self, row: int, column: Column) -> Cell:
        if row >= self.loaded:
            return LOADING
        if column.key == "check":
            return Cell(kind="check", checked=row in self.checked)
        if column.key == "name":
            return Cell(NAMES[row], "strong", spans=((0, 4),) if row == 1 else ())
        return Cell(mark="A", kind="tier") if column.key == "tier" else Cell("87%")

    @override
    def check(self, row: int, *, checked: bool) -> bool:
        (self.checked.add if checked else self.checked.discard)(row)
        return True


@pytest.fixture
def model() -> Distributors:
    return Distributors()


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, model: Distributors) -> Iterator[Table]:
    table = Table(theme, model, name="Distributors")
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    yield table
    table.close()


Press = Callable[..., None]


@pytest.fixture
def press(qtbot: QtBot, table: Table) -> Press:
    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(table, key, modifier)

    return press


def colours(table: Table, row: int) -> set[str]:
    """The colours in the middle line of a row."""
    image = table.viewport().grab().toImage()
    y = table.rowViewportPosition(row) + 4
    return {image.pixelColor(x, y).name() for x in range(image.width())}


def test_that_the_model_keeps_the_rules_of_qt(model: Distributors) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert tester.model() is model


def test_that_the_keyboard_lands_on_the_first_row_and_arrows_move(table: Table, press: Press) -> None:
    assert (table.current_row, table.chosen_rows) == (0, [0])
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert (table.current_row, table.chosen_rows) == (2, [2])
    press(Qt.Key.Key_End)
    assert table.current_row == 4


def test_that_shift_extends_the_selection(table: Table, press: Press) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.chosen_rows == [1, 2]


def test_that_space_checks_the_row_and_arrows_keep_the_checks(table: Table, press: Press, model: Distributors) -> None:
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert model.checked == {0, 2}
    press(Qt.Key.Key_Space)
    assert model.checked == {0}


def test_that_space_checks_all_selected_rows(table: Table, press: Press, model: Distributors) -> None:
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Space)
    assert model.checked == {0, 1}


def test_that_enter_opens_the_row(qtbot: QtBot, table: Table, press: Press) -> None:
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as told:
        press(Qt.Key.Key_Return)
    assert told.args == [1]


def test_that_a_click_on_the_box_checks_without_moving(qtbot: QtBot, table: Table, model: Distributors) -> None:
    place = table.visualRect(model.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (model.checked, table.current_row) == ({3}, 0)


def test_that_the_selection_stays_visible_without_the_focus(theme: Theme, table: Table) -> None:
    selected = theme.colour("accent-select").name()
    table.clearFocus()
    assert selected in colours(table, 0)
    assert selected not in colours(table, 1)


def test_that_checked_rows_look_selected(theme: Theme, table: Table, model: Distributors) -> None:
    model.check(2, checked=True)
    assert theme.colour("accent-select").name() in colours(table, 2)


def test_that_a_change_of_the_theme_reaches_the_rows(theme: Theme, table: Table) -> None:
    ground = QColor(theme.colour("surface")).name()
    assert ground in colours(table, 3)
    theme.set_mode("dark")
    try:
        assert theme.colour("surface").name() in colours(table, 3)
        assert ground not in colours(table, 3)
    finally:
        theme.set_mode("light")


def test_that_matches_are_marked(theme: Theme, table: Table) -> None:
    image = table.viewport().grab().toImage()
    rect = table.visualRect(table.model().index(1, 1))
    found = {image.pixelColor(x, rect.center().y()).name() for x in range(rect.left(), rect.right())}
    assert theme.colour("match").name() in found


def test_that_rows_on_their_way_are_grey_bars(theme: Theme, table: Table, model: Distributors) -> None:
    model.loaded = 3
    image = table.viewport().grab().toImage()
    rect = table.visualRect(model.index(4, 1))
    assert image.pixelColor(rect.left() + 30, rect.center().y()) == theme.colour("hairline")


def test_that_assistive_technology_reads_names_as_they_are(table: Table, model: Distributors) -> None:
    assert model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "<b>Songyuan</b>"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Distributor"


def test_that_columns_drop_from_the_right(qtbot: QtBot, table: Table) -> None:
    table.resize(300, 300)
    qtbot.waitUntil(lambda: table.isColumnHidden(3))
    assert not table.isColumnHidden(1)
    assert not table.isColumnHidden(0)
    table.resize(600, 300)
    qtbot.waitUntil(lambda: not table.isColumnHidden(3))


def test_that_the_head_sorts_and_turns_the_order(qtbot: QtBot, table: Table) -> None:
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(1) + 20, 10)
    orders = []
    table.sort_wanted.connect(lambda key, descending: orders.append((key, descending)))
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert orders == [("name", False), ("name", True)]
