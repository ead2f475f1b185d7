"""Line breaking of mixed Chinese and English: no bad starts or ends, nothing torn, nothing lost."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.documents.render.breaking import CLOSING, OPENING, Line, break_lines, units
from tests.unit.emoji import BURNING_HEART, CHINA, FAMILY, HEART, KEY_HASH, KEY_ONE, LIGHT_THUMB, MECHANIC, REGION

#: Two of these ahead of a break would be torn apart by a worse rule.
PIECES = (
    "渠道", "经理", "王总", "说", "的", "付清", "CJ-60", "haven’t", "distributor", "Xianghe", "12.4 万元",
    "11 月 30 日", "38,000 元", "3–5 天", "5 December 2026", "14 km", "¥360,000", "72%", "第 3 项", "08:45",
    "09:30–11:00",
    "，", "。", "、", "；", "：", "？", "！", "（", "）", "《", "》", "“", "”", "……", "——", "·",
    ",", ".", ";", "(", ")", " ", " ",
)  # fmt: skip
KEPT = (
    "12.4 万元", "11 月 30 日", "38,000 元", "3–5 天", "5 December 2026", "14 km", "¥360,000", "72%", "09:30–11:00",
    "haven’t", "distributor", "Xianghe", "CJ-60",
)  # fmt: skip
#: A comma or a point without a blank belongs to the word: 11:00,5 December is no date, file.11 no day.
ONE_WORD = re.compile(r"[A-Za-z0-9][,.][A-Za-z0-9]")
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)


def width_of(character: str) -> float:
    return 5.0 if character < "\u2e80" and character not in "“”……——" else 10.0


def broken(text: str, width: float) -> list[Line]:
    return break_lines(text, [0.0, *accumulate(width_of(character) for character in text)], width)


def pieces(text: str, width: float) -> list[str]:
    return [text[line.start : line.end] for line in broken(text, width)]


@given(texts, st.integers(150, 400))
def test_that_the_lines_one_after_the_other_are_the_text(text: str, width: int) -> None:
    assert "".join(pieces(text, width)) == text


@given(st.text(max_size=300), st.integers(3, 200))
def test_that_nothing_is_lost_of_any_text_in_any_column(text: str, width: int) -> None:
    assert "".join(pieces(text, width)) == text


@given(texts, st.integers(150, 400))
def test_that_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    if any(len(unit) > width / 10 for unit in (text[one.start : one.end] for one in units(text))):
        return  # a run of marks wider than the line has to be broken somewhere
    lines = broken(text, width)
    for before, line in pairwise(lines):
        assert text[line.start] not in CLOSING
        assert text[before.seen - 1] not in OPENING


@given(texts, st.integers(150, 400))
def test_that_words_numbers_with_units_and_dates_stay_whole(text: str, width: int) -> None:
    lines = broken(text, width)
    breaks = {line.start for line in lines[1:]}
    wide = [(one.start, one.end) for one in units(text) if sum(map(width_of, text[one.start : one.seen])) > width - 20]
    for kept in KEPT:
        start = text.find(kept)
        while start >= 0:
            end = start + len(kept)
            alone = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
            alone = alone and not ONE_WORD.search(text[max(0, start - 2) : start + 1] + " " + text[end - 1 : end + 2])
            if alone and not any(first < end and start < last for first, last in wide):
                assert not breaks & set(range(start + 1, end))
            start = text.find(kept, start + 1)


@given(texts, st.integers(150, 400))
def test_that_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    for line in broken(text, width):
        drawn = sum(map(width_of, text[line.start : line.seen]))
        assert drawn <= width + 10  # a hanging mark at the start, half a closing one at the end


@pytest.mark.parametrize(
    "text", ["我们明天一起去看一看仓库", "one two three four five six a", "展台费什么时候能够报下来呢？"]
)
@pytest.mark.parametrize("width", range(40, 130, 7))
def test_that_the_last_line_has_at_least_three_characters(text: str, width: int) -> None:
    lines = pieces(text, width)
    assert len(lines) == 1 or len("".join(lines[-1].split())) >= 3


def test_that_a_word_wider_than_the_line_breaks_anywhere() -> None:
    lines = broken("x" * 95, 100)
    assert [line.end - line.start for line in lines] == [20, 20, 20, 20, 15]


def test_that_opening_quotes_hang_at_the_start_of_a_line() -> None:
    lines = broken("他们的经理昨天说：“库存还有七十天”", 95)
    assert [line.shift > 0 for line in lines] == [False, True]


def test_that_a_line_end_in_the_text_ends_the_line() -> None:
    assert pieces("第一行\n第二行\n\n第四行", 500) == ["第一行\n", "第二行\n", "\n", "第四行"]


def test_that_work_stops_after_the_wanted_lines() -> None:
    text = "字" * 200_000
    sums = [0.0, *accumulate(10.0 for _ in text)]
    assert len(break_lines(text, sums, 100, most=3)) == 4


def first_of_one(text: str, width: float) -> str:
    lines = break_lines(text, [0.0, *accumulate(width_of(character) for character in text)], width, most=1)
    return text[lines[0].start : lines[0].seen]


@pytest.mark.parametrize("word", ["approvedbyheadquarters", "https://drive.example.com/contracts/2026/approved.pdf"])
def test_that_a_long_word_behind_a_short_lead_is_begun_where_one_line_is_allowed(word: str) -> None:
    shown = first_of_one(f"Money  {word}", 120)
    assert shown.startswith(f"Money  {word[:10]}")
    assert len(shown) <= 24


def test_that_a_word_wider_than_a_line_begins_behind_a_short_lead() -> None:
    assert pieces("Money " + "x" * 60, 100) == ["Money " + "x" * 14, "x" * 20, "x" * 20, "x" * 6]


def test_that_an_amount_or_a_date_behind_a_short_lead_stays_whole() -> None:
    assert first_of_one("Due 5 December 2026", 80) == "Due"
    assert first_of_one("Sum 12,345,678.90", 80) == "Sum"


def test_that_a_word_of_usual_length_is_not_torn_at_the_end_of_a_line() -> None:
    assert first_of_one("the distributor of all Xianghe", 100) == "the distributor of"


@pytest.mark.parametrize(
    "amount",
    [
        "USD 12,000", "VND 1,234.5m", "12,000 VND", "1,234.6 万 USD", "100多家", "20 余人", "+86 138 0013 8000",
        "0731 8888 6666",
    ],
)  # fmt: skip
def test_that_an_amount_and_its_currency_and_a_telephone_number_stay_whole(amount: str) -> None:
    for text in (f"王总说{amount}，下周定", f"They said {amount} and more"):
        for width in range(95, 160, 5):
            assert any(amount in line for line in pieces(text, width)), (text, width)


def test_that_a_date_in_brackets_stays_whole_where_its_last_bracket_may_stand_over_the_edge() -> None:
    assert pieces("OK细（12月31日）", 57) == ["OK细", "（12月31日）"]


@pytest.mark.parametrize(
    "emoji", [LIGHT_THUMB, HEART, FAMILY, MECHANIC, BURNING_HEART, KEY_ONE, KEY_HASH, CHINA, REGION]
)
def test_that_no_line_ends_within_an_emoji(emoji: str) -> None:
    text = f"渠道{emoji}" * 20
    for width in range(60, 200, 5):
        starts = [line.start for line in broken(text, width)]
        assert all(text.startswith(("渠", "道", emoji), start) for start in starts), width
