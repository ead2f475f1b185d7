"""What the steps of a promise ask for, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction
from channel_desk.domain.record import DistributorId
from channel_desk.services import commitments
from tests.fixtures.desks import furnish, refused

DAY = date(2026, 9, 22)


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
    store.write("alone", lambda u: u.update(Commitment, desk.ours, authority=Authority.NOT_AUTHORISED))
    assert refused(store, lambda u: step(u, desk.ours)) == code


def test_that_a_kept_promise_keeps_its_proof(store):
    desk = furnish(store)
    store.write("kept", lambda u: commitments.fulfil_commitment(u, desk.ours, on=DAY, note="收据"))
    for changes in ({"outcome_note": " "}, {"fulfilled_on": None}):
        assert (
            refused(store, lambda u, changes=changes: commitments.edit_commitment(u, desk.ours, **changes))
            == "proof_missing"
        )


@pytest.mark.parametrize(
    "step",
    [
        lambda u, one, day: commitments.fulfil_commitment(u, one, on=day, note="收据"),
        lambda u, one, day: commitments.approve_commitment(u, one, by="孙伟", on=day),
        lambda u, one, day: commitments.edit_commitment(u, one, promised_on=day),
        lambda u, one, day: commitments.promise(u, replace(u.get(Commitment, one), id=0, promised_on=day)),
    ],
)
def test_that_nothing_was_promised_approved_or_kept_on_a_day_to_come(store, step):
    desk = furnish(store)
    store.write("alone", lambda u: u.update(Commitment, desk.ours, authority=Authority.NOT_AUTHORISED))
    assert refused(store, lambda u: step(u, desk.ours, date(2026, 9, 23))) == "day_to_come"
    store.write("today", lambda u: step(u, desk.ours, DAY))


def test_that_a_promise_from_elsewhere_without_its_proof_can_still_be_edited(store):
    desk = furnish(store)
    store.write("import", lambda u: u.update(Commitment, desk.ours, status=CommitmentStatus.FULFILLED))
    store.write("edit", lambda u: commitments.edit_commitment(u, desk.ours, promised_to="陈总"))
    assert store.read(lambda r: r.get(Commitment, desk.ours)).promised_to == "陈总"


def test_that_a_day_to_come_from_elsewhere_may_be_handed_back_as_it_was(store):
    desk = furnish(store)
    store.write("import", lambda u: u.update(Commitment, desk.ours, promised_on=date(2026, 9, 30)))
    store.write("form", lambda u: commitments.edit_commitment(u, desk.ours, text="补发", promised_on=date(2026, 9, 30)))
    assert store.read(lambda r: r.get(Commitment, desk.ours)).text == "补发"


@pytest.mark.parametrize("end", [commitments.withdraw_commitment, commitments.dispute_commitment])
def test_that_the_reason_of_an_ended_promise_is_stored_without_blanks_around(store, end):
    desk = furnish(store)
    store.write("end", lambda u: end(u, desk.ours, note=" 停产 "))
    assert store.read(lambda r: r.get(Commitment, desk.ours)).outcome_note == "停产"


def test_that_a_promise_that_is_open_again_says_nothing_of_how_it_ended(store):
    desk = furnish(store)
    store.write("kept", lambda u: commitments.fulfil_commitment(u, desk.ours, on=DAY, note="收据"))
    store.write("again", lambda u: commitments.reopen_commitment(u, desk.ours))
    one = store.read(lambda r: r.get(Commitment, desk.ours))
    assert (one.status, one.fulfilled_on, one.outcome_note) == (CommitmentStatus.OPEN, None, "")


STEPS = {
    CommitmentStatus.OPEN: commitments.reopen_commitment,
    CommitmentStatus.FULFILLED: partial(commitments.fulfil_commitment, on=DAY, note="收据"),
    CommitmentStatus.WITHDRAWN: partial(commitments.withdraw_commitment, note="不要了"),
    CommitmentStatus.DISPUTED: partial(commitments.dispute_commitment, note="说法不一"),
}


@pytest.mark.parametrize("status", CommitmentStatus)
def test_that_a_promise_takes_the_steps_that_are_offered_and_no_others(store, status):
    desk = furnish(store)
    store.write("before", lambda u: u.update(Commitment, desk.ours, status=status))
    offered = store.read(lambda r: r.get(Commitment, desk.ours)).next_statuses
    for wanted, step in STEPS.items():
        if wanted not in offered:
            assert refused(store, lambda u, step=step: step(u, desk.ours)) == "promise_over"
            continue
        store.write("step", lambda u, step=step: step(u, desk.ours))
        assert store.read(lambda r: r.get(Commitment, desk.ours)).status is wanted
        store.write("before", lambda u: u.update(Commitment, desk.ours, status=status))


@pytest.mark.parametrize("ended", [CommitmentStatus.FULFILLED, CommitmentStatus.WITHDRAWN])
def test_that_a_promise_that_has_ended_can_only_be_opened_again(store, ended):
    desk = furnish(store)
    one = replace(store.read(lambda r: r.get(Commitment, desk.ours)), status=ended)
    assert one.next_statuses == {CommitmentStatus.OPEN}
    assert not replace(one, authority=Authority.NOT_AUTHORISED).can_be_approved


@pytest.mark.parametrize("code", ["promise_empty", "approver_missing"])
def test_that_a_new_promise_has_words_and_somebody_who_approved_it(store, code):
    desk = furnish(store)
    new = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="补发样机")
    theirs = replace(new, direction=Direction.THEIRS, authority=Authority.APPROVED)
    store.write("theirs", lambda u: commitments.promise(u, theirs))  # who approved it is their affair
    poor = {"promise_empty": replace(new, text=" "), "approver_missing": replace(new, authority=Authority.APPROVED)}
    assert refused(store, lambda u: commitments.promise(u, poor[code])) == code


def test_that_promises_without_a_day_come_after_those_that_have_one(store):
    desk = furnish(store)
    undated = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="补发样机")
    last = store.write("promise", lambda u: commitments.promise(u, undated)).result
    lines = store.read(lambda r: commitments.open_commitments(r, Direction.OURS))
    assert [line.commitment.id for line in lines] == [desk.ours, last]


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


def test_that_what_is_late_is_reckoned_not_stored(store):
    desk = furnish(store)
    ours = store.read(lambda r: r.get(Commitment, desk.ours))
    assert (ours.days_late(DAY), ours.is_late(date(2026, 9, 18))) == (4, False)
