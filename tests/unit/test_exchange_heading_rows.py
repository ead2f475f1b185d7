"""The row of the headings as a person says it, where it is not found or found wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from channel_desk.domain.cells import Cell
from channel_desk.domain.import_plan import ImportTable
from channel_desk.errors import UserError
from channel_desk.exchange.headings import find_table
from channel_desk.exchange.source_table import SourceTable
from channel_desk.services.imports import read_spreadsheet

HEADINGS: tuple[Cell, ...] = ("编码", "客户名称", "电话")
DATA: tuple[tuple[Cell, ...], ...] = (("A1", "甲公司", "13800138000"), ("A2", "乙公司", "13900139000"))


def source(*rows: tuple[Cell, ...]) -> SourceTable:
    return SourceTable("list.xlsx", "xlsx", ("S",), "S", rows)


def test_that_words_that_nobody_knows_are_headings_where_a_person_says_so() -> None:
    rows = source((1.0, 2.0, 3.0), ("Foo", "Bar", "Baz"), *DATA)
    table = find_table(rows, heading_row=2)
    assert (table.headings, table.heading_row, table.first_row) == (("Foo", "Bar", "Baz"), 2, 3)
    assert table.rows == DATA
    assert [(one.row, one.code) for one in table.findings] == [(1, "row_above")]


def test_that_the_row_below_the_chosen_one_is_data_also_where_its_words_are_like_headings() -> None:
    rows = source(("名称", "种类", "区域"), ("电话", "经销商", "大区"), ("乙公司", "零售", "华南"))
    assert find_table(rows).rows == rows.rows[2:]
    assert find_table(rows, heading_row=1).rows == rows.rows[1:]


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ((("基本信息", "客户", None, "电话"), ("编码", "客户名称", "联系人", "手机")), (2,)),
        ((("编码", "客户名称", "年销售额"), (None, None, "(万元)")), (1, 2)),
        ((("编码", "客户名称", "电话"), ("Code", "Name", "Phone")), (2,)),
    ],
)
def test_that_groups_and_units_belong_to_the_chosen_row_as_to_one_that_was_found(
    rows: tuple[tuple[Cell, ...], ...], chosen: tuple[int, ...]
) -> None:
    sheet = source(*rows, *DATA)
    assert len(find_table(sheet).rows) == 2
    for row in chosen:
        assert find_table(sheet, heading_row=row) == find_table(sheet)


def test_that_headings_in_the_first_row_have_no_groups_above_them_however_the_list_ends() -> None:
    table = find_table(source(HEADINGS, *DATA, ("客户", "电话", None)))
    assert (table.headings, table.first_row) == (HEADINGS, 2)
    assert table.rows[:2] == DATA


@pytest.mark.parametrize(
    ("row", "code"), [(1, "import_heading_row_blank"), (9, "import_heading_row_blank"), (4, "import_no_rows")]
)
def test_that_a_row_that_cannot_hold_headings_is_refused(row: int, code: str) -> None:
    with pytest.raises(UserError) as caught:
        find_table(source((None, " "), HEADINGS, *DATA), heading_row=row)
    assert caught.value.code == code


def table_of(path: Path, *lines: str) -> ImportTable:
    above = ("客户编码,客户名称,电话", "C1,甲公司,13800138000", "C2,乙公司,13900139000")
    path.write_text("\n".join((*above, *lines)), "utf-8")
    return read_spreadsheet(path).table


def test_that_what_may_head_another_table_of_unknown_words_is_told_and_lost_is_nothing(tmp_path: Path) -> None:
    table = table_of(tmp_path / "x.csv", "", "门店,库存,日均销量", "A店,12,3")
    assert [(one.row, one.code) for one in table.findings] == [(5, "likely_headings")]
    assert table.rows[-2:] == (("门店", "库存", "日均销量"), ("A店", "12", "3"))


def test_that_a_titled_table_of_unknown_words_is_told_by_a_heading_in_another_column(tmp_path: Path) -> None:
    table = table_of(tmp_path / "x.csv", "", "车辆登记表", "车牌号,电话,司机", "湘A12345,13700000000,老王")
    assert [(one.row, one.code, one.values["count"]) for one in table.findings] == [(5, "another_table", 3)]
    assert [row[1] for row in table.rows if any(row)] == ["甲公司", "乙公司"]


def test_that_the_same_headings_below_a_blank_row_are_told_once(tmp_path: Path) -> None:
    table = table_of(tmp_path / "x.csv", "", "客户编码,客户名称,电话", "C3,丙公司,13700137000")
    assert not table.findings
    assert len(table.rows) == 5


@pytest.mark.parametrize(
    "lines",
    [
        ("", "C3,丙公司,13700137000"),
        ("", "湖南区", "新户,丙公司,没有"),
        ("", "湖南区", "客户编码,客户名称,电话"),
        ("", "C3,丙公司,没有"),
        ("", "新户,丙公司"),
        ("门店,库存,日均销量",),
    ],
    ids=["data", "below a title", "headings below a title", "one text", "short", "no blank row"],
)
def test_that_rows_of_data_below_a_blank_row_are_not_told(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert not table_of(tmp_path / "x.csv", *lines).findings
