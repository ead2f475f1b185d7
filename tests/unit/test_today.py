"""What the page of the day says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from channel_desk.domain.checklists import Item, ItemKind
from channel_desk.domain.commitments import Authority, Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Status, Tier
from channel_desk.domain.lines import CommitmentLine, DistributorTag, VisitLine
from channel_desk.domain.record import CommitmentId, DistributorId, VisitId
from channel_desk.domain.visits import Answer, Phase, Stance, Visit, VisitStatus
from channel_desk.presentation import today as words
from channel_desk.presentation.coming_visit import WORD_JOINER, ComingVisit, coming_visit, named
from channel_desk.presentation.open_points import count_words, promise_rows, unwritten_rows
from channel_desk.presentation.visit_wizard import Progress
from channel_desk.services.today import MOST_COUNTED, DayFacts, OpenFacts
from tests.fixtures.briefs import xianghe

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 22, 8, 21, tzinfo=ZONE)
TAG = DistributorTag(DistributorId(1), "湖南湘岳机电设备有限公司", "湘岳机电", "长沙", Tier.A, Status.ACTIVE)


def visit(number: int, day: int, start: float, hours: float = 1, **more) -> VisitLine:
    begins = datetime(2026, 9, day, tzinfo=ZONE) + timedelta(hours=start)
    ends = begins + timedelta(hours=hours)
    return VisitLine(
        Visit(
            id=VisitId(number),
            distributor_id=TAG.id,
            starts_at=begins.astimezone(UTC),
            ends_at=ends.astimezone(UTC),
            **more,
        ),
        TAG,
    )


def promise(number: int, due: date | None, **more) -> CommitmentLine:
    values = {"direction": Direction.OURS, "text": "补发样板间灯具", **more}
    return CommitmentLine(Commitment(id=CommitmentId(number), distributor_id=TAG.id, due_on=due, **values), TAG)


def facts(*visits: VisitLine) -> DayFacts:
    days = words.days_ahead(NOW.date(), starts_on=0)
    return DayFacts(now=NOW.astimezone(UTC), zone=ZONE, days=days, visits=visits, coming=None)


@pytest.mark.parametrize(
    ("today", "starts_on", "last", "count"),
    [
        (date(2026, 9, 22), 0, date(2026, 9, 27), 6),
        (date(2026, 9, 22), 6, date(2026, 9, 26), 5),
        (date(2026, 9, 26), 0, date(2026, 9, 27), 2),
        (date(2026, 9, 27), 0, date(2026, 10, 4), 8),
        (date(2026, 9, 26), 6, date(2026, 10, 3), 8),
        (date(2026, 9, 21), 0, date(2026, 9, 27), 7),
    ],
)
def test_that_the_days_ahead_end_with_the_week_and_on_its_last_day_with_the_next(today, starts_on, last, count):
    days = words.days_ahead(today, starts_on=starts_on)
    assert (days[0], days[-1], len(days)) == (today, last, count)


def test_that_the_title_counts_the_visits_of_the_day(language_en, language_zh):
    assert words.title(NOW.date(), 3, language_en) == words.Title("Tuesday 22 Sep", "3 visits today")
    assert words.title(NOW.date(), 1, language_en).remark == "1 visit today"
    assert words.title(NOW.date(), 0, language_zh) == words.Title("9月22日 星期二", "今天没有拜访")


def test_that_the_line_of_the_day_stretches_to_hold_an_early_visit(language_en):
    line = words.day_line(facts(visit(1, 22, 6.5)), language_en, hours=(8, 19))
    assert (line.first, line.last) == (6, 19)
    assert line.share(6 * 60) == 0
    assert line.share(19 * 60) == 1
    assert line.now == 8 * 60 + 21


def test_that_the_line_of_the_day_holds_an_evening_to_its_end_and_else_the_working_hours(language_en):
    late = words.day_line(facts(visit(1, 22, 20, 1.25)), language_en, hours=(8, 19))
    assert (late.first, late.last) == (8, 22)
    empty = words.day_line(facts(), language_en, hours=(8, 19))
    assert (empty.first, empty.last) == (8, 19)


def test_that_overlapping_visits_share_the_height_of_the_line(language_en):
    line = words.day_line(facts(visit(1, 22, 9), visit(2, 22, 9.5), visit(3, 22, 14)), language_en, hours=(8, 19))
    assert [(chip.visit_id, chip.lane, chip.lanes) for chip in line.chips] == [(1, 0, 2), (2, 1, 2), (3, 0, 1)]


def test_that_a_visit_that_is_over_or_closed_is_quiet_on_the_line(language_en):
    done = visit(1, 22, 9, status=VisitStatus.CLOSED)
    line = words.day_line(facts(done, visit(2, 22, 7), visit(3, 22, 14)), language_en, hours=(8, 19))
    assert {chip.visit_id: chip.is_over for chip in line.chips} == {1: True, 2: True, 3: False}


def test_that_a_reader_hears_where_a_visit_on_the_line_is_and_the_town_where_no_place_is_written(language_en):
    line = words.day_line(facts(visit(1, 22, 9, place="Lugu plant"), visit(2, 22, 14)), language_en, hours=(8, 19))
    assert [chip.spoken.rpartition(", ")[2] for chip in line.chips] == ["Lugu plant", "长沙"]


def test_that_promises_say_how_late_they_are(language_zh, language_en):
    today = NOW.date()
    lines = [
        promise(1, date(2026, 9, 18), promised_to="胡楠"),
        promise(2, today, amount_minor=1_200_000),
        promise(3, date(2026, 9, 28), authority=Authority.NOT_AUTHORISED),
        promise(4, None, direction=Direction.THEIRS, promised_by="孙总"),
    ]
    late, due, unauthorised, undated = promise_rows(lines, today, language_zh)
    assert (late.due, late.is_late, late.detail) == ("逾期 4 天", True, "湘岳机电 · 答应胡楠")
    assert (due.due, due.is_today, due.amount) == ("今天到期", True, "12,000 元")
    assert (unauthorised.is_unauthorised, unauthorised.detail) == (True, "湘岳机电 · 未授权")
    assert (undated.due, undated.detail) == ("没有日期", "湘岳机电 · 孙总答应")
    assert promise_rows(lines[:1], today, language_en)[0].due == "4 days late"


def test_that_more_than_are_counted_are_never_told_as_a_number_of_them(language_en):
    assert count_words(MOST_COUNTED, language_en) == "1,000"
    assert count_words(MOST_COUNTED, language_en, listed=8) == "992"
    assert count_words(MOST_COUNTED + 1, language_en) == "1,000+"
    assert count_words(MOST_COUNTED + 1, language_en, listed=100) == "900+"


def test_that_unwritten_visits_of_yesterday_show_the_time_and_older_ones_the_day(language_zh):
    unwritten = (visit(1, 21, 15), visit(2, 18, 15))
    rows = unwritten_rows(OpenFacts(ZONE, NOW.date(), unwritten, ours=(), theirs=()), language_zh)
    assert [row.text for row in rows] == ["湘岳机电 · 昨天 15:00", "湘岳机电 · 9月18日 周五"]


def test_that_the_week_ahead_counts_visits_and_overlaps(language_en):
    week = words.week_ahead(facts(visit(1, 22, 9), visit(2, 23, 9), visit(3, 23, 9.5), visit(4, 24, 10)), language_en)
    assert week.title == "Rest of the week"
    assert week.remark == "3 visits, 2 overlap"
    assert [(day.text, len(day.entries)) for day in week.days][:2] == [("Wed 23", 2), ("Thu 24", 1)]
    assert [entry.overlaps for entry in week.days[0].entries] == [True, True]


def test_that_a_visit_over_midnight_is_counted_once_in_the_week_ahead_on_the_day_it_begins(language_en):
    week = words.week_ahead(facts(visit(1, 22, 22, hours=4), visit(2, 23, 22, hours=4)), language_en)
    assert week.remark == "1 visit"
    assert [(day.text, len(day.entries)) for day in week.days][:2] == [("Wed 23", 1), ("Thu 24", 0)]


def test_that_only_open_visits_are_in_each_others_way_in_the_week_ahead(language_en):
    closed = visit(1, 23, 9, status=VisitStatus.CLOSED)
    week = words.week_ahead(facts(closed, visit(2, 23, 9.5)), language_en)
    assert week.remark == "2 visits"


def test_that_the_week_ahead_of_a_last_day_is_the_next_one(language_en):
    sunday = facts()._replace(days=words.days_ahead(date(2026, 9, 27), starts_on=0))
    week = words.week_ahead(sunday, language_en)
    assert (week.title, week.remark, len(week.days)) == ("Next week", "Nothing planned yet", 7)


def test_that_without_a_coming_visit_there_is_no_card(language_en):
    assert coming_visit(facts(), language_en) is None


def card(language, *, now: datetime, **changes) -> ComingVisit:
    """The card of the visit on 26 November from 9:30 to 11:00, changed."""
    brief = xianghe()
    brief = replace(brief, visit=replace(brief.visit, **changes))
    days = words.days_ahead(now.date(), starts_on=0)
    told = coming_visit(DayFacts(now.astimezone(UTC), ZONE, days, visits=(), coming=brief), language)
    assert told is not None
    return told


THE_DAY = datetime(2026, 11, 26, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "caption"),
    [
        (THE_DAY - timedelta(days=1), "Next visit, tomorrow"),
        (THE_DAY.replace(hour=8), "Next visit, in 1 h 30 min"),
        (THE_DAY.replace(hour=9, minute=30), "Next visit, now"),
        (THE_DAY.replace(hour=10), "Next visit, now"),
    ],
)
def test_that_the_card_says_how_soon_the_next_visit_begins(language_en, now, caption):
    told = card(language_en, now=now)
    assert (told.caption, told.is_running) == (caption, False)


def test_that_a_visit_runs_since_it_was_begun_and_not_since_it_was_to_begin(language_en, language_zh):
    now = THE_DAY.replace(hour=10)
    begun = (THE_DAY + timedelta(hours=9, minutes=42)).astimezone(UTC)
    told = card(language_en, now=now, status=VisitStatus.RUNNING, started_at=begun)
    assert (told.caption, told.is_running) == ("Running since 9:42", True)
    assert (told.time, told.until) == ("9:30", "to 11:00, 1 h 30 min")
    assert card(language_zh, now=now, status=VisitStatus.RUNNING).caption == "9:30 开始，进行中"


def test_that_the_card_counts_what_is_open_and_late_today_and_when_they_were_seen(language_en):
    told = card(language_en, now=THE_DAY)
    late = [(fact.value, fact.remark, fact.is_late) for fact in told.facts[:2]]
    assert late == [("3", "1 late", True), ("3", "2 late", True)]
    assert (told.facts[2].value, told.facts[2].remark) == ("Thu 22 Oct", "35 days ago")
    early = card(language_en, now=THE_DAY.replace(day=9))
    assert [(fact.remark, fact.is_late) for fact in early.facts[:2]] == [("", False), ("", False)]


def test_that_the_card_shows_the_stance_and_the_place_that_were_chosen_by_hand(language_en):
    told = card(language_en, now=THE_DAY, stance=Stance.GUARDIAN)
    assert (told.stance, told.place) == (Stance.GUARDIAN, "雨花区万家丽中路 188 号 3 楼")
    assert told.reason == "Chosen by you."
    told = card(language_en, now=THE_DAY, place="")
    assert told.stance is Stance.PARTNER
    assert told.place.startswith("长沙")


def test_that_an_answer_that_was_taken_back_is_not_counted_as_prepared(language_en):
    brief = xianghe()
    before = [item.code for section in brief.sections if section.phase is Phase.BEFORE for item in section.items]
    empty = {code: Answer(visit_id=brief.visit.id, code=code) for code in before}
    planned = replace(visit(1, 22, 9).visit, result_wanted="签字")
    told = coming_visit(
        facts()._replace(coming=replace(brief, visit=planned, answers=empty, objections=())), language_en
    )
    assert told.preparation == Progress(1, len(before))


def test_that_objections_that_are_prepared_count_on_the_card_as_in_the_checklist_of_the_visit(language_en):
    brief = xianghe()
    asked = Item(code=126, kind=ItemKind.OBJECTIONS, text={"en": "Likely objections, answers"})
    only_objections = replace(brief, answers={}, sections=(replace(brief.sections[0], items=(asked,)),))
    told = coming_visit(facts()._replace(coming=only_objections), language_en)
    assert (told.preparation.answered, told.preparation.total) == (1, 1)
    told = coming_visit(facts()._replace(coming=replace(only_objections, objections=())), language_en)
    assert (told.preparation.answered, told.preparation.total) == (0, 1)


def test_that_people_are_named_whole_and_more_than_four_are_counted(language_en):
    names = ("王建国", "欧阳建国", "Maria Weber", "陈立", "周凯", "刘洋")
    people = [Contact(distributor_id=TAG.id, name=name) for name in names]
    told = named(people, language_en)
    assert told.replace(WORD_JOINER, "") == "王建国, 欧阳建国, Maria Weber, 陈立, +2"
    assert told.startswith(f"{WORD_JOINER.join('王建国')}, {WORD_JOINER.join('欧阳建国')}, ")
    assert "Maria Weber" in told
    assert named(people[:4], language_en).replace(WORD_JOINER, "") == "王建国, 欧阳建国, Maria Weber, 陈立"
