"""A day with more visits than fit: all of them are reached, moved and taken out from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from channel_desk.domain.record import VisitId
from channel_desk.domain.visits import Visit
from channel_desk.ui.place import Place
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.full_day import DayList, MoreButton
from channel_desk.ui.planner.page import PlannerPage
from channel_desk.ui.widgets.focus_ring import FocusRing
from tests.fixtures.desks import MONDAY

HOUR = timedelta(hours=1)
LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def ids(small_desk, tasks, settle):
    """Eight visits one after the other on one day, by time."""
    found: list[int] = [small_desk.visit]
    for number in range(1, 8):
        starts = MONDAY + timedelta(hours=number)
        visit = Visit(distributor_id=small_desk.distributor, starts_at=starts, ends_at=starts + timedelta(hours=1))
        tasks.write("x", lambda uow, visit=visit: uow.insert(visit), then=found.append)
    settle()
    return found


@pytest.fixture
def page(qtbot, desk, settle, ids):
    planner = PlannerPage(desk)
    qtbot.addWidget(planner)
    planner.resize(1264, 844)
    planner.show_place(Place("planner"))
    planner.show_mode("month")
    planner.show()
    settle()
    planner.activateWindow()
    qtbot.waitUntil(planner.isActiveWindow)
    planner._calendar.month.setFocus()
    press(Qt.Key.Key_Left)  # the frame is on today, a Tuesday
    return planner


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def focused() -> int | None:
    """The visit with the keyboard."""
    widget = QApplication.focusWidget()
    return widget.visit_id if isinstance(widget, VisitChip) else None


def shown_list(page: PlannerPage) -> DayList | None:
    return next((one for one in page.findChildren(DayList) if one.isVisible()), None)


def more(page: PlannerPage) -> MoreButton:
    return next(one for one in page.findChildren(MoreButton) if one.isVisible())


@pytest.mark.parametrize("way", ["day", "tab", "pointer"])
def test_that_every_visit_of_a_full_day_is_reached(page, ids, went, way):
    if way == "day":
        press(Qt.Key.Key_Space)
    elif way == "tab":
        while not isinstance(QApplication.focusWidget(), MoreButton):
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Return)
    else:
        QTest.mouseClick(more(page), LEFT)
    assert focused() == ids[3]
    walked = [focused()]
    for _ in range(10):
        press(Qt.Key.Key_Down)
        walked.append(focused())
    assert walked == [*ids[3:], *[ids[-1]] * 6]
    assert not page._pane.isVisible()
    press(Qt.Key.Key_Return)
    assert went == [Place("visit", ids[-1])]


def test_that_the_list_of_a_day_shows_the_details_of_a_visit_and_stays(page, ids, settle):
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Up)
    assert focused() == ids[2]
    press(Qt.Key.Key_Space)
    settle()
    assert page._pane.visit_id == ids[2]
    assert focused() == ids[2]
    assert shown_list(page) is not None


def test_that_esc_closes_the_list_and_then_the_rest_one_step_at_a_time(page, ids):
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Escape)
    assert shown_list(page) is None
    assert QApplication.focusWidget() is more(page)


def test_that_the_list_of_a_day_goes_when_the_keyboard_leaves_it(page, ids):
    press(Qt.Key.Key_Space)
    page._calendar.month.setFocus()
    assert shown_list(page) is None


def test_that_a_visit_that_does_not_fit_is_moved_by_keys_and_keeps_the_keyboard(page, ids, settle, tasks):
    for visit_id in ids[:6]:  # the next day is full too, so that the visit does not fit there either
        tasks.write("x", lambda uow, one=visit_id: uow.insert(later(uow.get(Visit, one), timedelta(days=1))))
    settle()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    for _ in range(2):
        press(Qt.Key.Key_Right, ALT)
        settle()
        assert focused() == ids[4]
    assert shown_list(page) is None  # there is room for it two days on


def later(visit: Visit, way: timedelta) -> Visit:
    """Another visit at another time."""
    return Visit(distributor_id=visit.distributor_id, starts_at=visit.starts_at + way, ends_at=visit.ends_at + way)


def test_that_a_visit_is_dragged_out_of_the_list_to_another_day(page, ids, settle, tasks):
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    chip = QApplication.focusWidget()
    window, point = page.windowHandle(), chip.mapTo(page, chip.rect().center())
    way = QPoint(2 * int(page._calendar.month._column_width()), 0)
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, point + way / 2)
    QTest.mouseMove(window, point + way)
    QTest.mouseRelease(window, LEFT, pos=point + way)
    settle()
    assert page._lines[ids[3]].visit.starts_at == MONDAY + timedelta(days=2, hours=3)
    tasks.undo()
    settle()
    assert page._lines[ids[3]].visit.starts_at == MONDAY + timedelta(hours=3)


def test_that_delete_takes_the_visit_with_the_frame_out_of_the_list(page, ids, settle, qtbot):
    press(Qt.Key.Key_Space)
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    settle()
    assert set(page._lines) == set(ids) - {ids[3]}


def test_that_a_double_click_on_the_number_opens_the_list_and_no_visit(page, ids, went, settle):
    button = more(page)
    window, point = page.windowHandle(), button.mapTo(page, button.rect().center())
    QTest.mouseDClick(window, LEFT, pos=point)
    settle()
    assert went == []
    assert shown_list(page) is not None


def test_that_a_long_list_of_a_day_stays_in_the_window_and_follows_the_keyboard(page, ids, settle, tasks, qtbot):
    for _ in range(4):
        for visit_id in ids:
            tasks.write(
                "x", lambda uow, one=visit_id: uow.insert(replace(uow.get(Visit, one), id=VisitId(0), public_id=""))
            )
    settle()
    press(Qt.Key.Key_Space)
    assert page._calendar.month.rect().contains(shown_list(page).geometry())
    for _ in range(40):
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not QApplication.focusWidget().visibleRegion().isEmpty())
    last = shown_list(page).full.lines[-1].visit.id
    assert focused() == last
    page.load()
    settle()
    qtbot.waitUntil(lambda: not QApplication.focusWidget().visibleRegion().isEmpty())
    assert focused() == last


@pytest.fixture
def crowd(page, ids, settle, tasks):
    """The list of a day with three hundred visits, by time."""
    for number in range(292):
        starts = MONDAY + timedelta(minutes=number)
        tasks.write("x", lambda uow, at=starts: uow.insert(later(uow.get(Visit, ids[0]), at - MONDAY)))
    settle()
    press(Qt.Key.Key_Space)
    QApplication.processEvents()
    return shown_list(page)


def in_sight(shown: DayList) -> set[int]:
    return {one.visit_id for one in shown.chips if not one.visibleRegion().isEmpty()}


def test_that_a_list_of_hundreds_makes_no_more_widgets_than_its_height_has_room_for(page, crowd, qtbot):
    bar = crowd._scroll.verticalScrollBar()
    order = [line.visit.id for line in crowd.full.lines]
    room = crowd.height() // 24 + 8
    for share in (0, 0.5, 1, 0.3):
        bar.setValue(round(bar.maximum() * share))
        QApplication.processEvents()
        first = -(-bar.value() // 24)
        whole = crowd._scroll.viewport().height() // 24 - 1
        assert set(order[first : first + whole]) <= in_sight(crowd)
        assert len(crowd.chips) <= room
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert len(crowd.findChildren(VisitChip)) == len(crowd.chips)


@pytest.mark.parametrize(
    "on, back", [(Qt.Key.Key_Down, Qt.Key.Key_Up), (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)], ids=["arrows", "Tab"]
)
def test_that_every_visit_of_hundreds_is_reached_in_turn_and_back(page, crowd, on, back):
    order = [line.visit.id for line in crowd.full.lines]
    ways = {}
    for key in (on, back):
        ways[key] = [focused()]
        for _ in range(80):
            press(key)
            QApplication.processEvents()
            ways[key].append(focused())
    begin = order.index(ways[on][0])
    assert ways[on] == order[begin : begin + 81]
    assert ways[back] == ways[on][::-1]


def test_that_the_keyboard_goes_on_from_its_visit_after_the_list_was_scrolled_away_from_it(page, crowd):
    before, bar = focused(), crowd._scroll.verticalScrollBar()
    order = [line.visit.id for line in crowd.full.lines]
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert focused() == before
    press(Qt.Key.Key_Down)
    QApplication.processEvents()
    assert focused() == order[order.index(before) + 1]
    assert focused() in in_sight(crowd)


def test_that_undo_finds_a_visit_far_down_in_an_open_list(page, crowd):
    far = crowd.full.lines[250].visit.id
    page._calendar.view.focus_visit(far)
    QApplication.processEvents()
    assert focused() == far
    assert shown_list(page) is crowd


def test_that_the_list_of_a_day_leads_to_its_week(page, ids, settle):
    press(Qt.Key.Key_Space)
    shown_list(page).week_wanted.emit(MONDAY.date())
    settle()
    assert page.bar.title.text() == "21–27 September 2026"
    assert shown_list(page) is None


def test_that_the_frame_of_a_day_goes_into_its_visits(page, ids, settle, tasks):
    for visit_id in ids[2:]:
        page.delete(visit_id)
    settle()
    page._calendar.month.setFocus()
    press(Qt.Key.Key_Space)
    assert focused() == ids[0]


def test_that_no_day_overflows_in_a_month_with_more_weeks_than_the_one_before(page, ids, settle, tasks):
    page.resize(1264, 720)
    for visit_id in ids:  # six weeks in August
        tasks.write("x", lambda uow, one=visit_id: uow.insert(later(uow.get(Visit, one), timedelta(weeks=-6))))
    settle()
    page.turn(-1)
    settle()
    foot = page._calendar.month._day_box(MONDAY.date() - timedelta(weeks=6)).bottom()
    assert more(page).geometry().bottom() < foot


@pytest.fixture
def week(page, ids, settle, tasks):
    """The week, with eight visits at the same time and a ninth at the end of the day."""
    for visit_id in ids[1:]:
        tasks.write("x", lambda uow, one=visit_id: uow.update(Visit, one, starts_at=MONDAY, ends_at=MONDAY + HOUR))
    tasks.write("x", lambda uow: uow.insert(later(uow.get(Visit, ids[0]), 13 * HOUR)))
    page.show_mode("week")
    settle()
    return page._calendar.week


def chips(page: PlannerPage) -> set[int]:
    return {one.visit_id for one in page.findChildren(VisitChip) if one.isVisible()}


def test_that_the_week_lists_the_visits_that_find_no_room_beside_each_other(page, week, ids, settle):
    evening = max(page._lines)
    assert chips(page) == {*ids[:3], evening}
    QTest.mouseClick(more(page), LEFT)
    assert focused() == ids[3]
    assert chips(page) == {*ids, evening}
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is more(page)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        assert shown_list(page) is not None
        press(key, ALT)
        settle()
        assert focused() == ids[4]
    assert page._lines[ids[4]].visit.starts_at == MONDAY + timedelta(days=1, minutes=15)
    assert shown_list(page) is None


def test_that_the_list_of_a_day_opens_in_sight_however_far_the_hours_are_scrolled(page, week, ids, qtbot):
    bar = week._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page._calendar.week.grid.focus_visit(ids[5])
    assert focused() == ids[5]
    shown = shown_list(page)
    assert shown.visibleRegion().boundingRect() == shown.rect()


def test_that_a_visit_that_loses_its_room_to_the_pane_is_marked_at_the_number_and_no_list_opens(
    page, week, ids, settle
):
    chip = next(one for one in page.findChildren(VisitChip) if one.visit_id == ids[2] and one.isVisible())
    chip.setFocus()
    press(Qt.Key.Key_Space)
    settle()
    QApplication.processEvents()
    assert page._pane.visit_id == ids[2]
    assert ids[2] not in chips(page)
    assert all(one.width() >= 30 for one in page.findChildren(VisitChip) if one.isVisible())
    assert shown_list(page) is None
    assert QApplication.focusWidget() is more(page)
    ground = more(page).grab().toImage().pixelColor(3, more(page).height() // 2)
    assert ground == page.ctx.theme.colour("accent-select")
    press(Qt.Key.Key_Delete)
    settle()
    assert ids[2] not in page._lines
    assert not any(one.is_marked for one in page.findChildren(MoreButton) if one.isVisible())


def test_that_esc_goes_back_to_the_number_from_which_the_list_was_opened(page, week, ids, settle, tasks):
    for visit_id in ids[1:]:
        tasks.write("x", lambda uow, one=visit_id: uow.insert(later(uow.get(Visit, one), 4 * HOUR)))
    settle()
    numbers = sorted((one for one in page.findChildren(MoreButton) if one.isVisible()), key=lambda one: one.y())
    assert len(numbers) == 2
    for number in numbers:
        QTest.mouseClick(number, LEFT)
        assert shown_list(page) is not None
        press(Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is number


@pytest.mark.parametrize("where", ["field", "number"])
def test_that_the_keyboard_comes_back_to_a_visit_that_has_its_room_again(page, week, ids, settle, where):
    for visit_id in ids[4:]:
        page.delete(visit_id)
    settle()
    page._calendar.view.focus_visit(ids[3])
    press(Qt.Key.Key_Space)
    settle()
    QApplication.processEvents()
    assert not {ids[2], ids[3]} & chips(page)
    if where == "field":
        page._pane._place.edit.setFocus()
    press(Qt.Key.Key_Escape)
    settle()
    QApplication.processEvents()
    assert shown_list(page) is None
    assert focused() == ids[3]


def test_that_the_keyboard_stays_on_the_number_while_its_day_is_read_anew(page, week, ids, settle, tasks):
    more(page).setFocus()
    tasks.write("x", lambda uow: uow.delete(Visit, ids[3]))
    settle()
    assert QApplication.focusWidget() is more(page)
    assert shown_list(page) is None


def test_that_the_arrows_lead_from_the_number_to_the_free_times_beside_it(page, week, ids):
    number = more(page)
    number.setFocus(Qt.FocusReason.TabFocusReason)
    assert not page.findChildren(FocusRing)  # it would lie over the visits around
    day = number.full.day
    press(Qt.Key.Key_Right)
    grid = page._calendar.week.grid
    assert grid.hasFocus()
    assert grid.framed_day == day + timedelta(days=1)
    assert grid._framed_minutes == 9 * 60
