"""Where the keyboard is in the planner after Undo and Redo, and after another view was chosen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from channel_desk.domain.visits import Visit
from channel_desk.services.visits import move_visit
from channel_desk.ui.place import Place
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.page import PlannerPage
from tests.fixtures.desks import MONDAY, SmallDesk

ALT = Qt.KeyboardModifier.AltModifier
#: Each arrow with the one that leads back.
ARROWS = [
    (Qt.Key.Key_Right, Qt.Key.Key_Left),
    (Qt.Key.Key_Left, Qt.Key.Key_Right),
    (Qt.Key.Key_Down, Qt.Key.Key_Up),
    (Qt.Key.Key_Up, Qt.Key.Key_Down),
]


@pytest.fixture(params=["week", "month"])
def page(request, qtbot, desk, settle):
    planner = PlannerPage(desk)
    qtbot.addWidget(planner)
    planner.resize(1264, 844)
    planner.show_place(Place("planner"))
    planner.show_mode(request.param)
    planner.show()
    settle()
    planner.activateWindow()
    qtbot.waitUntil(planner.isActiveWindow)
    return planner


@pytest.fixture
def undo(tasks, settle):
    def undo() -> None:
        tasks.undo()
        settle()

    return undo


@pytest.fixture
def redo(tasks, settle):
    def redo() -> None:
        tasks.redo()
        settle()

    return redo


def visit(small_desk: SmallDesk, starts_at: datetime) -> Visit:
    return Visit(distributor_id=small_desk.distributor, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def focused() -> int | None:
    """The visit with the keyboard."""
    widget = QApplication.focusWidget()
    return widget.visit_id if isinstance(widget, VisitChip) else None


def test_that_a_deleted_visit_comes_back_with_the_keyboard_on_it(page, small_desk, settle, undo, redo):
    page._calendar.view.focus_visit(small_desk.visit)
    press(Qt.Key.Key_Delete)
    settle()
    assert QApplication.focusWidget() is page._calendar.view
    for _ in range(2):
        undo()
        assert focused() == small_desk.visit
        redo()
        assert QApplication.focusWidget() is page._calendar.view


def test_that_a_new_visit_goes_and_comes_with_the_keyboard(page, small_desk, settle, undo, redo):
    page.new_visit()
    settle()
    QTest.keyClicks(QApplication.focusWidget(), "xhsm")
    settle()
    press(Qt.Key.Key_Return)
    settle()
    new = focused()
    assert new not in {None, small_desk.visit}
    undo()
    assert QApplication.focusWidget() is page._calendar.view
    redo()
    assert focused() == new


def test_that_a_visit_that_another_page_leads_to_has_the_keyboard(page, small_desk, settle):
    page.show_place(Place("planner", small_desk.visit, MONDAY.date().isoformat()))
    page.start_focus().setFocus()
    settle()
    assert focused() == small_desk.visit


def test_that_a_moved_visit_goes_back_with_the_keyboard_and_the_calendar(page, small_desk, settle, undo, redo):
    before = page.bar.title.text()
    page._calendar.view.focus_visit(small_desk.visit)
    steps = 0
    while page.bar.title.text() == before:
        press(Qt.Key.Key_Left if page._calendar.view is page._calendar.week.grid else Qt.Key.Key_Up, ALT)
        settle()
        steps += 1
    after = page.bar.title.text()
    for _ in range(steps):
        undo()
        assert focused() == small_desk.visit
    assert page.bar.title.text() == before
    for _ in range(steps):
        redo()
        assert focused() == small_desk.visit
    assert page.bar.title.text() == after


def test_that_undo_leaves_a_keyboard_that_is_in_the_pane(page, small_desk, settle, undo, tasks):
    page._pick(small_desk.visit)
    settle()
    later = MONDAY + timedelta(days=70)
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, subject="Fourth quarter"))
    tasks.write("x", lambda uow: uow.insert(visit(small_desk, later)))
    settle()
    title = page.bar.title.text()
    field = page._pane._place.edit
    field.setFocus()
    for _ in range(2):
        undo()
        assert field.hasFocus()
    assert page.bar.title.text() == title


def test_that_a_step_of_several_visits_leaves_the_keyboard_where_it_is(page, small_desk, settle, undo, tasks):
    later = MONDAY + timedelta(days=70)
    tasks.write("x", lambda uow: [uow.insert(visit(small_desk, later)) for _ in range(2)])
    undo()
    page._calendar.view.setFocus()
    tasks.redo()
    settle()
    assert QApplication.focusWidget() is page._calendar.view


def test_that_the_keyboard_stays_on_its_visit_in_the_other_view(page, small_desk, settle):
    page._calendar.view.focus_visit(small_desk.visit)
    for mode in ("month", "week", "month"):
        page.show_mode(mode)
        settle()
        assert focused() == small_desk.visit


def test_that_the_week_of_the_visit_with_the_keyboard_is_shown_from_the_month(page, small_desk, settle, tasks):
    ids: list[int] = []
    tasks.write("x", lambda uow: uow.insert(visit(small_desk, MONDAY - timedelta(weeks=2))), then=ids.append)
    page.show_mode("month")
    settle()
    page._calendar.view.focus_visit(ids[0])
    page.show_mode("week")
    settle()
    assert focused() == ids[0]
    assert page.bar.title.text() == "7–13 September 2026"


def test_that_the_keyboard_stays_in_the_calendar_when_the_other_view_is_chosen(page, settle):
    page._calendar.view.setFocus()
    for mode in ("month", "week", "month"):
        page.show_mode(mode)
        settle()
        assert QApplication.focusWidget() is page._calendar.view


@pytest.mark.parametrize("page", ["week"], indirect=True)
def test_that_hours_that_were_scrolled_stay_so_while_the_calendar_is_read_anew(page, small_desk, settle):
    page.resize(1264, 400)
    page._calendar.view.focus_visit(small_desk.visit)
    QApplication.processEvents()
    bar = page._calendar.week._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.load()
    settle()
    QApplication.processEvents()
    assert focused() == small_desk.visit
    assert bar.value() == bar.maximum()


# -- the frame where there is no visit ---------------------------------------------------------------------------------


def framed_day(page: PlannerPage) -> date | None:
    """The day of the frame, where it is painted."""
    view = page._calendar.view
    image = view.grab().toImage()
    for box in view._frame_boxes():
        edge = [image.pixelColor(int(box.center().x()), int(box.top()) + y) for y in range(4)]
        if page.ctx.theme.colour("accent") in edge:
            return view._framed_day
    return None


@pytest.mark.parametrize("way", ["key", "pane"])
def test_that_the_frame_stands_where_a_visit_was_deleted_and_the_next_one_is_planned(
    page, small_desk, settle, way, redo, undo
):
    page._calendar.view.focus_visit(small_desk.visit)
    if way == "pane":
        press(Qt.Key.Key_Space)
        settle()
        page._pane._delete.setFocus()
        press(Qt.Key.Key_Space)
    else:
        press(Qt.Key.Key_Delete)
    settle()
    assert framed_day(page) == MONDAY.date()
    undo()
    redo()
    assert framed_day(page) == MONDAY.date()
    press(Qt.Key.Key_Return)
    assert offered_day(page) == MONDAY.date()


def offered_day(page: PlannerPage) -> date:
    """The day of the new visit in the pane."""
    return page._pane._when.day.day


def test_that_a_new_visit_is_offered_on_the_framed_day(page, small_desk, settle):
    page.new_visit()
    assert offered_day(page) == page.ctx.today == date(2026, 9, 22)
    page._calendar.view.setFocus()
    for _ in range(2):
        press(Qt.Key.Key_Right)
    page.new_visit()
    assert offered_day(page) == date(2026, 9, 24)
    page._calendar.view.focus_visit(small_desk.visit)
    page.new_visit()
    assert offered_day(page) == MONDAY.date()
    page.show_today()
    settle()
    page._calendar.view.setFocus()
    page.new_visit()
    assert offered_day(page) == page.ctx.today


def test_that_the_gap_that_was_offered_for_a_new_visit_stays_while_other_days_are_looked_at(page, small_desk, settle):
    page._calendar.view.focus_visit(small_desk.visit)
    page.new_visit()
    offered = page._pane._when.span
    page.turn(2)
    settle()
    assert page._pane._when.span == offered


def test_that_an_arrow_leads_from_a_visit_to_the_day_beside_it(page, small_desk, settle):
    page.show_place(Place("planner", small_desk.visit))
    settle()
    press(Qt.Key.Key_Escape)
    assert isinstance(QApplication.focusWidget(), VisitChip)
    press(Qt.Key.Key_Right)
    assert page._calendar.view.hasFocus()
    assert framed_day(page) == date(2026, 9, 22)


@pytest.mark.parametrize("begun", ["on the visit", "in its pane", "twice"])
def test_that_esc_leads_from_a_new_visit_back_to_the_one_it_was_begun_on_and_enter_opens_that(
    page, small_desk, settle, went, begun
):
    page._calendar.view.focus_visit(small_desk.visit)
    if begun == "in its pane":
        press(Qt.Key.Key_Space)
        settle()
        page._pane._place.edit.setFocus()
    for _ in range(2 if begun == "twice" else 1):
        press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        settle()
    assert offered_day(page) == MONDAY.date()
    press(Qt.Key.Key_Escape)
    assert focused() == small_desk.visit
    press(Qt.Key.Key_Return)
    assert went == [Place("visit", small_desk.visit)]


def test_that_esc_leads_from_a_new_visit_back_to_the_free_time_it_was_begun_at(page, small_desk, settle):
    page._calendar.view.focus_visit(small_desk.visit)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    press(Qt.Key.Key_Escape)
    for _ in range(2):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert offered_day(page) == date(2026, 9, 23)
    press(Qt.Key.Key_Escape)
    assert framed_day(page) == date(2026, 9, 23)


@pytest.mark.parametrize("page", ["week"], indirect=True)
@pytest.mark.parametrize(("key", "back"), ARROWS, ids=["right", "left", "down", "up"])
def test_that_an_arrow_goes_from_a_free_time_to_the_visit_that_lies_beside_it_and_on(
    page, small_desk, settle, went, tasks, key, back
):
    wednesday = MONDAY + timedelta(days=2)
    tasks.write(
        "x", lambda uow: move_visit(uow, small_desk.visit, starts_at=wednesday, ends_at=wednesday + timedelta(hours=2))
    )
    settle()
    page._calendar.view.focus_visit(small_desk.visit)
    press(back)
    assert page._calendar.view.hasFocus()
    press(key)
    assert focused() == small_desk.visit
    press(Qt.Key.Key_Return)
    assert went == [Place("visit", small_desk.visit)]
    press(key)
    assert page._calendar.view.hasFocus()
    press(back)
    assert focused() == small_desk.visit


@pytest.mark.parametrize("page", ["week"], indirect=True)
def test_that_the_frame_is_never_below_a_visit_where_nobody_would_see_it(page, small_desk, settle):
    page._calendar.view.focus_visit(small_desk.visit)
    end = (MONDAY + timedelta(hours=1)).astimezone(page.ctx.clock.zone)
    press(Qt.Key.Key_Down)
    grid = page._calendar.week.grid
    assert grid._framed_minutes == end.hour * 60 + end.minute
    for _ in range(48):
        press(Qt.Key.Key_Down)
        assert grid.hasFocus()
    for _ in range(48):
        press(Qt.Key.Key_Up)
        assert grid.hasFocus() or focused() == small_desk.visit
    assert grid._framed_minutes == 0


@pytest.mark.parametrize("page", ["week"], indirect=True)
def test_that_a_turn_to_another_week_puts_the_keyboard_on_the_visit_that_lies_at_the_frame(
    page, small_desk, settle, tasks
):
    grid = page._calendar.week.grid
    grid.take_keyboard()
    at_frame = datetime.combine(page._sheet.day, time(grid._framed_minutes // 60), page.ctx.clock.zone)
    other = visit(small_desk, at_frame + timedelta(days=7))
    tasks.write("plan", lambda uow: uow.insert(other))
    settle()
    press(Qt.Key.Key_PageDown)
    settle()
    assert page._lines[focused()].visit.starts_at == other.starts_at
    press(Qt.Key.Key_PageDown)
    settle()
    assert grid.hasFocus()


def test_that_a_click_on_a_free_place_puts_the_frame_there_for_a_new_visit(page, settle):
    view = page._calendar.view
    column = view._column_width()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(int(view.width() - 3.5 * column), view.height() // 2))
    thursday = framed_day(page)
    assert thursday.weekday() == 3
    page.new_visit()
    assert offered_day(page) == thursday


def test_that_the_framed_day_is_shown_in_the_other_view(page, settle):
    page._calendar.view.setFocus()
    for _ in range(2):
        press(Qt.Key.Key_Right)
    for mode in ("month", "week", "month"):
        page.show_mode(mode)
        settle()
        assert framed_day(page) == date(2026, 9, 24)


def test_that_the_frame_stays_on_its_weekday_when_the_calendar_is_turned(page, settle):
    page.show_mode("week")
    settle()
    page._calendar.view.take_keyboard()
    press(Qt.Key.Key_Right)
    there = framed_day(page)
    for key, week in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1)):
        press(key)
        settle()
        assert framed_day(page) == there + timedelta(weeks=week)


def test_that_the_frame_on_today_goes_on_at_midnight(page, clock, settle):
    page._calendar.view.setFocus()
    clock.advance(timedelta(days=1))
    page.ctx.time.pass_minute()
    settle()
    page.new_visit()
    assert offered_day(page) == date(2026, 9, 23)


@pytest.mark.parametrize("page", ["week"], indirect=True)
def test_that_the_frame_and_the_words_of_its_hours_stay_in_sight_on_their_way_through_the_day(page, settle):
    page.resize(1264, 400)
    QApplication.processEvents()
    grid = page._calendar.week.grid
    grid.setFocus()
    for key, steps in ((Qt.Key.Key_Down, 25), (Qt.Key.Key_Up, 25)):
        for _ in range(steps):
            press(key)
        (box,) = grid._frame_boxes()
        # The words stand on the line of their hour, half above it and half below.
        assert grid.visibleRegion().boundingRect().contains(box.toRect().adjusted(0, -7, 0, 7))


@pytest.mark.parametrize("mode", ["week", "month"])
def test_that_a_view_that_is_chosen_before_anything_was_read_is_of_today(qtbot, desk, settle, mode):
    planner = PlannerPage(desk)
    qtbot.addWidget(planner)
    planner.show()
    planner.start_focus().setFocus()
    QTest.keyClick(planner.start_focus(), Qt.Key.Key_Alt)
    planner.show_mode(mode)
    settle()
    planner.new_visit()
    assert offered_day(planner) == planner.ctx.today
    assert "September 2026" in planner.bar.title.text()


@pytest.mark.parametrize("page", ["week"], indirect=True)
def test_that_a_key_that_moves_nothing_shows_no_frame_in_the_week(page):
    page._calendar.view.setFocus()
    for key in (Qt.Key.Key_Control, Qt.Key.Key_Alt):
        press(key)
        assert framed_day(page) is None
    press(Qt.Key.Key_Down)
    assert framed_day(page) == page.ctx.today
