"""Excel 97 files keep their formula errors and the zeros of their codes."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlwt

from channel_desk.domain.cells import Cell, UncalculatedFormula
from channel_desk.errors import UserError
from channel_desk.exchange import confined
from channel_desk.exchange.tables import read_table
from channel_desk.services.imports import read_spreadsheet


def old_workbook(path: Path, *, rows: int = 2, above: int = 0) -> Path:
    """Headings, then ``rows`` rows with a code, a postal code, two errors, a formula without a value and a number."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("客户")
    code, postal = xlwt.easyxf(num_format_str='"C-"00000'), xlwt.easyxf(num_format_str="000000")
    for column, heading in enumerate(("客户编码", "邮编", "客户名称", "城市", "电话", "备注", "账期")):
        sheet.write(above, column, heading)
    for row in range(above + 1, above + 1 + rows):
        sheet.write(row, 0, 12, code)
        sheet.write(row, 1, 50_000, postal)
        sheet.write(row, 2, f"公司{row}")
        sheet.row(row).set_cell_error(3, 0x2A)
        sheet.row(row).set_cell_error(4, 0x07)
        sheet.write(row, 5, xlwt.Formula("36*10"))
        sheet.write(row, 6, 30.5)
    book.save(str(path))
    return path


@pytest.mark.parametrize("rows", [1, 2, 400])
@pytest.mark.parametrize("above", [0, 3])
def test_that_errors_and_codes_of_an_excel_97_workbook_are_read_as_shown(tmp_path: Path, rows: int, above: int) -> None:
    read = read_table(old_workbook(tmp_path / "x.xls", rows=rows, above=above)).rows
    assert len(read) == above + 1 + rows
    for number, row in enumerate(read[above + 1 :], above + 1):
        expected: tuple[Cell, ...] = ("C-00012", "050000", f"公司{number}", "#N/A", "#DIV/0!", "=…", 30.5)
        assert row == expected
        assert isinstance(row[5], UncalculatedFormula)


def test_that_every_sheet_of_an_excel_97_workbook_has_its_own_codes(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="00000")
    for name, code in (("一", 1), ("二", 2), ("三", 3)):
        sheet = book.add_sheet(name)
        for column, heading in enumerate(("客户编码", "客户名称")):
            sheet.write(0, column, heading)
        sheet.write(1, 0, code, style)
        sheet.write(1, 1, name)
    book.save(str(tmp_path / "x.xls"))
    assert [read_table(tmp_path / "x.xls", sheet=name).rows[1] for name in "一二三"] == [
        ("00001", "一"), ("00002", "二"), ("00003", "三"),
    ]  # fmt: skip


def test_that_a_blank_cell_of_a_workbook_that_nothing_has_calculated_is_no_formula(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("客户")
    for column, heading in enumerate(("客户名称", "城市", "电话")):
        sheet.write(0, column, heading)
    sheet.write(1, 0, "甲公司")
    sheet.write(1, 1, None, xlwt.easyxf("pattern: pattern solid, fore_colour yellow"))
    sheet.write(1, 2, "027-85551234")
    book.save(str(tmp_path / "x.xls"))
    assert read_table(tmp_path / "x.xls").rows[1] == ("甲公司", None, "027-85551234")


def binary_workbook(path: Path, rows: list[list[str]], *, left: int = 0) -> Path:
    """An .xlsb file of one sheet, reduced to what has to be there; ``left`` columns before the rows are blank."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + bytes([len(body)]) + body

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    bundle = record(0x9C, struct.pack("<II", 0, 1) + text("rId1") + text("S"))
    book = record(0x83) + record(0x8F) + bundle + record(0x90) + record(0x84)
    content = b""
    for number, row in enumerate(rows):
        content += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        content += b"".join(record(6, struct.pack("<II", place, 0) + text(one)) for place, one in enumerate(row, left))
    size = record(0x94, struct.pack("<IIII", 0, len(rows) - 1, left, left + len(rows[0]) - 1))
    sheet = record(0x81) + size + record(0x91) + content + record(0x92) + record(0x82)
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rId1" Type="{kinds}/worksheet" Target="worksheets/sheet1.bin"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{namespace}">{relation}</Relationships>')
    return path


def test_that_an_xlsb_file_comes_with_a_warning_of_what_is_not_read(tmp_path: Path) -> None:
    read = read_spreadsheet(binary_workbook(tmp_path / "x.xlsb", [["客户编码", "客户名称"], ["12", "甲公司"]]))
    assert read.source.rows == (("客户编码", "客户名称"), ("12", "甲公司"))
    assert [problem.code for problem in read.table.findings] == ["formats_not_read"]


def test_that_the_columns_of_an_xlsb_file_are_those_of_the_sheet_also_where_the_first_are_blank(tmp_path: Path) -> None:
    path = binary_workbook(tmp_path / "x.xlsb", [["客户编码", "客户名称"], ["12", "甲公司"]], left=2)
    assert read_spreadsheet(path).source.rows == (
        (None, None, "客户编码", "客户名称"),
        (None, None, "12", "甲公司"),
    )


def test_that_an_xlsb_file_with_comments_says_once_that_they_are_not_read(tmp_path: Path) -> None:
    path = binary_workbook(tmp_path / "x.xlsb", [["客户编码", "客户名称"], ["12", "甲公司"]])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/comments1.bin", b"")
        package.writestr("xl/comments2.bin", b"")
    assert [one.code for one in read_spreadsheet(path).table.findings] == ["formats_not_read", "beside_cells_not_read"]


def test_that_days_counted_from_1904_are_the_days_that_excel_shows(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("客户")
    for column, heading in enumerate(("客户名称", "合作日期")):
        sheet.write(0, column, heading)
    sheet.write(1, 0, "甲公司")
    sheet.write(1, 1, 44_625, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(tmp_path / "x.xls"))
    assert read_table(tmp_path / "x.xls").rows[1] == ("甲公司", date(2026, 3, 6))


def test_that_a_sheet_without_a_container_as_a_web_site_writes_it_is_read(tmp_path: Path) -> None:
    def label(row: int, column: int, text: bytes) -> bytes:
        return struct.pack("<6H", 0x204, 8 + len(text), row, column, 0, len(text)) + text

    number = struct.pack("<5Hd", 0x203, 14, 1, 1, 0, 13_800_138_000)
    cells = label(0, 0, b"Name") + label(0, 1, b"Phone") + label(1, 0, b"Acme Ltd") + number
    content = struct.pack("<6H", 0x809, 8, 0, 0x10, 0, 0) + cells + struct.pack("<2H", 0x0A, 0)
    (tmp_path / "export.xls").write_bytes(content)
    assert read_table(tmp_path / "export.xls").rows == (("Name", "Phone"), ("Acme Ltd", 13_800_138_000))


def replace_reader(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Have ``code`` run where the library for .xls files is loaded."""
    folder.mkdir()
    (folder / "xlrd.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)


def test_that_a_reader_that_cannot_be_loaded_is_not_blamed_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_workbook(tmp_path / "x.xls")
    replace_reader(monkeypatch, tmp_path / "broken", "raise ImportError('a library is missing')")
    with pytest.raises(ImportError, match="a library is missing"):
        read_table(path)


@pytest.mark.parametrize(
    ("work", "limit"),
    [("import threading; threading.Event().wait()", "SECONDS_BY_THE_CLOCK"), ("while True: pass", "SECONDS")],
)
def test_that_a_file_that_makes_the_reader_wait_or_work_for_ever_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, limit: str
) -> None:
    path = old_workbook(tmp_path / "x.xls")
    replace_reader(monkeypatch, tmp_path / "endless", work)
    monkeypatch.setattr(confined, limit, 0.5)
    with pytest.raises(UserError) as refusal:
        read_table(path)
    assert refusal.value.code == "import_file_too_large"


def test_that_a_file_that_makes_the_reader_take_too_much_memory_is_given_up_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_workbook(tmp_path / "x.xls")
    greedy = "held = b'x' * (200 << 20); import time; time.sleep(3); raise ImportError('it went on')"
    replace_reader(monkeypatch, tmp_path / "greedy", greedy)
    # Below the limit that Linux alone keeps.
    monkeypatch.setattr(confined, "MEMORY_BYTES", 100 << 20)
    with pytest.raises(UserError) as refusal:
        read_table(path)
    assert refusal.value.code == "import_file_too_large"


@pytest.mark.parametrize("visibility", [1, 2], ids=["hidden", "hidden for good"])
def test_that_a_hidden_sheet_of_an_excel_97_workbook_is_not_the_one_that_is_read(
    tmp_path: Path, visibility: int
) -> None:
    book = xlwt.Workbook()
    for name, row in (("旧", ("客户名称", "城市", "电话")), ("新", ("客户名称", "城市"))):
        sheet = book.add_sheet(name)
        for column, heading in enumerate(row):
            sheet.write(0, column, heading)
            sheet.write(1, column, name)
    book.get_sheet(0).visibility = visibility
    book.set_active_sheet(1)
    book.save(str(tmp_path / "x.xls"))
    read = read_table(tmp_path / "x.xls")
    assert (read.sheet, read.left_out) == ("新", ("旧",))


def test_that_cells_of_all_kinds_of_an_excel_97_workbook_are_read_to_the_last_row(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("客户")
    sheet.write_merge(0, 0, 0, 2, "客户名单")
    general, days = xlwt.easyxf(num_format_str="General"), xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row in range(1, 1201):
        sheet.write(row, 0, f"公司{row}")
        sheet.write(row, 1, row % 2 == 0)
        sheet.write(row, 2, 36.5, general)
        sheet.write(row, 3, 46_087, days)
    book.save(str(tmp_path / "x.xls"))
    read = read_table(tmp_path / "x.xls")
    assert read.merges == ((0, 0, 0, 2),)
    assert read.rows[1:] == tuple((f"公司{row}", row % 2 == 0, 36.5, date(2026, 3, 6)) for row in range(1, 1201))
    assert isinstance(read.rows[1][1], bool)


def test_that_a_formula_that_gave_an_empty_text_was_calculated_all_the_same(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "x.xls")
    with path.open("ab") as stream:
        stream.write(b"\xc1\x01\x08\x00\xc1\x01")  # which program calculated last
    assert read_table(path).rows[1][5] is None


@pytest.mark.parametrize("kind", [b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00", b"\x09\x00\x04\x00\x00\x00\x10\x00"])
def test_that_the_oldest_sheets_of_all_are_read(tmp_path: Path, kind: bytes) -> None:
    oldest = kind[1] == 0

    def label(row: int, column: int, text: bytes) -> bytes:
        content = struct.pack("<2H", row, column)
        content += bytes(3) + bytes([len(text)]) if oldest else struct.pack("<2H", 0, len(text))
        return struct.pack("<2H", 0x04 if oldest else 0x204, len(content) + len(text)) + content + text

    cells = label(0, 0, b"Name") + label(0, 1, b"Phone") + label(1, 0, b"Acme Ltd")
    (tmp_path / "x.xls").write_bytes(kind + cells + struct.pack("<2H", 0x0A, 0))
    assert read_table(tmp_path / "x.xls").rows == (("Name", "Phone"), ("Acme Ltd",))


def test_that_a_workbook_whose_directory_names_a_sector_twice_is_read(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "x.xls")
    content = bytearray(path.read_bytes())
    directory = 512 * (struct.unpack_from("<I", content, 48)[0] + 1)
    book = content.index("Workbook".encode("utf-16-le"), directory)
    content[directory + 116 : directory + 120] = content[book + 116 : book + 120]
    struct.pack_into("<I", content, directory + 120, 512)
    path.write_bytes(content)
    assert len(read_table(path).rows) == 3
