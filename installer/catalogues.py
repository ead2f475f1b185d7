"""The translations: find the messages in the code, compile the fragments, check that every language is complete.

    python installer/catalogues.py extract [--all] [-o FILE.po]   messages without a translation, as a fragment
    python installer/catalogues.py compile                        fragments -> LC_MESSAGES/channel_desk.mo
    python installer/catalogues.py check                          complete, no leftovers, same placeholders

English is the source and needs no catalogue. A language is a folder of ``resources/i18n`` with one fragment for each
area; a message stands in one fragment only. The compiled file is never committed: set-up and the wheel build make it.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import string
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "channel_desk"
CATALOGUES: Final = ROOT / "resources" / "i18n"
DOMAIN: Final = "channel_desk"
#: Every language but English, which is the source.
TRANSLATIONS: Final = ("zh_CN",)

_ENTRY_LINE: Final = re.compile(r'(?:msg(?:ctxt|id|id_plural|str)(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"')

#: Same input, same bytes: compiled files carry this moment instead of the day of the build.
_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Keyword:
    """Where a marking call holds its texts: positions of message, plural and context among the arguments."""

    message: int = 0
    plural: int | None = None
    context: int | None = None


KEYWORDS: Final[dict[str, Keyword]] = {
    "tr": Keyword(),
    "_tr": Keyword(),
    "tr_n": Keyword(message=0, plural=1),
    "_tr_n": Keyword(message=0, plural=1),
    "tr_c": Keyword(message=1, context=0),
    "_tr_c": Keyword(message=1, context=0),
    "mark": Keyword(),
    "_sentence": Keyword(),
}

#: Context and message: what tells one entry from another.
Key = tuple[str, str]


@dataclass
class Found:
    """One message of the code and the places that use it."""

    message: str
    plural: str = ""
    context: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.message


@dataclass
class Extraction:
    """All messages of the code, and the calls that could never be found in a catalogue."""

    messages: dict[Key, Found] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


# --- extraction


def extract(sources: Path = SOURCES) -> Extraction:
    """Read every module below ``sources``."""
    result = Extraction()
    for path in sorted(sources.rglob("*.py")):
        name = path.relative_to(sources.parent).as_posix()
        _extract_module(name, path.read_text(encoding="utf-8"), result)
    return result


def _extract_module(name: str, text: str, result: Extraction) -> None:
    for node in ast.walk(ast.parse(text, filename=name)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        keyword = KEYWORDS.get(called)
        if keyword is not None:
            _extract_call(name, node, keyword, result)


def _extract_call(name: str, call: ast.Call, keyword: Keyword, result: Extraction) -> None:
    place = f"{name}:{call.lineno}"
    context = _one_constant(call, keyword.context)
    plural = _one_constant(call, keyword.plural)
    if keyword.message >= len(call.args):
        return
    for message in _constants(call.args[keyword.message], place, result.problems):
        if not message:
            continue
        result.problems += [f"{place}: {problem}" for problem in _placeholder_problems(message)]
        found = result.messages.setdefault((context, message), Found(message, plural, context))
        if plural and found.plural not in ("", plural):
            result.problems.append(f"{place}: {message!r} has another plural elsewhere")
        found.plural = found.plural or plural
        found.places.append((name, call.lineno))


def _one_constant(call: ast.Call, position: int | None) -> str:
    if position is None or position >= len(call.args):
        return ""
    argument = call.args[position]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def _constants(argument: ast.expr, place: str, problems: list[str]) -> Iterator[str]:
    """The texts an argument can be; a name or attribute is a text that was marked where it was declared."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _constants(argument.body, place, problems)
        yield from _constants(argument.orelse, place, problems)
    elif isinstance(argument, ast.JoinedStr):
        problems.append(f"{place}: an f-string is never found in a catalogue; use named placeholders")
    elif isinstance(argument, ast.BinOp):
        problems.append(f"{place}: a message is one whole text; do not glue pieces")
    elif isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format":
        problems.append(f"{place}: fill in values after the look-up, not before")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _placeholder_problems(message: str) -> Iterator[str]:
    try:
        names = _placeholders(message)
    except ValueError:
        yield f"{message!r} has a brace that does not close"
        return
    if any(not name.isidentifier() for name in names):
        yield f"{message!r} has a placeholder without a plain name"


# --- languages


@dataclass
class Merged:
    """All fragments of one language in one catalogue."""

    code: str
    catalogue: Catalog
    problems: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge(code: str, folder: Path = CATALOGUES) -> Merged:
    """Read the fragments of a language; what stands twice or is unfinished is named in the result."""
    merged = Merged(code, _empty(code))
    origin: dict[Key, str] = {}
    for path in sorted((folder / code).glob("*.po")):
        name = f"{code}/{path.name}"
        try:
            fragment = _read_fragment(path, code)
        except PoFileError as error:
            merged.conflicts.append(f"{name}:{error.lineno}: {error}")
            continue
        merged.problems += [f"{name}: left over and commented out: {key!r}" for key in fragment.obsolete]
        for message in fragment:
            if not message.id:
                continue
            key = _key(message)
            if key in origin:
                same = _strings(_entry(merged.catalogue, key)) == _strings(message)
                if same:
                    merged.problems.append(f"{name}: {key[1]!r} also stands in {origin[key]}")
                else:
                    merged.conflicts.append(f"{name}: {key[1]!r} stands in {origin[key]} with another translation")
                continue
            origin[key] = name
            merged.catalogue[message.id] = message
    return merged


def _read_fragment(path: Path, code: str) -> Catalog:
    """Read one fragment; stricter than Babel, which drops the last character of a text that is not closed."""
    content = path.read_bytes()
    for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#") and not _ENTRY_LINE.fullmatch(line.strip()):
            raise PoFileError(
                "a text that is not closed, or a quote inside it without a backslash", Catalog(), line, number
            )
    return read_po(BytesIO(content), locale=code, domain=DOMAIN, abort_invalid=True)


def _empty(code: str) -> Catalog:
    return Catalog(
        locale=code, domain=DOMAIN, project="Channel Desk", header_comment="# Channel Desk",
        creation_date=_MOMENT, revision_date=_MOMENT, fuzzy=False,
    )  # fmt: skip


def _key(message: Message) -> Key:
    identity = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", identity


def _entry(catalogue: Catalog, key: Key) -> Message | None:
    return catalogue.get(key[1], key[0] or None)


def _strings(message: Message | None) -> tuple[str, ...]:
    if message is None or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def missing(extraction: Extraction, catalogue: Catalog) -> list[Found]:
    """Messages of the code without a finished translation."""

    def lacks(found: Found) -> bool:
        message = _entry(catalogue, found.key)
        strings = _strings(message)
        wanted = catalogue.num_plurals if found.plural else 1
        return message is None or message.fuzzy or len(strings) != wanted or not all(strings)

    return [found for found in extraction.messages.values() if lacks(found)]


def compile_language(code: str, folder: Path = CATALOGUES) -> Path:
    """Write the compiled catalogue of ``code`` in one step; ``ValueError`` when fragments contradict each other."""
    merged = merge(code, folder)
    if merged.conflicts:
        raise ValueError("\n".join(merged.conflicts))
    target = folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            write_mo(file, merged.catalogue)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    return target


# --- checks


def check(sources: Path = SOURCES, folder: Path = CATALOGUES) -> list[str]:
    """Everything that is wrong with messages and translations; an empty list means complete."""
    extraction = extract(sources)
    problems = list(extraction.problems)
    for code in TRANSLATIONS:
        merged = merge(code, folder)
        problems += merged.conflicts + merged.problems
        for found in missing(extraction, merged.catalogue):
            where, line = found.places[0]
            problems.append(f"{code}: no translation of {found.message!r} ({where}:{line})")
        for message in merged.catalogue:
            if message.id:
                problems += [f"{code}: {problem}" for problem in _entry_problems(message, extraction)]
    return problems


def _entry_problems(message: Message, extraction: Extraction) -> Iterator[str]:
    key = _key(message)
    found = extraction.messages.get(key)
    if found is None:
        yield f"nothing in the code uses {key[1]!r}"
        return
    if isinstance(message.id, str) == bool(found.plural):
        yield f"{key[1]!r} has a plural either in the code or in the translation, but not in both"
        return
    try:
        wanted = _placeholders(found.plural or found.message)
        for text in _strings(message):
            if text and _placeholders(text) != wanted:
                yield f"{text!r} has other placeholders than {found.message!r}"
    except ValueError:
        yield f"the translation of {key[1]!r} has a brace that does not close"


# --- commands


def _template(messages: Iterable[Found], code: str) -> Catalog:
    catalogue = _empty(code)
    for found in messages:
        identity = (found.message, found.plural) if found.plural else found.message
        catalogue.add(identity, locations=found.places, context=found.context or None)
    return catalogue


def _run_extract(options: argparse.Namespace) -> int:
    extraction = extract()
    messages = list(extraction.messages.values())
    if not options.all:
        messages = missing(extraction, merge(options.language).catalogue)
    text = BytesIO()
    write_po(text, _template(messages, options.language), width=110, sort_by_file=True)
    if options.output:
        options.output.write_bytes(text.getvalue())
    else:
        sys.stdout.write(text.getvalue().decode("utf-8"))
    print(f"{len(messages)} of {len(extraction.messages)} messages", file=sys.stderr)
    return 0


def _run_compile(_: argparse.Namespace) -> int:
    for code in TRANSLATIONS:
        try:
            compile_language(code)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _run_check(_: argparse.Namespace) -> int:
    problems = check()
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"catalogues: {len(problems)} problems" if problems else "catalogues: complete")
    return 1 if problems else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="catalogues.py", description="Translations: extract, compile, check.")
    commands = parser.add_subparsers(required=True)
    extracting = commands.add_parser("extract", help="messages without a translation, as a fragment to fill in")
    extracting.add_argument("--all", action="store_true", help="every message, translated or not")
    extracting.add_argument("--language", choices=TRANSLATIONS, default=TRANSLATIONS[0])
    extracting.add_argument("-o", "--output", type=Path, help="write a .po file instead of standard output")
    extracting.set_defaults(run=_run_extract)
    commands.add_parser("compile", help="make the files the program reads").set_defaults(run=_run_compile)
    commands.add_parser("check", help="find what is missing, left over or wrong").set_defaults(run=_run_check)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
