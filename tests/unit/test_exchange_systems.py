"""Lists as the systems of other brands export them: every column is taken for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from channel_desk.domain.cells import Cell
from channel_desk.domain.distributors import Status
from channel_desk.domain.import_fields import EXTRA, ROW_NUMBER
from channel_desk.domain.import_plan import ImportTable
from channel_desk.errors import UserError
from channel_desk.exchange.headings import guess_mapping
from channel_desk.exchange.tables import read_table
from tests.unit.test_importing import codes, one, record


def fields(*headings: str, rows: tuple[tuple[Cell, ...], ...] = ()) -> list[str]:
    return [column.field for column in guess_mapping(ImportTable(headings, rows)).columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("经销商地址", "address"),
        ("经销商电话", "phone"),
        ("经销商联系人", "contact.name"),
        ("经销商等级", "tier"),
        ("客户年销售额(万元)", "annual_sales_minor"),
        ("业务员姓名", "owner"),
        ("省份名称", "province"),
        ("公司负责人", "contact.name"),
        ("门店负责人", "contact.name"),
        ("客户负责人", "owner"),
        ("客户经理电话", EXTRA),
        ("竞品销售额", EXTRA),
        ("产品名称", EXTRA),
        ("开户行名称", EXTRA),
    ],
)
def test_that_chinese_words_are_told_apart_without_blanks(heading: str, field: str) -> None:
    assert fields("客户名称", heading)[1] == field


@pytest.mark.parametrize("headings", [("BP Code", "BP Name"), ("CardCode", "CardName")])
def test_that_the_partners_of_sap_business_one_have_their_code_and_name(headings: tuple[str, str]) -> None:
    assert fields(*headings, "Foreign Name", "Group Code")[:2] == ["code", "name"]


def test_that_traditional_headings_are_the_simplified_ones() -> None:
    found = fields("客戶名稱", "統一編號", "分級", "建檔日期", "信用額度(萬元)", "備註說明", "聯絡人", "業務員姓名")
    assert found[:6] == ["name", "licence_no", "tier", "since_on", "credit_limit_minor", "note"]
    assert found[6:] == ["contact.name", "owner"]


def test_that_of_the_figures_of_several_years_the_latest_count() -> None:
    assert fields("客户名称", "2023年销售额", "2025年销售额", "2024年销售额")[1:] == [
        EXTRA,
        "annual_sales_minor",
        EXTRA,
    ]
    assert fields("Name", "Sales 2024", "Sales 2025", "Revenue FY23")[1:] == [EXTRA, "annual_sales_minor", EXTRA]
    assert fields("客户名称", "年销售额", "2025年销售额")[1:] == ["annual_sales_minor", EXTRA]


def test_that_a_currency_of_its_own_column_counts_for_the_amount_it_stands_beside() -> None:
    row = one(("Account Name", "Annual Revenue", "Annual Revenue Currency"), ("Acme Ltd", "1,250,000", "GBP"))
    assert (record(row).annual_sales_minor, record(row).currency) == (125_000_000, "GBP")


def test_that_thousands_of_euros_are_no_euros() -> None:
    row = one(("Firma", "Umsatz 2025 (TEUR)"), ("Öko Süd GmbH", "1.234,5"))
    assert (record(row).annual_sales_minor, record(row).currency) == (123_450_000, "EUR")


def test_that_the_place_of_the_invoice_is_the_customers_unless_another_is_given() -> None:
    assert fields("Account Name", "Billing Street", "Billing City", "Billing Contact", "Shipping City")[1:] == [
        *("address", "city", EXTRA, EXTRA)
    ]
    assert fields("Account Name", "Billing City", "City")[1:] == [EXTRA, "city"]


def test_that_grouped_headings_of_a_second_contact_are_that_persons() -> None:
    found = fields("客户名称", "第一联系人 姓名", "第一联系人 手机", "第二联系人 姓名", "第二联系人 手机")
    assert found[1:] == ["contact.name", "contact.phone", "contact2.name", "contact2.phone"]


def test_that_figures_under_the_customers_books_are_the_customers_and_the_person_there_keeps_them() -> None:
    found = fields("名称", "财务(万元) 信用额度", "财务信息 账期", "财务 电话", "财务 姓名")
    assert found == ["name", "credit_limit_minor", "terms_days", "contact.phone", "contact.name"]


def test_that_who_receives_the_goods_is_the_contact_where_no_other_is_named() -> None:
    assert fields("公司名称", "收货人姓名", "联系手机") == ["name", "contact.name", "contact.phone"]
    assert fields("公司名称", "收货人", "联系人", "手机") == ["name", EXTRA, "contact.name", "contact.phone"]


def test_that_a_customer_without_letters_is_a_number_where_another_column_has_the_name() -> None:
    rows = (("0000100001", "Müller GmbH"), ("0000100002", "Weiß KG"), ("*      1.300.000,00", ""))
    assert fields("Customer", "Name 1", rows=rows) == ["code", "name"]
    assert fields("Customer", "Name 1", rows=(("Müller GmbH", "Köln"),)) == ["name", EXTRA]


def test_that_counted_salesmen_are_no_person_who_looks_after_the_customer() -> None:
    assert fields("客户名称", "业务员(人)", rows=(("甲公司", 8.0), ("乙公司", "5人"))) == ["name", "sales_people"]
    assert fields("客户名称", "业务员", rows=(("甲公司", "王强"), ("乙公司", ""))) == ["name", "owner"]


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        (("First Name", "Last Name"), ("Maria", "Weber"), "Maria Weber"),
        (("Nachname", "Vorname"), ("Weber", "Maria"), "Maria Weber"),
        (("Contact Last Name", "Contact First Name"), ("Weber", ""), "Weber"),
        (("姓", "名"), ("张", "伟"), "张伟"),
        (("First Name", "Last Name", "Contact Name"), ("Maria", "Weber", "Dr. Maria Weber"), "Dr. Maria Weber"),
    ],
)
def test_that_the_two_names_of_a_person_are_one(headings: tuple[str, ...], cells: tuple[str, ...], name: str) -> None:
    (contact,) = one(("Company", "Phone", *headings), ("Acme", "+49 30 123456", *cells)).contacts
    assert (contact.name, contact.phone) == (name, "+49 30 123456")


def test_that_the_legal_persons_phone_is_the_companys_where_no_other_is_given() -> None:
    assert fields("店名", "法人", "法人电话") == ["name", "legal_person", "phone"]
    assert fields("客户名称", "法人手机", "电话") == ["name", EXTRA, "phone"]
    assert fields("客户名称", "法人手机", "联系人", "电话")[1:] == ["phone", "contact.name", "contact.phone"]
    assert fields("客户名称", "法人手机", "座机") == ["name", EXTRA, "phone"]


def test_that_rows_are_counted_below_a_heading_in_two_languages() -> None:
    assert fields("序号 No.", "客户 名称", rows=((1.0, "甲公司"), (2.0, "乙公司"))) == [ROW_NUMBER, "name"]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("客户名称（全称）", "客户名称（简称）"), ["name", "short_name"]),
        (("客户名称", "联系人（姓名）", "联系人（电话）"), ["name", "contact.name", "contact.phone"]),
        (("Customer (Code)", "Customer (Name)", "Contact (Phone)"), ["code", "name", "phone"]),
        (("客户名称", "地址（省）", "地址（市）"), ["name", "province", "city"]),
        (("客户名称", "省（市）", "手机（微信）"), ["name", "province", "phone"]),
    ],
)
def test_that_a_word_in_brackets_says_which_part_a_column_holds(headings: tuple[str, ...], found: list[str]) -> None:
    assert fields(*headings) == found


@pytest.mark.parametrize(
    "heading",
    [
        "年销售额（目标）",
        "销售额(1-6月)",
        "销售额（万元/月）",
        "Sales (target)",
        "Q1 Sales",
        "Monthly Revenue",
        "May Sales",
    ],
)
def test_that_targets_and_parts_of_a_year_are_no_annual_sales(heading: str) -> None:
    assert fields("客户名称", heading) == ["name", EXTRA]


@pytest.mark.parametrize(
    "heading", ["Sales (last 12 months)", "年销售额（实际）", "销售额(近12个月)", "Annual Sales (USD)"]
)
def test_that_a_whole_year_is_annual_sales(heading: str) -> None:
    assert fields("客户名称", heading)[1] == "annual_sales_minor"


def test_that_in_a_list_of_outlets_theirs_are_the_name_and_the_phone() -> None:
    found = fields("终端编码", "终端名称", "终端地址", "店主", "店主电话", "所属经销商")
    assert found == ["code", "name", "address", "contact.name", "contact.phone", EXTRA]
    assert fields("经销商名称", "终端名称") == ["name", EXTRA]


def test_that_a_bare_name_beside_companies_is_a_persons() -> None:
    rows = (("Acme Ltd", "Maria Weber", "030 1234567"),)
    assert fields("Company", "Full Name", "Phone", rows=rows) == ["name", "contact.name", "contact.phone"]
    assert fields("Company", "Name", "Contact", rows=rows) == ["name", "contact.name", "contact.phone"]
    assert fields("Company", "Name", "Contact", rows=(("Acme Ltd", "x", "Maria Weber"),)) == [
        "name",
        EXTRA,
        "contact.name",
    ]
    assert fields("单位", "姓名", "手机", rows=(("甲公司", "张三", "13800138000"),))[:2] == ["name", "contact.name"]
    assert fields("名称", "单位", "联系人", rows=(("甲公司", "家", "张三"),)) == ["name", EXTRA, "contact.name"]


def test_that_a_german_preposition_is_no_account_manager() -> None:
    assert fields("Firma", "Angelegt am", "AM") == ["name", EXTRA, "owner"]


def test_that_small_pictures_in_headings_say_nothing() -> None:
    headings = (
        "\N{OFFICE BUILDING}客户名称",
        "\N{BLACK TELEPHONE}\ufe0f 电话",
        "\N{WHITE MEDIUM STAR}等级",
        "仓库面积㎡",
    )
    assert fields(*headings) == ["name", "phone", "tier", "warehouse_m2"]


def test_that_the_total_of_a_year_is_the_annual_sales_and_its_quarters_are_not() -> None:
    found = fields("客户名称", "2025年销售额(万元) 一季度", "2025年销售额(万元) 合计", "2024年销售额(万元) 合计")
    assert found == ["name", EXTRA, "annual_sales_minor", EXTRA]


@pytest.mark.parametrize(("codec", "name"), [("cp950", "宏碁股份有限公司"), ("big5hkscs", "香港深水埗貿易公司")])
def test_that_the_characters_taiwan_and_hong_kong_added_are_read(tmp_path: Path, codec: str, name: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"客戶名稱,聯絡人,地址\n{name},陳大文,台北市中山北路\n".encode(codec))
    read = read_table(path)
    assert (read.encoding, read.rows[1][0]) == ("big5", name)


def test_that_a_page_may_begin_with_a_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text("<p>客户</p><table><tr><th>客户名称<th>电话<tr><td>甲公司<td>1380013</table>", "utf-8")
    assert read_table(path).rows == (("客户名称", "电话"), ("甲公司", "1380013"))


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "big5"])
def test_that_an_xml_spreadsheet_in_an_encoding_of_chinese_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.xls"
    cells = "".join(f'<Row><Cell><Data ss:Type="String">{text}</Data></Cell></Row>' for text in ("名", "中山公司"))
    kind = "urn:schemas-microsoft-com:office:spreadsheet"
    book = f'<Workbook xmlns="{kind}" xmlns:ss="{kind}"><Worksheet><Table>{cells}</Table></Worksheet></Workbook>'
    path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>\n{book}'.encode(encoding))
    assert read_table(path).rows == (("名",), ("中山公司",))


@pytest.mark.parametrize("encoding", ["euc-jp", "x-nobody-knows"])
def test_that_xml_in_an_encoding_that_nobody_knows_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.xls"
    kind = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>\n<Workbook xmlns="{kind}"></Workbook>', "utf-8")
    with pytest.raises(UserError, match="is damaged"):
        read_table(path)


def test_that_a_page_that_names_another_encoding_than_it_is_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    rows = "<tr><td>客户名称<td>电话<tr><td>星河商贸有限公司<td>1380013"
    path.write_bytes(f"<html><meta charset=utf-8><table>{rows}</table></html>".encode("gbk"))
    assert read_table(path).rows == (("客户名称", "电话"), ("星河商贸有限公司", "1380013"))


@pytest.mark.parametrize(
    ("heading", "cell", "status"),
    [
        ("Active Y/N", "N", Status.ENDED),
        ("Active", True, Status.ACTIVE),
        ("IsActive", "FALSE", Status.ENDED),
        ("禁用", "是", Status.SUSPENDED),
        ("禁用", "否", Status.ACTIVE),
        ("是否合作", "√", Status.ACTIVE),
        ("是否停用（是/否）", "否", Status.ACTIVE),
        ("停用", "启用", Status.ACTIVE),
    ],
)
def test_that_a_column_that_asks_for_a_status_is_answered(heading: str, cell: Cell, status: Status) -> None:
    assert record(one(("客户名称", heading), ("甲公司", cell))).status is status


def test_that_an_answer_to_another_question_is_no_status() -> None:
    rows = (("甲公司", "是"), ("乙公司", "否"))
    for heading in ("是否开票", "一般纳税人", "合作次数"):
        assert fields("客户名称", heading, rows=rows) == ["name", EXTRA]
    assert fields("客户名称", "停用", rows=(("甲公司", "2024年3月"), ("乙公司", "2025年1月"))) == ["name", EXTRA]
    assert fields("客户名称", "禁用", "合作状态", rows=(("甲公司", "否", "正常"),)) == ["name", EXTRA, "status"]
    row = one(("客户名称", "合作状态"), ("甲公司", "是"))
    assert (record(row).extra, codes(row)) == ((("合作状态", "是"),), ["unknown_choice"])


def test_that_a_heading_with_the_word_for_counting_counts() -> None:
    found = fields("客户名称", "门店(家)", "车（台）", "业务(人)", "网点 (个)", "人员")
    assert found == ["name", "stores", "vehicles", "sales_people", "outlets", EXTRA]


def test_that_a_way_to_pay_is_terms_where_most_say_how_many_days() -> None:
    assert fields("客户名称", "结算方式", rows=(("甲公司", "月结30天"), ("乙公司", "现结"))) == ["name", "terms_days"]
    assert fields("客户名称", "结算方式", rows=(("甲公司", "转账2次"), ("乙公司", "承兑"))) == ["name", EXTRA]
    assert fields("客户名称", "结算方式", "账期") == ["name", EXTRA, "terms_days"]


def test_that_a_proprietor_with_a_mobile_in_one_cell_is_a_contact() -> None:
    (person,) = one(("Dealer / Firm", "Prop. Name & Mobile"), ("Patel & Sons", "Mr. Suresh - 094250 67890")).contacts
    assert (person.name, person.title, person.phone) == ("Mr. Suresh", "Prop", "094250 67890")
