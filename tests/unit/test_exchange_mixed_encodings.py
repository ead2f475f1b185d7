"""Two lists in different encodings that were pasted into one file."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from channel_desk.exchange.encodings import decode
from channel_desk.i18n import Language
from channel_desk.services.imports import read_spreadsheet

LIST = "客户名称,电话\n甲公司,1\n星河商贸,2\n"
MORE = "宏达食品,3\n湘江酒业,4\n"
TAIWAN = "鴻達貿易有限公司,台北市\n長江實業股份有限公司,高雄市\n"
#: Its bytes are those of ģģ in UTF-8.
LIKE_ACCENTS = "模模,5\n"


@pytest.mark.parametrize(
    ("first", "first_encoding", "second", "second_encoding", "others"),
    [
        (LIST, "utf-8", MORE, "gb18030", (4, 5)),
        (LIST, "gb18030", MORE, "utf-8", (1, 2, 3)),
        (LIST, "utf-8", TAIWAN, "big5", (4, 5)),
        (LIST + "Café Zoë,9\n", "utf-8", MORE, "gb18030", (5, 6)),
        (LIST + LIKE_ACCENTS, "gb18030", MORE, "utf-8", (1, 2, 3, 4)),
        (LIST.replace("\n", "\r"), "utf-8", MORE, "gb18030", (4, 5)),
    ],
)
def test_that_each_line_is_read_in_its_own_encoding(
    first: str, first_encoding: str, second: str, second_encoding: str, others: tuple[int, ...]
) -> None:
    read = decode(first.encode(first_encoding) + second.encode(second_encoding))
    assert read.text == first + second
    assert (read.encoding, read.others) == ("utf-8", others)
    assert read.other_encoding in {first_encoding, second_encoding}


def test_that_the_mark_at_the_beginning_of_such_a_file_is_no_part_of_it() -> None:
    assert decode(codecs.BOM_UTF8 + LIST.encode() + MORE.encode("gb18030")).text == LIST + MORE


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LIST.encode() + "宏达食品".encode()[:-1] + b",3\n", "utf-8"),
        (LIST.encode() + b"Caf\xe9,3\n", "utf-8"),
        (LIST.encode("gb18030") + LIKE_ACCENTS.encode("gb18030"), "gb18030"),
        ((LIST + TAIWAN).encode("gb18030"), "gb18030"),
    ],
    ids=["cut off", "one accent", "like accents", "traditional"],
)
def test_that_a_file_in_one_encoding_is_not_taken_apart(data: bytes, encoding: str) -> None:
    read = decode(data)
    assert (read.encoding, read.others) == (encoding, ())


def test_that_a_named_encoding_holds_for_all_lines() -> None:
    assert not decode(LIST.encode() + MORE.encode("gb18030"), "gb18030").others


def test_that_the_lines_are_told(tmp_path: Path, language_en: Language) -> None:
    parts = (LIST.encode(), MORE.encode("gbk"), "丙公司,5\n".encode(), "丁公司,6".encode("gbk"))
    (tmp_path / "x.csv").write_bytes(b"".join(parts))
    table = read_spreadsheet(tmp_path / "x.csv").table
    assert [row[0] for row in table.rows] == ["甲公司", "星河商贸", "宏达食品", "湘江酒业", "丙公司", "丁公司"]
    (told,) = table.findings
    assert told.message(language_en) == (
        "Two encodings are mixed in this file: these lines were read as gb18030, all others as utf-8. Look whether"
        " their names are right: 4–5, 7"
    )
