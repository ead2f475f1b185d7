"""Every X has its Y: pages have pictures, actions names of their own, icons a use, and all words both languages."""

from __future__ import annotations

import argparse
import ast
import collections
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channel_desk.cli.commands import COMMANDS
from channel_desk.errors import SENTENCES
from channel_desk.i18n import LANGUAGES, Language, load_language
from channel_desk.paths import resources
from channel_desk.settings import SETTINGS
from channel_desk.ui.help.manual import key_of, read_manual
from channel_desk.ui.page_spec import PageSpec
from channel_desk.ui.shell.pages import PAGES
from tests.architecture.source import modules
from tests.shots import SHOTS, open_sample, settle

ICONS = {path.stem for path in (resources() / "icons").glob("*.svg")}
#: Calls whose text argument in this place (or ``icon=``) is the name of an icon.
ICON_ARGUMENT = {"icon": 0, "pixmap": 0, "Icon": 1, "IconButton": 1, "IconWord": 1, "EmptyState": 1}
HELP = resources() / "help"
MANUALS = {code: read_manual(HELP / code) for code in LANGUAGES}
#: Options that have a shorter or a longer form in the manual.
SHORT_FORMS = {"--output"}
#: How the manual writes a key that Qt writes otherwise.
KEYS_IN_WORDS = {
    "en": {"Return": "Enter", "PgUp": "Page Up", "PgDown": "Page Down", "Del": "Delete", "Left": "←"},
    "zh_CN": {"Return": "回车", "PgDown": "PgDn", "Del": "Delete", "Left": "←"},
}
#: The pages in the order of their keys in the manual.
IN_KEYBOARD = ("today", "distributors", "file", "import", "planner", "visit", "brief", "session")
RAIL = {spec.name for spec in PAGES if spec.label}


def translated(language: Language, message: str) -> bool:
    """Whether the catalogue knows ``message``; a few words are the same in both languages."""
    return language.tr(message) != message or not re.search("[a-z]{2}", message)


# --- pages


def test_that_every_page_has_a_picture_and_every_picture_a_page():
    assert {shot.page for shot in SHOTS} == {spec.name for spec in PAGES}
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


def test_that_every_page_of_the_rail_is_photographed_without_data_too():
    without_records = {"settings", "help"}
    assert RAIL - without_records <= {shot.page for shot in SHOTS if shot.empty}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_that_every_page_opens_with_the_sample_and_no_two_of_its_actions_clash(qapp: QApplication, language: str):
    with open_sample(qapp, language) as (desk, records):
        window = desk.window
        for shot in SHOTS:
            window.go(shot.place(records))
            settle(desk)
            assert window.page is not None
            assert window.page.objectName() == shot.page
            actions = [*window.actions(), *window.page.actions()]
            names = collections.Counter(action.objectName() for action in actions)
            keys = collections.Counter(key.toString() for action in actions for key in action.shortcuts())
            assert "" not in names, shot.name
            assert {one: count for one, count in (names + keys).items() if count > 1} == {}, shot.name
            assert all(action.text() for action in actions), shot.name
            spec = next(one for one in PAGES if one.name == shot.page)
            assert [key for key in keys if not is_told(key, language, spec)] == [], shot.name


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.name)
def test_that_a_page_of_the_rail_has_words_an_icon_and_keys(spec, language_zh):
    if spec.label:
        assert spec.icon in ICONS
        assert spec.shortcut
        assert translated(language_zh, spec.label)
    assert spec.rail in RAIL


def is_told(key: str, code: str, spec: PageSpec) -> bool:
    """Whether the manual names the key ``Ctrl+Return`` where it speaks of the page or of keys on all pages, in the
    words of its language; two to four stand for a row.
    """
    for qt, words in KEYS_IN_WORDS[code].items():
        key = re.sub(rf"\b{qt}$", words, key)
    of_pages = {page.key: page.text for page in MANUALS[code]}
    everywhere, _, of_single_pages = of_pages["keyboard"].rpartition("\n## ")
    rows = dict(zip(IN_KEYBOARD, re.findall(r"(?m)^\| .*", of_single_pages)[1:], strict=True))
    told = everywhere + of_pages.get(spec.manual, "") + rows.get(spec.name, "")
    return key in told or key in {"Ctrl+2", "Ctrl+3"} or (code == "zh_CN" and key.replace("回车", "Enter") in told)


# --- icons


def icon_names(call: ast.Call) -> list[str]:
    """Names of icons that stand in ``call`` as they are."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    place = ICON_ARGUMENT.get(name)
    values: list[ast.expr] = [one.value for one in call.keywords if one.arg == "icon"]
    if place is not None and len(call.args) > place:
        values.append(call.args[place])
    texts = [part for value in values for part in ast.walk(value) if isinstance(part, ast.Constant)]
    return [part.value for part in texts if isinstance(part.value, str) and re.fullmatch("[a-z][a-z0-9-]+", part.value)]


def test_that_every_icon_that_is_asked_for_exists():
    asked = {(name, module.place(call)) for module in modules() for call in module.calls() for name in icon_names(call)}
    assert len(asked) > 50
    assert sorted(place for name, place in asked if name not in ICONS) == []


def test_that_every_icon_is_used_somewhere():
    texts = {
        node.value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(ICONS - texts) == []


# --- words


@pytest.mark.parametrize("setting", [one for one in SETTINGS if not one.hidden], ids=lambda one: one.key)
def test_that_every_setting_has_its_words_in_both_languages(setting, language_zh):
    names_of_languages = set(LANGUAGES.values())
    words = [setting.label, setting.help, setting.group, *(label for _, label in setting.choices)]
    if setting.unit:
        words.append(setting.unit)
    assert [one for one in words if not one] == []
    assert [one for one in words if one not in names_of_languages and not translated(language_zh, one)] == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_that_every_expected_failure_has_its_sentence_in_both_languages(code):
    sentence = SENTENCES[code]
    for language in LANGUAGES:
        said = load_language(language, resources() / "i18n").tr(sentence, **dict.fromkeys(_placeholders(sentence), "§"))
        assert "{" not in said
        assert language == "en" or re.search("[\u4e00-\u9fff]", said)


def _placeholders(sentence: str) -> list[str]:
    return re.findall(r"{(\w+)}", sentence)


# --- the manual


def test_that_the_manual_has_the_same_pages_in_every_language():
    names = {code: [path.name for path in sorted((HELP / code).glob("*.md"))] for code in LANGUAGES}
    assert names["en"]
    assert all(one == names["en"] for one in names.values())
    assert all(len(MANUALS[code]) == len(names[code]) for code in LANGUAGES)


@pytest.mark.parametrize("place", range(len(MANUALS["en"])), ids=[page.key for page in MANUALS["en"]])
def test_that_a_page_of_the_manual_is_built_alike_in_every_language(place):
    def shape(code: str) -> tuple[list[str], int, int]:
        lines = MANUALS[code][place].text.splitlines()
        heads = [line.partition(" ")[0] for line in lines if line.startswith("#")]
        return heads, sum(line.startswith("|") for line in lines), sum(line.startswith("- ") for line in lines)

    assert shape("en")[0][0] == "#"
    assert all(shape(code) == shape("en") for code in LANGUAGES)


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_that_links_of_the_manual_lead_to_its_pages(code):
    keys = {page.key for page in MANUALS[code]}
    links = [link for page in MANUALS[code] for link in re.findall(r"\]\(([^)]*)\)", page.text)]
    assert links
    assert [link for link in links if key_of(link) not in keys or not (HELP / code / link).is_file()] == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_that_the_manual_tells_of_every_setting(code):
    language = load_language(code, resources() / "i18n")
    (told,) = [page.text for page in MANUALS[code] if page.key == "settings"]
    assert [one.key for one in SETTINGS if not one.hidden and f"| {language.tr(one.label)} |" not in told] == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_that_the_manual_tells_of_every_command_and_its_options(code, command):
    (told,) = [page.text for page in MANUALS[code] if page.key == "command-line"]
    assert f"| {command.name} " in told
    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)
    options = [option for action in parser._actions for option in action.option_strings]
    assert [one for one in options if one not in told and one not in SHORT_FORMS] == []


def test_that_the_picture_of_the_readme_is_small_enough_for_a_slow_line():
    picture = HELP / "window.png"
    assert Path(picture).stat().st_size < 300_000
