"""Which sheet of a workbook is read, and that no other one is forgotten."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from channel_desk.errors import UserError
from channel_desk.exchange.tables import read_table

HEADINGS = ["客户编码", "客户名称", "电话"]
Sheets = dict[str, list[list[str]]]


def new_workbook(path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def old_workbook(path: Path, sheets: Sheets) -> Path:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write(number, column, text)
    book.save(str(path))
    return path


def open_document(path: Path, sheets: Sheets, *, hidden: str = "", repeats: int = 1) -> Path:
    """``repeats`` is how often each row below the headings stands there."""
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text", "style")
    )
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    tables = ""
    for name, rows in sheets.items():
        lines = ""
        for number, row in enumerate(rows):
            cells = "".join(
                f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                for text in row
            )
            times = repeats if number else 1
            lines += f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'
        shown = "ta2" if name == hidden else "ta1"
        tables += f'<table:table table:name="{name}" table:style-name="{shown}">{lines}</table:table>'
    content = (
        f"<office:document-content{names}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return path


KINDS = pytest.mark.parametrize("write", [new_workbook, old_workbook, open_document])


@KINDS
def test_that_every_sheet_of_a_long_workbook_is_told_and_can_be_named(
    tmp_path: Path, write: Callable[[Path, Sheets], Path]
) -> None:
    sheets = {f"表{n}": [HEADINGS, [f"{n}", f"公司{n}", "1"]] for n in range(45)}
    path = write(tmp_path / "x", sheets)
    source = read_table(path)
    assert {source.sheet, *source.left_out} == set(sheets)
    assert read_table(path, sheet="表44").rows[1] == ("44", "公司44", "1")


@KINDS
def test_that_a_sheet_of_one_line_is_told_too_and_a_blank_one_is_not(
    tmp_path: Path, write: Callable[[Path, Sheets], Path]
) -> None:
    sheets: Sheets = {"名单": [HEADINGS, ["1", "甲公司", "1"]], "说明": [["华南停货"]], "空": []}
    assert read_table(write(tmp_path / "x", sheets)).left_out == ("说明",)


@KINDS
def test_that_the_list_is_found_behind_forty_other_sheets(
    tmp_path: Path, write: Callable[[Path, Sheets], Path]
) -> None:
    sheets: Sheets = {f"图{n}": [["x"]] for n in range(44)}
    sheets["名单"] = [HEADINGS, ["1", "甲公司", "1"]]
    assert read_table(write(tmp_path / "x", sheets)).sheet == "名单"


@pytest.mark.parametrize("write", [new_workbook, open_document])
def test_that_a_sheet_that_is_too_wide_does_no_harm_to_another(
    tmp_path: Path, write: Callable[[Path, Sheets], Path]
) -> None:
    wide = [[f"列{n}" for n in range(500)], [str(n) for n in range(500)]]
    path = write(tmp_path / "x", {"名单": [HEADINGS, ["1", "甲公司", "1"]], "宽": wide})
    for sheet in (None, "名单"):
        source = read_table(path, sheet=sheet)
        assert (source.sheet, source.left_out) == ("名单", ("宽",))
    with pytest.raises(UserError) as refusal:
        read_table(path, sheet="宽")
    assert refusal.value.code == "import_file_too_large"


def test_that_the_rows_of_an_open_document_are_counted_by_sheet(tmp_path: Path) -> None:
    rows = [HEADINGS, ["1", "甲公司", "1"]]
    path = open_document(tmp_path / "x.ods", {"一": rows, "二": [*rows, ["2"]]}, repeats=20_000)
    assert len(read_table(path, sheet="一").rows) == 20_001
    assert len(read_table(path, sheet="二").rows) == 40_001


def test_that_a_hidden_sheet_of_an_open_document_gives_way_to_a_visible_one(tmp_path: Path) -> None:
    rows = [HEADINGS, *([str(n), f"公司{n}", "1"] for n in range(9))]
    path = open_document(tmp_path / "x.ods", {"旧": rows, "新": rows[:3]}, hidden="旧")
    source = read_table(path)
    assert (source.sheet, source.left_out) == ("新", ("旧",))


def test_that_a_hidden_sheet_is_read_where_the_visible_one_is_a_cover_and_the_cover_is_told(tmp_path: Path) -> None:
    cover = [["客户资料"], ["2026年"]]
    path = open_document(tmp_path / "x.ods", {"封面": cover, "数据": [HEADINGS, ["1", "甲公司", "1"]]}, hidden="数据")
    source = read_table(path)
    assert (source.sheet, source.left_out) == ("数据", ("封面",))


@KINDS
def test_that_the_other_sheets_of_the_same_kind_are_known_and_no_others(
    tmp_path: Path, write: Callable[[Path, Sheets], Path]
) -> None:
    of_another_year = [[*HEADINGS, "备注"], ["3", "丙公司", "3", "新"]]
    prices = [["产品编码", "产品名称", "单价"], ["1", "酱油", "12"]]
    sheets: Sheets = {
        "封面": [["经销商名册"], ["渠道部"]],
        "2025": [HEADINGS, ["1", "甲公司", "1"], ["2", "乙公司", "2"]],
        "2026": of_another_year,
        "价格": prices,
        "空表": [HEADINGS],
    }
    source = read_table(write(tmp_path / "x", sheets), sheet="2025")
    assert (source.left_out, source.alike) == (("封面", "2026", "价格", "空表"), ("2026",))
    rest = source.beside({"2026"})
    assert (rest.left_out, rest.alike) == (("封面", "价格", "空表"), ())


@KINDS
@pytest.mark.parametrize("said", ["Master List", "master list", " MASTER LIST "])
def test_that_a_sheet_is_found_by_its_name_however_it_is_written(
    tmp_path: Path, write: Callable[[Path, Sheets], Path], said: str
) -> None:
    sheets: Sheets = {"名单": [HEADINGS, ["1", "甲公司", "1"]], "Master List": [HEADINGS, ["2", "乙公司", "2"]]}
    source = read_table(write(tmp_path / "x", sheets), sheet=said)
    assert (source.sheet, source.rows[1][1]) == ("Master List", "乙公司")
