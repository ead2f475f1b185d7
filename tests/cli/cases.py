"""What tests of the command line look at: answers, data folders, spreadsheets."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.storage.store import Store

SPREADSHEETS = Path(__file__).parents[1] / "fixtures" / "spreadsheets"
MESSY = SPREADSHEETS / "messy-distributors.xlsx"
MESSY_GBK = SPREADSHEETS / "messy-distributors-gbk.csv"
NORTHWIND = SPREADSHEETS / "northwind-customers.xlsx"
COUNTS = ("created", "updated", "skipped", "rejected")


@dataclass(frozen=True)
class Answer:
    """Exit status and what was said on both streams."""

    status: int
    said: str
    complained: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        assert (self.status, self.complained) == (0, "")
        return json.loads(self.said)

    @property
    def counts(self) -> tuple[int, ...]:
        """Created, updated, skipped, rejected."""
        found = self.document
        return tuple(found[name] for name in COUNTS)

    @property
    def refusal(self) -> str:
        """The one line that says why it was refused."""
        assert self.status == 1
        assert self.said == ""
        assert self.complained.endswith("\n")
        line = self.complained[:-1]
        assert line.strip()
        assert "\n" not in line
        assert "Traceback" not in line
        assert "{" not in line, "an open placeholder"
        return line


def state_of(folder: Path) -> dict[str, str]:
    """Every file of ``folder`` with a digest of its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def begin(folder: Path) -> None:
    """Empty data in ``folder``, as the window makes them when it is first opened."""
    Store.open(DataFolder(folder), SystemClock()).close()
