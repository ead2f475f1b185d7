"""The one command that sets up a checkout, as far as it can be tried without a second machine."""

from __future__ import annotations

import os
import re
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


def test_that_a_security_update_of_the_same_python_does_not_make_the_environment_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Installing venv on a bare Debian brought one, and the second run set everything up again."""
    before = environment._fingerprint()
    monkeypatch.setattr(sys, "version", re.sub(r"\(.*?\)", "(main, Jan  1 2030, 00:00:00)", sys.version, count=1))
    assert environment._fingerprint() == before


@pytest.fixture
def pip_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python of an environment whose pip prints what stands in the file, and fails."""
    said = tmp_path / "said"
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat '{said}' >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", python)
    return said


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_that_a_set_up_without_a_network_says_so_in_two_lines(
    pip_that_fails: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pip tells of five tries and then that alembic did not exist."""
    tries = [
        f"WARNING: Retrying (Retry(total={left}, connect=None, read=None, redirect=None, status=None)) after connection"
        " broken by 'NewConnectionError('Temporary failure in name resolution')': /simple/alembic/"
        for left in range(4, -1, -1)
    ]
    end = "ERROR: No matching distribution found for alembic==1.20.1"
    pip_that_fails.write_text("\n".join([*tries, end, ""]), encoding="utf-8")
    monkeypatch.setattr(environment, "_stamp", lambda: "")
    monkeypatch.setattr(environment, "_remove", lambda: None)
    monkeypatch.setattr(environment.shutil, "which", lambda _name: None)
    monkeypatch.setattr(environment, "_STAMP", pip_that_fails.with_name("stamp"))
    assert dev.main(["run", "--version"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("Setting up")
    assert told[1] == "NewConnectionError('Temporary failure in name resolution')"
    assert told[2].startswith("The packages could not be fetched: the package index was not reached")
    assert len(told) == 3


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_that_any_other_failure_of_pip_is_told_in_its_own_last_lines(
    pip_that_fails: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pip_that_fails.write_text("one\ntwo\nthree\nfour\nfive\nERROR: the hashes do not match\n", encoding="utf-8")
    assert not environment._filled_with_pip()
    assert capsys.readouterr().err == "two\nthree\nfour\nfive\nERROR: the hashes do not match\n"


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


@pytest.fixture
def checkout_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has everything but may not be written into; root may write anywhere, so the system is asked."""
    for name, value in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "CATALOGUES": tmp_path / "i18n",
        "_STAMP": tmp_path / ".venv" / "stamp",
        "_COMPILED": tmp_path / ".venv" / "compiled",
    }.items():
        monkeypatch.setattr(environment, name, value)
    for folder in (".venv", "i18n/zh_CN/LC_MESSAGES", "channel_desk"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("uv.lock", "requirements.lock", "pyproject.toml", "i18n/zh_CN/visits.po", "channel_desk/app.py"):
        (tmp_path / file).touch()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    return tmp_path


def test_that_set_up_names_the_folder_that_it_may_not_write(checkout_of_somebody_else: Path) -> None:
    with pytest.raises(libraries.SetupError, match=re.escape(str(checkout_of_somebody_else))):
        environment.prepare(qt=False)
    with pytest.raises(libraries.SetupError, match="owner"):
        environment._compile_catalogues()


@pytest.mark.parametrize("verb", ["test", "lint"])
def test_that_tests_and_checks_are_not_begun_where_they_may_not_write(
    checkout_of_somebody_else: Path, verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They ended in a crash of pytest itself."""
    python = checkout_of_somebody_else / ".venv" / "python"
    monkeypatch.setattr(environment, "PYTHON", python)
    compiled = checkout_of_somebody_else / "i18n" / "zh_CN" / "LC_MESSAGES" / "channel_desk.mo"
    for made in (python, compiled):
        made.touch()
    environment._STAMP.write_text(environment._fingerprint(), encoding="ascii")
    monkeypatch.chdir(checkout_of_somebody_else)
    assert dev.main([verb]) == 1
    said = capsys.readouterr().err
    assert str(checkout_of_somebody_else) in said
    assert said.count("\n") == 1


def test_that_an_environment_that_may_not_be_looked_into_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root may look anywhere, so the file itself answers as the system does to others."""
    closed = tmp_path / ".venv"

    class Closed(type(closed)):  # type: ignore[misc] - the class differs by system
        def stat(self, **_options: bool) -> os.stat_result:
            raise PermissionError(13, "Permission denied", str(self))

        def read_text(self, *_given: object, **_options: object) -> str:
            return str(self.stat())

    monkeypatch.setattr(environment, "VENV", closed)
    monkeypatch.setattr(environment, "_STAMP", Closed(closed / "stamp"))
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == (
        f"The folder {closed} belongs to another account. Remove it, or use your own copy.\n"
    )


def test_that_a_newer_program_runs_without_being_compiled_where_nothing_may_be_written(
    checkout_of_somebody_else: Path,
) -> None:
    environment._compile_program()
    assert list((checkout_of_somebody_else / ".venv").iterdir()) == []


def test_that_python_s_reason_is_shown_when_it_cannot_make_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(environment, "VENV", tmp_path / "file" / ".venv")
    assert not environment._made_with_venv()
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_that_compiling_the_translations_says_nothing_where_nothing_is_wrong() -> None:
    done = subprocess.run(
        [sys.executable, "installer/catalogues.py", "compile"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes libraries from its packages")
def test_that_who_may_not_install_is_told_a_line_that_works_with_empty_package_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(libraries.SetupError, match=r"sudo apt-get update && sudo apt-get install -y libegl1 libgl1$"):
        libraries.install(["libegl1", "libgl1"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes libraries from its packages")
def test_that_a_failed_installation_says_why_in_a_few_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a network, apt tells of every package by itself: the line with the way out was the seventieth."""
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\ni=0; while [ $i -lt 70 ]; do i=$((i+1)); echo "E: package $i"; done; exit 100\n')
    apt.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(libraries.SetupError):
        libraries.install(["libegl1"])
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "E: package 70"
    assert len(told) < 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes libraries from its packages")
@pytest.mark.parametrize("installs", [False, True])
def test_that_package_lists_that_cannot_be_fetched_are_the_reason_of_a_failure_and_of_nothing_else(
    installs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Apt said of each library that it knew no such package: it had no list to know it from."""
    apt = tmp_path / "apt-get"
    apt.write_text(
        "#!/bin/sh\n"
        f'if [ "$1" = update ]; then touch "{tmp_path}/updated"; echo "E: Could not resolve the host"; exit 100; fi\n'
        f'if {"true" if installs else "false"} && [ -e "{tmp_path}/updated" ]; then exit 0; fi\n'
        'echo "E: Unable to locate package libegl1"; exit 100\n'
    )
    apt.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    if installs:
        libraries.install(["libegl1"])
        assert "E:" not in capsys.readouterr().err
    else:
        with pytest.raises(libraries.SetupError, match="apt-get update"):
            libraries.install(["libegl1"])
        assert capsys.readouterr().err.splitlines()[1:] == ["E: Could not resolve the host"]


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
