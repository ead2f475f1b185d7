"""Importing real spreadsheets by the command line: what comes in is what stands in the file."""

from __future__ import annotations

import csv
import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.cases import COUNTS, MESSY, MESSY_GBK, NORTHWIND, Answer, begin, state_of

Run = Callable[..., Answer]
FILES = {
    MESSY: (60, 0, 3, 0),
    MESSY_GBK: (60, 0, 3, 0),
    NORTHWIND: (91, 0, 0, 2),
}
EVERY = [pytest.param(path, id=path.name) for path in FILES]


def listed(desk: Run, *search: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk("list", "distributors", *search, "--json").document["distributors"]
    return found


@pytest.mark.parametrize("path", EVERY)
def test_that_the_four_counts_add_up_to_the_data_rows(desk: Run, path: Path) -> None:
    answer = desk("import", "distributors", path, "--json")
    assert answer.counts == FILES[path]
    assert set(answer.document) == {*COUNTS, "problems"}
    for problem in answer.document["problems"]:
        assert {"row", "column", "code", "message"} <= set(problem)
        assert problem["message"]
        assert "{" not in problem["message"]
    assert len(listed(desk)) == answer.document["created"]


@pytest.mark.parametrize("path", EVERY)
def test_that_a_dry_run_tells_the_same_and_changes_nothing(desk: Run, folder: Path, path: Path) -> None:
    begin(folder)
    before = state_of(folder)
    dry = desk("import", "distributors", path, "--dry-run", "--json")
    assert state_of(folder) == before
    assert listed(desk) == []
    assert desk("import", "distributors", path, "--json").document == dry.document


def test_that_a_dry_run_where_there_is_no_data_begins_none(desk: Run, folder: Path) -> None:
    dry = desk("import", "distributors", MESSY, "--dry-run", "--json")
    assert not folder.exists()
    assert desk("import", "distributors", MESSY, "--json").document == dry.document


def test_that_a_dry_run_does_not_read_as_if_it_had_been_done(desk: Run) -> None:
    said = desk("import", "distributors", MESSY, "--dry-run").said
    assert said.endswith("This was a dry run: nothing was written.\n")
    assert "dry run" not in desk("import", "distributors", MESSY).said


@pytest.mark.parametrize("choice", ["name=Nobody", "weather=A", "name="])
def test_that_a_refused_import_begins_no_data(desk: Run, folder: Path, choice: str) -> None:
    assert desk("import", "distributors", MESSY, "--map", choice).status in {1, 2}
    assert not folder.exists()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names of files are text there")
def test_that_a_file_whose_name_is_no_text_is_brought_in(start: Run, folder: Path, tmp_path: Path) -> None:
    """Such names come out of archives that were packed on a Chinese Windows."""
    name = os.fsdecode("客户.csv".encode("gb18030"))
    (tmp_path / name).write_bytes(MESSY_GBK.read_bytes())
    answer = start("--data", folder, "--lang", "en", "import", "distributors", name, "--json")
    assert answer.document["created"] > 0
    assert start("--data", folder, "check").status == 0


def test_that_the_present_folder_is_refused_by_its_name(start: Run, folder: Path, tmp_path: Path) -> None:
    answer = start("--data", folder, "--lang", "en", "import", "distributors", ".")
    assert answer.refusal == f"{tmp_path.name} is a folder. Choose a file in it."


def test_that_the_row_of_the_headings_can_be_named(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("2026,1\n客户,甲\n乙公司,丙\n丁公司,戊\n", "utf-8")

    def names(*row: object) -> list[str]:
        answer = desk("import", "distributors", table, "--heading-row", *row, "--map", "name=1", "--json")
        assert answer.status == 0
        return [one["name"] for one in listed(desk)]

    assert names(3) == ["丁公司"]
    assert names(2) == ["丁公司", "乙公司"]
    answer = desk("import", "distributors", table, "--heading-row", 9)
    assert (answer.status, "list.csv" in answer.refusal) == (1, True)
    assert desk("import", "distributors", table, "--heading-row", 0).status == 2


@pytest.mark.parametrize("path", EVERY)
def test_that_a_second_import_finds_everything_there(desk: Run, path: Path) -> None:
    desk("import", "distributors", path)
    before = listed(desk)
    created, updated, skipped, rejected = desk("import", "distributors", path, "--json").counts
    assert (created, updated) == (0, 0)
    assert (skipped, rejected) == (sum(FILES[path]) - FILES[path][3], FILES[path][3])
    assert listed(desk) == before


@pytest.mark.parametrize("path", EVERY)
def test_that_an_unchanged_file_brings_no_changes_with_update(desk: Run, path: Path) -> None:
    desk("import", "distributors", path)
    before = listed(desk)
    counts = desk("import", "distributors", path, "--update", "--json").counts
    assert sum(counts) == sum(FILES[path])
    assert counts[0] == 0
    assert len(listed(desk)) == len(before)
    assert desk("import", "distributors", path, "--update", "--json").counts[:2] == (0, 0)
    # What came from near duplicates may be brought in; what was there stays.
    for old, new in zip(before, listed(desk), strict=True):
        assert (old["id"], old["code"], old["name"]) == (new["id"], new["code"], new["name"])


def test_that_an_update_brings_in_what_is_new_and_empties_nothing(desk: Run, tmp_path: Path) -> None:
    desk("import", "distributors", MESSY_GBK)
    one = listed(desk)[0]
    table = tmp_path / "new.csv"
    table.write_text(f"客户编码,经销商名称,地址,账期(天)\n{one['code']},{one['name']},新地址 8 号,\n", "utf-8")
    assert desk("import", "distributors", table, "--json").counts == (0, 0, 1, 0)
    assert listed(desk)[0]["address"] == one["address"]
    assert desk("import", "distributors", table, "--update", "--json").counts == (0, 1, 0, 0)
    now = listed(desk)[0]
    assert now["address"] == "新地址 8 号"
    unchanged = set(one) - {"address", "updated_at"}
    assert {key: now[key] for key in unchanged} == {key: one[key] for key in unchanged}


def test_that_details_under_equal_headings_are_all_listed(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    table.write_text("客户名称,进货,进货,进货\n甲公司,10,20,30\n", "utf-8")
    desk("import", "distributors", table)
    assert listed(desk)[0]["extra"] == {"进货": "10", "进货 (2)": "20", "进货 (3)": "30"}


def test_that_an_update_renews_details_instead_of_piling_them_up(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    for text in ("客户名称,余额,微店\n甲公司,100,wd\n", "客户名称,余额\n甲公司,200\n", "客户名称,余额\n甲公司,300\n"):
        table.write_text(text, "utf-8")
        desk("import", "distributors", table, "--update")
    assert listed(desk)[0]["extra"] == {"微店": "wd", "余额": "300"}


def test_that_people_of_several_rows_stand_in_the_order_of_the_file(desk: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("编码,客户名称,联系人\nA1,甲公司,张三\nA1,甲公司,李四\nA1,甲公司,王五\n", "utf-8")
    desk("import", "distributors", path)
    path.write_text("编码,客户名称,联系人,联系人2\nA1,甲公司,赵六,钱七\n", "utf-8")
    desk("import", "distributors", path, "--update")
    (one,) = listed(desk)
    people = [(contact["name"], contact["position"]) for contact in one["contacts"]]
    assert people == [("张三", 0), ("李四", 1), ("王五", 2), ("赵六", 3), ("钱七", 4)]


def test_that_an_update_to_another_status_leaves_no_reason_of_the_old_one(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    for row, reason in (("暂停,欠款", "欠款"), ("暂停,", "欠款"), ("终止,", "")):
        table.write_text(f"客户名称,状态,原因\n甲公司,{row}\n", "utf-8")
        desk("import", "distributors", table, "--update")
        assert listed(desk)[0]["status_reason"] == reason


def test_that_a_problem_names_its_row_and_column_and_one_of_the_file_names_none(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    table.write_bytes("客户名称,城市\n甲公司,#N/A\n".encode("gb18030"))
    lines = desk("import", "distributors", table).said.splitlines()
    assert lines[0] == "The encoding of this file was taken to be gb18030."
    assert lines[1] == "Row 2, 城市: The formula in this cell shows #N/A instead of a value."


# -- the values of the ledger


def ledger() -> list[dict[str, str]]:
    """The rows of the GBK ledger as they stand there."""
    with MESSY_GBK.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))


def amount(text: str) -> int | None:
    """An amount of the ledger in fen."""
    text = unicodedata.normalize("NFKC", text).replace(",", "").replace("¥", "").replace(" ", "").removesuffix("元")
    if not text:
        return None
    return round(float(text.removesuffix("万")) * (1_000_000 if text.endswith("万") else 100))


def day(text: str) -> str:
    """A day of the ledger in ISO form."""
    for mark in "年月/.":
        text = text.replace(mark, "-")
    year, month, number = text.removesuffix("日").split("-")
    return f"{year}-{int(month):02}-{int(number):02}"


@pytest.mark.parametrize("path", [pytest.param(MESSY, id="xlsx"), pytest.param(MESSY_GBK, id="csv")])
def test_that_every_value_of_the_ledger_is_kept(desk: Run, path: Path) -> None:
    desk("import", "distributors", path)
    found = {one["code"]: one for one in listed(desk)}
    rows = ledger()
    assert set(found) <= {row["客户编码"] for row in rows}
    for row in rows:
        one = found.get(row["客户编码"])
        if one is None or one["name"] != row["经销商名称"].strip():
            continue  # a near duplicate
        assert one["short_name"] == row["简称"]
        assert one["city"] == row["市"]
        assert one["address"] == row["地址"]
        assert one["contacts"][0]["name"] == row["联系人"]
        assert one["note"] == row["备注"].replace("\r\n", "\n")
        assert one["annual_sales_minor"] == amount(row["年销售额"])
        assert one["credit_limit_minor"] == amount(row["信用额度"])
        assert one["terms_days"] == (int(row["账期(天)"]) if row["账期(天)"] else None)
        assert one["owner"] == row["负责人"]
        if row["合作日期"]:
            assert one["since_on"] == day(row["合作日期"])
        written = row["手机"].removesuffix(".0")
        assert one["phones"] == ([written] if written else [])


def test_that_both_forms_of_the_ledger_say_the_same(desk: Run, say: Run, tmp_path: Path) -> None:
    desk("import", "distributors", MESSY)
    say("--data", tmp_path / "other", "import", "distributors", MESSY_GBK)
    other = say("--data", tmp_path / "other", "list", "distributors", "--json").document["distributors"]
    own = {"public_id", "id", "created_at", "updated_at", "contacts", "extra"}
    assert [{key: one[key] for key in one.keys() - own} for one in listed(desk)] == [
        {key: one[key] for key in one.keys() - own} for one in other
    ]


def test_that_formulas_rare_characters_and_traditional_places_are_kept_as_text(desk: Run) -> None:
    desk("import", "distributors", MESSY)
    found = listed(desk)
    notes = {one["note"] for one in found}
    assert any(note.startswith("=") for note in notes)
    assert any("\n" in note for note in notes)
    names = "".join(contact["name"] for one in found for contact in one["contacts"])
    assert any(ord(character) > 0xFFFF for character in names)
    provinces = {one["province"] for one in found}
    assert provinces & {"廣東", "湖北", "四川", "浙江"}
    sheet = openpyxl.load_workbook(MESSY, data_only=False).worksheets[0]
    written = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {one["province"] for one in found} <= written


def test_that_phones_are_phones_again_and_codes_keep_their_zeros(desk: Run) -> None:
    desk("import", "distributors", MESSY)
    phones = [phone for one in listed(desk) for phone in one["phones"]]
    assert phones
    assert not [phone for phone in phones if phone.endswith(".0") or "e+" in phone.lower()]
    codes = {one["code"] for one in listed(desk)}
    assert codes == {row["客户编码"] for row in ledger()} & codes
    assert any(code.startswith("JX0") for code in codes)


def test_that_the_northwind_customers_keep_names_people_and_phones(desk: Run) -> None:
    desk("import", "distributors", NORTHWIND)
    found = {one["code"]: one for one in listed(desk)}
    alfki = found["ALFKI"]
    assert alfki["name"] == "Alfreds Futterkiste"
    assert (alfki["city"], alfki["country"], alfki["postal_code"]) == ("Berlin", "Germany", "12209")
    assert alfki["contacts"][0]["name"] == "Maria Anders"
    assert alfki["contacts"][0]["title"] == "Sales Representative"
    assert "030-0074321" in alfki["phones"]
    sheet = openpyxl.load_workbook(NORTHWIND).worksheets[0]
    phones = {str(row[9].value) for row in sheet.iter_rows(min_row=2) if row[9].value}
    assert {phone for one in found.values() for phone in one["phones"]} <= phones


# -- choices of the user's


def test_that_a_column_is_mapped_by_heading_letter_or_number(desk: Run, tmp_path: Path, say: Run) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Foo,Bar,Baz\nAcme,7 Long Road,12\nUnion,8 Short Road,13\n", "utf-8")
    refusal = desk("import", "distributors", table).refusal
    assert "--map name=COLUMN" in refusal
    for number, column in enumerate(("Foo", "A", "1")):
        place = tmp_path / f"data{number}"
        maps = ("--map", f"name={column}", "--map", "address=Bar")
        answer = say("--data", place, "--lang", "en", "import", "distributors", table, *maps, "--json")
        assert answer.counts == (2, 0, 0, 0)
        found = say("--data", place, "list", "distributors", "--json").document["distributors"]
        assert [(one["name"], one["address"]) for one in found] == [("Acme", "7 Long Road"), ("Union", "8 Short Road")]


def test_that_blanks_beside_the_sign_of_a_choice_mean_nothing(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Foo,Bar\nAcme,7 Long Road\n", "utf-8")
    desk("import", "distributors", table, "--map", " name = Foo ", "--map", "address= B")
    assert [(one["name"], one["address"]) for one in listed(desk)] == [("Acme", "7 Long Road")]
    for choice in (" = Foo", "name = "):
        wrong = desk("import", "distributors", table, "--map", choice)
        assert (wrong.status, wrong.said) == (2, "")
        assert f"not FIELD=COLUMN: {choice}" in wrong.complained


@pytest.mark.parametrize("choice", ["nonsense=Foo", "name=Nowhere", "name=ZZ", "name=99"])
def test_that_a_wrong_choice_is_told_and_nothing_comes_in(desk: Run, folder: Path, tmp_path: Path, choice: str) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Foo,Bar\nAcme,7 Long Road\n", "utf-8")
    begin(folder)
    before = state_of(folder)
    assert desk("import", "distributors", table, "--map", choice).refusal
    assert state_of(folder) == before


def test_that_a_mapping_is_remembered_for_the_same_headings(desk: Run, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Foo,Bar\nAcme,7 Long Road\n", "utf-8")
    desk("import", "distributors", table, "--map", "name=Foo")
    table.write_text("Foo,Bar\nUnion,8 Long Road\n", "utf-8")
    assert desk("import", "distributors", table, "--json").counts == (1, 0, 0, 0)


def test_that_the_imported_are_found_by_initials_tail_and_note(desk: Run) -> None:
    desk("import", "distributors", MESSY)
    one = next(one for one in listed(desk) if one["phones"] and one["phones"][0].isdigit())
    tail = one["phones"][0][-4:]
    assert one["id"] in [hit["id"] for hit in listed(desk, "--search", tail)]
    assert one["id"] in [hit["id"] for hit in listed(desk, "--search", one["short_name"])]
    assert listed(desk, "--search", "需要现场拜访")
    assert listed(desk, "--search", "no such words anywhere") == []


def test_that_a_workbook_of_several_sheets_says_how_the_others_come_in(desk: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "湖南"
    for sheet in (book.worksheets[0], book.create_sheet("湖北")):
        sheet.append(["客户名称", "城市"])
        sheet.append([f"{sheet.title}商贸", sheet.title])
    book.save(tmp_path / "省份.xlsx")
    assert desk("import", "distributors", tmp_path / "省份.xlsx").said.splitlines() == [
        "The sheet “湖北” was not read; choose it to import it.",
        "1 created, 0 updated, 0 skipped, 0 rejected",
        "Each run brings in one sheet; --sheet NAME chooses another.",
    ]
    desk("import", "distributors", tmp_path / "省份.xlsx", "--sheet", "湖北")
    assert {one["name"] for one in listed(desk)} == {"湖北商贸", "湖南商贸"}
