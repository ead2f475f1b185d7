"""How long a file may take."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from channel_desk.errors import UserError
from channel_desk.exchange import limits
from channel_desk.exchange.tables import read_table


def test_that_a_file_is_read_however_long_other_programs_have_the_processor_and_not_however_long_it_takes_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Phone\n" + "Acme,1\n" * 2_000, "utf-8")
    clocks = {"monotonic": 0.0, "thread_time": 0.0}

    def let_go_by(clock: str, seconds: float) -> None:
        def now() -> float:
            clocks[clock] += seconds
            return clocks[clock]

        monkeypatch.setattr(time, clock, now)

    let_go_by("monotonic", limits.SECONDS)
    let_go_by("thread_time", 0)
    assert len(read_table(path).rows) == 2_001
    let_go_by("thread_time", limits.SECONDS * 2)
    with pytest.raises(UserError) as refusal:
        read_table(path)
    assert refusal.value.code == "import_file_too_large"
