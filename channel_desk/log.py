"""The log of the program and its crash reports: what went wrong and where, never whom it was about.

Both are meant to be sent to somebody else, so nothing a person has typed may reach them. A log line is built from parts
that cannot hold such a thing: a message that stands as a literal in our own code, numbers, error codes, names of types,
and the lines of our own modules. Everything else is replaced by what it is, such as ``<str>``. Values of exceptions are
never written. Write ``log.warning("%d rows skipped, first problem %s", count, error)``.
"""

from __future__ import annotations

import errno
import inspect
import logging
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from importlib import metadata
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from channel_desk import __version__
from channel_desk.clock import Clock
from channel_desk.errors import SENTENCES, UserError
from channel_desk.paths import DataFolder

LOGGER: Final = "channel_desk"
#: One current file and two older ones.
FILE_SIZE: Final = 1_000_000
OLDER_FILES: Final = 2
#: Crash reports that are kept; the oldest goes first.
REPORTS: Final = 10

_WITHHELD: Final = "<message withheld>"
#: A larger whole number could be a phone or an account number.
_LARGEST: Final = 999_999_999
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*", re.ASCII)
_SQLITE_CODE: Final = re.compile(r"SQLITE_[A-Z_]+", re.ASCII)
#: Packages whose versions help to understand a report.
_PACKAGES: Final = ("PySide6-Essentials", "SQLAlchemy", "alembic", "sqlcipher3", "reportlab", "pypdfium2")


def setup_log(folder: DataFolder) -> None:
    """Let our loggers write to the log file of ``folder``; where none can be written the program runs without."""
    logger = logging.getLogger(LOGGER)
    for handler in [one for one in logger.handlers if isinstance(one, _LogFile)]:
        logger.removeHandler(handler)
        handler.close()
    try:
        folder.log.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    logger.addHandler(_LogFile(folder.log))
    logger.setLevel(logging.INFO)


def report_crash(exc: BaseException, folder: DataFolder, clock: Clock) -> Path:
    """Write what is known about a bug to a new file beside the log, without values; returns the file.

    Raises ``OSError`` when it cannot be written.
    """
    moment = clock.now().astimezone(UTC)
    place = folder.log.parent
    place.mkdir(parents=True, exist_ok=True)
    name = f"crash-{moment:%Y%m%d-%H%M%S}"
    target = place / f"{name}.txt"
    number = 1
    while target.exists():
        number += 1
        target = place / f"{name}-{number}.txt"
    lines = [f"Channel Desk {__version__}", f"{moment:%Y-%m-%d %H:%M:%S} UTC", *_versions(), "", *_exception_lines(exc)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    others = [path for path in place.glob("crash-*.txt") if path != target]
    others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
    for old in others[: -(REPORTS - 1)]:
        old.unlink(missing_ok=True)
    return target


class _LogFile(RotatingFileHandler):
    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=FILE_SIZE, backupCount=OLDER_FILES, encoding="utf-8", delay=True)
        self.setFormatter(_Line())

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """A full disk must not stop the program, and the record must not be printed instead."""


class _Line(logging.Formatter):
    """Builds one line from the harmless parts of a record; the record itself is left alone."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        text = _message(record) if _is_literal(record) else _WITHHELD
        line = f"{moment:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name}:{record.lineno} {text}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else "\n".join([line, *(f"  {part}" for part in _exception_lines(error))])


def _is_literal(record: logging.LogRecord) -> bool:
    """Whether the message stands as it is in the code of the function that logs; one put together at run time does not.

    A formatter is called inside the call that logs, so that function is still on the stack.
    """
    frame = inspect.currentframe()
    while frame is not None:
        code = frame.f_code
        if code.co_filename == record.pathname and code.co_name == record.funcName:
            return isinstance(record.msg, str) and record.msg in code.co_consts
        frame = frame.f_back
    return False


def _message(record: logging.LogRecord) -> str:
    values = record.args
    if not values:
        return str(record.msg)
    try:
        if isinstance(values, Mapping):
            return str(record.msg) % {name: _harmless(value) for name, value in values.items()}
        return str(record.msg) % tuple(_harmless(value) for value in values)
    except (TypeError, ValueError, KeyError):
        # a hidden value where the message wants a number
        return str(record.msg)


def _harmless(value: object) -> object:
    """``value`` where it cannot be about a person, else its type."""
    if value is None or isinstance(value, bool | float | timedelta):
        return value
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, int):
        return value if abs(value) <= _LARGEST else "<int>"
    if isinstance(value, str) and value in SENTENCES:
        return value
    if isinstance(value, BaseException):
        return _exception_name(value)
    if isinstance(value, type):
        return _type_name(value)
    return f"<{_type_name(type(value))}>"


def _type_name(kind: type) -> str:
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    name = name.replace("<locals>.", "")
    return name if _NAME.fullmatch(name) else "unnamed type"


def _exception_name(error: BaseException) -> str:
    """The type of ``error`` with its code, where it has one of a fixed list."""
    name = _type_name(type(error))
    if isinstance(error, UserError):
        return f"{name} {error.code}"
    sqlite_code = str(getattr(error, "sqlite_errorname", ""))
    if _SQLITE_CODE.fullmatch(sqlite_code):
        return f"{name} {sqlite_code}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {errno.errorcode.get(error.errno, '')}".rstrip()
    return name


def _exception_lines(error: BaseException) -> Iterator[str]:
    """``error`` with what led to it, outermost first: types and codes, and the lines of our modules."""
    seen: set[int] = set()
    waiting: list[tuple[str, BaseException]] = [("", error)]
    while waiting:
        prefix, current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield prefix + _exception_name(current)
        yield from _frame_lines(current.__traceback__)
        if isinstance(current, BaseExceptionGroup):
            waiting += [("in the group: ", one) for one in reversed(current.exceptions)]
        if current.__cause__ is not None:
            waiting.append(("caused by ", current.__cause__))
        elif current.__context__ is not None and not current.__suppress_context__:
            waiting.append(("while handling ", current.__context__))


def _frame_lines(traceback: TracebackType | None) -> Iterator[str]:
    foreign = 0
    while traceback is not None:
        frame = traceback.tb_frame
        module = str(frame.f_globals.get("__name__", ""))
        if module == LOGGER or module.startswith(f"{LOGGER}."):
            if foreign:
                yield f"  ({foreign} lines of other programs)"
            foreign = 0
            yield f"  {module}:{traceback.tb_lineno} in {frame.f_code.co_qualname}"
        else:
            foreign += 1
        traceback = traceback.tb_next
    if foreign:
        yield f"  ({foreign} lines of other programs)"


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()} on {platform.system()} {platform.release()} {platform.machine()}"
    if getattr(sys, "frozen", False):
        yield "packaged program"
    for package in _PACKAGES:
        try:
            yield f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            yield f"{package} of unknown version"
