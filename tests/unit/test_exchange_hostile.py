"""Broken, locked, huge and hostile files end in one sentence, whatever they claim to be.

The big ones are read by a process of their own that may take 512 MB: going beyond ends it, and the test fails.
"""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.importing import plan_import
from channel_desk.errors import UserError
from channel_desk.exchange import limits
from channel_desk.exchange.headings import choose, find_table, guess_mapping
from channel_desk.exchange.tables import read_table

FILES = Path(__file__).parent.parent / "fixtures" / "spreadsheets"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>Phone</t></is></c></row>'
    b'<row r="2"><c r="A2" t="inlineStr"><is><t>Acme</t></is></c></row>'
)
TAIL = b"</sheetData></worksheet>"
#: Reads a file and prints the code of the refusal, or the number of rows; with the memory of a small computer.
READER = """
import sys
from pathlib import Path
if sys.platform == "linux":
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
from channel_desk.errors import UserError
from channel_desk.exchange.tables import read_table
try:
    print(len(read_table(Path(sys.argv[1])).rows))
except UserError as refusal:
    print(refusal.code)
"""


def refusal_of(path: Path) -> str:
    with pytest.raises(UserError) as refusal:
        read_table(path)
    assert str(refusal.value)
    return refusal.value.code


def outcome_of(path: Path) -> str:
    """What reading ``path`` prints in a process of its own, and nothing else."""
    done = subprocess.run([sys.executable, "-c", READER, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def plain(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Name", "Phone"])
    sheet.append(["Acme", "1"])
    book.save(path)
    return path


def grafted(folder: Path, part: str, pieces: Iterator[bytes], level: int = 1) -> Path:
    """A workbook with one part replaced."""
    path = folder / "grafted.xlsx"
    with (
        zipfile.ZipFile(plain(folder / "plain.xlsx")) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for name in old.namelist():
            if name.endswith(part):
                with new.open(name, "w", force_zip64=True) as stream:
                    for piece in pieces:
                        stream.write(piece)
            else:
                new.writestr(name, old.read(name))
    return path


# --- what is no spreadsheet at all


def test_that_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "nothing.xlsx") == "import_file_missing"
    assert refusal_of(tmp_path) == "import_file_folder"
    if sys.platform != "win32":
        import os

        os.mkfifo(tmp_path / "pipe.csv")
        assert refusal_of(tmp_path / "pipe.csv") == "import_not_a_table"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_file_empty"),
        (b"\n \n\r\n", "import_file_empty"),
        (b" , ,\r\n ,,\r\n", "import_file_empty"),
        (b"\xef\xbb\xbf", "import_file_empty"),
        (b"\x00" * 5000, "import_file_empty"),
        (b"%PDF-1.7 x", "import_not_a_table"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "import_not_a_table"),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN:Zhang San\nEND:VCARD\n", "import_not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "import_not_a_table"),
        (random.Random(5).randbytes(9000), "import_not_a_table"),
        (OLE + bytes(504) + "WordDocument".encode("utf-16-le"), "import_not_a_table"),
        (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "import_file_encrypted"),
        (OLE + bytes(504) + "Workbook".encode("utf-16-le") + bytes(3000), "import_file_damaged"),
        (OLE, "import_file_damaged"),
        (b"PK\x03\x04 and nothing more", "import_file_damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:8].hex(),
)
@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_that_what_is_no_table_is_refused_by_its_content(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refusal_of(written(tmp_path / name, content)) == code


def names_of_the_same_letters() -> str:
    """Long names of two letters in any order, all with the same two phones."""
    chance = random.Random(7)
    names = ("".join(chance.sample("ab" * 100, 200)) for _ in range(1500))
    return "Name\tCode\tPhone\n" + "".join(f"{name}\t\t8402 1000 / 8402 2000\n" for name in names)


def rows_of_long_cells(cell: str) -> str:
    """Fifty rows of four hundred different cells, each as long as a heading can be."""
    names = ["Name", *(f"Acme {row}" for row in range(50))]
    return "\n".join("\t".join([name, *(f"{cell}{name}{place}" for place in range(399))]) for name in names)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "content",
    [
        "<!---->" * 500 + "<x>",
        "Name\tPhone\tSales\nCNY\tCNY\tin" + " " * 2000 + "x\nAcme\t1\t2\n",
        "Name\t" + "\t".join(f"Sales (in{' ' * 200}x{place})" for place in range(300)) + "\nAcme" + "\t1" * 300,
        "Name\tCode\tPhone\n" + "".join(f"A{row}\t{'a' * 8000}1\t\n" for row in range(400)),
        rows_of_long_cells("{[" * 140),
        rows_of_long_cells("- " * 140),
        rows_of_long_cells("in " + " " * 270),
        names_of_the_same_letters(),
    ],
    ids=("comments", "a unit", "units", "codes", "brackets", "signs", "blanks", "names"),
)
def test_that_no_text_of_a_cell_keeps_the_program_busy(tmp_path: Path, content: str) -> None:
    try:
        table = find_table(read_table(written(tmp_path / "list.csv", content.encode())))
    except UserError as refusal:
        assert refusal.code in {"import_no_table", "import_file_too_large"}
    else:
        mapping = choose(guess_mapping(table), "name", "A")
        if "Code" in table.headings:
            mapping = choose(mapping, "code", "Code")
        assert plan_import(table, mapping, existing=KnownDistributors(), today=date(2026, 9, 22)).rows


def test_that_a_zip_of_something_else_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert refusal_of(path) == "import_not_a_table"


def test_that_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "list.csv", b"Name,Phone\nA,1\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal_of(path) == "import_file_denied"


@pytest.mark.parametrize("start", [OLE, b"\t\x08\x10\x00", b"\t\x02\x06\x00"], ids=bytes.hex)
def test_that_an_old_workbook_of_any_kind_is_not_read_when_it_is_too_large(tmp_path: Path, start: bytes) -> None:
    path = written(tmp_path / "x.xls", start)
    with path.open("r+b") as stream:
        stream.truncate(limits.MAX_PACKED_BYTES + 1)
    assert refusal_of(path) == "import_file_too_large"


# --- locked


def test_that_a_package_with_a_zip_password_is_refused(tmp_path: Path) -> None:
    path = plain(tmp_path / "x.xlsx")
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        flags = struct.unpack_from("<H", content, place + 8)[0]
        struct.pack_into("<H", content, place + 8, flags | 1)
        place = content.find(b"PK\x01\x02", place + 4)
    path.write_bytes(content)
    assert refusal_of(path) == "import_file_encrypted"


def test_that_an_excel_97_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "Name")
    book.save(str(tmp_path / "x.xls"))
    content = bytearray((tmp_path / "x.xls").read_bytes())
    # The record after the first one (WRITEACCESS and the like) becomes FILEPASS, which announces a password.
    start = content.find(b"\x09\x08\x10\x00")
    following = start + 4 + 0x10
    struct.pack_into("<H", content, following, 0x2F)
    (tmp_path / "x.xls").write_bytes(content)
    assert refusal_of(tmp_path / "x.xls") == "import_file_encrypted"


def test_that_a_locked_open_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
        package.writestr("content.xml", "x")
    assert refusal_of(path) == "import_file_encrypted"


# --- broken


@pytest.mark.parametrize("name", ["messy-distributors.xlsx", "northwind-customers.xlsx"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_that_a_workbook_cut_short_is_refused(tmp_path: Path, name: str, share: float) -> None:
    content = (FILES / name).read_bytes()
    assert refusal_of(written(tmp_path / name, content[: int(len(content) * share)])) == "import_file_damaged"


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_flipped_bytes_end_in_a_sentence_or_in_rows(tmp_path: Path, chance: random.Random) -> None:
    content = bytearray((FILES / "messy-distributors.xlsx").read_bytes())
    for _ in range(chance.randrange(1, 40)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = written(tmp_path / "x.xlsx", content)
    try:
        read_table(path)
    except UserError as refusal:
        assert refusal.code.startswith("import_")


@given(st.binary(max_size=400))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_any_bytes_end_in_a_sentence_or_in_rows(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "x.csv", content)
    try:
        read_table(path)
    except UserError as refusal:
        assert refusal.code.startswith("import_")


@pytest.mark.parametrize("seed", range(4))
def test_that_a_broken_excel_97_workbook_is_refused_without_a_word_of_native_code(tmp_path: Path, seed: int) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(40):
        sheet.write(row, 0, f"Company {row}")
    book.save(str(tmp_path / "x.xls"))
    content = bytearray((tmp_path / "x.xls").read_bytes())
    chance = random.Random(seed)
    for _ in range(80):
        content[chance.randrange(8, len(content))] = chance.randrange(256)
    outcome = outcome_of(written(tmp_path / "x.xls", bytes(content)))
    assert outcome.isdigit() or outcome.startswith("import_")


def test_that_a_string_that_is_not_in_the_workbook_means_damage(tmp_path: Path) -> None:
    rows = iter([HEAD, b'<row r="3"><c r="A3" t="s"><v>99</v></c></row>', TAIL])
    assert refusal_of(grafted(tmp_path, "sheet1.xml", rows)) == "import_file_damaged"


#: To Python the first is a digit, but no number; the others are no places.
NO_NUMBERS = ("²", "-1", "0", "")


@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize("cell", ["<row r='{}'><c t='str'><v>x</v></c></row>", "<row><c s='{}'><v>5</v></c></row>"])
def test_that_a_number_that_is_none_does_no_harm_in_a_workbook(tmp_path: Path, cell: str, number: str) -> None:
    path = grafted(tmp_path, "sheet1.xml", iter([HEAD, cell.format(number).encode(), TAIL]))
    assert len(read_table(path).rows) in {2, 3}


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_that_a_number_that_is_none_does_no_harm_in_an_xml_spreadsheet(tmp_path: Path, number: str) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    content = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet><Table>'
        f'<Row ss:Index="{number}"><Cell ss:Index="{number}"><Data ss:Type="String">a</Data></Cell>'
        f'<Cell ss:Index="{number}"><Data ss:Type="String">b</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    assert read_table(written(tmp_path / "x.xml", content.encode())).rows == (("a", "b"),)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_that_a_number_that_is_none_does_no_harm_in_an_open_document(tmp_path: Path, number: str) -> None:
    content = (
        '<?xml version="1.0"?><office:document xmlns:office="o" xmlns:table="t" xmlns:text="x"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="{number}">'
        f'<table:table-cell table:number-columns-repeated="{number}"><text:p>a</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    )
    assert read_table(written(tmp_path / "x.fods", content.encode())).rows == (("a",),)


def test_that_entities_and_other_files_are_never_opened(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    for content in (bomb, outside):
        assert refusal_of(grafted(tmp_path, "sheet1.xml", iter([content]))) == "import_file_damaged"
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    xml = doctype + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    assert refusal_of(written(tmp_path / "x.xls", xml)) == "import_file_damaged"


def test_that_an_open_document_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office:document-content><table:table>")
    assert refusal_of(path) == "import_file_damaged"


def test_that_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    assert refusal_of(grafted(tmp_path, "workbook.xml.rels", iter([rels]))) == "import_file_empty"


# --- huge


def many_rows() -> Iterator[bytes]:
    yield HEAD
    for row in range(3, limits.MAX_ROWS + 2000):
        yield b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>n%d</t></is></c></row>' % (row, row, row)
    yield TAIL


def wide_rows() -> Iterator[bytes]:
    yield HEAD
    for row in range(3, 6000):
        yield b'<row r="%d">' % row + b"<c><v>1</v></c>" * 400 + b"</row>"
    yield TAIL


def too_many_columns() -> Iterator[bytes]:
    yield HEAD
    yield b'<row r="3">' + b"<c><v>1</v></c>" * 16_000 + b"</row>" + TAIL


def deep_elements() -> Iterator[bytes]:
    yield HEAD
    yield b"<a>" * 2_000_000


def long_cells() -> Iterator[bytes]:
    yield HEAD
    for row in range(3, 4000):
        yield b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (row, row, b"x" * 32_000)
    yield TAIL


def nothing_but_blanks() -> Iterator[bytes]:
    yield HEAD
    yield b" " * 60_000_000
    yield TAIL


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "level", "outcome"),
    [
        (many_rows, 1, "import_file_too_large"),
        (wide_rows, 1, "import_file_too_large"),
        (too_many_columns, 1, "import_file_too_large"),
        (deep_elements, 1, "import_file_damaged"),
        (long_cells, 1, "import_file_too_large"),
        (nothing_but_blanks, 1, "2"),
        (nothing_but_blanks, 9, "import_file_bomb"),
    ],
)
def test_that_a_huge_workbook_is_refused_within_its_memory(
    tmp_path: Path, rows: Callable[[], Iterator[bytes]], level: int, outcome: str
) -> None:
    assert outcome_of(grafted(tmp_path, "sheet1.xml", rows(), level=level)) == outcome


@pytest.mark.slow
def test_that_a_million_blank_formatted_rows_are_no_obstacle(tmp_path: Path) -> None:
    def rows() -> Iterator[bytes]:
        yield HEAD
        for first in range(3, 1_000_000, 1000):
            yield b"".join(
                b'<row r="%d" spans="1:2"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row)
                for row in range(first, first + 1000)
            )
        yield TAIL

    assert outcome_of(grafted(tmp_path, "sheet1.xml", rows())) == "2"


def test_that_parts_sharing_their_bytes_are_refused(tmp_path: Path) -> None:
    path = plain(tmp_path / "x.xlsx")
    content = bytearray(path.read_bytes())
    first = content.find(b"PK\x01\x02")
    place = first
    while place >= 0:
        struct.pack_into("<I", content, place + 20, len(content))
        place = content.find(b"PK\x01\x02", place + 4)
    path.write_bytes(content)
    assert refusal_of(path) in {"import_file_bomb", "import_file_damaged"}


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"Name,Phone\n" + b"A,1\n" * (limits.MAX_ROWS + 10), "import_file_too_large"),
        (b"Name,Phone\n" + b"x" * 20_000_000, "import_file_too_large"),
        (b"Name,Phone\n" + b'"' * 15_000_000, "import_file_too_large"),
        (b"Name,Phone\n" + b'"a,b\n' * 2_000_000, "import_file_too_large"),
        (b"Name,Phone\n" + b"\n" * 20_000_000, "import_file_too_large"),
        (b"Name,Phone\n" + b"," * 20_000_000, "1"),
        (b"Name,Phone\n" + b"," * 20_000_000 + b"x", "import_file_too_large"),
        (b"Name,Phone\n" + b"a," * 500_000, "import_file_too_large"),
        (b"x" * (limits.MAX_TEXT_BYTES + 1), "import_file_too_large"),
        (b"Name,Phone of a company\n" + bytes(range(128, 256)) * 100_000, "import_file_too_large"),
        (b"<table>" + b"<tr><td>a<td>b" * 500_000, "import_file_too_large"),
        (b"<table><tr><td>a" + b"<!--" * 2_500_000, "1"),
        (b"<table><tr><td>a" + b"<" * 10_000_000, "1"),
        (b"<table>" + b"<table>" * 1_000_000, "import_not_a_table"),
        (b"<table><tr>" + b"<td colspan=99999>a" * 500, "import_file_too_large"),
    ],
    ids=lambda value: value[:24].decode() if isinstance(value, bytes) else value,
)
def test_that_a_huge_text_is_refused_within_its_memory(tmp_path: Path, content: bytes, outcome: str) -> None:
    assert outcome_of(written(tmp_path / "x.csv", content)) == outcome


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("1048576", ' table:number-columns-repeated="16384"'),
        ("900000", ""),
    ],
)
def test_that_an_open_document_that_repeats_without_end_is_refused(tmp_path: Path, rows: str, columns: str) -> None:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet><table:table table:name='a'>"
        f"<table:table-row table:number-rows-repeated='{rows}'><table:table-cell office:value-type='string'{columns}>"
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    assert outcome_of(path) in {"import_file_too_large", "import_file_damaged"}


def test_that_an_excel_97_cell_in_the_last_corner_is_refused_or_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "Name")
    sheet.write(65_535, 255, "far")
    book.save(str(tmp_path / "x.xls"))
    assert outcome_of(tmp_path / "x.xls") in {"import_file_too_large", "65536"}


def test_that_many_sheets_with_a_cell_far_below_cost_no_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(150):
        sheet = book.create_sheet(f"s{number}")
        sheet["A1"], sheet["B1"] = "Name", "Phone"
        sheet["A1048576"] = "far"
    book.save(tmp_path / "x.xlsx")
    assert outcome_of(tmp_path / "x.xlsx") == "1048576"


def test_that_many_tables_of_blank_rows_cost_no_memory(tmp_path: Path) -> None:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    text = "<table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>"
    cell = f"<table:table-row>{text}</table:table-row>"
    blank = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell/></table:table-row>"
    tables = "".join(f"<table:table table:name='t{n}'>{cell}{blank}{cell}</table:table>" for n in range(150))
    with zipfile.ZipFile(tmp_path / "x.ods", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        package.writestr("content.xml", f"<office:document-content{names}>{body}</office:document-content>")
    assert outcome_of(tmp_path / "x.ods") == "1000002"
