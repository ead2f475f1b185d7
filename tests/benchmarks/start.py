"""From the start of the process to the first painted window and to live rows; the floor is a bare window."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from channel_desk.paths import DataFolder
from tests.benchmarks.measure import Row

ROUNDS = 7

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        open(sys.argv[1], "w").write(str(time.monotonic()))
        os._exit(0)
app = QApplication([])
window = Bare()
window.resize(1440, 900)
window.show()
app.exec()
"""

#: The program with a timer that notes the longest time the window did not answer in its first five seconds.
WATCHED = """
import sys, time
from PySide6.QtCore import QTimer
import channel_desk.app as app
from channel_desk.cli import main
stalls = []
def watch(desk):
    last = [time.perf_counter()]
    def tick():
        now = time.perf_counter()
        stalls.append(now - last[0])
        last[0] = now
    timer = QTimer(desk)
    timer.setInterval(5)
    timer.timeout.connect(tick)
    timer.start()
    def end():
        size = open("/proc/self/status").read().split("VmHWM:")[1].split()[0] if sys.platform == "linux" else "0"
        open(sys.argv_report, "w").write(f"{max(stalls)} {size}")
        desk.window.close()
    QTimer.singleShot(5000, desk, end)
sys.argv_report = sys.argv.pop(1)
settle = app.Desk._opened
def opened(desk):
    settle(desk)
    watch(desk)
app.Desk._opened = opened
sys.exit(main(sys.argv[1:]))
"""


def _bare() -> float:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "painted"
        start = time.monotonic()
        subprocess.run([sys.executable, "-c", BARE, str(report)], check=True)
        return (float(report.read_text()) - start) * 1000


def _ours(data: DataFolder) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "trace"
        variables = {**os.environ, "CHANNEL_DESK_TRACE_START": str(report)}
        start = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "channel_desk", "--data", str(data.root), "--lang", "zh_CN"], env=variables
        )
        moments: dict[str, float] = {}
        try:
            while "first_rows" not in moments and time.monotonic() - start < 60:
                time.sleep(0.01)
                if report.exists():
                    lines = [
                        line for line in report.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")
                    ]
                    moments = {one["moment"]: (one["at"] - start) * 1000 for one in map(json.loads, lines)}
        finally:
            process.kill()
            process.wait()
        return moments


def _watched(data: DataFolder) -> tuple[float, float]:
    """Longest stall in ms, and peak memory in MB, of five seconds."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "stall"
        subprocess.run([sys.executable, "-c", WATCHED, str(report), "--data", str(data.root)], check=True)
        stall, memory = report.read_text().split()
        return float(stall) * 1000, float(memory) / 1000


def measure(regions: dict[int, DataFolder]) -> Iterator[Row]:
    """Rows for each size."""
    memories: dict[int, float] = {}
    for size, data in regions.items():
        bare, painted, rows = [], [], []
        for _ in range(ROUNDS):
            bare.append(_bare())
            moments = _ours(data)
            painted.append(moments["first_paint"])
            rows.append(moments["first_rows"])
        floor = statistics.median(bare)
        yield Row(f"start to first painted window, {size} distributors", statistics.median(painted), "ms", floor)
        yield Row(f"start to live rows, {size} distributors", statistics.median(rows), "ms", floor)
        stall, memories[size] = _watched(data)
        yield Row(f"longest stall in the first five seconds, {size} distributors", stall, "ms")
        yield Row(f"peak memory after five seconds, {size} distributors", memories[size], "MB", memories[min(memories)])
