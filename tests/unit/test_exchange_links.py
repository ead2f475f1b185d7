"""A link whose target the cell does not say is told with its place; the others say nothing new."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from channel_desk.domain.cells import cell_text
from channel_desk.exchange.links import formula_target, is_said
from channel_desk.services.imports import read_spreadsheet
from tests.unit.test_exchange_every_kind import FILES, XML, open_document, with_parts
from tests.unit.test_exchange_old_workbooks import binary_workbook

SITE = "https://example.com/a?x=1&y=2"
IN_XML = SITE.replace("&", "&amp;")
NAME, PHONE = ("客户名称", "电话"), ("甲公司", 13_800_138_000)


def new(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (NAME, PHONE):
        book.worksheets[0].append(row)
    book.worksheets[0]["A2"].hyperlink = SITE
    book.worksheets[0]["A2"].value = "甲公司"
    book.worksheets[0]["B2"].hyperlink = "tel:+8613800138000"
    book.worksheets[0]["B2"].value = 13_800_138_000
    book.save(path)


def old(path: Path) -> None:
    """As LibreOffice wrote it from the .xlsx file above."""
    shutil.copy(FILES / "link.xls", path)


def opened(path: Path) -> None:
    open_document(path, "电话", 13_800_138_000, "13800138000")
    if path.suffix == ".fods":
        path.write_text(_linked(path.read_text("utf-8")), encoding="utf-8")
    else:
        with_parts(path, lambda name, text: _linked(text) if name == "content.xml" else text)


def _linked(text: str) -> str:
    for shown, target in (("甲公司", IN_XML), ("13800138000", "tel:13800138000")):
        text = text.replace(f"<text:p>{shown}<", f'<text:p><text:a xlink:href="{target}">{shown}</text:a><')
    return text.replace(" xmlns:office", ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:office', 1)


def in_xml(path: Path) -> None:
    rows = (
        '<Row><Cell><Data ss:Type="String">客户名称</Data></Cell><Cell><Data ss:Type="String">电话</Data></Cell></Row>'
        f'<Row><Cell ss:HRef="{IN_XML}"><Data ss:Type="String">甲公司</Data></Cell>'
        '<Cell ss:HRef="tel:13800138000"><Data ss:Type="Number">13800138000</Data></Cell></Row>'
    )
    path.write_text(f'{XML}<Worksheet ss:Name="一"><Table>{rows}</Table></Worksheet></Workbook>', encoding="utf-8")


def on_a_page(path: Path) -> None:
    rows = (
        "<tr><th>客户名称</th><th>电话</th></tr>"
        f'<tr><td><a class="x" href="{IN_XML}">甲公司</a><a href="/edit/1"></a><a href="javascript:void(0)"></a></td>'
        '<td><a href="tel:13800138000">13800138000</a></td></tr>'
    )
    path.write_text(f"<html><meta charset=utf-8><table>{rows}</table></html>", encoding="utf-8")


def told(path: Path) -> list[tuple[int, str, str, dict[str, object]]]:
    findings = read_spreadsheet(path).table.findings
    return [(one.row, one.column, one.code, dict(one.values)) for one in findings]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("一.xlsx", new),
        ("一.xls", old),
        ("一.ods", opened),
        ("一.fods", opened),
        ("一.xml", in_xml),
        ("一.html", on_a_page),
    ],
)
def test_that_the_target_of_a_link_is_told_with_its_place_and_changes_no_cell(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    (row,) = read_spreadsheet(tmp_path / name).table.rows
    assert [cell_text(cell) for cell in row] == ["甲公司", "13800138000"]
    assert told(tmp_path / name) == [(2, "A", "link_left_out", {"text": SITE})]


def test_that_a_page_tells_of_its_links_and_of_an_encoding_that_was_guessed(tmp_path: Path) -> None:
    path = tmp_path / "一.html"
    on_a_page(path)
    path.write_bytes(path.read_text("utf-8").replace("<meta charset=utf-8>", "").encode("gb18030"))
    assert [code for _, _, code, _ in told(path)] == ["encoding_guessed", "link_left_out"]


def calculated(path: Path) -> None:
    """As Excel stores a formula that has been calculated; the library writes none."""
    new(path)
    made = '<c r="B2" t="str"><f>HYPERLINK("https://example.com/price","价格表")</f><v>价格表</v></c>'
    with_parts(path, lambda _, text: re.sub(r'<c r="B2".*?</c>', made, text))


def calculated_open(path: Path) -> None:
    formula = "of:=HYPERLINK(&quot;https://example.com/price&quot;;&quot;价格表&quot;)"
    open_document(path, "电话", 1, "价格表", kind=f'string" table:formula="{formula}')


def calculated_in_xml(path: Path) -> None:
    in_xml(path)
    formula = 'ss:Formula="=HYPERLINK(&quot;https://example.com/price&quot;,&quot;价格表&quot;)"'
    text = path.read_text("utf-8").replace('ss:HRef="tel:13800138000"', formula)
    path.write_text(text.replace('ss:Type="Number">13800138000', 'ss:Type="String">价格表'), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "write"), [("一.xlsx", calculated), ("一.ods", calculated_open), ("一.xml", calculated_in_xml)]
)
def test_that_the_target_in_a_formula_is_told_beside_what_the_formula_shows(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    assert read_spreadsheet(tmp_path / name).table.rows == (("甲公司", "价格表"),)
    assert (2, "B", "link_left_out", {"text": "https://example.com/price"}) in told(tmp_path / name)


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://www.example.com/", "example.com"),
        ("http://example.com", "官网：https://Example.com/"),
        ("mailto:li@example.com?subject=%E4%BD%A0%E5%A5%BD", "Li@Example.com"),
        ("tel:+86-138-0013-8000", "138 0013 8000"),
        ("tel:13800138000", 13_800_138_000.0),
        ("https://example.com/%E7%94%B2", "example.com/甲"),
        ("#Sheet2!A1", "甲公司"),
        ("", "甲公司"),
    ],
)
def test_that_nothing_is_lost_of_a_link_that_its_cell_says(target: str, shown: str | float) -> None:
    assert is_said(target, shown)


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://example.com/about", "example.com"),
        ("mailto:li@example.com", "李经理"),
        ("tel:13800138000", "8000"),
        ("tel:13800138000", "李经理"),
        ("合同/甲.pdf", "合同"),
        ("https://example.com", None),
    ],
)
def test_that_what_a_cell_does_not_say_of_its_link_is_lost_with_the_link(target: str, shown: str | None) -> None:
    assert not is_said(target, shown)


@pytest.mark.parametrize(
    ("formula", "target"),
    [
        ('HYPERLINK("https://example.com","官网")', "https://example.com"),
        ('=IF(A1="","",hyperlink( "a""b" ))', 'a"b'),
        ('HYPERLINK("https://example.com/"&A2,"官网")', ""),
        ('CONCAT("HYPERLINK")', ""),
    ],
)
def test_that_only_a_target_that_a_formula_spells_out_is_known(formula: str, target: str) -> None:
    assert formula_target(formula) == target


@pytest.mark.parametrize(("further", "sentences"), [(19, 20), (20, 1)])
def test_that_links_that_a_program_made_in_every_row_are_told_together(
    tmp_path: Path, further: int, sentences: int
) -> None:
    path = tmp_path / "一.xml"
    in_xml(path)
    cell = '<Row><Cell ss:HRef="https://example.com/b"/></Row>' * further
    path.write_text(path.read_text("utf-8").replace("</Table>", f"{cell}</Table>"), encoding="utf-8")
    found = told(path)
    assert len(found) == sentences
    if sentences == 1:
        assert found == [(2, "A", "links_left_out", {"count": "21", "text": SITE})]


@pytest.mark.parametrize("name", ["一.xlsx", "一.fods", "一.html"])
def test_that_a_hundred_thousand_links_on_an_endless_text_are_no_longer_work_than_their_size(
    tmp_path: Path, name: str
) -> None:
    path, count, text = tmp_path / name, 100_000, "甲" * 200_000
    if name == "一.xlsx":
        new(path)
        many = '<hyperlink ref="A2" r:id="rId1"/>' * count
        with_parts(path, lambda _, part: part.replace("</hyperlinks>", f"{many}</hyperlinks>").replace("甲公司", text))
    elif name == "一.fods":
        many = f'<text:a xlink:href="{IN_XML}"/>' * count
        open_document(path, "电话", 13_800_138_000, "13800138000")
        path.write_text(_linked(path.read_text("utf-8")).replace("甲公司", text + many), encoding="utf-8")
    else:
        many = f'<a href="{IN_XML}"></a>' * count
        on_a_page(path)
        path.write_text(path.read_text("utf-8").replace("甲公司", text + many), encoding="utf-8")
    assert told(path)[0][2] in {"links_left_out", "beside_cells_not_read"}


def test_that_a_formula_made_to_be_searched_for_ever_is_looked_at_in_part() -> None:
    assert formula_target('HYPERLINK(""' * 200_000) == ""


def test_that_links_whose_targets_are_damaged_are_told_in_one_remark_and_the_cells_are_read(tmp_path: Path) -> None:
    path = tmp_path / "一.xlsx"
    new(path)
    with_parts(path, lambda name, text: text[:-20] if name.endswith("sheet1.xml.rels") else text)
    assert read_spreadsheet(path).table.rows == (PHONE,)
    assert told(path) == [(0, "", "beside_cells_not_read", {})]


def test_that_a_link_into_the_workbook_leads_nowhere_that_could_be_told(tmp_path: Path) -> None:
    path = tmp_path / "一.xlsx"
    new(path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"].hyperlink = Hyperlink(ref="A2", location="Sheet!B2")
    book.save(path)
    assert told(path) == []


#: What each record of a link begins with in an .xls file, behind the rows and columns that it lies on.
MARK = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")


def test_that_an_xls_file_with_a_link_that_cannot_be_read_comes_in_and_tells_of_it(tmp_path: Path) -> None:
    data = (FILES / "link.xls").read_bytes()
    (tmp_path / "一.xls").write_bytes(data.replace(MARK, bytes(len(MARK)), 1))
    assert len(read_spreadsheet(tmp_path / "一.xls").table.rows) == 1
    assert told(tmp_path / "一.xls") == [(0, "", "beside_cells_not_read", {})]


def test_that_a_link_across_a_whole_xls_sheet_is_told_once_at_its_first_cell(tmp_path: Path) -> None:
    data = (FILES / "link.xls").read_bytes()
    place = data.index(MARK)
    everywhere = struct.pack("<4H", 0, 65_535, 0, 255)
    (tmp_path / "一.xls").write_bytes(data[: place - len(everywhere)] + everywhere + data[place:])
    assert told(tmp_path / "一.xls") == [(1, "A", "link_left_out", {"text": SITE})]


def test_that_an_xlsb_file_with_links_says_once_that_they_are_not_read(tmp_path: Path) -> None:
    path = binary_workbook(tmp_path / "一.xlsb", [["客户编码", "客户名称"], ["12", "甲公司"]])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    rels = (
        f'<Relationships><Relationship Id="r" Type="{kind}" Target="{IN_XML}" TargetMode="External"/></Relationships>'
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/worksheets/_rels/sheet1.bin.rels", rels)
    assert [code for _, _, code, _ in told(path)] == ["formats_not_read", "beside_cells_not_read"]
