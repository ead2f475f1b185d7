"""The task runner: order, dropping, failures, undo and jobs."""

from __future__ import annotations

import gc
import threading
import time
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from channel_desk.domain.distributors import Distributor
from channel_desk.errors import UserError
from channel_desk.services.distributors import create_distributor, edit_distributor
from channel_desk.services.finding import ListQuery, all_ids
from channel_desk.storage.reader import Reader
from channel_desk.storage.store import Store
from channel_desk.ui.jobs import JobControl
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.worker import IDLE_SECONDS
from tests.fixtures.desks import ENDLESS, SHORT


def names(reader):
    return [one.name for one in reader.all(Distributor)]


def test_that_a_read_comes_back_on_the_thread_of_the_window(tasks, settle):
    heard = []
    owner = QObject()
    tasks.read(names, lambda found: heard.append((found, threading.current_thread())), owner=owner)
    settle()
    assert heard == [([], threading.main_thread())]


def test_that_the_newest_read_of_an_owner_and_key_wins(tasks, settle):
    heard = []
    owner, other = QObject(), QObject()
    for number in range(5):
        tasks.read(lambda _reader, number=number: number, heard.append, owner=owner, key="list")
    tasks.read(lambda _reader: "count", heard.append, owner=owner, key="count")
    tasks.read(lambda _reader: "other", heard.append, owner=other, key="list")
    settle()
    assert heard == [4, "count", "other"]


def test_that_steps_in_turns_leave_the_window_its_turn_between_them(tasks, settle):
    told = []
    owner, beat = QObject(), QTimer()
    beat.timeout.connect(lambda: told.append("window"))
    beat.start(1)

    def work(number):
        told.append(number)
        time.sleep(0.005)  # as long as something shown takes, in which the window becomes due

    tasks.in_turns([partial(work, number) for number in range(6)], owner=owner)
    assert tasks.is_busy
    settle()
    assert [one for one in told if one != "window"] == [0, 1, 2, 3, 4, 5]
    # The first step may come before the window is due at all.
    assert all("window" in told[told.index(number) : told.index(number + 1)] for number in range(1, 5))


def test_that_a_newer_read_ends_steps_in_turns_and_so_does_the_end_of_their_owner(tasks, settle):
    told = []
    owner, mortal = QObject(), QObject()

    def replace():
        told.append("begun")
        tasks.read(lambda _reader: "read", told.append, owner=owner, key="page")

    tasks.in_turns([replace, lambda: told.append("too late")], owner=owner, key="page")
    tasks.in_turns([lambda: shiboken6.delete(mortal), lambda: told.append("for nobody")], owner=mortal)
    settle()
    assert told == ["begun", "read"]


def test_that_writes_are_never_dropped_and_reads_see_them(tasks, settle):
    heard = []
    owner = QObject()
    for name in ("甲", "乙", "丙"):
        tasks.write("New", lambda uow, name=name: create_distributor(uow, Distributor(name=name)), initiator=owner)
    tasks.read(names, heard.append, owner=owner)
    settle()
    assert heard == [["甲", "乙", "丙"]]


def test_that_a_write_tells_what_changed_and_who_asked(tasks, settle):
    told, saved = [], []
    owner = QObject()
    tasks.committed.connect(lambda changes, initiator: told.append((changes.touches(Distributor), initiator)))
    tasks.saved.connect(saved.append)
    tasks.write("New distributor", lambda uow: create_distributor(uow, Distributor(name="甲")), initiator=owner)
    settle()
    assert told == [(True, owner)]
    assert saved == ["New distributor"]


def test_that_a_write_without_effect_is_silent(tasks, settle):
    told = []
    tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")))
    settle()
    tasks.committed.connect(lambda *_: told.append("committed"))
    tasks.saved.connect(told.append)
    tasks.write("Edit", lambda uow: edit_distributor(uow, 1, name="甲"))
    settle()
    assert told == []


def test_that_a_write_that_is_to_be_quiet_is_not_told_about(tasks, settle):
    told = []
    tasks.saved.connect(told.append)
    for label, toast in (("Answer", False), ("Create", True)):
        tasks.write(label, lambda uow: create_distributor(uow, Distributor(name="a")), toast=toast)
    settle()
    assert told == ["Create"]


def test_that_a_write_whose_page_is_gone_is_stored_and_known_as_nobodys(tasks, settle):
    heard, told, page = [], [], QObject()
    tasks.committed.connect(lambda _changes, initiator: told.append(initiator))
    tasks.write("Create", lambda uow: create_distributor(uow, Distributor(name="a")), initiator=page, then=heard.append)
    shiboken6.delete(page)
    tasks.read(names, told.append, owner=tasks)
    settle()
    assert (heard, told) == ([], [None, ["a"]])


def test_that_undo_and_redo_are_told_with_their_step(tasks, settle):
    told, found = [], []
    owner = QObject()
    tasks.replayed.connect(lambda changes, back: told.append((changes.label, back)))
    tasks.write("New distributor", lambda uow: create_distributor(uow, Distributor(name="甲")))
    tasks.undo()
    tasks.read(names, found.append, owner=owner, key="1")
    tasks.redo()
    tasks.read(names, found.append, owner=owner, key="2")
    settle()
    assert told == [("New distributor", True), ("New distributor", False)]
    assert found == [[], ["甲"]]


def test_that_nothing_to_undo_is_an_expected_failure(tasks, settle):
    refused = []
    tasks.refused.connect(lambda error: refused.append(error.code))
    tasks.undo()
    settle()
    assert refused == ["nothing_to_undo"]


def test_that_an_expected_failure_goes_to_who_asked(tasks, settle):
    failed, refused, done = [], [], []
    tasks.refused.connect(lambda error: refused.append(error.code))

    def empty(uow):
        return create_distributor(uow, Distributor(name=" "))

    tasks.write("New", empty, failed=lambda error: failed.append(error.code), then=done.append)
    tasks.write("New", empty, then=done.append)
    settle()
    assert (failed, refused, done) == (["name_missing"], ["name_missing"], [])


def test_that_a_bug_on_the_worker_surfaces_in_the_window_and_the_worker_lives_on(tasks, settle, qtbot):
    owner = QObject()
    heard = []

    def bug(_reader):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        tasks.read(bug, heard.append, owner=owner)
        settle()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    tasks.read(names, heard.append, owner=owner)
    settle()
    assert heard == [[]]


def test_that_a_write_that_struck_a_bug_is_not_taken_for_stored(tasks, settle, qtbot):
    def bug(_uow):
        raise ZeroDivisionError

    settle()
    tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")))
    assert tasks.finish()
    with qtbot.captureExceptions():
        tasks.write("New", bug)
        assert not tasks.finish()


def test_that_what_was_written_while_the_data_opens_is_stored_before_the_end(qapp, data_folder, clock):
    stored, gate = [], threading.Event()
    runner = Tasks()
    runner.open(data_folder, clock, then=stored.append, failed=stored.append, prepare=lambda _: gate.wait(10))
    runner.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")), then=stored.append)
    runner.ending.connect(gate.set)
    assert runner.finish()
    assert stored == [None, 1]
    runner.close()


def test_that_what_was_written_into_data_that_cannot_be_opened_is_not_taken_for_stored(qapp, data_folder, clock):
    data_folder.database.write_bytes(b"not ours" * 512)
    failed = []
    runner = Tasks()
    runner.open(data_folder, clock, then=failed.append, failed=lambda error: failed.append(error.code))
    assert runner.finish()
    assert failed == ["data_key_missing"]
    runner.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")))
    assert not runner.finish()
    runner.close()


def test_that_a_result_for_a_destroyed_owner_is_dropped(tasks, settle):
    heard = []
    parent = QObject()
    owner = QObject(parent)
    gate = threading.Event()
    tasks.read(lambda _reader: gate.wait(10), heard.append, owner=owner)
    del parent
    gate.set()
    settle()
    assert heard == []


def test_that_closing_finishes_the_writes(tasks, settle, data_folder, clock):
    from channel_desk.storage.store import Store

    gate = threading.Event()
    owner = QObject()
    heard = []
    settle()
    tasks.read(lambda _reader: gate.wait(10), heard.append, owner=owner, key="slow")
    tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")))
    tasks.read(names, heard.append, owner=owner, key="dropped")
    gate.set()
    tasks.close()
    store = Store.open(data_folder, clock)
    assert store.read(names) == ["甲"]
    store.close()


def test_that_closing_finishes_an_undo(tasks, settle, data_folder, clock):
    from channel_desk.storage.store import Store

    gate, owner = threading.Event(), QObject()
    tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")))
    settle()
    tasks.read(lambda _reader: gate.wait(10), lambda _: None, owner=owner, key="slow")
    tasks.undo()
    gate.set()
    tasks.close()
    store = Store.open(data_folder, clock)
    assert store.read(names) == []
    store.close()


def test_that_closing_does_not_wait_for_the_end_of_a_long_job(tasks, settle):
    reached = []
    started, never = threading.Event(), threading.Event()

    def work(control: JobControl):
        started.set()
        for number in range(500):
            control.report(number, 500)
            never.wait(0.02)
        reached.append("end")

    settle()
    tasks.job(work, then=reached.append)
    assert started.wait(10)
    tasks.close()
    assert reached == []


def test_that_a_failed_opening_is_told_and_can_be_tried_again(qtbot, data_folder, clock):
    data_folder.database.write_bytes(b"no database" * 100)
    told = []
    runner = Tasks()
    runner.open(data_folder, clock, then=lambda _: told.append("open"), failed=lambda error: told.append(error.code))
    qtbot.waitUntil(lambda: len(told) == 1)
    data_folder.database.unlink()
    runner.open(data_folder, clock, then=lambda _: told.append("open"), failed=lambda error: told.append(error.code))
    qtbot.waitUntil(lambda: len(told) == 2)
    runner.close()
    assert told[0] != "open"
    assert told[1] == "open"


def test_that_a_job_reports_progress_and_result(tasks, settle):
    progress, done = [], []

    def work(control: JobControl):
        for number in range(3):
            control.report(number + 1, 3)
        return "written"

    tasks.job(work, then=done.append, progress=lambda *parts: progress.append(parts))
    settle()
    assert done == ["written"]
    assert progress == [(1, 3), (2, 3), (3, 3)]


def test_that_a_cancelled_job_stops_and_tells_nobody(tasks, settle):
    done, reached = [], []
    started, go_on = threading.Event(), threading.Event()

    def work(control: JobControl):
        started.set()
        go_on.wait(10)
        control.report(1, 2)
        reached.append("end")

    control = tasks.job(work, then=done.append)
    started.wait(10)
    control.cancel()
    go_on.set()
    settle()
    assert (done, reached) == ([], [])


def test_that_a_job_whose_page_is_gone_goes_on_in_silence(tasks, settle, capfd):
    class Part(QObject):
        progressed = Signal(int, int)

    part, done = Part(), []
    started, go_on = threading.Event(), threading.Event()

    def work(control: JobControl):
        started.set()
        go_on.wait(10)
        control.report(1, 1)

    tasks.job(work, then=done.append, progress=part.progressed.emit, owner=part)
    started.wait(10)
    shiboken6.delete(part)
    go_on.set()
    settle()
    assert (done, capfd.readouterr().err) == ([], "")


def test_that_a_job_tells_expected_failures_too(tasks, settle):
    failed = []

    def work(_control):
        raise UserError("disk_full")

    tasks.job(work, then=pytest.fail, failed=lambda error: failed.append(error.code))
    settle()
    assert failed == ["disk_full"]


@pytest.mark.parametrize("kind", ["read", "job"])
def test_that_what_callbacks_hold_ends_on_the_thread_of_the_window(tasks, settle, kind):
    ended_on = []

    class Witness:
        def __del__(self):
            ended_on.append(threading.current_thread())

    for _ in range(20):
        witness = Witness()
        if kind == "read":
            tasks.read(lambda _: None, lambda _, held=witness: None, owner=tasks, key="witness")
        else:
            tasks.job(lambda _: None, then=lambda _, held=witness: None)
        del witness
        settle()
    tasks.close()
    gc.collect()
    assert len(ended_on) >= 19
    assert set(ended_on) == {threading.main_thread()}


def test_that_a_refused_write_is_told_also_when_its_page_is_gone(tasks, settle):
    told = []
    tasks.refused.connect(lambda error: told.append(error.code))
    page = QObject()

    def refuse(_uow):
        raise UserError("name_missing")

    tasks.write("New", refuse, initiator=page, failed=lambda error: told.append("the page"))
    shiboken6.delete(page)
    settle()
    assert told == ["name_missing"]


def test_that_a_read_that_a_newer_one_replaced_is_not_done_at_all(tasks, settle):
    done, gate = [], threading.Event()
    settle()
    tasks.read(lambda _reader: gate.wait(10), lambda _: None, owner=tasks, key="slow")
    for number in range(5):
        tasks.read(lambda _reader, number=number: done.append(number), lambda _: None, owner=tasks, key="list")
    gate.set()
    settle()
    assert done == [4]


class EndlessAtFirst:
    """A read of many seconds, but for those that begin it again."""

    def __init__(self, times: int = 1) -> None:
        self.times = times
        self.begun: list[int] = []
        self.is_running = threading.Event()
        self.came_to_its_end = False

    def __call__(self, reader: Reader) -> int:
        self.begun.append(1)
        if len(self.begun) <= self.times:
            self.is_running.set()
            reader.raw.execute(ENDLESS).fetchone()
            self.came_to_its_end = True
        return len(self.begun)


def test_that_a_read_that_gives_way_ends_for_a_write_and_is_done_after_it(tasks, settle):
    read, heard, owner = EndlessAtFirst(), [], QObject()
    tasks.read(read, lambda times: heard.append(f"begun {times} times"), owner=owner, gives_way=True)
    assert read.is_running.wait(10)
    tasks.write(
        "New", lambda uow: create_distributor(uow, Distributor(name="甲")), then=lambda _: heard.append("written")
    )
    settle()
    assert heard == ["written", "begun 2 times"]


def test_that_reads_that_give_way_do_so_only_for_what_is_waited_for(tasks, settle):
    heard, gate, owner = [], threading.Event(), QObject()
    tasks.read(lambda _reader: gate.wait(10), lambda _: heard.append("first"), owner=owner, key="gate")
    for key in ("one", "two"):
        tasks.read(
            lambda reader: reader.raw.execute(SHORT).fetchone(),
            lambda _, key=key: heard.append(key),
            owner=owner,
            key=key,
            gives_way=True,
        )
    tasks.read(names, lambda _: heard.append("names"), owner=owner, key="names")
    gate.set()
    settle()
    assert heard == ["first", "names", "one", "two"]


def test_that_a_read_that_nobody_wants_any_more_ends(tasks, settle):
    read, heard, owner = EndlessAtFirst(), [], QObject()
    tasks.read(read, heard.append, owner=owner, key="long", gives_way=True)
    assert read.is_running.wait(10)
    tasks.drop(owner, "long")
    settle()
    assert (heard, len(read.begun), read.came_to_its_end) == ([], 1, False)


def test_that_the_end_does_not_wait_for_a_read_that_gives_way(tasks):
    read = EndlessAtFirst(times=9)
    tasks.read(read, pytest.fail, owner=tasks, gives_way=True)
    assert read.is_running.wait(10)
    tasks.close()
    assert len(read.begun) == 1


def test_that_reading_ahead_gives_way_too_and_is_begun_again(tasks, settle, qtbot):
    read, heard, owner = EndlessAtFirst(), [], QObject()
    tasks.load_ahead()
    tasks.read_ahead(read)
    assert read.is_running.wait(30)
    tasks.read(names, heard.append, owner=owner)
    qtbot.waitUntil(lambda: heard == [[]] and len(read.begun) == 2)


def comes_to_be_found(qtbot, tasks, text: str) -> bool:
    """Whether the search knows ``text`` after the worker has had nothing to do for a while."""
    found, owner = [0], QObject()
    for _ in range(20):
        # Asked rarely, for asking is something to do.
        qtbot.wait(int(IDLE_SECONDS * 1000) + 300)
        tasks.read(lambda reader: all_ids(reader, ListQuery(text=text)).total, found.append, owner=owner)
        qtbot.waitUntil(lambda: not tasks.is_busy)
        if found[-1]:
            break
    return found[-1] == 1


def test_that_what_was_typed_is_found_once_the_worker_has_time(tasks, settle, qtbot):
    tasks.load_ahead()
    tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")))
    settle()
    assert comes_to_be_found(qtbot, tasks, "甲")  # whatever opening left to do is done
    tasks.write("Edit", lambda uow: edit_distributor(uow, 1, note="斑马"), index_later=True)
    settle()
    assert comes_to_be_found(qtbot, tasks, "斑马")


def test_that_what_a_killed_session_left_is_found_soon_after_the_start(data_folder, clock, qtbot):
    store = Store.open(data_folder, clock)
    one = store.write("New", lambda uow: create_distributor(uow, Distributor(name="甲"))).result
    store.write("Edit", lambda uow: edit_distributor(uow, one, note="斑马"), index_later=True)
    store._raw.close()  # as a process that is killed
    tasks = Tasks()
    tasks.open(data_folder, clock, then=lambda _: None, failed=pytest.fail)
    tasks.load_ahead()
    assert comes_to_be_found(qtbot, tasks, "斑马")
    tasks.close()


def test_that_nothing_offers_to_undo_what_cannot_be_undone(tasks, settle):
    saved = []
    tasks.saved.connect(saved.append)
    tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="甲")), undoable=False)
    settle()
    assert saved == []
