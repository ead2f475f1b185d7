"""House rules that the text of the code itself can break."""

from __future__ import annotations

import ast
import re

import catalogues
import pytest

from tests.architecture.source import ROOT, Module, dotted, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 70

COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
#: The only places where a colour is a number.
PALETTES = ("channel_desk/ui/theme/", "channel_desk/documents/render/palette.py")

EMOJI = re.compile("[\U0001f000-\U0001faff\ufe0f\u2705\u274c\u2728\u2b50\u26a0\u2757\u2753]")
EXCUSE = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?::\s*[A-Z0-9, ]+|\[[a-z, -]+\])?\s*$")
BLOCKING = re.compile(r"(?:QMessageBox\.(?:question|warning|information|critical|about)|QInputDialog\.get\w+)$")


#: What set-up and builds leave beside the project's own files.
MADE = {"__pycache__", "build", "dist"}


def texts() -> list[str]:
    """Names of the text files of the project, also where it did not come by git."""
    kinds = {".py", ".md", ".po", ".toml", ".json", ".txt", ".svg", ".yaml"}
    names = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.suffix in kinds and path.is_file())
    return [name.as_posix() for name in names if not any(part in MADE or part[0] == "." for part in name.parts)]


def test_that_nothing_is_printed_but_by_the_command_line() -> None:
    found = [
        module.place(call)
        for module in modules()
        if not module.name.startswith("channel_desk/cli")
        for call in module.calls()
        if dotted(call.func) == "print"
    ]
    assert not found


def test_that_only_the_clock_asks_for_the_time() -> None:
    asking = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
    found = [
        module.place(call)
        for module in modules()
        if module.name != "channel_desk/clock.py"
        for call in module.calls()
        if dotted(call.func).removeprefix("datetime.") in asking or dotted(call.func) in asking
    ]
    assert not found


def test_that_statements_stand_in_storage_only() -> None:
    statement = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA)\s")
    found = [
        module.place(node)
        for module in modules()
        if not module.name.startswith("channel_desk/storage/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and statement.match(node.value)
    ]
    assert not found


def test_that_every_datetime_is_built_with_a_zone() -> None:
    def is_naive(call: ast.Call) -> bool:
        named = {keyword.arg for keyword in call.keywords}
        name = dotted(call.func)
        if name in ("datetime.fromtimestamp", "datetime.datetime.fromtimestamp"):
            return len(call.args) < 2 and "tz" not in named
        return name in ("datetime", "datetime.datetime") and len(call.args) < 8 and "tzinfo" not in named

    found = [
        module.place(call)
        for module in modules()
        for call in module.calls()
        if is_naive(call) and "noqa: DTZ" not in module.text.splitlines()[call.lineno - 1]  # with its reason, see below
    ]
    assert not found


def test_that_no_dialog_waits_in_a_loop_of_its_own() -> None:
    def waits(module: Module, call: ast.Call) -> bool:
        name = dotted(call.func)
        runs = isinstance(call.func, ast.Attribute) and call.func.attr in ("exec", "exec_")
        return (runs and module.name != "channel_desk/app.py") or BLOCKING.search(name) is not None

    assert not [module.place(call) for module in modules() for call in module.calls() if waits(module, call)]


def test_that_colours_are_named_in_palettes_only() -> None:
    found = [
        f"{module.place(node)} {node.value}"
        for module in modules()
        if not module.name.startswith(PALETTES)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value)
    ]
    mixed = [
        module.place(call)
        for module in modules()
        if not module.name.startswith(PALETTES)
        for call in module.calls()
        if dotted(call.func).endswith("QColor") and any(isinstance(one, ast.Constant) for one in call.args)
    ]
    assert not found + mixed


def test_that_no_text_of_the_project_holds_an_emoji() -> None:
    found = [
        f"{name}: {match.group()!a}"
        for name in texts()
        for match in EMOJI.finditer((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert not found


def test_that_texts_are_utf_8_with_plain_line_ends() -> None:
    def is_odd(content: bytes) -> bool:
        return content.startswith(b"\xef\xbb\xbf") or b"\r" in content

    folders = ("channel_desk/", "installer/", "resources/i18n/", "tests/")
    names = [name for name in texts() if name.startswith(folders) and "/fixtures/" not in name]
    assert not [name for name in names if is_odd((ROOT / name).read_bytes())]


def test_that_git_changes_no_line_end_on_any_system() -> None:
    assert "* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


def test_that_a_module_is_short_enough_to_be_read() -> None:
    long = {module.name: len(module.text.splitlines()) for module in modules()}
    assert not {name: lines for name, lines in long.items() if lines > LONGEST_MODULE}


def test_that_a_function_is_short_enough_to_be_read() -> None:
    long = {
        f"{module.place(node)} {node.name}": lines
        for module in modules()
        if "/migrations/versions/" not in module.name  # a list of tables, never changed once released
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long


def test_that_modules_are_named_after_things_of_the_trade() -> None:
    empty_words = re.compile(r"(^|_)(utils?|helpers?|manager|common|misc|mixed|stuff|base)$")
    assert not [module.name for module in modules() if empty_words.search(module.name.rpartition("/")[2][:-3])]


def test_that_nothing_is_left_for_later() -> None:
    later = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{module.name}:{number}"
        for folder in ("channel_desk", "installer")
        for module in modules(folder)
        for number, line in enumerate(module.text.splitlines(), start=1)
        if later.search(line)
    ]
    assert not found


def test_that_every_exception_from_a_rule_carries_its_reason() -> None:
    found = [
        f"{module.name}:{number} {line.strip()}"
        for folder in ("channel_desk", "installer", "tests")
        for module in modules(folder)
        for number, line in enumerate(module.text.splitlines(), start=1)
        if EXCUSE.search(line)
    ]
    assert not found


def test_that_every_marked_text_can_be_found_in_a_catalogue() -> None:
    """An f-string or a glued text is extracted but never matches; it would stay English for ever."""
    assert catalogues.extract().problems == []


@pytest.mark.parametrize("code", catalogues.TRANSLATIONS)
def test_that_the_fragments_of_a_language_do_not_contradict_each_other(code: str) -> None:
    assert catalogues.merge(code).conflicts == []


def test_that_every_test_is_named_by_a_sentence_or_explained() -> None:
    found = [
        f"{module.place(node)} {node.name}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not node.name.startswith("test_that_")
        and not ast.get_docstring(node)
    ]
    assert not found
