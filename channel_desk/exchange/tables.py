"""A spreadsheet of any kind as rows of cells: recognised by its content, read within limits, chosen sheet first."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from channel_desk.domain.import_problems import Problem
from channel_desk.errors import UserError
from channel_desk.exchange import limits
from channel_desk.exchange.beside_cells import not_all_read
from channel_desk.exchange.confined import ConfinedWorkbook
from channel_desk.exchange.decoded_text import DecodedText
from channel_desk.exchange.delimited import DelimitedText, read_delimited
from channel_desk.exchange.encodings import ENCODINGS, decode
from channel_desk.exchange.hidden import ranges
from channel_desk.exchange.likely_encodings import CERTAIN
from channel_desk.exchange.limits import Meter
from channel_desk.exchange.markup import MarkedUpSheet, read_html, read_spreadsheet_xml
from channel_desk.exchange.ooxml import KEPT_ROWS, Workbook, has_beside_cells
from channel_desk.exchange.open_documents import read_sheets
from channel_desk.exchange.packages import FlatFile, Package, Parts
from channel_desk.exchange.source_table import Rows, SourceTable, choose_sheet, filled_rows

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Sheets of Excel without a container around them, as scripts of web sites write them.
_BARE_SHEETS: Final = (b"\t\x00\x04\x00", b"\t\x02\x06\x00", b"\t\x04\x06\x00", b"\t\x08\x08\x00", b"\t\x08\x10\x00")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: Kinds of files that are certainly no table.
_OTHER: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ", b"\x7fELF",
    b"SQLite format 3", b"MIME-Version:", b"BEGIN:V",
)  # fmt: skip
#: Others begin with letters that may be a heading too (BM, ID3 …); those have bytes that are no text.
_OTHER_OF_LETTERS: Final = (b"MZ", b"BM", b"GIF8", b"Rar!", b"BZh", b"RIFF", b"OggS", b"ID3")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:(?><!--.*?-->)\s*)*<(?:!doctype\s+html|html|head|meta|style|title|body|table|div|center|font|span|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
#: What an XML file says of itself in its first line, and the encoding that it names there.
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*>")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
#: Where a spreadsheet of one part says that it is one: behind some fifty name spaces.
_HEAD_OF_FLAT: Final = 16_384
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def read_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> SourceTable:
    """The table of a file: the given sheet, or the one that looks most like a list of customers.

    Raises UserErrors ``import_*`` for everything that cannot be read: one sentence each, within ten seconds.
    """
    head = _head(path)
    if head.startswith(_OTHER) or (head.startswith(_OTHER_OF_LETTERS) and b"\x00" in head):
        raise UserError("import_not_a_table", path=path.name)
    meter = Meter(path.name)
    try:
        if head.startswith((_OLE, *_BARE_SHEETS)):
            return _read_old(path, meter, sheet)
        if head.startswith(_ZIP):
            return _read_package(path, meter, sheet)
        return _read_text(path, meter, sheet=sheet, encoding=encoding)
    except MemoryError:
        raise meter.too_large() from None


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError("import_file_folder", path=path.name)
        if not path.exists():
            raise UserError("import_file_missing", path=str(path))
        if not path.is_file():  # a pipe or a device would never end
            raise UserError("import_not_a_table", path=path.name)
        with path.open("rb") as stream:
            head = stream.read(4096)
    except (OSError, ValueError) as refusal:
        raise UserError("import_file_denied", path=path.name) from refusal
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise UserError("import_file_empty", path=path.name)
    return head


def _bytes_of(path: Path, meter: Meter, at_most: int) -> bytes:
    try:
        if path.stat().st_size > at_most:
            raise meter.too_large()
        return path.read_bytes()
    except OSError as refusal:
        raise UserError("import_file_denied", path=path.name) from refusal


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _read_old(path: Path, meter: Meter, sheet: str | None) -> SourceTable:
    """Excel 97 files and before, and new ones with a password, which are wrapped in the same container."""
    data = _bytes_of(path, meter, limits.MAX_PACKED_BYTES)
    if data.startswith(_BARE_SHEETS):
        return _read_confined(path, meter, sheet, kind="xls")
    if _utf16("EncryptedPackage") in data:
        raise UserError("import_file_encrypted", path=path.name)
    if any(_utf16(other) in data for other in ("WordDocument", "PowerPoint Document", "__properties_version")):
        raise UserError("import_not_a_table", path=path.name)
    if _utf16("Workbook") not in data and _utf16("Book") not in data:
        raise UserError("import_file_damaged", path=path.name)
    return _read_confined(path, meter, sheet, kind="xls")


def _read_package(path: Path, meter: Meter, sheet: str | None) -> SourceTable:
    try:
        package = Package(path)
    except OSError as refusal:
        raise UserError("import_file_denied", path=path.name) from refusal
    try:
        if "mimetype" in package or package.find("content.xml"):
            return _read_open_document(path, package, meter, sheet)
        if package.find("xl/workbook.bin"):
            # The parts that tell of formats and errors are not read, nor are those of comments and links.
            beside = (not_all_read(),) if has_beside_cells(package) else ()
            doubts = (Problem(0, "", "formats_not_read"), *beside)
            return _read_confined(path, meter, sheet, kind="xlsb", doubts=doubts)
        return _read_ooxml(path, package, meter, sheet)
    finally:
        package.close()


def _read_open_document(path: Path, package: Package, meter: Meter, sheet: str | None) -> SourceTable:
    if "mimetype" in package and b"spreadsheet" not in package.read("mimetype"):
        raise UserError("import_not_a_table", path=path.name)
    manifest = package.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in package.read(manifest):
        raise UserError("import_file_encrypted", path=path.name)
    content = package.find("content.xml")
    if content is None:
        raise UserError("import_file_damaged", path=path.name)
    return _read_open_sheets(package, content, meter, sheet)


def _read_open_sheets(parts: Parts, content: str, meter: Meter, sheet: str | None) -> SourceTable:
    path = parts.path
    sheets = read_sheets(parts, content, meter, wanted=sheet, peek=limits.PEEK_ROWS)
    hidden = frozenset(one.name for one in sheets.values() if not one.visible)

    def first_rows(name: str) -> Rows | None:
        return None if sheets[name].is_too_large else sheets[name].rows[: limits.PEEK_ROWS]

    choice = choose_sheet(path, tuple(sheets), first_rows, sheet, hidden=hidden)
    found = sheets[choice.sheet]
    if found.is_too_large:
        raise meter.too_large()
    return SourceTable(
        path.name,
        "ods",
        tuple(sheets),
        rows=tuple(found.rows),
        merges=tuple(found.merges),
        doubts=found.beside.problems(),
        from_1904=found.from_1904,
        hidden=found.hidden,
        **choice._asdict(),
    )


def _read_ooxml(path: Path, package: Package, meter: Meter, sheet: str | None) -> SourceTable:
    book = Workbook.open(package, meter)
    parts = {part.name: part for part in book.sheets}

    until = time.thread_time() + limits.SECONDS_OF_LOOKING

    def first_rows(name: str) -> Rows | None:
        if time.thread_time() > until:
            return None
        meter.start_again()
        try:
            rows = book.content(parts[name], at_most=limits.PEEK_ROWS).rows
        except UserError as refusal:
            if refusal.code != "import_file_too_large":
                raise
            return None  # told when it is chosen; another sheet may do
        return rows[:KEPT_ROWS]

    choice = choose_sheet(
        path, tuple(parts), first_rows, sheet, hidden=frozenset(n for n, p in parts.items() if not p.visible)
    )
    meter.start_again()
    found = book.content(parts[choice.sheet])
    return SourceTable(
        path.name,
        "xlsx",
        tuple(parts),
        rows=tuple(found.rows),
        merges=found.merges,
        doubts=book.beside(parts[choice.sheet], found),
        from_1904=book.date_1904,
        hidden=found.hidden,
        **choice._asdict(),
    )


def _read_confined(
    path: Path, meter: Meter, sheet: str | None, *, kind: str, doubts: tuple[Problem, ...] = ()
) -> SourceTable:
    with ConfinedWorkbook(path, meter, kind=kind) as book:
        first = dict(zip(book.sheet_names, book.first_rows, strict=True))
        hidden = frozenset(name for name, visible in zip(book.sheet_names, book.visible, strict=True) if not visible)
        choice = choose_sheet(path, book.sheet_names, lambda name: first[name], sheet, hidden=hidden)
        rows, merges = book.rows(choice.sheet)
    while rows and not rows[-1]:
        rows.pop()
    return SourceTable(
        path.name,
        kind,
        book.sheet_names,
        rows=tuple(rows),
        merges=merges,
        doubts=(*doubts, *book.beside),
        from_1904=book.from_1904,
        hidden=book.hidden,
        **choice._asdict(),
    )


def _read_text(path: Path, meter: Meter, *, sheet: str | None, encoding: str | None) -> SourceTable:
    data = _bytes_of(path, meter, limits.MAX_TEXT_BYTES)
    if encoding is not None and encoding not in ENCODINGS:
        raise UserError("import_encoding_unknown", encoding=encoding, encodings=", ".join(ENCODINGS))
    plain = data[:4096].lstrip(b"\xef\xbb\xbf")
    is_page = _HTML.match(plain) is not None
    if plain.lstrip().startswith(b"<?xml") and not is_page:
        return _read_xml(path, _in_utf8(data), meter, sheet)
    if is_page and encoding is None:
        named = _CHARSET.search(plain)
        encoding = _python_name(named[1].decode("ascii")) if named else None
    decoded = decode(data, encoding)
    if is_page and decoded.damaged:
        decoded = decode(data)  # the page names another encoding than it is in
    del data
    text = decoded.text
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) * 50 > len(sample) or sample.count("\x00") * 20 > len(sample):
        raise UserError("import_not_a_table", path=path.name)
    if is_page:
        if len(text) > limits.MAX_MARKUP_BYTES:
            raise meter.too_large()
        found = _read_marked_up(path, read_html(text, meter), sheet, kind="html")
        return replace(found, encoding=decoded.encoding, doubts=(*_doubts(decoded), *found.doubts))
    if sheet is not None:
        raise UserError("import_sheet_unknown", path=path.name, sheet=sheet, sheets="–")
    read = read_delimited(text, meter)
    rows = read.rows
    while rows and not rows[-1]:
        rows.pop()
    if not filled_rows(rows):
        raise UserError("import_file_empty", path=path.name)
    return SourceTable(
        path.name,
        "csv",
        (),
        "",
        tuple(rows),
        encoding=decoded.encoding,
        delimiter=read.delimiter,
        repaired=read.repaired,
        doubts=(*_doubts(decoded), *_shifts(read)),
    )


def _read_xml(path: Path, data: bytes, meter: Meter, sheet: str | None) -> SourceTable:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:4096]:
        return _read_marked_up(path, read_spreadsheet_xml(data, meter), sheet, kind="xml")
    if b"application/vnd.oasis.opendocument.spreadsheet" in data[:_HEAD_OF_FLAT]:
        return _read_open_sheets(FlatFile(path, data), "", meter, sheet)
    raise UserError("import_not_a_table", path=path.name)


def _in_utf8(data: bytes) -> bytes:
    """An XML file that says it is in GBK or another encoding of several bytes, which the parser does not know."""
    declared = _DECLARATION.match(data)
    encoding = _python_name(declared[1].decode("ascii")) if declared else None
    if declared is None or encoding not in {"gb18030", "big5", "shift_jis"}:
        return data
    return b'<?xml version="1.0"?>' + decode(data[declared.end() :], encoding).text.encode("utf-8")


def _shifts(read: DelimitedText) -> tuple[Problem, ...]:
    if not read.longer:
        return ()
    values = {"headings": len(read.rows[read.longer - 1]), "cells": read.cells}
    return (Problem(read.longer, "", "rows_shorter", values),)


def _doubts(decoded: DecodedText) -> tuple[Problem, ...]:
    """A guessed encoding is named, so that a wrong one is found before its names are in the data."""
    if decoded.others:
        values = {"encoding": decoded.encoding, "other": decoded.other_encoding, "lines": ranges(decoded.others)}
        return (Problem(0, "", "encodings_mixed", values),)
    if decoded.certainty == 1 or decoded.encoding == "utf-8":
        return ()
    code = "encoding_guessed" if decoded.certainty >= CERTAIN and not decoded.damaged else "encoding_doubtful"
    return (Problem(0, "", code, {"encoding": decoded.encoding}),)


def _python_name(charset: str) -> str | None:
    """The encoding a page names; gb2312 there always means its larger successor."""
    name = charset.lower()
    if name in {"gb2312", "gbk", "gb18030", "x-gbk"}:
        return "gb18030"
    return name if name in {"utf-8", "big5", "windows-1252", "iso-8859-1", "windows-1251", "shift_jis"} else None


def _read_marked_up(path: Path, sheets: Sequence[MarkedUpSheet], wanted: str | None, *, kind: str) -> SourceTable:
    found = {one.name: one for one in sheets}
    if not any(filled_rows(one.rows) for one in sheets):
        raise UserError("import_not_a_table", path=path.name)
    hidden = frozenset(one.name for one in sheets if not one.visible)
    choice = choose_sheet(path, tuple(found), lambda name: found[name].rows[: limits.PEEK_ROWS], wanted, hidden=hidden)
    chosen = found[choice.sheet]
    return SourceTable(
        path.name,
        kind,
        tuple(found),
        rows=tuple(chosen.rows),
        doubts=chosen.beside.problems(),
        from_1904=chosen.from_1904,
        hidden=chosen.hidden,
        **choice._asdict(),
    )
