"""Broken, locked, huge and hostile spreadsheets through the whole command, in a process with little memory.

Whatever a file claims to be: rows come in or one line is said, within 512 MB and without a word of a traceback.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.cli.cases import COUNTS, MESSY, Answer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited and measured the way of Linux")

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20
MOST_MEMORY = 512 * MEGABYTE
#: Runs the command line with its address space limited, and leaves the highest memory it needed in a file.
CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1536 << 20, 1536 << 20))
from channel_desk.cli import main
status = main(sys.argv[2:])
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
Path(sys.argv[1]).write_text(peak.split()[1])
sys.exit(status)
"""
Write = Callable[[Path], None]
HEAD = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>Phone</t></is></c></row>'
    b'<row r="2"><c r="A2" t="inlineStr"><is><t>Acme</t></is></c></row>'
)
TAIL = b"</sheetData></worksheet>"


@dataclass(frozen=True)
class Ended:
    """How the child ended, and its highest memory in bytes."""

    answer: Answer
    peak: int


@pytest.fixture
def bring_in(tmp_path: Path) -> Callable[..., Ended]:
    """Import a file into an empty desk."""

    def run(path: Path, *arguments: str) -> Ended:
        peak = tmp_path / "peak"
        command = ["--data", str(tmp_path / "data"), "--lang", "en", "import", "distributors", str(path), *arguments]
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(peak), *command],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        return Ended(Answer(done.returncode, done.stdout, done.stderr), int(peak.read_text()) * 1024)

    return run


def sheet(*rows: list[object]) -> Write:
    """A workbook with these rows."""

    def write(path: Path) -> None:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)

    return write


def grafted(part: str, pieces: Callable[[], Iterator[bytes]], level: int = 1) -> Write:
    """A workbook with one part replaced."""

    def write(path: Path) -> None:
        plain = path.with_suffix(".plain")
        sheet(["Name", "Phone"], ["Acme", "1"])(plain)
        with (
            zipfile.ZipFile(plain) as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
        ):
            for name in old.namelist():
                if not name.endswith(part):
                    new.writestr(name, old.read(name))
            with new.open(f"xl/{part}", "w", force_zip64=True) as stream:
                for piece in pieces():
                    stream.write(piece)

    return write


def raw(content: bytes) -> Write:
    return lambda path: _put(path, content)


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def no_sheets(path: Path) -> None:
    sheet(["Name"])(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book[: book.index(b"<sheets>")] + b"<sheets/>" + book[book.index(b"</sheets>") + 9 :]
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def locked(path: Path) -> None:
    """A compound file whose directory names an encrypted package, as a spreadsheet program writes it."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        coded = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            coded, len(coded) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF,
            b"", 0, 0, 0, start, size,
        )  # fmt: skip

    names = (
        entry("Root Entry", 5, 0xFFFFFFFE, 0),
        entry("EncryptedPackage", 2, 2, 512),
        entry("EncryptionInfo", 2, 2, 0),
    )
    directory = b"".join(names).ljust(512, b"\0")
    path.write_bytes(bytes(header) + fat + directory + bytes(512))


def bomb() -> Iterator[bytes]:
    yield b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    block = bytes(8 * MEGABYTE)
    for _ in range(40):
        yield block


def blank_rows() -> Iterator[bytes]:
    yield HEAD
    for first in range(3, 1_048_000, 1000):
        yield b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (row, row) for row in range(first, first + 1000))
    yield TAIL


def full_width() -> Iterator[bytes]:
    yield HEAD + b'<row r="3">' + b"<c><v>1</v></c>" * 16_384 + b"</row>" + TAIL


def entities() -> Iterator[bytes]:
    yield b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "lol">'
    for level in range(1, 12):
        yield b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10)
    yield b"]><worksheet><sheetData><row><c t='inlineStr'><is><t>&a11;</t></is></c></row></sheetData></worksheet>"


def huge_text(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"Name,Phone\n")
        for _ in range(200):
            file.write(b"Acme,0731-1\n" * (MEGABYTE // 12))


def quotes(path: Path) -> None:
    path.write_text('Name,Note\n"Acme,' + "x,\n" * 200_000, "utf-8")


REFUSED = {
    "empty.xlsx": raw(b""),
    "empty.csv": raw(b""),
    "no sheets.xlsx": no_sheets,
    "only headings.xlsx": sheet(["Name", "Phone"]),
    "only headings.csv": raw(b"Name,Phone\n"),
    "locked.xlsx": locked,
    "cut.xlsx": raw(MESSY.read_bytes()[:7000]),
    "bomb.xlsx": grafted("sharedStrings.xml", bomb, 9),
    "wide.xlsx": grafted("worksheets/sheet1.xml", full_width),
    "entities.xlsx": grafted("worksheets/sheet1.xml", entities),
    "random.xlsx": raw(bytes(range(256)) * 300),
    "random.csv": raw(bytes((number * 7919 >> 3) & 255 for number in range(60_000))),
    "zeros.xls": raw(bytes(100_000)),
    "huge.csv": huge_text,
}


@pytest.mark.parametrize("name", REFUSED)
def test_that_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, bring_in: Callable[..., Ended], name: str
) -> None:
    path = tmp_path / name
    REFUSED[name](path)
    ended = bring_in(path)
    assert name in ended.answer.refusal
    assert ended.peak <= MOST_MEMORY


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path, bring_in: Callable[..., Ended]) -> None:
    assert "not found" in bring_in(tmp_path / "nowhere.xlsx").answer.refusal
    assert "folder" in bring_in(tmp_path).answer.refusal


HTML = "<html><body><table><tr><th>Name</th><th>Phone</th></tr><tr><td>Acme</td><td>0731-1</td></tr></table></body>"
READ: dict[str, tuple[Write, tuple[int, int, int, int]]] = {
    "blank rows.xlsx": (grafted("worksheets/sheet1.xml", blank_rows), (1, 0, 0, 0)),
    "page.xls": (raw(HTML.encode()), (1, 0, 0, 0)),
    "utf-16.csv": (raw("Name\tPhone\r\n渠道\t0731-1\r\n".encode("utf-16")), (1, 0, 0, 0)),
    "zeros.csv": (raw(b"Name,Phone\nAc\x00me,0731-1\n"), (1, 0, 0, 0)),
    "long note.csv": (raw(b"Name,Note\nAcme," + "长".encode() * 5000 + b"\n"), (1, 0, 0, 0)),
    "twice.csv": (raw(b"Name,Phone,Name,Phone\nAcme,1,Acme Ltd,2\n"), (1, 0, 0, 0)),
    "deep.xlsx": (sheet(*[[]] * 29, ["Name", "Phone"], ["Acme", "0731-1"], ["Union", "0731-2"]), (2, 0, 0, 0)),
}


@pytest.mark.parametrize("name", READ)
def test_that_odd_files_are_read_all_the_same(tmp_path: Path, bring_in: Callable[..., Ended], name: str) -> None:
    write, counts = READ[name]
    write(tmp_path / name)
    ended = bring_in(tmp_path / name, "--json")
    assert ended.answer.counts == counts
    assert ended.peak <= MOST_MEMORY


def test_that_quotes_without_an_end_are_refused_or_read(tmp_path: Path, bring_in: Callable[..., Ended]) -> None:
    quotes(tmp_path / "quotes.csv")
    ended = bring_in(tmp_path / "quotes.csv")
    assert ended.answer.status in {0, 1}
    assert "Traceback" not in ended.answer.complained
    assert ended.peak <= MOST_MEMORY


def test_that_what_looks_like_a_formula_stays_text(tmp_path: Path, bring_in: Callable[..., Ended], say) -> None:
    evil = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "<b>x</b>", "{n}", "%s"]
    path = tmp_path / "evil.csv"
    path.write_text("Name\tNote\n" + "".join(f"Acme {number}\t{one}\n" for number, one in enumerate(evil)), "utf-8")
    assert bring_in(path, "--json").answer.counts == (len(evil), 0, 0, 0)
    found = say("--data", tmp_path / "data", "list", "distributors", "--json").document["distributors"]
    assert [one["note"] for one in found] == evil


@pytest.mark.slow
def test_that_the_largest_file_that_is_read_stays_within_the_memory(
    tmp_path: Path, bring_in: Callable[..., Ended]
) -> None:
    path = tmp_path / "most.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Code,Name,Phone,City,Contact,Note\n")
        for number in range(50_000 - 1):
            file.write(f"C{number},第{number}家机电设备有限公司,1380{number:07},长沙,王{number % 97},备注 {number}\n")
    ended = bring_in(path, "--dry-run", "--json")
    assert json.loads(ended.answer.said)["created"] == 49_999
    assert set(COUNTS) <= set(json.loads(ended.answer.said))
    assert ended.peak <= MOST_MEMORY
