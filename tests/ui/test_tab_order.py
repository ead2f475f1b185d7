"""Tab goes where the eye goes, also after rows and cards came late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget, QWidgetItem
from shiboken6 import Shiboken

from channel_desk.domain.commitments import Commitment, Direction, PromiseStep
from channel_desk.domain.visits import Phase
from channel_desk.services.commitments import promise
from channel_desk.services.visits import move_visit
from channel_desk.ui.place import Place
from channel_desk.ui.tab_order import step_on
from channel_desk.ui.widgets.button import Button
from tests.ui.conftest import rest


@pytest.fixture
def whole(small_desk, open_desk, clock, qtbot):
    desk = open_desk("en")
    start = clock.now() + timedelta(minutes=99)
    desk.tasks.write(
        "Move", lambda uow: move_visit(uow, small_desk.visit, starts_at=start, ends_at=start + timedelta(hours=1))
    )
    rest(qtbot, desk)
    desk.window.resize(1440, 900)
    return desk


def shown(qtbot, whole, name: str, record_id: int):
    """The page of that name, with the record it was asked for."""
    whole.window.go(Place(name, record_id))
    rest(qtbot, whole)
    return whole.window.page


def walked(qtbot, page, key=Qt.Key.Key_Tab):
    """Where Tab stops on ``page``, from its first stop until it is left."""
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    page.setFocus()
    stops = []
    while True:
        qtbot.keyClick(QApplication.focusWidget(), key)
        here = QApplication.focusWidget()
        if not page.isAncestorOf(here) or here in stops:
            return stops
        stops.append(here)


def top(page, widget):
    return widget.mapTo(page, QPoint(0, 0)).y()


def test_that_tab_walks_through_today_as_one_reads(qtbot, whole):
    page = whole.window.page
    stops = walked(qtbot, page)
    assert not [one for one in stops if isinstance(one, QScrollArea)]
    card = page.coming_place.itemAt(0).widget()
    order = [page.day_line, card, page.ours, page.theirs, page.week, page.unwritten]
    seen = [next((part for part in order if part.isAncestorOf(one)), None) for one in stops]
    parts = [part for part in order if part in seen]
    assert len(parts) >= 5
    assert [part for part in seen if part is not None] == sorted(
        (part for part in seen if part is not None), key=order.index
    )


def test_that_tab_walks_through_a_card_of_the_file_from_top_to_bottom(qtbot, whole, small_desk):
    page = shown(qtbot, whole, "file", small_desk.distributor)
    page.profile.show_everything()
    stops = walked(qtbot, page)
    heights = [top(page.profile, one) for one in stops if page.profile.isAncestorOf(one)]
    assert len(heights) > 20
    assert heights == sorted(heights)


def test_that_shift_tab_goes_the_same_way_back(qtbot, whole):
    page = whole.window.page
    forth = walked(qtbot, page)
    forth[-1].setFocus()
    back = [forth[-1]]
    for _ in forth[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        back.append(QApplication.focusWidget())
    assert back == forth[::-1]


def test_that_what_tab_reaches_is_brought_into_sight(qtbot, whole, small_desk):
    page = shown(qtbot, whole, "file", small_desk.distributor)
    page.profile.show_everything()
    for one in walked(qtbot, page):
        one.setFocus()
        qtbot.keyClick(one, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if page._cards.isAncestorOf(here):
            assert not here.visibleRegion().isEmpty()


def test_that_tab_walks_through_the_planner_from_the_bar_over_the_week_to_the_pane(qtbot, whole, small_desk):
    page = shown(qtbot, whole, "planner", small_desk.visit)
    stops = walked(qtbot, page)
    order = [page.bar, page._calendar.week, page._pane]
    places = [next(number for number, part in enumerate(order) if part.isAncestorOf(one)) for one in stops]
    assert set(places) == {0, 1, 2}
    assert places == sorted(places)
    inside = [top(page, one) for one in stops if page._pane.isAncestorOf(one)]
    assert inside == sorted(inside)


def test_that_tab_walks_through_a_visit_as_one_reads(qtbot, whole, small_desk):
    page = shown(qtbot, whole, "visit", small_desk.visit)
    page.record_promise()
    rest(qtbot, whole)
    stops = walked(qtbot, page)
    sheet = page.sheet
    order = [page.bar, sheet.phases, page.checklist, page.form, page.foot, sheet.pane]
    places = [next(number for number, part in enumerate(order) if part.isAncestorOf(one)) for one in stops]
    assert set(places) == set(range(len(order)))
    assert places == sorted(places)


def test_that_tab_stops_at_the_phase_that_is_shown(qtbot, whole, small_desk):
    page = shown(qtbot, whole, "visit", small_desk.visit)
    for phase in (Phase.DURING, Phase.BEFORE):
        page.go_to_phase(phase)
        tabs = [one for one in walked(qtbot, page) if page.sheet.phases.isAncestorOf(one)]
        assert [one.isChecked() for one in tabs] == [True]


def items_known() -> int:
    """How many items of layouts Python has a name for."""
    return sum(type(one) is QWidgetItem for one in Shiboken.getAllValidWrappers())


def test_that_tab_keeps_nothing_that_ends_with_a_widget(qtbot):
    """An item of a layout that Python knows beyond its end is taken for what is made at its address later."""
    sheet = QWidget()
    qtbot.addWidget(sheet)
    column = QVBoxLayout(sheet)
    inner = QVBoxLayout()
    column.addLayout(inner)
    fields = [QLineEdit(sheet) for _ in range(4)]
    for field, layout in zip(fields, (column, inner, column, inner), strict=True):
        layout.addWidget(field)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    known = items_known()
    fields[1].setFocus()
    walked = []
    for _ in fields:
        step_on(sheet, forward=True)
        walked.append(fields.index(QApplication.focusWidget()))
    assert walked == [3, 0, 2, 1]
    assert items_known() == known


def test_that_the_keyboard_goes_on_to_the_next_promise_or_person_where_one_goes(qtbot, whole, small_desk):
    given = Commitment(distributor_id=small_desk.distributor, direction=Direction.OURS, text="Samples")
    made = []
    whole.tasks.write("Promise", lambda uow: promise(uow, given), then=made.append)
    rest(qtbot, whole)
    page = shown(qtbot, whole, "file", small_desk.distributor)
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    row = page.promises.ours.row(small_desk.ours)
    row.ask(PromiseStep.WITHDRAW)
    row.form.text.setText("Not wanted")
    qtbot.keyClick(row.form.text.edit, Qt.Key.Key_Return)
    rest(qtbot, whole)
    assert not Shiboken.isValid(row)  # ended, and folded away
    assert QApplication.focusWidget() is page.promises.ours.row(made[0]).head
    person = page.contacts.row(small_desk.people[0])
    person.turn()
    delete = next(one for one in person.findChildren(Button) if one.text() == "Delete person")
    delete.setFocus()
    qtbot.keyClick(delete, Qt.Key.Key_Space)
    rest(qtbot, whole)
    assert QApplication.focusWidget() is page.contacts.row(small_desk.people[1]).head
