"""Tables: reading rows with the keyboard, and what is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.table import Table
from channel_desk.ui.widgets.table_delegate import TableDelegate
from channel_desk.ui.widgets.table_model import Cell, Column, TableModel

NAMES = ("Xiangyue M&E", "Hengneng", "<b>Songyuan</b>", "Baoqing Lamps", "Jinhui")
COLUMNS = (
    Column("name", "Distributor", 160, stretch=True),
    Column("tier", "Tier", 60),
    Column("target", "Target", 90, right=True),
)


class Distributors(TableModel):
    def __init__(self) -> None:
        super().__init__(COLUMNS)

    @override
    def row_count(self) -> int:
        return len(NAMES)

    @override
    def cell(self, row: int, column: Column) -> Cell:
        return {"name": Cell(NAMES[row], "strong"), "tier": Cell("A"), "target": Cell("87%")}[column.key]


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
    assert table.current_row == 0
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert table.current_row == 2
    press(Qt.Key.Key_End)
    assert table.current_row == 4


def test_that_the_selection_stays_visible_without_the_focus(theme: Theme, table: Table) -> None:
    selected = theme.colour("accent-select").name()
    table.clearFocus()
    assert selected in colours(table, 0)
    assert selected not in colours(table, 1)


def test_that_a_change_of_the_theme_reaches_the_rows(theme: Theme, table: Table) -> None:
    ground = QColor(theme.colour("surface")).name()
    assert ground in colours(table, 3)
    theme.set_mode("dark")
    try:
        assert theme.colour("surface").name() in colours(table, 3)
        assert ground not in colours(table, 3)
    finally:
        theme.set_mode("light")


def test_that_assistive_technology_reads_names_as_they_are(table: Table, model: Distributors) -> None:
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "<b>Songyuan</b>"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Distributor"


def test_that_a_sentence_beside_an_icon_takes_a_second_line_before_it_is_cut(qtbot: QtBot, theme: Theme) -> None:
    class Remarks(Distributors):
        @override
        def cell(self, row: int, column: Column) -> Cell:
            words = ("one two three four five six seven eight", "one two")[row % 2]
            return Cell(words, icon="info") if column.key == "name" else Cell()

    table = Table(theme, Remarks(), name="Remarks", row_height=48)
    qtbot.addWidget(table)
    table.resize(380, 300)
    table.show()
    ink = []
    for row in (0, 1):
        top = table.rowViewportPosition(row)
        image = table.viewport().grab().toImage().copy(40, top, 150, 47)
        ground = image.pixelColor(149, 0)
        ink.append([y for y in range(47) if any(image.pixelColor(x, y) != ground for x in range(150))])
    assert max(ink[0]) - min(ink[0]) > 28
    assert max(ink[1]) - min(ink[1]) < 20


def test_that_a_sentence_of_rare_characters_is_broken_where_its_line_ends(theme: Theme, table: Table) -> None:
    delegate = TableDelegate(theme, table, table)
    first, second = delegate._lines(Cell("𠮷" * 12, "icon", "info"), QRect(0, 0, 100, 48))
    assert first + second == "𠮷" * 12
    assert theme.metrics("body").horizontalAdvance(first) <= 100


def test_that_columns_drop_from_the_right(qtbot: QtBot, table: Table) -> None:
    table.resize(240, 300)
    qtbot.waitUntil(lambda: table.isColumnHidden(2))
    assert not table.isColumnHidden(0)
    table.resize(600, 300)
    qtbot.waitUntil(lambda: not table.isColumnHidden(2))
