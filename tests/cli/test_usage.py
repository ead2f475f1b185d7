"""Help, version, wrong usage, and one line for everything that can be expected to go wrong."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import channel_desk
from channel_desk import __version__
from channel_desk.clock import SystemClock
from channel_desk.paths import DataFolder
from channel_desk.storage.store import Store
from tests.cli.cases import MESSY, Answer, begin, state_of

Run = Callable[..., Answer]
COMMANDS = ("import", "list", "brief", "deck", "check")
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_that_the_version_is_told_by_a_process_of_its_own(start: Run) -> None:
    answer = start("--version")
    assert (answer.status, answer.said, answer.complained) == (0, f"Channel Desk {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_that_every_command_explains_itself(say: Run, command: str) -> None:
    answer = say(command, "--help")
    assert answer.status == 0
    assert answer.said.startswith(f"usage: channel-desk {command}")
    assert command in say("--help").said


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("list",),
        ("list", "people"),
        ("import", "distributors"),
        ("import", "distributors", MESSY, "--map", "name"),
        ("import", "distributors", MESSY, "--map", "=B"),
        ("brief",),
        ("brief", "--visit"),
        ("brief", "--visit", "first"),
        ("brief", "--visit", "99999999999999999999"),
        ("brief", "--next", "--visit", "1"),
        ("brief", "--next", "--to", "2026-11-01"),
        ("brief", "--from", "22.9.2026"),
        ("brief", "--from", "9999-12-31"),
        ("brief", "--from", "0001-01-01"),
        ("brief", "--from", "2026-11-02", "--to", "2026-11-01"),
        ("deck",),
        ("deck", "--session", "-1"),
        ("deck", "--session", "1", "--format", "odp"),
        ("deck", "--session", "1", "-o", ""),
        ("import", "distributors", ""),
        ("--data", "", "import", "distributors", MESSY),
        ("--lang", "fr", "list", "visits"),
        ("--data", "x", "--sample", "list", "visits"),
        ("--sam", "list", "visits"),
    ],
)
def test_that_wrong_usage_is_told_from_failure(desk: Run, say: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    answer = (say if arguments[0].startswith("--") else desk)(*arguments)
    assert answer.status == 2
    assert answer.said == ""
    assert "error: " in answer.complained
    assert not folder.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "distributors", MESSY, "--map", "name"),
        ("brief", "--next", "--to", "2026-11-01"),
    ],
)
def test_that_options_that_do_not_go_together_are_told_with_the_usage_of_their_command(
    say: Run, arguments: tuple[str, ...]
) -> None:
    assert say("--lang", "en", *arguments).complained.startswith(f"usage: channel-desk {arguments[0]} ")


@pytest.mark.parametrize("command", [(), *((one,) for one in COMMANDS)])
def test_that_help_is_in_the_chosen_language(say: Run, command: tuple[str, ...]) -> None:
    assert not CHINESE.search(say("--lang", "en", *command, "--help").said)
    for lang in (("--lang", "zh_CN"), ("--lang=zh_CN",)):
        chinese = say(*lang, *command, "--help").said
        assert chinese.startswith("用法：channel-desk")
        assert [word for word in ("usage", "options", "arguments", "show", "print", "default") if word in chinese] == []
        # Whatever has a name has words beside it.
        explained = [line for line in chinese.splitlines() if line.startswith("  -")]
        assert len(CHINESE.findall("".join(explained))) > len(explained)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("list",),
        ("import", "distributors", MESSY, "--map", "name"),
        ("brief",),
        ("brief", "--visit"),
        ("brief", "--visit", "first"),
        ("brief", "--next", "--to", "2026-11-01"),
        ("brief", "--next", "--visit", "1"),
        ("brief", "--from", "22.9.2026"),
        ("deck", "--session", "1", "--format", "odp"),
        ("deck", "--session", "1", "-o", ""),
        ("check", "everything"),
    ],
)
def test_that_wrong_usage_is_told_in_the_chosen_language(say: Run, arguments: tuple[str, ...]) -> None:
    assert not CHINESE.search(say("--lang", "en", *arguments).complained)
    complaint = say("--lang", "zh_CN", *arguments).complained.splitlines()[-1]
    assert CHINESE.search(complaint)
    assert [word for word in ("error", "argument", "required", "expected", "choice") if word in complaint] == []


def test_that_refusals_speak_the_chosen_language(say: Run, folder: Path) -> None:
    for what in (("brief", "--visit", "7"), ("deck", "--session", "7"), ("import", "distributors", "nowhere.xlsx")):
        assert not CHINESE.search(say("--data", folder, "--lang", "en", *what).refusal)
        assert CHINESE.search(say("--data", folder, "--lang", "zh_CN", *what).refusal)


def test_that_the_chosen_language_of_the_computer_is_spoken(say: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "preferences.json").write_text('{"language": "zh_CN"}', "utf-8")
    assert CHINESE.search(say("--data", folder, "brief", "--next").refusal)


# -- the data folder


def test_that_a_file_in_the_place_of_the_folder_is_refused(say: Run, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("mine", "utf-8")
    assert str(place) in say("--data", place, "--lang", "en", "list", "visits").refusal
    assert say("--data", place / "below", "--lang", "en", "list", "visits").refusal
    assert place.read_text("utf-8") == "mine"


def test_that_a_name_too_long_for_a_folder_is_refused(say: Run, tmp_path: Path) -> None:
    assert say("--data", tmp_path / ("long" * 100), "--lang", "en", "check").refusal


@pytest.mark.parametrize(
    "command",
    [("list", "visits"), ("check",), ("brief", "--next"), ("deck", "--session", "1")],
    ids=lambda words: words[0],
)
def test_that_a_mistyped_folder_is_told_and_not_made(desk: Run, folder: Path, command: tuple[str, ...]) -> None:
    assert str(folder) in desk(*command).refusal
    assert not folder.exists()


def test_that_the_window_refuses_such_a_place_too(start: Run, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("mine", "utf-8")
    assert str(place) in start("--data", place, "--lang", "en", environment={"QT_QPA_PLATFORM": "offscreen"}).refusal


#: Root may write everywhere; without its capabilities it is an owner like any other.
WITHOUT_POWERS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
@pytest.mark.skipif(sys.platform == "darwin" and os.geteuid() == 0, reason="nothing takes root's powers away there")
@pytest.mark.parametrize("there", ["nothing", "data", "own key"])
def test_that_a_folder_without_the_right_to_write_is_refused(tmp_path: Path, there: str) -> None:
    place = tmp_path / "locked"
    place.mkdir()
    if there != "nothing":
        Store.open(DataFolder(place), SystemClock()).close()
        DataFolder(place).key.chmod(0o444)
        DataFolder(place).database.chmod(0o444)
    before = state_of(place)
    if there == "own key":
        DataFolder(place).key.chmod(0)
    place.chmod(0o555)
    command = [sys.executable, "-m", "channel_desk", "--data", str(place), "--lang", "en", "list", "visits"]
    if os.geteuid() == 0:
        command = [*WITHOUT_POWERS, *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    place.chmod(0o755)
    DataFolder(place).key.exists() and DataFolder(place).key.chmod(0o600)
    said = "There is no data in" if there == "nothing" else "cannot be used as the data folder"
    refusal = Answer(done.returncode, done.stdout, done.stderr).refusal
    assert said in refusal
    # the driver calls it a failure of the disk, which sends people to look in the wrong place
    assert there == "nothing" or os.strerror(errno.EACCES) in refusal
    assert state_of(place) == before


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_that_lost_data_is_not_called_sound_for_its_key_is_there(
    desk: Run, folder: Path, lose: Callable[[Path], object]
) -> None:
    begin(folder)
    lose(DataFolder(folder).database)
    before = state_of(folder)
    assert "There is no data" in desk("check").refusal
    assert "There is no data" in desk("list", "visits").refusal
    assert state_of(folder) == before
    assert desk("import", "distributors", MESSY).status == 0


def test_that_a_missing_key_is_named_and_never_made_anew(desk: Run, folder: Path) -> None:
    begin(folder)
    key = DataFolder(folder).key
    kept = key.read_bytes()
    key.unlink()
    before = state_of(folder)
    assert str(key) in desk("list", "visits").refusal
    assert state_of(folder) == before
    key.write_bytes(kept)
    assert desk("check").status == 0


@pytest.mark.parametrize("key", ["", "{}", "[]", '{"key": "00", "salt": "00"}', '{"key": "xx", "salt": 3}', "\x00ÿ"])
def test_that_a_broken_key_is_refused(desk: Run, folder: Path, key: str) -> None:
    begin(folder)
    DataFolder(folder).key.write_text(key, "utf-8")
    before = state_of(folder)
    assert desk("list", "visits").refusal
    assert state_of(folder) == before


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + bytes(4080), bytes(range(256)) * 32, b"x"])
def test_that_another_programs_file_is_left_alone(desk: Run, folder: Path, content: bytes) -> None:
    begin(folder)
    DataFolder(folder).database.write_bytes(content)
    assert "cannot be read" in desk("list", "visits").refusal
    assert DataFolder(folder).database.read_bytes() == content


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: data.database.write_bytes(bytes(8192)), "data_unreadable"),
        (lambda data: data.key.write_text("{}", "utf-8"), "data_key_damaged"),
        (lambda data: data.key.unlink(), "data_key_missing"),
    ],
)
def test_that_a_check_tells_programs_too_that_the_data_cannot_be_opened(
    desk: Run, folder: Path, spoil: Callable[[DataFolder], object], code: str
) -> None:
    begin(folder)
    spoil(DataFolder(folder))
    answer = desk("check", "--json")
    document = json.loads(answer.said)
    assert (answer.status, document["ok"]) == (1, False)
    (finding,) = document["findings"]
    assert (finding["code"], finding["message"] + "\n") == (code, answer.complained)


def test_that_a_folder_in_the_place_of_the_data_is_refused(desk: Run, folder: Path) -> None:
    begin(folder)
    DataFolder(folder).database.unlink()
    DataFolder(folder).database.mkdir()
    assert desk("list", "visits").refusal


def test_that_a_second_process_is_told_that_the_data_is_open(start: Run, folder: Path) -> None:
    holder = Store.open(DataFolder(folder), SystemClock())
    try:
        for command in (("list", "visits"), ("check",), ("import", "distributors", MESSY)):
            assert "already open" in start("--data", folder, "--lang", "en", *command).refusal
    finally:
        holder.close()
    assert start("--data", folder, "check").status == 0


# -- streams


def test_that_a_stream_of_windows_can_say_chinese(start: Run) -> None:
    answer = start("--sample", "--lang", "zh_CN", "list", "sessions", environment={"PYTHONIOENCODING": "cp1252"})
    assert answer.status == 0
    assert CHINESE.search(answer.said)
    refused = start("--lang", "zh_CN", "--data", "here", "brief", "--next", environment={"PYTHONIOENCODING": "cp1252"})
    assert CHINESE.search(refused.refusal)


def test_that_a_reader_who_has_enough_is_no_failure(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as out:
        done = subprocess.run(
            [sys.executable, "-m", "channel_desk", "--sample", "list", "visits"],
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close a stream")
@pytest.mark.parametrize(
    ("arguments", "status"), [(["--data", "nowhere", "list", "visits", "--json"], 1), (["list"], 2)]
)
def test_that_a_refusal_that_nobody_hears_is_not_taken_for_an_answer(
    tmp_path: Path, arguments: list[str], status: int
) -> None:
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-m", "channel_desk", *arguments]
    done = subprocess.run(command, cwd=tmp_path, stdout=subprocess.PIPE, check=False)
    assert (done.returncode, done.stdout) == (status, b"")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no such device")
def test_that_an_answer_that_cannot_be_written_is_no_success() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [sys.executable, "-m", "channel_desk", "--sample", "--lang", "en", "list", "visits"],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "could not be written out" in Answer(done.returncode, "", done.stderr).refusal


# -- Ctrl+C

#: Runs the program and presses Ctrl+C as the module named first is looked for.
INTERRUPTED = """
import runpy, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            signal.raise_signal(signal.SIGINT)

# What a shell starts in the background ignores Ctrl+C, and so would all that is started from there.
signal.signal(signal.SIGINT, signal.default_int_handler)
module, sys.argv = sys.argv[1], sys.argv[1:]
sys.meta_path.insert(0, Finder())
runpy.run_module("channel_desk", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def interrupted(tmp_path: Path) -> Run:
    """Run a command line that is broken off as the module ``moment`` is looked for; nothing may be left of it."""

    def run(moment: str, *arguments: str) -> Answer:
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTED, moment, "--sample", *arguments],
            env={**os.environ, "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert list(tmp_path.glob("channel-desk-sample-*")) == []
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.mark.parametrize("moment", ["channel_desk.cli.program", "channel_desk.cli.commands", "tempfile", "alembic"])
def test_that_ctrl_c_ends_a_command_without_a_word(interrupted: Run, moment: str) -> None:
    assert interrupted(moment, "list", "visits") == Answer(130, "", "")


@pytest.mark.parametrize("moment", ["PySide6.QtCore", "PySide6.QtWidgets", "channel_desk.ui.shell.window"])
def test_that_ctrl_c_before_there_is_a_window_closes_it_in_order(interrupted: Run, moment: str) -> None:
    """An exception there would get lost in Qt: the window opened all the same, or only half of it worked."""
    assert interrupted(moment) == Answer(0, "", "")


def test_that_a_checkout_without_compiled_translations_answers_in_english_and_says_how_to_compile_them(
    start: Run, uncompiled: Path, folder: Path
) -> None:
    (uncompiled.parent / "channel_desk").symlink_to(Path(channel_desk.__file__).parent)
    checkout = {"PYTHONPATH": str(uncompiled.parent)}
    answer = start("--data", folder, "--lang", "zh_CN", "list", "distributors", environment=checkout)
    assert answer.status == 1
    missing, no_data = answer.complained.splitlines()
    assert "中文 is not compiled" in missing
    assert "no data" in no_data
