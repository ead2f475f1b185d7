"""What the file page says: fields, the next step, promises, the timeline, ranges of briefs."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_type_hints

import pytest

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction, Evidence
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.import_fields import FIELDS as IMPORTED
from channel_desk.domain.lines import DistributorFile
from channel_desk.domain.one_line import ONE_LINE
from channel_desk.domain.record import CommitmentId, DistributorId, VisitId
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Verdict, Visit, VisitStatus
from channel_desk.i18n import Language
from channel_desk.presentation.commitment_words import in_order, words
from channel_desk.presentation.file_cards import PERSON, PROFILE, CardField, confirmed, is_shown, next_step, person_line
from channel_desk.presentation.file_names import safe_name
from channel_desk.presentation.print_range import DAY, VISIT, WEEK, file_name, read_range, turned_to
from channel_desk.presentation.promise_fields import PROMISE, fields_of
from channel_desk.presentation.timeline import timeline
from channel_desk.presentation.visit_rows import visit_row
from tests.conftest import SHANGHAI
from tests.fixtures import briefs as samples

TODAY = date(2026, 9, 22)
NOW = datetime(2026, 9, 22, 8, 21, tzinfo=SHANGHAI).astimezone(UTC)
HERE = DistributorId(1)

#: Fields that have a place of their own on the page, or that nobody types.
ELSEWHERE = {"id", "public_id", "name", "tier", "status", "status_reason", "tags", "note", "extra", "confirmed_on"}
ELSEWHERE |= {"created_at", "updated_at"}


def _visit(hours: float, number: int = 1, **more: object) -> Visit:
    start = NOW + timedelta(hours=hours)
    visit = Visit(id=VisitId(number), distributor_id=HERE, starts_at=start, ends_at=start + timedelta(hours=1))
    return replace(visit, **more)  # type: ignore[arg-type] - keywords of many types


def _promise(number: int, direction: Direction = Direction.OURS, **more: object) -> Commitment:
    one = Commitment(id=CommitmentId(number), distributor_id=HERE, direction=direction, text=f"promise {number}")
    return replace(one, **more)  # type: ignore[arg-type] - keywords of many types


def _file(
    visits: tuple[Visit, ...] = (),
    commitments: tuple[Commitment, ...] = (),
    sessions: tuple[TrainingSession, ...] = (),
) -> DistributorFile:
    return DistributorFile(Distributor(id=HERE, name="Acme"), (), commitments, visits, sessions)


# -- fields ------------------------------------------------------------------------------------------------------------


def test_that_every_field_of_a_distributor_has_one_place_on_the_page() -> None:
    shown = [field.name for group in PROFILE for field in group.fields]
    assert sorted([*shown, *ELSEWHERE]) == sorted(field.name for field in fields(Distributor))


@pytest.mark.parametrize(
    ("record", "declared"),
    [
        (Distributor, [field for group in PROFILE for field in group.fields]),
        (Contact, list(PERSON)),
        (Commitment, list(PROMISE)),
    ],
)
def test_that_each_field_is_edited_as_what_it_is(record: type, declared: list[CardField]) -> None:
    hints = get_type_hints(record)
    for field in declared:
        hint = str(hints[field.name])
        if field.kind == "number":
            assert ("float" if field.decimals else "int") in hint
        elif field.kind == "money":
            assert field.name.endswith("_minor")
        elif field.kind == "date":
            assert "date" in hint
        elif field.kind == "choice":
            assert type(field.choices[0]).__name__ in hint
        else:
            assert hints[field.name] is str


def test_that_an_unknown_field_waits_until_all_are_asked_for() -> None:
    fax = CardField(name="former_name", label="Former name")
    unknown, known = Distributor(name="Acme"), Distributor(name="Acme", former_name="Apex")
    assert not is_shown(unknown, fax, everything=False)
    assert is_shown(unknown, fax, everything=True)
    assert is_shown(known, fax, everything=False)


def test_that_an_old_profile_says_how_long_it_was_not_confirmed(language_en: Language) -> None:
    old = Distributor(name="Acme", confirmed_on=TODAY - timedelta(days=214))
    fresh = Distributor(name="Acme", confirmed_on=date(2026, 9, 1))
    assert confirmed(old, TODAY, language_en).text == "214 days not confirmed"
    assert confirmed(old, TODAY, language_en).is_stale
    assert confirmed(fresh, TODAY, language_en).text == "confirmed 1 Sep"
    assert confirmed(Distributor(name="Acme"), TODAY, language_en).is_stale


# -- the next step -----------------------------------------------------------------------------------------------------


def test_that_the_planned_visit_is_the_next_step(language_en: Language) -> None:
    past = _visit(-48, 1, verdict=Verdict.PURSUE, next_step="send prices")
    coming = _visit(24, 2, result_wanted="sign the plan")
    step = next_step(_file((coming, past)), NOW, SHANGHAI, language_en)
    assert (step.text, step.visit_id, step.is_visit) == ("sign the plan", 2, True)


def test_that_the_visit_that_runs_is_the_next_step_before_one_that_was_to_begin_earlier(language_en: Language) -> None:
    running = _visit(0.5, 1, status=VisitStatus.RUNNING)
    planned = _visit(0.25, 2)
    assert next_step(_file((running, planned)), NOW, SHANGHAI, language_en).visit_id == 1


def test_that_the_visit_that_runs_says_since_when_in_fact(language_en: Language) -> None:
    running = _visit(0.5, 1, status=VisitStatus.RUNNING, started_at=NOW - timedelta(minutes=5))
    begun = language_en.formats.time((NOW - timedelta(minutes=5)).astimezone(SHANGHAI))
    assert next_step(_file((running,)), NOW, SHANGHAI, language_en).when == f"running since {begun}"


def test_that_a_next_step_of_an_earlier_visit_is_over_with_the_verdict_of_a_later_one(language_en: Language) -> None:
    later = _visit(-24, 2, verdict=Verdict.STOP, no_next_step=True)
    earlier = _visit(-72, 1, verdict=Verdict.PURSUE, next_step="send prices")
    assert next_step(_file((later, earlier)), NOW, SHANGHAI, language_en).text == ""


def test_that_a_next_step_is_not_late_on_its_day(language_en: Language) -> None:
    past = _visit(-48, 1, verdict=Verdict.PURSUE, next_step="send prices", next_step_on=TODAY)
    assert not next_step(_file((past,)), NOW, SHANGHAI, language_en).is_late


def test_that_a_birthday_says_by_which_calendar_it_is(language_en: Language) -> None:
    one = Contact(distributor_id=HERE, name="王建国", birthday_on=date(1970, 5, 5))
    assert person_line(one, language_en) == "birthday 5 May"
    assert person_line(replace(one, birthday_lunar=True), language_en) == "lunar birthday 5 May"


def test_that_a_talk_that_goes_on_is_ahead_in_the_timeline_and_a_visit_called_off_is_not_in_it(
    language_en: Language,
) -> None:
    visits = (_visit(-0.5, 1, status=VisitStatus.RUNNING), _visit(24, 2, status=VisitStatus.CANCELLED))
    sections = timeline(_file(visits), now=NOW, zone=SHANGHAI, language=language_en)
    assert [(one.title, [entry.id for entry in one.entries]) for one in sections] == [("Coming up", [1])]


def test_that_a_visit_that_took_place_before_its_time_is_not_ahead_in_the_timeline(language_en: Language) -> None:
    visits = (_visit(2, 1, status=VisitStatus.CLOSED, verdict=Verdict.PURSUE), _visit(4, 2, status=VisitStatus.HELD))
    sections = timeline(_file(visits), now=NOW, zone=SHANGHAI, language=language_en)
    assert [(one.title, [entry.id for entry in one.entries]) for one in sections] == [("Sep", [2, 1])]


def test_that_without_a_planned_visit_the_last_one_says_what_is_next(language_en: Language) -> None:
    past = _visit(-48, 1, verdict=Verdict.PURSUE, next_step="send prices", next_step_on=date(2026, 9, 20))
    step = next_step(_file((past,)), NOW, SHANGHAI, language_en)
    assert (step.text, step.is_late, step.is_visit) == ("send prices", True, False)


def test_that_no_step_is_made_up(language_en: Language) -> None:
    assert next_step(_file(), NOW, SHANGHAI, language_en).text == ""
    called_off = _visit(24, 1, status=VisitStatus.CANCELLED)
    assert next_step(_file((called_off,)), NOW, SHANGHAI, language_en).text == ""


# -- promises ----------------------------------------------------------------------------------------------------------


def test_that_the_latest_promise_stands_first_and_ended_ones_last() -> None:
    kept = _promise(1, status=CommitmentStatus.FULFILLED, fulfilled_on=TODAY)
    undated, later = _promise(2), _promise(3, due_on=TODAY + timedelta(days=2))
    late, theirs = _promise(4, due_on=TODAY - timedelta(days=4)), _promise(5, Direction.THEIRS)
    assert [one.id for one in in_order((kept, undated, later, late, theirs), Direction.OURS)] == [4, 3, 2, 1]
    before = _promise(6, status=CommitmentStatus.FULFILLED, fulfilled_on=TODAY - timedelta(days=30))
    withdrawn = _promise(7, status=CommitmentStatus.WITHDRAWN, due_on=TODAY - timedelta(days=3))
    assert [one.id for one in in_order((before, withdrawn, kept), Direction.OURS)] == [1, 7, 6]


def test_that_only_a_promise_of_ours_asks_who_allowed_it() -> None:
    asked = {one.name for one in fields_of(_promise(1))}
    theirs = {one.name for one in fields_of(_promise(1, Direction.THEIRS))}
    assert asked - theirs == {"authority", "approved_by"}


def test_that_a_promise_asks_what_came_of_it_after_a_step_alone_and_when_it_was_kept_once_it_was() -> None:
    asked = {one.name for one in fields_of(_promise(1))}
    assert {one.name for one in fields_of(_promise(1, status=CommitmentStatus.FULFILLED))} == {
        one.name for one in PROMISE
    }
    for status in (CommitmentStatus.DISPUTED, CommitmentStatus.WITHDRAWN):
        assert {one.name for one in fields_of(_promise(1, status=status))} - asked == {"outcome_note"}


def test_that_an_unauthorised_promise_of_ours_is_flagged_in_red(language_en: Language) -> None:
    one = _promise(1, authority=Authority.NOT_AUTHORISED, evidence=Evidence.MAIL)
    assert [(flag.text, flag.kind) for flag in words(one, TODAY, language_en).flags] == [("Not authorised", "danger")]
    theirs = replace(one, direction=Direction.THEIRS)
    assert words(theirs, TODAY, language_en).flags == ()


def test_that_a_pending_promise_without_evidence_is_flagged_and_an_ended_one_is_not(language_en: Language) -> None:
    bare = _promise(1, evidence=Evidence.NONE)
    assert [flag.text for flag in words(bare, TODAY, language_en).flags] == ["No evidence"]
    kept = replace(bare, status=CommitmentStatus.FULFILLED, fulfilled_on=TODAY)
    assert words(kept, TODAY, language_en).flags == ()


def test_that_a_promise_says_how_late_it_is_and_how_it_ended(language_en: Language) -> None:
    late = words(_promise(1, due_on=TODAY - timedelta(days=4)), TODAY, language_en)
    assert (late.due, late.due_colour) == ("4 days late", "danger-text")
    kept = _promise(2, status=CommitmentStatus.FULFILLED, fulfilled_on=TODAY, outcome_note="receipt")
    said = words(kept, TODAY, language_en)
    assert (said.due, said.detail, said.flags) == ("Kept 22 Sep", "receipt", ())


# -- the timeline ------------------------------------------------------------------------------------------------------


def test_that_the_timeline_begins_with_what_comes_and_goes_back_by_month(language_en: Language) -> None:
    visits = (_visit(48, 1), _visit(-24 * 30, 2, verdict=Verdict.TRAIN), _visit(-24, 3))
    session = TrainingSession(
        distributor_id=HERE, title="Selling", starts_at=NOW - timedelta(days=400), ends_at=NOW - timedelta(days=400)
    )
    sections = timeline(_file(visits, sessions=(session,)), now=NOW, zone=SHANGHAI, language=language_en)
    assert [section.title for section in sections] == ["Coming up", "Sep", "Aug", "August 2025"]
    assert [entry.id for section in sections for entry in section.entries if entry.page == "visit"] == [1, 3, 2]


def test_that_promises_stand_where_they_were_made_kept_and_due(language_en: Language) -> None:
    due = _promise(1, promised_on=date(2026, 9, 1), due_on=date(2026, 9, 28))
    late = _promise(2, due_on=date(2026, 9, 18))
    kept = _promise(3, status=CommitmentStatus.FULFILLED, fulfilled_on=date(2026, 9, 11))
    withdrawn = _promise(4, promised_on=date(2026, 9, 2), status=CommitmentStatus.WITHDRAWN)
    sections = timeline(_file(commitments=(due, late, kept, withdrawn)), now=NOW, zone=SHANGHAI, language=language_en)
    told = [(section.title, entry.text, entry.is_late) for section in sections for entry in section.entries]
    assert told == [
        ("Coming up", "promise 1", False),
        ("Sep", "promise 2", True),
        ("Sep", "promise 3", False),
        ("Sep", "promise 1", False),
    ]


def test_that_a_past_visit_without_a_verdict_asks_to_be_written_up(language_en: Language) -> None:
    row = visit_row(_visit(-24), now=NOW, zone=SHANGHAI, language=language_en)
    assert (row.state, row.kind) == ("To be written up", "warning")


# -- ranges of briefs --------------------------------------------------------------------------------------------------


def test_that_a_place_names_one_visit_or_days() -> None:
    assert read_range(7, "").kind == VISIT
    week = read_range(None, "2026-09-21/2026-09-27")
    assert (week.kind, week.first, week.last) == (WEEK, date(2026, 9, 21), date(2026, 9, 27))
    assert read_range(None, "2026-09-21").kind == DAY
    with pytest.raises(ValueError, match="2026"):
        read_range(None, "2026-09-21/2026-09-20")


def test_that_the_range_turns_around_the_day_shown_and_keeps_the_visit() -> None:
    one = read_range(7, "")
    week = turned_to(WEEK, one, TODAY)
    assert (week.first, week.last, week.visit_id) == (date(2026, 9, 21), date(2026, 9, 27), 7)
    assert turned_to(WEEK, one, TODAY, starts_on=6).first == date(2026, 9, 20)
    assert turned_to(VISIT, week, TODAY) == one


def test_that_file_names_hold_nothing_a_file_system_refuses(language_en: Language) -> None:
    assert safe_name('A/B: "C"?\n.') == "A-B- -C---"
    week = read_range(None, "2026-09-21/2026-09-27")
    assert file_name(week, (), language_en) == "Visit briefs 2026-09-21 – 2026-09-27.pdf"


@pytest.mark.parametrize("name", ["长沙湘禾商贸有限公司" * 20, "Donaudampfschiff" * 20, "𠮷" * 200])
def test_that_the_longest_name_leaves_a_file_name_that_every_file_system_takes_with_its_day(
    name: str, language_zh: Language
) -> None:
    facts = samples.xianghe()
    facts = replace(facts, distributor=replace(facts.distributor, name=name, short_name=name))
    proposed = file_name(read_range(312, ""), (facts,), language_zh)
    assert len(proposed.encode()) < 240
    assert proposed.startswith(f"拜访简报 {name[:30]}")
    assert proposed.endswith(" 2026-11-26.pdf")


def test_that_what_has_one_line_on_a_card_is_kept_in_one_line() -> None:
    profile = {field.name for group in PROFILE for field in group.fields if field.kind == "text"}
    assert ONE_LINE[Distributor] == profile | {"name"}
    assert ONE_LINE[Contact] == {field.name for field in PERSON if field.kind == "text"}


@pytest.mark.parametrize("language", ["language_en", "language_zh"])
def test_that_a_field_is_called_in_an_import_what_it_is_called_in_the_file(language, request):
    """But for whose name and whose owner it is, and for units, which stand beside the value in the file."""
    tr = request.getfixturevalue(language).tr
    in_file = {one.name: tr(one.label) for group in PROFILE for one in group.fields}
    in_file |= {f"contact.{one.name}": tr(one.label) for one in PERSON}
    different = {
        key: (tr(one.label), in_file[key])
        for key, one in IMPORTED.items()
        if key in in_file and not tr(one.label).lower().endswith(in_file[key].lower())
    }
    assert set(different) <= {"owner", "warehouse_m2", "terms_days", "contact.name"}, different
