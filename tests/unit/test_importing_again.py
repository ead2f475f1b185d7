"""Rows that say a distributor again: what they add is told or taken, and no two distributors are made one."""

from __future__ import annotations

import pytest

from channel_desk.domain.cells import Cell
from channel_desk.domain.duplicates import ExistingDistributor, KnownDistributors
from channel_desk.domain.import_plan import Verdict
from tests.unit.test_importing import codes, plan

PEOPLE = ("客户名称", "联系人", "手机", "微信", "生日")
INDEX = KnownDistributors.of([ExistingDistributor(7, "A1", "武汉一经贸", phones=("13800138000",))])


def test_that_a_second_row_that_says_more_of_a_person_is_told_with_its_columns() -> None:
    found = plan(PEOPLE, ("甲公司", "张三", "13800138000"), ("甲公司", "张三", "138 0013 8000", "zs88", "1980-02-03"))
    again = found.rows[1]
    assert (again.verdict, codes(again)) == (Verdict.SKIPPED, ["duplicate_row_differs"])
    assert again.problems[0].values["columns"] == ("微信", "生日")


def test_that_a_second_row_that_says_less_of_a_person_is_the_same() -> None:
    found = plan(PEOPLE, ("甲公司", "张三", "13800138000", "zs88"), ("甲公司", "张三", ""))
    assert codes(found.rows[1]) == ["duplicate_row"]


@pytest.mark.parametrize(
    ("headings", "first", "again", "column"),
    [
        (("客户名称", "联系人", "手机"), ("甲公司", "", "13800138000"), ("甲公司", "", "13900139000"), "手机"),
        (("客户名称", "联系人", "手机"), ("甲公司", "张三", "13800138000"), ("甲公司", "", "13900139000"), "手机"),
        (("客户名称", "授信"), ("甲公司", "￥500"), ("甲公司", "USD 500"), "授信"),
    ],
)
def test_that_what_a_second_row_says_otherwise_is_told_where_its_column_is_named_for_something_else(
    headings: tuple[str, ...], first: tuple[Cell, ...], again: tuple[Cell, ...], column: str
) -> None:
    (problem,) = plan(headings, first, again).rows[1].problems
    assert (problem.code, problem.values["columns"]) == ("duplicate_row_differs", (column,))


def test_that_branches_with_one_switchboard_are_kept_apart_by_their_city() -> None:
    rows = [("德克士连锁餐饮管理一部", "长沙", "4001234567"), ("德克士连锁餐饮管理1部", "武汉", "4001234567")]
    similar = [("永辉超市连锁经营管理总店", "长沙", "4001234567"), ("永辉超市连锁经营管理总部", "武汉", "4001234567")]
    for pair in (rows, similar):
        found = plan(("客户名称", "城市", "电话"), *pair)
        assert [row.verdict for row in found.rows] == [Verdict.CREATED, Verdict.CREATED]


def test_that_an_update_takes_the_people_of_every_row_of_a_known_distributor() -> None:
    headings = ("编码", "客户名称", "联系人", "城市")
    rows = (
        ("A1", "武汉一经贸", "张三", "武汉"),
        ("A1", "武汉一经贸", "李四", "武汉"),
        ("A1", "武汉一经贸", "张三", "武汉"),
    )
    first, second, third = plan(headings, *rows, existing=INDEX, update=True).rows
    assert (first.verdict, second.verdict, third.verdict) == (Verdict.UPDATED, Verdict.UPDATED, Verdict.SKIPPED)
    assert (second.existing_id, second.joins_row, dict(second.changes)) == (7, 0, {})
    assert [person.name for person in second.contacts] == ["李四"]
    assert (codes(second), codes(third)) == (["contact_added"], ["duplicate_row"])
    assert second.problems[0].values["row"] == 2


def test_that_an_update_refuses_a_code_under_the_name_of_another_company() -> None:
    (row,) = plan(("编码", "客户名称"), ("A1", "北京万达商业"), existing=INDEX, update=True).rows
    assert (row.verdict, codes(row)) == (Verdict.REJECTED, ["code_clash_existing"])


def test_that_a_company_in_traditional_characters_is_the_same_in_simplified_ones() -> None:
    found = plan(("客户名称", "城市"), ("长沙广贸有限公司", "长沙"), ("長沙廣貿有限公司", "長沙"))
    assert [row.verdict for row in found.rows] == [Verdict.CREATED, Verdict.SKIPPED]


def test_that_a_row_of_nothing_but_a_person_is_of_the_distributor_above() -> None:
    headings = ("序号", "编码", "客户名称", "城市", "联系人", "手机", "备注")
    found = plan(
        headings,
        (1, "A1", "甲公司", "武汉", "张三", "1", None),
        (None, None, None, None, "李四", "2", None),
        (None, None, None, None, "王五", "3", None),
        (2, "A2", "乙公司", "长沙", "赵六", "4", None),
    )
    assert [(row.verdict, row.joins_row) for row in found.rows[1:3]] == [(Verdict.UPDATED, 2)] * 2
    assert [[person.name for person in row.contacts] for row in found.rows] == [["张三"], ["李四"], ["王五"], ["赵六"]]
    assert codes(found.rows[2]) == ["contact_added"]


@pytest.mark.parametrize(
    "rows",
    [
        ((None, None, None, None, "李四", "2", None),),
        ((1, "A1", "甲公司", "武汉", "张三", "1", None), (2, None, None, None, "李四", "2", None)),
        ((1, "A1", "甲公司", "武汉", "张三", "1", None), (None, None, None, "武汉", "李四", "2", None)),
        ((1, "A1", "甲公司", "武汉", "张三", "1", None), (), (None, None, None, None, "李四", "2", None)),
        ((1, "A1", "甲公司", "武汉", "张三", "1", None), (None, None, None, None, None, "2", None)),
        ((1, "A1", "12345678", "武汉", "张三", "1", None), (None, None, None, None, "李四", "2", None)),
    ],
)
def test_that_a_row_without_a_name_is_refused_where_it_may_be_another_distributor(
    rows: tuple[tuple[Cell, ...], ...],
) -> None:
    headings = ("序号", "编码", "客户名称", "城市", "联系人", "手机", "备注")
    last = plan(headings, *rows).rows[-1]
    assert (last.verdict, codes(last)[0]) == (Verdict.REJECTED, "no_name")


def test_that_a_status_that_a_later_row_leaves_blank_is_no_difference() -> None:
    found = plan(("客户名称", "状态", "终止原因"), ("甲公司", "已终止", "窜货"), ("甲公司", "", ""))
    assert codes(found.rows[1]) == ["duplicate_row"]
