"""Lists that tell people by what they do: 老板, 采购 and 财务 with a phone each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.domain.cells import Cell
from channel_desk.domain.import_fields import CONTACTS_IN_A_ROW, EXTRA
from tests.unit.test_exchange_systems import fields
from tests.unit.test_importing import codes, one, record

BOSS_AND_BUYER = ("客户名称", "老板", "老板电话", "采购", "采购电话")


def test_that_each_role_with_a_phone_of_its_own_is_a_contact_with_that_job() -> None:
    row = one(BOSS_AND_BUYER, ("甲公司", "王强", "13800000001", "李敏", "13900000002"))
    assert [(person.name, person.title, person.phone) for person in row.contacts] == [
        ("王强", "老板", "13800000001"),
        ("李敏", "采购", "13900000002"),
    ]
    assert (record(row).phone, record(row).extra, codes(row)) == ("", (), [])


def test_that_people_known_by_their_role_come_after_the_contact() -> None:
    row = one(("客户名称", "财务", "财务电话", "联系人", "职务"), ("甲公司", "赵六", "0731-85550001", "李敏", "采购"))
    assert [(person.name, person.title) for person in row.contacts] == [("李敏", "采购"), ("赵六", "财务")]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("联系人", "电话", "采购", "电话"), ["contact.name", "contact.phone", "contact2.name", "contact2.phone"]),
        (("采购", "手机", "财务", "手机"), ["contact.name", "contact.phone", "contact2.name", "contact2.phone"]),
        (("联系人", "采购", "电话"), ["contact.name", EXTRA, "contact.phone"]),
        (("采购联系人", "联系电话"), ["contact.name", "contact.phone"]),
        (("采购员", "采购电话", "采购金额"), ["contact.name", "contact.phone", EXTRA]),
        (("老板(姓名)", "老板(手机)", "老板微信"), ["contact.name", "contact.phone", "contact.chat_id"]),
        (("老板", "老板手机", "老板座机"), ["contact.name", "contact.phone", "contact.phone_2"]),
        (("老闆", "老闆電話"), ["contact.name", "contact.phone"]),
        (("联系人", "收货人", "收货电话"), ["contact.name", "contact2.name", "contact2.phone"]),
        (("Buyer's Name", "BUYER PHONE"), ["contact.name", "contact.phone"]),
        (("Accounts Payable Contact", "Accounts Payable Contact No."), ["contact.name", "contact.phone"]),
        (("GM First Name", "GM Last Name"), ["contact.given_name", "contact.family_name"]),
        (("Einkauf Ansprechpartner", "Einkauf E-Mail"), ["contact.name", "contact.email"]),
        (("老板/电话", "采购（姓名/电话）", "财务及电话"), ["contact.name", "contact2.name", "contact3.name"]),
        (("采购", "采购/电话"), ["contact.name", "contact.phone"]),
        (("老板/邮箱",), [EXTRA]),
        (("老板", "手机", "老板电话"), ["contact.name", "phone", "contact.phone"]),
        (("仓库联系人", "仓库电话"), ["contact.name", "contact.phone"]),
        (("采购联系人", "地址", "联系电话"), ["contact.name", "address", "contact.phone"]),
        (
            ("采购员", "采购员电话", "采购经理", "采购经理电话", "采购电话"),
            ["contact.name", "contact.phone", "contact2.name", "contact2.phone", EXTRA],
        ),
        (
            ("联系人", "手机", "采购联系人", "采购邮箱"),
            ["contact.name", "contact.phone", "contact2.name", "contact2.email"],
        ),
        (
            ("老板", "老板电话", "采购联系人", "采购邮箱"),
            ["contact.name", "contact.phone", "contact2.name", "contact2.email"],
        ),
    ],
)
def test_that_the_columns_of_a_role_are_one_person(headings: tuple[str, ...], found: list[str]) -> None:
    assert fields("Customer Name", *headings) == ["name", *found]


@pytest.mark.parametrize(
    "headings", [("采购",), ("采购电话",), ("Warehouse Name", "Warehouse Phone"), ("采购", "采购额")]
)
def test_that_a_word_for_a_role_alone_makes_no_person(headings: tuple[str, ...]) -> None:
    assert fields("客户名称", *headings) == ["name", *([EXTRA] * len(headings))]


@pytest.mark.parametrize("cells", [("120", "13800000001"), ("13800000001", "13800000002")])
def test_that_figures_below_a_role_are_no_names(cells: tuple[Cell, ...]) -> None:
    assert "contact.name" not in fields("客户名称", "采购", "采购电话", rows=(("甲公司", *cells),))


def test_that_names_with_their_phones_below_a_role_are_people() -> None:
    row = one(("客户名称", "老板", "采购"), ("甲公司", "王强 13800000001", "李敏 13900000002、赵六 13700000003"))
    assert [(person.name, person.title, person.phone) for person in row.contacts] == [
        ("王强", "老板", "13800000001"),
        ("李敏", "采购", "13900000002"),
        ("赵六", "", "13700000003"),
    ]


@pytest.mark.parametrize(
    ("names", "field"), [(("张三", "李四", "王五"), "contact.name"), (("张三", "张三", "张三"), "owner")]
)
@pytest.mark.parametrize("headings", [("负责人", "负责人电话"), ("Owner Name", "Owner Phone")])
def test_that_whoever_is_in_charge_is_theirs_where_hardly_two_share_one(
    headings: tuple[str, str], names: tuple[str, ...], field: str
) -> None:
    rows = tuple((f"{name}公司{number}", name, "13800000001") for number, name in enumerate(names))
    phone = "contact.phone" if field == "contact.name" else EXTRA
    assert fields("客户名称", *headings, rows=rows) == ["name", field, phone]


def test_that_the_phone_of_a_role_without_a_name_is_kept_with_its_heading_and_told() -> None:
    row = one(BOSS_AND_BUYER, ("甲公司", "王强", "13800000001", "无", "13900000002"))
    assert [person.name for person in row.contacts] == ["王强"]
    assert (record(row).phone, record(row).extra) == ("", (("采购电话", "13900000002"),))
    assert codes(row) == ["contact_without_name"]


def test_that_people_for_whom_a_row_has_no_room_go_to_further_details() -> None:
    roles = ("老板", "采购", "财务", "仓管", "会计", "出纳")
    headings = [heading for role in roles for heading in (role, f"{role}电话")]
    row = one(("客户名称", *headings), ("甲公司", *(f"{role}{part}" for role in roles for part in "甲1")))
    assert [person.title for person in row.contacts] == list(roles[:CONTACTS_IN_A_ROW])
    assert record(row).extra == (("出纳", "出纳甲"), ("出纳电话", "出纳1"))


def test_that_people_who_share_a_cell_take_nobody_elses_job() -> None:
    row = one(BOSS_AND_BUYER, ("甲公司", "王强、李勇", "13800000001、13800000002", "", ""))
    assert [(person.name, person.title) for person in row.contacts] == [("王强", "老板"), ("李勇", "")]


@pytest.mark.parametrize(
    ("heading", "cell", "person"),
    [
        ("联系人及职务", "王建国（总经理）", ("王建国", "总经理")),
        ("联系人", "李敏/采购经理", ("李敏", "采购经理")),
        ("联系人/职务", "采购 李敏", ("李敏", "采购")),
        ("联系人(职务)", "李敏 业务员", ("李敏", "业务员")),
        ("Contact & Title", "Maria Weber, Purchasing Manager", ("Maria Weber", "Purchasing Manager")),
        ("Contact", "Maria Weber (CEO)", ("Maria Weber", "CEO")),
        ("联系人", "陈总", ("陈总", "")),
        ("联系人", "李敏 王经理", ("李敏 王经理", "")),
        ("联系人", "李敏 采购部副经理", ("李敏", "采购部副经理")),
        ("联系人", "王建国经理/李敏", ("王建国经理/李敏", "")),
        ("联系人", "总经理/采购", ("总经理/采购", "")),
        ("联系人", "总经理（采购）", ("总经理（采购）", "")),
        ("联系人", "李敏（长沙）", ("李敏（长沙）", "")),
        ("Contact", "Weber, Maria", ("Weber, Maria", "")),
    ],
)
def test_that_the_job_behind_a_name_is_the_persons_job(heading: str, cell: str, person: tuple[str, str]) -> None:
    row = one(("客户名称", heading, "手机"), ("甲公司", cell, "13800000001"))
    assert [(found.name, found.title, found.phone) for found in row.contacts] == [(*person, "13800000001")]


def test_that_people_with_their_jobs_on_lines_of_one_cell_have_the_phones_beside_them() -> None:
    row = one(("客户名称", "联系人", "手机"), ("甲公司", "李敏/采购经理\n赵勇/老板", "13800000001\n13800000002"))
    assert [(person.name, person.title, person.phone) for person in row.contacts] == [
        ("李敏", "采购经理", "13800000001"),
        ("赵勇", "老板", "13800000002"),
    ]


def test_that_a_job_of_its_own_column_counts_and_the_one_beside_the_name_stays_there() -> None:
    (person,) = one(("客户名称", "联系人", "职务"), ("甲公司", "李敏（采购）", "店长")).contacts
    assert (person.name, person.title) == ("李敏（采购）", "店长")


def test_that_a_column_of_names_with_phones_is_of_people_whatever_its_heading() -> None:
    rows = (("甲公司", "张三 13800000001"), ("乙公司", "李四 13900000002"))
    assert fields("客户名称", "联系方式", rows=rows) == ["name", "contact.name"]


def test_that_a_remark_with_something_else_is_a_remark() -> None:
    assert fields("客户名称", "备注/特殊约定", "备注、电话") == ["name", "note", EXTRA]


def test_that_the_two_phones_of_one_person_with_a_job_stay_together() -> None:
    (person,) = one(("客户名称", "联系人", "手机"), ("甲公司", "李敏/采购", "13800000001/13800000002")).contacts
    assert (person.name, person.title, person.phone) == ("李敏", "采购", "13800000001/13800000002")


def test_that_lines_without_a_job_may_be_one_name() -> None:
    (person,) = one(
        ("Name", "Contact", "Phone"), ("Acme", "John Smith\nMain Office", "030 1234567\n030 7654321")
    ).contacts
    assert person.name == "John Smith Main Office"


def test_that_the_job_a_row_names_counts_more_than_the_heading() -> None:
    headings = ("客户名称", "采购", "采购职务", "采购电话")
    people = [one(headings, ("甲公司", "李敏", job, "13800000001")).contacts[0].title for job in ("采购总监", "")]
    assert people == ["采购总监", "采购"]


def test_that_the_only_phone_of_a_person_is_the_first() -> None:
    people = [
        one(("Customer", "Contact", "Mobile", "Direct line"), ("Acme", "Maria Weber", mobile, "+49 89 12345")).contacts[
            0
        ]
        for mobile in ("", "+49 171 1234567")
    ]
    assert [(person.phone, person.phone_2) for person in people] == [
        ("+49 89 12345", ""),
        ("+49 171 1234567", "+49 89 12345"),
    ]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("无 13800000001", [("联系人", "13800000001")]), ("无/采购", [("联系人", "采购")]), ("暂无", [])],
)
def test_that_what_stands_beside_nobody_is_kept_and_told(cell: str, kept: list[tuple[str, str]]) -> None:
    row = one(("客户名称", "座机", "联系人"), ("甲公司", "0731-85550001", cell))
    assert (row.contacts, list(record(row).extra)) == ((), kept)
    assert codes(row) == ["contact_without_name"] * len(kept)


@given(
    st.lists(
        st.sampled_from(
            [
                "联系人",
                "联系人2",
                "联系人及职务",
                "手机",
                "电话",
                "电话2",
                "座机",
                "姓",
                "名",
                "老板",
                "老板电话",
                "采购",
                "采购/电话",
                "采购职务",
                "财务联系人",
                "财务电话",
                "负责人",
                "负责人电话",
                "邮箱",
                "微信",
            ]
        ),
        min_size=1,
        max_size=9,
    )
)
def test_that_no_two_columns_fill_the_same_field(headings: list[str]) -> None:
    rows = (("甲公司", *("李敏" for _ in headings)), ("乙公司", *("王强" for _ in headings)))
    found = [field for field in fields("客户名称", *headings, rows=rows) if field != EXTRA]
    assert len(found) == len(set(found))
