"""Long lists build their rows where they are in sight."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from channel_desk.ui.tab_order import step_on
from channel_desk.ui.widgets.refilling import keeping_focus
from channel_desk.ui.widgets.row_list import AT_ONCE, RowList
from channel_desk.ui.widgets.scrolling import Scroller

HIGH = 40


class Desk:
    """Rows of 40 pixels over a button, in an area that shows less than ten of them."""

    def __init__(self):
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.layout = QVBoxLayout()
        self.layout.setSpacing(0)
        column.addLayout(self.layout)
        self.below = QPushButton("below")
        column.addWidget(self.below)
        column.addStretch(1)
        self.scroll = Scroller(self.inside)
        self.scroll.setFixedHeight(9 * HIGH)
        self.told = []
        self.list = RowList(self.layout, self.make, refresh=self.refresh)

    def make(self, value):
        row = QLineEdit(str(value))
        row.setFixedHeight(HIGH)
        return row

    def refresh(self, row, value):
        row.setText(str(value))

    def show(self, values):
        with keeping_focus(self.layout):
            self.list.show((value, value) for value in values)

    @property
    def built(self):
        return sorted(self.list.rows)

    @property
    def top(self):
        return self.scroll.verticalScrollBar()

    def seen_from_top(self):
        """The rows by their place."""
        rows = sorted(self.list.rows.values(), key=lambda row: row.y())
        return [int(row.text()) for row in rows]

    def is_filled(self):
        """Whether rows stand wherever the area shows the list."""
        first = self.top.value() // HIGH
        return set(range(first, first + 9)) <= self.list.rows.keys()


@pytest.fixture
def long_list(qtbot, shown):
    desk = Desk()
    window = shown(desk.scroll)
    desk.show(range(200))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return desk


def test_that_only_the_first_rows_of_a_long_list_are_built_with_it(theme):
    desk = Desk()
    desk.show(range(200))
    assert desk.built == list(range(AT_ONCE))
    desk.inside.deleteLater()


def test_that_rows_are_built_when_they_are_scrolled_to_and_those_between_are_not(qtbot, long_list):
    qtbot.waitUntil(long_list.is_filled)
    assert len(long_list.built) < 30
    assert long_list.top.maximum() > 180 * HIGH
    long_list.top.setValue(180 * HIGH)
    qtbot.waitUntil(long_list.is_filled)
    assert 100 not in long_list.built
    assert long_list.top.value() == 180 * HIGH
    assert long_list.seen_from_top() == long_list.built


def test_that_tab_goes_through_a_long_list_as_if_all_of_it_was_there(qtbot, long_list):
    qtbot.waitUntil(long_list.is_filled)
    long_list.list.rows[0].setFocus()
    reached = [0]
    for _ in range(40):
        assert step_on(long_list.inside, forward=True)
        reached.append(int(QApplication.focusWidget().text()))
        assert not QApplication.focusWidget().visibleRegion().isEmpty()
    assert reached == list(range(41))


def test_that_tab_comes_back_to_the_last_row_of_a_long_list_from_below(qtbot, long_list):
    qtbot.waitUntil(long_list.is_filled)
    long_list.below.setFocus()
    reached = []
    for _ in range(20):
        assert step_on(long_list.inside, forward=False)
        reached.append(int(QApplication.focusWidget().text()))
    assert reached == list(range(199, 179, -1))
    assert 100 not in long_list.built


def test_that_rows_stay_in_the_order_of_what_they_show_when_something_comes_and_goes(qtbot, long_list):
    qtbot.waitUntil(long_list.is_filled)
    before = dict(long_list.list.rows)
    long_list.show([5, *range(4), 1000, *range(6, 200)])
    rows = long_list.list.rows
    assert {key: row for key, row in before.items() if key != 4} == {key: rows[key] for key in before if key != 4}
    assert 4 not in rows
    qtbot.waitUntil(lambda: long_list.seen_from_top()[:7] == [5, 0, 1, 2, 3, 1000, 6])


def test_that_the_keyboard_stays_in_its_row_while_the_others_are_built(qtbot, long_list):
    qtbot.waitUntil(long_list.is_filled)
    long_list.list.rows[3].setFocus(Qt.FocusReason.TabFocusReason)
    long_list.list.build_as_far_as(199)
    assert long_list.built == list(range(200))
    assert QApplication.focusWidget() is long_list.list.rows[3]
    qtbot.waitUntil(lambda: long_list.seen_from_top() == list(range(200)))


def test_that_a_row_that_cannot_be_refreshed_is_built_anew_where_its_value_changed_and_only_there(theme):
    inside = QWidget()
    rows = RowList(QVBoxLayout(inside), QPushButton)
    rows.show(enumerate(["a", "b", "c"]))
    before = dict(rows.rows)
    rows.show(enumerate(["a", "B", "c"]))
    assert [row.text() for row in rows.rows.values()] == ["a", "c", "B"]
    assert rows.rows[0] is before[0]
    assert rows.rows[2] is before[2]
    assert [row.text() for row in before.values() if row.isHidden()] == ["b"]
    inside.deleteLater()


def test_that_a_list_that_becomes_short_and_long_again_is_built_on(qtbot, long_list):
    qtbot.waitUntil(long_list.is_filled)
    long_list.top.setValue(100 * HIGH)
    long_list.scroll.viewport().repaint()  # what is in sight now is wanted, and not built yet
    long_list.show(range(3))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: long_list.seen_from_top() == list(range(3)))
    long_list.show(range(200))
    long_list.top.setValue(0)
    qtbot.waitUntil(long_list.is_filled)
