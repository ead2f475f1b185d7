"""Transactions, undo and redo."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from channel_desk.clock import FixedClock, SystemClock
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status, Tier
from channel_desk.domain.visits import Answer, Visit
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.services.finding import ListQuery, find_distributors
from channel_desk.storage.giving_way import GaveWay, look_up
from channel_desk.storage.images import dump_image, load_image
from channel_desk.storage.kinds import KIND_OF_TABLE, KINDS, field_types
from channel_desk.storage.store import UNDO_DEPTH, Store
from tests.fixtures.desks import ENDLESS, MONDAY, SHORT, SmallDesk, contents, furnish


def test_that_every_field_comes_back_as_it_was(store):
    full = Distributor(
        name="Ü 犇𬍛 '; --",
        code="00123",
        founded_on=date(1999, 12, 31),
        latitude=28.2,
        tier=Tier.B,
        status=Status.AT_RISK,
        annual_sales_minor=-1,
        tags=("a", "b,c"),
        extra=(("Fax", "=1+1"), ("备注", "两行\n备注")),
    )
    distributor_id = store.write("Create", lambda uow: uow.insert(full)).result
    found = store.read(lambda reader: reader.get(Distributor, distributor_id))
    assert len(found.public_id) == 32
    assert found.created_at == store.clock.now()
    for name in ("name", "code", "founded_on", "latitude", "tier", "status", "annual_sales_minor", "tags", "extra"):
        assert getattr(found, name) == getattr(full, name)


def test_that_a_change_touches_its_kind_and_of_its_records_those_it_names(store):
    desk = furnish(store)
    changes = store.write("Rename", lambda uow: uow.update(Distributor, desk.distributor, name="湘禾")).changes
    assert changes.touches(Distributor)
    assert changes.touches(Distributor, desk.distributor)
    assert changes.touches(Distributor, desk.distributor + 1, desk.distributor)
    assert not changes.touches(Distributor, desk.distributor + 1)
    assert not changes.touches(Visit)
    assert not changes.touches(Visit, desk.visit)


def test_that_a_failing_write_leaves_nothing_behind(store):
    furnish(store)
    before = contents(store)

    def half(uow):
        uow.insert(Distributor(name="half"))
        raise LookupError

    with pytest.raises(LookupError):
        store.write("Half", half)
    assert contents(store) == before
    assert store.undo_label is None


def test_that_a_missing_record_is_an_expected_failure(store):
    with pytest.raises(UserError) as caught:
        store.read(lambda reader: reader.get(Distributor, 99))
    assert caught.value.code == "record_gone"


def test_that_a_read_that_is_to_end_ends_within_its_statement_and_leaves_nothing_behind(store):
    looks = []

    def until() -> bool:
        looks.append(1)
        return len(looks) > 3

    with pytest.raises(GaveWay):
        store.read(lambda reader: reader.raw.execute(ENDLESS).fetchone(), until=until)
    assert len(looks) == 4
    with pytest.raises(GaveWay):
        store.read(lambda reader: look_up(reader.raw), until=until)
    looked = len(looks)
    assert store.read(lambda reader: (look_up(reader.raw), *reader.raw.execute(SHORT).fetchone())) == (None, 100_000)
    assert len(looks) == looked


@pytest.mark.parametrize("rows", [0, 1, 3000])
def test_that_a_write_that_is_stopped_changes_nothing_and_the_next_one_is_whole(store, rows):
    before = contents(store)
    many = [Distributor(name=f"停下贸易 {number}") for number in range(3000)]
    stopping: list[bool] = []

    def import_them(uow):
        uow.insert_many(many[:rows])
        stopping.append(True)
        uow.insert_many(many[rows:])
        if rows < len(many):
            look_up(uow.raw)  # else it is the index that is stopped

    with pytest.raises(GaveWay):
        store.write("Import", import_them, until=lambda: bool(stopping))
    assert contents(store) == before
    assert store.undo_label is None

    store.write("Import", lambda uow: uow.insert_many(many), until=lambda: False)
    found = store.read(lambda reader: find_distributors(reader, ListQuery(text="tingxia")))
    assert (store.undo_label, found.result.complete, len(found.lines)) == ("Import", False, 20)


def test_that_an_orphan_cannot_be_stored(store):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.write("Orphan", lambda uow: uow.insert(Contact(distributor_id=77, name="nobody")))
    assert contents(store)["contacts"] == ()


def test_that_driver_errors_do_not_quote_what_people_wrote(store):
    desk = furnish(store)

    def twice(uow):
        uow.insert(Answer(visit_id=desk.visit, code=101, note="the customer's secret"))

    with pytest.raises(Exception, match="UNIQUE") as caught:
        store.write("Twice", twice)
    assert "secret" not in str(caught.value)


def test_that_a_naive_moment_is_refused(store):
    desk = furnish(store)
    naive = MONDAY.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        store.write(
            "Naive",
            lambda uow: uow.insert(
                Visit(distributor_id=desk.distributor, starts_at=naive, ends_at=naive + timedelta(hours=1))
            ),
        )


def test_that_an_unchanged_update_is_no_step_to_undo(store):
    desk = furnish(store)
    store.write("Same", lambda uow: uow.update(Distributor, desk.distributor, short_name="湘禾商贸"))
    assert store.undo_label is None


def test_that_a_new_step_forgets_what_could_be_redone(store):
    desk = furnish(store)
    for name in ("a", "b"):
        store.write(name, lambda uow, name=name: uow.update(Distributor, desk.distributor, name=name))
    store.undo()
    assert (store.undo_label, store.redo_label) == ("a", "b")
    store.write("c", lambda uow: uow.update(Distributor, desk.distributor, name="c"))
    assert store.redo_label is None
    with pytest.raises(UserError) as caught:
        store.redo()
    assert caught.value.code == "nothing_to_redo"


def test_that_writes_of_one_step_are_taken_back_and_done_again_together(store):
    desk = furnish(store)
    before = contents(store)

    def rename(name, step=""):
        store.write(name, lambda uow: uow.update(Distributor, desk.distributor, name=name), step=step)

    rename("a", "one")
    rename("b", "one")
    made = store.write("c", lambda uow: uow.insert(Distributor(name="new")), step="one").result
    after = contents(store)
    assert store.undo_label == "c"
    store.undo()
    assert (contents(store), store.undo_label) == (before, None)
    store.redo()
    assert contents(store) == after
    store.undo()
    rename("d", "one")
    rename("e", "other")
    rename("f", "one")
    assert made
    for name in ("e", "d"):
        store.undo()
        assert store.read(lambda reader: reader.get(Distributor, desk.distributor)).name == name
    store.undo()
    assert contents(store) == before


def test_that_the_id_of_a_deleted_record_is_never_given_again(store):
    first = store.write("Create", lambda uow: uow.insert(Distributor(name="first"))).result
    store.write("Delete", lambda uow: uow.delete(Distributor, first))
    second = store.write("Create", lambda uow: uow.insert(Distributor(name="second"))).result
    assert second != first
    store.undo()
    store.undo()
    assert [one.name for one in contents(store)["distributors"]] == ["first"]


def test_that_undo_after_a_restart_takes_back_nothing_of_what_was_done_before_it(data_folder, clock):
    store = Store.open(data_folder, clock)
    store.write("before", lambda uow: uow.insert(Distributor(name="before")))
    store.close()
    store = Store.open(data_folder, clock)
    store.write("after", lambda uow: uow.insert(Distributor(name="after")))
    store.undo()
    assert [one.name for one in contents(store)["distributors"]] == ["before"]
    store.close()


def test_that_what_was_saved_while_typing_is_found_after_a_restart(data_folder, clock):
    store = Store.open(data_folder, clock)
    desk = furnish(store)
    store.write("note", lambda uow: uow.update(Distributor, desk.distributor, note="marmalade"), index_later=True)
    store.close()
    store = Store.open(data_folder, clock)
    assert store.read(lambda reader: find_distributors(reader, ListQuery(text="marmalade"))).result.total == 1
    store.close()


def test_that_a_step_that_left_nothing_to_take_back_is_not_offered_again(store):
    desk = furnish(store)
    store.write("a", lambda uow: uow.update(Distributor, desk.distributor, note="a"))
    store.write("by itself", lambda uow: uow.update(Distributor, desk.distributor, note=""), undoable=False)
    assert store.undo_label == "a"
    assert not store.undo()
    assert (store.undo_label, store.redo_label) == (None, None)
    store.write("b", lambda uow: uow.update(Distributor, desk.distributor, note="b"))
    store.undo()
    store.write("by itself", lambda uow: uow.update(Distributor, desk.distributor, note="b"), undoable=False)
    assert not store.redo()
    assert (store.undo_label, store.redo_label) == (None, None)


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_that_a_step_that_could_not_be_taken_is_still_there_to_take(store, step):
    desk = furnish(store)
    before = contents(store)
    store.write("note", lambda uow: uow.update(Distributor, desk.distributor, note="n"))
    after = contents(store)
    if step == "redo":
        store.undo()
    store.read(lambda reader: reader.raw.execute("PRAGMA query_only = ON"))
    with pytest.raises(Exception, match="readonly"):
        getattr(store, step)()
    store.read(lambda reader: reader.raw.execute("PRAGMA query_only = OFF"))
    getattr(store, step)()
    assert contents(store) == (before if step == "undo" else after)


def test_that_only_so_many_steps_can_be_undone(store):
    for number in range(UNDO_DEPTH + 2):
        store.write(f"step {number}", lambda uow, number=number: uow.insert(Distributor(name=f"d{number}")))
    for _ in range(UNDO_DEPTH):
        store.undo()
    assert [one.name for one in contents(store)["distributors"]] == ["d0", "d1"]
    with pytest.raises(UserError, match="nothing to undo"):
        store.undo()


def test_that_a_changed_record_says_when(store, clock):
    desk = furnish(store)
    clock.advance(timedelta(hours=1))
    store.write("note", lambda uow: uow.update(Distributor, desk.distributor, note="n"))
    assert store.read(lambda reader: reader.get(Distributor, desk.distributor)).updated_at == clock.now()


def clear(store: Store, desk: SmallDesk) -> None:
    """Delete all that stands on ``desk``."""
    before = contents(store)

    def work(uow):
        for name in ("slides", "training_sessions", "commitments", "expected_objections", "answers", "participants"):
            for one in before[name]:
                uow.delete(type(one), one.id)
        uow.delete(Visit, desk.visit)
        for one in before["contacts"]:
            uow.delete(Contact, one.id)
        uow.delete(Distributor, desk.distributor)

    store.write("Clear", work)


def test_that_undo_works_on_a_deleted_family(store):
    desk = furnish(store)
    before = contents(store)
    clear(store, desk)
    assert not any(contents(store).values())
    store.undo()
    assert contents(store) == before
    store.redo()
    assert not any(contents(store).values())


def test_that_the_log_tells_every_value_but_the_empty_ones_so_that_another_default_changes_no_history(store):
    clear(store, furnish(store))
    images = store.read(
        lambda reader: reader.raw.execute("SELECT table_name, before FROM row_changes WHERE after IS NULL").fetchall()
    )
    assert len({table for table, _ in images}) == len(KINDS) - 1  # no preferences
    for table, image in images:
        told = json.loads(image)
        unsaid = [one for one in fields(KIND_OF_TABLE[table]) if one.name not in told and one.name != "id"]
        assert not [one.name for one in unsaid if one.default]


class Desk(RuleBasedStateMachine):
    """A random user against a plain list of snapshots: undo and redo must walk it exactly."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(DataFolder(Path(self.folder.name)), FixedClock(MONDAY))
        self.past = [contents(self.store)]
        self.future: list = []

    def _write(self, work) -> None:
        outcome = self.store.write("step", work)
        if outcome.changes.transaction_no is not None:
            self.past.append(contents(self.store))
            self.future.clear()

    @rule(name=st.text(min_size=1, max_size=5), tier=st.sampled_from([None, *Tier]))
    def create(self, name, tier):
        self._write(lambda uow: uow.insert(Distributor(name=name, tier=tier)))

    @precondition(lambda self: self.past[-1]["distributors"])
    @rule(data=st.data(), name=st.text(max_size=3))
    def change(self, data, name):
        one = data.draw(st.sampled_from(self.past[-1]["distributors"]))
        self._write(lambda uow: uow.update(Distributor, one.id, name=name, note=name))

    @precondition(lambda self: self.past[-1]["distributors"])
    @rule(data=st.data())
    def delete(self, data):
        one = data.draw(st.sampled_from(self.past[-1]["distributors"]))
        self._write(lambda uow: uow.delete(Distributor, one.id))

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self):
        self.store.undo()
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.store.redo()
        self.past.append(self.future.pop())

    @invariant()
    def same(self):
        assert contents(self.store) == self.past[-1]

    def teardown(self):
        self.store.close()
        self.folder.cleanup()


Desk.TestCase.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
TestThatUndoAndRedoWalkEveryStepExactly = Desk.TestCase


WRITER = """
import sys
from pathlib import Path
from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.services.visits import answer_item
from channel_desk.storage.store import UNDO_DEPTH, Store
store = Store.open(DataFolder(Path(sys.argv[1])), SystemClock())
def answer(uow):
    answer_item(uow, int(sys.argv[2]), code=201 + number % 20, note=str(number))
for number in range(100000):
    store.write("a", answer, index_later=True)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize("answers", [1, 7, 60])
def test_that_every_acknowledged_answer_survives_a_kill(data_folder, answers):
    store = Store.open(data_folder, SystemClock())
    desk = furnish(store)
    store.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data_folder.root), str(desk.visit)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    acknowledged = -1
    for line in writer.stdout:
        acknowledged = int(line)
        if acknowledged + 1 >= answers:
            os.kill(writer.pid, signal.SIGKILL)
            break
    rest = writer.stdout.read().split()
    writer.stdout.close()
    writer.wait()
    acknowledged = max([acknowledged, *(int(one) for one in rest)])
    store = Store.open(data_folder, SystemClock())
    found = {int(one.note) for one in contents(store)["answers"] if one.note}
    # Each of the twenty questions keeps its newest answer; one that was not acknowledged yet may be newer still.
    for number in range(max(0, acknowledged - 19), acknowledged + 1):
        assert found & set(range(number, max(found) + 1, 20)), number
    store.close()


VALUES: dict[type, Any] = {
    str: "犇𬍛 '; --",
    int: 2,
    float: 0.1,
    bool: True,
    date: date(1999, 12, 31),
    datetime: MONDAY + timedelta(microseconds=7),
    tuple: (("两行\n备注", "b,c"), ()),
}


def every_value(kind: type) -> dict[str, Any]:
    """All fields of a record of ``kind`` with something in them."""
    types = {name: bare for name, (bare, _) in field_types(kind).items() if name != "id"}
    return {name: VALUES[bare] if bare in VALUES else list(bare)[-1] for name, bare in types.items()}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_that_what_is_taken_from_the_log_is_of_the_type_that_it_has_in_a_record(kind):
    values = every_value(kind)
    again = load_image(kind, dump_image(values))
    assert again == values
    assert {name: type(one) for name, one in again.items()} == {name: type(one) for name, one in values.items()}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_that_every_field_of_every_kind_comes_back_as_it_was_also_after_undo(store, kind):
    furnish(store)
    values = every_value(kind)
    # The second of each is nobody's in the small desk; of visits and sessions there is but one.
    values |= {name: 1 for name in ("distributor_id", "visit_id", "session_id") if name in values}
    written = store.write("Create", lambda uow: uow.insert(kind(**values))).result
    assert store.read(lambda reader: reader.get(kind, written)) == kind(id=written, **values)
    store.undo()
    store.redo()
    assert store.read(lambda reader: reader.get(kind, written)) == kind(id=written, **values)


def test_that_a_new_row_is_numbered_by_indexes_alone_however_much_is_in_the_log(store):
    desk = furnish(store)
    asked: list[str] = []

    def answer(uow):
        uow.raw.set_trace_callback(asked.append)
        uow.insert(Answer(visit_id=desk.visit, code=207, note="n"))
        uow.raw.set_trace_callback(None)

    store.write("Answer", answer)
    looks = [one for one in asked if one.startswith("SELECT") and "row_changes" in one]
    plan = store.read(lambda reader: reader.raw.execute(f"EXPLAIN QUERY PLAN {looks[0]}").fetchall())
    assert ["INDEX" in step[3] for step in plan] == [True], plan
