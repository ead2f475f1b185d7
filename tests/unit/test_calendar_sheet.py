"""The week or month of the planner."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from channel_desk.presentation.calendar_sheet import MONTH, WEEK, CalendarSheet

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 9, 23)


def test_that_a_sheet_covers_its_week_or_all_the_weeks_of_its_month():
    start, end = CalendarSheet(WEEK, DAY).bounds(SHANGHAI)
    assert (start, end.date()) == (datetime(2026, 9, 21, tzinfo=SHANGHAI), date(2026, 9, 28))
    start, end = CalendarSheet(MONTH, DAY).bounds(SHANGHAI)
    assert (start.date(), end.date()) == (date(2026, 8, 31), date(2026, 10, 5))
    start, end = CalendarSheet(WEEK, DAY, starts_on=6).bounds(SHANGHAI)
    assert (start.date(), end.date()) == (date(2026, 9, 20), date(2026, 9, 27))


@pytest.mark.parametrize(
    ("mode", "day", "steps", "expected"),
    [
        (WEEK, DAY, -1, date(2026, 9, 16)),
        (MONTH, date(2026, 1, 31), 1, date(2026, 2, 28)),
        (MONTH, date(2026, 12, 5), 1, date(2027, 1, 5)),
        (MONTH, date(2026, 1, 5), -1, date(2025, 12, 5)),
        (MONTH, date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_that_turning_lands_on_a_real_day(mode, day, steps, expected):
    assert CalendarSheet(mode, day).turned(steps) == CalendarSheet(mode, expected)


@pytest.mark.parametrize(
    ("mode", "framed", "expected"),
    [
        (WEEK, date(2026, 9, 24), date(2026, 10, 1)),
        (WEEK, date(2026, 9, 28), date(2026, 9, 30)),
        (MONTH, date(2026, 9, 30), date(2026, 10, 30)),
        (MONTH, date(2026, 8, 31), date(2026, 10, 23)),
    ],
)
def test_that_turning_keeps_the_place_of_the_frame_where_that_is_on_the_sheet(mode, framed, expected):
    assert CalendarSheet(mode, DAY).turned(1, framed) == CalendarSheet(mode, expected)


def test_that_a_sheet_has_the_days_of_its_weeks_also_beside_the_month():
    assert CalendarSheet(MONTH, DAY).has(date(2026, 10, 4))
    assert not CalendarSheet(MONTH, DAY).has(date(2026, 10, 5))
    assert not CalendarSheet(WEEK, DAY).has(date(2026, 9, 20))
    assert CalendarSheet(WEEK, DAY, starts_on=6).has(date(2026, 9, 20))


def test_that_a_visit_over_its_last_midnight_is_on_both_weeks():
    late = datetime(2026, 9, 27, 23, tzinfo=SHANGHAI)
    span = late, late + timedelta(hours=2)
    assert CalendarSheet(WEEK, DAY).shows(*span, SHANGHAI)
    assert CalendarSheet(WEEK, DAY).turned(1).shows(*span, SHANGHAI)
    assert not CalendarSheet(WEEK, DAY).turned(1).shows(late, late + timedelta(hours=1), SHANGHAI)


def test_that_a_sheet_is_called_by_its_week_or_its_month(language_en, language_zh):
    assert CalendarSheet(WEEK, DAY).title(language_en) == language_en.formats.week_range(
        date(2026, 9, 21), date(2026, 9, 27)
    )
    assert CalendarSheet(MONTH, DAY).title(language_zh) == language_zh.formats.month(DAY)


def test_that_the_week_around_the_day_stands_also_behind_its_month():
    sheet = CalendarSheet(WEEK, DAY).as_mode(MONTH)
    assert (sheet.week[0], sheet.week[-1]) == (date(2026, 9, 21), date(2026, 9, 27))
    assert sheet.as_mode(WEEK) == CalendarSheet(WEEK, DAY)
