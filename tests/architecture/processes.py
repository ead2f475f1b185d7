"""Start the program in a process of its own and see which modules it has loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

#: Runs ``python -m channel_desk`` with the arguments given and writes down the loaded modules when it ends.
AT_THE_END = """
import atexit, json, pathlib, runpy, sys
report = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: report.write_text(json.dumps(sorted(sys.modules)), encoding="utf-8"))
runpy.run_module("channel_desk", run_name="__main__", alter_sys=True)
"""

#: The same, but stops as soon as the first window has been painted, before anything that follows it.
AT_FIRST_PAINT = """
import json, os, pathlib, runpy, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
report = pathlib.Path(sys.argv.pop(1))
class Watch(QObject):
    def eventFilter(self, target, event):
        if event.type() == QEvent.Type.Paint and isinstance(target, QWidget) and target.isWindow():
            report.write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
            os._exit(0)
        return False
run = QApplication.exec
def exec_watched(*_):
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    return run()
QApplication.exec = exec_watched
runpy.run_module("channel_desk", run_name="__main__", alter_sys=True)
"""

#: The same, but stops when the rows of the first page are there and painted, before anything that nobody waits for. As
#: on a machine that takes long for it, the worker is idle long enough to tidy up as soon as it has nothing to do.
AT_FIRST_ROWS = """
import json, os, pathlib, runpy, sys
from channel_desk import app
from channel_desk.ui import worker
worker.IDLE_SECONDS = 0
report = pathlib.Path(sys.argv.pop(1))
def stop_at(moment):
    if moment == "first_rows":
        report.write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
        os._exit(0)
app.trace = stop_at
runpy.run_module("channel_desk", run_name="__main__", alter_sys=True)
"""


def loaded_modules(script: str, folder: Path, *arguments: str) -> frozenset[str]:
    """The modules that a run of the program with ``arguments`` has loaded, on the data in ``folder``."""
    report = folder / "modules.json"
    report.unlink(missing_ok=True)
    variables = {**os.environ, "CHANNEL_DESK_DATA": str(folder / "desk"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(report), *arguments],
        cwd=ROOT,
        env={**variables, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    # A process that is cut off while it paints may end badly on Windows; what it has reported is there all the same.
    is_well = report.is_file() and (script in (AT_FIRST_PAINT, AT_FIRST_ROWS) or done.returncode == 0)
    assert is_well, done.stdout + done.stderr
    return frozenset(json.loads(report.read_text(encoding="utf-8")))


def packages(modules: frozenset[str]) -> frozenset[str]:
    """Top-level packages of other people among ``modules``."""
    top = {name.partition(".")[0] for name in modules}
    return frozenset(name for name in top - sys.stdlib_module_names if not name.startswith("_"))
