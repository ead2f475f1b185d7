"""The planner under a real pointer: what opens beside the calendar does not come between two clicks, or into a drag."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest

from channel_desk.domain.visits import Visit
from channel_desk.ui.place import Place
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.page import PlannerPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(params=["week", "month"])
def page(request, qtbot, desk, settle):
    planner = PlannerPage(desk)
    qtbot.addWidget(planner)
    planner.resize(1264, 844)
    planner.show_place(Place("planner"))
    planner.show_mode(request.param)
    planner.show()
    settle()
    return planner


def chip(page: PlannerPage) -> VisitChip:
    return next(one for one in page.findChildren(VisitChip) if one.isVisible())


def middle(page: PlannerPage) -> tuple[QWindow, QPoint]:
    """The window, and the middle of the visit in it: the pointer stays there, whatever comes to lie under it."""
    shown = chip(page)
    return page.windowHandle(), shown.mapTo(page, shown.rect().center())


def test_that_a_double_click_opens_the_visit_on_which_it_began(page, small_desk, went, settle):
    window, point = middle(page)
    QTest.mousePress(window, LEFT, pos=point)
    settle()
    QTest.mouseRelease(window, LEFT, pos=point)
    settle()
    assert not page._pane.isVisible()
    QTest.mouseDClick(window, LEFT, pos=point)
    assert went == [Place("visit", small_desk.visit)]


def test_that_the_pane_of_a_clicked_visit_opens_when_no_second_click_comes(page, small_desk, qtbot):
    window, point = middle(page)
    QTest.mouseClick(window, LEFT, pos=point)
    qtbot.waitUntil(lambda: page._pane.isVisible() and page._pane.visit_id == small_desk.visit)


def test_that_a_visit_picked_by_key_has_its_pane_at_once(page, small_desk, qtbot, settle):
    chip(page).setFocus()
    qtbot.keyClick(chip(page), Qt.Key.Key_Space)
    settle()
    assert page._pane.isVisible()
    assert page._pane.visit_id == small_desk.visit


def test_that_a_slow_drag_is_not_disturbed_by_the_pane(page, small_desk, tasks, settle):
    before = page._lines[small_desk.visit].visit.starts_at
    window, point = middle(page)
    day = QPoint(page._calendar.width() // 7, 0)
    QTest.mousePress(window, LEFT, pos=point)
    page._opening._go_on()  # the time for a second click is up, and the button still held
    settle()
    QTest.mouseMove(window, point + day / 2)
    QTest.mouseMove(window, point + day)
    QTest.mouseRelease(window, LEFT, pos=point + day)
    settle()
    moved: list[Visit] = []
    tasks.read(lambda reader: reader.get(Visit, small_desk.visit), moved.append, owner=page, key="test")
    settle()
    assert moved[0].starts_at - before == timedelta(days=1)
