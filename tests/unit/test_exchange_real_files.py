"""The three real files come in without being edited first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from channel_desk.domain.distributors import Level
from channel_desk.domain.duplicates import ExistingDistributor, KnownDistributors
from channel_desk.domain.import_plan import ImportPlan, ImportRow, Verdict
from channel_desk.domain.importing import plan_import
from channel_desk.exchange.headings import find_table, guess_mapping
from channel_desk.exchange.tables import read_table

FILES = Path(__file__).parent.parent / "fixtures" / "spreadsheets"
MESSY = ("messy-distributors.xlsx", "messy-distributors-gbk.csv")


def plan_of(name: str) -> ImportPlan:
    table = find_table(read_table(FILES / name))
    return plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 11, 22))


def counts(plan: ImportPlan) -> tuple[int, ...]:
    return tuple(plan.counts.values())


def by_code(plan: ImportPlan, code: str) -> ImportRow:
    return next(row for row in plan.rows if row.distributor is not None and row.distributor.code == code)


@pytest.mark.parametrize("name", MESSY)
def test_that_the_messy_ledger_gives_sixty_distributors_and_three_duplicates(name: str) -> None:
    plan = plan_of(name)
    assert counts(plan) == (60, 0, 3, 0)
    skipped = [row for row in plan.rows if row.verdict is Verdict.SKIPPED]
    assert [row.problems[0].code for row in skipped] == ["duplicate_row"] * 3
    first = {row.row: row for row in plan.rows}
    for row in skipped:
        assert row.distributor and first[row.joins_row].distributor
        assert row.distributor.code == first[row.joins_row].distributor.code


def test_that_the_headings_of_the_messy_workbook_are_found_under_its_title() -> None:
    table = find_table(read_table(FILES / "messy-distributors.xlsx"))
    assert table.heading_row == 3
    assert [column.field for column in guess_mapping(table).columns] == [
        "row_number",
        "code",
        "name",
        "short_name",
        "level",
        "province",
        "city",
        "address",
        "contact.name",
        "contact.phone",
        "since_on",
        "annual_sales_minor",
        "terms_days",
        "credit_limit_minor",
        "owner",
        "note",
    ]


def test_that_the_totals_row_and_the_sheet_of_one_word_are_no_distributors_but_are_reported() -> None:
    plan = plan_of("messy-distributors.xlsx")
    assert [(problem.row, problem.code) for problem in plan.findings] == [(0, "sheet_left_out"), (68, "totals_row")]


@pytest.mark.parametrize("name", MESSY)
@pytest.mark.parametrize(
    ("code", "phone"),
    [
        ("JX67096", "17778837457"),
        ("JX31711", "138 0799 2814"),
        ("JX10905", "138-6138-1777"),
        ("JX06858", "１３８２８６５５７１０"),
        ("JX01435", "13818065232"),
        ("JX77691", "0731-84526408 转 885"),
        ("JX11811", "+86 15039772036"),
    ],
)
def test_that_phones_stay_as_they_were_written(name: str, code: str, phone: str) -> None:
    assert by_code(plan_of(name), code).contacts[0].phone == phone


@pytest.mark.parametrize("name", MESSY)
@pytest.mark.parametrize(
    ("code", "since", "sales", "limit"),
    [
        ("JX67096", date(2018, 2, 18), 1_666_000_000, 0),
        ("JX31711", date(2023, 10, 27), 1_821_000_000, None),
        ("JX10905", date(2020, 1, 3), 1_148_000_000, 0),
        ("JX06858", date(2017, 10, 21), 1_884_000_000, 10_000_000),
        ("JX32702", date(2022, 8, 20), 1_270_000_000, 20_000_000),
        ("JX01435", date(2024, 4, 15), 226_000_000, 5_000_000),
    ],
)
def test_that_four_forms_of_dates_and_amounts_are_read(
    name: str, code: str, since: date, sales: int, limit: int | None
) -> None:
    distributor = by_code(plan_of(name), code).distributor
    assert distributor is not None
    assert (distributor.since_on, distributor.annual_sales_minor, distributor.credit_limit_minor) == (
        since,
        sales,
        limit,
    )


@pytest.mark.parametrize("name", MESSY)
def test_that_every_amount_and_date_of_the_ledger_is_read(name: str) -> None:
    for row in plan_of(name).rows:
        assert row.distributor and row.distributor.since_on and row.distributor.annual_sales_minor
        assert {problem.code for problem in row.problems} <= {"unknown_choice", "duplicate_row"}


@pytest.mark.parametrize("name", MESSY)
def test_that_a_level_of_its_own_is_kept_and_pointed_out(name: str) -> None:
    row = by_code(plan_of(name), "JX31711")
    assert row.distributor and row.distributor.level is None
    assert row.distributor.extra == (("级别", "KA"),)
    assert [problem.code for problem in row.problems] == ["unknown_choice"]
    other = by_code(plan_of(name), "JX11811").distributor
    assert other and other.level is Level.FIRST_TIER


@pytest.mark.parametrize("name", MESSY)
def test_that_rare_traditional_and_formula_like_texts_are_intact(name: str) -> None:
    plan = plan_of(name)
    assert by_code(plan, "JX06107").contacts[0].name == "周晓𬍛"
    old = by_code(plan, "JX32136").distributor
    assert old and (old.province, old.city, old.name) == ("貴州", "貴陽", "貴陽宏达瑞祥化妆品贸易有限公司")
    formula = by_code(plan, "JX58521").distributor
    assert formula and formula.note == "=需要现场拜访"
    lines = by_code(plan, "JX11811").distributor
    assert lines and lines.note.splitlines() == ["两行", "备注"]


def test_that_both_messy_files_give_the_same_distributors() -> None:
    workbook, text = (plan_of(name) for name in MESSY)
    assert [row.distributor for row in workbook.rows] == [row.distributor for row in text.rows]
    assert [row.contacts for row in workbook.rows] == [row.contacts for row in text.rows]


def test_that_northwind_gives_91_customers_and_rejects_the_two_mixed_up_rows() -> None:
    plan = plan_of("northwind-customers.xlsx")
    assert counts(plan) == (91, 0, 0, 2)
    rejected = [row for row in plan.rows if row.verdict is Verdict.REJECTED]
    assert [(row.row, row.problems[0].code) for row in rejected] == [(85, "columns_mixed_up"), (86, "columns_mixed_up")]


def test_that_northwind_codes_addresses_and_phones_are_intact() -> None:
    plan = plan_of("northwind-customers.xlsx")
    row = by_code(plan, "ANATR")
    assert row.distributor and row.distributor.postal_code == "05021"
    assert row.distributor.name == "Ana Trujillo Emparedados y helados"
    assert (row.contacts[0].name, row.contacts[0].title) == ("Ana Trujillo", "Owner")
    assert (row.contacts[0].phone, row.contacts[0].fax) == ("(5) 555-4729", "(5) 555-3745")
    wolski = by_code(plan, "WOLZA").distributor
    assert wolski and (wolski.name, wolski.country) == ("Wolski  Zajazd", "Poland")
    assert all(not row.distributor.extra for row in plan.rows if row.distributor)


@pytest.mark.parametrize("name", [*MESSY, "northwind-customers.xlsx"])
def test_that_importing_the_same_file_again_changes_nothing(name: str) -> None:
    first = plan_of(name)
    created = [row for row in first.rows if row.verdict is Verdict.CREATED and row.distributor]
    index = KnownDistributors.of(
        ExistingDistributor(
            number,
            row.distributor.code,
            row.distributor.name,
            phones=tuple(person.phone for person in row.contacts),
        )
        for number, row in enumerate(created, 1)
        if row.distributor
    )
    table = find_table(read_table(FILES / name))
    again = plan_import(table, guess_mapping(table), existing=index, today=date(2026, 11, 22))
    assert again.counts[Verdict.CREATED] == again.counts[Verdict.UPDATED] == 0
    assert again.counts[Verdict.SKIPPED] == len(created) + first.counts[Verdict.SKIPPED]
