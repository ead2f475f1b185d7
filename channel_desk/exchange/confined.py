"""Reading .xls and .xlsb in a process of its own, with its memory and its time limited.

The libraries for these two trust what a file says about itself: a hostile one makes them hang or ask for more memory
than there is, which ends the process they run in. So that is another process, and all that comes back from it is JSON.
It costs about 0.2 s; .xlsx, .ods and text files, which are the rule, are read by our own code and need none of this.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from time import thread_time
from types import TracebackType
from typing import IO, Any, Final, Protocol, Self

from channel_desk.domain.cells import Cell, UncalculatedFormula, column_letters, is_blank
from channel_desk.domain.import_problems import Problem
from channel_desk.errors import UserError
from channel_desk.exchange.beside_cells import BesideCells, CommentText
from channel_desk.exchange.hidden import Hidden
from channel_desk.exchange.limits import PEEK_ROWS, SECONDS, SECONDS_BY_THE_CLOCK, SECONDS_OF_LOOKING, Meter
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.watching import Watch

MEMORY_BYTES: Final = 400 << 20
#: Not the one of a virtual environment, which on Windows only starts the real one: that is what has to be watched.
_INTERPRETER: Final[str] = getattr(sys, "_base_executable", None) or sys.executable
_START: Final = "from channel_desk.exchange.confined import main; main()"


class ConfinedWorkbook:
    """The child's answers: the names of the sheets, the first rows of each, and all rows of one on demand.

    Closing it ends the child. Raises UserErrors when the child refuses the file, dies or takes too long.
    """

    def __init__(self, path: Path, meter: Meter, *, kind: str) -> None:
        """``kind`` is ``xls`` or ``xlsb``."""
        self._path, self._meter = path, meter
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part or "." for part in sys.path), "PYTHONUTF8": "1"}
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter, a fixed command, the path as an argument
            [_INTERPRETER, "-c", _START, str(path.absolute()), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            # Keeps a console from flashing up beside the program; other systems know no such flag.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._watch = Watch(self._child, seconds=SECONDS, by_the_clock=SECONDS_BY_THE_CLOCK, memory=MEMORY_BYTES)
        try:
            header = self._next()
        except BaseException:
            self.close()
            raise
        self.sheet_names: tuple[str, ...] = tuple(header["sheets"])
        self.visible: tuple[bool, ...] = tuple(header["visible"])
        self.from_1904: bool = header["from_1904"]
        #: What is said of that which stands beside the cells of the sheet that was read, and what of it is not shown.
        self.beside: tuple[Problem, ...] = ()
        self.hidden = Hidden()
        #: None for sheets that were not looked into.
        self.first_rows: tuple[list[tuple[Cell, ...]] | None, ...] = tuple(
            None if rows is None else [_row(row) for row in rows] for rows in header["first"]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, place: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._watch.end()
        self._child.kill()
        with contextlib.suppress(OSError):  # what was not yet sent to a child that is gone
            self._child.communicate()

    def _next(self) -> dict[str, Any]:
        line = self._child.stdout.readline() if self._child.stdout else b""
        if not line.endswith(b"\n"):
            # Ended by a signal or by its watch: out of memory, out of time, or a fault in native code.
            raise self._meter.too_large()
        message: dict[str, Any] = json.loads(line)
        if "fault" in message:
            raise ImportError(message["fault"])  # a library of ours is to blame, and no file
        if "error" in message:
            raise UserError(message["error"], path=self._path.name)
        return message

    def rows(self, sheet: str) -> tuple[list[tuple[Cell, ...]], tuple[Merge, ...]]:
        """All rows and the merged cells of one sheet; ``beside`` and ``hidden`` are then those of it."""
        if self._child.stdin:
            with contextlib.suppress(OSError):  # a child that is gone is noticed by what it does not answer
                self._child.stdin.write(b"%d\n" % self.sheet_names.index(sheet))
                self._child.stdin.flush()
        about = self._next()
        merges = tuple(Merge(*places) for places in about["merges"])
        self.beside = tuple(Problem(*told) for told in about["beside"])
        self.hidden = Hidden(*map(set, about["hidden"]))
        rows: list[tuple[Cell, ...]] = []
        while True:
            message = self._next()
            if "end" in message:
                return rows, merges
            for cells in message["rows"]:
                row = _row(cells)
                if row:
                    self._meter.take_row(row)
                rows.append(row)


def _row(cells: list[Any]) -> tuple[Cell, ...]:
    return _without_trailing_blanks([_from_json(cell) for cell in cells])


def _without_trailing_blanks(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and is_blank(cells[-1]):
        cells.pop()
    return tuple(cells)


def _from_json(value: Any) -> Cell:
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]  # JSON has only cells in a row
    kind, content = value
    if kind == "date":
        return date.fromisoformat(content)
    if kind == "formula":
        return UncalculatedFormula(content)
    if kind == "moment":
        return datetime.fromisoformat(content)
    return time.fromisoformat(content) if kind == "time" else timedelta(seconds=content)


def _to_json(value: Any) -> Any:
    if isinstance(value, UncalculatedFormula):
        return ["formula", value]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["span", value.total_seconds()]
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - not a number has no JSON
        return None
    return value


class _Book(Protocol):
    """What both libraries are asked for; sheets go by their place."""

    names: tuple[str, ...]
    from_1904: bool

    def is_visible(self, sheet: int) -> bool: ...

    def merges(self, sheet: int) -> list[Merge]: ...

    def hidden(self, sheet: int) -> Hidden: ...

    def comments(self, sheet: int) -> list[tuple[int, int, str]]: ...

    def links(self, sheet: int) -> Iterator[tuple[int, int, str, Cell] | None]: ...

    def rows(self, sheet: int) -> Iterator[list[Cell]]: ...

    def forget(self, sheet: int) -> None: ...


def main() -> None:
    """The child: look into the file named in the arguments, then read the sheet that is asked for, in JSON lines."""
    _confine()
    out = sys.stdout
    try:
        book = _opened(Path(sys.argv[1]).read_bytes(), sys.argv[2])
        _tell_sheets(out, book)
        asked = sys.stdin.readline()
        if asked:
            _tell_rows(out, book, int(asked))
    except ImportError as failure:
        _write(out, {"fault": str(failure)})
    except MemoryError:
        _write(out, {"error": "import_file_too_large"})
    except BaseException as failure:  # noqa: BLE001 - a fault of native code is no Exception; the file is to blame
        _write(out, {"error": _code_of(failure)})


def _opened(data: bytes, kind: str) -> _Book:
    if kind == "xls":
        from channel_desk.exchange.old_workbooks import OldWorkbook

        return OldWorkbook(data)
    from channel_desk.exchange.binary_workbooks import BinaryWorkbook

    return BinaryWorkbook(data)


def _confine() -> None:
    if sys.platform != "win32":
        import resource

        # Where the system knows no such limit (macOS has no address space limit) the parent's watch remains.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS) + 1))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _code_of(failure: BaseException) -> str:
    kind, text = type(failure).__name__, str(failure).lower()
    if "password" in kind.lower() or "password" in text or "encrypt" in text:
        return "import_file_encrypted"
    return "import_file_damaged"


def _tell_sheets(out: IO[str], book: _Book) -> None:
    until = thread_time() + SECONDS_OF_LOOKING
    visible: list[bool] = []
    first: list[list[list[Any]] | None] = []
    for sheet in range(len(book.names)):
        if thread_time() > until:
            visible.append(True)
            first.append(None)
            continue
        visible.append(book.is_visible(sheet))
        first.append([[_to_json(cell) for cell in cells] for cells in islice(book.rows(sheet), PEEK_ROWS)])
        if len(book.names) > 1:
            book.forget(sheet)
    _write(out, {"sheets": book.names, "visible": visible, "first": first, "from_1904": book.from_1904})


def _tell_rows(out: IO[str], book: _Book, sheet: int) -> None:
    beside = BesideCells()
    for row, column, text in book.comments(sheet):
        beside.add_comment(row + 1, column_letters(column), CommentText(text))
    for link in book.links(sheet):
        if link is None:
            beside.note_unread()
        else:
            row, column, target, shown = link
            beside.add_link(row + 1, column_letters(column), target, shown)
    told = [(one.row, one.column, one.code, dict(one.values)) for one in beside.problems()]
    hidden = book.hidden(sheet)
    about = {"merges": book.merges(sheet), "hidden": (sorted(hidden.rows), sorted(hidden.columns))}
    _write(out, {**about, "beside": told})
    rows = book.rows(sheet)
    while batch := [_without_trailing_blanks([_to_json(cell) for cell in cells]) for cells in islice(rows, 500)]:
        _write(out, {"rows": batch})
    _write(out, {"end": True})


def _write(out: IO[str], message: dict[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    out.flush()
