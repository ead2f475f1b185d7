"""What the services refuse, and what follows from what."""

from __future__ import annotations

import tracemalloc
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from channel_desk.domain.commitments import Commitment, CommitmentStatus, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Verdict, Visit, VisitStatus
from channel_desk.paths import resources
from channel_desk.services import checking, commitments, distributors, today, training, visits
from channel_desk.storage import schema
from channel_desk.storage.queries import tagged
from tests.fixtures.decks import MARK, marked_distributor
from tests.fixtures.desks import MONDAY, furnish, refused

HOUR = timedelta(hours=1)


def test_that_a_new_person_stands_below_those_that_are_there(store):
    home = store.write("d", lambda u: distributors.create_distributor(u, Distributor(name="湘禾商贸"))).result
    for name in ("陈立", "李敏"):
        store.write("p", lambda u, name=name: distributors.add_contact(u, Contact(distributor_id=home, name=name)))
    people = store.read(lambda reader: distributors.open_file(reader, home)).contacts
    assert [(one.name, one.position) for one in people] == [("陈立", 0), ("李敏", 1)]


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


@pytest.mark.parametrize("field", ["annual_sales_minor", "credit_limit_minor", "terms_days", "stores", "warehouse_m2"])
def test_that_there_is_no_less_than_nothing_of_what_a_distributor_has(store, field):
    desk = furnish(store)
    less, none = {field: -500}, {field: 0}
    assert refused(store, lambda u: distributors.create_distributor(u, Distributor(name="b", **less))) == "below_zero"
    assert refused(store, lambda u: distributors.edit_distributor(u, desk.distributor, **less)) == "below_zero"
    store.write("none", lambda u: distributors.edit_distributor(u, desk.distributor, longitude=-112.9, **none))


def test_that_nobody_promises_less_than_nothing(store):
    desk = furnish(store)
    new = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="返利", amount_minor=-500)
    assert refused(store, lambda u: commitments.promise(u, new)) == "below_zero"
    made = store.write("x", lambda u: commitments.promise(u, replace(new, amount_minor=500))).result
    assert refused(store, lambda u: commitments.edit_commitment(u, made, amount_minor=-1)) == "below_zero"


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


def test_that_nobody_enters_as_suspended_without_a_reason(store):
    new = Distributor(name="b", status=Status.SUSPENDED)
    assert refused(store, lambda u: distributors.create_distributor(u, new)) == "reason_missing"


def test_that_a_suspended_distributor_keeps_its_reason(store):
    desk = furnish(store)
    suspend = {"status": Status.SUSPENDED, "status_reason": "乱价"}
    store.write("suspend", lambda u: distributors.edit_distributor(u, desk.distributor, **suspend))
    edit = distributors.edit_distributor
    assert refused(store, lambda u: edit(u, desk.distributor, status_reason=" ")) == "reason_missing"
    assert refused(store, lambda u: edit(u, desk.distributor, status=Status.ENDED)) == "reason_missing"
    store.write("note", lambda u: edit(u, desk.distributor, note="n"))


def test_that_nothing_of_the_file_reaches_a_deck_that_may_not_be_shown(store, language_en, language_zh):
    desk = furnish(store)
    inside = {name: value for name, value in vars(marked_distributor()).items() if MARK in str(value)}
    of_people = {
        field.name: f"{MARK}-{field.name}"
        for field in fields(Contact)
        if field.type == "str" and field.name not in {"name", "public_id"}
    }
    store.write("mark", lambda u: u.update(Distributor, desk.distributor, **inside))
    for one in desk.people:
        store.write("mark", lambda u, one=one: u.update(Contact, one, **of_people))
    store.write("mark", lambda u: u.update(TrainingSession, desk.session, brand="澄川净水", trainer="林悦"))
    library = training.DeckLibrary(resources() / "decks")
    for language in (language_en, language_zh):
        said = str(
            store.read(
                lambda r, language=language: training.standard_slides(
                    r, r.get(TrainingSession, desk.session), library=library, language=language
                )
            )
        )
        assert "王建国" in said
        assert MARK not in said
        assert "展台费" not in said


def test_that_a_sound_file_has_no_findings_and_a_broken_rule_is_one(store):
    desk = furnish(store)
    report = store.read(checking.check_data)
    assert (report.ok, report.findings, report.schema) == (True, (), schema.REVISION)
    # What closing asks for, but for the next step.
    judged = {"status": VisitStatus.CLOSED, "verdict": Verdict.STOP, "verdict_reason": "不做了"}
    store.write("c", lambda u: u.update(Visit, desk.visit, ends_at=MONDAY, **judged))
    store.write("c", lambda u: u.update(Commitment, desk.ours, status=CommitmentStatus.FULFILLED, outcome_note="　"))
    store.write("c", lambda u: u.update(Distributor, desk.distributor, name=""))
    assert dict(store.read(checking.check_data).findings) == {
        "visit_closed_without_verdict": 1,
        "visit_times_reversed": 1,
        "commitment_fulfilled_without_proof": 1,
        "distributor_without_name": 1,
    }


def test_that_a_mended_search_does_not_hide_what_else_is_wrong(store):
    furnish(store)

    def harm(uow):
        uow.raw.execute("DELETE FROM search_keys")
        uow.raw.execute("UPDATE distributors SET name = ' '")

    store.write("harm", harm)
    report = checking.check_and_mend(store)
    assert {code for code, _ in report.findings} == {"search_incomplete", "distributor_without_name"}
    assert not report.ok
    assert [code for code, _ in store.read(checking.check_data).findings] == ["distributor_without_name"]


def test_that_a_file_holds_the_latest_visits_and_trainings_first(store):
    desk = furnish(store)

    def add(uow):
        for kind, one in ((Visit, desk.visit), (TrainingSession, desk.session)):
            for days in (7, -7):
                record = uow.get(kind, one)
                times = {"starts_at": record.starts_at + timedelta(days), "ends_at": record.ends_at + timedelta(days)}
                uow.insert(replace(record, id=0, public_id="", **times))

    store.write("add", add)
    file = store.read(lambda r: distributors.open_file(r, desk.distributor))
    for records in (file.visits, file.sessions):
        assert [(one.starts_at - MONDAY).days for one in records] == [7, 0, -7]


def test_that_checking_many_visits_takes_no_more_memory_than_a_few(store):
    desk = furnish(store)
    visit = Visit(
        distributor_id=desk.distributor,
        starts_at=MONDAY,
        ends_at=MONDAY + HOUR,
        status=VisitStatus.CLOSED,
        summary="话" * 5000,
    )
    promise = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="话" * 5000)
    store.write("Many", lambda u: u.insert_many([visit] * 500), undoable=False)
    store.write("Many", lambda u: u.insert_many([promise] * 500), undoable=False)
    tracemalloc.start()
    try:
        report = store.read(checking.check_data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert report.findings == (("visit_closed_without_verdict", 500),)
    assert most < 1_000_000  # the texts alone are ten times that


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
