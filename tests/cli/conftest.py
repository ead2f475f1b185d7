"""The command line as a user has it: a process of its own, or the same entry in this process where that is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from channel_desk.cli import main
from tests.cli.cases import Answer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the data of this test lies; nothing is there yet."""
    return tmp_path / "data"


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run a command line in this process."""
    monkeypatch.setenv("LANGUAGE", "")

    def run(*arguments: object) -> Answer:
        capfd.readouterr()
        status = main([str(one) for one in arguments])
        said = capfd.readouterr()
        return Answer(status, said.out, said.err)

    return run


@pytest.fixture
def desk(say: Callable[..., Answer], folder: Path) -> Callable[..., Answer]:
    """Run a command on the data of this test, in English."""
    return lambda *arguments: say("--data", folder, "--lang", "en", *arguments)


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., Answer]:
    """Run a command line in a process of its own, in the folder of the test."""

    def run(*arguments: object, environment: dict[str, str] | None = None) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "channel_desk", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **(environment or {})},
            capture_output=True,
            check=False,
            timeout=100,
            encoding="utf-8",
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run
