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


def test_that_a_kept_promise_needs_a_proof(store):
    desk = furnish(store)
    assert refused(store, lambda u: commitments.fulfil_commitment(u, desk.ours, on=DAY, note=" ")) == "proof_missing"


def test_that_an_empty_promise_is_refused(store):
    desk = furnish(store)
    empty = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text=" ")
    assert refused(store, lambda u: commitments.promise(u, empty)) == "promise_empty"


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
    written = {"verdict": Verdict.STOP, "verdict_reason": "不做了", "no_next_step": True}
    store.write("edit", lambda u: visits.edit_visit(u, desk.visit, **written))
    store.write("close", lambda u: visits.close_visit(u, desk.visit))
    for changes in ({"verdict_reason": " "}, {"verdict": None}, {"no_next_step": False}):
        assert refused(store, lambda u, changes=changes: visits.edit_visit(u, desk.visit, **changes)) == "visit_closed"
    store.write("edit", lambda u: visits.edit_visit(u, desk.visit, subject="回访"))


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
    store.write(
        "edit",
        lambda u: visits.edit_visit(u, desk.visit, verdict=Verdict.STOP, verdict_reason="不做了", no_next_step=True),
    )
    store.write("close", lambda u: visits.close_visit(u, desk.visit))


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
