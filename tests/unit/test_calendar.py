"""The planner's geometry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.domain.distributors import Status
from channel_desk.domain.lines import DistributorTag, VisitLine
from channel_desk.domain.overlaps import conflicts, overlapped
from channel_desk.domain.record import DistributorId, VisitId
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.presentation.calendar import place_days, slots_of
from channel_desk.presentation.calendar_days import month_weeks, next_working_day, week_days, week_number, week_of
from channel_desk.presentation.full_days import fold, month_days
from channel_desk.presentation.planner import ChipTexts, chip_text, moved_words
from channel_desk.presentation.visit_rows import visit_row
from channel_desk.presentation.visit_span import Span, free_slot, moment, snap, written

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 9, 23)
#: A moment before the day, in which all of its hours are still to come.
LONG_BEFORE = datetime(2026, 9, 1, tzinfo=SHANGHAI)
TAG = DistributorTag(DistributorId(1), "朗州照明", "", "常德", None, Status.ACTIVE)


def line(number: int, start: str, end: str, day: date = DAY) -> VisitLine:
    def at(text: str) -> datetime:
        hour, minute = text.split(":")
        return moment(day, int(hour) * 60 + int(minute), SHANGHAI).astimezone(UTC)

    return VisitLine(
        Visit(id=VisitId(number), distributor_id=DistributorId(1), starts_at=at(start), ends_at=at(end)), TAG
    )


def lanes(*lines: VisitLine) -> dict[int, tuple[int, int]]:
    return {one.visit_id: (one.lane, one.lanes) for one in place_days(lines, [DAY], SHANGHAI)[DAY]}


def test_that_visits_one_after_the_other_keep_the_whole_column():
    assert lanes(line(1, "9:00", "10:00"), line(2, "10:00", "11:00")) == {1: (0, 1), 2: (0, 1)}


def test_that_a_visit_takes_the_lane_of_one_that_ends_as_it_begins():
    found = lanes(line(1, "9:00", "11:00"), line(2, "9:00", "10:00"), line(3, "10:00", "11:00"))
    assert found == {1: (0, 2), 2: (1, 2), 3: (1, 2)}


def test_that_a_visit_of_some_minutes_is_tall_enough_to_be_read():
    (slot,) = slots_of(line(1, "9:00", "9:05").visit.starts_at, line(1, "9:00", "9:05").visit.ends_at, SHANGHAI)
    assert (slot.start, slot.end) == (9 * 60, 9 * 60 + 15)


def test_that_a_gap_after_a_full_day_still_ends_on_it():
    span = free_slot(
        [line(1, "8:00", "23:30")], DAY, SHANGHAI, now=LONG_BEFORE, day_starts=8, length=timedelta(hours=1)
    )
    assert span == Span(moment(DAY, 23 * 60, SHANGHAI), moment(DAY, 24 * 60, SHANGHAI))


def test_that_overlapping_visits_share_the_column():
    assert lanes(line(1, "9:00", "10:30"), line(2, "9:30", "11:00")) == {1: (0, 2), 2: (1, 2)}


def test_that_a_chain_of_overlaps_uses_a_free_lane_again():
    found = lanes(
        line(1, "9:00", "12:00"), line(2, "9:30", "10:00"), line(3, "10:30", "11:00"), line(4, "12:00", "13:00")
    )
    assert found == {1: (0, 2), 2: (1, 2), 3: (1, 2), 4: (0, 1)}


def test_that_visits_without_a_lane_are_counted_in_the_last_one_where_they_lie():
    times = [("8:00", "20:00"), ("9:00", "11:00"), ("9:00", "10:00"), ("9:30", "10:30"), ("14:00", "15:00")]
    afternoon = [("16:00", "17:00"), ("16:00", "17:00"), ("16:30", "17:30"), ("21:00", "22:00")]
    day = [line(number, *one) for number, one in enumerate([*times, *afternoon])]
    fit, bundles = fold(place_days(day, [DAY], SHANGHAI)[DAY], 3)
    assert {one.visit_id: (one.lane, one.lanes) for one in fit} == {
        0: (0, 3),
        1: (1, 3),
        4: (1, 3),
        5: (1, 3),
        8: (0, 1),
    }
    assert [[one.visit_id for one in bundle] for bundle in bundles] == [[2, 3], [6, 7]]
    assert {(one.lane, one.lanes) for bundle in bundles for one in bundle} == {(2, 3)}


def test_that_nothing_is_folded_where_the_lanes_suffice():
    day = place_days([line(1, "9:00", "10:30"), line(2, "9:30", "11:00")], [DAY], SHANGHAI)[DAY]
    assert fold(day, 2) == (day, ())


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(1, 20)).map(lambda pair: (pair[0] * 15, pair[0] * 15 + pair[1] * 15)),
        max_size=12,
    )
)
def test_that_no_two_visits_of_one_lane_overlap(spans):
    lines = [
        VisitLine(
            Visit(
                id=VisitId(number),
                distributor_id=DistributorId(1),
                starts_at=moment(DAY, start, SHANGHAI),
                ends_at=moment(DAY, end, SHANGHAI),
            ),
            TAG,
        )
        for number, (start, end) in enumerate(spans)
    ]
    placed = place_days(lines, [DAY], SHANGHAI)[DAY]
    assert len(placed) == len(lines)
    for one in placed:
        assert 0 <= one.lane < one.lanes
        for other in placed:
            if other is not one and other.lane == one.lane:
                assert other.slot.end <= one.slot.start or one.slot.end <= other.slot.start


def test_that_a_visit_over_midnight_stands_on_both_days():
    late = line(1, "23:00", "23:30").visit
    slots = slots_of(late.starts_at, late.starts_at + timedelta(hours=2), SHANGHAI)
    assert [(slot.day, slot.start, slot.end) for slot in slots] == [(DAY, 1380, 1440), (date(2026, 9, 24), 0, 60)]


def test_that_a_visit_that_ends_at_midnight_stays_on_its_day():
    late = line(1, "23:00", "24:00").visit
    assert len(slots_of(late.starts_at, late.ends_at, SHANGHAI)) == 1


@pytest.mark.parametrize(("minutes", "snapped"), [(7, 0), (8, 15), (-20, 0), (1439, 1440), (601, 600)])
def test_that_a_pointer_snaps_to_quarters_of_an_hour(minutes, snapped):
    assert snap(minutes) == snapped


def test_that_a_move_keeps_the_length():
    span = Span.of(line(1, "9:00", "10:30")).moved_to(date(2026, 9, 25), 13 * 60 + 4, SHANGHAI)
    assert (span.starts_at.astimezone(SHANGHAI).isoformat(), span.ends_at - span.starts_at) == (
        "2026-09-25T13:00:00+08:00",
        timedelta(minutes=90),
    )


def test_that_a_move_over_the_change_of_summer_time_keeps_the_clock_time():
    before = moment(date(2026, 10, 24), 540, BERLIN)
    span = Span(before, before + timedelta(hours=1)).shifted(BERLIN, days=1)
    assert span.starts_at.astimezone(BERLIN).hour == 9
    assert span.ends_at.astimezone(UTC) - span.starts_at.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_that_a_visit_moved_over_the_change_of_summer_time_and_back_lasts_as_long_as_before(day, language_en):
    """The night of the change is in between 22:00 and 4:00."""
    begins = moment(day - timedelta(days=1), 22 * 60, BERLIN)
    before = Span.lasting(begins, timedelta(hours=6))
    over = before.shifted(BERLIN, days=1)
    assert over.length == before.length
    assert over.starts_at.astimezone(BERLIN).hour == 22
    assert over.shifted(BERLIN, days=-1) == before
    assert before.moved_to(day, 22 * 60, BERLIN) == over
    visit = Visit(id=VisitId(1), distributor_id=DistributorId(1), starts_at=before.starts_at, ends_at=before.ends_at)
    assert "moved to" in moved_words(VisitLine(visit, TAG), over, language=language_en, zone=BERLIN)


def test_that_a_visit_goes_by_quarters_over_the_hour_that_summer_time_leaves_out():
    span = Span.lasting(moment(date(2026, 3, 29), 3 * 60, BERLIN), timedelta(hours=1))
    earlier = span.shifted(BERLIN, minutes=-15)
    assert earlier.starts_at.astimezone(BERLIN).time() == time(1, 45)
    assert earlier.shifted(BERLIN, minutes=15) == span


def test_that_a_visit_that_ends_after_midnight_can_end_before_it():
    late = Span.of(line(1, "22:00", "24:00"))
    following = date(2026, 9, 24)
    assert late.ending_at(following, -60, SHANGHAI).ends_at == moment(DAY, 23 * 60, SHANGHAI)
    assert late.ending_at(following, 25 * 60, SHANGHAI).ends_at == moment(date(2026, 9, 25), 0, SHANGHAI)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("9:00", "10:30", timedelta(hours=1, minutes=30)),
        ("22:00", "0:00", timedelta(hours=2)),
        ("19:30", "1:00", timedelta(hours=5, minutes=30)),
        ("14:00", "9:00", None),
        ("15:00", "4:00", None),
        ("9:00", "9:00", None),
    ],
)
def test_that_an_end_before_the_start_is_after_midnight_unless_that_would_be_half_a_day(start, end, length):
    def clock(text: str) -> time:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))

    span = written(DAY, clock(start), clock(end), SHANGHAI)
    assert (span and span.length) == length


def test_that_the_number_of_a_week_is_that_of_most_of_its_days():
    assert week_number(week_days(date(2026, 12, 28))) == 53
    assert week_number(week_days(date(2026, 12, 27))) == 53
    assert week_number(week_days(date(2027, 1, 3))) == 1


def test_that_a_visit_cannot_be_made_shorter_than_a_quarter_of_an_hour():
    span = Span.of(line(1, "9:00", "10:30"))
    assert span.ending_at(DAY, 8 * 60, SHANGHAI).ends_at - span.starts_at == timedelta(minutes=15)
    assert span.lengthened(-600).ends_at - span.starts_at == timedelta(minutes=15)
    assert span.ends_at - span.beginning_at(DAY, 20 * 60, SHANGHAI).starts_at == timedelta(minutes=15)


@pytest.mark.parametrize("starts_on", [0, 6])
def test_that_the_weeks_of_a_month_hold_all_its_days(starts_on):
    for month in range(1, 13):
        days = [one for week in month_weeks(date(2026, month, 15), starts_on=starts_on) for one in week]
        inside = [one for one in days if one.month == month]
        assert inside[0].day == 1
        assert (inside[-1] + timedelta(days=1)).month != month
        assert days[0].weekday() == starts_on
        assert len(days) % 7 == 0


def test_that_a_full_day_of_the_month_says_how_many_more_there_are():
    lines = [line(number, f"{8 + number}:00", f"{8 + number}:30") for number in range(5)]
    cell = next(one for week in month_days(lines, DAY, SHANGHAI, most=3) for one in week if one.day == DAY)
    assert (len(cell.lines), len(cell.hidden)) == (2, 3)
    three = next(one for week in month_days(lines[:3], DAY, SHANGHAI, most=3) for one in week if one.day == DAY)
    assert (len(three.lines), len(three.hidden)) == (3, 0)


def test_that_a_new_visit_goes_into_the_first_gap():
    lines = [line(1, "9:00", "10:20"), line(2, "11:00", "12:00")]
    span = free_slot(lines, DAY, SHANGHAI, now=LONG_BEFORE, day_starts=8, length=timedelta(minutes=90))
    assert span.starts_at.astimezone(SHANGHAI).strftime("%H:%M") == "12:00"
    short = free_slot(lines, DAY, SHANGHAI, now=LONG_BEFORE, day_starts=8, length=timedelta(minutes=30))
    assert short.starts_at.astimezone(SHANGHAI).strftime("%H:%M") == "10:30"


@pytest.mark.parametrize(("clock", "offered"), [(time(7, 10), 9), (time(14, 40), 15), (time(23, 30), 22)])
def test_that_a_new_visit_of_today_is_not_offered_in_what_is_over(clock, offered):
    now = datetime.combine(DAY, clock, SHANGHAI)
    span = free_slot([], DAY, SHANGHAI, now=now, day_starts=8, length=timedelta(minutes=90))
    assert span.starts_at.astimezone(SHANGHAI).time() == time(offered)


def test_that_the_week_begins_where_the_user_says():
    assert week_of(DAY) == date(2026, 9, 21)
    assert week_of(DAY, starts_on=6) == date(2026, 9, 20)


def meets(lines, visit_id, one):
    return overlapped(lines, visit_id, starts_at=one.visit.starts_at, ends_at=one.visit.ends_at)


@pytest.mark.parametrize("status", VisitStatus)
def test_that_open_visits_are_in_each_others_way_when_their_times_overlap(status):
    first, after = line(1, "9:00", "10:00"), line(2, "10:00", "11:00")
    across = line(3, "9:30", "10:30")
    across = across._replace(visit=replace(across.visit, status=status))
    day = (first, after, across)
    assert conflicts((first, after)) == frozenset()
    assert meets((first, after), 1, first) is None
    assert meets(day, 3, across) is first
    assert conflicts(day) == (frozenset({1, 2, 3}) if across.visit.is_open else frozenset())
    assert meets(day, 2, after) is (across if across.visit.is_open else None)


def test_that_a_visit_that_still_runs_is_not_yet_unwritten(language_en):
    one = line(1, "9:00", "10:00")
    after = one.visit.ends_at + timedelta(hours=1)
    for status, remark in ((VisitStatus.RUNNING, ""), (VisitStatus.HELD, "Not written up yet")):
        held = one._replace(visit=replace(one.visit, status=status))
        assert chip_text(held, language=language_en, zone=SHANGHAI, now=after, conflict=False).remark == remark


def test_that_a_talk_of_yesterday_is_not_written_up_in_the_calendar_as_it_is_on_today(language_en):
    one = line(1, "9:00", "10:00")
    begun = one._replace(visit=replace(one.visit, status=VisitStatus.RUNNING))
    tomorrow = one.visit.ends_at + timedelta(days=1)
    text = chip_text(begun, language=language_en, zone=SHANGHAI, now=tomorrow, conflict=False)
    assert text.unwritten
    assert text.remark == "Not written up yet"
    row = visit_row(begun.visit, now=tomorrow, zone=SHANGHAI, language=language_en)
    assert row.state == "To be written up"


def test_that_a_chip_says_who_is_in_its_way(language_en):
    now = moment(DAY, 8 * 60, SHANGHAI)
    lines = [line(1, "9:00", "10:00"), line(2, "9:30", "11:00"), line(3, "11:00", "12:00")]
    texts = ChipTexts(lines, language=language_en, zone=SHANGHAI, now=now)
    assert {visit_id: text.conflict for visit_id, text in texts.items()} == {1: True, 2: True, 3: False}


@pytest.mark.parametrize(("day", "following"), [(14, 15), (17, 18), (18, 21), (19, 21), (20, 21)])
def test_that_the_next_working_day_is_no_saturday_and_no_sunday(day, following):
    assert next_working_day(date(2026, 9, day)) == date(2026, 9, following)
