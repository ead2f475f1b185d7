from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from channel_desk.clock import FixedClock
from channel_desk.domain.commitments import CommitmentStatus, Direction
from channel_desk.domain.contacts import DecisionRole
from channel_desk.domain.distributors import Distributor, Status, Tier
from channel_desk.domain.keys import match_spans
from channel_desk.domain.record import DistributorId
from channel_desk.domain.stance import COOLING_DAYS, advise_stance
from channel_desk.domain.visits import Stance, Visit, VisitStatus
from channel_desk.paths import DataFolder
from channel_desk.services import finding
from channel_desk.storage.kept import kept_of
from channel_desk.storage.queries import distributor_list as lists
from channel_desk.storage.queries.distributor_list import ListQuery, View
from channel_desk.storage.queries.search_matches import Match, Source, cut_around
from channel_desk.storage.search import query as query_module
from channel_desk.storage.store import Store
from tests.storage.search_desk import SearchDesk


@pytest.fixture
def desk(data_folder: DataFolder, clock: FixedClock) -> Iterator[SearchDesk]:
    store = Store.open(data_folder, clock)
    yield SearchDesk(store)
    store.close()


def when(desk: SearchDesk) -> dict[str, Any]:
    return {"clock": desk.store.clock}


def ids(desk: SearchDesk, **query: Any) -> list[int]:
    return list(lists.list_ids(desk.raw, ListQuery(**query), **when(desk)).ids)


def line(desk: SearchDesk, one: int, text: str = "") -> lists.DistributorLine:
    return lists.list_rows(desk.raw, [one], text=text, **when(desk))[0]


def match(desk: SearchDesk, one: int, text: str) -> Match:
    found = line(desk, one, text).match
    assert found is not None
    return found


def test_that_the_list_stands_in_the_order_of_the_name_shown(desk: SearchDesk) -> None:
    wuhan = desk.distributor("武汉江城灯饰")
    hunan = desk.distributor("湖南湘岳机电")
    anhui = desk.distributor("中天贸易", short_name="安徽中天")
    assert ids(desk) == [anhui, hunan, wuhan]
    assert ids(desk, descending=True) == [wuhan, hunan, anhui]
    assert list(lists.first_ids(desk.raw, ListQuery(), limit=2, **when(desk)).ids) == [anhui, hunan]


def test_that_empty_values_stand_last_in_either_direction(desk: SearchDesk) -> None:
    none = desk.distributor("安徽")
    tier_b, tier_a = desk.distributor("北京", tier=Tier.B), desk.distributor("重庆", tier=Tier.A)
    assert ids(desk, sort="tier") == [tier_a, tier_b, none]
    assert ids(desk, sort="tier", descending=True) == [tier_b, tier_a, none]
    assert len(ids(desk, sort="city")) == len(ids(desk, sort="code")) == 3


def test_that_the_same_number_of_late_promises_is_in_the_order_of_the_open_ones(desk: SearchDesk) -> None:
    none, busy, calm, late = (desk.distributor(name) for name in "甲乙丙丁")
    for one, days in ((busy, (3, 4, 5)), (calm, (3,)), (late, (-2,))):
        for due in days:
            desk.promise(one, due=due)
    assert ids(desk, sort="late", descending=True) == [late, busy, calm, none]
    assert ids(desk, sort="late") == [calm, busy, late, none]


def test_that_visits_and_promises_sort_and_are_counted_against_now(desk: SearchDesk) -> None:
    often, once, never = desk.distributor("甲"), desk.distributor("乙"), desk.distributor("丙")
    desk.visit(often, days=-3, status=VisitStatus.CLOSED)
    desk.visit(often, days=-1, status=VisitStatus.CANCELLED)
    desk.visit(often, days=4)
    desk.visit(once, days=-9, status=VisitStatus.HELD)
    desk.promise(often, due=-4)
    desk.promise(often, due=4)
    desk.promise(often, due=-9, status=CommitmentStatus.FULFILLED)
    desk.promise(often, direction=Direction.THEIRS, due=0)
    desk.promise(once, direction=Direction.THEIRS)
    assert ids(desk, sort="last_visit", descending=True) == [often, once, never]
    assert ids(desk, sort="last_visit") == [once, often, never]
    assert ids(desk, sort="next_visit")[0] == often
    assert ids(desk, sort="late", descending=True)[0] == often
    assert ids(desk, sort="open", descending=True) == [often, once, never]
    shown = line(desk, often)
    assert (shown.ours_open, shown.ours_late, shown.theirs_open, shown.theirs_late) == (2, 1, 1, 0)
    assert shown.last_visit_at == desk.now - timedelta(days=3)
    assert shown.next_visit_at == desk.now + timedelta(days=4)


def test_that_lines_come_in_the_order_asked_for_and_without_those_that_are_gone(desk: SearchDesk) -> None:
    first = desk.distributor(
        "湖南湘岳", code="CD-1", city="长沙", region="华中", tier=Tier.A, confirmed_on=date(2026, 1, 1)
    )
    second = desk.distributor("武汉江城")
    shown = lists.list_rows(desk.raw, [second, 999, first], **when(desk))
    assert [one.id for one in shown] == [second, first]
    assert (shown[1].code, shown[1].city, shown[1].region, shown[1].tier) == ("CD-1", "长沙", "华中", Tier.A)
    assert shown[1].status is Status.ACTIVE
    assert (shown[0].tier, shown[0].last_visit_at) == (None, None)


def test_that_filters_combine_with_each_other_and_with_a_text(desk: SearchDesk) -> None:
    wanted = desk.distributor("湖南湘岳", tier=Tier.A, region="华中", status=Status.AT_RISK)
    desk.distributor("湖南洞庭", tier=Tier.B, region="华中", status=Status.AT_RISK)
    without = desk.distributor("湖南雁城", region="华南")
    query = {"tiers": frozenset({Tier.A}), "regions": frozenset({"华中"}), "statuses": frozenset({Status.AT_RISK})}
    assert ids(desk, **query) == ids(desk, text="hn", **query) == [wanted]
    assert ids(desk, tiers=frozenset({None})) == [without]
    assert ids(desk, tiers=frozenset({None, Tier.A}), text="湖") == [wanted, without]


def test_that_names_stand_before_contacts_before_records_and_are_counted(desk: SearchDesk) -> None:
    record = desk.distributor("安徽皖江", note="转到湖南的货")
    contact = desk.distributor("北京中天")
    desk.contact(contact, "胡宁")
    named = desk.distributor("湖南湘岳")
    named_late = desk.distributor("武汉华诺")
    result = lists.list_ids(desk.raw, ListQuery(text="hn"), **when(desk))
    assert list(result.ids) == [named, named_late, contact, record]
    assert (result.total, result.source_counts, result.complete) == (4, (2, 1, 1), True)


def test_that_the_legal_form_does_not_bury_the_names_that_are_looked_for(desk: SearchDesk) -> None:
    anhui = desk.distributor("安徽中天贸易有限公司", short_name="中天贸易")
    xian = desk.distributor("西安大唐电器有限公司")
    meant = lists.list_ids(desk.raw, ListQuery(text="xian"), **when(desk))
    assert (list(meant.ids), meant.source_counts) == ([xian, anhui], (1, 0, 1))
    assert match(desk, anhui, "xian").text == "安徽中天贸易有限公司"
    assert line(desk, xian, "xian").match is None
    for text in ("公司", "maoyiyouxian", "myyxgs", "youxiangongsi"):
        assert anhui in ids(desk, text=text), text
    assert desk.distributor("有限公司") in ids(desk, text="yxgs")


def test_that_a_text_without_hits_gives_an_empty_list(desk: SearchDesk) -> None:
    desk.distributor()
    result = lists.list_ids(desk.raw, ListQuery(text="没有这家"), **when(desk))
    assert (len(result.ids), result.total) == (0, 0)


def test_that_a_city_that_the_row_shows_needs_no_second_line(desk: SearchDesk) -> None:
    one = desk.distributor("中天灯饰", city="长沙")
    assert line(desk, one, "changsha").match is None
    assert line(desk, one, "中天 cs").match is None


def test_that_the_second_line_says_where_a_distributor_was_found(desk: SearchDesk) -> None:
    one = desk.distributor(
        "武汉江城灯饰有限公司", short_name="江城灯饰", former_name="夷陵电料", code="CD-0203", note="喜欢钓鱼",
        legal_person="单于飞", phone="027-8888123", tags=("老客户", "返利"),
    )  # fmt: skip
    desk.contact(one, "胡宁", title="采购主管", phone="138 0371 6620", wants="升职")
    visit = desk.visit(one, days=-30, summary="转到湖南的货已退回", goals=("签年度合同",))
    desk.answer(visit, "窜货还没了结")
    promise = {"promised_on": date(2026, 9, 1)}
    desk.promise(one, "寄出授权书", **promise)
    at = desk.now - timedelta(days=30)

    def place(text: str) -> tuple[Source, str, str, str]:
        found = match(desk, one, text)
        return found.source, found.kind, found.field, found.text

    assert place("有限") == (Source.NAME, "distributors", "name", "武汉江城灯饰有限公司")
    assert place("yiling") == (Source.NAME, "distributors", "former_name", "夷陵电料")
    assert place("0203") == (Source.NAME, "distributors", "code", "CD-0203")
    assert place("hn") == (Source.CONTACT, "contacts", "name", "胡宁")
    assert place("6620") == (Source.CONTACT, "contacts", "phone", "138 0371 6620")
    assert place("shanyu") == (Source.CONTACT, "distributors", "legal_person", "单于飞")
    assert place("8123") == (Source.CONTACT, "distributors", "phone", "027-8888123")
    assert place("湖南") == (Source.RECORD, "visits", "summary", "转到湖南的货已退回")
    assert place("年度") == (Source.RECORD, "visits", "goals", "签年度合同")
    assert place("cuanhuo") == (Source.RECORD, "answers", "note", "窜货还没了结")
    assert place("授权") == (Source.RECORD, "commitments", "text", "寄出授权书")
    assert place("钓鱼") == (Source.RECORD, "distributors", "note", "喜欢钓鱼")
    assert place("返利") == (Source.RECORD, "distributors", "tags", "老客户，返利")
    assert place("升职") == (Source.RECORD, "contacts", "wants", "升职")
    assert match(desk, one, "hn").title == "采购主管"
    assert match(desk, one, "湖南").at == match(desk, one, "窜货").at == at
    assert match(desk, one, "授权").on == date(2026, 9, 1)
    assert match(desk, one, "升职").person == "胡宁"


def test_that_the_second_line_is_cut_around_what_matched_and_can_be_marked(desk: SearchDesk) -> None:
    one = desk.distributor("武汉江城", note="很长的话" * 40 + "转到湖南的货" + "还没有说完" * 40)
    text = match(desk, one, "hn").text
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 70
    assert [text[start:end] for start, end in match_spans(text, "hn")] == ["湖南"]


@pytest.mark.parametrize(
    "note", ["[2026]", '["a", 2026]', "[2026, 8] 次拜访", f"{'[' * 100_000} 2026"], ids=lambda note: note[:12]
)
def test_that_a_note_in_brackets_is_shown_as_it_was_written(desk: SearchDesk, note: str) -> None:
    """Tags and further details are stored in brackets too, and are not told by them."""
    home = desk.distributor("甲", note=note)
    desk.visit(desk.distributor("乙"), summary=note)
    assert [match(desk, one, "2026").text for one in ids(desk, text="2026")] == [cut_around(note, "2026")] * 2
    assert match(desk, home, "2026").field == "note"


def test_that_the_newest_visit_that_matches_is_shown(desk: SearchDesk) -> None:
    one = desk.distributor("武汉江城")
    for days, said in ((-30, "库存够卖 20 天"), (-20, "库存不多"), (-10, "价格被冲")):
        desk.visit(one, days=days, summary=said)
    assert match(desk, one, "库存").text == "库存不多"


def test_that_the_first_page_comes_before_all_ids_are_known(desk: SearchDesk) -> None:
    for number in range(30):
        desk.distributor(f"湖南{number}")
    everything = lists.list_ids(desk.raw, ListQuery(), **when(desk))
    first = lists.first_ids(desk.raw, ListQuery(), limit=10, **when(desk))
    assert (list(first.ids), first.total, first.complete) == (list(everything.ids[:10]), 30, False)
    assert lists.first_ids(desk.raw, ListQuery(), limit=30, **when(desk)).complete
    searched = lists.first_ids(desk.raw, ListQuery(text="湖南"), limit=10, **when(desk))
    assert list(searched.ids[:10]) == list(lists.list_ids(desk.raw, ListQuery(text="湖南"), **when(desk)).ids[:10])


def test_that_a_search_with_many_hits_answers_as_one_with_few(
    desk: SearchDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        one = desk.distributor(f"{'湖南' if number % 3 else '武汉'}{number}", region="华中" if number % 2 else "华南")
        desk.contact(one, "胡宁")
    queries = [
        ListQuery(text="hn"),
        ListQuery(text="hn", sort="region"),
        ListQuery(text="h", regions=frozenset({"华中"})),
    ]
    few = [lists.list_ids(desk.raw, query, **when(desk)) for query in queries]
    monkeypatch.setattr(lists, "_FEW_HITS", 2)
    assert [lists.list_ids(desk.raw, query, **when(desk)) for query in queries] == few
    for query, all_of_it in zip(queries, few, strict=True):
        first = lists.first_ids(desk.raw, query, limit=5, **when(desk))
        assert list(first.ids[:5]) == list(all_of_it.ids[:5])
        if first.counted:
            assert (first.total, first.source_counts) == (all_of_it.total, all_of_it.source_counts)


def test_that_hits_read_in_parts_are_the_same_hits(desk: SearchDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(13):
        one = desk.distributor(f"湖南{number}" if number % 2 else f"武汉{number}", note="湖南人" if number % 3 else "")
        desk.contact(one, "胡宁" if number % 4 else "湖生")
    queries = [ListQuery(text=text, sort=sort) for text in ("hn", "湖", "湖南", "hunan") for sort in ("name", "code")]
    at_once = [lists.list_ids(desk.raw, query, **when(desk)) for query in queries]
    assert all(answer.total > 4 for answer in at_once)
    monkeypatch.setattr(lists, "_FEW_HITS", 0)
    monkeypatch.setattr(lists, "_PART", 4)
    for part in (1, 2, 5):
        kept_of(desk.raw).forget_texts()
        monkeypatch.setattr(query_module, "_PART", part)
        assert [lists.list_ids(desk.raw, query, **when(desk)) for query in queries] == at_once


def test_that_a_page_full_of_names_does_not_wait_for_what_else_was_found(desk: SearchDesk) -> None:
    named = [desk.distributor(f"湖南{number}") for number in range(6)]
    desk.contact(desk.distributor("武汉江城"), "胡宁")
    query = ListQuery(text="hn")
    first = lists.first_ids(desk.raw, query, limit=4, **when(desk))
    assert (len(first.ids), first.complete, first.counted) == (4, False, False)
    assert len(first.ids) < first.total <= len(named)
    people = lists.first_ids(desk.raw, query, limit=6, **when(desk))
    assert (list(people.ids), people.total, people.counted) == (named, 7, False)
    exact = lists.first_ids(desk.raw, query, limit=7, **when(desk))
    assert (exact.total, exact.source_counts, exact.complete, exact.counted) == (7, (6, 1, 0), True, True)
    everything = lists.list_ids(desk.raw, query, **when(desk))
    assert (everything.total, everything.source_counts) == (7, (6, 1, 0))
    assert list(everything.ids[:4]) == list(first.ids)


def test_that_views_hold_what_they_count(desk: SearchDesk) -> None:
    today = desk.store.clock.today()
    fresh = {"confirmed_on": today}
    risk = desk.distributor("甲", status=Status.AT_RISK, **fresh)
    late = desk.distributor("乙", **fresh)
    stale = desk.distributor("丙", confirmed_on=today - timedelta(days=181))
    ended = desk.distributor("丁", status=Status.ENDED, confirmed_on=today - timedelta(days=180))
    unknown = desk.distributor("戊")
    desk.promise(late, due=-1)
    desk.promise(risk, due=0)
    for one in (risk, late):
        desk.visit(one, days=-119, status=VisitStatus.CLOSED)
    desk.visit(stale, days=-121, status=VisitStatus.CLOSED)
    desk.visit(unknown, days=-5, status=VisitStatus.CANCELLED)
    desk.visit(unknown, days=5)
    held = {view: set(ids(desk, view=view)) for view in View}
    assert held == {
        View.ALL: {risk, late, stale, ended, unknown},
        View.AT_RISK: {risk},
        View.LATE: {late},
        View.STALE: {stale, unknown},
        View.NOT_VISITED: {stale, unknown},
    }
    counts = lists.view_counts(desk.raw, **when(desk))
    assert counts == {view: len(members) for view, members in held.items()}


def test_that_views_follow_the_clock_and_what_is_written(desk: SearchDesk) -> None:
    one, now = desk.distributor("甲"), desk.store.clock.now()

    def missed(moment: datetime) -> int:
        return lists.view_counts(desk.raw, clock=FixedClock(moment, desk.store.clock.zone))[View.NOT_VISITED]

    assert missed(now) == 1
    desk.visit(one, days=-1, status=VisitStatus.CLOSED)
    assert [missed(now), missed(now + timedelta(days=119)), missed(now + timedelta(days=120))] == [0, 0, 1]
    assert missed(now) == 0


@pytest.mark.parametrize(("days", "is_long"), [(COOLING_DAYS, False), (COOLING_DAYS + 1, True)])
def test_that_the_list_and_the_advice_for_a_visit_agree_on_what_is_long_ago(
    desk: SearchDesk, days: int, is_long: bool
) -> None:
    """By days of the calendar, whatever the hour: a visit at seven a.m. is no longer ago than one at eleven p.m."""
    clock = desk.store.clock
    for hour in (7, 23):
        one = desk.distributor(f"{hour}")
        local = datetime.combine(clock.today() - timedelta(days=days), time(hour), clock.zone)
        desk.visit(one, days=(local - desk.now) / timedelta(days=1), status=VisitStatus.CLOSED)
        advice = advise_stance(
            Distributor(name="甲"),
            Visit(distributor_id=DistributorId(one), starts_at=desk.now, ends_at=desk.now + timedelta(hours=1)),
            theirs=(),
            last_visit_on=local.date(),
            day=clock.today(),
        )
        assert (advice.stance is Stance.SUITOR, one in ids(desk, view=View.NOT_VISITED)) == (is_long, is_long)


def test_that_a_visit_has_taken_place_once_it_was_begun_and_not_when_its_time_has_passed(desk: SearchDesk) -> None:
    missed, running = desk.distributor("甲"), desk.distributor("乙")
    desk.visit(missed, days=-1)
    desk.visit(running, days=0.01, status=VisitStatus.RUNNING)
    lines = {line.id: line for line in lists.list_rows(desk.raw, [missed, running], **when(desk))}
    assert (lines[missed].last_visit_at, lines[missed].next_visit_at) == (None, None)
    assert lines[running].last_visit_at == desk.now + timedelta(days=0.01)
    assert set(ids(desk, view=View.NOT_VISITED)) == {missed}
    assert ids(desk, sort="last_visit", descending=True) == [running, missed]


def test_that_a_change_of_what_lists_sort_by_moves_a_distributor_at_once(desk: SearchDesk) -> None:
    first, second = (
        desk.distributor("安徽", tier=Tier.A, city="长沙"),
        desk.distributor("北京", tier=Tier.B, city="安庆"),
    )
    assert (ids(desk, sort="tier"), ids(desk, sort="city")) == ([first, second], [second, first])
    assert [facet.count for facet in lists.facets(desk.raw).tiers] == [1, 1]
    desk.store.write("Edit", lambda uow: uow.update(Distributor, first, tier=Tier.C, city=""))
    assert (ids(desk, sort="tier"), ids(desk, sort="city", descending=True)) == ([second, first], [second, first])
    assert [facet.value for facet in lists.facets(desk.raw).tiers] == ["B", "C"]
    desk.store.undo()
    assert ids(desk, sort="tier") == [first, second]


def test_that_facets_name_what_is_there_with_counts(desk: SearchDesk) -> None:
    desk.distributor("甲", region="华中", tier=Tier.A)
    desk.distributor("乙", region="华中", status=Status.AT_RISK)
    desk.distributor("丙")
    facets = lists.facets(desk.raw)
    assert [(facet.value, facet.count) for facet in facets.regions] == [("华中", 2)]
    assert [(facet.value, facet.count) for facet in facets.tiers] == [("A", 1)]
    assert [(facet.value, facet.count) for facet in facets.statuses] == [("active", 2), ("at_risk", 1)]


def test_that_the_preview_shows_the_decision_maker_promises_and_last_words(desk: SearchDesk) -> None:
    one = desk.distributor("河南嵩源电气", credit_limit_minor=5_000_000, terms_days=30)
    desk.contact(one, "胡宁", title="采购主管", position=0)
    desk.contact(
        one, "罗建平", title="总经理", phone="138 0371 6620", decision_role=DecisionRole.DECISION_MAKER, position=1
    )
    desk.visit(one, days=-54, summary="竞品给了 3 个点")
    desk.visit(one, days=-90, summary="旧话")
    desk.promise(one, "提供名单", direction=Direction.THEIRS)
    desk.promise(one, "书面答复", due=-11)
    shown = lists.preview(desk.raw, one, **when(desk))
    assert shown is not None
    assert (shown.contact_name, shown.contact_title, shown.contact_phone) == ("罗建平", "总经理", "138 0371 6620")
    assert [(promise.text, promise.days_late(desk.store.clock.today())) for promise in shown.promises] == [
        ("书面答复", 11),
        ("提供名单", 0),
    ]
    assert (shown.last_words, shown.last_words_at) == ("竞品给了 3 个点", desk.now - timedelta(days=54))
    assert (shown.distributor.credit_limit_minor, shown.distributor.terms_days) == (5_000_000, 30)
    assert lists.preview(desk.raw, 999, **when(desk)) is None


def test_that_a_rename_moves_a_distributor_in_the_list(desk: SearchDesk) -> None:
    first, second = desk.distributor("安徽"), desk.distributor("北京")
    desk.store.write("Rename", lambda uow: uow.update(Distributor, first, name="重庆"))
    assert ids(desk) == [second, first]


def test_that_stored_moments_compare_as_times(desk: SearchDesk) -> None:
    one = desk.distributor()
    desk.visit(one, days=0)
    assert line(desk, one).next_visit_at is None
    desk.visit(one, days=1 / 86_400)
    assert line(desk, one).next_visit_at == desk.now + timedelta(seconds=1)


def test_that_the_characters_of_most_names_are_known(desk: SearchDesk) -> None:
    assert desk.store.read(finding.frequent_characters) == ""
    ids = [desk.distributor(f"湖南{name}", city="长沙") for name in ("甲", "乙", "丙湖")]
    desk.contact(ids[0], "胡宁", title="采购")
    everything = desk.store.read(finding.frequent_characters)
    assert (everything[0], set(everything)) == ("湖", set("湖南甲乙丙长沙胡宁采购"))
    assert lists.frequent_characters(desk.raw, ids, most=1) == "湖"


def test_that_reading_ahead_reads_the_indexes_that_the_rows_are_read_by(desk: SearchDesk) -> None:
    one = desk.distributor()

    def indexes(read: Callable[[], object]) -> set[str]:
        statements: list[str] = []
        desk.raw.set_trace_callback(statements.append)
        read()
        desk.raw.set_trace_callback(None)
        plans = [str(row[3]) for one in statements for row in desk.raw.execute(f"EXPLAIN QUERY PLAN {one}")]
        return {index for plan in plans for index in re.findall(r"COVERING INDEX (\w+)", plan)}

    of_rows = indexes(lambda: lists.list_rows(desk.raw, [one], **when(desk)))
    assert len(of_rows) == 2
    assert indexes(lambda: lists.read_ahead(desk.raw)) == of_rows
