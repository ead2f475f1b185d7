"""Text files whose quotation marks are forgotten, doubled or written for Excel, and the encodings they come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from channel_desk.exchange.delimited import read_delimited
from channel_desk.exchange.encodings import decode
from channel_desk.exchange.likely_encodings import CERTAIN
from channel_desk.exchange.limits import Meter
from channel_desk.exchange.tables import read_table

Rows = list[tuple[str, ...]]


def read(text: str) -> tuple[Rows, tuple[int, ...]]:
    found = read_delimited(text, Meter("x"))
    return found.rows, found.repaired


def test_that_an_unclosed_quotation_mark_before_a_quoted_cell_swallows_no_row() -> None:
    rows, repaired = read('code,company,city\n1,"Alpha,Changsha\n2,"Beta",Wuhan\n3,Gamma,Wuhan\n')
    assert rows[1:] == [("1", "Alpha", "Changsha"), ("2", "Beta", "Wuhan"), ("3", "Gamma", "Wuhan")]
    assert repaired == (2,)


def test_that_an_unclosed_quotation_mark_in_a_narrow_table_swallows_no_row() -> None:
    rows, repaired = read('company,city,phone\n"Alpha,X,1\nBeta,Y,2\nGamma,"Y",3\nDelta,Z,4\n')
    assert rows[1:] == [("Alpha", "X", "1"), ("Beta", "Y", "2"), ("Gamma", "Y", "3"), ("Delta", "Z", "4")]
    assert repaired == (2,)


def test_that_an_unclosed_quotation_mark_in_the_last_row_is_told() -> None:
    rows, repaired = read('company,city\nAlpha,"Leeds\n')
    assert (rows[1:], repaired) == ([("Alpha", "Leeds")], (2,))


def test_that_a_forgotten_quotation_mark_at_the_end_of_a_long_list_does_not_count_its_rows_twice() -> None:
    rows, repaired = read("company,city\n" + "Alpha,Leeds\n" * 30_000 + 'Beta,"Hull\n')
    assert (len(rows), rows[-1], repaired) == (30_002, ("Beta", "Hull"), (30_002,))


def test_that_doubled_quotation_marks_beside_a_forgotten_one_stay_single() -> None:
    rows, repaired = read('code,note,city\n1,"said ""hi"",Leeds\n2,"x""y,Leeds\n3,ok,Leeds\n')
    assert rows[1:] == [("1", 'said "hi"', "Leeds"), ("2", 'x"y', "Leeds"), ("3", "ok", "Leeds")]
    assert repaired == (2, 3)


def test_that_a_quotation_mark_that_ends_too_early_is_told() -> None:
    rows, repaired = read('company,note\nAlpha,"likes" big "screens"\nBeta,"a\nb"\n')
    assert rows[2] == ("Beta", "a\nb")
    assert repaired == (2,)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"The "Old" Inn","York"', ('The "Old" Inn', "York")),
        ('"12" Screens Ltd" , "5"" Pipes"', ('12" Screens Ltd', '5" Pipes')),
        ('Alpha,"Beta "B" Ltd","",', ("Alpha", 'Beta "B" Ltd')),
    ],
)
def test_that_quotation_marks_inside_a_cell_stay_in_it(line: str, cells: tuple[str, ...]) -> None:
    rows, repaired = read(f'company,city\n{line}\n"Gamma","Hull"\n')
    assert (rows[1], rows[2], repaired) == (cells, ("Gamma", "Hull"), (2,))


def test_that_a_blank_before_a_quotation_mark_shifts_no_column() -> None:
    rows, repaired = read('code, company, city\n1, "Alpha, Inc", Leeds\n2, Beta, "X, Y"\n')
    assert rows == [("code", "company", "city"), ("1", "Alpha, Inc", "Leeds"), ("2", "Beta", "X, Y")]
    assert repaired == ()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="00012"', "00012"),
        ('"=""0731-841"""', "0731-841"),
        ("'00013", "00013"),
        ("'+86 138", "+86 138"),
        ("'=A1", "=A1"),
        ("'t Hart", "'t Hart"),
        ("'90s Shop", "'90s Shop"),
        ("=A1", "=A1"),
    ],
)
def test_that_what_excel_needs_to_keep_a_text_is_no_part_of_it(cell: str, text: str) -> None:
    rows, repaired = read(f"code,company\n{cell},Alpha\n")
    assert (rows[1], repaired) == ((text, "Alpha"), ())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp850", "Name;Ort\nMüller & Söhne GmbH;Köln\nBäcker Weiß;Düsseldorf\n"),
        ("cp866", "Имя;Город\nООО Ромашка;Москва\nЗАО Берёзка;Самара\n"),
        ("koi8_r", "Имя;Город\nООО Ромашка;Москва\nЗАО Берёзка;Самара\n"),
        ("cp1251", "Имя;Город\nООО Ромашка;Москва\nЗАО Берёзка;Самара\n"),
        ("mac_roman", "Name;Ort\nMüller & Söhne GmbH;Köln\nBäcker Weiß;Düsseldorf\n"),
        ("cp1252", "Name;Ort\nMüller & Söhne GmbH;Köln\nSociété Générale;Orléans\n"),
    ],
)
def test_that_files_of_dos_windows_and_macintosh_are_told_apart(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.encoding, decoded.text) == (encoding, text)
    assert decoded.certainty >= CERTAIN


def test_that_a_file_that_may_be_of_dos_or_of_a_macintosh_is_doubted() -> None:
    assert decode("Name;Ort\nKölner Hof;Köln\n".encode("cp850")).certainty < CERTAIN


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("List\nName,City,Phone\nAcme,0301234\nBeta,0305678\n", 2),
        ("Name,City,Phone\n\nAcme,0301234\n\n", 1),
        ("Name,City,Phone\nAcme,Berlin,\nBeta,,\n", 0),
        ("Name,City,Phone\nAcme,0301234\nBeta,Berlin,0305678\n", 0),
        ("Name,City,\nAcme,Berlin\nBeta,Bonn\n", 0),
        ("Name,City,Phone\n", 0),
        ("", 0),
    ],
)
def test_that_rows_that_all_lack_a_cell_are_noticed(text: str, longer: int) -> None:
    assert read_delimited(text, Meter("list.csv")).longer == longer


def test_that_rows_that_all_lack_a_cell_are_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,City,Phone\nAcme,0301234567\nBeta,0305678901\n", encoding="utf-8")
    (told,) = [one for one in read_table(path).doubts if one.code == "rows_shorter"]
    assert (told.row, told.values["headings"], told.values["cells"]) == (1, 3, 2)
