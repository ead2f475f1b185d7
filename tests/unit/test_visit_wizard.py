"""The walk through a visit: what is answered, where it goes on, what digits and texts mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from channel_desk.documents.builders.blocks import State
from channel_desk.documents.builders.brief import build_brief
from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklist_files import load_template
from channel_desk.domain.checklists import Item, ItemKind, Situation, rating_values, sections_for
from channel_desk.domain.commitments import Authority, Commitment, Direction, late_words
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import CommitmentId, DistributorId, VisitId
from channel_desk.domain.stance import StanceAdvice
from channel_desk.domain.visits import (
    Answer,
    AnswerState,
    ExpectedObjection,
    ObjectionKind,
    Phase,
    Purpose,
    Stance,
    Verdict,
    Visit,
)
from channel_desk.paths import resources
from channel_desk.presentation.visit_answers import (
    choices,
    field_change,
    field_text,
    rating_change,
    read_value,
    summary,
    with_choice,
    with_rating,
    with_text,
)
from channel_desk.presentation.visit_promises import profile_facts, promise_facts
from channel_desk.presentation.visit_wizard import Wizard, missing_words, next_step_dates

MORNING = datetime(2026, 9, 22, 1, 30, tzinfo=UTC)
TODAY = date(2026, 9, 22)
VISIT = VisitId(7)


@pytest.fixture
def wizard() -> Wizard:
    template = load_template(resources() / "checklists")
    distributor = Distributor(id=DistributorId(1), name="湘禾商贸")
    visit = Visit(id=VISIT, distributor_id=distributor.id, starts_at=MORNING, ends_at=MORNING + timedelta(hours=1))
    return Wizard(
        BriefFacts(
            visit=visit,
            distributor=distributor,
            contacts=(),
            sections=sections_for(template, Situation(purpose=Purpose.ROUTINE)),
            advice=StanceAdvice(Stance.PARTNER, ""),
            as_of=MORNING,
            zone=UTC,
        )
    )


def item(wizard: Wizard, code: int) -> Item:
    row = wizard.row(code)
    assert row is not None
    return row.item


def done(code: int, **values: object) -> Answer:
    return replace(Answer(visit_id=VISIT, code=code, state=AnswerState.DONE), **values)


# -- the walk ------------------------------------------------------------------------------------------------------


def test_that_a_fresh_visit_opens_at_its_first_question(wizard):
    assert wizard.start_code() == wizard.rows()[0].item.code == 104


def test_that_a_visit_opens_where_it_was_left(wizard):
    assert wizard.with_fields({"current_code": 235}).start_code() == 235


def test_that_a_place_that_is_not_asked_any_more_gives_way_to_the_first_open_question(wizard):
    assert wizard.with_fields({"current_code": 106}).start_code() == 104


def test_that_the_next_open_question_comes_round_from_the_top(wizard):
    last = wizard.rows()[-1].item.code
    assert wizard.next_open(last) == 104


def test_that_nothing_is_open_when_all_is_answered(wizard):
    full = wizard
    for row in wizard.rows():
        full = full.with_answer(done(row.item.code))
    assert full.next_open(None) is None
    assert all(full.progress(phase).complete for phase in Phase)


def test_that_neighbours_cross_the_phases_and_stop_at_the_ends(wizard):
    codes = [row.item.code for row in wizard.rows()]
    border = next(place for place, code in enumerate(codes) if code >= 200)
    assert wizard.neighbour(codes[border - 1], 1) == codes[border]
    assert wizard.neighbour(codes[0], -1) == codes[0]
    assert wizard.neighbour(codes[-1], 1) == codes[-1]
    assert wizard.neighbour(None, 1) == codes[0]


def test_that_a_phase_is_entered_at_its_first_open_question(wizard):
    assert wizard.first_of(Phase.AFTER) == 301
    judged = wizard.with_fields({"verdict": Verdict.TRAIN, "verdict_reason": "New staff"})
    assert judged.first_of(Phase.AFTER) == 302


@pytest.mark.parametrize(
    ("typed", "code"),
    [("264", 264), ("7", 207), ("07", 207), ("999", None), ("", None), ("x", None)],
)
def test_that_a_jump_understands_codes_and_numbers_inside_the_phase(wizard, typed, code):
    assert wizard.jump(typed, Phase.DURING) == code


# -- what is answered ----------------------------------------------------------------------------------------------


def test_that_an_empty_answer_takes_it_back(wizard):
    answered = wizard.with_answer(done(204))
    assert answered.row(204).answered
    assert not answered.with_answer(Answer(visit_id=VISIT, code=204)).row(204).answered


def test_that_fields_of_the_visit_answer_their_questions(wizard):
    assert wizard.with_fields({"result_wanted": "Order"}).row(116).answered
    assert wizard.with_fields({"goals": ("One",)}).row(117).answered


def test_that_a_verdict_needs_its_reason(wizard):
    judged = wizard.with_fields({"verdict": Verdict.PURSUE})
    assert not judged.row(301).answered
    assert judged.with_fields({"verdict_reason": "Two leads"}).row(301).answered


def test_that_a_next_step_needs_its_day_or_an_explicit_none(wizard):
    assert not wizard.with_fields({"next_step": "Call"}).row(302).answered
    assert wizard.with_fields({"next_step": "Call", "next_step_on": TODAY}).row(302).answered
    assert wizard.with_fields({"no_next_step": True}).row(302).answered


def test_that_objections_count_in_the_talk_only_when_raised(wizard, language_en):
    prepared = ExpectedObjection(visit_id=VISIT, kind=ObjectionKind.PRICE, they_say="Too dear")
    some = wizard.with_objections((prepared,))
    assert some.row(126).answered
    assert not some.row(264).answered
    nothing_came_up = some.with_answer(done(264))
    assert summary(nothing_came_up.row(264), nothing_came_up, language_en) == "Done"
    raised = wizard.with_objections((replace(prepared, raised=True, overcome=True), prepared))
    assert raised.row(264).answered
    assert summary(raised.row(264), raised, language_en) == "1 raised, 1 overcome"
    unsaid = wizard.with_objections((replace(prepared, raised=True),))
    assert summary(unsaid.row(264), unsaid, language_en) == "1 raised, 0 overcome"


def test_that_promises_of_this_visit_answer_what_was_agreed(wizard, language_en):
    old = Commitment(id=CommitmentId(1), distributor_id=DistributorId(1), direction=Direction.OURS, text="Old")
    new = replace(old, id=CommitmentId(2), visit_id=VISIT)
    assert not Wizard(replace(wizard.facts, ours=(old,))).row(274).answered
    agreed = Wizard(replace(wizard.facts, ours=(old, new)))
    assert agreed.promises_of_visit == (new,)
    theirs = replace(new, direction=Direction.THEIRS)
    assert Wizard(replace(wizard.facts, ours=(new,), theirs=(theirs,))).promises_of_visit == (new, theirs)
    assert Wizard(replace(wizard.facts, theirs=(theirs,))).row(274).answered
    assert summary(agreed.row(274), agreed, language_en) == "1 new"
    noted = agreed.with_answer(replace(done(274), note="They sign on Friday"))
    assert summary(noted.row(274), noted, language_en) == "1 new, They sign on Friday"
    nothing = wizard.with_answer(done(274))
    assert summary(nothing.row(274), nothing, language_en) == "Done"


def test_that_the_brief_ticks_what_the_screen_counts_as_answered(wizard, language_en):
    price = ExpectedObjection(visit_id=VISIT, kind=ObjectionKind.PRICE, they_say="Too dear")
    new = Commitment(
        id=CommitmentId(2), visit_id=VISIT, distributor_id=DistributorId(1), direction=Direction.OURS, text="New"
    )
    filled = replace(wizard.facts, ours=(new,), answers={101: done(101)}, objections=(replace(price, raised=True),))
    without_reason = {"verdict": Verdict.PURSUE, "result_wanted": "A date", "no_next_step": True, "interest": 4}
    for facts in (wizard.facts, replace(filled, objections=(price,)), filled):
        for changes in ({}, without_reason, {**without_reason, "verdict_reason": "They pay"}):
            walk = Wizard(facts).with_fields(changes)
            checks = [check for phase in build_brief(walk.facts, language_en).checklists for check in phase.items]
            ticked = {int(check.code) for check in checks if check.state is State.DONE}
            assert ticked == {row.item.code for row in walk.rows() if row.answered}


# -- digits and texts ----------------------------------------------------------------------------------------------


def test_that_digits_mean_what_the_kind_of_question_needs(wizard, language_en):
    def digits(code: int) -> list[tuple[int, str]]:
        return [(one.digit, one.label) for one in choices(item(wizard, code), language_en)]

    assert digits(204) == [(1, "Done"), (2, "Not applicable"), (4, "Note")]
    assert digits(209) == [(1, "Done"), (2, "Not applicable"), (3, "Value"), (4, "Note")]
    assert digits(252) == [(1, "good"), (2, "fair"), (3, "poor"), (4, "old stock")]
    assert digits(301) == [(1, "Pursue"), (2, "Train"), (3, "Keep warm"), (4, "Stop")]


def test_that_the_same_digit_takes_the_answer_back(wizard, language_en):
    first, second, *_ = choices(item(wizard, 204), language_en)
    answer = with_choice(Answer(visit_id=VISIT, code=204), first)
    assert answer.state is AnswerState.DONE
    assert with_choice(answer, second).state is AnswerState.NOT_APPLICABLE
    assert not with_choice(answer, first).is_answered


def test_that_writing_means_done_and_rubbing_out_means_open():
    answer = with_text(Answer(visit_id=VISIT, code=207), note="Schools")
    assert answer.state is AnswerState.DONE
    assert with_text(answer, note="").state is None
    struck = Answer(visit_id=VISIT, code=207, state=AnswerState.NOT_APPLICABLE)
    assert with_text(struck, note="not sold here").state is AnswerState.NOT_APPLICABLE


def test_that_goals_stand_one_a_line(wizard):
    goals = item(wizard, 117)
    change = field_change(goals, "Shelf\n\n  Training \n")
    assert change == {"goals": ("Shelf", "Training")}
    assert field_text(goals, wizard.with_fields(change).visit) == "Shelf\nTraining"


@pytest.mark.parametrize(
    ("code", "typed", "value"),
    [(209, "46.8万", "46800000"), (209, "", ""), (209, "soon", None), (251, "30天", "30"), (251, "few", None)],
)
def test_that_figures_are_read_as_they_are_typed(wizard, code, typed, value):
    assert read_value(item(wizard, code), typed, currency="CNY") == value


def test_that_an_amount_is_in_the_currency_of_the_distributor(wizard, language_en):
    abroad = replace(wizard.facts, distributor=replace(wizard.facts.distributor, currency="EUR"))
    elsewhere = type(wizard)(abroad).with_answer(Answer(visit_id=VISIT, code=209, value="4680000"))
    assert elsewhere.currency == "EUR"
    row = elsewhere.row(209)
    assert summary(row, elsewhere, language_en) == "€46,800"
    assert read_value(row.item, "€100", currency="EUR") == "10000"
    assert read_value(row.item, "$100", currency="EUR") is None


def test_that_amounts_of_a_profile_without_a_currency_are_in_yuan(wizard, language_en, language_zh):
    bare = replace(wizard.facts.distributor, currency="", credit_limit_minor=5_000_000, annual_sales_minor=None)
    assert profile_facts(bare, language_en)[0] == ("Credit limit", "¥50k")
    brief = build_brief(replace(wizard.facts, distributor=bare), language_zh)
    assert "5 万元" in [one.value for one in brief.figures]


def test_that_scales_are_given_one_by_one_and_go_into_the_visit(wizard):
    answer = with_rating(Answer(visit_id=VISIT, code=315), 1, 5, 3)
    assert rating_values(answer, 3) == (None, 5, None)
    answer = with_rating(answer, 0, 4, 3)
    assert rating_change(item(wizard, 315), answer) == {"interest": 4, "fit": 5, "strength": None}
    assert not with_rating(with_rating(answer, 0, 4, 3), 1, 5, 3).is_answered


def test_that_a_row_says_its_answer_in_few_words(wizard, language_en, language_zh):
    money = wizard.with_answer(done(209, value="46800000"))
    assert summary(money.row(209), money, language_en) == "¥468,000"
    shelf = wizard.with_answer(done(252, value="poor"))
    assert summary(shelf.row(252), shelf, language_zh) == "脏乱"
    noted = wizard.with_answer(done(207, note="Schools\ngrow"))
    assert summary(noted.row(207), noted, language_en) == "Schools grow"
    plain = wizard.with_fields({"result_wanted": "Order\nsigned"}).with_answer(done(116))
    assert summary(plain.row(116), plain, language_en) == "Order signed"


# -- promises and the end ------------------------------------------------------------------------------------------


def test_that_a_promise_says_how_late_it_is_and_to_whom(language_en):
    late = Commitment(
        distributor_id=DistributorId(1),
        direction=Direction.OURS,
        text="Samples",
        due_on=TODAY - timedelta(days=4),
        promised_to="Hu Nan",
    )
    assert late_words(late, TODAY, language_en) == "4 days late"
    assert promise_facts(late, TODAY, language_en) == "to Hu Nan · No evidence"
    due = replace(late, due_on=TODAY)
    assert late_words(due, TODAY, language_en) == ""
    assert promise_facts(due, TODAY, language_en).startswith("Due today")
    unauthorised = replace(due, authority=Authority.NOT_AUTHORISED)  # that badge stands before its facts
    assert promise_facts(unauthorised, TODAY, language_en).startswith("due today")
    theirs = replace(due, direction=Direction.THEIRS, promised_by="Mr. Luo", due_on=None)
    assert promise_facts(theirs, TODAY, language_en) == "no date · Mr. Luo · No evidence"


def test_that_what_is_missing_to_close_is_named(wizard, language_en):
    assert missing_words(wizard.visit, language_en) == "verdict, reason, next step"
    stepped = wizard.with_fields({"verdict": Verdict.STOP, "verdict_reason": "No will", "next_step": "Call"})
    assert missing_words(stepped.visit, language_en) == "date of the next step"
    assert missing_words(stepped.with_fields({"next_step_on": TODAY}).visit, language_en) == ""


def test_that_next_week_begins_on_monday():
    days = dict(next_step_dates(TODAY))
    assert days["Next week"] == date(2026, 9, 28)
    assert days["In two weeks"] == date(2026, 10, 5)


def test_that_every_kind_of_question_stands_in_the_standard_checklist():
    template = load_template(resources() / "checklists")
    assert {one.kind for one in template.items()} == set(ItemKind)
