"""Excel 97 files keep their formula errors and the zeros of their codes."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt

from channel_desk.domain.cells import Cell, UncalculatedFormula
from channel_desk.exchange.tables import read_table


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
