"""A long day with every verb in any order: Undo walks all of it back, Redo all of it forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

import pytest

from channel_desk.domain.commitments import Authority, Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.import_plan import ImportTable
from channel_desk.domain.record import Record
from channel_desk.domain.training import Layout, Slide, TrainingSession
from channel_desk.domain.visits import AnswerState, ExpectedObjection, ObjectionKind, Verdict, Visit
from channel_desk.errors import UserError
from channel_desk.exchange.headings import guess_mapping
from channel_desk.services import checking, commitments, distributors, imports, preferences, training, visits
from channel_desk.storage.store import UNDO_DEPTH, Store
from channel_desk.storage.unit_of_work import UnitOfWork
from tests.fixtures.desks import MONDAY, contents, furnish
from tests.services.test_undo import VERBS

R = TypeVar("R", bound=Record)
STEPS = 70
HEADINGS = ("客户编码", "经销商名称", "简称", "联系人", "手机", "备注")


class Day:
    """Draws what to do next from what there is; a kind of which nothing is left is refused as ``record_gone``."""

    def __init__(self, uow: UnitOfWork, chance: Random) -> None:
        self.uow, self.chance = uow, chance

    def one(self, kind: type[R]) -> R:
        found = self.uow.all(kind)
        if not found:
            raise UserError("record_gone")
        return self.chance.choice(found)

    def some(self, ids: Sequence[int]) -> list[int]:
        return self.chance.sample(ids, self.chance.randint(0, len(ids)))

    def people(self, distributor: int) -> list[int]:
        return self.some([one.id for one in self.uow.all(Contact, distributor_id=distributor)])

    def number(self) -> int:
        return self.chance.randint(0, 9)

    def word(self) -> str:
        return f"话{self.number()}"

    def day(self) -> date:
        return date(2026, 9, 22) + timedelta(days=self.number())

    def visit(self, distributor: int) -> Visit:
        starts_at = MONDAY + timedelta(hours=self.number())
        return Visit(distributor_id=distributor, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))

    def session(self, distributor: int) -> TrainingSession:
        visit = self.visit(distributor)
        return TrainingSession(distributor_id=distributor, title="课", starts_at=visit.starts_at, ends_at=visit.ends_at)

    def promise(self, distributor: int) -> Commitment:
        kinds = {"direction": self.chance.choice([*Direction]), "authority": self.chance.choice([*Authority])}
        visits_there = [one.id for one in self.uow.all(Visit, distributor_id=distributor)]
        visit_id = self.chance.choice([None, *visits_there])
        return Commitment(
            distributor_id=distributor,
            visit_id=visit_id,
            text=self.word(),
            approved_by="孙伟",
            due_on=self.day(),
            **kinds,
        )

    def objections(self, visit: int) -> list[ExpectedObjection]:
        kept = [one for one in self.uow.all(ExpectedObjection, visit_id=visit) if self.number() < 6]
        self.chance.shuffle(kept)
        changed = [replace(one, raised=not one.raised, answer=self.word()) for one in kept]
        return [*changed, ExpectedObjection(visit_id=visit, kind=self.chance.choice([*ObjectionKind]))]

    def table(self) -> ImportTable:
        rows = [
            (f"JX{number}", f"株洲百川日化{number}部", self.word(), f"王{self.word()}", "138 9195 8733", self.word())
            for number in self.some(range(4)) or [0]
        ]
        return ImportTable(headings=HEADINGS, rows=tuple(rows))


def closable(day: Day, visit: int) -> None:
    visits.edit_visit(
        day.uow, visit, verdict=day.chance.choice([*Verdict]), verdict_reason="r", next_step="n", next_step_on=day.day()
    )
    visits.close_visit(day.uow, visit)


def imported(day: Day) -> None:
    table = day.table()
    imports.run_import(day.uow, table, guess_mapping(table), update=day.number() < 7)


DOINGS: dict[Callable[..., Any], Callable[[Day, UnitOfWork], object]] = {
    distributors.create_distributor: lambda d, u: distributors.create_distributor(u, Distributor(name=d.word())),
    distributors.edit_distributor: lambda d, u: distributors.edit_distributor(
        u, d.one(Distributor).id, code=f"CD-{d.number()}", tags=(d.word(),)
    ),
    distributors.change_status: lambda d, u: distributors.change_status(
        u, d.one(Distributor).id, status=d.chance.choice([*Status]), reason=d.chance.choice(["", "乱价"])
    ),
    distributors.confirm_profile: lambda d, u: distributors.confirm_profile(u, d.one(Distributor).id),
    distributors.note_down: lambda d, u: distributors.note_down(u, d.one(Distributor).id, d.word()),
    distributors.delete_distributor: lambda d, u: distributors.delete_distributor(u, d.one(Distributor).id),
    distributors.add_contact: lambda d, u: distributors.add_contact(
        u, Contact(distributor_id=d.one(Distributor).id, name=d.word())
    ),
    distributors.edit_contact: lambda d, u: distributors.edit_contact(u, d.one(Contact).id, title=d.word()),
    distributors.delete_contact: lambda d, u: distributors.delete_contact(u, d.one(Contact).id),
    visits.plan_visit: lambda d, u: visits.plan_visit(u, d.visit(d.one(Distributor).id)),
    visits.move_visit: lambda d, u: visits.move_visit(
        u, d.one(Visit).id, starts_at=MONDAY, ends_at=MONDAY + timedelta(minutes=15 + d.number())
    ),
    visits.edit_visit: lambda d, u: visits.edit_visit(u, d.one(Visit).id, goals=(d.word(),), summary=d.word()),
    visits.set_participants: lambda d, u: visits.set_participants(
        u, (visit := d.one(Visit)).id, d.people(visit.distributor_id)
    ),
    visits.delete_visit: lambda d, u: visits.delete_visit(u, d.one(Visit).id),
    visits.cancel_visit: lambda d, u: visits.cancel_visit(u, d.one(Visit).id),
    visits.start_visit: lambda d, u: visits.start_visit(u, d.one(Visit).id),
    visits.end_talk: lambda d, u: visits.end_talk(u, d.one(Visit).id),
    visits.answer_item: lambda d, u: visits.answer_item(
        u, d.one(Visit).id, code=d.chance.choice([101, 207, 303]), state=d.chance.choice([None, *AnswerState])
    ),
    visits.keep_place: lambda d, u: visits.keep_place(u, d.one(Visit).id, 200 + d.number()),
    visits.set_objections: lambda d, u: visits.set_objections(u, (one := d.one(Visit).id), d.objections(one)),
    visits.close_visit: lambda d, _: closable(d, d.one(Visit).id),
    visits.reopen_visit: lambda d, u: visits.reopen_visit(u, d.one(Visit).id),
    commitments.promise: lambda d, u: commitments.promise(u, d.promise(d.one(Distributor).id)),
    commitments.edit_commitment: lambda d, u: commitments.edit_commitment(u, d.one(Commitment).id, text=d.word()),
    commitments.fulfil_commitment: lambda d, u: commitments.fulfil_commitment(
        u, d.one(Commitment).id, on=date(2026, 9, 21), note=d.word()
    ),
    commitments.withdraw_commitment: lambda d, u: commitments.withdraw_commitment(u, d.one(Commitment).id, note="x"),
    commitments.dispute_commitment: lambda d, u: commitments.dispute_commitment(u, d.one(Commitment).id, note="x"),
    commitments.reopen_commitment: lambda d, u: commitments.reopen_commitment(u, d.one(Commitment).id),
    commitments.approve_commitment: lambda d, u: commitments.approve_commitment(
        u, d.one(Commitment).id, by="孙伟", on=date(2026, 9, 21)
    ),
    commitments.delete_commitment: lambda d, u: commitments.delete_commitment(u, d.one(Commitment).id),
    training.plan_session: lambda d, u: training.plan_session(
        u, d.session(d.one(Distributor).id), [Slide(session_id=0, layout=Layout.COVER)] * d.number()
    ),
    training.edit_session: lambda d, u: training.edit_session(u, d.one(TrainingSession).id, place=d.word()),
    training.delete_session: lambda d, u: training.delete_session(u, d.one(TrainingSession).id),
    training.add_slide: lambda d, u: training.add_slide(
        u, Slide(session_id=d.one(TrainingSession).id, layout=Layout.CASE), at=d.number()
    ),
    training.edit_slide: lambda d, u: training.edit_slide(u, d.one(Slide).id, title=d.word()),
    training.move_slide: lambda d, u: training.move_slide(u, d.one(Slide).id, to=d.number()),
    training.remove_slide: lambda d, u: training.remove_slide(u, d.one(Slide).id),
    imports.run_import: lambda d, _: imported(d),
    preferences.write_preference: lambda d, u: preferences.write_preference(u, d.word(), d.word()),
}


def test_that_every_verb_takes_part_in_the_walk():
    assert set(DOINGS) == set(VERBS)


def begin(store: Store, chance: Random) -> None:
    """Two desks, so that what belongs to one can be mistaken for the other's."""
    furnish(store)
    store.write("Other", lambda uow: imported(Day(uow, chance)), undoable=False)


@pytest.mark.parametrize("seed", range(3))
def test_that_any_sequence_of_verbs_is_walked_back_and_forward(store, clock, seed):
    chance = Random(seed)
    begin(store, chance)
    past, future = [contents(store)], []
    #: What each step is called for autosave: writes that follow each other under one name are one step.
    names = [""]
    done = set()
    while len(past) <= STEPS:
        clock.advance(timedelta(minutes=7))
        if len(past) > 1 and chance.random() < 0.15:
            store.undo()
            future.append(past.pop())
            names.pop()
        elif future and chance.random() < 0.4:
            store.redo()
            past.append(future.pop())
            names.append("")
        else:
            verb, name = chance.choice(list(DOINGS)), chance.choice(["", "", "answer"])

            def work(uow: UnitOfWork, verb=verb) -> object:
                return DOINGS[verb](Day(uow, chance), uow)

            try:
                outcome = store.write(verb.__name__, work, step=name)
            except UserError:
                continue
            if outcome.changes.transaction_no is not None:
                if name and names[-1] == name:
                    past.pop()
                else:
                    names.append(name)
                past.append(contents(store))
                future.clear()
                done.add(verb)
        assert contents(store) == past[-1]
    assert len(done) > len(DOINGS) / 2
    assert len(past) <= UNDO_DEPTH
    for before in reversed(past[:-1]):
        store.undo()
        assert contents(store) == before
    assert store.undo_label is None
    for after in past[1:]:
        store.redo()
        assert contents(store) == after
    assert store.read(checking.check_data).ok
