"""What people are told: failures, bugs, and a second start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QWidget

from channel_desk.errors import UserError
from channel_desk.ui.crash import CrashPath
from channel_desk.ui.ending import Ending
from channel_desk.ui.feedback import Feedback
from channel_desk.ui.single_instance import Doorbell, FolderLock, raise_running


@pytest.fixture
def crashes(qapp, data_folder, clock, expected_log, monkeypatch):
    """The crash path, installed; what it tells is collected."""
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    expected_log("channel_desk.crash", "a bug struck")
    told = []
    path = CrashPath(data_folder, clock, told.append)
    path.install()
    yield told
    path.deleteLater()


def strike(message: str) -> None:
    try:
        int(message)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_that_the_same_bug_is_told_once_and_reported_without_values(crashes, qtbot):
    for number in range(46):
        strike(f"林悦 {number}")
    qtbot.waitUntil(lambda: bool(crashes))
    qtbot.wait(0)
    assert len(crashes) == 1
    report = crashes[0].read_text("utf-8")
    assert "ValueError" in report
    assert "林悦" not in report


def test_that_a_bug_on_another_thread_is_told_in_the_window(crashes, qtbot):
    def work():
        raise KeyError("secret")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(crashes))
    assert "secret" not in crashes[0].read_text("utf-8")


def test_that_a_bug_is_told_even_where_no_report_can_be_written(crashes, qtbot, data_folder):
    data_folder.log.parent.write_text("in the way")
    strike("no number")
    qtbot.waitUntil(lambda: bool(crashes))
    assert crashes == [None]


def test_that_feedback_speaks_the_language_of_the_window(qapp, language_zh, qtbot):
    feedback = Feedback(language_zh)
    with qtbot.waitSignal(feedback.wanted) as heard:
        feedback.error(UserError("name_missing"))
    text, action, run, is_error = heard.args
    assert text == language_zh.tr(UserError("name_missing").sentence)
    assert text != UserError("name_missing").sentence
    assert (action, run, is_error) == ("", None, True)


def test_that_a_second_start_finds_the_folder_taken_and_rings(qtbot, tmp_path):
    first = FolderLock(tmp_path)
    second = FolderLock(tmp_path)
    other = FolderLock(tmp_path / "other")
    assert first.take()
    assert not second.take()
    assert other.take()
    rung = []
    bell = Doorbell(tmp_path, lambda: rung.append("raise"))
    assert raise_running(tmp_path)
    qtbot.waitUntil(lambda: rung == ["raise"])
    assert not raise_running(tmp_path / "other")
    bell.deleteLater()
    for lock in (first, second, other):
        lock.release()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_that_an_end_from_outside_closes_the_window_in_order(qtbot, name):
    if not hasattr(signal, name):
        pytest.skip("Windows has no hang-up")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    ending = Ending(window)
    signal.raise_signal(getattr(signal, name))
    qtbot.waitUntil(lambda: not window.isVisible())
    ending.forget()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells a process nothing, it ends it")
@pytest.mark.parametrize("moment", ["first_paint", "first_rows"])
def test_that_an_end_from_outside_is_heard_while_the_window_opens(qtbot, tmp_path, moment):
    trace = tmp_path / "trace"
    variables = {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path), "CHANNEL_DESK_TRACE_START": str(trace)}
    with subprocess.Popen(
        [sys.executable, "-m", "channel_desk", "--sample"],
        env={**os.environ, **variables},
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            qtbot.waitUntil(lambda: trace.exists() and f'"{moment}"' in trace.read_text("utf-8"), timeout=60_000)
            program.send_signal(signal.SIGINT)
            _, said = program.communicate(timeout=60)
        finally:
            program.kill()
    assert (program.returncode, said) == (0, "")
    assert not list(tmp_path.glob("channel-desk-sample-*"))
