"""What a visit goes through, and what is refused on its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from channel_desk.domain.commitments import Commitment, CommitmentStatus
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.stance import COOLING_DAYS, GUARDIAN_DAYS, advise_stance
from channel_desk.domain.visits import (
    Answer,
    AnswerState,
    ExpectedObjection,
    ObjectionKind,
    Participant,
    Phase,
    Purpose,
    Stance,
    Verdict,
    Visit,
    VisitStatus,
)
from channel_desk.paths import resources
from channel_desk.services import training, visits
from channel_desk.services.briefs import Checklists, gather_brief
from channel_desk.services.today import gather_open
from channel_desk.storage.queries import tagged
from tests.fixtures.desks import MONDAY, furnish, refused

DAY = date(2026, 9, 22)
HOUR = timedelta(hours=1)


def close(store, visit_id: int) -> None:
    """Write a visit up and close it."""
    written = {"verdict": Verdict.STOP, "verdict_reason": "不做了", "no_next_step": True}
    store.write("edit", lambda u: visits.edit_visit(u, visit_id, **written))
    store.write("close", lambda u: visits.close_visit(u, visit_id))


def test_that_a_visit_ends_after_it_starts(store):
    desk = furnish(store)
    assert (
        refused(store, lambda u: visits.move_visit(u, desk.visit, starts_at=MONDAY, ends_at=MONDAY)) == "times_reversed"
    )
    assert refused(store, lambda u: visits.edit_visit(u, desk.visit, starts_at=MONDAY + 5 * HOUR)) == "times_reversed"


def test_that_a_visit_closes_only_with_verdict_reason_and_next_step(store):
    desk = furnish(store)
    steps = (
        {"verdict": Verdict.PURSUE, "verdict_reason": " "},
        {"verdict_reason": "两条真线索"},
        {"next_step": " ", "next_step_on": DAY},
        {"next_step": "见总务主任", "next_step_on": None},
        {"next_step_on": DAY},
    )
    for changes in steps:
        assert refused(store, lambda u: visits.close_visit(u, desk.visit)) == "visit_not_closable"
        store.write("edit", lambda u, changes=changes: visits.edit_visit(u, desk.visit, **changes))
    store.write("close", lambda u: visits.close_visit(u, desk.visit))
    assert store.read(lambda r: r.get(Visit, desk.visit)).status is VisitStatus.CLOSED


def test_that_a_closed_visit_keeps_what_closing_asks_for(store):
    desk = furnish(store)
    close(store, desk.visit)
    for changes in ({"verdict_reason": " "}, {"verdict": None}, {"no_next_step": False}):
        assert refused(store, lambda u, changes=changes: visits.edit_visit(u, desk.visit, **changes)) == "visit_closed"
    store.write("edit", lambda u: visits.edit_visit(u, desk.visit, subject="回访"))


def test_that_a_closed_visit_stays_when_it_was(store):
    desk = furnish(store)
    close(store, desk.visit)
    assert not store.read(lambda r: r.get(Visit, desk.visit)).is_movable
    later = {"starts_at": MONDAY + HOUR, "ends_at": MONDAY + 2 * HOUR}
    assert refused(store, lambda u: visits.move_visit(u, desk.visit, **later)) == "visit_closed"
    assert refused(store, lambda u: visits.edit_visit(u, desk.visit, **later)) == "visit_closed"


def test_that_a_next_step_comes_from_today_on(store):
    desk = furnish(store)

    def plan(day):
        return lambda u: visits.edit_visit(u, desk.visit, next_step="见总务主任", next_step_on=day)

    assert refused(store, plan(DAY - timedelta(days=1))) == "next_step_over"
    store.write("today", plan(DAY))


def test_that_a_visit_whose_next_step_is_over_by_now_can_still_be_written_up(store):
    desk = furnish(store)
    agreed = {"next_step": "见总务主任", "next_step_on": DAY - timedelta(days=1)}
    store.write("agreed in time", lambda u: u.update(Visit, desk.visit, **agreed))
    written = {"verdict": Verdict.PURSUE, "verdict_reason": "两条真线索", **agreed}
    store.write("edit", lambda u: visits.edit_visit(u, desk.visit, **written))
    store.write("close", lambda u: visits.close_visit(u, desk.visit))
    assert store.read(lambda r: r.get(Visit, desk.visit)).status is VisitStatus.CLOSED


def test_that_a_next_step_has_words_and_a_day(store):
    desk = furnish(store)
    visit = store.read(lambda r: r.get(Visit, desk.visit))
    assert not replace(visit, next_step_on=DAY).has_next_step
    assert not replace(visit, next_step="见总务主任").has_next_step
    assert replace(visit, next_step="见总务主任", next_step_on=DAY).has_next_step


def test_that_closing_notes_when_and_opening_again_forgets_it(store, clock):
    desk = furnish(store)
    close(store, desk.visit)
    closed = store.read(lambda r: r.get(Visit, desk.visit))
    assert (closed.started_at, closed.closed_at) == (clock.now(), clock.now())
    store.write("again", lambda u: visits.reopen_visit(u, desk.visit))
    opened = store.read(lambda r: r.get(Visit, desk.visit))
    assert (opened.status, opened.started_at, opened.closed_at) == (VisitStatus.HELD, clock.now(), None)


def test_that_a_visit_keeps_the_moment_it_began(store):
    desk = furnish(store)
    began = MONDAY + HOUR / 4
    store.write("begun", lambda u: u.update(Visit, desk.visit, started_at=began))
    store.write("start", lambda u: visits.start_visit(u, desk.visit))
    close(store, desk.visit)
    assert store.read(lambda r: r.get(Visit, desk.visit)).started_at == began


def test_that_what_was_called_off_before_it_began_is_planned_again_when_opened(store):
    desk = furnish(store)
    store.write("call off", lambda u: visits.cancel_visit(u, desk.visit))
    store.write("again", lambda u: visits.reopen_visit(u, desk.visit))
    assert store.read(lambda r: r.get(Visit, desk.visit)).status is VisitStatus.PLANNED


@pytest.mark.parametrize("step", [visits.start_visit, visits.end_talk])
def test_that_steps_of_the_talk_leave_a_closed_visit_closed(store, step):
    desk = furnish(store)
    close(store, desk.visit)
    store.write("step", lambda u: step(u, desk.visit))
    assert store.read(lambda r: r.get(Visit, desk.visit)).status is VisitStatus.CLOSED


def test_that_a_visit_is_unwritten_once_it_is_over(store):
    desk = furnish(store)
    visit = store.read(lambda r: r.get(Visit, desk.visit))
    assert not visit.is_unwritten(MONDAY + HOUR / 2)
    assert visit.is_unwritten(MONDAY + 2 * HOUR)


@pytest.mark.parametrize("status", [VisitStatus.RUNNING, VisitStatus.HELD, VisitStatus.CLOSED])
def test_that_what_has_begun_is_written_up_and_not_called_off(store, status):
    desk = furnish(store)
    store.write("begin", lambda u: u.update(Visit, desk.visit, status=status))
    assert refused(store, lambda u: visits.cancel_visit(u, desk.visit)) == "visit_begun"


def test_that_a_visit_that_was_called_off_is_not_closed(store):
    desk = furnish(store)
    written = {"verdict": Verdict.STOP, "verdict_reason": "不做了", "no_next_step": True}
    store.write("edit", lambda u: visits.edit_visit(u, desk.visit, **written))
    store.write("call off", lambda u: visits.cancel_visit(u, desk.visit))
    assert refused(store, lambda u: visits.close_visit(u, desk.visit)) == "visit_closed"


@pytest.mark.parametrize(
    ("status", "stance"),
    [
        (Status.PROSPECT, Stance.SUITOR),
        (Status.NEGOTIATING, Stance.SUITOR),
        (Status.TRIAL, Stance.SUITOR),
        (Status.ACTIVE, Stance.PARTNER),
        (Status.AT_RISK, Stance.SUITOR),
        (Status.SUSPENDED, Stance.GUARDIAN),
        (Status.ENDED, Stance.GUARDIAN),
    ],
)
def test_that_each_status_has_its_stance(store, status, stance):
    desk = furnish(store)
    visit = store.read(lambda r: r.get(Visit, desk.visit))
    advice = advise_stance(Distributor(name="x", status=status), visit, theirs=(), last_visit_on=DAY, day=DAY)
    assert advice.stance is stance


@pytest.mark.parametrize(
    ("late", "unseen", "purpose", "stance"),
    [
        (GUARDIAN_DAYS, COOLING_DAYS, Purpose.ROUTINE, Stance.PARTNER),
        (GUARDIAN_DAYS + 1, COOLING_DAYS + 1, Purpose.TRAINING, Stance.GUARDIAN),
        (0, COOLING_DAYS + 1, Purpose.TRAINING, Stance.SUITOR),
        (0, 0, Purpose.TRAINING, Stance.COACH),
    ],
    ids=["just in time", "late", "not seen for long", "training"],
)
def test_that_lateness_comes_before_coolness_before_training(store, late, unseen, purpose, stance):
    desk = furnish(store)
    visit = replace(store.read(lambda r: r.get(Visit, desk.visit)), purpose=purpose)
    theirs = replace(store.read(lambda r: r.get(Commitment, desk.theirs)), due_on=DAY - timedelta(days=late))
    last = DAY - timedelta(days=unseen)
    active = Distributor(name="x", status=Status.ACTIVE)
    assert advise_stance(active, visit, theirs=[theirs], last_visit_on=last, day=DAY).stance is stance


def test_that_nobody_is_called_long_unseen_of_whom_no_visit_is_recorded(store):
    desk = furnish(store)
    visit = store.read(lambda r: r.get(Visit, desk.visit))
    advice = advise_stance(Distributor(name="x"), visit, theirs=(), last_visit_on=None, day=DAY)
    assert advice.stance is Stance.SUITOR
    assert advice.reason.startswith("No visit is recorded yet")


@pytest.mark.parametrize(
    ("verdict", "stance"),
    [
        (Verdict.STOP, Stance.GUARDIAN),
        (Verdict.TRAIN, Stance.COACH),
        (Verdict.PURSUE, Stance.PARTNER),
        (None, Stance.PARTNER),
    ],
)
def test_that_the_last_verdict_tells_how_to_come_again(store, verdict, stance):
    desk = furnish(store)

    last = Visit(
        distributor_id=desk.distributor,
        starts_at=MONDAY - timedelta(days=30),
        ends_at=MONDAY - timedelta(days=30, hours=-1),
        status=VisitStatus.HELD,
        verdict=verdict,
    )
    store.write("last", lambda u: (u.delete(Commitment, desk.theirs), u.insert(last)))
    checklists = Checklists(resources() / "checklists")
    assert store.read(lambda r: gather_brief(r, desk.visit, checklists=checklists)).advice.stance is stance


def test_that_an_explicit_none_is_a_next_step(store):
    desk = furnish(store)
    close(store, desk.visit)
    assert store.read(lambda r: r.get(Visit, desk.visit)).status is VisitStatus.CLOSED


def test_that_a_closed_visit_takes_no_answers_until_it_is_opened_again(store):
    desk = furnish(store)
    store.write("closed", lambda u: u.update(Visit, desk.visit, status=VisitStatus.CLOSED, started_at=MONDAY))
    assert refused(store, lambda u: visits.answer_item(u, desk.visit, code=201, note="x")) == "visit_closed"
    store.write("reopen", lambda u: visits.reopen_visit(u, desk.visit))
    store.write("answer", lambda u: visits.answer_item(u, desk.visit, code=201, note="x"))


@pytest.mark.parametrize(
    "change",
    [
        lambda u, desk: visits.set_participants(u, desk.visit, desk.people),
        lambda u, desk: visits.set_objections(u, desk.visit, []),
    ],
)
def test_that_who_was_there_and_what_was_objected_stays_in_a_closed_visit(store, change):
    desk = furnish(store)
    close(store, desk.visit)
    assert refused(store, lambda u: change(u, desk)) == "visit_closed"
    store.write("again", lambda u: visits.reopen_visit(u, desk.visit))
    store.write("change", lambda u: change(u, desk))


def test_that_preparing_does_not_begin_a_visit_and_talking_does(store):
    desk = furnish(store)

    def status() -> VisitStatus:
        return store.read(lambda r: r.get(Visit, desk.visit)).status

    store.write("a", lambda u: visits.answer_item(u, desk.visit, code=102, state=AnswerState.DONE))
    assert status() is VisitStatus.PLANNED
    store.write("a", lambda u: visits.answer_item(u, desk.visit, code=201, state=AnswerState.DONE))
    assert status() is VisitStatus.RUNNING


@pytest.mark.parametrize("note", ["", " \n"])
def test_that_an_emptied_answer_is_taken_back(store, note):
    desk = furnish(store)
    store.write("a", lambda u: visits.answer_item(u, desk.visit, code=201, note="x"))
    store.write("b", lambda u: visits.answer_item(u, desk.visit, code=201, note=note))
    assert [one.code for one in store.read(lambda r: r.all(Answer, visit_id=desk.visit))] == [101]


def test_that_what_was_answered_stays_asked_when_the_visit_gets_another_purpose(store):
    desk = furnish(store)
    checklists = Checklists(resources() / "checklists")

    def asked(purpose: Purpose) -> set[int]:
        store.write("purpose", lambda u: visits.edit_visit(u, desk.visit, purpose=purpose))
        facts = store.read(lambda r: gather_brief(r, desk.visit, checklists=checklists))
        return {item.code for section in facts.sections for item in section.items}

    own = sorted(asked(Purpose.COLLECTION) - asked(Purpose.CARE))
    store.write("answer", lambda u: visits.answer_item(u, desk.visit, code=own[-1], note="下周付一半"))
    assert asked(Purpose.CARE) & set(own) == {own[-1]}


def test_that_what_was_promised_in_a_visit_is_not_asked_about_in_it(store):
    desk = furnish(store)
    checklists = Checklists(resources() / "checklists")

    def needs() -> set[str]:
        facts = store.read(lambda r: gather_brief(r, desk.visit, checklists=checklists))
        return {item.needs for section in facts.sections for item in section.items} & {"ours", "theirs"}

    store.write("not answered", lambda u: visits.answer_item(u, desk.visit, code=101))
    assert needs() == set()
    store.write("before", lambda u: u.update(Commitment, desk.theirs, visit_id=None))
    assert needs() == {"theirs"}


def test_that_a_promise_outlives_the_visit_it_was_made_in(store):
    desk = furnish(store)
    store.write("d", lambda u: visits.delete_visit(u, desk.visit))
    kept = store.read(lambda r: r.get(Commitment, desk.ours))
    assert (kept.visit_id, kept.status) == (None, CommitmentStatus.OPEN)


def test_that_unwritten_visits_stay_on_the_list_until_they_are_closed(store, clock):
    desk = furnish(store)
    assert [line.visit.id for line in store.read(visits.unwritten_visits)] == [desk.visit]
    store.write("c", lambda u: u.update(Visit, desk.visit, status=VisitStatus.CLOSED))
    assert store.read(visits.unwritten_visits) == ()


def test_that_the_calendar_holds_what_overlaps_the_range_and_nothing_cancelled(store):
    desk = furnish(store)

    def found(start, end):
        return [line.visit.id for line in store.read(lambda r: visits.visits_between(r, start, end))]

    assert found(MONDAY + HOUR / 2, MONDAY + HOUR * 9) == [desk.visit]
    assert found(MONDAY + HOUR, MONDAY + HOUR * 9) == []
    store.write("c", lambda u: visits.cancel_visit(u, desk.visit))
    assert found(MONDAY, MONDAY + HOUR) == []


def test_that_the_phase_of_a_code_is_its_first_digit():
    assert [Phase.of_code(code) for code in (101, 299, 301)] == list(Phase)


def test_that_only_those_who_are_named_take_part(store):
    desk = furnish(store)
    store.write("people", lambda u: visits.set_participants(u, desk.visit, desk.people[1:]))
    assert [one.contact_id for one in store.read(lambda r: r.all(Participant))] == [desk.people[1]]


def test_that_who_is_named_again_still_takes_part(store):
    desk = furnish(store)
    (before,) = store.read(lambda r: r.all(Participant))
    store.write("both", lambda u: visits.set_participants(u, desk.visit, desk.people))
    found = store.read(lambda r: r.all(Participant, order="id"))
    assert [one.contact_id for one in found] == list(desk.people)
    assert found[0] == before


def test_that_an_objection_that_was_taken_out_is_gone_and_the_others_keep_how_they_went(store):
    desk = furnish(store)
    (money,) = store.read(lambda r: r.all(ExpectedObjection))
    price = ExpectedObjection(visit_id=desk.visit, kind=ObjectionKind.PRICE, they_say="太贵")
    went = replace(money, raised=True, overcome=False)
    store.write("both", lambda u: visits.set_objections(u, desk.visit, [price, went]))
    found = store.read(lambda r: r.all(ExpectedObjection, order="position"))
    assert [(one.kind, one.raised, one.overcome) for one in found] == [
        (ObjectionKind.PRICE, False, None),
        (ObjectionKind.MONEY, True, False),
    ]
    store.write("one", lambda u: visits.set_objections(u, desk.visit, found[1:]))
    assert [one.id for one in store.read(lambda r: r.all(ExpectedObjection))] == [desk.objection]


def planned(desk, after: timedelta, **more) -> Visit:
    """A visit to the small desk that begins so long ``after`` its first one."""
    starts = MONDAY + after
    return Visit(distributor_id=desk.distributor, starts_at=starts, ends_at=starts + HOUR, **more)


def test_that_the_visit_that_runs_comes_before_one_that_was_to_begin_earlier(store):
    desk = furnish(store)
    ids = [
        store.write("plan", lambda u, one=one: visits.plan_visit(u, one)).result
        for one in (planned(desk, 48 * HOUR), planned(desk, 50 * HOUR, status=VisitStatus.RUNNING))
    ]
    assert store.read(visits.next_visit).visit.id == ids[1]


def test_that_a_talk_that_takes_longer_is_still_the_visit_that_runs_until_its_day_is_over(store):
    desk = furnish(store)
    running = planned(desk, timedelta(0), status=VisitStatus.RUNNING)
    visit_id = store.write("plan", lambda u: visits.plan_visit(u, running)).result
    store.write("later", lambda u: visits.plan_visit(u, planned(desk, 30 * HOUR)))
    store.clock.at = running.ends_at + HOUR
    assert store.read(visits.next_visit).visit.id == visit_id
    assert visit_id not in [line.visit.id for line in store.read(gather_open).unwritten]
    store.clock.at = running.ends_at + 24 * HOUR
    assert store.read(visits.next_visit).visit.id != visit_id
    assert visit_id in [line.visit.id for line in store.read(gather_open).unwritten]


def test_that_the_last_visit_is_one_that_was_held(store):
    desk = furnish(store)
    store.write("held", lambda u: u.update(Visit, desk.visit, status=VisitStatus.HELD))
    store.write("plan", lambda u: visits.plan_visit(u, planned(desk, 2 * HOUR)))
    last = store.read(lambda r: tagged.last_visit(r, desk.distributor, MONDAY + 9 * HOUR))
    assert last.id == desk.visit


def test_that_whatever_is_planned_ends_after_it_starts(store):
    desk = furnish(store)
    assert refused(store, lambda u: visits.plan_visit(u, replace(planned(desk, HOUR), ends_at=MONDAY))) == (
        "times_reversed"
    )
    assert refused(store, lambda u: training.edit_session(u, desk.session, ends_at=MONDAY)) == "times_reversed"


def test_that_a_training_needs_a_title(store):
    desk = furnish(store)
    assert refused(store, lambda u: training.edit_session(u, desk.session, title="  ")) == "name_missing"


def test_that_a_visit_can_be_called_off_twice(store):
    desk = furnish(store)
    for _ in range(2):
        store.write("call off", lambda u: visits.cancel_visit(u, desk.visit))
    assert store.read(lambda r: r.get(Visit, desk.visit)).status is VisitStatus.CANCELLED
