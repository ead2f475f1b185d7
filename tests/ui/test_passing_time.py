"""A window that stays open over night speaks of the new day in the morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.clock import FixedClock
from channel_desk.ui.file.page import FilePage
from channel_desk.ui.passing_time import PassingTime
from channel_desk.ui.today.page import TodayPage
from tests.fixtures.desks import SmallDesk

Settle = Callable[[], None]


def lateness(page: FilePage) -> list[str]:
    return [one.text() for one in page.promises.findChildren(QLabel) if one.isVisibleTo(page) and "late" in one.text()]


def test_that_a_promise_is_a_day_later_after_a_night(file_page: FilePage, clock: FixedClock, settle: Settle) -> None:
    assert "4 days late" in lateness(file_page)
    clock.advance(timedelta(days=1))
    file_page.ctx.time.pass_minute()
    settle()
    assert "5 days late" in lateness(file_page)


def test_that_a_page_that_is_not_shown_loads_the_new_day_when_it_is(
    file_page: FilePage, clock: FixedClock, settle: Settle
) -> None:
    file_page.hide()
    clock.advance(timedelta(days=1))
    file_page.ctx.time.pass_minute()
    file_page.show()
    settle()
    assert "5 days late" in lateness(file_page)


def test_that_a_minute_makes_no_day(clock: FixedClock) -> None:
    time, told = PassingTime(clock), []
    time.day_passed.connect(lambda: told.append("day"))
    time.minute_passed.connect(lambda: told.append("minute"))
    for step in (timedelta(minutes=1), timedelta(days=1), timedelta(minutes=1)):
        clock.advance(step)
        time.pass_minute()
    assert told == ["minute", "day", "minute", "minute"]


def shown_day(desk: Desk) -> str:
    assert isinstance(desk.window.page, TodayPage)
    return desk.window.page.bar.title.text()


def test_that_a_laptop_that_is_opened_in_the_morning_shows_the_day_at_once(
    small_desk: SmallDesk, open_desk: Callable[[str], Desk], clock: FixedClock, qapp: QApplication, qtbot: QtBot
) -> None:
    desk = open_desk("en")
    before = shown_day(desk)
    clock.advance(timedelta(days=1))
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: shown_day(desk) != before)
