"""A wrong guess is worse than none: what stands in a column, and its whole heading, decide what it is."""

from __future__ import annotations

import pytest

from channel_desk.domain.cells import Cell
from channel_desk.domain.import_fields import EXTRA
from channel_desk.domain.import_plan import ImportTable
from channel_desk.exchange.heading_phrases import guess
from channel_desk.exchange.headings import guess_mapping

Rows = tuple[tuple[Cell, ...], ...]


def fields(*headings: str, rows: Rows = ()) -> list[str]:
    return [column.field for column in guess_mapping(ImportTable(headings, rows)).columns]


def test_that_a_number_all_customers_share_is_not_their_code() -> None:
    headings = ("Company Code", "Customer", "Name 1")
    rows = (("1000", "100123", "Alpha GmbH"), ("1000", "100124", "Beta AG"), ("1000", "100125", "Gamma KG"))
    assert fields(*headings, rows=rows) == [EXTRA, "code", "name"]


def test_that_a_code_only_few_have_is_their_code_all_the_same() -> None:
    rows: Rows = (("C1", "甲公司"), (None, "乙公司"), ("", "丙公司"), (None, "丁公司"), ("C2", "戊公司"))
    assert fields("客户编码", "客户名称", rows=rows) == ["code", "name"]


def test_that_people_of_one_distributor_may_share_its_code() -> None:
    rows = (("D1", "甲公司", "张三"), ("D1", "甲公司", "李四"), ("D1", "甲公司", "王五"))
    assert fields("客户编码", "客户名称", "联系人", rows=rows)[0] == "code"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("ID", "Customer code", "Name"), [EXTRA, "code", "name"]),
        (("Account ID", "Account Name", "Account Number"), [EXTRA, "name", "code"]),
        (("编号", "客户编码", "客户名称"), [EXTRA, "code", "name"]),
        (("客户名称", "收货地址", "公司地址"), ["name", EXTRA, "address"]),
        (("客户名称", "建档日期", "合作日期"), ["name", EXTRA, "since_on"]),
        (("客户名称", "收货地址", "编号"), ["name", "address", "code"]),
    ],
)
def test_that_a_loose_word_gives_way_to_an_exact_one_wherever_it_stands(
    headings: tuple[str, ...], expected: list[str]
) -> None:
    assert fields(*headings) == expected


@pytest.mark.parametrize("value", ["2024-03-05", "20240305", "5 Mar 2024"])
def test_that_the_day_of_a_contact_is_no_person(value: str) -> None:
    assert fields("Company", "Last contact", "Contact person", rows=(("Alpha", value, "John"),)) == [
        "name",
        EXTRA,
        "contact.name",
    ]
    assert fields("Company", "Last contact", rows=(("Alpha", value),)) == ["name", EXTRA]


def test_that_phones_below_contact_are_phones() -> None:
    rows: Rows = (("Alpha", 9876543210.0), ("Beta", "98765 43211"), ("Gamma", "-"))
    assert fields("Dealer", "Contact", rows=rows) == ["name", "phone"]
    # Those who are missing in most rows are people all the same.
    rows = (("甲公司", "-"), ("乙公司", "-"), ("丙公司", "张三"))
    assert fields("客户名称", "联系人", rows=rows) == ["name", "contact.name"]


def test_that_sizes_below_area_are_no_region() -> None:
    assert fields("Shop name", "Area", rows=(("Alpha", 350.0), ("Beta", "1,200 sq ft"))) == ["name", EXTRA]
    assert fields("Shop name", "Area", rows=(("Alpha", "North"), ("Beta", "Zone 2"))) == ["name", "region"]
    assert fields("客户名称", "大区", rows=(("甲公司", 1.0), ("乙公司", "2"))) == ["name", "region"]


def test_that_a_form_of_address_is_no_job() -> None:
    headings = ("Title", "Last name", "Company", "Job title")
    assert fields(*headings, rows=(("Mr.", "Smith", "Alpha", "Buyer"),))[::3] == [EXTRA, "contact.title"]
    assert fields("Company", "Contact", "Title", rows=(("Alpha", "Ann", "Buyer"),))[2] == "contact.title"


def test_that_names_below_sales_are_no_amounts() -> None:
    assert fields("Customer", "Sales", rows=(("Alpha", "Wang Li"),)) == ["name", EXTRA]
    assert fields("Customer", "Sales", rows=(("Alpha", "1.2m"),)) == ["name", "annual_sales_minor"]


def test_that_words_of_a_choice_are_needed_where_the_heading_is_not_sure() -> None:
    assert fields("Customer", "Contract type", rows=(("Alpha", "Framework"),)) == ["name", EXTRA]
    assert fields("Customer", "Business type", rows=(("Alpha", "Sole proprietor"),)) == ["name", EXTRA]
    assert fields("Customer", "Outlet type", rows=(("Alpha", "online"),)) == ["name", "channel_type"]


def test_that_one_known_word_among_many_does_not_change_what_a_column_is() -> None:
    rows = (("Alpha", "Customer - Channel"), ("Beta", "Prospect"), ("Gamma", "Investor"))
    assert fields("Account Name", "Type", rows=rows) == ["name", "channel_type"]


def test_that_a_few_odd_words_do_not_change_what_a_column_is() -> None:
    classes = ("A", "A", "B", "B", "C", "待定", "新客户", "潜在", "-")
    assert fields("客户名称", "级别", rows=tuple(("公司", one) for one in classes)) == ["name", "tier"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name of the Dealer", "name"),
        ("Code of dealer", "code"),
        ("Address of Customer", "address"),
        ("Name of Contact Person", "contact.name"),
        ("Mobile No. of Contact", "contact.phone"),
        ("Date of first order", "since_on"),
        ("Terms of payment", "terms_days"),
        ("No. of outlets", "outlets"),
        ("Total number of outlets", "outlets"),
        ("Number of brands", EXTRA),
        ("Country of origin", EXTRA),
        ("Type of business", "channel_type"),
        ("Phone of owner", EXTRA),
        ("Date of birth of owner", EXTRA),
    ],
)
def test_that_what_is_of_something_is_read_from_behind(heading: str, field: str) -> None:
    assert guess(heading).key == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Tel/Fax", "contact.phone"),
        ("电话/传真", "contact.phone"),
        ("手机/微信", "contact.phone"),
        ("联系人及电话", "contact.name"),
        ("Phone & Email", EXTRA),
        ("Proprietor name & mobile", EXTRA),
        ("City, State", EXTRA),
        ("Customer name / address", EXTRA),
        ("Address, city and postcode", "address"),
        ("客户名称/Customer", "name"),
        ("国家/地区", "country"),
    ],
)
def test_that_a_column_of_several_things_is_only_taken_for_what_holds_them_all(heading: str, field: str) -> None:
    assert guess(heading).key == field


@pytest.mark.parametrize(
    "heading",
    [
        *("Sales (units)", "Sales volume (t)", "Sales (%)", "销售额(箱)", "MTD sales", "Credit limit (days)"),
        *("Credit limit date", "Order limit", "Available limit", "Average payment days", "Credit"),
        *(
            "Total sales",
            "Competitor sales",
            "Discount class",
            "Credit rating",
            "Line of business",
            "Building name",
            "Sales officer name",
        ),
        *("Inactive since", "Blocked since", "Risk class", "Potential class", "Time zone"),
        *("微信名", "营业执照名称", "Staff name", "Warehouse name", "Middle name", "Employee name", "Project name"),
        *("(Do Not Modify) Account", "（请勿修改）客户"),
    ],
)
def test_that_what_only_sounds_like_a_field_goes_to_further_details(heading: str) -> None:
    assert fields(heading) == [EXTRA]


def test_that_of_several_years_the_latest_counts_however_they_are_headed() -> None:
    assert fields("Customer", "Total sales 2023", "Total sales 2024")[1:] == [EXTRA, "annual_sales_minor"]
    assert fields("Customer", "Sales", "Sales 2023", "Sales 2024")[1:] == [EXTRA, EXTRA, "annual_sales_minor"]


@pytest.mark.parametrize("heading", ["Total sales 2024", "Total annual revenue", "Total yearly sales (CNY)"])
def test_that_the_total_of_a_year_is_its_sales(heading: str) -> None:
    assert fields(heading) == ["annual_sales_minor"]


def test_that_the_manager_of_their_shop_is_theirs() -> None:
    assert fields("Customer", "Store manager", "Account manager") == ["name", "contact.name", "owner"]
    assert fields("Customer", "General manager") == ["name", "contact.name"]


def test_that_outlets_are_named_like_shops_and_a_local_system_names_its_columns() -> None:
    assert fields("网点编码", "网点名称", "网点数") == ["code", "name", "outlets"]
    headings = ("S.No", "单位编号", "单位全名", "单位简名", "单位地址")
    rows: Rows = ((1, "00001", "甲公司", "甲", "五一路"), (2, "00002", "乙公司", "乙", "芙蓉路"))
    assert fields(*headings, rows=rows) == ["row_number", "code", "name", "short_name", "address"]


def test_that_what_is_known_of_nobody_goes_to_further_details_at_once() -> None:
    assert fields("客户名称", "电话", "手机", "微信", "传真") == ["name", "phone", EXTRA, EXTRA, EXTRA]
    found = fields("客户名称", "联系人", "手机", "联系人QQ", "传真")
    assert found == ["name", "contact.name", "contact.phone", "contact.chat_id", "contact.fax"]
    assert fields("客户名称", "第二联系人", "第二联系人电话")[1:] == ["contact2.name", "contact2.phone"]


def test_that_single_sales_are_not_those_of_a_year() -> None:
    headings = ("Company", "Order", "Revenue")
    orders: Rows = tuple((f"Company {i % 2}", 10_000 + i, 100.0 + i) for i in range(8))
    assert fields(*headings, rows=orders) == ["name", EXTRA, EXTRA]
    assert fields(*headings, rows=orders[:2])[2] == "annual_sales_minor"
    people: Rows = tuple(("Company", 1, 5000.0) for _ in range(8))
    assert fields(*headings, rows=people)[2] == "annual_sales_minor"


def test_that_the_person_in_charge_is_theirs_beside_our_salesman() -> None:
    assert fields("经销商名称", "负责人", "业务员") == ["name", EXTRA, "owner"]
    assert fields("经销商名称", "负责人") == ["name", "owner"]


def test_that_the_address_of_a_business_outweighs_the_one_at_home() -> None:
    headings = ("Last name", "Company", "Home street", "Business street", "Business city", "Home phone", "Mobile phone")
    found = fields(*headings)
    assert found == ["contact.family_name", "name", EXTRA, "address", "city", EXTRA, "contact.phone"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("prose", ["a of b/", "name of ", "name, city, "])
def test_that_headings_of_prose_are_no_work(prose: str) -> None:
    headings = tuple(f"{prose * 30}{column}"[-250:] for column in range(400))
    assert set(fields(*headings)) <= {EXTRA, "name"}
