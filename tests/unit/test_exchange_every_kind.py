"""What a workbook says of its days, its units and its sheets holds for every kind of file."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from channel_desk.domain.cells import Cell
from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.importing import plan_import
from channel_desk.domain.written_dates import counted_from_1900
from channel_desk.errors import UserError
from channel_desk.exchange import limits
from channel_desk.exchange.headings import guess_mapping
from channel_desk.exchange.limits import MAX_ROWS
from channel_desk.exchange.tables import read_table
from channel_desk.services.imports import read_spreadsheet

FILES = Path(__file__).parent.parent / "fixtures" / "spreadsheets"
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
)
OPEN = "application/vnd.oasis.opendocument.spreadsheet"
TABLE = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>客户名称</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>{heading}</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>甲公司</text:p></table:table-cell>'
    '<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'
    "</table:table-row>"
)


def open_document(path: Path, heading: str, value: float, shown: str, *, before: str = "", kind: str = "float") -> Path:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    table = f'<table:table table:name="一">{TABLE.format(heading=heading, value=value, shown=shown, kind=kind)}'
    body = f"<office:body><office:spreadsheet>{before}{table}</table:table></office:spreadsheet></office:body>"
    if path.suffix == ".fods":
        names += f' office:mimetype="{OPEN}"'
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        path.write_text(f"{head}<office:document{names}>{body}</office:document>", encoding="utf-8")
        return path
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", OPEN)
        package.writestr("content.xml", f"<office:document-content{names}>{body}</office:document-content>")
    return path


def new_with_comment(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["客户名称", "电话"], ["甲公司", 13_800_138_000]):
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].comment = Comment("月底\n再打", "张三")
    book.save(path)


def open_with_comment(path: Path) -> None:
    said = "<dc:creator>张三</dc:creator><text:p>月底</text:p><text:p>再打</text:p>"
    shown = f"13800138000</text:p><office:annotation>{said}</office:annotation><text:p>"
    open_document(path, "电话", 13_800_138_000, shown)


def old_with_comment(path: Path) -> None:
    """As LibreOffice wrote it from the .xlsx file above."""
    shutil.copy(FILES / "comment.xls", path)


def xml_with_comment(path: Path) -> None:
    said = '<Comment ss:Author="张三"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>月底\n</B>再打</ss:Data></Comment>'
    phone = f'<Cell><Data ss:Type="Number">13800138000</Data>{said}</Cell>'
    rows = (
        '<Row><Cell><Data ss:Type="String">客户名称</Data></Cell><Cell><Data ss:Type="String">电话</Data></Cell></Row>'
        f'<Row><Cell><Data ss:Type="String">甲公司</Data></Cell>{phone}</Row>'
    )
    sheet = f'<Worksheet ss:Name="一"><Table>{rows}</Table></Worksheet></Workbook>'
    path.write_text(XML + sheet, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "write"),
    [("一.xlsx", new_with_comment), ("一.ods", open_with_comment), ("一.fods", open_with_comment)],
)
def test_that_a_file_of_few_rows_may_not_take_longer_either(
    name: str, write: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    write(path)
    assert len(read_table(path).rows) == 2
    monkeypatch.setattr(limits, "SECONDS", -1.0)
    with pytest.raises(UserError) as refusal:
        read_table(path)
    assert refusal.value.code == "import_file_too_large"


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("一.xlsx", new_with_comment),
        ("一.ods", open_with_comment),
        ("一.fods", open_with_comment),
        ("一.xls", old_with_comment),
        ("一.xml", xml_with_comment),
    ],
)
def test_that_a_comment_on_a_cell_is_told_with_its_place_and_changes_no_cell(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    table = read_spreadsheet(tmp_path / name).table
    assert table.rows == (("甲公司", 13_800_138_000),)
    assert [(one.row, one.column, one.code, one.values) for one in table.findings] == [
        (2, "B", "comment_left_out", {"text": "月底\n再打"})
    ]


@pytest.mark.parametrize(
    ("name", "write", "row"),
    [
        (
            "一.fods",
            open_with_comment,
            (
                '<table:table-row><table:table-cell office:value-type="string"><text:p>乙公司</text:p>'
                "</table:table-cell></table:table-row></table:table>"
            ),
        ),
        ("一.xml", xml_with_comment, '<Row><Cell><Data ss:Type="String">乙公司</Data></Cell></Row></Table>'),
    ],
)
def test_that_the_rows_below_a_comment_are_read(
    tmp_path: Path, name: str, write: Callable[[Path], None], row: str
) -> None:
    path = tmp_path / name
    write(path)
    end = row[row.rindex("</") :]
    path.write_text(path.read_text("utf-8").replace(end, row), encoding="utf-8")
    assert [one[0] for one in read_spreadsheet(path).table.rows] == ["甲公司", "乙公司"]


def with_parts(path: Path, change: Callable[[str, str], str | None]) -> None:
    """The parts of a package, each with its text as ``change`` gives it; those that it gives None for are left out."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            changed = change(name, text)
            if changed is not None:
                package.writestr(name, changed)


DAMAGES: dict[str, Callable[[str, str], str | None]] = {
    "bad XML": lambda name, text: text[:-20] if "comments" in name else text,
    "no XML": lambda name, text: "月底再打" if "comments" in name else text,
    "a missing part": lambda name, text: None if "comments/" in name else text,
    "bad relations": lambda name, text: text[:-20] if name == "xl/worksheets/_rels/sheet1.xml.rels" else text,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_that_damaged_comments_are_told_in_one_remark_and_the_cells_are_read(
    tmp_path: Path, damage: Callable[[str, str], str | None]
) -> None:
    new_with_comment(tmp_path / "一.xlsx")
    with_parts(tmp_path / "一.xlsx", damage)
    table = read_spreadsheet(tmp_path / "一.xlsx").table
    assert table.rows == (("甲公司", 13_800_138_000),)
    # Where the damage comes behind them, comments are told all the same.
    assert [(one.row, one.code) for one in table.findings if one.code != "comment_left_out"] == [
        (0, "beside_cells_not_read")
    ]


def many_new(path: Path, text: str, count: int) -> None:
    new_with_comment(path)
    one = f'<comment ref="B2" authorId="0"><text><t xml:space="preserve">{text}</t></text></comment>'
    said = f"<commentList>{one * count}</commentList>"
    with_parts(path, lambda _, part: re.sub("<commentList>.*</commentList>", said, part, flags=re.DOTALL))


def many_open(path: Path, text: str, count: int) -> None:
    said = f"<office:annotation><text:p>{text}</text:p></office:annotation>" * count
    open_document(path, "电话", 13_800_138_000, f"13800138000</text:p>{said}<text:p>")


def many_in_xml(path: Path, text: str, count: int) -> None:
    xml_with_comment(path)
    said = f"<Comment><Data>{text}</Data></Comment>" * count
    path.write_text(re.sub("<Comment.*</Comment>", said, path.read_text("utf-8"), flags=re.DOTALL), encoding="utf-8")


MANY = pytest.mark.parametrize(
    ("name", "write"),
    [("一.xlsx", many_new), ("一.ods", many_open), ("一.xml", many_in_xml)],
    ids=("xlsx", "ods", "xml"),
)


@MANY
def test_that_more_comments_than_are_told_are_counted_and_the_rows_come_in(
    tmp_path: Path, name: str, write: Callable[[Path, str, int], None]
) -> None:
    write(tmp_path / name, "月底再打", MAX_ROWS + 3)
    table = read_spreadsheet(tmp_path / name).table
    assert table.rows == (("甲公司", 13_800_138_000),)
    more, *told = table.findings
    assert (more.code, more.values) == ("more_comments", {"told": "50,000", "count": "3"})
    assert len(told) == MAX_ROWS


@MANY
def test_that_the_beginning_of_a_long_comment_is_told_and_a_blank_one_is_not(
    tmp_path: Path, name: str, write: Callable[[Path, str, int], None]
) -> None:
    write(tmp_path / name, f"{' ' * 3_000}{'月底再打' * 5_000}", 1)
    (told,) = read_spreadsheet(tmp_path / name).table.findings
    assert told.values["text"] == "月底再打" * 50
    write(tmp_path / name, " ", 1)
    assert read_spreadsheet(tmp_path / name).table.findings == ()


def test_that_a_comment_is_found_under_the_relative_name_that_excel_gives_its_part(tmp_path: Path) -> None:
    new_with_comment(tmp_path / "一.xlsx")
    with_parts(tmp_path / "一.xlsx", lambda _, text: text.replace('"/xl/comments/', '"../comments/'))
    assert [one.code for one in read_spreadsheet(tmp_path / "一.xlsx").table.findings] == ["comment_left_out"]


def test_that_a_conversation_of_excel_365_is_told_in_its_own_words(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["客户名称", "电话"], ["甲公司", 13_800_138_000], ["乙公司", 13_800_138_001]):
        book.worksheets[0].append(row)
    note = "[线程批注]\n\n你的 Excel 版本可读取此线程批注; 如果在更新版本的 Excel 中打开文件，改动都将被删除。"
    book.worksheets[0]["A2"].comment = Comment("老客户", "李四")
    book.worksheets[0]["A3"].comment = Comment("新客户", "王五")
    book.worksheets[0]["B2"].comment = Comment(note, "tc={5F6C}")
    book.save(tmp_path / "一.xlsx")
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    target = f'<Relationship Id="t" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/>'
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    with_parts(
        tmp_path / "一.xlsx",
        lambda name, text: text.replace("</Relationships>", f"{target}</Relationships>") if name == rels else text,
    )
    said = "".join(
        f'<threadedComment ref="B2" dT="2026-03-01T08:00:00.00" personId="{{1}}" id="{{{number}}}"><text>{text}</text>'
        "</threadedComment>"
        for number, text in enumerate(("月底再打", "打过了"))
    )
    place = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    with zipfile.ZipFile(tmp_path / "一.xlsx", "a") as package:
        package.writestr(
            "xl/threadedComments/threadedComment1.xml", f'<ThreadedComments xmlns="{place}">{said}</ThreadedComments>'
        )
    findings = read_spreadsheet(tmp_path / "一.xlsx").table.findings
    assert sorted((one.row, one.column, one.values["text"]) for one in findings) == [
        (2, "A", "老客户"),
        (2, "B", "打过了"),
        (2, "B", "月底再打"),
        (3, "A", "新客户"),
    ]


def test_that_a_workbook_without_the_part_of_a_sheet_is_damaged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("湖北")):
        for row in (["客户名称", "电话"], ["甲公司", 13_800_138_000]):
            sheet.append(row)
    book.save(tmp_path / "一.xlsx")
    with_parts(tmp_path / "一.xlsx", lambda name, text: None if name == "xl/worksheets/sheet2.xml" else text)
    with pytest.raises(UserError, match="is damaged"):
        read_table(tmp_path / "一.xlsx")


def new_of_1904(path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["客户名称", "合作日期"], ["甲公司", 44_625]):
        book.worksheets[0].append(row)
    book.save(path)


def old_of_1904(path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("一")
    for number, row in enumerate((["客户名称", "合作日期"], ["甲公司", 44_625])):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(path))


def open_of_1904(path: Path) -> None:
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    open_document(path, "合作日期", 44_625, "44625", before=settings)


def xml_of_1904(path: Path) -> None:
    rows = "".join(
        f'<Row><Cell><Data ss:Type="String">{name}</Data></Cell><Cell><Data ss:Type="{kind}">{day}</Data></Cell></Row>'
        for name, kind, day in (("客户名称", "String", "合作日期"), ("甲公司", "Number", "44625"))
    )
    start = "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>"
    path.write_text(f'{XML}{start}<Worksheet ss:Name="一"><Table>{rows}</Table></Worksheet></Workbook>', "utf-8")


@pytest.mark.parametrize("write", [new_of_1904, old_of_1904, open_of_1904, xml_of_1904])
def test_that_a_bare_number_is_the_day_that_its_workbook_counts(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "x")
    table = read_spreadsheet(tmp_path / "x").table
    (row,) = plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 11, 22)).rows
    assert row.distributor is not None
    assert row.distributor.since_on == date(2026, 3, 6)


def test_that_an_open_document_says_from_when_it_counts(tmp_path: Path) -> None:
    for first, is_1904 in (("1899-12-30", False), ("1904-01-01", True)):
        settings = f'<table:null-date table:date-value="{first}"/>'
        assert read_table(open_document(tmp_path / "x.ods", "账期", 30, "30", before=settings)).from_1904 is is_1904


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 2019, 79_500])
def test_that_a_number_that_is_no_day_stays_as_it_is_where_days_count_from_1904(number: float) -> None:
    assert str(counted_from_1900(number)) == str(number)


def test_that_sheets_of_marked_up_text_without_names_are_told_by_their_numbers(tmp_path: Path) -> None:
    path = xml_sheets(tmp_path / "x.xls")
    path.write_text(re.sub(' ss:Name="[^"]*"', "", path.read_text("utf-8")), "utf-8")
    source = read_table(path)
    assert (source.sheet, source.sheet_names, source.left_out) == ("2", ("1", "2", "3"), ("1", "3"))


@pytest.mark.parametrize(
    ("value", "shown", "expected"),
    [
        (36, "36.0万", "36万"),
        (36.04, "36.0万", "36.04万"),
        (-36, "-36.0万", "-36万"),
        (-36, "(36.0万)", "-36万"),
        (1234, "1.234 万元", "1234 万元"),  # points between thousands, as in German
        (360_000, "36.0万", 360_000),  # divided for showing only
        (1234.5, "1.234,50 €", "1234.5 €"),
        (1200, "¥1,200.00", 1200),
        (30, "30天", 30),
    ],
)
def test_that_a_number_of_an_open_document_keeps_the_unit_it_is_shown_with(
    tmp_path: Path, value: float, shown: str, expected: Cell
) -> None:
    assert read_table(open_document(tmp_path / "x.ods", "信用额度", value, shown)).rows[1] == ("甲公司", expected)


def test_that_a_share_of_an_open_document_stays_a_share(tmp_path: Path) -> None:
    for value, shown, expected in ((0.05, "5%", "5%"), (1, "约100%", "100%"), (0.125, "13%", "12.5%")):
        path = open_document(tmp_path / "x.ods", "返点", value, shown, kind="percentage")
        assert read_table(path).rows[1] == ("甲公司", expected)


def xml_sheets(path: Path) -> Path:
    sheets = ""
    for name, shown in (("旧", "SheetHidden"), ("华东", "SheetVisible"), ("华南", "SheetVisible")):
        cells = "".join(f"<Cell><Data>{one}</Data></Cell>" for one in ("客户名称", "城市"))
        rows = f"<Row>{cells}</Row><Row><Cell><Data>{name}一</Data></Cell></Row>"
        options = f"<x:WorksheetOptions><x:Visible>{shown}</x:Visible></x:WorksheetOptions>"
        sheets += f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options}</Worksheet>'
    path.write_text(f"{XML}{sheets}</Workbook>", "utf-8")
    return path


def page(path: Path) -> Path:
    table = "<table><tr><td>客户名称<td>城市<tr><td>{0}<td>长沙</table>"
    path.write_text(f"<html><meta charset=utf-8>{table.format('甲公司')}<p>{table.format('乙公司')}</html>", "utf-8")
    return path


@pytest.mark.parametrize(
    ("write", "first", "others", "wanted", "name"),
    [(xml_sheets, "华东", ("旧", "华南"), " 华南", "华南一"), (page, "1", ("2",), "2", "乙公司")],
)
def test_that_sheets_of_marked_up_text_are_told_and_can_be_named(
    tmp_path: Path, write: Callable[[Path], Path], first: str, others: tuple[str, ...], wanted: str, name: str
) -> None:
    path = write(tmp_path / "x.xls")
    source = read_table(path)
    assert (source.sheet, source.left_out) == (first, others)
    assert read_table(path, sheet=wanted).rows[1][0] == name
    with pytest.raises(UserError) as refusal:
        read_table(path, sheet="华北")
    assert refusal.value.code == "import_sheet_unknown"


def test_that_an_open_document_of_one_part_is_read_like_a_package(tmp_path: Path) -> None:
    flat, packed = (open_document(tmp_path / name, "额度", 12.5, "12.5") for name in ("x.fods", "x.ods"))
    assert read_table(flat).rows == read_table(packed).rows
    (tmp_path / "x.xml").write_bytes(flat.read_bytes().replace(b"opendocument.spreadsheet", b"opendocument.text"))
    with pytest.raises(UserError) as refusal:
        read_table(tmp_path / "x.xml")
    assert refusal.value.code == "import_not_a_table"
