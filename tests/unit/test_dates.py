"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.i18n import load_language
from channel_desk.paths import resources
from channel_desk.presentation.dates import read_day, read_time

TODAY = date(2026, 9, 22)  # a Tuesday

DAYS = {
    "today": (2026, 9, 22), "Tomorrow": (2026, 9, 23), "yesterday": (2026, 9, 21), "day after tomorrow": (2026, 9, 24),
    "今天": (2026, 9, 22), "明天": (2026, 9, 23), "后天": (2026, 9, 24), "大后天": (2026, 9, 25), "前天": (2026, 9, 20),
    "+3": (2026, 9, 25), "+ 3": (2026, 9, 25), "-1": (2026, 9, 21), "+2w": (2026, 10, 6), "in 10 days": (2026, 10, 2),
    "3d": (2026, 9, 25), "3天后": (2026, 9, 25), "两周后": (2026, 10, 6), "十天后": (2026, 10, 2),
    "5天前": (2026, 9, 17),
    "wed": (2026, 9, 23), "tue": (2026, 9, 29), "monday": (2026, 9, 28), "周三": (2026, 9, 23), "星期天": (2026, 9, 27),
    "this wed": (2026, 9, 23), "this mon": (2026, 9, 21), "next wed": (2026, 9, 30), "Next Weds": None,
    "next week": (2026, 9, 28), "last fri": (2026, 9, 18), "下周三": (2026, 9, 30), "下个周三": (2026, 9, 30),
    "下下周一": (2026, 10, 5), "上周五": (2026, 9, 18), "本周五": (2026, 9, 25), "下周": (2026, 9, 28),
    "礼拜六": (2026, 9, 26),
    "15 oct": (2026, 10, 15), "oct 15": (2026, 10, 15), "15th October": (2026, 10, 15), "1 feb": (2027, 2, 1),
    "15 Oct 2027": (2027, 10, 15), "Oct 15, 2027": (2027, 10, 15), "10-15": (2026, 10, 15), "10/15": (2026, 10, 15),
    "10.15": (2026, 10, 15), "15/10": (2026, 10, 15), "10月15日": (2026, 10, 15), "10月15": (2026, 10, 15),
    "９-３０": (2026, 9, 30), "9-20": (2026, 9, 20), "8-1": (2027, 8, 1), "2-29": None, "2-30": None, "13-13": None,
    "2026-10-15": (2026, 10, 15), "2026/1/5": (2026, 1, 5), "20261015": (2026, 10, 15),
    "2026年10月15日": (2026, 10, 15),
    "15.10.2026": (2026, 10, 15), "30": (2026, 9, 30), "22": (2026, 9, 22), "5": (2026, 10, 5), "5号": (2026, 10, 5),
    "31": (2026, 10, 31), "3rd": (2026, 10, 3), "月底": (2026, 9, 30), "month end": (2026, 9, 30),
    "下个月": (2026, 10, 1), "下月10号": (2026, 10, 10), "下个月31日": (2026, 10, 31), "本月31号": None,
    "上月5": (2026, 8, 5), "下下个月30号": (2026, 11, 30), "下月0号": None,
    "": None, "soon": None, "45": None, "0": None, "15 foo": None, "+": None, "周": None, "32号": None,
}  # fmt: skip

GONE = {"wed": (2026, 9, 16), "9-30": (2026, 9, 30), "11-1": (2025, 11, 1), "3-23": (2026, 3, 23), "25": (2026, 8, 25)}

TIMES = {
    "9": (9, 0), "09": (9, 0), "930": (9, 30), "0930": (9, 30), "9:30": (9, 30), "9.30": (9, 30), "9：30": (9, 30),
    "1530": (15, 30), "23:59": (23, 59), "0": (0, 0), "9点": (9, 0), "9点半": (9, 30), "9点一刻": (9, 15),
    "下午3点": (15, 0), "下午3点20": (15, 20), "上午9点": (9, 0), "3pm": (15, 0), "3:15 pm": (15, 15), "12am": (0, 0),
    "12pm": (12, 0), "晚上8点": (20, 0), "24": None, "9:60": None, "": None, "noon": None, "12345": None,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), DAYS.items())
def test_that_a_typed_day_is_understood(typed: str, meant: tuple[int, int, int] | None) -> None:
    assert read_day(typed, TODAY) == (date(*meant) if meant else None)


@pytest.mark.parametrize(("typed", "meant"), GONE.items())
def test_that_a_record_means_the_day_gone_by(typed: str, meant: tuple[int, int, int]) -> None:
    assert read_day(typed, TODAY, ahead=False) == date(*meant)


def test_that_the_month_after_december_is_january() -> None:
    assert read_day("下月10号", date(2026, 12, 31)) == date(2027, 1, 10)
    assert read_day("上个月31号", date(2027, 1, 1)) == date(2026, 12, 31)


def test_that_a_day_alone_that_february_does_not_have_is_one_of_march() -> None:
    assert read_day("30", date(2027, 2, 10)) == date(2027, 3, 30)
    assert read_day("29", date(2028, 2, 10)) == date(2028, 2, 29)


@pytest.mark.parametrize(("typed", "meant"), TIMES.items())
def test_that_a_typed_time_is_understood(typed: str, meant: tuple[int, int] | None) -> None:
    assert read_time(typed) == (time(*meant) if meant else None)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_that_a_shown_day_can_be_typed_again(code: str, day: date) -> None:
    formats = load_language(code, resources() / "i18n").formats
    assert read_day(formats.day_full(day), TODAY) == day


@given(text=st.text(max_size=12), today=st.dates(date(1, 2, 1), date(9998, 1, 1)))
def test_that_any_typing_is_a_day_or_nothing(text: str, today: date) -> None:
    assert isinstance(read_day(text, today), date | None)


@given(text=st.text("0123456789+-wdoct年月日周下一半点:. ", max_size=10))
def test_that_typing_near_a_date_never_fails(text: str) -> None:
    assert isinstance(read_day(text, TODAY), date | None)
    assert isinstance(read_time(text), time | None)
