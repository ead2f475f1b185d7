"""The one command that sets up a checkout, as far as it can be tried without a second machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dev
import environment
import libraries
import pytest

from tests.architecture.source import ROOT


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--sample"], True),
        (["--data", "list", "--lang", "en"], True),
        (["--sample", "list", "visits"], False),
        (["--lang", "zh_CN", "brief", "--next", "-o", "brief.pdf"], False),
        (["--version"], False),
        (["-h"], False),
    ],
)
def test_that_only_a_window_asks_for_the_libraries_of_a_window(arguments: list[str], window: bool) -> None:
    assert dev.needs_qt(arguments) is window


def test_that_help_names_every_verb_and_an_unknown_one_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {verb} " in shown for verb in ("run", "test", "lint", "ci", "lock", "help"))
    assert dev.main(["fly"]) == 2


@pytest.mark.parametrize(("ends", "status"), [((0, 0), 0), ((1, 0), 1)])
def test_that_one_failed_check_fails_them_all(
    ends: tuple[int, int], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(dev, "CHECKS", [(str(end), ["-c", f"raise SystemExit({end})"]) for end in ends])
    assert dev.main(["lint"]) == status


def test_that_the_environment_is_made_anew_when_a_lock_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    for name in ("uv.lock", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("before", encoding="utf-8")
    before = environment._fingerprint()
    assert environment._fingerprint() == before
    (tmp_path / "requirements.lock").write_text("after", encoding="utf-8")
    assert environment._fingerprint() != before


def test_that_a_child_speaks_utf_8_and_sees_no_foreign_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    variables = environment.variables()
    assert variables["PYTHONUTF8"] == "1"
    assert "PYTHONPATH" not in variables


def test_that_catalogues_are_compiled_again_when_a_fragment_is_newer(tmp_path: Path) -> None:
    fragment = tmp_path / "visits.po"
    compiled = tmp_path / "LC_MESSAGES" / "channel_desk.mo"
    fragment.write_text("", encoding="utf-8")
    assert not environment.is_current(tmp_path)
    compiled.parent.mkdir()
    compiled.write_text("", encoding="utf-8")
    assert environment.is_current(tmp_path)
    later = compiled.stat().st_mtime_ns + 1_000_000_000
    os.utime(fragment, ns=(later, later))
    assert not environment.is_current(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes libraries from its packages")
def test_that_the_libraries_of_a_window_are_found_where_it_can_be_opened() -> None:
    assert libraries.missing() == []


def test_that_the_command_runs_from_any_folder_with_nothing_installed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-S", str(ROOT / "installer" / "dev.py"), "help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "run [ARGUMENTS]" in done.stdout
