"""Every verb of every service: undo gives what was before, redo gives what was after."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import channel_desk.services
from channel_desk.domain.commitments import Authority, Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.import_plan import ImportTable
from channel_desk.domain.training import Layout, Slide, TrainingSession
from channel_desk.domain.visits import (
    AnswerState,
    ExpectedObjection,
    ObjectionKind,
    Verdict,
    Visit,
    VisitStatus,
)
from channel_desk.exchange.headings import guess_mapping
from channel_desk.services import commitments, distributors, imports, preferences, training, visits
from channel_desk.storage.unit_of_work import UnitOfWork
from tests.fixtures.desks import MONDAY, SmallDesk, contents, furnish

HOUR = timedelta(hours=1)
DAY = date(2026, 9, 22)


def visit_of(desk: SmallDesk) -> Visit:
    return Visit(distributor_id=desk.distributor, starts_at=MONDAY + HOUR, ends_at=MONDAY + 2 * HOUR)


def promise_of(desk: SmallDesk) -> Commitment:
    return Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="补发样机")


def session_of(desk: SmallDesk) -> TrainingSession:
    return TrainingSession(distributor_id=desk.distributor, title="t", starts_at=MONDAY, ends_at=MONDAY + HOUR)


def closable(uow: UnitOfWork, desk: SmallDesk) -> None:
    uow.update(
        Visit,
        desk.visit,
        verdict=Verdict.PURSUE,
        verdict_reason="r",
        next_step="n",
        next_step_on=DAY,
    )


def closed(uow: UnitOfWork, desk: SmallDesk) -> None:
    uow.update(Visit, desk.visit, status=VisitStatus.CLOSED, started_at=MONDAY)


def fulfilled(uow: UnitOfWork, desk: SmallDesk) -> None:
    commitments.fulfil_commitment(uow, desk.ours, on=DAY, note="ok")


TABLE = ImportTable(
    headings=("客户编码", "经销商名称", "联系人", "手机"),
    rows=(("JX1", "株洲百川日化经营部", "王子涵", "138 9195 8733"),),
)

Verb = Callable[[UnitOfWork, SmallDesk], Any]

#: Each verb with a call that changes something, and what has to be true first.
VERBS: dict[Callable[..., Any], tuple[Verb, Callable[[UnitOfWork, SmallDesk], None] | None]] = {
    distributors.create_distributor: (lambda u, d: distributors.create_distributor(u, Distributor(name="新")), None),
    distributors.edit_distributor: (lambda u, d: distributors.edit_distributor(u, d.distributor, name="改"), None),
    distributors.change_status: (
        lambda u, d: distributors.change_status(u, d.distributor, status=Status.SUSPENDED, reason="乱价"),
        None,
    ),
    distributors.confirm_profile: (lambda u, d: distributors.confirm_profile(u, d.distributor), None),
    distributors.note_down: (lambda u, d: distributors.note_down(u, d.distributor, "9月22日: 展台到货"), None),
    distributors.delete_distributor: (lambda u, d: distributors.delete_distributor(u, d.distributor), None),
    distributors.add_contact: (
        lambda u, d: distributors.add_contact(u, Contact(distributor_id=d.distributor, name="陈立")),
        None,
    ),
    distributors.edit_contact: (lambda u, d: distributors.edit_contact(u, d.people[0], title="总经理"), None),
    distributors.delete_contact: (lambda u, d: distributors.delete_contact(u, d.people[0]), None),
    visits.plan_visit: (lambda u, d: visits.plan_visit(u, visit_of(d)), None),
    visits.move_visit: (
        lambda u, d: visits.move_visit(u, d.visit, starts_at=MONDAY + HOUR, ends_at=MONDAY + 2 * HOUR),
        None,
    ),
    visits.edit_visit: (lambda u, d: visits.edit_visit(u, d.visit, goals=("一", "二")), None),
    visits.set_participants: (lambda u, d: visits.set_participants(u, d.visit, d.people[1:]), None),
    visits.delete_visit: (lambda u, d: visits.delete_visit(u, d.visit), None),
    visits.cancel_visit: (lambda u, d: visits.cancel_visit(u, d.visit), None),
    visits.start_visit: (lambda u, d: visits.start_visit(u, d.visit), None),
    visits.end_talk: (lambda u, d: visits.end_talk(u, d.visit), None),
    visits.answer_item: (
        lambda u, d: visits.answer_item(u, d.visit, code=207, state=AnswerState.DONE, note="学校"),
        None,
    ),
    visits.keep_place: (lambda u, d: visits.keep_place(u, d.visit, 207), None),
    visits.set_objections: (
        lambda u, d: visits.set_objections(
            u, d.visit, [ExpectedObjection(visit_id=d.visit, kind=ObjectionKind.PRICE, they_say="太贵")]
        ),
        None,
    ),
    visits.close_visit: (lambda u, d: visits.close_visit(u, d.visit), closable),
    visits.reopen_visit: (lambda u, d: visits.reopen_visit(u, d.visit), closed),
    commitments.promise: (lambda u, d: commitments.promise(u, promise_of(d)), None),
    commitments.edit_commitment: (lambda u, d: commitments.edit_commitment(u, d.ours, text="改"), None),
    commitments.fulfil_commitment: (fulfilled, None),
    commitments.withdraw_commitment: (lambda u, d: commitments.withdraw_commitment(u, d.ours, note="x"), None),
    commitments.dispute_commitment: (lambda u, d: commitments.dispute_commitment(u, d.theirs, note="x"), None),
    commitments.reopen_commitment: (lambda u, d: commitments.reopen_commitment(u, d.ours), fulfilled),
    commitments.approve_commitment: (
        lambda u, d: commitments.approve_commitment(u, d.ours, by="孙伟", on=DAY),
        lambda u, d: u.update(Commitment, d.ours, authority=Authority.NOT_AUTHORISED),
    ),
    commitments.delete_commitment: (lambda u, d: commitments.delete_commitment(u, d.ours), None),
    training.plan_session: (
        lambda u, d: training.plan_session(u, session_of(d), [Slide(session_id=d.session, layout=Layout.COVER)]),
        None,
    ),
    training.edit_session: (lambda u, d: training.edit_session(u, d.session, place="会议室"), None),
    training.delete_session: (lambda u, d: training.delete_session(u, d.session), None),
    training.add_slide: (
        lambda u, d: training.add_slide(u, Slide(session_id=d.session, layout=Layout.CASE), at=1),
        None,
    ),
    training.edit_slide: (lambda u, d: training.edit_slide(u, d.slides[0], title="改"), None),
    training.move_slide: (lambda u, d: training.move_slide(u, d.slides[0], to=2), None),
    training.remove_slide: (lambda u, d: training.remove_slide(u, d.slides[0]), None),
    imports.run_import: (lambda u, d: imports.run_import(u, TABLE, guess_mapping(TABLE)), None),
    preferences.write_preference: (lambda u, d: preferences.write_preference(u, "name", '"林悦"'), None),
}


def all_verbs() -> set[Callable[..., Any]]:
    found = set()
    for info in pkgutil.iter_modules(channel_desk.services.__path__):
        module = importlib.import_module(f"channel_desk.services.{info.name}")
        for name, member in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(member).parameters), "")
            if member.__module__ == module.__name__ and first == "uow" and not name.startswith("_"):
                found.add(member)
    return found


def test_that_every_verb_of_the_services_is_tried_here():
    assert {verb.__name__ for verb in all_verbs() - set(VERBS)} == set()


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_that_undo_equals_before_and_redo_equals_after(store, verb):
    call, first = VERBS[verb]
    desk = furnish(store)
    if first is not None:
        store.write("First", lambda uow: first(uow, desk), undoable=False)
    before = contents(store)
    outcome = store.write(verb.__name__, lambda uow: call(uow, desk))
    after = contents(store)
    assert after != before
    assert outcome.changes.kinds
    assert store.undo_label == verb.__name__
    undone = store.undo()
    assert contents(store) == before
    assert undone.kinds.keys() == outcome.changes.kinds.keys()
    store.redo()
    assert contents(store) == after


def test_that_slides_stay_numbered_from_zero_whatever_is_done(store):
    desk = furnish(store)

    def positions() -> list[int]:
        return [one.position for one in store.read(lambda r: r.all(Slide, session_id=desk.session, order="position"))]

    store.write("a", lambda uow: training.add_slide(uow, Slide(session_id=desk.session, layout=Layout.CASE), at=0))
    assert positions() == [0, 1, 2, 3]
    store.write("m", lambda uow: training.move_slide(uow, desk.slides[2], to=-1))
    assert positions() == [0, 1, 2, 3]
    assert store.read(lambda r: training.open_session(r, desk.session)).slides[0].id == desk.slides[2]
    store.write("r", lambda uow: training.remove_slide(uow, desk.slides[2]))
    assert positions() == [0, 1, 2]


def test_that_a_step_undone_after_other_steps_leaves_their_fields_alone(store):
    desk = furnish(store)
    store.write("a", lambda uow: distributors.edit_distributor(uow, desk.distributor, note="n"))
    store.write("place", lambda uow: visits.keep_place(uow, desk.visit, 205), undoable=False)
    store.undo()
    kept = store.read(lambda reader: reader.get(Visit, desk.visit))
    assert kept.current_code == 205
    assert replace(kept, current_code=None).status is VisitStatus.PLANNED
