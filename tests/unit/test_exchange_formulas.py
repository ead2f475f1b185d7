"""Formulas whose value is not in the file, or is an error, are said and never left out in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.import_plan import ImportPlan, Verdict
from channel_desk.domain.importing import plan_import
from channel_desk.exchange.headings import guess_mapping
from channel_desk.exchange.tables import read_table
from channel_desk.services.imports import read_spreadsheet
from tests.unit.test_exchange_tables import graft, workbook


def planned(path: Path) -> ImportPlan:
    table = read_spreadsheet(path).table
    return plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 11, 22))


def test_that_a_formula_without_a_value_is_a_problem_of_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", [["客户名称", "城市", "电话"], ["甲公司", '="长"&"沙"', "13800138000"]])
    (row,) = planned(path).rows
    assert row.distributor is not None
    assert (row.verdict, row.distributor.city) == (Verdict.CREATED, "")
    (problem,) = row.problems
    assert (problem.column, problem.code) == ("城市", "formula_not_calculated")
    assert problem.values == {"text": '="长"&"沙"'}


def test_that_a_name_that_was_never_calculated_rejects_the_row_and_says_why(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", [["客户名称", "城市"], ["=B2&1", "长沙"], ["乙公司", "长沙"]])
    first, _ = planned(path).rows
    assert first.verdict is Verdict.REJECTED
    assert [problem.code for problem in first.problems] == ["no_name", "formula_not_calculated"]


@pytest.mark.parametrize("cell", ["<f>A1</f>", "<f>A1</f><v/>", "<f>A1</f><v></v>", '<f t="shared" si="0"/>'])
def test_that_a_formula_is_not_calculated_when_no_value_stands_beside_it(tmp_path: Path, cell: str) -> None:
    path = graft(tmp_path, f'<row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1">{cell}</c></row>'.encode())
    assert read_table(path).rows[0][1] in {"=A1", "="}


def test_that_a_formula_that_gives_an_empty_text_is_blank(tmp_path: Path) -> None:
    path = graft(tmp_path, b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>A1</f><v></v></c></row>')
    assert read_table(path).rows == ((1,),)


@pytest.mark.parametrize("error", ["#FIELD!", "#BUSY!", "#CONNECT!", "#N/A", "Err:502", "错误:502"])
def test_that_no_error_of_any_program_becomes_a_name(tmp_path: Path, error: str) -> None:
    (tmp_path / "x.csv").write_text(f"客户名称,城市\n{error},长沙\n乙公司,{error}\n", encoding="utf-8")
    first, second = planned(tmp_path / "x.csv").rows
    assert first.verdict is Verdict.REJECTED
    assert [problem.code for problem in second.problems] == ["formula_error"]
