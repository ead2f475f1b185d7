"""The virtual environment of a checkout: made from the lock, kept up to date, rebuilt when it is broken.

One environment holds what the program needs and what its tests need. Two would save a third of the first download for
those who only run the program, and would cost everybody else a second set-up; the translations need a tool of the
second group anyway.

A stamp inside ``.venv`` is written last and removed first. Without a stamp the environment counts as half-made.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import libraries
from libraries import SetupError

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"
CATALOGUES: Final = ROOT / "resources" / "i18n"

_STAMP: Final = VENV / "channel-desk.stamp"
_COMPILED: Final = VENV / "channel-desk.compiled"
_LOCKS: Final = ("uv.lock", "requirements.lock", "pyproject.toml")
#: How pip words that its last try to reach the index failed, and why.
_UNREACHED: Final = re.compile(r"Retry\(total=0,.*?\) after connection broken by '(.*)'")


def prepare(*, qt: bool) -> None:
    """Make everything ready to run; ``qt`` also asks for the system libraries of a window."""
    wanted = _fingerprint()
    found = _stamp()
    uv = shutil.which("uv") if found != wanted else None
    _complete_system(qt=qt, venv=found != wanted and uv is None)
    if found != wanted:
        ask_to_write(VENV)
        _make(uv, update=found.startswith(f"{_python_tag()} "))
        _STAMP.write_text(wanted, encoding="ascii")
    _compile_catalogues()
    _compile_program()


def _complete_system(*, qt: bool, venv: bool) -> None:
    """Add what the system itself lacks, in one go."""
    absent = libraries.missing() if qt else []
    packages = [library.package for library in absent]
    if venv and not _can_make_environments():
        if not libraries.is_debian():
            raise SetupError(
                f"{_base_python()} has no venv module. Install it with your system's packages, or install uv."
            )
        packages.append(f"python{_python_tag()}-venv")
    if packages and libraries.is_debian():
        libraries.install(packages)
    elif absent:
        _say(f"A window may need libraries that were not found: {' '.join(library.file for library in absent)}")


def lock(options: list[str]) -> None:
    """Write ``uv.lock`` and, from it, ``requirements.lock``; ``options`` go to ``uv lock``, such as ``--upgrade``."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("Locking needs uv, which was not found.")
    export = ["--frozen", "--no-emit-project", "--all-groups", "--no-header", "--no-annotate", "--quiet"]
    if not (
        _quietly([uv, "lock", *options])
        and _quietly([uv, "export", *export, "--output-file", str(ROOT / "requirements.lock")])
    ):
        raise SetupError("The dependencies could not be locked; the lines above say why.")


def variables() -> dict[str, str]:
    """The environment variables of everything that is started in the virtual environment."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    # UTF-8 mode: without it a redirected 中文 ends the program on Windows
    return {**kept, "VIRTUAL_ENV": str(VENV), "PYTHONUTF8": "1"}


def call(arguments: list[str]) -> int:
    """Run the environment's Python and wait; returns its exit status."""
    import subprocess

    return subprocess.call([str(PYTHON), "-P", *arguments], env=variables())


# --- the environment


def _stamp() -> str:
    """What the environment was made from; empty where there is none that is whole."""
    try:
        stamp = _STAMP.read_text(encoding="ascii")
        return stamp if PYTHON.exists() else ""
    except FileNotFoundError:
        return ""
    except PermissionError as error:
        raise SetupError(f"The folder {VENV} belongs to another account. Remove it, or use your own copy.") from error


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in _LOCKS:
        digest.update((ROOT / name).read_bytes())
    # not by the day it was built: the set-up itself may bring a security update of the same Python
    digest.update(f"{platform.python_implementation()} {platform.python_version()} {platform.machine()}".encode())
    return f"{_python_tag()} {digest.hexdigest()}"


def _python_tag() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _base_python() -> str:
    """The Python this process was started with, or the one behind it when that is an environment's own."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _can_make_environments() -> bool:
    """False on a Debian without the package of ``venv``."""
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _make(uv: str | None, *, update: bool) -> None:
    """Bring ``.venv`` to the state of the lock, in place when ``update``; a failed update starts again from nothing."""
    _say("Setting up .venv, which takes a minute the first time ..." if not update else "Updating .venv ...")
    _STAMP.unlink(missing_ok=True)
    ways: list[Callable[[], bool]] = [partial(_install_with_uv, uv)] if uv else []
    if _can_make_environments():
        ways.append(_install_with_pip)
    for keep in (True, False) if update else (False,):
        for install in ways:
            if not keep:
                _remove()
            if install():
                _add_checkout()
                return
    raise SetupError("The packages could not be installed; the lines above say why. Nothing else was changed.")


def _install_with_uv(uv: str) -> bool:
    command = [uv, "sync", "--frozen", "--no-install-project", "--all-groups", "--python", _base_python()]
    # Compiled now and not at the first start, which the user waits for.
    command.append("--compile-bytecode")
    return _quietly(command, UV_PROJECT_ENVIRONMENT=str(VENV))


def _install_with_pip() -> bool:
    made = PYTHON.exists() or _made_with_venv()
    return made and _filled_with_pip()


def _made_with_venv() -> bool:
    # Held back until it fails: on Ctrl+C it would print where in Python it was. -I keeps foreign packages out.
    output = libraries.output_of_failure([_base_python(), "-I", "-m", "venv", str(VENV)])
    if output:
        _say(output)
    return output is None


def _filled_with_pip() -> bool:
    """Whether the packages of the lock are in; :class:`SetupError` where there is no network to take them from."""
    options = ["--require-hashes", "--no-deps", "--disable-pip-version-check", "--no-input", "--quiet"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(ROOT / "requirements.lock")]
    # Held back until it fails: without a network it tells of each try, and then that a package did not exist.
    output = libraries.output_of_failure(command)
    if output is None:
        return True
    unreached = _UNREACHED.search(output)
    if unreached:
        _say(unreached[1])
        raise SetupError(
            "The packages could not be fetched: the package index was not reached; the line above says why. "
            "The set-up needs the network, later runs do not. Behind a proxy, set HTTPS_PROXY."
        )
    _say(libraries.end_of(output))
    return False


def _add_checkout() -> None:
    """Let the environment import this checkout; the path is relative, so that the whole folder can be moved."""
    packages = VENV / "Lib" if os.name == "nt" else VENV / "lib" / f"python{_python_tag()}"
    packages /= "site-packages"
    relative = os.path.relpath(ROOT, packages)
    (packages / "channel-desk-checkout.pth").write_text(relative + "\n", encoding="ascii")


def ask_to_write(folder: Path) -> None:
    """Raise :class:`SetupError` where this account may not write into ``folder``."""
    if not may_write(folder):
        raise SetupError(
            f"This writes into {folder}, which this account may not. Run it as its owner, or use your own copy."
        )


def may_write(folder: Path) -> bool:
    """Whether files may be made in ``folder``, or it itself where it does not exist yet."""
    return os.access(folder if folder.exists() else folder.parent, os.W_OK)


def _remove() -> None:
    if not VENV.exists():
        return
    try:
        shutil.rmtree(VENV)
    except OSError as error:
        raise SetupError(f"The folder {VENV} is broken and cannot be removed: {error.strerror}.") from error


def _quietly(command: list[str], **extra: str) -> bool:
    """Run a set-up step; its output goes to standard error, because standard output belongs to the program."""
    import subprocess

    foreign = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    sys.stderr.flush()
    try:
        return subprocess.call(command, stdout=sys.stderr.fileno(), env={**kept, **extra}, cwd=ROOT) == 0
    except OSError as error:
        _say(f"{command[0]}: {error.strerror}")
        return False


# --- translations


def _compile_catalogues() -> None:
    """Compile the fragments of each language that are newer than what was compiled last."""
    old = [folder for folder in CATALOGUES.iterdir() if folder.is_dir() and not is_current(folder)]
    if not old:
        return
    for folder in old:
        ask_to_write(folder / "LC_MESSAGES")
    if not _quietly([str(PYTHON), str(ROOT / "installer" / "catalogues.py"), "compile"]):
        raise SetupError("The translations contradict each other; the lines above say where.")


def is_current(folder: Path) -> bool:
    compiled = folder / "LC_MESSAGES" / "channel_desk.mo"
    if not compiled.is_file():
        return False
    made = compiled.stat().st_mtime_ns
    # the folder itself changes when a fragment comes or goes
    return all(path.stat().st_mtime_ns <= made for path in (folder, *folder.glob("*.po")))


# --- the program


def _compile_program() -> None:
    """Compile the modules that changed since last time: even where Python is told to write no bytecode of its own."""
    newest = max(path.stat().st_mtime_ns for path in (ROOT / "channel_desk").rglob("*.py"))
    if _COMPILED.is_file() and _COMPILED.stat().st_mtime_ns >= newest:
        return
    if not may_write(VENV):
        return  # somebody else's checkout runs all the same, only with a slower start
    # A module that does not compile is for the run to report, with its line.
    _quietly([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "channel_desk")])
    _COMPILED.touch()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
