"""What the native reader leaves out of .xls files: formula errors, and codes with the zeros of their number format.

An Excel 97 file is a small file system (a compound file) with one stream of records, ``Workbook``. Only the records of
number formats and of cells with numbers or errors are looked at; all else is left to the native reader. This runs in
the confined process, because the file is believed as far as its own limits go.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from channel_desk.domain.cells import Cell, UncalculatedFormula
from channel_desk.exchange.number_formats import Reader, format_reader

#: By row and column, counted from 0.
Marks = dict[tuple[int, int], Cell]

_NO_SECTOR: Final = 0xFFFF_FFF0
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
# Records of the stream, by the names in Microsoft's description of the format ([MS-XLS] 2.3).
_FORMULA, _EOF, _BOUNDSHEET, _MULRK, _XF = 0x06, 0x0A, 0x85, 0xBD, 0xE0
_NUMBER, _BOOLERR, _RK, _FORMAT, _BOF, _RECALCID = 0x203, 0x205, 0x27E, 0x41E, 0x809, 0x1C1
_EXCEL_97: Final = 0x600


class OldWorkbook:
    """The stream of records of an .xls file. Raises ValueError or struct.error when it has none."""

    def __init__(self, data: bytes) -> None:
        self._stream = _workbook_stream(data)
        self._sheets: list[int] = []
        formats: dict[int, str] = {}
        styles: list[int] = []
        version = 0
        #: Excel and LibreOffice say which of them calculated last; a file of no such program was never calculated.
        self._is_calculated = False
        for kind, body in _records(self._stream, 0):
            if kind == _BOF:
                version = struct.unpack_from("<H", body)[0]
            elif kind == _BOUNDSHEET and body[5] == 0:
                self._sheets.append(struct.unpack_from("<I", body)[0])
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", body)[0]] = _format_code(body, is_wide=version == _EXCEL_97)
            elif kind == _RECALCID:
                self._is_calculated = True
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", body, 2)[0])
        self._readers = [format_reader(formats.get(number, "")) for number in styles]

    def marks(self, sheet: int, *, rows: int | None = None) -> Marks:
        """Cells of a worksheet (counted from 0) that say more than their number; of its first ``rows`` rows."""
        found: Marks = {}
        if sheet >= len(self._sheets):
            return found
        for kind, body in _records(self._stream, self._sheets[sheet]):
            if kind not in {_FORMULA, _MULRK, _NUMBER, _BOOLERR, _RK}:
                continue
            row, column, style = struct.unpack_from("<HHH", body)
            if rows is not None and row >= rows:
                break
            if kind == _MULRK:
                for place in range((len(body) - 6) // 6):
                    style, number = struct.unpack_from("<HI", body, 4 + 6 * place)
                    self._mark(found, (row, column + place), style, _unpacked(number))
            elif kind == _RK:
                self._mark(found, (row, column), style, _unpacked(struct.unpack_from("<I", body, 6)[0]))
            elif kind == _NUMBER or (kind == _FORMULA and body[12:14] != b"\xff\xff"):
                self._mark(found, (row, column), style, struct.unpack_from("<d", body, 6)[0])
            else:
                shown = _without_number(kind, body, is_calculated=self._is_calculated)
                if shown:
                    found[row, column] = shown
        return found

    def _mark(self, found: Marks, place: tuple[int, int], style: int, number: float) -> None:
        reader: Reader | None = self._readers[style] if style < len(self._readers) else None
        shown = reader(number, False) if reader else None  # noqa: FBT003 - dates are left to the native reader
        if isinstance(shown, str):
            found[place] = shown


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record from ``start`` to the end of that part; charts inside of it are passed over."""
    place, depth = start, 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _without_number(kind: int, body: bytes, *, is_calculated: bool) -> str:
    """The error or the missing value of a cell that holds no number; empty when there is nothing to say."""
    if kind == _BOOLERR:
        return _ERRORS.get(body[6], "#N/A") if body[7] else ""
    if body[6] == 2:
        return _ERRORS.get(body[8], "#N/A")
    return UncalculatedFormula("=…") if body[6] == 3 and not is_calculated else ""


def _format_code(body: bytes, *, is_wide: bool) -> str:
    if not is_wide:
        return body[3 : 3 + body[2]].decode("latin-1")
    length, flags = struct.unpack_from("<HB", body, 2)
    return body[5 : 5 + 2 * length].decode("utf-16-le") if flags & 1 else body[5 : 5 + length].decode("latin-1")


def _unpacked(number: int) -> float:
    """The short form of numbers: 30 bits of a whole number or of a fraction, perhaps times 100."""
    if number & 2:
        value = float((number >> 2) - (1 << 30 if number >> 31 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFF_FFFC) << 32))[0]
    return value / 100 if number & 1 else value


def _workbook_stream(data: bytes) -> bytes:
    """The stream ``Workbook`` (``Book`` in Excel 95) of a compound file ([MS-CFB])."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    directory, cutoff, small_table = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    if size not in {512, 4096}:
        raise ValueError
    table = _sector_table(data, size)
    entries = _chained(data, directory, table, size, offset=size)
    root = b""
    for place in range(0, len(entries) - 127, 128):
        entry = entries[place : place + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        first, length = struct.unpack_from("<II", entry, 116)
        if entry[66] == 5:
            root = _chained(data, first, table, size, offset=size)
        elif entry[66] == 2 and name in {"Workbook", "Book"}:
            if length >= cutoff:
                return _chained(data, first, table, size, offset=size)[:length]
            links = _numbers(_chained(data, small_table, table, size, offset=size))
            return _chained(root, first, links, small, offset=0)[:length]
    raise ValueError


def _sector_table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    parts = list(struct.unpack_from("<109I", data, 76))
    more, seen = struct.unpack_from("<I", data, 68)[0], 0
    while more < _NO_SECTOR and seen * size < len(data):
        numbers = _numbers(data[size * (more + 1) : size * (more + 2)])
        if not numbers:
            break
        parts += numbers[:-1]
        more, seen = numbers[-1], seen + 1
    return _numbers(b"".join(data[size * (part + 1) : size * (part + 2)] for part in parts if part < _NO_SECTOR))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chained(data: bytes, first: int, table: tuple[int, ...], size: int, *, offset: int) -> bytes:
    """The sectors of one stream, joined; a chain that runs in a circle ends where the table would."""
    sectors: list[bytes] = []
    while first < len(table) and len(sectors) <= len(table):
        sectors.append(data[offset + first * size : offset + (first + 1) * size])
        first = table[first]
    return b"".join(sectors)
