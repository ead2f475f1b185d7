"""Where the keyboard is after a promise was kept, withdrawn or disputed, and after Undo and Redo of that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.domain.commitments import Commitment, PromiseStep
from channel_desk.services.commitments import promise
from channel_desk.ui.file.page import FilePage
from channel_desk.ui.place import Place
from channel_desk.ui.today.page import TodayPage
from channel_desk.ui.today.promises import _Row
from channel_desk.ui.visit.page import VisitPage
from channel_desk.ui.visit.promise_line import PromiseLine
from tests.fixtures.desks import SmallDesk
from tests.ui.conftest import rest

CTRL = Qt.KeyboardModifier.ControlModifier
Press = Callable[..., None]


@pytest.fixture
def desk(qtbot: QtBot, small_desk: SmallDesk, open_desk: Callable[[str], Desk]) -> Desk:
    """With two more promises of ours than the small desk has, due before and after."""
    shown = open_desk("en")
    first = []
    shown.tasks.read(
        lambda reader: reader.get(Commitment, small_desk.ours), first.append, owner=shown.window, key="test"
    )
    rest(qtbot, shown)
    for text, days in (("Before", -9), ("After", 9)):
        due = None if first[0].due_on is None else first[0].due_on.fromordinal(first[0].due_on.toordinal() + days)
        one = Commitment(distributor_id=small_desk.distributor, text=text, due_on=due, direction=first[0].direction)
        shown.tasks.write("x", lambda uow, one=one: promise(uow, one))
    rest(qtbot, shown)
    return shown


@pytest.fixture
def press(qtbot: QtBot, desk: Desk) -> Press:
    """Press a key where the keyboard is, or type a text."""

    def press(what: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        here = QApplication.focusWidget() or desk.window
        if isinstance(what, str):
            qtbot.keyClicks(here, what)
        else:
            qtbot.keyClick(here, what, modifiers)
        rest(qtbot, desk)

    return press


@pytest.fixture
def go(qtbot: QtBot, desk: Desk) -> Callable[..., None]:
    def go(page: str, record: int | None = None) -> None:
        desk.window.resize(1366, 768)
        desk.window.go(Place(page, record))
        rest(qtbot, desk)

    return go


def holds(widget: QWidget) -> bool:
    here = QApplication.focusWidget()
    return here is not None and (widget is here or widget.isAncestorOf(here))


@pytest.mark.parametrize("step", [PromiseStep.FULFIL, PromiseStep.WITHDRAW, PromiseStep.DISPUTE, PromiseStep.DELETE])
def test_that_undo_in_the_file_leads_to_the_promise_that_came_back(
    desk: Desk, small_desk: SmallDesk, go: Callable[..., None], press: Press, step: PromiseStep
) -> None:
    go("file", small_desk.distributor)
    page = desk.window.page
    assert isinstance(page, FilePage)
    side = page.promises.ours
    row = side.row(small_desk.ours)
    row.head.setFocus()
    if step is PromiseStep.DELETE:
        row._step(step)
    else:
        row.ask(step)
        press("receipt")
        press(Qt.Key.Key_Return, CTRL)
    assert page.promises.isAncestorOf(QApplication.focusWidget() or page)
    for _ in range(2):
        press(Qt.Key.Key_Z, CTRL)
        assert side.row(small_desk.ours).head.hasFocus()
        press(Qt.Key.Key_Y, CTRL)
        assert page.promises.isAncestorOf(QApplication.focusWidget() or page)


def test_that_undo_leaves_a_keyboard_that_is_in_another_card_or_in_the_promise_itself(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Callable[..., None], press: Press
) -> None:
    go("file", small_desk.distributor)
    page = desk.window.page
    assert isinstance(page, FilePage)
    row = page.promises.ours.row(small_desk.ours)
    row.ask(PromiseStep.FULFIL)
    press("receipt")
    press(Qt.Key.Key_Return, CTRL)
    page.contacts.new_name.edit.setFocus()
    desk.tasks.undo()
    rest(qtbot, desk)
    assert page.contacts.new_name.edit.hasFocus()
    row = page.promises.ours.row(small_desk.ours)
    row.turn()
    row.row("text").edit.start()
    press("!")
    press(Qt.Key.Key_Return)
    here = QApplication.focusWidget()
    assert here is not None
    assert row.isAncestorOf(here)
    assert here is not row.head
    press(Qt.Key.Key_Z, CTRL)
    assert QApplication.focusWidget() is here


def test_that_undo_on_today_leads_to_the_promise_that_came_back(
    desk: Desk, small_desk: SmallDesk, go: Callable[..., None], press: Press
) -> None:
    def row() -> _Row:
        return next(one for one in page.ours.findChildren(_Row) if one.row.commitment_id == small_desk.ours)

    go("today")
    page = desk.window.page
    assert isinstance(page, TodayPage)
    row().tick.setFocus()
    press(Qt.Key.Key_Space)
    press("receipt")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, CTRL)
    assert holds(row())


def test_that_a_promise_kept_in_the_visit_leaves_the_keyboard_to_the_questions(
    desk: Desk, small_desk: SmallDesk, go: Callable[..., None], press: Press
) -> None:
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    line = next(one for one in page.sheet.pane.findChildren(PromiseLine) if one._promise.id == small_desk.ours)
    line._tick.setFocus()
    press(Qt.Key.Key_Space)
    press("receipt")
    press(Qt.Key.Key_Return)
    assert page.checklist.hasFocus()
    before = page.checklist.current
    press(Qt.Key.Key_Down)
    assert page.checklist.current != before


def test_that_a_keyboard_on_a_promise_of_the_visit_stays_there_when_another_one_changes(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Callable[..., None]
) -> None:
    def line() -> PromiseLine:
        return next(one for one in page.sheet.pane.findChildren(PromiseLine) if one._promise.id == small_desk.ours)

    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    line()._tick.setFocus()
    other = Commitment(distributor_id=small_desk.distributor, text="Another", direction=line()._promise.direction)
    desk.tasks.write("x", lambda uow: promise(uow, other))
    rest(qtbot, desk)
    assert line()._tick.hasFocus()
