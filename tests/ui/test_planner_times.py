"""Visits at odd times: over midnight, from the week before, and calendars that are filled anew while one is dragged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from channel_desk.domain.visits import Visit
from channel_desk.presentation.visit_span import moment
from channel_desk.ui.place import Place
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.page import PlannerPage
from channel_desk.ui.planner.week_head import HOURS_WIDTH
from tests.fixtures.desks import MONDAY

LEFT, ENTER = Qt.MouseButton.LeftButton, Qt.Key.Key_Return
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(params=["week", "month"])
def mode(request):
    return request.param


@pytest.fixture
def page(qtbot, desk, settle, mode):
    planner = PlannerPage(desk)
    qtbot.addWidget(planner)
    planner.resize(1264, 844)
    planner.show_place(Place("planner"))
    planner.show_mode(mode)
    planner.show()
    settle()
    return planner


@pytest.fixture
def put(small_desk, tasks, settle, page):
    """Give the visit other times."""

    def put(begins, ends) -> None:
        tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, starts_at=begins, ends_at=ends))
        settle()

    return put


@pytest.fixture
def stored(small_desk, tasks, settle, page):
    def read() -> Visit:
        found: list[Visit] = []
        tasks.read(lambda reader: reader.get(Visit, small_desk.visit), found.append, owner=page, key="test")
        settle()
        return found[0]

    return read


def chips(page: PlannerPage) -> list[VisitChip]:
    return [one for one in page.findChildren(VisitChip) if one.isVisible()]


def type_into(field, text: str) -> None:
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, text)
    QTest.keyClick(field.edit, ENTER)


def test_that_a_visit_over_midnight_gets_another_day_and_end_in_the_pane(page, put, stored, small_desk, settle):
    zone = page.ctx.clock.zone
    put(moment(MONDAY.date(), 22 * 60, zone), moment(MONDAY.date(), 25 * 60, zone))
    page._pick(small_desk.visit)
    settle()
    type_into(page._pane._when.day, "2026-09-24")
    settle()
    assert stored().starts_at == moment(date(2026, 9, 24), 22 * 60, zone)
    assert stored().length == 3 * HOUR
    type_into(page._pane._when.end, "2330")
    settle()
    assert stored().length == 1.5 * HOUR
    type_into(page._pane._when.end, "0030")
    settle()
    assert stored().length == 2.5 * HOUR


def test_that_a_time_that_is_being_typed_is_stored_when_the_page_is_left(page, stored, small_desk, settle):
    page._pick(small_desk.visit)
    settle()
    field = page._pane._when.start.edit
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1130")
    page.leave()
    settle()
    assert page.ctx.local(stored().starts_at).strftime("%H:%M") == "11:30"


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_a_visit_that_ends_at_midnight_is_made_shorter_by_its_lower_edge(page, put, stored, settle):
    zone = page.ctx.clock.zone
    put(moment(MONDAY.date(), 22 * 60, zone), moment(MONDAY.date(), 24 * 60, zone))
    (shown,) = chips(page)
    page._calendar.week._scroll.ensureWidgetVisible(shown)
    window, point = page.windowHandle(), shown.mapTo(page, QPoint(shown.width() // 2, shown.height() - 2))
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, point - QPoint(0, 30))
    QTest.mouseMove(window, point - QPoint(0, 60))
    QTest.mouseRelease(window, LEFT, pos=point - QPoint(0, 60))
    settle()
    assert stored().length == HOUR


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_a_visit_from_the_night_before_the_week_keeps_its_day_while_its_time_is_dragged(
    page, put, stored, settle, qtbot
):
    zone = page.ctx.clock.zone
    before = moment(MONDAY.date() - DAY, 22 * 60, zone)
    put(before, before + 5 * HOUR)
    (shown,) = chips(page)
    page._calendar.week._scroll.verticalScrollBar().setValue(0)
    window, point = page.windowHandle(), shown.mapTo(page, shown.rect().center())
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, point + QPoint(0, 20))
    QTest.mouseMove(window, point + QPoint(0, 60))
    QTest.mouseRelease(window, LEFT, pos=point + QPoint(0, 60))
    settle()
    assert stored().starts_at == before + HOUR


def test_that_a_visit_can_be_dragged_while_the_calendar_is_read_anew(page, stored, tasks, settle):
    """What was typed in the pane is stored at the press, and the calendar is read again while the button is down."""
    before = stored().starts_at
    (shown,) = chips(page)
    window, point = page.windowHandle(), shown.mapTo(page, shown.rect().center())
    way = QPoint(page._calendar.width() // 7, 0)
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, point + way / 2)
    page.load()
    settle()
    QTest.mouseMove(window, point + way)
    QTest.mouseRelease(window, LEFT, pos=point + way)
    settle()
    assert stored().starts_at == before + DAY
    (shown,) = chips(page)
    assert shown.text_of.spoken.startswith("湘禾商贸, Tue 22 Sep")


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_that_a_drag_paints_no_visit_anew_that_is_out_of_its_way(page, tasks, small_desk, settle):
    later = MONDAY + 3 * DAY
    tasks.write(
        "x",
        lambda uow: uow.insert(
            Visit(distributor_id=small_desk.distributor, starts_at=later, ends_at=later + HOUR),
        ),
    )
    settle()
    QApplication.processEvents()
    dragged, other = sorted(chips(page), key=lambda one: one.visit_id)
    window, point = page.windowHandle(), dragged.mapTo(page, dragged.rect().center())
    QTest.mousePress(window, LEFT, pos=point)
    QApplication.processEvents()
    paints = Paints(other), Paints(dragged)
    for step in range(1, 6):
        QTest.mouseMove(window, point + QPoint(step * page._calendar.width() // 35, 0))
        QApplication.processEvents()
    QTest.mouseRelease(window, LEFT, pos=point)
    assert [one.count > 0 for one in paints] == [False, True]


def test_that_what_was_changed_elsewhere_during_a_drag_is_shown_after_it(page, stored, tasks, small_desk, settle):
    (shown,) = chips(page)
    window, point = page.windowHandle(), shown.mapTo(page, shown.rect().center())
    QTest.mousePress(window, LEFT, pos=point)
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, subject="Fourth quarter"))
    settle()
    QTest.mouseRelease(window, LEFT, pos=point)
    settle()
    assert "Fourth quarter" in chips(page)[0].text_of.spoken


@pytest.mark.parametrize("mode", ["month"], indirect=True)
def test_that_the_frame_of_a_day_goes_with_the_year(page, settle):
    page.show_place(Place("planner", None, "2027-09-15"))
    settle()
    asked: list[date] = []
    page._calendar.month.create_wanted.connect(lambda day, _minutes: asked.append(day))
    QTest.keyClick(page._calendar.month, ENTER)
    assert asked == [date(2027, 9, 15)]


@pytest.fixture
def low_week(page, qtbot):
    """A week with more hours than there is room for, scrolled to the first of the working day."""
    page.resize(1264, 500)
    bar = page._calendar.week._scroll.verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(page._calendar.week.grid.y_of(8 * 60))
    assert bar.maximum() > bar.value() + 60
    return bar


@pytest.mark.parametrize("edge", ["whole", "lower edge"])
@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_the_hours_scroll_under_a_visit_that_is_dragged_to_their_edge(page, low_week, stored, settle, qtbot, edge):
    before = stored()
    (shown,) = chips(page)
    window = page.windowHandle()
    scrolled = low_week.value()
    held = shown.height() // 2 if edge == "whole" else shown.height() - 2
    point = shown.mapTo(page, QPoint(shown.width() // 2, held))
    foot = QPoint(point.x(), page.height() - 10)
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, (point + foot) / 2)
    QTest.mouseMove(window, foot)
    qtbot.waitUntil(lambda: low_week.value() == low_week.maximum())
    down = page._calendar.week.grid._ghost
    QTest.mouseMove(window, QPoint(point.x(), point.y() + 40))
    QTest.mouseRelease(window, LEFT, pos=QPoint(point.x(), point.y() + 40))
    settle()
    scrolled = low_week.maximum() - scrolled
    pixels = foot.y() - point.y() + scrolled
    way = timedelta(minutes=round(pixels / 15) * 15)
    assert down.ends_at == before.ends_at + way
    assert stored().ends_at - before.ends_at == timedelta(minutes=round((40 + scrolled) / 15) * 15)
    assert (stored().length == before.length) is (edge == "whole")


@pytest.mark.parametrize("edge", ["whole", "upper edge"])
@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_a_visit_is_dragged_to_the_small_hours_although_no_other_is_there(page, stored, settle, qtbot, edge):
    before = stored()
    (shown,) = chips(page)
    bar = page._calendar.week._scroll.verticalScrollBar()
    window = page.windowHandle()
    point = shown.mapTo(page, QPoint(shown.width() // 2, shown.height() // 2 if edge == "whole" else 2))
    top = page._calendar.week._scroll.mapTo(page, QPoint(0, 4)).y()
    assert bar.value() > 0
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, QPoint(point.x(), (point.y() + top) // 2))
    QTest.mouseMove(window, QPoint(point.x(), top))
    qtbot.waitUntil(lambda: bar.value() == 0)
    QTest.mouseRelease(window, LEFT, pos=QPoint(point.x(), top))
    settle()
    assert page.ctx.local(stored().starts_at).hour == 0
    assert (stored().length == before.length) is (edge == "whole")


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_any_hour_of_the_day_is_reached_by_keys(page, settle):
    asked: list[int] = []
    grid = page._calendar.week.grid
    grid.create_wanted.connect(lambda _day, minutes: asked.append(minutes))
    grid.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        for _ in range(48):
            QTest.keyClick(grid, key)
        QTest.keyClick(grid, ENTER)
    assert asked == [0, 23 * 60 + 30]


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_the_frame_of_the_last_half_hour_ends_with_the_day(page, qtbot):
    grid = page._calendar.week.grid
    grid.setFocus()
    for _ in range(48):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    with qtbot.waitSignal(grid.framed) as told:
        QTest.keyClick(grid, Qt.Key.Key_Down)
    (box,) = told.args
    assert (box.top(), box.top() + box.height()) == (grid.y_of(23 * 60 + 30), grid.y_of(24 * 60))


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_each_hour_has_its_words_whole_from_midnight_to_midnight(page):
    grid, colour = page._calendar.week.grid, page.ctx.theme.colour
    image = grid.grab().toImage()

    def ink(top: int, bottom: int) -> bool:
        """Whether anything is written beside the hours between the two heights."""
        return any(
            image.pixelColor(x, y) != colour("surface") for x in range(HOURS_WIDTH - 1) for y in range(top, bottom)
        )

    for hour in range(25):
        line = grid.y_of(hour * 60)
        assert ink(line - 6, line), hour
        assert ink(line + 1, line + 6), hour
        assert not ink(line + 12, min(line + 48, grid.height())), hour


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_the_hours_outside_the_working_day_stand_on_another_ground(page):
    grid, colour = page._calendar.week.grid, page.ctx.theme.colour
    image = grid.grab().toImage()
    grounds = {
        hour: image.pixelColor(grid.width() - 20 - 3 * grid.width() // 7, grid.y_of(hour * 60) + 20)
        for hour in (0, 7, 8, 18, 19, 23)
    }
    assert {hour for hour, ground in grounds.items() if ground == colour("surface")} == {8, 18}
    assert {hour for hour, ground in grounds.items() if ground == colour("sunken")} == {0, 7, 19, 23}


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_the_hours_stand_still_after_esc(page, low_week, qtbot):
    scrolled = low_week.value()
    (shown,) = chips(page)
    window, point = page.windowHandle(), shown.mapTo(page, shown.rect().center())
    foot = QPoint(point.x(), page.height() - 10)
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, (point + foot) / 2)
    QTest.mouseMove(window, foot)
    qtbot.waitUntil(lambda: low_week.value() > scrolled)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not page._calendar.week.scrolling._timer.isActive()
    QTest.mouseRelease(window, LEFT, pos=foot)


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_the_days_stand_over_their_hours_when_the_window_becomes_too_low_for_them(page, qtbot):
    week = page._calendar.week
    page.resize(1264, 844)
    QApplication.processEvents()
    for height in (500, 1600):
        page.resize(1264, height)
        qtbot.waitUntil(lambda low=height == 500: (week.grid.width() < week.head.width()) is low)
        assert week.head._over == week.grid.width()


@pytest.mark.parametrize("mode", ["week"], indirect=True)
def test_that_a_visit_that_is_dragged_above_the_first_hour_in_sight_still_tells_its_time(page):
    def ink() -> int:
        grid = page._calendar.week.grid
        (box,) = grid._ghost_boxes()
        seen = box.toRect() & grid.visibleRegion().boundingRect()
        image = grid.grab(seen.adjusted(6, 4, -6, -4)).toImage()
        dark = [image.pixelColor(x, y).lightness() < 100 for x in range(60) for y in range(18)]
        return sum(dark)

    (shown,) = chips(page)
    window, point = page.windowHandle(), shown.mapTo(page, QPoint(shown.width() // 2, shown.height() // 2))
    QTest.mousePress(window, LEFT, pos=point)
    QTest.mouseMove(window, point + QPoint(page._calendar.width() // 7, 0))
    below = point + QPoint(page._calendar.width() // 7, 180)
    QTest.mouseMove(window, below)
    assert ink() > 0
    QTest.mouseMove(window, below - QPoint(0, 180 + 90))
    grid = page._calendar.week.grid
    assert grid._ghost_boxes()[0].top() < grid.visibleRegion().boundingRect().top()
    assert ink() > 0
    QTest.mouseRelease(window, LEFT, pos=point)
