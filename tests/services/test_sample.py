"""The sample is a believable region on any day: rules kept, dates right, texts in order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import pytest

from channel_desk.domain.checklist_files import load_template
from channel_desk.domain.checklists import ItemKind
from channel_desk.domain.commitments import CommitmentStatus, Direction
from channel_desk.domain.distributors import STATUSES_WITH_REASON, ChannelType, Distributor, Status, Tier
from channel_desk.domain.slide_layouts import LAYOUTS
from channel_desk.domain.training import Layout
from channel_desk.domain.visits import Phase, Purpose, Verdict, Visit, VisitStatus
from channel_desk.paths import resources
from channel_desk.services.checking import check_data
from channel_desk.services.preferences import read_preferences
from channel_desk.services.sample import build_sample, fill_with_sample, sample_persona
from channel_desk.services.sample_days import Days, add_months, is_workday
from channel_desk.services.sample_history import HANDOVER_DAYS
from channel_desk.services.sample_region import SampleRecords
from channel_desk.services.visits import next_visit, unwritten_visits
from tests.conftest import SHANGHAI

#: Fourteen days in a row, the New Year, the long holidays, the end of a leap February; morning, noon and evening.
MOMENTS = (
    *(datetime(2026, 9, 14 + day, 8, 21, tzinfo=SHANGHAI) for day in range(14)),
    datetime(2026, 1, 1, 12, 30, tzinfo=SHANGHAI),
    datetime(2027, 10, 4, 9, 0, tzinfo=SHANGHAI),
    datetime(2027, 10, 11, 12, 2, tzinfo=SHANGHAI),
    datetime(2028, 10, 10, 13, 54, tzinfo=SHANGHAI),
    datetime(2028, 2, 29, 15, 10, tzinfo=SHANGHAI),
    datetime(2026, 11, 26, 21, 40, tzinfo=SHANGHAI),
    datetime(2026, 12, 31, 9, 10, tzinfo=SHANGHAI),
    datetime(2027, 2, 7, 10, 15, tzinfo=SHANGHAI),
    datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI),
    datetime(2026, 11, 24, 14, 2, tzinfo=SHANGHAI),
)
#: As the State Council published them, without the weekends: first and last day off.
DAYS_OFF = """
    2025-01-28 2025-02-04  2025-04-04 2025-04-04  2025-05-01 2025-05-05  2025-06-02 2025-06-02  2025-10-01 2025-10-08
    2026-01-01 2026-01-01  2026-02-16 2026-02-23  2026-04-06 2026-04-06  2026-05-01 2026-05-05  2026-06-19 2026-06-19
    2026-09-25 2026-09-25  2026-10-01 2026-10-07
"""
EVERY_MOMENT = pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.strftime("%Y-%m-%d-%H"))


@lru_cache(maxsize=32)
def sample(now: datetime) -> SampleRecords:
    return build_sample(resources(), now, SHANGHAI)


def local_day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)


def test_that_the_region_has_every_kind_of_distributor():
    records = sample(MOMENTS[0])
    assert len(records.distributors) == 40
    assert {one.status for one in records.distributors} == set(Status)
    assert {one.tier for one in records.distributors} == set(Tier)
    assert {one.channel_type for one in records.distributors} == set(ChannelType)
    assert {one.province for one in records.distributors} == {"湖南", "湖北", "河南", "江西", "安徽"}
    active = [one for one in records.distributors if one.status is Status.ACTIVE]
    assert len(active) > len(records.distributors) / 2


def test_that_tiers_follow_the_cumulative_share_of_sales():
    ranked = sorted(sample(MOMENTS[0]).distributors, key=lambda one: -(one.annual_sales_minor or 0))
    total, before = sum(one.annual_sales_minor or 0 for one in ranked), 0
    for one in ranked:
        share = before / total
        wanted = Tier.A if share < 0.8 else Tier.B if share < 0.95 else Tier.C
        assert one.tier is (wanted if one.annual_sales_minor else Tier.C), one.name
        before += one.annual_sales_minor or 0


def test_that_each_distributor_has_one_to_five_people():
    people = defaultdict(list)
    for contact in sample(MOMENTS[0]).contacts:
        people[contact.distributor_id].append(contact.name)
    assert len(people) == 40
    assert all(1 <= len(names) == len(set(names)) <= 5 for names in people.values())


def test_that_who_is_suspended_or_ended_has_a_reason():
    for one in sample(MOMENTS[0]).distributors:
        assert bool(one.status_reason) is (one.status in STATUSES_WITH_REASON)


@EVERY_MOMENT
def test_that_nobody_was_a_partner_before_the_company_or_the_first_talk(now):
    records = sample(now)
    first = {one.distributor_id: local_day(one.starts_at) for one in reversed(records.visits)}
    for one in records.distributors:
        assert one.since_on is None or one.founded_on < one.since_on <= local_day(now), one.name
        if one.status is Status.TRIAL:
            assert first[one.id] < one.since_on, one.name


@EVERY_MOMENT
def test_that_visits_lie_on_workdays_in_working_hours_without_overlaps(now):
    free_from = datetime.min.replace(tzinfo=UTC)
    for visit in sorted(sample(now).visits, key=lambda one: one.starts_at):
        start, end = (moment.astimezone(SHANGHAI) for moment in (visit.starts_at, visit.ends_at))
        assert is_workday(start.date())
        assert start.date() == end.date()
        assert (9, 0) <= (start.hour, start.minute) < (end.hour, end.minute) <= (18, 0)
        assert visit.starts_at >= free_from
        free_from = visit.ends_at


@EVERY_MOMENT
def test_that_nobody_is_visited_trained_or_promised_anything_on_a_holiday(now):
    records = sample(now)
    days = {local_day(one.starts_at) for one in (*records.visits, *records.sessions)}
    days |= {one.promised_on for one in records.commitments} | {one.due_on for one in records.commitments}
    borders = [date.fromisoformat(day) for day in DAYS_OFF.split()]
    for first, last in zip(borders[::2], borders[1::2], strict=True):
        assert {day for day in days if first <= day <= last} == set()


@EVERY_MOMENT
def test_that_the_past_is_closed_and_the_future_planned(now):
    for visit in sample(now).visits:
        if visit.status is VisitStatus.CLOSED:
            assert visit.missing_to_close == ()
            assert visit.summary
            assert visit.ends_at <= visit.closed_at < now
            assert visit.no_next_step or visit.next_step_on > local_day(visit.starts_at)
        elif visit.status is VisitStatus.PLANNED:
            assert visit.starts_at > now
            assert visit.result_wanted
            assert visit.goals
        else:
            assert visit.starts_at <= now


@EVERY_MOMENT
def test_that_a_step_that_names_its_days_is_due_then(now):
    longest = {"48 小时内给": 11, "三天内给": 13, "三天内发": 13, "两周后": 26, "一个月后": 46}
    for visit in sample(now).visits:
        for words, days in longest.items():
            if words in visit.next_step:
                assert visit.next_step_on - local_day(visit.starts_at) <= timedelta(days=days), visit.next_step


@EVERY_MOMENT
def test_that_each_kind_of_distributor_hears_of_its_own_trade(now):
    records = sample(now)
    online = {one.id for one in records.distributors if one.channel_type is ChannelType.ECOMMERCE}
    said = [one.summary for one in records.visits if one.distributor_id in online]
    said += [one.text for one in records.commitments if one.distributor_id in online]
    assert said
    assert [text for text in said if re.search("[^第]二批|展台|堆头|价签|县|家装", text)] == []


@EVERY_MOMENT
def test_that_nothing_is_promised_to_whom_supply_was_stopped(now):
    records = sample(now)
    stopped = {one.id for one in records.visits if one.verdict is Verdict.STOP}
    assert stopped
    assert {one.visit_id for one in records.commitments} & stopped == set()


@EVERY_MOMENT
def test_that_there_are_visits_to_write_up_and_one_half_way(now):
    visits = sample(now).visits
    assert 2 <= sum(one.status is VisitStatus.HELD for one in visits) <= 4
    assert all(one.ends_at <= now for one in visits if one.status is not VisitStatus.PLANNED)
    (running,) = [one for one in visits if one.status is VisitStatus.RUNNING]
    assert Phase.of_code(running.current_code) is Phase.DURING


@EVERY_MOMENT
def test_that_the_coming_days_are_full_whatever_the_weekday(now):
    coming = sorted(one.starts_at for one in sample(now).visits if one.starts_at > now)
    assert len(coming) >= 17
    assert coming[0] - now <= timedelta(days={1: 5, 2: 9, 10: 5}.get(now.month, 3), hours=4)
    assert sum(moment < now + timedelta(days=14) for moment in coming) >= 7


@EVERY_MOMENT
def test_that_the_next_visit_is_fully_prepared(now):
    records = sample(now)
    visit = min((one for one in records.visits if one.starts_at > now), key=lambda one: one.starts_at)
    assert records.distributors[visit.distributor_id - 1].short_name == "湘禾商贸"
    for name in ("subject", "place", "route", "appointment", "result_wanted", "may_promise", "ask_first", "not_today"):
        assert getattr(visit, name), name
    assert len(visit.goals) == 3
    assert len([one for one in records.objections if one.visit_id == visit.id]) == 3
    assert len([one for one in records.participants if one.visit_id == visit.id]) == 4
    answered = [one for one in records.answers if one.visit_id == visit.id]
    assert len(answered) >= 8
    promises = [one for one in records.commitments if one.distributor_id == visit.distributor_id and one.is_pending]
    assert {one.direction for one in promises} == set(Direction)


@EVERY_MOMENT
def test_that_promises_obey_the_rules(now):
    today = local_day(now)
    for one in sample(now).commitments:
        assert one.text
        assert one.promised_by
        assert one.promised_on <= min(one.due_on, today)
        assert is_workday(one.due_on)
        if one.status is CommitmentStatus.FULFILLED:
            assert one.promised_on <= one.fulfilled_on < today
            assert one.outcome_note
        else:
            assert one.fulfilled_on is None
        if one.status in {CommitmentStatus.WITHDRAWN, CommitmentStatus.DISPUTED}:
            assert one.outcome_note


@EVERY_MOMENT
def test_that_a_first_visit_has_none_before_it(now):
    visits = sorted(sample(now).visits, key=lambda one: one.starts_at)
    met = set()
    for one in visits:
        assert one.purpose is not Purpose.FIRST or one.distributor_id not in met, one.subject
        met.add(one.distributor_id)


@EVERY_MOMENT
def test_that_whoever_promised_or_spoke_in_a_visit_was_there(now):
    records = sample(now)
    present = {one.id: set() for one in records.visits}
    names = {one.id: one.name for one in records.contacts}
    for one in records.participants:
        present[one.visit_id].add(names[one.contact_id])
    staff = {one.id: set() for one in records.distributors}
    for one in records.contacts:
        staff[one.distributor_id].add(one.name)
    for one in records.commitments:
        theirs = {one.promised_by, one.promised_to} & staff[one.distributor_id]
        assert one.visit_id is None or theirs <= present[one.visit_id], one.text
    for one in records.visits:
        told = {name for name in staff[one.distributor_id] if name in one.summary.replace(f"{name}去外地了", "")}
        assert told <= present[one.id], one.summary


@EVERY_MOMENT
def test_that_an_owner_who_was_away_did_not_take_part(now):
    records = sample(now)
    bosses = {}
    for one in records.contacts:
        bosses.setdefault(one.distributor_id, one.id)
    away = {one.id: bosses[one.distributor_id] for one in records.visits if "去外地了" in one.summary}
    assert away
    for visit_id, boss in away.items():
        there = {one.contact_id for one in records.participants if one.visit_id == visit_id}
        assert there
        assert boss not in there


@EVERY_MOMENT
def test_that_no_step_is_due_after_the_next_visit_and_a_first_one_asks_for_none_of_before(now):
    records = sample(now)
    coming = {}
    for one in sorted(records.visits, key=lambda one: one.starts_at, reverse=True):
        if one.status is not VisitStatus.CLOSED:
            coming[one.distributor_id] = local_day(one.starts_at)
        elif one.distributor_id in coming and one.next_step_on:
            assert one.next_step_on <= coming.pop(one.distributor_id), one.next_step
    first = {one.id for one in records.visits if one.purpose is Purpose.FIRST}
    assert not [one for one in records.answers if one.code == 103 and one.visit_id in first]


@EVERY_MOMENT
def test_that_no_more_people_are_trained_or_counted_than_the_distributor_has(now):
    records = sample(now)
    staff = {one.id: one.staff for one in records.distributors}
    own = {Purpose.FIRST, Purpose.TRAINING}  # elsewhere customers are counted too
    told = [(one.distributor_id, one.summary) for one in records.visits if one.purpose in own]
    told += [(one.distributor_id, one.outcome_note) for one in records.commitments]
    counted = [
        (home, text, int(found[1])) for home, text in told for found in re.finditer(r"(\d+) (?:人|名|个业务员)", text)
    ]
    assert counted
    assert not [text for home, text, number in counted if number > staff[home]]
    assert all(one.head_count <= staff[one.distributor_id] for one in records.sessions)


@EVERY_MOMENT
def test_that_promises_tell_a_story_of_kept_and_broken_ones(now):
    today, promises = local_day(now), sample(now).commitments
    late = [one for one in promises if one.is_late(today)]
    assert {one.direction for one in late} == set(Direction)
    assert 5 <= len(late) <= 14
    kept = [one for one in promises if one.status is CommitmentStatus.FULFILLED]
    kept_late = [one for one in kept if one.fulfilled_on > one.due_on]
    assert 10 < len(kept_late) < len(kept) / 2
    assert any(one.is_unauthorised and one.promised_by == "赵强" for one in promises)
    assert any(one.status is CommitmentStatus.DISPUTED for one in promises)
    assert any(one.status is CommitmentStatus.WITHDRAWN for one in promises)


@EVERY_MOMENT
def test_that_every_reference_leads_somewhere(now):
    records = sample(now)
    visits = {one.id: one for one in records.visits}
    contacts = {one.id: one for one in records.contacts}
    assert list(visits) == list(range(1, len(visits) + 1))
    for one in records.participants:
        assert visits[one.visit_id].distributor_id == contacts[one.contact_id].distributor_id
    for one in records.commitments:
        assert one.visit_id is None or visits[one.visit_id].distributor_id == one.distributor_id
    for one in (*records.answers, *records.objections):
        assert one.visit_id in visits
    assert {one.session_id for one in records.slides} == {one.id for one in records.sessions}


@EVERY_MOMENT
def test_that_answers_fit_the_checklist(now):
    items = {item.code: item for item in load_template(resources() / "checklists").items()}
    seen = set()
    for answer in sample(now).answers:
        item = items[answer.code]
        assert (answer.visit_id, answer.code) not in seen
        seen.add((answer.visit_id, answer.code))
        assert answer.is_answered
        assert answer.answered_at <= now
        if item.kind in {ItemKind.NUMBER, ItemKind.MONEY}:
            assert answer.value.isdigit() or not answer.value
        elif item.kind is ItemKind.CHOICE:
            assert answer.value in dict(item.options)
        elif item.kind is ItemKind.RATING:
            assert re.fullmatch(r"[1-5](,[1-5])*", answer.value)
        else:
            assert answer.value == ""


@EVERY_MOMENT
def test_that_every_closed_visit_since_the_handover_was_gone_through(now):
    records = sample(now)
    answers = Counter(one.visit_id for one in records.answers)
    closed = [one for one in records.visits if one.status is VisitStatus.CLOSED]
    own = [one for one in closed if (now - one.starts_at).days < HANDOVER_DAYS - 1]
    assert len(own) > 200
    assert all(answers[one.id] > 10 for one in own)
    asked = {item.code: item for item in load_template(resources() / "checklists").items()}
    for one in records.answers:
        purposes = asked[one.code].purposes
        visit = records.visits[one.visit_id - 1]
        assert not purposes or visit.purpose in purposes, one.code
        # What a field of the visit holds has no answer beside it; but a rating counts as answered by one.
        assert not asked[one.code].visit_field or asked[one.code].kind is ItemKind.RATING, one.code


@EVERY_MOMENT
def test_that_no_text_keeps_a_placeholder(now):
    for records in vars(sample(now)).values():
        for record in records:
            for field in fields(record):
                for text in texts_of(getattr(record, field.name)):
                    assert "{" not in text, text
                    assert "None" not in text, text
                    assert text == text.strip(), text


@EVERY_MOMENT
def test_that_nothing_was_made_in_the_future(now):
    for records in vars(sample(now)).values():
        for record in records:
            for name in ("created_at", "updated_at"):
                assert getattr(record, name, None) is None or getattr(record, name) <= now


@EVERY_MOMENT
def test_that_training_is_planned_with_filled_slides(now):
    records = sample(now)
    for session in records.sessions:
        start = session.starts_at.astimezone(SHANGHAI)
        assert is_workday(start.date())
        assert session.starts_at > now
        for visit in records.visits:
            assert visit.ends_at <= session.starts_at or visit.starts_at >= session.ends_at
        slides = [one for one in records.slides if one.session_id == session.id]
        assert sum(slide.minutes for slide in slides) <= (session.ends_at - session.starts_at).seconds // 60
    first = [one for one in records.slides if one.session_id == 1]
    assert [one.layout for one in first] == list(LAYOUTS)


def test_that_slides_keep_to_the_form_of_their_layout():
    for slide in sample(MOMENTS[0]).slides:
        form = LAYOUTS[slide.layout]
        assert {key for key, _ in slide.texts} <= {text.key for text in form.texts}
        tables = {rows.key: rows for rows in form.rows}
        for key, rows in slide.rows:
            assert 0 < len(rows) <= tables[key].most
            assert all(len(row) == len(tables[key].columns) for row in rows)
        assert slide.title
        assert slide.notes


def test_that_the_notes_of_a_quiz_leave_the_answer_to_its_own_line():
    quizzes = [slide for slide in sample(MOMENTS[0]).slides if slide.layout is Layout.QUIZ]
    assert quizzes
    for slide in quizzes:
        assert dict(slide.texts)["answer"]
        assert not re.match(r"答案|Answer", slide.notes)


def test_that_what_people_wrote_is_not_the_same_sentence_over_and_over():
    closed = [one.summary for one in sample(MOMENTS[0]).visits if one.status is VisitStatus.CLOSED]
    assert len(closed) > 300
    assert len(set(closed)) > 0.7 * len(closed)
    by_distributor = defaultdict(list)
    for visit in sample(MOMENTS[0]).visits:
        if visit.summary:
            by_distributor[visit.distributor_id].append(visit.summary)
    assert all(len(texts) == len(set(texts)) for texts in by_distributor.values())


def test_that_the_same_moment_gives_the_same_sample():
    now = MOMENTS[3]
    assert build_sample(resources(), now, SHANGHAI) == build_sample(resources(), now, SHANGHAI)


def test_that_a_sunday_counts_from_monday():
    days = Days(datetime(2026, 9, 20, 9, tzinfo=SHANGHAI), SHANGHAI)
    assert [days.workday(number) for number in (-1, 0, 1)] == [
        date(2026, 9, 18),
        date(2026, 9, 21),
        date(2026, 9, 22),
    ]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{day+8}前", "9月30日前"),
        ("微信 {md-2}", "微信 9-18"),
        ("{month}到{month+4}", "9月到1月"),
        ("{wd+1}来", "9月23日来"),
        ("{boss}说好", "王总说好"),
        ("请{second}定", "请 Amy Zhou 定"),
        ("不变", "不变"),
    ],
)
def test_that_texts_name_days_relative_to_today(text, filled):
    days = Days(datetime(2026, 9, 22, 9, tzinfo=SHANGHAI), SHANGHAI)
    assert days.fill(text, anchor=days.today, words={"boss": "王总", "second": "Amy Zhou"}) == filled


def test_that_a_day_is_written_in_two_ways_only():
    days = Days(datetime(2026, 9, 22, 9, tzinfo=SHANGHAI), SHANGHAI)
    assert days.at("w-1") == date(2026, 9, 21)
    assert days.at("-3") == date(2026, 9, 18)
    assert add_months(date(2026, 9, 30), -10) == date(2025, 11, 1)
    with pytest.raises(ValueError, match="soon"):
        days.at("soon")


def test_that_the_stored_sample_is_sound_and_starts_with_nothing_to_undo(store, clock):
    fill_with_sample(store, clock, resources())
    built = build_sample(resources(), clock.now(), clock.zone)
    assert store.undo_label is None
    assert store.read(check_data).ok
    assert store.read(lambda reader: reader.count(Visit)) == len(built.visits)
    assert store.read(lambda reader: reader.get(Distributor, 1)).short_name == "湘禾商贸"
    line = store.read(next_visit)
    assert line.distributor.short_name == "湘禾商贸"
    assert len(store.read(unwritten_visits)) == 3
    assert store.read(read_preferences) == {"user_name": '"林悦"', "brand": '"澄川净水"'}


def test_that_the_sample_can_be_added_to_a_desk_that_is_not_empty(store, clock):
    store.write("first", lambda uow: uow.insert(Distributor(name="已有的一家")))
    fill_with_sample(store, clock, resources())
    visits = store.read(lambda reader: reader.all(Visit, distributor_id=2))
    assert visits
    assert store.read(check_data).ok


def test_that_the_persona_has_a_name_and_a_brand():
    persona = sample_persona(resources())
    assert (persona["user_name"], persona["brand"]) == ("林悦", "澄川净水")
