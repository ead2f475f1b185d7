"""What the services refuse, and what follows from what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.record import DistributorId
from channel_desk.domain.stance import advise_stance
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Answer, AnswerState, Phase, Stance, Verdict, Visit, VisitStatus
from channel_desk.errors import UserError
from channel_desk.paths import resources
from channel_desk.services import checking, commitments, distributors, today, training, visits
from channel_desk.storage.queries import tagged
from tests.fixtures.desks import MONDAY, contents, furnish

DAY = date(2026, 9, 22)
HOUR = timedelta(hours=1)


def refused(store, work) -> str:
    before = contents(store)
    with pytest.raises(UserError) as caught:
        store.write("x", work)
    assert contents(store) == before
    return caught.value.code


def close(store, visit_id: int) -> None:
    """Write a visit up and close it."""
    written = {"verdict": Verdict.STOP, "verdict_reason": "不做了", "no_next_step": True}
    store.write("edit", lambda u: visits.edit_visit(u, visit_id, **written))
    store.write("close", lambda u: visits.close_visit(u, visit_id))


def test_that_a_distributor_needs_a_name(store):
    assert refused(store, lambda u: distributors.create_distributor(u, Distributor(name="  "))) == "name_missing"


def test_that_names_and_codes_stay_on_one_line(store):
    new = Distributor(name="Line one\r\nLine two\n", city="Da\tli", note="two\nlines")
    made = store.write("x", lambda u: distributors.create_distributor(u, new)).result
    store.write("x", lambda u: distributors.edit_distributor(u, made, code="CD\n7\n", decision_chain="a\nb"))
    kept = store.read(lambda r: r.get(Distributor, made))
    assert (kept.name, kept.city, kept.code) == ("Line one Line two", "Da li", "CD 7")
    assert (kept.note, kept.decision_chain) == ("two\nlines", "a\nb")
    again = Distributor(name="b", code="CD 7\n")
    assert refused(store, lambda u: distributors.create_distributor(u, again)) == "code_taken"


def test_that_a_code_belongs_to_one_distributor(store):
    furnish(store)
    assert (
        refused(store, lambda u: distributors.create_distributor(u, Distributor(name="b", code="CD-1"))) == "code_taken"
    )
    store.write("same", lambda u: distributors.edit_distributor(u, 1, code="CD-1", note="own code again"))


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.ENDED])
def test_that_suspending_and_ending_need_a_reason(store, status):
    desk = furnish(store)
    assert refused(store, lambda u: distributors.change_status(u, desk.distributor, status=status)) == "reason_missing"
    store.write("ok", lambda u: distributors.change_status(u, desk.distributor, status=status, reason="乱价"))


def test_that_a_suspended_distributor_keeps_its_reason(store):
    desk = furnish(store)
    suspend = {"status": Status.SUSPENDED, "status_reason": "乱价"}
    store.write("suspend", lambda u: distributors.edit_distributor(u, desk.distributor, **suspend))
    edit = distributors.edit_distributor
    assert refused(store, lambda u: edit(u, desk.distributor, status_reason=" ")) == "reason_missing"
    store.write("note", lambda u: edit(u, desk.distributor, note="n"))


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("proof_missing", lambda u, one: commitments.fulfil_commitment(u, one, on=DAY, note=" ")),
        ("proof_missing", lambda u, one: commitments.edit_commitment(u, one, status=CommitmentStatus.FULFILLED)),
        ("reason_missing", lambda u, one: commitments.withdraw_commitment(u, one, note=" ")),
        ("reason_missing", lambda u, one: commitments.dispute_commitment(u, one, note=" ")),
        ("approver_missing", lambda u, one: commitments.approve_commitment(u, one, by=" ", on=DAY)),
        ("approver_missing", lambda u, one: commitments.edit_commitment(u, one, authority=Authority.APPROVED)),
        ("promise_empty", lambda u, one: commitments.edit_commitment(u, one, text=" ")),
    ],
)
def test_that_no_step_of_a_promise_leaves_out_what_it_asks_for(store, code, step):
    desk = furnish(store)
    assert refused(store, lambda u: step(u, desk.ours)) == code


def test_that_a_kept_promise_keeps_its_proof(store):
    desk = furnish(store)
    store.write("kept", lambda u: commitments.fulfil_commitment(u, desk.ours, on=DAY, note="收据"))
    for changes in ({"outcome_note": " "}, {"fulfilled_on": None}):
        assert (
            refused(store, lambda u, changes=changes: commitments.edit_commitment(u, desk.ours, **changes))
            == "proof_missing"
        )


def test_that_a_promise_from_elsewhere_without_its_proof_can_still_be_edited(store):
    desk = furnish(store)
    store.write("import", lambda u: u.update(Commitment, desk.ours, status=CommitmentStatus.FULFILLED))
    store.write("edit", lambda u: commitments.edit_commitment(u, desk.ours, promised_to="陈总"))
    assert store.read(lambda r: r.get(Commitment, desk.ours)).promised_to == "陈总"


def test_that_a_promise_that_is_open_again_says_nothing_of_how_it_ended(store):
    desk = furnish(store)
    store.write("kept", lambda u: commitments.fulfil_commitment(u, desk.ours, on=DAY, note="收据"))
    store.write("again", lambda u: commitments.reopen_commitment(u, desk.ours))
    one = store.read(lambda r: r.get(Commitment, desk.ours))
    assert (one.status, one.fulfilled_on, one.outcome_note) == (CommitmentStatus.OPEN, None, "")


@pytest.mark.parametrize("code", ["promise_empty", "approver_missing"])
def test_that_a_new_promise_has_words_and_somebody_who_approved_it(store, code):
    desk = furnish(store)
    new = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="补发样机")
    poor = {"promise_empty": replace(new, text=" "), "approver_missing": replace(new, authority=Authority.APPROVED)}
    assert refused(store, lambda u: commitments.promise(u, poor[code])) == code


def test_that_promises_without_a_day_come_after_those_that_have_one(store):
    desk = furnish(store)
    undated = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="补发样机")
    last = store.write("promise", lambda u: commitments.promise(u, undated)).result
    lines = store.read(lambda r: commitments.open_commitments(r, Direction.OURS))
    assert [line.commitment.id for line in lines] == [desk.ours, last]


def test_that_a_visit_ends_after_it_starts(store):
    desk = furnish(store)
    assert (
        refused(store, lambda u: visits.move_visit(u, desk.visit, starts_at=MONDAY, ends_at=MONDAY)) == "times_reversed"
    )
    assert refused(store, lambda u: visits.edit_visit(u, desk.visit, starts_at=MONDAY + 5 * HOUR)) == "times_reversed"


def test_that_a_visit_closes_only_with_verdict_reason_and_next_step(store):
    desk = furnish(store)
    steps = (
        {"verdict": Verdict.PURSUE},
        {"verdict_reason": "两条真线索"},
        {"next_step": "见总务主任"},
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


def test_that_no_promise_reaches_a_deck(store, language_en, language_zh):
    desk = furnish(store)
    library = training.DeckLibrary(resources() / "decks")
    for language in (language_en, language_zh):
        slides = store.read(
            lambda r, language=language: training.standard_slides(
                r, r.get(TrainingSession, desk.session), library=library, language=language
            )
        )
        assert slides
        assert "展台费" not in str(slides)


@pytest.mark.parametrize(
    ("status", "red"),
    [(CommitmentStatus.OPEN, True), (CommitmentStatus.FULFILLED, True), (CommitmentStatus.WITHDRAWN, False)],
)
def test_that_a_promise_that_nobody_allowed_stays_red_until_approved_or_withdrawn(status, red):
    one = Commitment(
        distributor_id=DistributorId(1), direction=Direction.OURS, text="x", authority=Authority.NOT_AUTHORISED
    )
    assert replace(one, status=status).is_unauthorised is red
    assert not replace(one, status=status, authority=Authority.APPROVED).is_unauthorised


def test_that_nobody_plans_growth_with_a_distributor_that_has_ended(store):
    desk = furnish(store)
    visit = store.read(lambda r: r.get(Visit, desk.visit))
    ended = Distributor(name="x", status=Status.ENDED)
    advice = advise_stance(ended, visit, theirs=(), last_visit_on=DAY, day=DAY)
    assert advice.stance is Stance.GUARDIAN


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


def test_that_preparing_does_not_begin_a_visit_and_talking_does(store):
    desk = furnish(store)

    def status() -> VisitStatus:
        return store.read(lambda r: r.get(Visit, desk.visit)).status

    store.write("a", lambda u: visits.answer_item(u, desk.visit, code=102, state=AnswerState.DONE))
    assert status() is VisitStatus.PLANNED
    store.write("a", lambda u: visits.answer_item(u, desk.visit, code=201, state=AnswerState.DONE))
    assert status() is VisitStatus.RUNNING


def test_that_an_emptied_answer_is_taken_back(store):
    desk = furnish(store)
    store.write("a", lambda u: visits.answer_item(u, desk.visit, code=201, note="x"))
    store.write("b", lambda u: visits.answer_item(u, desk.visit, code=201))
    assert [one.code for one in store.read(lambda r: r.all(Answer, visit_id=desk.visit))] == [101]


def test_that_a_promise_outlives_the_visit_it_was_made_in(store):
    desk = furnish(store)
    store.write("d", lambda u: visits.delete_visit(u, desk.visit))
    kept = store.read(lambda r: r.get(Commitment, desk.ours))
    assert (kept.visit_id, kept.status) == (None, CommitmentStatus.OPEN)


def test_that_what_is_late_is_reckoned_not_stored(store):
    desk = furnish(store)
    ours = store.read(lambda r: r.get(Commitment, desk.ours))
    assert (ours.days_late(DAY), ours.is_late(date(2026, 9, 18))) == (4, False)


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


def test_that_a_sound_file_has_no_findings_and_a_broken_rule_is_one(store):
    desk = furnish(store)
    report = store.read(checking.check_data)
    assert (report.ok, report.findings, report.schema) == (True, (), "0001")
    store.write("c", lambda u: u.update(Visit, desk.visit, status=VisitStatus.CLOSED))
    assert store.read(checking.check_data).findings == (("visit_closed_without_verdict", 1),)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        (lambda r: distributors.open_file(r, 1), 5),
        (lambda r: visits.visits_between(r, MONDAY, MONDAY + HOUR), 1),
        (visits.unwritten_visits, 1),
        (visits.next_visit, 1),
        (commitments.open_commitments, 1),
        (tagged.session_lines, 1),
        (today.gather_open, 6),
    ],
    ids=["file", "calendar", "unwritten", "next", "commitments", "sessions", "open today"],
)
def test_that_a_page_needs_a_fixed_number_of_statements(store, query, most):
    for _ in range(3):
        store.write("more", lambda u: distributors.create_distributor(u, Distributor(name="n")))
    furnish(store) if store.read(lambda r: r.count(Visit)) == 0 else None
    statements: list[str] = []

    def work(reader):
        reader.raw.set_trace_callback(statements.append)
        try:
            query(reader)
        finally:
            reader.raw.set_trace_callback(None)

    store.read(work)
    assert 0 < len(statements) <= most
