"""The test run itself: what must fail does fail."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

#: Each test does one thing that must not go unnoticed; those named ``fine`` do it in the allowed way.
CASES = """
import gc, logging, threading, warnings
import pytest

log = logging.getLogger("channel_desk.strictness")

def test_warning():
    warnings.warn("mind the gap")

def test_log_line():
    log.warning("nobody expects this")

def test_log_line_that_never_came(expected_log):
    expected_log("channel_desk.strictness", "never")

def test_fine_log_line(expected_log):
    expected_log("channel_desk.strictness", "this one")
    log.error("expects %s", "this one")

def test_fine_quiet_line():
    log.info("all is well")

def test_qt_warning(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("a complaint")

def test_qt_exception(qtbot):
    from PySide6.QtCore import QTimer
    def slot():
        raise ValueError("in a slot")
    QTimer.singleShot(0, slot)
    qtbot.wait(20)

def test_thread():
    def work():
        raise ValueError("in a thread")
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

def test_unraisable():
    class Dying:
        def __del__(self):
            raise ValueError("in a finaliser")
    Dying()
    gc.collect()

def test_unclosed_file(tmp_path):
    (tmp_path / "a").open("w")
    gc.collect()

@pytest.mark.xfail(reason="fixed long ago")
def test_forgotten_xfail():
    pass
"""


def test_that_whatever_must_not_go_unnoticed_fails_the_run(tmp_path: Path) -> None:
    cases = tmp_path / "test_cases.py"
    cases.write_text(CASES, encoding="utf-8")
    options = ["-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", "-p", "no:cacheprovider", "-rA", str(cases)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    outcome = dict.fromkeys(re.findall(r"^def (test_\w+)", CASES, flags=re.MULTILINE), "nothing")
    for word, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*::(test_\w+)", done.stdout, flags=re.MULTILINE):
        outcome[name] = word if outcome[name] in ("nothing", "PASSED") else outcome[name]
    passed = {name for name, word in outcome.items() if word == "PASSED"}
    assert "nothing" not in outcome.values(), done.stdout
    assert passed == {"test_fine_log_line", "test_fine_quiet_line"}, done.stdout
