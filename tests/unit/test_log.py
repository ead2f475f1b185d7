"""The log and the crash reports hold nothing that a person has typed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.clock import FixedClock
from channel_desk.domain.visits import Purpose
from channel_desk.errors import UserError
from channel_desk.log import FILE_SIZE, REPORTS, _harmless, report_crash, setup_log
from channel_desk.paths import DataFolder

SECRET = "王经理 13800138000 secret"

log = logging.getLogger("channel_desk.test_log")


@pytest.fixture
def lines(data_folder: DataFolder) -> Iterator[DataFolder]:
    setup_log(data_folder)
    yield data_folder
    ours = logging.getLogger("channel_desk")
    for handler in [one for one in ours.handlers if type(one).__name__ == "_LogFile"]:
        ours.removeHandler(handler)
        handler.close()
    ours.setLevel(logging.NOTSET)


def written(folder: DataFolder) -> str:
    return folder.log.read_text(encoding="utf-8") if folder.log.exists() else ""


class Hostile:
    """Tells a secret in every way a log could ask for one."""

    def __str__(self) -> str:
        return SECRET

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return SECRET


def raise_deeply() -> None:
    try:
        Path(f"/nowhere/{SECRET}").read_bytes()
    except OSError as error:
        raise ValueError(SECRET) from error


def test_that_our_own_words_and_numbers_are_written(lines: DataFolder) -> None:
    log.info("%d rows read, %s, %s", 12, 0.5, timedelta(seconds=2))
    assert "INFO channel_desk.test_log:" in written(lines)
    assert written(lines).endswith("12 rows read, 0.5, 0:00:02\n")


def test_that_codes_types_and_words_of_the_trade_are_written(lines: DataFolder) -> None:
    log.info("%s %s %s %s", "disk_full", ValueError, Purpose.FIRST, UserError("record_gone"))
    assert "disk_full ValueError Purpose.FIRST channel_desk.errors.UserError record_gone" in written(lines)


@pytest.mark.parametrize("value", [SECRET, Hostile(), [SECRET], Path(SECRET), date(1980, 5, 1), 13800138000, b"\xff"])
def test_that_other_values_are_replaced_by_their_type(lines: DataFolder, value: object) -> None:
    log.info("saved %s and %r", value, value)
    assert "saved <" in written(lines)
    assert SECRET not in written(lines)
    assert "13800138000" not in written(lines)
    assert "1980" not in written(lines)


def test_that_named_values_are_treated_alike(lines: DataFolder) -> None:
    log.info("%(count)d of %(name)s", {"count": 3, "name": SECRET})
    assert written(lines).endswith("3 of <str>\n")


def test_that_a_message_put_together_at_run_time_is_withheld(lines: DataFolder) -> None:
    name = SECRET
    log.info(f"saved {name}")  # noqa: G004 - the very thing that must not get through
    log.info("saved " + name)  # noqa: G003 - the mistake that is to be caught
    log.info(Hostile())
    assert written(lines).count("<message withheld>") == 3
    assert "secret" not in written(lines)


def test_that_a_hidden_value_where_a_number_belongs_leaves_the_message_open(lines: DataFolder) -> None:
    log.info("%d rows", SECRET)
    assert written(lines).endswith("%d rows\n")


def test_that_an_exception_is_written_as_types_codes_and_our_lines(lines: DataFolder) -> None:
    try:
        raise_deeply()
    except ValueError:
        log.info("the import stopped", exc_info=True)
    text = written(lines)
    assert "  ValueError\n" in text
    assert "caused by FileNotFoundError ENOENT" in text
    assert "secret" not in text


def test_that_other_peoples_loggers_are_not_written(lines: DataFolder) -> None:
    logging.getLogger("sqlalchemy.engine").error("SELECT %s", SECRET)
    logging.getLogger("channel_desk_other").error("SELECT")
    assert written(lines) == ""


def test_that_the_log_is_rotated_at_its_size(lines: DataFolder) -> None:
    lines.log.write_text("x" * (FILE_SIZE - 1) + "\n", encoding="utf-8")
    for _ in range(4):
        log.info("one more")
        with lines.log.open("a", encoding="utf-8") as file:
            file.write("x" * FILE_SIZE)
    assert sorted(path.name for path in lines.log.parent.iterdir()) == [
        "channel-desk.log",
        "channel-desk.log.1",
        "channel-desk.log.2",
    ]


def test_that_the_program_runs_without_a_log_where_none_can_be_written(data_folder: DataFolder) -> None:
    data_folder.log.parent.write_text("a file where the folder should be", encoding="utf-8")
    setup_log(data_folder)
    log.info("nobody hears this")


def test_that_setting_up_twice_writes_each_line_once(lines: DataFolder) -> None:
    setup_log(lines)
    log.info("only once")
    assert written(lines).count("only once") == 1


def test_that_a_crash_report_names_types_versions_and_no_values(data_folder: DataFolder, clock: FixedClock) -> None:
    try:
        raise_deeply()
    except ValueError as error:
        report = report_crash(error, data_folder, clock)
    text = report.read_text(encoding="utf-8")
    assert report.name == "crash-20260922-002100.txt"
    assert text.startswith("Channel Desk ")
    assert "2026-09-22 00:21:00 UTC" in text
    assert "ValueError" in text
    assert "caused by FileNotFoundError ENOENT" in text
    assert "secret" not in text
    assert str(Path.home()) not in text


def test_that_a_crash_report_shows_the_lines_of_our_own_modules(data_folder: DataFolder, clock: FixedClock) -> None:
    try:
        UserError("no such code")
    except KeyError as error:
        text = report_crash(error, data_folder, clock).read_text(encoding="utf-8")
    assert "channel_desk.errors:" in text
    assert "in UserError.__init__" in text


def test_that_a_group_of_exceptions_is_reported_with_its_members(data_folder: DataFolder, clock: FixedClock) -> None:
    group = ExceptionGroup(SECRET, [KeyError(SECRET), UserError("disk_full")])
    text = report_crash(group, data_folder, clock).read_text(encoding="utf-8")
    assert "in the group: KeyError" in text
    assert "in the group: channel_desk.errors.UserError disk_full" in text
    assert "secret" not in text


def test_that_two_crashes_in_one_second_are_two_files(data_folder: DataFolder, clock: FixedClock) -> None:
    reports = {report_crash(ValueError(), data_folder, clock) for _ in range(3)}
    assert len(reports) == 3


def test_that_only_the_newest_reports_are_kept(data_folder: DataFolder, clock: FixedClock) -> None:
    reports = []
    for number in range(REPORTS + 2):
        clock.advance(timedelta(minutes=1))
        reports.append(report_crash(ValueError(), data_folder, clock))
        os.utime(reports[-1], (number, number))
    assert [path.exists() for path in reports] == [False, False] + [True] * REPORTS


def test_that_a_new_report_is_kept_even_when_the_clock_went_back(data_folder: DataFolder, clock: FixedClock) -> None:
    for number in range(REPORTS):
        os.utime(report_crash(ValueError(), data_folder, clock), (4e9 + number, 4e9 + number))
    assert report_crash(ValueError(), data_folder, clock).exists()


@given(st.text(min_size=1))
def test_that_no_text_of_a_person_is_harmless(text: str) -> None:
    assert _harmless("\u200b" + text) == "<str>"
    kind = type("Typed", (), {})
    kind.__qualname__ = text + "公司"
    assert _harmless(kind()) == "<unnamed type>"
