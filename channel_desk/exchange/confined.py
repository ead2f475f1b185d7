"""Reading .xls and .xlsb in a process of its own, with its memory and its time limited.

The native reader trusts what a file says about itself: a hostile one makes it hang or ask for more memory than there
is, which ends the process it runs in. So that is another process, and all that comes back from it is JSON. It costs
about 0.2 s; .xlsx, .ods and text files, which are the rule, are read by our own code and need none of this.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import struct
import subprocess
import sys
import threading
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import IO, Any, Final

from channel_desk.domain.cells import Cell, UncalculatedFormula
from channel_desk.errors import UserError
from channel_desk.exchange.limits import MAX_CELLS, SECONDS, SECONDS_OF_LOOKING, Meter
from channel_desk.exchange.old_workbooks import Marks, OldWorkbook

MEMORY_BYTES: Final = 400 << 20
_START: Final = "from channel_desk.exchange.confined import main; main()"
_PEEK_ROWS: Final = 60
_OLE: Final = b"\xd0\xcf\x11\xe0"


class ConfinedWorkbook:
    """The answer of the child: the names of the sheets, the first rows of each, and the rows of one on demand."""

    def __init__(self, path: Path, meter: Meter) -> None:
        self._path, self._meter = path, meter
        self._answer = _ask(path, meter, "")
        header = self._next()
        self.sheet_names: tuple[str, ...] = tuple(header["sheets"])
        self.visible: tuple[bool, ...] = tuple(header["visible"])
        self.has_formats: bool = header["has_formats"]
        #: None for sheets that were not looked into.
        self.first_rows: tuple[list[tuple[Cell, ...]] | None, ...] = tuple(
            None if rows is None else [tuple(map(_from_json, row)) for row in rows] for rows in header["first"]
        )

    def _next(self) -> dict[str, Any]:
        line = next(self._answer, None)
        if line is None:
            raise UserError("import_file_damaged", path=self._path.name)
        message: dict[str, Any] = json.loads(line)
        if "error" in message:
            raise UserError(message["error"], path=self._path.name)
        return message

    def rows(self, sheet: str) -> tuple[list[tuple[Cell, ...]], tuple[tuple[int, int, int, int], ...]]:
        """All rows and the merged cells of one sheet."""
        self._answer = _ask(self._path, self._meter, sheet)
        merges = tuple((top, left, bottom, right) for top, left, bottom, right in self._next()["merges"])
        rows: list[tuple[Cell, ...]] = []
        while True:
            message = self._next()
            if "end" in message:
                return rows, merges
            for cells in message["rows"]:
                row = _without_trailing_blanks([_from_json(cell) for cell in cells])
                if row:
                    characters = sum(len(cell) for cell in row if isinstance(cell, str))
                    self._meter.take_row(len(row), characters, len(row))
                rows.append(row)


def _without_trailing_blanks(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and (cells[-1] is None or cells[-1] == ""):
        cells.pop()
    return tuple(cells)


def _ask(path: Path, meter: Meter, sheet: str) -> Any:
    """Start the child and yield its lines. Raises UserError when it dies or takes too long."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part or "." for part in sys.path), "PYTHONUTF8": "1"}
    # CREATE_NO_WINDOW keeps a console from flashing up beside the program; other systems know no such flag.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(  # noqa: S603 - our own interpreter, a fixed command, the path as an argument
        [sys.executable, "-c", _START, str(path.absolute()), sheet],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=environment,
        creationflags=flags,
    ) as child:
        alarm = threading.Timer(max(0.1, SECONDS), child.kill)
        alarm.daemon = True
        alarm.start()
        complete = False
        try:
            if child.stdout is None:
                return
            for line in child.stdout:
                complete = line.startswith((b'{"end"', b'{"error"', b'{"sheets"'))
                yield line
        finally:
            alarm.cancel()
            if child.poll() is None:
                child.kill()
    if not complete:
        # Ended by a signal or by its alarm: out of memory, out of time, or a fault in the native reader.
        raise meter.too_large()


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


def main() -> None:
    """The child: read the file named in the arguments and write JSON lines."""
    path, sheet = sys.argv[1], sys.argv[2]
    _confine()
    out = sys.stdout
    try:
        _answer(out, path, sheet)
    except MemoryError:
        _write(out, {"error": "import_file_too_large"})
    except BaseException as failure:  # noqa: BLE001 - a fault of native code is no Exception; the file is to blame
        _write(out, {"error": _code_of(failure)})


def _confine() -> None:
    if sys.platform != "win32":
        import resource

        # Where the system knows no such limit (macOS has no address space limit) the parent's alarm remains.
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


def _answer(out: IO[str], path: str, sheet: str) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    # From bytes and not from the path: then the content decides about the kind, not the name of the file.
    data = Path(path).read_bytes()
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    old = _old_workbook(data)
    pages = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if sheet:
        index = next((index for index, one in enumerate(pages) if one.name == sheet), 0)
        page = book.get_sheet_by_name(sheet)
        merges = [(*first, *last) for first, last in page.merged_cell_ranges or ()]
        _write(out, {"merges": merges})
        _write_rows(out, page, old.marks(index) if old else {})
        return
    until = monotonic() + SECONDS_OF_LOOKING
    first = [
        _first_rows(book.get_sheet_by_name(one.name), old.marks(index, rows=_PEEK_ROWS) if old else {})
        if monotonic() < until
        else None
        for index, one in enumerate(pages)
    ]
    names = [one.name for one in pages]
    _write(
        out,
        {
            "sheets": names,
            "visible": [one.visible is SheetVisibleEnum.Visible for one in pages],
            "first": first,
            "has_formats": old is not None,
        },
    )


def _old_workbook(data: bytes) -> OldWorkbook | None:
    """What tells of number formats and errors; None where nothing does: the values are there all the same."""
    if not data.startswith(_OLE):
        return None
    try:
        return OldWorkbook(data)
    except (ValueError, IndexError, struct.error):
        return None


def _first_rows(page: Any, marks: Marks) -> list[list[Any]]:
    if page.start is None:
        return []
    above, beside = page.start
    rows: list[list[Any]] = [[] for _ in range(min(above, _PEEK_ROWS))]
    content = page.to_python(skip_empty_area=True, nrows=_PEEK_ROWS)
    found = rows + [[None] * beside + [_to_json(cell) for cell in row] for row in content]
    for (row, column), cell in marks.items():
        if row < len(found) and column < len(found[row]):
            found[row][column] = _to_json(cell)
    return found


def _write_rows(out: IO[str], page: Any, marks: Marks) -> None:
    if page.start is None:
        _write(out, {"end": True})
        return
    beside = page.start[1]  # the rows above are given, the columns to the left are not
    before: list[Any] = [None] * beside
    if page.width * min(page.height, 1000) > MAX_CELLS:
        _write(out, {"error": "import_file_too_large"})
        return
    batch: list[list[Any]] = []
    marks_of_row: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for (row, column), cell in marks.items():
        marks_of_row[row].append((column, cell))
    for number, content in enumerate(page.iter_rows()):
        cells = before + [_to_json(cell) for cell in content]
        for column, cell in marks_of_row.get(number, ()):
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = _to_json(cell)
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        batch.append(cells)
        if len(batch) >= 500:
            _write(out, {"rows": batch})
            batch = []
    _write(out, {"rows": batch})
    _write(out, {"end": True})


def _write(out: IO[str], message: dict[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
