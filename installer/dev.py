"""Set up and run Channel Desk from a checkout. Needs Python 3.11 or later and nothing else, on any system.

The first use makes ``.venv`` from the lock and adds what the system lacks; afterwards that costs a few milliseconds.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Channel Desk needs Python 3.11 or later, this is %d.%d. Use a newer one: python3.11 installer/dev.py ..."
        % sys.version_info[:2]
    )

import os
from typing import Final, NoReturn

import environment
from libraries import SetupError

USAGE: Final = """\
python3 installer/dev.py VERB [ARGUMENTS]     (py installer\\dev.py on Windows)

  run [ARGUMENTS]    start Channel Desk; arguments go to the program: run --sample, run --sample list visits
  test [ARGUMENTS]   the tests; arguments go to pytest: test tests/unit -k clock
  lint               formatting, types, import rules, translations
  ci                 lint, then test
  lock               write both locks anew after a change of the dependencies; needs uv
{more}  help               this text

The first use sets everything up in .venv."""

#: Verbs that start one module of the checkout with the arguments as they are; offered where the module is there.
MODULES: Final = {
    "bench": ("tests.benchmarks", "measure speed: bench [--json FILE]"),
    "gallery": ("channel_desk.ui.gallery", "every house widget in both themes and languages"),
    "shots": ("tests.shots", "photograph every page in both languages and themes"),
}

#: The checks of ``lint``: a name and the arguments of the checkout's Python.
CHECKS: Final = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import rules", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
    ("translations", ["installer/catalogues.py", "check"]),
)

#: Options of ``channel-desk`` that stand before the command and take a value.
_VALUED_OPTIONS: Final = ("--data", "--lang")


def main(arguments: list[str]) -> int:
    """Carry out one verb; returns the exit status unless the process was replaced."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    modules = {name: words for name, words in MODULES.items() if _exists(words[0])}
    try:
        if verb == "run":
            return _run(rest)
        if verb == "test":
            return _test(rest)
        if verb == "lint":
            return _lint()
        if verb == "ci":
            return max(_lint(), _test([], replace=False))
        if verb == "lock":
            environment.lock(rest)
            return 0
        if verb in modules:
            environment.prepare(qt=True)
            _become(["-m", modules[verb][0], *rest])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    more = "".join(f"  {name:<18} {text}\n" for name, (_, text) in modules.items())
    known = verb in ("help", "-h", "--help")
    print(USAGE.format(more=more), file=sys.stdout if known else sys.stderr)
    return 0 if known else 2


def _exists(module: str) -> bool:
    path = environment.ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


def needs_qt(arguments: list[str]) -> bool:
    """Whether ``channel-desk`` with these arguments opens a window, which is so when no command is named."""
    words = iter(arguments)
    for word in words:
        if word in _VALUED_OPTIONS:
            next(words, None)
        elif not word.startswith("-") or word in ("-h", "--help", "--version"):
            return False
    return True


def _run(arguments: list[str]) -> NoReturn:
    environment.prepare(qt=needs_qt(arguments))
    _become(["-m", "channel_desk", *arguments])


def _test(arguments: list[str], *, replace: bool = True) -> int:
    environment.prepare(qt=True)
    environment.ask_to_write(environment.ROOT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.chdir(environment.ROOT)
    command = ["-m", "pytest", *(arguments or ["-n", "2"])]
    if replace:
        _become(command)
    return environment.call(command)


def _lint() -> int:
    environment.prepare(qt=False)
    environment.ask_to_write(environment.ROOT)
    os.chdir(environment.ROOT)
    failed = []
    for name, command in CHECKS:
        print(f"--- {name}", flush=True)
        if environment.call(command):
            failed.append(name)
    print("--- all checks passed" if not failed else f"--- failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _become(arguments: list[str]) -> NoReturn:
    """Replace this process by the checkout's Python, so that signals and the exit status pass straight through."""
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        python = str(environment.PYTHON)
        # -P: the folder somebody happens to stand in is not a place to import from
        os.execve(python, [python, "-P", *arguments], environment.variables())  # noqa: S606 - that is the purpose
    sys.exit(environment.call(arguments))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
