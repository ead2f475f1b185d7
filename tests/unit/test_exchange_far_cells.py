"""A single cell far right of a table or far below it, and a whole grid of cells that hold nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt

from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.import_plan import ImportPlan, Verdict
from channel_desk.domain.importing import plan_import
from channel_desk.errors import UserError
from channel_desk.exchange.headings import guess_mapping
from channel_desk.exchange.limits import MAX_PLACES
from channel_desk.exchange.tables import read_table
from channel_desk.services.imports import read_spreadsheet

ROWS = [["客户编码", "客户名称", "电话"], ["C1", "甲公司", "13800138000"], ["C2", "乙公司", "13900139000"]]
#: The last column of a sheet, counted from 0.
LAST = 16_383
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Table>{}</Table>'
    "</Worksheet></Workbook>"
)
Write = Callable[[Path, int, str], Path]


def workbook(path: Path, row: int, text: str) -> Path:
    book = openpyxl.Workbook()
    for cells in ROWS:
        book.worksheets[0].append(cells)
    book.worksheets[0].cell(row, LAST + 1).value = text
    book.save(path)
    return path


def open_document(path: Path, *rows: str) -> Path:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet><table:table table:name='一'>{''.join(rows)}</table:table>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content{names}>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def open_cell(text: str, times: int = 1) -> str:
    kind = f'table:number-columns-repeated="{times}" office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def open_row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def open_rows() -> list[str]:
    return [open_row("".join(map(open_cell, row))) for row in ROWS]


def open_document_with_far_cell(path: Path, row: int, text: str) -> Path:
    blank = f'<table:table-cell table:number-columns-repeated="{LAST - 3}"/>'
    rows = open_rows()
    rows[row - 1] = rows[row - 1].replace("</table:table-row>", f"{blank}{open_cell(text)}</table:table-row>")
    return open_document(path, *rows)


def delimited(path: Path, row: int, text: str) -> Path:
    lines = [",".join(cells) for cells in ROWS]
    lines[row - 1] += "," * (LAST - 2) + text
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def xml_spreadsheet(path: Path, row: int, text: str) -> Path:
    rows = ["".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) for cells in ROWS]
    rows[row - 1] += f'<Cell ss:Index="{LAST + 1}"><Data ss:Type="String">{text}</Data></Cell>'
    path.write_text(XML.format("".join(f"<Row>{cells}</Row>" for cells in rows)), encoding="utf-8")
    return path


def page(path: Path, row: int, text: str) -> Path:
    rows = ["".join(f"<td>{cell}</td>" for cell in cells) for cells in ROWS]
    gaps = '<td colspan="1000"></td>' * 16 + '<td colspan="380"></td>'
    rows[row - 1] += f"{gaps}<td>{text}</td>"
    lines = "".join(f"<tr>{cells}</tr>" for cells in rows)
    path.write_text(f"<html><meta charset='utf-8'><table>{lines}</table></html>", encoding="utf-8")
    return path


KINDS = pytest.mark.parametrize(
    "write", [workbook, open_document_with_far_cell, delimited, xml_spreadsheet, page], ids=lambda one: one.__name__
)


def plan_of(path: Path) -> ImportPlan:
    table = read_spreadsheet(path).table
    return plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 11, 23))


@KINDS
def test_that_a_cell_far_right_is_kept_with_its_distributor_and_told(tmp_path: Path, write: Write) -> None:
    rows = plan_of(write(tmp_path / "x", 3, "看这里")).rows
    assert [row.verdict for row in rows] == [Verdict.CREATED, Verdict.CREATED]
    assert rows[1].distributor
    assert rows[1].distributor.extra == (("XFD", "看这里"),)
    assert [(one.row, one.column, one.code) for one in rows[1].problems] == [(3, "XFD", "more_cells")]


@KINDS
def test_that_a_blank_far_right_is_nothing(tmp_path: Path, write: Write) -> None:
    plan = plan_of(write(tmp_path / "x", 3, " "))
    assert [(row.verdict, row.problems) for row in plan.rows] == [(Verdict.CREATED, ())] * 2
    assert not plan.findings


@KINDS
def test_that_a_cell_far_right_of_the_headings_is_told_and_makes_no_columns(tmp_path: Path, write: Write) -> None:
    table = read_spreadsheet(write(tmp_path / "x", 1, "看这里")).table
    assert table.headings == tuple(ROWS[0])
    assert [(one.row, one.column, one.code) for one in table.findings] == [(1, "XFD", "cell_far_right")]


def test_that_blank_columns_up_to_a_heading_far_right_are_not_shown(tmp_path: Path) -> None:
    heads = [*ROWS[0], *[""] * 300, "备注"]
    path = tmp_path / "x.csv"
    path.write_text("\n".join(map(",".join, [heads, *ROWS[1:]])), encoding="utf-8")
    mapping = guess_mapping(read_spreadsheet(path).table)
    assert [column.heading for column in mapping.columns] == [*ROWS[0], "备注"]
    assert mapping.columns[-1].index == 303


def test_that_a_cell_in_the_last_corner_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in ROWS:
        book.worksheets[0].append(cells)
    book.worksheets[0]["XFD1048576"] = "角落"
    book.save(tmp_path / "x.xlsx")
    rows = plan_of(tmp_path / "x.xlsx").rows
    assert [row.verdict for row in rows] == [Verdict.CREATED, Verdict.CREATED, Verdict.REJECTED]
    assert rows[2].row == 1_048_576
    assert [(one.column, one.code) for one in rows[2].problems] == [("客户名称", "no_name"), ("XFD", "more_cells")]


def test_that_a_cell_far_right_in_each_of_many_rows_is_no_obstacle(tmp_path: Path) -> None:
    lines = [",".join(ROWS[0]), *(f"C{n},第{n}公司,1380013{n:04}" + "," * 300 + "注" for n in range(5_000))]
    (tmp_path / "x.csv").write_text("\n".join(lines), encoding="utf-8")
    assert len(read_table(tmp_path / "x.csv").rows) == 5_001


def test_that_cells_so_far_right_that_their_rows_need_too_much_memory_are_refused(tmp_path: Path) -> None:
    line = "C1,甲公司,1" + "," * 16_000 + "注\n"
    (tmp_path / "x.csv").write_text(line * (MAX_PLACES // 16_000 + 1), encoding="utf-8")
    with pytest.raises(UserError, match="is too large"):
        read_table(tmp_path / "x.csv")


def test_that_a_whole_grid_of_blanks_in_an_open_document_is_nothing(tmp_path: Path) -> None:
    rest = open_row(open_cell(" ", LAST + 1), 1_048_573)
    assert len(read_table(open_document(tmp_path / "x.ods", *open_rows(), rest)).rows) == 3


def test_that_a_whole_grid_of_blanks_in_a_workbook_is_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in ROWS:
        book.worksheets[0].append(cells)
    for _ in range(51_000):
        book.worksheets[0].append([" "])
    book.save(tmp_path / "x.xlsx")
    assert len(read_table(tmp_path / "x.xlsx").rows) == 3


def test_that_a_whole_grid_of_formats_in_an_excel_97_workbook_is_nothing(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet, red = book.add_sheet("一"), xlwt.easyxf("pattern: pattern solid, fore_colour red")
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            sheet.write(row, column, text)
    for row in range(len(ROWS), 65_536):
        sheet.row(row).set_cell_mulblanks(0, 255, red)
    book.save(str(tmp_path / "x.xls"))
    assert len(read_table(tmp_path / "x.xls").rows) == 3


def test_that_a_whole_grid_of_delimiters_is_nothing_and_a_line_below_it_is_read(tmp_path: Path) -> None:
    lines = "\n".join(map(",".join, ROWS))
    (tmp_path / "x.csv").write_text(f"{lines}\n" + ",,,,,\n" * 1_000_000 + "备注：完\n", encoding="utf-8")
    assert len(read_table(tmp_path / "x.csv").rows) == 1_000_004
