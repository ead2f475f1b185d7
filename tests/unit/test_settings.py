"""Settings: checks, defaults, and where they are kept."""

from __future__ import annotations

import json
import sys

import pytest

from channel_desk.settings import SETTINGS, Keeping, Kind, Settings


def default(key):
    return next(one.default for one in SETTINGS if one.key == key)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "preferences.json"


def test_that_a_setting_of_the_computer_is_there_next_time(path):
    Settings(path).set("theme", "dark")
    assert Settings(path).text("theme") == "dark"


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_that_a_full_disk_keeps_what_was_there_and_no_half_written_file(path):
    import resource

    Settings(path).set("theme", "dark")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        Settings(path).set("theme", "light")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(path.parent.iterdir()) == [path]
    assert Settings(path).text("theme") == "dark"


def test_that_a_setting_of_the_data_never_reaches_the_file(path):
    kept: dict[str, str] = {}
    settings = Settings(path)
    settings.keep_in_data = kept.__setitem__
    settings.set("user_name", "林悦")
    settings.set("theme", "dark")
    assert kept == {"user_name": '"林悦"'}
    assert "林悦" not in path.read_text("utf-8")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"theme": 3, "language": "xx"}', "\x00"])
def test_that_a_broken_file_gives_the_defaults(path, text):
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    settings = Settings(path)
    assert (settings.text("theme"), settings.text("language")) == ("system", "")


def test_that_a_value_out_of_range_is_refused(path):
    settings = Settings(path)
    for key, value in (("day_starts", 13), ("theme", "pink"), ("day_starts", True), ("user_name", "x" * 201)):
        with pytest.raises(ValueError, match=key):
            settings.set(key, value)


def test_that_a_supposed_value_holds_until_another_is_chosen_and_is_never_kept(path):
    Settings(path).set("language", "zh_CN")
    settings = Settings(path)
    settings.suppose("language", "en")
    settings.set("theme", "dark")
    assert settings.text("language") == "en"
    assert Settings(path).text("language") == "zh_CN"

    heard: list[str] = []
    settings.on_change(heard.append)
    settings.set("language", "zh_CN")
    assert (settings.text("language"), heard) == ("zh_CN", ["language"])


def test_that_listeners_hear_of_changes_and_of_nothing_else(path):
    settings = Settings(path)
    heard: list[str] = []
    settings.on_change(heard.append)
    settings.set("theme", "dark")
    settings.set("theme", "dark")
    settings.take_from_data(
        {"brand": json.dumps("澄川净水"), "unknown": "1", "day_starts": "99", "day_ends": "not json"}
    )
    assert heard == ["theme", "brand"]
    assert (settings.text("brand"), settings.number("day_starts")) == ("澄川净水", default("day_starts"))
    with pytest.raises(KeyError):
        settings.value("unknown")


def test_that_every_shown_setting_has_words_and_a_default_it_accepts():
    assert len({one.key for one in SETTINGS}) == len(SETTINGS)
    for one in SETTINGS:
        assert one.accepts(one.default)
        assert one.hidden or (one.label and one.help and one.group)
        assert (one.kind is Kind.CHOICE) == bool(one.choices)


def test_that_what_the_start_needs_is_kept_on_the_computer():
    keeping = {one.key: one.keeping for one in SETTINGS}
    assert keeping["language"] is keeping["theme"] is keeping["window"] is Keeping.COMPUTER
