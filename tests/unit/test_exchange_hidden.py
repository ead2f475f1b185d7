"""What a spreadsheet program does not show is read like the rest, and told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from channel_desk.services.imports import read_spreadsheet

HEADINGS = ("客户名称", "城市", "电话")
ROWS = (HEADINGS, *((f"公司{number}", "长沙", f"1380000000{number}") for number in range(2, 10)))
HIDDEN_ROWS = (3, 5, 6, 7)


def new_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    for number in HIDDEN_ROWS:
        sheet.row_dimensions[number].hidden = True
    for column in "CE":
        sheet.column_dimensions[column].hidden = True
    sheet.row_dimensions[12].hidden = True
    book.save(path)


def old_workbook(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for number, row in enumerate(ROWS, 1):
        for column, text in enumerate(row):
            sheet.write(number - 1, column, text)
        sheet.row(number - 1).hidden = number in HIDDEN_ROWS
    sheet.col(2).hidden = True
    sheet.row(11).hidden = True
    book.save(str(path))


def open_document(path: Path) -> None:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    rows = ""
    for number, row in enumerate(ROWS, 1):
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        shown = "collapse" if number == 3 else "filter" if number in HIDDEN_ROWS else "visible"
        rows += f'<table:table-row table:visibility="{shown}">{cells}</table:table-row>'
    rows += '<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>'
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><office:document office:mimetype='
        f'"application/vnd.oasis.opendocument.spreadsheet"{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="一">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document>",
        encoding="utf-8",
    )


def xml_of_2003(path: Path) -> None:
    rows = ""
    for number, row in enumerate(ROWS, 1):
        cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row)
        rows += f'<Row ss:Hidden="{int(number in HIDDEN_ROWS)}">{cells}</Row>'
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Table>'
        f'<Column ss:Span="1"/><Column ss:Hidden="1" ss:Span="1"/>{rows}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("name", "write"),
    [("一.xlsx", new_workbook), ("一.xls", old_workbook), ("一.fods", open_document), ("一.xml", xml_of_2003)],
)
def test_that_hidden_rows_and_columns_are_read_and_told_where_they_hold_anything(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    table = read_spreadsheet(tmp_path / name).table
    assert table.rows == ROWS[1:]
    assert [(one.row, one.code, one.values) for one in table.findings] == [
        (0, "hidden_rows", {"count": 4, "rows": "3, 5–7"}),
        (0, "hidden_columns", {"columns": ("电话",)}),
    ]


def test_that_a_sheet_that_shows_everything_has_no_remark_about_what_is_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(tmp_path / "一.xlsx")
    assert read_spreadsheet(tmp_path / "一.xlsx").table.findings == ()


def test_that_a_hidden_sheet_is_told_as_one_whether_it_is_read_or_left(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("停止合作")):
        for row in ROWS:
            sheet.append(row)
    book.worksheets[1].sheet_state = "hidden"
    book.save(tmp_path / "一.xlsx")
    for sheet_name, told in ((None, ("hidden_sheet_left_out", "停止合作")), ("停止合作", ("sheet_hidden", "停止合作"))):
        findings = read_spreadsheet(tmp_path / "一.xlsx", sheet=sheet_name).table.findings
        assert told in [(one.code, one.values["sheet"]) for one in findings]


def test_that_rows_of_a_page_that_a_browser_does_not_show_are_told_too(tmp_path: Path) -> None:
    rows = "<tr><td>甲<td>长沙</tr><tr style='height:0; display: none'><td>乙<td>长沙</tr><tr><td>丙<td>长沙</tr>"
    page = f"<html><meta charset=utf-8><table><tr><th>客户名称<th>城市</tr>{rows}</table></html>"
    (tmp_path / "一.xls").write_text(page, encoding="utf-8")
    table = read_spreadsheet(tmp_path / "一.xls").table
    assert [row[0] for row in table.rows] == ["甲", "乙", "丙"]
    assert [(one.code, one.values) for one in table.findings] == [("hidden_rows", {"count": 1, "rows": "3"})]
