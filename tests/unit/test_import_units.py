"""A unit beside a heading counts for the numbers below, or is reported; none is passed over in silence."""

from __future__ import annotations

from datetime import date

import pytest

from channel_desk.domain.amounts import Amount, read_amount
from channel_desk.domain.cells import Cell
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.import_plan import ImportPlan, ImportTable
from channel_desk.domain.import_units import MoneyUnit, money_unit
from channel_desk.domain.importing import plan_import
from channel_desk.exchange.heading_words import heading_key, table_unit
from channel_desk.exchange.headings import find_table, guess_mapping
from channel_desk.exchange.source_table import SourceTable


def plan_of(*rows: tuple[Cell, ...]) -> ImportPlan:
    table = find_table(SourceTable("list.xlsx", "xlsx", ("S",), "S", rows))
    return plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 11, 22))


def record_below(heading: str, cell: Cell) -> Distributor:
    table = ImportTable(("客户名称", heading), (("甲公司", cell),))
    (row,) = plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 11, 22)).rows
    assert row.distributor is not None
    return row.distributor


def codes(plan: ImportPlan) -> list[str]:
    return [problem.code for problem in plan.problems]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万元", (10_000, "CNY")),
        ("万", (10_000, "")),
        ("万美元", (10_000, "USD")),
        ("人民币万元", (10_000, "CNY")),
        ("RMB '000", (1000, "CNY")),
        ("'000", (1000, "")),
        ("mn", (1_000_000, "")),
        ("USD", (1, "USD")),
        ("in thousands of EUR", (1000, "EUR")),
        ("US$ million", (1_000_000, "USD")),
        ("lakh", (100_000, "")),
        ("JPY", (1, "JPY")),
    ],
)
def test_that_a_unit_of_money_is_a_scale_and_a_currency(text: str, unit: tuple[int, str]) -> None:
    assert money_unit(text) == MoneyUnit(*unit)


@pytest.mark.parametrize("text", ["", "万家乐股份有限公司", "万达百货", "2025", "含税", "月", "EUR USD"])
def test_that_other_words_are_no_unit_of_money(text: str) -> None:
    assert money_unit(text) is None


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("年销售额\n万元", 10_000),
        ("年销售额 万元", 10_000),
        ("年销售额（万元，2025）", 10_000),
        ("年销售额(万元/年)", 10_000),
        ("年销售额万元", 10_000),
        ("信用额度(单位：万)", 10_000),
        ("Turnover ('000)", 1000),
        ("Turnover in thousands", 1000),
        ("Credit limit (mn)", 1_000_000),
    ],
)
def test_that_the_unit_of_a_heading_is_found_wherever_it_stands(heading: str, factor: int) -> None:
    assert heading_key(heading).factor == factor
    record = record_below(heading, 36.0)
    assert (record.annual_sales_minor or record.credit_limit_minor) == 3600 * factor


def test_that_a_line_of_units_below_the_headings_is_part_of_them() -> None:
    found = plan_of(("客户名称", "年销售额", "账期"), (None, "万元", "天"), ("甲公司", 36.0, 30.0))
    (row,) = found.rows
    assert row.distributor is not None
    assert (row.distributor.annual_sales_minor, row.distributor.terms_days) == (36_000_000, 30)
    assert codes(found) == []


def test_that_a_row_with_a_name_of_one_letter_is_no_line_of_units() -> None:
    assert [row.row for row in plan_of(("Dealer", "City"), ("M",), ("Alpha", "Leeds")).rows] == [2, 3]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", (10_000, "CNY")),
        ("2025年客户表（金额单位：万元）", (10_000, "CNY")),
        ("（万元）", (10_000, "CNY")),
        ("单位：万元、家", (10_000, "CNY")),
        ("单位：千美元 日期：2026-01-02", (1000, "USD")),
        ("Amounts in thousands", (1000, "")),
        ("Unit: RMB million", (1_000_000, "CNY")),
    ],
)
def test_that_a_line_above_the_table_sets_the_unit(line: str, unit: tuple[int, str]) -> None:
    assert table_unit(line) == MoneyUnit(*unit)


@pytest.mark.parametrize(
    "line", ["填报单位：万家乐股份有限公司", "单位：万达百货", "编制单位：万", "单位：个", "经销商名单"]
)
def test_that_a_company_above_the_table_is_no_unit(line: str) -> None:
    assert table_unit(line) is None


@pytest.mark.parametrize(("text", "own"), [("360000元", True), ("¥360,000.00", True), ("36万元", False), ("36", False)])
def test_that_a_cell_with_a_unit_of_its_own_is_read_in_it_and_said(text: str, own: bool) -> None:
    assert read_amount(text, 10_000) in {Amount(36_000_000, "CNY"), Amount(36_000_000)}
    found = plan_of(("客户名称", "年销售额(万元)"), ("甲公司", text))
    assert codes(found) == ["own_unit"] * own


@pytest.mark.parametrize(
    ("heading", "currency", "minor"),
    [("Sales (USD)", "USD", 3600), ("年销售额(万美元)", "USD", 36_000_000), ("Sales EUR", "EUR", 3600)],
)
def test_that_amounts_are_in_the_currency_of_their_heading(heading: str, currency: str, minor: int) -> None:
    record = record_below(heading, 36.0)
    assert (record.currency, record.annual_sales_minor) == (currency, minor)


def test_that_a_line_above_the_table_sets_the_currency() -> None:
    (row,) = plan_of(("单位：万美元", None), ("客户名称", "年销售额"), ("甲公司", 36.0)).rows
    assert row.distributor is not None
    assert (row.distributor.currency, row.distributor.annual_sales_minor) == ("USD", 36_000_000)


def test_that_a_line_of_units_below_headings_in_two_languages_counts_for_them() -> None:
    (row,) = plan_of(
        ("Name", "Sales", "Warehouse"),
        ("名称", "年销售额", "仓库面积"),
        (None, "（万元）", "公顷"),
        ("甲公司", 36.0, 2.0),
    ).rows
    assert row.distributor is not None
    assert (row.distributor.annual_sales_minor, row.distributor.warehouse_m2) == (36_000_000, 20_000)


def test_that_two_currencies_in_the_headings_of_a_row_are_told_apart() -> None:
    found = plan_of(("Dealer", "Sales (USD)", "Credit limit (EUR)"), ("Alpha", 360.0, 2.0))
    (row,) = found.rows
    assert row.distributor is not None
    assert (row.distributor.currency, row.distributor.credit_limit_minor) == ("USD", None)
    assert row.distributor.extra == (("Credit limit (EUR)", "2"),)
    assert codes(found) == ["other_currency"]


@pytest.mark.parametrize(
    ("heading", "cell", "days"),
    [("账期(天)", 30.0, 30), ("账期(周)", 2.0, 14), ("Payment terms (weeks)", 2.0, 14), ("账期(月)", "45天", 45)],
)
def test_that_terms_are_counted_in_days(heading: str, cell: Cell, days: int) -> None:
    assert record_below(heading, cell).terms_days == days


@pytest.mark.parametrize(
    "heading",
    ["账期(月)", "账期/月", "Payment terms (months)", "仓库面积(亩)", "Warehouse (sq ft)", "Warehouse (sq. ft.)"],
)
def test_that_a_number_in_a_unit_that_cannot_be_converted_exactly_is_kept_and_said(heading: str) -> None:
    found = plan_of(("客户名称", heading), ("甲公司", 2.0))
    (row,) = found.rows
    assert row.distributor is not None
    assert (row.distributor.terms_days, row.distributor.warehouse_m2) == (None, None)
    assert row.distributor.extra == ((heading, "2"),)
    assert codes(found) == ["other_unit"]


def test_that_areas_are_in_square_metres() -> None:
    assert record_below("仓库面积(亩)", "500㎡").warehouse_m2 == 500
    assert record_below("仓库面积(㎡)", 300.0).warehouse_m2 == 300
    assert record_below("仓库面积(公顷)", 2.0).warehouse_m2 == 20_000
    assert record_below("网点数(千家)", 2.0).outlets == 2000


def test_that_figures_that_are_kept_without_the_unit_above_the_table_are_named() -> None:
    headings = ("客户名称", "2024年销售额", "2025年销售额", "欠款(元)", "线路", "应收余额", "完成率")
    rows = (("甲公司", None, 36.0, 5.0, "东线", "1,200", "95%"), ("乙公司", 100.0, 1.0, 5.0, "西线", None, "102%"))
    found = plan_of(("单位：万元",), headings, *rows)
    assert [(one.row, one.code, one.values) for one in found.problems] == [
        (2, "unit_not_applied", {"columns": ("2024年销售额", "应收余额"), "factor": "10,000"})
    ]
    assert codes(plan_of(("单位：元",), headings, *rows)) == codes(plan_of(headings, *rows)) == []


def test_that_an_unknown_unit_is_reported_once_and_a_year_is_none() -> None:
    found = plan_of(("客户名称", "年销售额(片)", "信用额度(2025年)"), ("甲公司", 36.0, 1.0), ("乙公司", 1.0, 1.0))
    assert [(one.row, one.column, one.code) for one in found.problems] == [(1, "年销售额(片)", "unit_unknown")]
