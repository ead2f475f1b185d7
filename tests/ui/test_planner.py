"""The planner by pointer and by key, on a real data file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from channel_desk.domain.distributors import Distributor
from channel_desk.domain.visits import Participant, Purpose, Visit, VisitStatus
from channel_desk.presentation.visit_span import Span, moment
from channel_desk.services.distributors import create_distributor
from channel_desk.services.visits import edit_visit
from channel_desk.ui.place import Place
from channel_desk.ui.planner.chip import VisitChip, fitting
from channel_desk.ui.planner.hint import FloatingHint
from channel_desk.ui.planner.page import PlannerPage
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.menu import Menu
from channel_desk.ui.widgets.toast import Toast
from tests.fixtures.choosing import choose
from tests.fixtures.desks import MONDAY
from tests.ui.conftest import rest

HOUR = timedelta(hours=1)


@pytest.fixture
def page(qtbot, desk, settle):
    planner = PlannerPage(desk)
    qtbot.addWidget(planner)
    planner.resize(1264, 844)
    planner.show_place(Place("planner"))
    planner.show()
    settle()
    return planner


@pytest.fixture
def visits(tasks, settle, page):
    """What is stored, read through the same road."""

    def read() -> dict[int, Visit]:
        found: list = []
        tasks.read(lambda reader: reader.all(Visit), found.append, owner=page, key="test")
        settle()
        return {one.id: one for one in found[0]}

    return read


def chip(page: PlannerPage, visit_id: int) -> VisitChip:
    return next(one for one in page.findChildren(VisitChip) if one.visit_id == visit_id and one.isVisible())


def drag(widget: VisitChip, way: QPoint, *, at: QPoint | None = None, escape: bool = False) -> None:
    """Press, move in two steps and let go, as a hand does."""
    start = at or QPoint(widget.width() // 2, widget.height() // 2)

    def send(kind: QEvent.Type, where: QPoint, buttons: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind,
            QPointF(where),
            QPointF(widget.mapToGlobal(where)),
            button,
            buttons,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)

    send(QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)
    send(QEvent.Type.MouseMove, start + way / 2, Qt.MouseButton.LeftButton)
    send(QEvent.Type.MouseMove, start + way, Qt.MouseButton.LeftButton)
    if escape:
        from PySide6.QtTest import QTest

        QTest.keyClick(widget, Qt.Key.Key_Escape)
    send(QEvent.Type.MouseButtonRelease, start + way, Qt.MouseButton.NoButton)


@pytest.fixture
def choose_distributor(page, settle, qtbot):
    """Pick the distributor in the pane of a new visit, which plans it."""

    def choose(typed: str) -> None:
        who = page._pane._who.field.edit
        who.setFocus()
        qtbot.keyClicks(who, typed)
        settle()
        qtbot.keyClick(who, Qt.Key.Key_Return)
        settle()

    return choose


def test_that_the_week_shows_its_visits_with_time_and_name(page, small_desk):
    shown = chip(page, small_desk.visit)
    assert "湘禾商贸" in shown.accessibleName()
    assert "9:00–10:00" in shown.accessibleName()
    assert page.bar.title.text() == "21–27 September 2026"


def test_that_the_menu_of_a_visit_moves_it_by_a_day_or_a_week_and_changes_its_length(page, small_desk, visits, settle):
    def choose(words: str) -> Visit:
        shown = chip(page, small_desk.visit)
        at = shown.rect().center()
        QApplication.sendEvent(shown, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, shown.mapToGlobal(at)))
        (menu,) = [one for one in page.findChildren(Menu) if one.isVisible()]
        (action,) = [one for one in menu.actions() if one.text() == words]
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        settle()
        return visits()[small_desk.visit]

    assert choose("Half an hour longer").ends_at == MONDAY + HOUR * 1.5
    assert choose("Half an hour shorter").ends_at == MONDAY + HOUR
    assert choose("Move to the next day").starts_at == MONDAY + timedelta(days=1)
    moved = choose("Move by a week")
    assert (moved.starts_at, moved.ends_at - moved.starts_at) == (MONDAY + timedelta(days=8), HOUR)


def test_that_a_visit_is_dragged_to_another_day_and_time_and_undo_brings_it_back(
    page, small_desk, visits, tasks, settle
):
    before = visits()[small_desk.visit]
    column = (page._calendar.week.grid.width() - 52) // 7
    drag(chip(page, small_desk.visit), QPoint(column * 2, 90))
    settle()
    after = visits()[small_desk.visit]
    assert after.starts_at - before.starts_at == timedelta(days=2, hours=1, minutes=30)
    assert after.length == before.length
    tasks.undo()
    settle()
    assert visits()[small_desk.visit].starts_at == before.starts_at


def test_that_esc_during_a_drag_leaves_the_visit_where_it_was(page, small_desk, visits, settle):
    before = visits()[small_desk.visit]
    drag(chip(page, small_desk.visit), QPoint(0, 120), escape=True)
    settle()
    assert visits()[small_desk.visit] == before


def test_that_the_lower_edge_makes_a_visit_longer(page, small_desk, visits, settle):
    shown = chip(page, small_desk.visit)
    drag(shown, QPoint(0, 30), at=QPoint(shown.width() // 2, shown.height() - 2))
    settle()
    assert visits()[small_desk.visit].length == timedelta(minutes=90)


def test_that_a_visit_is_moved_and_lengthened_by_keys(page, small_desk, visits, settle, qtbot):
    before = visits()[small_desk.visit]
    chip(page, small_desk.visit).setFocus()
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Right, alt)
    settle()
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Down, alt)
    settle()
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Down, alt | shift)
    settle()
    after = visits()[small_desk.visit]
    assert after.starts_at == before.starts_at + timedelta(days=1, minutes=15)
    assert after.length == before.length + timedelta(minutes=15)
    assert chip(page, small_desk.visit).hasFocus()


@pytest.mark.parametrize("mode", ["week", "month"])
def test_that_the_calendar_turns_with_a_visit_that_keys_move_out_of_it(page, small_desk, visits, settle, qtbot, mode):
    page.show_mode(mode)
    settle()
    before, title = visits()[small_desk.visit].starts_at, page.bar.title.text()
    key = Qt.Key.Key_Left if mode == "week" else Qt.Key.Key_Up
    chip(page, small_desk.visit).setFocus()
    for times in range(5):
        qtbot.keyClick(chip(page, small_desk.visit), key, Qt.KeyboardModifier.AltModifier)
        settle()
        days = times + 1 if mode == "week" else 7 * (times + 1)
        assert visits()[small_desk.visit].starts_at == before - timedelta(days=days)
        assert chip(page, small_desk.visit).hasFocus()
    assert page.bar.title.text() != title


def test_that_a_visit_that_keys_move_over_midnight_stays_in_sight(page, small_desk, settle, qtbot):
    chip(page, small_desk.visit).setFocus()
    for _ in range(57):  # from 9:00 to 23:15
        qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        settle()
    qtbot.waitUntil(lambda: not chip(page, small_desk.visit).visibleRegion().isEmpty())


def test_that_a_double_click_offers_a_new_visit_and_enter_on_a_name_stores_it(
    page, visits, settle, qtbot, choose_distributor
):
    grid = page._calendar.week.grid
    x = 52 + (grid.width() - 52) * 3 // 7 + 20
    where = QPoint(x, grid.y_of(14 * 60) + 5)
    qtbot.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=where)
    settle()
    assert page._pane._who.field.edit.hasFocus()
    choose_distributor("xhsm")
    new = max(visits().values(), key=lambda one: one.id)
    zone = page.ctx.clock.zone
    assert new.starts_at == moment(date(2026, 9, 24), 14 * 60, zone)
    assert new.length == timedelta(minutes=90)
    assert page._pane.visit_id == new.id


def test_that_a_double_click_on_the_first_half_hour_offers_midnight(page, visits, settle, qtbot, choose_distributor):
    grid = page._calendar.week.grid
    where = QPoint(52 + (grid.width() - 52) * 3 // 7 + 20, grid.y_of(0) + 5)
    qtbot.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=where)
    settle()
    choose_distributor("xhsm")
    new = max(visits().values(), key=lambda one: one.id)
    assert new.starts_at == moment(date(2026, 9, 24), 0, page.ctx.clock.zone)


def test_that_a_visit_is_planned_with_the_keyboard_alone(page, visits, settle, qtbot):
    before = set(visits())
    grid = page._calendar.week.grid
    grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(grid, key)
    settle()
    page._pane._who.field.edit.insert("湘禾")
    settle()
    qtbot.keyClick(page._pane._who.field.edit, Qt.Key.Key_Return)
    settle()
    (new,) = set(visits()) - before
    assert page.ctx.local(visits()[new].starts_at).strftime("%a %H:%M") == "Wed 10:00"


def test_that_purpose_place_and_participants_are_edited_in_the_pane(page, small_desk, visits, tasks, settle, qtbot):
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Space)
    settle()
    pane = page._pane
    choose(pane._purpose, Purpose.NEGOTIATION)
    settle()
    pane._place.edit.setFocus()
    pane._place.edit.insert("雨花区万家丽中路 188 号")
    qtbot.keyClick(pane._place.edit, Qt.Key.Key_Return)
    settle()
    pane.findChildren(Checkbox)[1].click()
    settle()
    stored = visits()[small_desk.visit]
    assert (stored.purpose, stored.place) == (Purpose.NEGOTIATION, "雨花区万家丽中路 188 号")
    found: list = []
    tasks.read(lambda reader: reader.all(Participant, visit_id=small_desk.visit), found.append, owner=page, key="t")
    settle()
    assert {one.contact_id for one in found[0]} == set(small_desk.people)


def test_that_what_is_being_typed_is_stored_when_the_page_is_left(page, small_desk, visits, settle, qtbot):
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Space)
    settle()
    page._pane._subject.edit.setFocus()
    page._pane._subject.edit.insert("签四季度计划")
    page.leave()
    settle()
    assert visits()[small_desk.visit].subject == "签四季度计划"


def test_that_a_deleted_visit_comes_back_with_undo(page, small_desk, visits, tasks, settle):
    page._pick(small_desk.visit)
    settle()
    page.delete(small_desk.visit)
    settle()
    assert visits() == {}
    tasks.undo()
    settle()
    assert set(visits()) == {small_desk.visit}
    assert chip(page, small_desk.visit)


def test_that_overlapping_visits_say_so(page, small_desk, tasks, settle):
    other = Visit(distributor_id=small_desk.distributor, starts_at=MONDAY + HOUR / 2, ends_at=MONDAY + HOUR)
    tasks.write("x", lambda uow: uow.insert(other))
    settle()
    assert chip(page, small_desk.visit).text_of.conflict
    page._pick(small_desk.visit)
    settle()
    assert page._pane._conflict.text() == "Overlaps 湘禾商贸"


@pytest.mark.parametrize("mode", ["week", "month"])
def test_that_the_visit_in_the_pane_is_marked_in_the_calendar_while_the_keyboard_is_in_the_pane(
    page, small_desk, theme, settle, mode
):
    page.show_mode(mode)
    settle()

    def ground() -> QColor:
        shown = chip(page, small_desk.visit).grab().toImage()
        return shown.pixelColor(shown.width() - 6, shown.height() // 2)

    assert ground() != theme.colour("accent-select")
    page._pick(small_desk.visit)
    settle()
    page._pane._place.edit.setFocus()
    assert ground() == theme.colour("accent-select")


def test_that_a_visit_among_many_shows_how_its_name_begins_instead_of_an_ellipsis(theme):
    font = theme.font("secondary-strong")
    assert fitting(font, "湘禾商贸", 18) == "湘"
    assert fitting(font, "湘禾商贸", 80) == "湘禾商贸"
    assert fitting(font, "湘禾商贸", 40).endswith("…")


def test_that_a_closed_visit_is_not_dragged(page, small_desk, visits, tasks, settle):
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, status=VisitStatus.CLOSED))
    settle()
    before = visits()[small_desk.visit]
    drag(chip(page, small_desk.visit), QPoint(0, 120))
    settle()
    assert visits()[small_desk.visit] == before


def test_that_the_month_shows_the_visit_and_moves_it_by_whole_days(page, small_desk, visits, settle, qtbot):
    page.show_mode("month")
    settle()
    before = visits()[small_desk.visit]
    shown = chip(page, small_desk.visit)
    qtbot.keyClick(shown, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    assert visits()[small_desk.visit].starts_at - before.starts_at == timedelta(days=7)
    drag(chip(page, small_desk.visit), QPoint(int(page._calendar.month._column_width()), 0))
    settle()
    assert visits()[small_desk.visit].starts_at - before.starts_at == timedelta(days=8)


def test_that_a_visit_that_is_not_written_up_stands_out_in_the_month(page, small_desk, theme, tasks, settle):
    page.show_mode("month")
    for status, stands_out in ((VisitStatus.HELD, True), (VisitStatus.CLOSED, False)):
        tasks.write("x", lambda uow, status=status: uow.update(Visit, small_desk.visit, status=status))
        settle()
        line = chip(page, small_desk.visit).grab().toImage()
        right = line.pixelColor(line.width() - 4, line.height() // 2)
        assert (right == theme.colour("warning-tint")) is stands_out


def test_that_the_words_of_a_visit_that_is_held_stand_in_the_frame_of_its_new_time_alone(page, small_desk):
    held = chip(page, small_desk.visit)
    held.faded = True
    before = held.grab().toImage()
    held.text_of = replace(held.text_of, title="另一家", detail="别的事")
    assert held.grab().toImage() == before
    held.faded = False
    assert held.grab().toImage() != before
    grid = page._calendar.week.grid
    grid._drag(small_desk.visit, QPoint(0, 30), 1)
    named = grid.grab().toImage()
    grid._ghost_name = ""
    assert grid.grab().toImage() != named


def test_that_the_times_of_a_quarter_of_an_hour_are_whole_while_it_is_dragged(page, small_desk):
    grid = page._calendar.week.grid
    held = chip(page, small_desk.visit)
    held.hide()
    heights = []
    for minutes in (45, 15):
        grid._ghost = Span(MONDAY, MONDAY + timedelta(minutes=minutes))
        box = next(iter(grid._ghost_boxes())).toRect().adjusted(4, -2, -60, 2)
        image = grid.grab(box).toImage()
        rows = [y for y in range(image.height()) if any(image.pixelColor(x, y).value() < 80 for x in range(60))]
        heights.append(rows[-1] - rows[0])
    assert heights[0] == heights[1] > 6


def test_that_an_early_visit_lies_above_the_working_day_which_is_in_sight(page, small_desk, tasks, settle, qtbot):
    early = moment(MONDAY.date(), 2 * 60, page.ctx.clock.zone)
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, starts_at=early, ends_at=early + HOUR / 4))
    settle()
    page.turn(1)
    settle()
    page.turn(-1)
    settle()
    QApplication.processEvents()  # the week before stood at the same place: this one is put there at its own turn
    bar = page._calendar.week._scroll.verticalScrollBar()
    hidden = page._calendar.week.grid.y_of(8 * 60) - page._calendar.week.grid.y_of(0)
    qtbot.waitUntil(lambda: bar.value() == min(hidden, bar.maximum()) > 0)
    bar.setValue(0)
    page.load()
    settle()
    QApplication.processEvents()
    assert bar.value() == 0


def test_that_an_early_visit_is_in_sight_where_the_whole_working_day_has_room_below_it(page, small_desk, tasks, settle):
    week = page._calendar.week
    page.window().resize(1440, 1100)
    early = moment(MONDAY.date(), 6 * 60 + 30, page.ctx.clock.zone)
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, starts_at=early, ends_at=early + HOUR / 4))
    page.turn(1)
    settle()
    page.turn(-1)
    settle()
    QApplication.processEvents()
    seen = week.grid.visibleRegion().boundingRect()
    assert seen.contains(chip(page, small_desk.visit).geometry())
    assert seen.bottom() >= week.grid.y_of(19 * 60)


def test_that_a_visit_of_a_quarter_of_an_hour_shows_its_name_whole(theme, page, small_desk, tasks, settle):
    begin = MONDAY + HOUR
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, starts_at=begin, ends_at=begin + HOUR / 4))
    settle()
    short = chip(page, small_desk.visit)
    assert short.height() < 20
    image = short.grab().toImage()
    ink = [y for y in range(image.height()) for x in range(12, 60) if image.pixelColor(x, y).lightness() < 100]
    assert min(ink) >= 2
    assert max(ink) <= image.height() - 3


def test_that_turning_the_week_reads_another_one_and_an_empty_one_says_what_to_do(page, settle):
    page.turn(1)
    settle()
    assert page.bar.title.text() == "28 Sep – 4 Oct 2026"
    assert page._calendar.empty.isVisible()
    assert page._calendar.empty.parentWidget().rect().contains(page._calendar.empty.geometry())
    assert page._calendar.height() == page.content.height()
    page.show_today()
    settle()
    assert not page._calendar.empty.isVisible()


def test_that_each_action_of_the_page_has_a_name_of_its_own_and_no_shortcut_twice(page):
    actions = page.actions()
    assert len({one.objectName() for one in actions}) == len(actions)
    keys = [one.shortcut().toString() for one in actions if not one.shortcut().isEmpty()]
    assert len(set(keys)) == len(keys)


# -- typing in the pane ------------------------------------------------------------------------------------------------


@pytest.fixture
def pane(page, small_desk, settle):
    """The pane beside the calendar, open at the visit."""
    page._pick(small_desk.visit)
    settle()
    return page._pane


def test_that_the_one_result_is_stored_when_it_is_left(pane, page, small_desk, visits, settle, qtbot):
    pane._result.edit.setFocus()
    qtbot.keyClicks(pane._result.edit, "Plan signed")
    pane._subject.edit.setFocus()
    qtbot.keyClicks(pane._subject.edit, "Fourth quarter")
    qtbot.keyClick(pane._subject.edit, Qt.Key.Key_Tab)
    settle()
    stored = visits()[small_desk.visit]
    assert (stored.result_wanted, stored.subject) == ("Plan signed", "Fourth quarter")
    assert (pane._result.text(), pane._subject.text()) == ("Plan signed", "Fourth quarter")


def test_that_somebody_is_ticked_right_after_a_field_was_left_for_it(pane, page, small_desk, settle, qtbot):
    pane._result.edit.setFocus()
    qtbot.keyClicks(pane._result.edit, "Plan signed")
    box = pane.findChildren(Checkbox)[0]
    box.setFocus(Qt.FocusReason.TabFocusReason)
    was_ticked = box.isChecked()
    settle()
    assert QApplication.focusWidget() is box
    qtbot.keyClick(box, Qt.Key.Key_Space)
    settle()
    assert box.isChecked() is not was_ticked
    assert (small_desk.people[0] in pane._shown.participant_ids) is not was_ticked


def test_that_a_closed_visit_says_who_was_there_and_asks_no_more(pane, page, small_desk, tasks, settle):
    boxes = pane.findChildren(Checkbox)
    assert all(box.isEnabled() for box in boxes)
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, status=VisitStatus.CLOSED))
    settle()
    assert [box.isChecked() for box in boxes] == [True, False]
    assert not any(box.isEnabled() for box in boxes)


def test_that_a_reload_leaves_every_field_that_is_being_typed_in(pane, page, settle, qtbot):
    for field in (pane._when.day, pane._when.start, pane._when.end, pane._subject, pane._place, pane._result):
        field.edit.setFocus()
        field.edit.selectAll()
        qtbot.keyClicks(field.edit, "half")
        page.load()
        settle()
        assert field.text() == "half"


def test_that_a_field_that_is_only_looked_at_shows_what_was_changed_elsewhere(
    pane, page, small_desk, tasks, visits, settle
):
    pane._subject.edit.setFocus()
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, subject="From elsewhere"))
    settle()
    assert pane._subject.text() == "From elsewhere"
    page.leave()
    settle()
    assert visits()[small_desk.visit].subject == "From elsewhere"


# -- which visit a key means -----------------------------------------------------------------------------------------


@pytest.fixture
def second(small_desk, tasks, settle, page):
    """Another visit of the same week."""
    ids: list[int] = []
    later = MONDAY + timedelta(days=1)
    visit = Visit(distributor_id=small_desk.distributor, starts_at=later, ends_at=later + HOUR)
    tasks.write("x", lambda uow: uow.insert(visit), then=ids.append)
    settle()
    return ids[0]


def action(page: PlannerPage, name: str):
    return next(one for one in page.actions() if one.objectName() == f"planner.{name}")


def test_that_delete_takes_the_visit_with_the_focus_and_not_the_one_in_the_pane(
    pane, page, small_desk, second, visits, settle
):
    chip(page, second).setFocus()
    action(page, "delete").trigger()
    settle()
    assert set(visits()) == {small_desk.visit}
    assert pane.isVisible()
    assert pane.visit_id == small_desk.visit
    assert page._calendar.week.isAncestorOf(QApplication.focusWidget())


def test_that_delete_and_print_mean_the_focused_visit_without_a_pane(page, second, visits, settle, went):
    chip(page, second).setFocus()
    action(page, "print").trigger()
    assert went == [Place("brief", second)]
    action(page, "delete").trigger()
    settle()
    assert second not in visits()


def test_that_the_pane_closes_when_another_week_is_shown(pane, page, settle, qtbot):
    page.turn(1)
    settle()
    assert not pane.isVisible()
    assert page._picked is None


def test_that_the_pane_stays_while_its_visit_is_still_shown(pane, page, settle):
    page.show_mode("month")
    settle()
    assert pane.isVisible()


# -- Esc -------------------------------------------------------------------------------------------------------------


def test_that_esc_restores_the_field_then_closes_the_pane_and_stays_on_the_page(
    pane, page, small_desk, visits, settle, qtbot, went
):
    for field in (pane._when.start, pane._subject, pane._result):
        page._pick(small_desk.visit)
        settle()
        before = field.text()
        field.edit.setFocus()
        field.edit.selectAll()
        qtbot.keyClicks(field.edit, "wrong")
        qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
        assert field.text() == before
        assert pane.isVisible()
        qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
        settle()
        assert not pane.isVisible()
        assert chip(page, small_desk.visit).hasFocus()
    assert (visits()[small_desk.visit].subject, visits()[small_desk.visit].result_wanted) == ("", "")
    assert went == []


def test_that_esc_in_the_pane_of_a_new_visit_closes_the_pane(page, settle, qtbot):
    page.new_visit()
    settle()
    qtbot.keyClicks(page._pane._who.field.edit, "x")
    qtbot.keyClick(page._pane._who.field.edit, Qt.Key.Key_Escape)
    assert not page._pane.isVisible()
    assert page._calendar.week.grid.hasFocus()


# -- a new visit -----------------------------------------------------------------------------------------------------


@pytest.fixture
def retype(qtbot):
    """Type another text into a field; nothing leaves it empty."""

    def retype(field, text: str) -> None:
        field.edit.setFocus()
        field.edit.selectAll()
        qtbot.keyClicks(field.edit, text) if text else qtbot.keyClick(field.edit, Qt.Key.Key_Delete)

    return retype


def test_that_a_new_visit_with_times_that_cannot_be_read_is_refused_at_the_field(
    page, visits, settle, retype, choose_distributor
):
    before = set(visits())
    page.new_visit()
    settle()
    pane = page._pane
    for field, text in ((pane._when.start, "15"), (pane._when.end, "14:00"), (pane._when.start, "abc")):
        retype(field, text)
    choose_distributor("xhsm")
    assert set(visits()) == before
    assert pane._when.start.edit.hasFocus()
    assert pane._when.start.error
    for field, text in ((pane._when.start, "15"), (pane._when.end, "16")):
        retype(field, text)
    choose_distributor("")
    (new,) = set(visits()) - before
    assert page.ctx.local(visits()[new].starts_at).hour == 15
    assert visits()[new].length == HOUR


def test_that_a_new_visit_is_planned_at_whom_was_typed_although_enter_is_faster_than_the_search(
    page, visits, settle, qtbot, small_desk
):
    page.ctx.tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="阿里贸易", short_name="阿里")))
    settle()
    before = set(visits())
    who = page._pane._who.field.edit

    def plan_quickly() -> None:
        qtbot.keyClicks(who, "xhsm")
        qtbot.keyClick(who, Qt.Key.Key_Return)
        settle()

    page.new_visit()
    plan_quickly()  # nobody is offered yet
    page.new_visit()
    settle()
    plan_quickly()  # others are offered still
    new = [visit for number, visit in visits().items() if number not in before]
    assert [visit.distributor_id for visit in new] == [small_desk.distributor] * 2


def test_that_an_empty_day_of_a_new_visit_is_refused_too(page, visits, settle, retype, choose_distributor):
    before = set(visits())
    page.new_visit()
    settle()
    retype(page._pane._when.day, "")
    choose_distributor("xhsm")
    assert set(visits()) == before
    assert page._pane._when.day.edit.hasFocus()
    assert page._pane._when.day.error


def test_that_a_new_visit_after_a_closed_one_gets_the_time_that_is_typed(
    pane, page, small_desk, tasks, visits, settle, retype, choose_distributor
):
    tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, status=VisitStatus.CLOSED))
    settle()
    assert not pane._when.start.isEnabled()
    page.new_visit()
    settle()
    retype(pane._when.start, "1530")
    choose_distributor("xhsm")
    assert page.ctx.local(visits()[pane.visit_id].starts_at).strftime("%H:%M") == "15:30"


def test_that_a_new_visit_says_how_to_begin_while_there_is_no_distributor(make_desk, settle, qtbot):
    planner = PlannerPage(make_desk("en"))
    qtbot.addWidget(planner)
    planner.show()
    planner.new_visit()
    settle()
    shown = planner._pane._who._list.item(0).data(Qt.ItemDataRole.UserRole)
    assert shown.text == "No distributors yet. Add one: Ctrl+2, then Ctrl+N"


def test_that_a_name_that_is_not_found_says_so_and_what_to_do(page, settle, qtbot):
    page.new_visit()
    settle()
    qtbot.keyClicks(page._pane._who.field.edit, "xyzq")
    settle()
    hits = page._pane._who._list
    assert hits.isVisible()
    shown = hits.item(0).data(Qt.ItemDataRole.UserRole)
    assert shown.text == "No distributor found"
    qtbot.keyClick(page._pane._who.field.edit, Qt.Key.Key_Return)
    assert "Ctrl+N" in page._pane._who.field.error
    assert page._pane._who.field.text() == "xyzq"


# -- what is told ----------------------------------------------------------------------------------------------------


def test_that_a_longer_visit_is_not_said_to_have_moved(page, small_desk, tasks, settle):
    told: list[str] = []
    tasks.saved.connect(told.append)
    shown = chip(page, small_desk.visit)
    drag(shown, QPoint(0, 30), at=QPoint(shown.width() // 2, shown.height() - 2))
    settle()
    assert told == ["湘禾商贸 now takes 9:00–10:30, Mon 21 Sep"]


@pytest.mark.parametrize("width, told", [(140, "hours and place"), (80, "hours"), (50, "start")])
def test_that_a_narrow_visit_tells_its_place_only_where_it_can_be_read(page, tasks, settle, small_desk, width, told):
    tasks.write("Place", lambda uow: edit_visit(uow, small_desk.visit, place="长沙"))
    settle()
    visit = chip(page, small_desk.visit)
    text = visit.text_of
    assert visit.times_in(width) == {"hours and place": text.times, "hours": text.hours, "start": text.start}[told]


@pytest.mark.parametrize("height, lines", [(60, 1), (90, 2)])
def test_that_what_waits_to_be_written_up_is_told_whole_where_the_visit_has_room_below(
    page, small_desk, settle, clock, height, lines
):
    clock.advance(timedelta(days=1))
    page.load_anew()
    settle()
    visit = chip(page, small_desk.visit)
    assert visit.text_of.unwritten
    visit.resize(84, height)
    image, colour = visit.grab().toImage(), page.ctx.theme.colour("warning-text")
    inked = [y for y in range(image.height()) if any(image.pixelColor(x, y) == colour for x in range(image.width()))]
    assert round((inked[-1] - inked[0]) / 16) in {lines - 1, lines}
    assert (inked[-1] - inked[0] > 16) is (lines > 1)


def test_that_a_long_name_in_a_narrow_month_can_be_read_and_ends_with_an_ellipsis(page, small_desk, tasks, settle):
    name = "Meridian Wuhan Trading"
    tasks.write("x", lambda uow: uow.update(Distributor, small_desk.distributor, name=name, short_name=""))
    page.resize(968, 640)  # the smallest window, with icons alone at its left
    page.show_mode("month")
    page._pick(small_desk.visit)
    page._load_details(small_desk.visit)
    settle()
    QApplication.processEvents()
    shown = chip(page, small_desk.visit)
    assert page._pane.isVisible()
    assert shown.width() < 100
    words = fitting(page.ctx.theme.font("secondary"), name, shown.width() - shown.name_from(shown.width()) - 4)
    assert words.endswith("…")
    assert len(words) > 5


def test_that_a_visit_too_narrow_for_time_and_name_shows_its_name_alone(page, small_desk):
    shown = chip(page, small_desk.visit)

    def pictures(width):
        found = []
        for start in ("09:00", "16:30"):
            text = replace(shown.text_of, start=start)
            small = VisitChip(page.ctx.theme, text, compact=True, parent=page)
            small.resize(width, 22)
            found.append(small.grab().toImage())
        return found

    narrow, wide = pictures(80), pictures(200)
    assert narrow[0] == narrow[1]
    assert wide[0] != wide[1]


def test_that_a_toast_does_not_cover_the_hint_of_an_empty_week(open_desk, data_folder, qtbot):
    whole = open_desk("en")
    window = whole.window
    window.go(Place("planner"))
    rest(qtbot, whole)
    hint = window.page.findChild(FloatingHint)
    assert hint.isVisible()
    window.ctx.feedback.say("There is nothing to undo.")
    toast = window.findChild(Toast)
    qtbot.waitUntil(toast.isVisible)
    assert not QRect(hint.mapTo(window, QPoint(0, 0)), hint.size()).intersects(toast.geometry())


def test_that_alt_left_on_a_visit_moves_it_and_does_not_leave_the_planner(small_desk, open_desk, qtbot):
    whole = open_desk("en")
    window = whole.window
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place("planner"))
    rest(qtbot, whole)
    page = window.page
    before = chip(page, small_desk.visit).text_of.times
    chip(page, small_desk.visit).setFocus()
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, whole)
    qtbot.keyClick(chip(page, small_desk.visit), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    rest(qtbot, whole)
    assert window.page is page
    assert chip(page, small_desk.visit).text_of.times == before
    assert "21 Sep" in chip(page, small_desk.visit).text_of.spoken


def test_that_a_new_visit_that_is_begun_on_another_page_is_offered_the_first_gap_of_the_day(
    small_desk, open_desk, qtbot
):
    whole = open_desk("en")
    window, zone = whole.window, whole.window.ctx.clock.zone
    now = window.ctx.local(window.ctx.clock.now())
    taken = moment(now.date(), (now.hour + 1) * 60, zone)
    whole.tasks.write("x", lambda uow: uow.update(Visit, small_desk.visit, starts_at=taken, ends_at=taken + HOUR))
    rest(qtbot, whole)
    window.begin("planner", "new")
    rest(qtbot, whole)
    assert window.page._pane._when.span.starts_at == taken + HOUR
