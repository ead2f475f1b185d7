"""The heading row is found wherever it is, and its words are understood in both languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from channel_desk.domain.cells import Cell
from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.import_fields import EXTRA, NOTHING, ROW_NUMBER, target_of
from channel_desk.domain.import_plan import ImportTable
from channel_desk.domain.importing import plan_import
from channel_desk.errors import UserError
from channel_desk.exchange.heading_words import FIELD_WORDS, field_of, heading_key
from channel_desk.exchange.headings import (
    choose,
    find_table,
    fingerprint,
    guess_mapping,
    mapping_from_dict,
    mapping_to_dict,
)
from channel_desk.exchange.merged_cells import Merge
from channel_desk.exchange.source_table import SourceTable

DATA: tuple[tuple[Cell, ...], ...] = (("A1", "甲公司", "13800138000"), ("A2", "乙公司", "13900139000"))


def source(*rows: tuple[Cell, ...], merges: Sequence[tuple[int, int, int, int]] = ()) -> SourceTable:
    """``merges``: top, left, bottom, right of merged cells."""
    return SourceTable("list.xlsx", "xlsx", ("S",), "S", rows, tuple(Merge(*places) for places in merges))


def fields(*headings: str, rows: tuple[tuple[Cell, ...], ...] = ()) -> list[str]:
    return [column.field for column in guess_mapping(ImportTable(headings, rows)).columns]


@pytest.mark.parametrize(
    "above",
    [
        (),
        (("经销商名单",),),
        (("经销商名单",), ("制表：张三", "日期：2026-01-02"), ()),
        ((), (), ("2026年",), (None, None, "内部资料"), ()),
    ],
)
def test_that_the_headings_are_found_below_titles_and_blank_rows(above: tuple[tuple[Cell, ...], ...]) -> None:
    table = find_table(source(*above, ("编码", "客户名称", "电话"), *DATA))
    assert table.headings == ("编码", "客户名称", "电话")
    assert table.heading_row == len(above) + 1
    assert table.first_row == len(above) + 2
    assert table.rows == DATA


def test_that_headings_of_two_rows_are_not_lost_to_their_one_line_on_the_next_page() -> None:
    table = find_table(
        source(
            ("序号", "经销商", "联系信息", None, "合作", "备注"),
            (None, None, "联系人", "电话", "开始时间", None),
            (1, "甲公司", "张三", "13800138000", "2019-03-01", "老客户"),
            ("序号", "经销商", "联系人", "电话", "开始时间", "备注"),
            (2, "乙公司", "李四", "13900139000", "2020-03-01", None),
            merges=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)),
        )
    )
    assert (table.heading_row, len(table.rows)) == (2, 3)
    plan = plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 1, 2))
    assert [row.distributor.name for row in plan.rows if row.distributor] == ["甲公司", "乙公司"]
    assert [(problem.row, problem.code) for problem in plan.findings] == [(4, "heading_again")]


@pytest.mark.parametrize(
    "rows",
    [
        (("经销商名称", "南昌洪都"), ("联系人", "胡波"), ("电话", "0791-8888888"), ("城市", "南昌")),
        (
            ("经销商档案",),
            ("经销商名称", "南昌洪都", "编码", "JX1"),
            ("联系人", "胡波", "电话", "0791-8888888"),
            ("省份", "江西", "城市", "南昌"),
        ),
        (
            ("Company", "Lucky Star", "Blue Sky"),
            ("City", "Changsha", "Wuhan"),
            ("Phone", 1, 2),
            ("Contact", "Li", "Wu"),
        ),
    ],
)
def test_that_headings_beside_their_values_are_told_and_not_taken_for_distributors(
    rows: tuple[tuple[Cell, ...], ...],
) -> None:
    with pytest.raises(UserError) as caught:
        find_table(source(*rows))
    assert caught.value.code == "import_form"


def test_that_a_list_whose_values_are_named_like_headings_is_a_list() -> None:
    rows = (("名称", "种类"), ("甲公司", "经销商"), ("乙公司", "联系人"), ("丙公司", "电话"), ("丁公司", "零售"))
    assert find_table(source(*rows)).headings == ("名称", "种类")


def test_that_grouped_headings_over_two_rows_are_joined() -> None:
    table = find_table(
        source(
            ("编码", "客户名称", "联系人", None),
            (None, None, "姓名", "电话"),
            ("A1", "甲公司", "张三", "13800138000"),
            merges=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)),
        )
    )
    assert table.headings == ("编码", "客户名称", "联系人 姓名", "联系人 电话")
    assert [column.field for column in guess_mapping(table).columns] == [
        "code",
        "name",
        "contact.name",
        "contact.phone",
    ]
    assert table.first_row == 3


def test_that_what_stands_under_ways_to_reach_somebody_keeps_its_own_meaning() -> None:
    headings = ("客户名称", "联系方式 电话", "联系方式 地址", "联系方式 邮编", "Acct #")
    mapping = guess_mapping(ImportTable(headings, (("甲公司", "13800138000", "中山路1号", "430000", "A1"),)))
    assert [column.field for column in mapping.columns] == ["name", "phone", "address", "postal_code", "code"]


def test_that_headings_in_two_languages_are_one() -> None:
    table = find_table(source(("编码", "客户名称", "电话"), ("Code", "Name", "Phone"), *DATA))
    assert table.headings == ("编码 Code", "客户名称 Name", "电话 Phone")
    assert table.rows == DATA
    assert [column.field for column in guess_mapping(table).columns] == ["code", "name", "phone"]


def test_that_a_table_beside_another_is_told_and_its_rows_are_not_taken_for_details() -> None:
    headings = ("客户名称", "电话", None, "客户名称", "电话")
    table = find_table(source(headings, ("甲公司", "1380013", None, "丙公司", "1390013"), ("乙公司", "1370013")))
    assert table.headings == ("客户名称", "电话")
    assert table.rows == (("甲公司", "1380013"), ("乙公司", "1370013"))
    assert [(one.row, one.column, one.code, one.values["count"]) for one in table.findings] == [
        (1, "D", "table_beside", 1)
    ]


def test_that_a_heading_said_again_is_no_second_table() -> None:
    table = find_table(source(("客户名称", "电话", "", "电话"), ("甲公司", "1380013", "x", "1390013")))
    assert table.headings == ("客户名称", "电话", "C", "电话")
    twice = ("客户名称", "电话", "", "客户名称", "电话")
    assert len(find_table(source(twice, ("甲公司", "1380013", "老客户", "丙公司", "1390013"))).headings) == 5


def test_that_a_cell_merged_downwards_counts_for_all_its_rows() -> None:
    rows = (("省", "客户名称"), ("湖南", "甲公司"), (None, "乙公司"), ("湖北", "丙公司"))
    table = find_table(source(*rows, merges=((1, 0, 2, 0),)))
    assert [row[0] for row in table.rows] == ["湖南", "湖南", "湖北"]


@pytest.mark.parametrize(
    ("merge", "rows", "regions"),
    [
        ((1, 0, 3, 0), [("湖北", "甲公司"), (None, None), (None, "乙公司")], ["湖北", None, "湖北"]),
        ((1, 0, 2, 0), [("湖北", "甲公司"), ("湖南", "乙公司")], ["湖北", "湖南"]),
        ((1, 0, 2, 1), [("湖北", "甲公司"), (None, "乙公司")], ["湖北", None]),
        ((1, 0, 2_001, 0), [("湖北", "甲公司"), (None, "乙公司")], ["湖北", None]),
    ],
    ids=["a blank row stays blank", "what a covered cell holds stays", "not from a block", "not from a decoration"],
)
def test_that_a_cell_merged_downwards_fills_only_what_is_blank_in_rows_of_its_column(
    merge: tuple[int, int, int, int], rows: list[tuple[Cell, ...]], regions: list[str | None]
) -> None:
    table = find_table(source(("省份", "客户名称"), *rows, merges=(merge,)))
    assert [row[0] if row else None for row in table.rows] == regions


def test_that_a_line_merged_across_the_table_is_reported_and_no_row() -> None:
    rows = (("编码", "客户名称", "电话"), ("湖南的客户",), *DATA, ("A3", None, None))
    table = find_table(source(*rows, merges=((1, 0, 1, 2), (4, 0, 4, 1))))
    assert table.rows == ((), *DATA, ("A3", None, None))
    assert [(one.row, one.code, dict(one.values)) for one in table.findings] == [
        (2, "line_across", {"text": "湖南的客户"})
    ]


def test_that_a_name_merged_over_a_few_columns_of_many_is_a_row() -> None:
    headings = ("编码", "客户名称", None, None, "电话", "地址", "城市")
    table = find_table(source(headings, (None, "甲公司"), merges=((0, 1, 0, 3), (1, 1, 1, 3))))
    assert (table.rows, table.findings) == (((None, "甲公司"),), ())


def test_that_a_column_without_heading_gets_its_letter() -> None:
    assert find_table(source(("编码", None, "客户名称"), ("A1", "x", "甲公司"))).headings == ("编码", "B", "客户名称")


def test_that_a_table_above_the_headings_is_reported_row_by_row() -> None:
    upper: tuple[tuple[Cell, ...], ...] = (("客户", "城市"), ("丙公司", "长沙"), ("丁公司",), ())
    table = find_table(source(("经销商名单",), *upper, ("编码", "客户名称", "电话"), *DATA))
    assert table.rows == DATA
    assert [(one.row, one.code) for one in table.findings] == [(2, "row_above"), (3, "row_above"), (4, "row_above")]
    assert table.findings[1].values == {"heading": 6, "text": "丙公司 长沙"}


def test_that_data_directly_above_the_headings_is_reported_and_a_letterhead_is_not() -> None:
    table = find_table(source(("制表：张三", "2026-01-02"), ("丙公司", 12.0), ("编码", "客户名称", "电话"), *DATA))
    assert [(one.row, one.code) for one in table.findings] == [(2, "row_above")]


def test_that_a_second_table_with_the_same_headings_in_another_order_is_not_mixed_in() -> None:
    headings = ("编码", "客户名称", "电话")
    table = find_table(source(headings, *DATA, (), ("电话", "编码", "客户名称"), ("13800138000", "C9", "丙公司")))
    assert [row for row in table.rows if row] == list(DATA)
    assert [(one.code, one.values["count"]) for one in table.findings] == [("another_table", 2)]


def test_that_a_second_table_with_other_headings_is_reported_and_not_mixed_in() -> None:
    second: tuple[tuple[Cell, ...], ...] = (("意向客户",), ("城市", "公司名称", "联系人"), ("武汉", "丙公司", "李四"))
    table = find_table(source(("编码", "客户名称", "电话", "地址"), *DATA, (), *second))
    assert [row for row in table.rows if row] == list(DATA)
    assert [(one.row, one.code, one.values["count"]) for one in table.findings] == [(5, "another_table", 3)]


def test_that_the_same_headings_again_begin_no_other_table() -> None:
    rows = (("编码", "客户名称", "电话"), *DATA, ("编码", "客户名称", "电话"), *DATA)
    table = find_table(source(*rows))
    assert (table.rows, table.findings) == (rows[1:], ())


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((("客户名称", "电话"),), "import_no_rows"),
        ((("一句话",),), "import_no_table"),
        (((1.0, 2.0), (3.0, 4.0)), "import_no_table"),
    ],
)
def test_that_a_sheet_without_a_table_is_refused(rows: tuple[tuple[Cell, ...], ...], code: str) -> None:
    with pytest.raises(UserError) as refusal:
        find_table(source(*rows))
    assert refusal.value.code == code


def test_that_every_word_of_the_vocabulary_names_its_field() -> None:
    for word, key in FIELD_WORDS.items():
        assert field_of(word) is not None, word
        assert key == ROW_NUMBER or target_of(key) is not None
    assert field_of("经销商名称 *") == "name"
    assert field_of("Customer ID") == field_of("customer_id") == field_of("CUSTOMER-ID") == "code"
    assert field_of("天气") is None


def test_that_no_word_stands_for_two_fields() -> None:
    from channel_desk.exchange import heading_words

    words = [word for listed in heading_words._WORDS.values() for word in listed.split()]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("heading", "key", "factor"),
    [
        ("年销售额(万元)", "年销售额", 10_000),
        ("年销售额（万）", "年销售额", 10_000),
        ("年销售额/万元", "年销售额", 10_000),
        ("年销售额", "年销售额", 0),
        ("信用额度(元)", "信用额度", 1),
        ("Annual sales (million)", "annualsales", 1_000_000),
        ("账期(天)", "账期", 0),
    ],
)
def test_that_the_unit_of_a_heading_is_read(heading: str, key: str, factor: int) -> None:
    assert heading_key(heading) == (key, factor)


def test_that_a_unit_above_the_table_counts_for_its_amounts() -> None:
    table = find_table(
        source(("客户表", None, "单位：万元"), ("客户名称", "销售额", "信用额度(元)"), ("甲公司", 12.5, 5.0))
    )
    assert table.amount_unit == 10_000
    assert [column.factor for column in guess_mapping(table).columns] == [10_000, 10_000, 1]


def test_that_northwind_and_chinese_headings_are_understood() -> None:
    assert fields(
        "CustomerID",
        "CompanyName",
        "ContactName",
        "ContactTitle",
        "Address",
        "City",
        "Region",
        "PostalCode",
        "Country",
        "Phone",
        "Fax",
    ) == [
        "code",
        "name",
        "contact.name",
        "contact.title",
        "address",
        "city",
        "region",
        "postal_code",
        "country",
        "contact.phone",
        "contact.fax",
    ]
    assert fields("序号", "经销商", "公司电话", "联系人", "联系电话", "微信", "2025年销售额", "我方负责人") == [
        ROW_NUMBER,
        "name",
        "phone",
        "contact.name",
        "contact.phone",
        "contact.chat_id",
        "annual_sales_minor",
        "owner",
    ]


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("级别", ("总经销", "二批", "零售", "KA", "一级"), "level"),
        ("级别", ("A", "B", "C"), "tier"),
        ("客户等级", ("一级", "二级"), "level"),
        ("客户等级", ("A类", "B类"), "tier"),
        ("客户类型", ("总经销", "二批"), "level"),
        ("客户类型", ("分销型", "集成型"), "channel_type"),
        ("Category", ("A", "B"), "tier"),
    ],
)
def test_that_the_values_decide_what_a_vague_heading_means(heading: str, values: tuple[str, ...], field: str) -> None:
    rows = tuple(("甲公司", value) for value in values)
    assert fields("客户名称", heading, rows=rows) == ["name", field]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ("Zone Name", "State Name", "City Name", "Salesman Name", "Dealer Name", "Contact Person", "Mobile No."),
            ["region", "province", "city", "owner", "name", "contact.name", "contact.phone"],
        ),
        (
            ("Bank Name", "Bank Address", "Company", "Address", "Contact"),
            [EXTRA, EXTRA, "name", "address", "contact.name"],
        ),
        (("Parent Company", "Company", "Contact"), [EXTRA, "name", "contact.name"]),
        (
            ("Company", "Contact", "Sales Rep Phone", "Phone", "E-mail ID", "PAN ID"),
            ["name", "contact.name", EXTRA, "contact.phone", "contact.email", EXTRA],
        ),
        (
            ("客户信息 名称", "客户信息 联系人", "客户信息 电话", "业务员 姓名", "业务员 电话"),
            ["name", "contact.name", "contact.phone", "owner", EXTRA],
        ),
        (
            ("客户名称", "联系人", "电话", "备用联系人", "备用电话"),
            ["name", "contact.name", "contact.phone", "contact2.name", "contact2.phone"],
        ),
        (("客户名称", "开票信息 名称", "开票信息 电话"), ["name", EXTRA, EXTRA]),
        (("Trading Company", "Town Office City"), ["name", "city"]),
        (("Dealer", "Company Size", "Sales Target", "Customer Group"), ["name", EXTRA, EXTRA, EXTRA]),
        (("区域 省份", "区域 城市", "客户 等级", "客户名称 Kundschaft"), ["province", "city", "tier", "name"]),
    ],
)
def test_that_the_first_words_of_a_heading_count_too(headings: tuple[str, ...], expected: list[str]) -> None:
    assert fields(*headings) == expected


def test_that_a_heading_with_its_translation_is_one() -> None:
    headings = (
        "客户名称 Dealer Name",
        "公司电话 Tel",
        "级别 Grade",
        "区域 Zone",
        "年销售额 Sales",
        "负责人 Contact",
        "联系人 Contact",
    )
    assert fields(*headings) == ["name", "phone", "level", "region", "annual_sales_minor", "owner", "contact.name"]
    assert fields("Dealer", "Annual Sales Amount", "Founded Date") == ["name", "annual_sales_minor", "founded_on"]


def test_that_a_group_without_merged_cells_reaches_over_its_columns() -> None:
    rows = (("客户信息", None, None, "业务员", None), ("名称", "联系人", "电话", "姓名", "电话"), DATA[0])
    table = find_table(source(*rows))
    assert table.headings == ("客户信息 名称", "客户信息 联系人", "客户信息 电话", "业务员 姓名", "业务员 电话")


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Raison sociale", "Ville", "Téléphone", "Nom du contact"), ["name", "city", "contact.phone", "contact.name"]),
        (("Razón social", "Ciudad", "Teléfono", "Contacto"), ["name", "city", "contact.phone", "contact.name"]),
        (("Unternehmen", "Stadt", "Telefon", "Ansprechpartner"), ["name", "city", "contact.phone", "contact.name"]),
        (("Nom de l’entreprise", "Pays"), ["name", "country"]),
    ],
)
def test_that_french_spanish_and_german_headings_are_known(headings: tuple[str, ...], expected: list[str]) -> None:
    assert fields(*headings) == expected


def test_that_invisible_characters_in_headings_make_no_difference() -> None:
    table = find_table(source(("客户\u200b名称", "\ufeff联系人", "电话\u200b"), ("甲公司", "张三", "13800138000")))
    assert table.headings == ("客户名称", "联系人", "电话")
    assert fields("客户\u200b名称", "联\u00ad系人") == ["name", "contact.name"]


def test_that_a_person_is_never_taken_for_the_company() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("Alpha", "Ann", "Leeds"),)
    assert fields("Denomination", "Contact", "City", rows=rows) == [EXTRA, "contact.name", "city"]
    assert fields("简称", "联系人", rows=rows) == ["name", "contact.name"]


def test_that_a_column_of_row_numbers_counts_the_rows() -> None:
    counted: tuple[tuple[Cell, ...], ...] = ((1.0, "甲公司"), ("2", "乙公司"), ("合计", None), (1, "丙公司"))
    assert fields("序号", "客户名称", rows=counted)[0] == ROW_NUMBER
    lettered: tuple[tuple[Cell, ...], ...] = (("HN-001", "甲公司"), ("HN-002", "乙公司"))
    assert fields("序号", "客户名称", rows=lettered)[0] == "code"
    assert fields("No.", "Dealer", rows=lettered)[0] == "code"
    assert fields("No.", "Dealer", rows=((10_023.0, "甲公司"), (10_045.0, "乙公司")))[0] == "code"
    assert fields("序号", "客户名称", rows=((1.0, "甲公司"), (4.0, "乙公司")))[0] == EXTRA
    assert fields("序号", "客户名称", rows=(("001", "甲公司"), ("002", "乙公司")))[0] == EXTRA
    assert fields("序号", "客户名称", rows=(("一", "甲公司"), ("二", "乙公司")))[0] == EXTRA
    assert fields("序号", "客户名称", rows=(("1、", "甲公司"), ("②", "乙公司")))[0] == ROW_NUMBER
    assert fields("序号", "编码", "客户名称", rows=(("x", "A1", "甲公司"),)) == [EXTRA, "code", "name"]


@pytest.mark.parametrize(
    ("names", "field"), [(("甲", "乙", "丙", "丁"), ROW_NUMBER), (("甲", "乙", "甲", "乙"), "code")]
)
def test_that_numbers_that_begin_anew_with_another_company_are_no_codes(names: tuple[str, ...], field: str) -> None:
    rows = (*zip((1, 2, 1, 2), names, strict=True), ("小计：4家", None), ("填表人：", None), ("审核", None))
    assert fields("编号", "客户名称", rows=rows) == [field, "name"]


@pytest.mark.parametrize("heading", ["联系人（负责人）", "联系人\n(法人)", "联系人/负责人", "负责人/联系人"])
def test_that_a_contact_who_is_also_in_charge_is_the_contact(heading: str) -> None:
    assert fields("客户名称", heading, rows=(("甲公司", "张三"),)) == ["name", "contact.name"]


def test_that_a_sold_to_party_of_sap_is_the_code_beside_a_name() -> None:
    rows = (("0000100023", "Shanghai Trading"), ("0000100024", "Beijing Trading"))
    assert fields("Sold-To Pt", "Name 1", rows=rows) == ["code", "name"]
    assert fields("售达方编码", "售达方", rows=rows) == ["code", "name"]


def test_that_the_number_of_something_is_no_row_number() -> None:
    headings = ("Customer #", "Company", "WhatsApp No.", "Reg. No.", "Store #", "Contact", "Shop No.", "客户 No.")
    rows: tuple[tuple[Cell, ...], ...] = ((1.0, "Alpha", 2.0, 3.0, 4.0, "Ann", 5.0, 6.0),)
    assert fields(*headings, rows=rows) == [
        "code",
        "name",
        "contact.chat_id",
        "licence_no",
        EXTRA,
        "contact.name",
        EXTRA,
        EXTRA,
    ]


def test_that_a_responsible_person_beside_a_phone_is_theirs_unless_some_look_after_several() -> None:
    headings = ("经销商", "负责人", "联系方式")
    own: tuple[tuple[Cell, ...], ...] = (
        ("甲公司", "张三", "1380"),
        ("乙公司", "李四", "1390"),
        ("丙公司", "王五", "1"),
    )
    shared: tuple[tuple[Cell, ...], ...] = tuple((name, "张三", phone) for name, _, phone in own)
    assert fields(*headings, rows=own) == ["name", "contact.name", "contact.phone"]
    assert fields(*headings, rows=shared) == ["name", "owner", "phone"]


def test_that_what_kingdee_writes_behind_a_heading_is_no_part_of_it() -> None:
    assert fields("*(客户)编码", "*(客户)名称#中文(简体)", "(客户)简称", "(客户)结算币别#名称", "行业#") == [
        "code",
        "name",
        "short_name",
        "currency",
        EXTRA,
    ]


def test_that_a_remembered_row_number_that_does_not_count_is_guessed_again() -> None:
    table = ImportTable(("序号", "客户名称"), (("HN-001", "甲公司"), ("HN-002", "乙公司")))
    assert [column.field for column in mapping_from_dict(table, {"0": ROW_NUMBER}).columns] == ["code", "name"]


def test_that_the_same_heading_twice_is_a_second_person_or_kept_apart() -> None:
    assert fields("客户名称", "联系人", "电话", "联系人", "电话", "备注", "备注") == [
        "name",
        "contact.name",
        "contact.phone",
        "contact2.name",
        "contact2.phone",
        "note",
        EXTRA,
    ]
    assert fields("客户名称", "联系人", "手机", "电话") == ["name", "contact.name", "contact.phone", "contact.phone_2"]


def test_that_no_field_is_filled_by_two_columns() -> None:
    found = fields(*FIELD_WORDS)
    real = [field for field in found if target_of(field)]
    assert len(real) == len(set(real))


def test_that_a_mapping_is_remembered_by_the_headings() -> None:
    table = ImportTable(("客户名称", "电话", "暗号"), (("甲公司", "13800138000", "x"),))
    chosen = choose(guess_mapping(table), "contact.chat_id", "暗号")
    stored = json.loads(json.dumps(mapping_to_dict(chosen)))
    assert mapping_from_dict(table, stored) == chosen
    assert fingerprint(table.headings) == fingerprint(("客户名称 ", "电 话", "暗号"))
    assert fingerprint(table.headings) != fingerprint(("电话", "客户名称", "暗号"))


def test_that_a_remembered_field_that_is_gone_is_guessed_again() -> None:
    table = ImportTable(("客户名称", "电话"), (("甲公司", "1"),))
    assert mapping_from_dict(table, {"0": "planet", "7": "name"}) == guess_mapping(table)


@pytest.mark.parametrize(
    ("field", "column", "expected"),
    [
        ("name", "暗号", ("name", 2)),
        ("name", "C", ("name", 2)),
        ("name", "3", ("name", 2)),
        ("contact_phone", "暗号", ("contact.phone", 2)),
        ("contact2.name", "暗号", ("contact2.name", 2)),
        ("annual_sales", "暗号", ("annual_sales_minor", 2)),
        ("since", "暗号", ("since_on", 2)),
        ("手机", "暗号", ("contact.phone", 2)),
        ("nothing", "电话", (NOTHING, 1)),
    ],
)
def test_that_a_column_is_sent_to_a_field_as_a_person_names_them(
    field: str, column: str, expected: tuple[str, int]
) -> None:
    table = ImportTable(("客户名称", "电话", "暗号"), (("甲公司", "1", "x"),))
    mapping = choose(guess_mapping(table), field, column)
    found = mapping.column_of(expected[0])
    assert found is not None
    assert found.index == expected[1]
    assert [one.field for one in mapping.columns].count(expected[0]) == 1


@pytest.mark.parametrize(
    ("field", "column", "code"), [("planet", "电话", "import_field_unknown"), ("name", "ZZ", "import_column_unknown")]
)
def test_that_an_unknown_field_or_column_is_refused(field: str, column: str, code: str) -> None:
    with pytest.raises(UserError) as refusal:
        choose(guess_mapping(ImportTable(("客户名称", "电话"), ())), field, column)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "*客户名称",
            "客户名称*",
            "＊客户名称",
            "客户名称（必填）",
            "【必填】客户名称",
            "客户名称必填",
            "必填 客户名称",
            "★客户名称",
        ),
        *(
            "●客户名称",
            "客户名称▼",
            "#客户名称",
            "Name*",
            "* Name",
            "Name (required)",
            "Name [required]",
            "Name required",
        ),
        *(
            "Name - required",
            "Name *required",
            "Required: Name",
            "Name (mandatory)",
            "Firma (Pflichtfeld)",
            "Name optional",
            "Name is required",
        ),
    ],
)
def test_that_a_column_that_has_to_be_filled_in_is_known_by_its_name(heading: str) -> None:
    assert fields(heading, "电话") == ["name", "phone"]


def test_that_a_mark_behind_a_unit_leaves_the_unit() -> None:
    (column,) = guess_mapping(ImportTable(("*年销售额 万元 必填",), ())).columns
    assert (column.field, column.factor) == ("annual_sales_minor", 10_000)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("word", ["- ", "required ", "a/", "必填"])
def test_that_headings_as_long_as_books_cost_no_time(word: str) -> None:
    long = tuple(word * 150 + str(number) for number in range(200))
    assert set(fields(*long, word * 100_000 + "x", rows=())) == {EXTRA}
