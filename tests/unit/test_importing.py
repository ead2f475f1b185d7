"""What each row of a table becomes, and that none is lost."""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.domain.cells import Cell, cell_text, column_letters
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Level, Status, Tier
from channel_desk.domain.duplicates import ExistingDistributor, KnownDistributors, bare_name_key, similarity
from channel_desk.domain.import_fields import EXTRA, FIELDS, NOTHING, ImportField, Kind, target_of
from channel_desk.domain.import_plan import ImportPlan, ImportRow, ImportTable, Verdict
from channel_desk.domain.import_problems import PROBLEMS, Problem, Severity
from channel_desk.domain.importing import plan_import
from channel_desk.errors import UserError
from channel_desk.exchange.headings import choose, guess_mapping
from channel_desk.i18n import Language
from channel_desk.presentation.import_preview import LineWriter

TODAY = date(2026, 11, 22)
HEADINGS = ("编码", "客户名称", "城市", "联系人", "手机", "合作日期", "年销售额(万元)", "级别", "备注")


def plan(
    headings: Sequence[str], *rows: Sequence[Cell], existing: KnownDistributors | None = None, update: bool = False
) -> ImportPlan:
    table = ImportTable(tuple(headings), tuple(tuple(row) for row in rows))
    return plan_import(
        table, guess_mapping(table), existing=existing or KnownDistributors(), today=TODAY, update=update
    )


def one(headings: Sequence[str], row: Sequence[Cell]) -> ImportRow:
    (only,) = plan(headings, row).rows
    return only


def record(row: ImportRow) -> Distributor:
    assert row.distributor is not None
    return row.distributor


def codes(row: ImportRow) -> list[str]:
    return [problem.code for problem in row.problems]


def test_that_a_row_becomes_a_distributor_with_its_contact() -> None:
    row = one(
        HEADINGS, ("00123", " 长沙天悦商贸 ", "长沙", "张三", 13_800_138_000.0, "2024年1月2日", 12.5, "二批", "=A1")
    )
    assert row.verdict is Verdict.CREATED
    assert row.problems == ()
    assert record(row) == Distributor(
        code="00123",
        name="长沙天悦商贸",
        city="长沙",
        since_on=date(2024, 1, 2),
        annual_sales_minor=12_500_000,
        level=Level.SECOND_TIER,
        note="=A1",
    )
    assert row.contacts == (Contact(distributor_id=0, name="张三", phone="13800138000"),)  # type: ignore[arg-type] - no id yet


def test_that_what_cannot_be_read_is_kept_and_pointed_out() -> None:
    row = one(HEADINGS, ("1", "甲公司", "长沙", "张三", "见微信", "去年", "面议", "KA", ""))
    assert row.verdict is Verdict.CREATED
    assert record(row).extra == (("合作日期", "去年"), ("年销售额(万元)", "面议"), ("级别", "KA"))
    assert codes(row) == ["no_digits", "not_a_date", "not_an_amount", "unknown_choice"]
    assert row.contacts[0].phone == "见微信"


def test_that_a_column_without_a_field_is_kept_under_further_details() -> None:
    row = one(("客户名称", "幸运数字", "发票抬头"), ("甲公司", 7.0, "甲"))
    assert record(row).extra == (("幸运数字", "7"), ("发票抬头", "甲"))


def test_that_words_in_the_column_of_row_numbers_are_kept() -> None:
    found = plan(("序号", "客户名称"), (1.0, "甲公司"), ("新增", "乙公司"))
    assert [record(row).extra for row in found.rows] == [(), (("序号", "新增"),)]


def test_that_cells_beyond_the_headings_are_kept_under_their_letter() -> None:
    row = one(("客户名称", "城市"), ("甲公司", "长沙", "", "顺带一提", "又一句"))
    assert record(row).extra == (("D", "顺带一提"), ("E", "又一句"))
    assert [(problem.column, problem.code) for problem in row.problems] == [("D", "more_cells")]


def test_that_in_a_row_without_a_name_the_short_name_is_it() -> None:
    row = one(("编码", "客户名称", "简称"), ("A1", "", "甲商行"))
    assert (row.verdict, record(row).name, record(row).short_name) == (Verdict.CREATED, "甲商行", "")


def test_that_a_formula_error_is_no_value_and_said() -> None:
    row = one(("客户名称", "年销售额", "备注"), ("甲公司", "#N/A", "#REF!"))
    assert codes(row) == ["formula_error", "formula_error"]
    assert record(row).annual_sales_minor is None
    assert record(row).note == ""


def test_that_control_characters_go_and_damaged_ones_stay_both_said() -> None:
    row = one(("客户名称", "备注"), ("甲\x00公司", "好\ufffd的"))
    assert record(row).name == "甲公司"
    assert record(row).note == "好\ufffd的"
    assert codes(row) == ["control_characters", "unreadable_characters"]


def test_that_a_long_number_that_the_program_has_rounded_is_pointed_out() -> None:
    assert codes(one(("客户名称", "税号"), ("甲公司", 9.1430100123456e17))) == ["number_rounded"]
    assert codes(one(("客户名称", "电话"), ("甲公司", "1.38E+10"))) == ["digits_lost"]
    assert record(one(("客户名称", "电话"), ("甲公司", "1.38E+10"))).phone == "1.38E+10"


@pytest.mark.parametrize("cell", [date(2026, 3, 12), time(13, 20), "12-Mar", "Mar-12", "3月12日"])
@pytest.mark.parametrize("heading", ["编码", "税号", "邮编", "电话"])
def test_that_a_code_that_a_program_made_a_date_of_is_kept_as_the_file_has_it_and_pointed_out(
    heading: str, cell: Cell
) -> None:
    row = one(("客户名称", heading), ("甲公司", cell))
    assert codes(row) == ["date_for_code"]
    kept = (record(row).code, record(row).licence_no, record(row).postal_code, record(row).phone)
    assert cell_text(cell) in kept


@pytest.mark.parametrize("code", ["03-12", "MAR1", "2026-03-12", "12-Mars", "3月12日队", 312])
def test_that_a_code_that_only_looks_like_a_date_is_left_alone(code: Cell) -> None:
    row = one(("客户名称", "编码"), ("甲公司", code))
    assert (record(row).code, codes(row)) == (str(code), [])


def test_that_amounts_with_parts_of_a_cent_are_rounded_and_their_columns_named() -> None:
    headings = ("客户名称", "授信额度", "年销售额(万元)")
    rows = (("甲公司", 1.234, 1.234567), ("乙公司", 0.1 + 0.2, 12))
    found = plan(headings, *rows)
    assert [record(row).credit_limit_minor for row in found.rows] == [123, 30]
    assert [(one.code, one.values) for one in found.findings] == [("amounts_rounded", {"columns": ("授信额度",)})]
    assert plan(headings, *rows[1:]).findings == ()


def test_that_an_amount_written_with_a_point_before_three_digits_is_not_guessed() -> None:
    for text in ("2.000", "1.234", "￥1.234"):
        row = one(("客户名称", "授信额度"), ("甲公司", text))
        assert (codes(row), record(row).extra) == (["amount_unclear"], (("授信额度", text),))


def test_that_a_date_still_to_come_is_taken_and_pointed_out() -> None:
    row = one(("客户名称", "合作日期"), ("甲公司", "2027-01-02"))
    assert record(row).since_on == date(2027, 1, 2)
    assert codes(row) == ["date_in_future"]


def test_that_a_birthday_with_a_short_year_is_of_the_last_century() -> None:
    row = one(
        ("客户名称", "联系人", "生日", "合作日期", "合同到期"),
        ("甲公司", "张三", "85年3月5日", "5-Mar-98", "85年3月5日"),
    )
    assert row.contacts[0].birthday_on == date(1985, 3, 5)
    assert record(row).since_on == date(1998, 3, 5)
    assert (record(row).contract_to, record(row).extra) == (None, (("合同到期", "85年3月5日"),))
    assert codes(row) == ["date_century"]
    soon = one(("客户名称", "合作日期", "合同到期"), ("甲公司", "27年1月2日", "31年3月5日"))
    assert (record(soon).since_on, record(soon).contract_to) == (date(2027, 1, 2), date(2031, 3, 5))
    assert codes(soon) == ["date_in_future"]


def test_that_a_birthday_still_to_come_is_pointed_out() -> None:
    assert codes(one(("客户名称", "联系人", "生日"), ("甲公司", "张三", date(2062, 3, 5)))) == ["date_in_future"]


def test_that_a_time_of_day_is_pointed_out() -> None:
    assert codes(one(("客户名称", "合作日期"), ("甲公司", datetime.combine(date(2024, 1, 2), time(3, 4))))) == [
        "time_left_out"
    ]


def test_that_dashes_in_typed_columns_mean_nothing() -> None:
    row = one(("客户名称", "合作日期", "年销售额", "账期", "级别"), ("甲公司", "-", "—", "/", "--"))
    assert (row.problems, record(row).extra) == ((), ())


def test_that_the_currency_comes_from_its_column_or_from_the_amounts() -> None:
    assert record(one(("Name", "Annual sales"), ("A", "$1,000"))).currency == "USD"
    assert record(one(("Name", "Currency", "Annual sales"), ("A", "美元", 1000.0))).currency == "USD"
    mixed = one(("Name", "Annual sales", "Credit limit"), ("A", "$1,000", "€5"))
    assert (record(mixed).annual_sales_minor, record(mixed).credit_limit_minor) == (100_000, None)
    assert (codes(mixed), record(mixed).extra) == (["other_currency"], (("Credit limit", "€5"),))
    unknown = one(("Name", "Currency"), ("A", "gold"))
    assert (codes(unknown), record(unknown).extra) == (["unknown_currency"], (("Currency", "gold"),))


def test_that_a_phone_without_a_person_is_the_companys() -> None:
    row = one(("客户名称", "联系人", "手机", "微信"), ("甲公司", "", "13800138000", "wx1"))
    assert record(row).phone == "13800138000"
    assert record(row).extra == (("微信", "wx1"),)
    assert codes(row) == ["contact_without_name"]


def test_that_a_row_without_people_is_known_again_by_the_phone_of_the_company(language_en: Language) -> None:
    headings = ("客户名称", "城市", "联系人", "电话")
    rows = [one(headings, ("甲公司", "长沙", person, "0731-88881234")) for person in ("", "李敏")]
    assert [LineWriter(language_en).write(row).details for row in rows] == [
        "长沙 · 0731-88881234",
        "长沙 · 李敏 · 0731-88881234",
    ]


def test_that_everybody_who_comes_in_with_a_row_is_named_beside_it(language_en: Language) -> None:
    row = one(("客户名称", "老板", "老板电话", "采购/电话"), ("甲公司", "王强", "13800138000", "李敏 13900139000"))
    assert LineWriter(language_en).write(row).details == "王强 · 13800138000 · 李敏"


def test_that_two_people_in_a_row_are_two_contacts() -> None:
    row = one(
        ("客户名称", "联系人1", "电话1", "联系人2", "电话2"), ("甲公司", "张三", "13800138000", "李四", "13900139000")
    )
    assert [(person.name, person.phone, person.position) for person in row.contacts] == [
        ("张三", "13800138000", 0),
        ("李四", "13900139000", 1),
    ]


def test_that_tags_and_status_are_read() -> None:
    row = record(one(("客户名称", "标签", "状态"), ("甲公司", "重点，母婴、重点", "已终止")))
    assert row.tags == ("重点", "母婴")
    assert row.status is Status.ENDED


# --- what is no data row


def test_that_blank_rows_and_prepared_numbers_are_no_data() -> None:
    found = plan(("序号", "客户名称"), (1.0, "甲公司"), (), (2.0, ""), (None, "  "), (3.0, "乙公司"))
    assert [row.row for row in found.rows] == [2, 6]
    assert found.findings == ()


@pytest.mark.parametrize(
    "row",
    [
        ("", "合计", "", "", "", "", 5000.0),
        ("合计", "共63家"),
        ("总计：", "", "", "", "", "", "1.2亿"),
        ("", "Total", "", "", "", "", 12.0),
        ("湖南小计", "", "", "", "", "", 3.0),
        ("", "Total customers: 25"),
        ("Total records", "", "", 25.0),
        ("Grand Total",),
        ("", "合   计", "", "", "", "", 30.0),
        ("", "小 计", "", "", "", "", 30.0),
        ("", "合计（3家）", "", "", "", "", 30.0),
        ("", "汇总", "", "", "", "", 30.0),
        ("", "总和", "", "", "", "", 30.0),
        ("", "共3家", "", "", "", "", 30.0),
        ("", "共 1 条记录"),
        ("", "Total (3)", "", "", "", "", 30.0),
        ("湖南 汇总", "", "", "", "", "", 30.0),
    ],
)
def test_that_a_row_of_totals_is_reported_and_not_imported(row: Sequence[Cell]) -> None:
    found = plan(HEADINGS, ("1", "甲公司"), row)
    assert len(found.rows) == 1
    assert [(problem.row, problem.code) for problem in found.findings] == [(3, "totals_row")]


def test_that_a_company_called_total_is_a_company() -> None:
    found = plan(HEADINGS, ("FR1", "Total", "Paris", "Jean Dupont", "0140000000"))
    assert found.counts[Verdict.CREATED] == 1


@pytest.mark.parametrize(
    "row",
    [
        ("注：以上数据截至10月",),
        ("制表：张三", "审核：李四"),
        ("制表人：张三", "审核人：李四", "日期：2026-01-02"),
        ("说明",),
        ("Printed 2026-01-02",),
        ("Generated by: admin",),
        ("*** End of Report ***",),
        ("内部资料，请勿外传",),
    ],
)
def test_that_a_remark_below_the_table_is_reported_and_not_imported(row: Sequence[Cell]) -> None:
    found = plan(HEADINGS, ("1", "甲公司"), row)
    assert len(found.rows) == 1
    assert [problem.code for problem in found.findings] == ["remark_row"]


def test_that_signatures_are_told_also_where_they_fill_the_width_of_the_table() -> None:
    found = plan(("编码", "客户名称", "电话"), ("1", "甲公司"), ("填表人：", "审核：", "日期：2024.3.1"))
    assert len(found.rows) == 1
    assert [problem.code for problem in found.findings] == ["remark_row"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("必填", "必填", "选填", "选填"), "template_row"),
        (("", "示例：长沙某某公司", "长沙", "张三", "138xxxxxxxx"), "template_row"),
        (("", "（示例）某某公司", "长沙"), "template_row"),
        (("文本", "11位数字", "下拉选择", "YYYY-MM-DD"), "template_row"),
        (("制单人：张三", "审核人：李四", "", "打印时间：2024-03-05 10:22"), "remark_row"),
        (("制表人：张三", "审核人：李四", "部门负责人：王五"), "remark_row"),
        (("制表：", "", "复核：", "批准："), "remark_row"),
        (("（盖章）", "2024年3月5日"), "remark_row"),
        (("", "编制单位：长沙分公司", "", "编制日期：2024-03-05"), "remark_row"),
        (("第1页 共1页",), "remark_row"),
        (("第 2 页，共 3 页",), "remark_row"),
        (("", "以上客户均需现款现货"), "remark_row"),
        (("", "湖南省内配送由李总负责"), "remark_row"),
        (("", "湖南区"), "section_row"),
        (("", "湖北区（1家）"), "section_row"),
        (("", "二、华东"), "section_row"),
        (("", "华东大区"), "section_row"),
    ],
)
def test_that_a_line_of_the_template_or_between_the_parts_is_reported_and_not_imported(
    row: Sequence[Cell], code: str
) -> None:
    found = plan(HEADINGS, ("1", "甲公司"), row)
    assert len(found.rows) == 1
    assert [(problem.row, problem.code) for problem in found.findings] == [(3, code)]


@pytest.mark.parametrize(
    "name",
    [
        "共创家居", "总和堂大药房", "汇总科技", "示例文化传媒有限公司", "以上海派服饰", "城市之家", "万家社区",
        "三、五酒行有限公司", "湖南区域商贸有限公司", "合计商贸", "Example Ltd", "Sample Trading", "Average Joe",
        "编制人家居", "盖章印务", "文字传媒", "百万元超市",
        "均瑶集团", "高新园区", "天天超市", "客来超市", "长沙天悦商贸有限公司。", "东区便利店", "Alpha, Inc.",
    ],
)  # fmt: skip
def test_that_a_company_with_nothing_but_a_name_is_a_company(name: str) -> None:
    assert plan(HEADINGS, ("", name)).counts[Verdict.CREATED] == 1


def test_that_a_district_with_more_to_show_is_a_company() -> None:
    assert plan(HEADINGS, ("1", "湖南区", "长沙", "张三", "13800138000")).counts[Verdict.CREATED] == 1


def test_that_repeated_headings_are_reported_and_not_imported() -> None:
    found = plan(HEADINGS, ("1", "甲公司"), HEADINGS, ("2", "乙公司"))
    assert len(found.rows) == 2
    assert [(problem.row, problem.code) for problem in found.findings] == [(3, "heading_again")]


# --- rejected rows


def test_that_a_row_without_a_name_is_rejected() -> None:
    found = plan(HEADINGS, ("1", "", "长沙", "张三", "13800138000"))
    assert found.counts[Verdict.REJECTED] == 1
    assert codes(found.rows[0])[0] == "no_name"


def test_that_swapped_and_shifted_columns_are_rejected_with_the_reason() -> None:
    swapped = one(("编码", "客户名称", "电话"), ("长沙天悦商贸有限公司", "JX12345", "13800138000"))
    assert (swapped.verdict, codes(swapped)[0]) == (Verdict.REJECTED, "columns_swapped")
    number = one(("编码", "客户名称"), ("JX1", "13800138000"))
    assert (number.verdict, codes(number)[0]) == (Verdict.REJECTED, "name_is_number")
    department = one(("Code", "Company", "Contact", "Title", "City"), ("VALON", "IT", "Valon Hoti", "IT", ""))
    assert (department.verdict, codes(department)[0]) == (Verdict.REJECTED, "columns_mixed_up")


@pytest.mark.parametrize("name", ["7-11", "361", "IT", "Q", "3M"])
def test_that_a_short_or_numeric_name_alone_is_no_reason_to_reject(name: str) -> None:
    assert one(("编码", "客户名称", "城市"), ("A1", name, "长沙")).verdict is Verdict.CREATED


def test_that_one_code_for_two_companies_rejects_the_second() -> None:
    found = plan(("编码", "客户名称"), ("A1", "长沙天悦商贸"), ("A1", "武汉宏达百货超市"))
    assert [row.verdict for row in found.rows] == [Verdict.CREATED, Verdict.REJECTED]
    assert codes(found.rows[1]) == ["code_clash"]


# --- duplicates


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (("A1", "长沙天悦商贸有限公司", "长沙"), ("A1", " 长沙天悦商贸有限公司 ", "长沙"), "duplicate_row"),
        (("A1", "长沙天悦商贸有限公司", "长沙"), ("a1", "长沙天悦商贸", "长沙"), "duplicate_row_differs"),
        (("", "长沙天悦商贸有限公司", "长沙"), ("", "长沙天悦商贸", "长沙"), "duplicate_row_differs"),
        (("A1", "Acme Co., Ltd.", ""), ("", "ACME", ""), "duplicate_row_differs"),
    ],
)
def test_that_the_same_distributor_again_is_skipped(first: Sequence[Cell], second: Sequence[Cell], code: str) -> None:
    found = plan(("编码", "客户名称", "城市"), first, second)
    assert [row.verdict for row in found.rows] == [Verdict.CREATED, Verdict.SKIPPED]
    assert codes(found.rows[1]) == [code]
    assert found.rows[1].joins_row == 2


def test_that_a_duplicate_names_the_columns_in_which_it_differs() -> None:
    found = plan(("编码", "客户名称", "信用额度"), ("A1", "甲公司", 5.0), ("A1", "甲公司", 7.0))
    assert found.rows[1].problems[0].values["columns"] == ("信用额度",)


def test_that_the_same_phone_and_nearly_the_same_name_is_a_duplicate() -> None:
    found = plan(
        ("客户名称", "电话"), ("长沙天悦日用百货商贸行", "138 0013 8000"), ("长沙天悦日用百货商贸", "13800138000")
    )
    assert [row.verdict for row in found.rows] == [Verdict.CREATED, Verdict.SKIPPED]
    assert codes(found.rows[1]) == ["similar_row"]


def test_that_two_codes_are_always_two_distributors() -> None:
    found = plan(("编码", "客户名称", "电话"), ("A1", "天悦超市", "13800138000"), ("A2", "天悦超市", "13800138000"))
    assert found.counts[Verdict.CREATED] == 2
    assert codes(found.rows[1]) == ["same_name"]


def test_that_branches_in_two_cities_and_numbered_shops_are_kept() -> None:
    cities = plan(("客户名称", "城市"), ("天悦超市", "长沙"), ("天悦超市", "株洲"))
    assert cities.counts[Verdict.CREATED] == 2
    shops = plan(
        ("客户名称", "电话"), ("长沙天悦百货超市芙蓉一店", "13800138000"), ("长沙天悦百货超市芙蓉二店", "13800138000")
    )
    assert shops.counts[Verdict.CREATED] == 2
    assert codes(shops.rows[1]) == ["same_phone"]


def test_that_a_second_person_of_the_same_distributor_is_added_to_it() -> None:
    found = plan(("客户名称", "联系人", "电话"), ("甲公司", "张三", "13800138000"), ("甲公司", "李四", "13900139000"))
    second = found.rows[1]
    assert (second.verdict, second.joins_row) == (Verdict.UPDATED, 2)
    assert [person.name for person in second.contacts] == ["李四"]
    assert codes(second) == ["contact_added"]


# --- against what is in the data


INDEX = KnownDistributors.of(
    [
        ExistingDistributor(7, "A1", "长沙天悦商贸有限公司", ("13800138000",)),
        ExistingDistributor(8, "", "株洲宏达百货", city="株洲"),
    ]
)


def test_that_a_known_distributor_is_skipped() -> None:
    found = plan(("编码", "客户名称"), ("A1", "长沙天悦商贸"), ("", "株洲宏达百货"), ("A3", "新客户"), existing=INDEX)
    assert [row.verdict for row in found.rows] == [Verdict.SKIPPED, Verdict.SKIPPED, Verdict.CREATED]
    assert [row.existing_id for row in found.rows] == [7, 8, 0]
    assert codes(found.rows[0]) == ["duplicate_existing"]


def test_that_a_known_distributor_is_updated_when_asked_for() -> None:
    found = plan(
        ("编码", "客户名称", "城市", "备注"), ("a1", "长沙天悦贸易", "", "新备注"), existing=INDEX, update=True
    )
    row = found.rows[0]
    assert (row.verdict, row.existing_id) == (Verdict.UPDATED, 7)
    assert row.changes == {"code": "a1", "name": "长沙天悦贸易", "note": "新备注"}
    assert codes(row) == ["renamed"]


def test_that_one_distributor_is_updated_once() -> None:
    found = plan(("编码", "客户名称"), ("A1", "长沙天悦商贸"), ("A1", "长沙天悦商贸"), existing=INDEX, update=True)
    assert [row.verdict for row in found.rows] == [Verdict.UPDATED, Verdict.SKIPPED]


def test_that_a_code_of_another_company_in_the_data_is_rejected() -> None:
    found = plan(("编码", "客户名称"), ("A1", "武汉百川超市连锁"), existing=INDEX)
    assert codes(found.rows[0]) == ["code_clash_existing"]


# --- the whole


def test_that_without_a_name_column_nothing_is_planned() -> None:
    with pytest.raises(UserError) as refusal:
        plan(("编码", "城市"), ("A1", "长沙"))
    assert refusal.value.code == "import_no_name_column"


def test_that_a_column_can_be_left_out_by_the_user() -> None:
    table = ImportTable(("客户名称", "备注"), (("甲公司", "秘密"),))
    mapping = choose(guess_mapping(table), NOTHING, "备注")
    row = plan_import(table, mapping, existing=KnownDistributors(), today=TODAY).rows[0]
    assert record(row) == Distributor(name="甲公司")


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["甲公司", "乙公司", "A1", "合计", "13800138000", "2024-01-02", "1.2万"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)


@given(st.lists(st.lists(CELLS, max_size=10), max_size=12), st.booleans())
def test_that_every_row_is_counted_or_reported_whatever_is_in_it(rows: list[list[Cell]], update: bool) -> None:
    found = plan(HEADINGS, *rows, existing=INDEX, update=update)
    judged = {row.row for row in found.rows} | {problem.row for problem in found.findings}
    with_content = {
        number
        for number, row in enumerate(rows, 2)
        if any(cell is not None and str(cell).strip(string.whitespace) for cell in row)
    }
    assert sum(found.counts.values()) == len(found.rows)
    assert {number for number in judged if number} <= set(range(2, len(rows) + 2))
    lost = {
        number
        for number in with_content - judged
        if any(str(cell).isprintable() and str(cell).strip() for cell in rows[number - 2] if cell is not None)
    }
    assert not lost


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_that_a_problem_is_told_in_both_languages(code: str, language_en: Language, language_zh: Language) -> None:
    severity, sentence = PROBLEMS[code]
    values = {name: "§" for _, name, _, _ in string.Formatter().parse(sentence) if name}
    problem = Problem(3, "列", code, values)
    assert isinstance(severity, Severity)
    assert problem.message(language_en) != problem.message(language_zh)
    assert problem.message(language_zh).count("§") >= len(values)


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.key)
def test_that_an_import_field_fills_a_field_of_its_record(field: ImportField, language_zh: Language) -> None:
    target = target_of(field.key)
    assert target is not None
    record_type = Contact if target.field.of_contact else Distributor
    assert target.field.attribute in record_type.__dataclass_fields__
    assert (target.field.kind is Kind.CHOICE) == (target.field.choices is not None)
    assert language_zh.tr(target.field.label) != target.field.label


def test_that_columns_are_lettered_as_spreadsheet_programs_do() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_that_names_are_compared_without_their_legal_form() -> None:
    assert bare_name_key("长沙天悦商贸有限公司") == bare_name_key("长沙天悦商贸 有限责任公司") == "长沙天悦商贸"
    assert bare_name_key("Acme Trading Co., Ltd.") == bare_name_key("ACME TRADING Inc")
    assert bare_name_key("有限公司") == "有限公司"
    assert similarity("长沙天悦一店", "长沙天悦二店") == 0.0


@given(st.text("ab商贸", min_size=1, max_size=30), st.text("ab商贸", min_size=1, max_size=30))
def test_that_names_are_alike_by_the_characters_that_both_have_in_the_same_order(one: str, other: str) -> None:
    lengths = [0] * (len(other) + 1)
    for character in one:
        before = lengths
        lengths = [0]
        for place, another in enumerate(other):
            lengths.append(before[place] + 1 if character == another else max(before[place + 1], lengths[place]))
    assert similarity(one, other) == similarity(other, one) == 2 * lengths[-1] / (len(one) + len(other))


def test_that_a_tier_is_read_with_its_word() -> None:
    assert record(one(("客户名称", "客户等级"), ("甲公司", "A类"))).tier is Tier.A
    assert EXTRA not in FIELDS


def test_that_a_name_and_a_short_code_in_each_others_columns_are_told() -> None:
    row = one(("编码", "客户名称", "城市"), ("湖南倒序商贸有限公司", "S2", "长沙"))
    assert (row.verdict, codes(row)) == (Verdict.REJECTED, ["columns_swapped"])


def test_that_the_title_of_a_part_is_one_also_in_the_column_of_row_numbers() -> None:
    found = plan(("序号", "客户名称", "电话", "城市"), ("长沙市",), (1.0, "甲公司"), ("小计",), ("以上由业务部提供",))
    assert [(problem.row, problem.code) for problem in found.findings] == [
        *((2, "section_row"), (4, "totals_row"), (5, "remark_row"))
    ]


def test_that_a_total_that_counts_its_rows_below_the_names_is_no_distributor() -> None:
    found = plan(("编码", "客户名称", "电话"), ("A1", "甲公司", "13800138000"), ("合计", "1"))
    assert len(found.rows) == 1
    assert [problem.code for problem in found.findings] == ["totals_row"]
