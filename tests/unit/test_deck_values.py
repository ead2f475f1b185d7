"""Figures on slides: whole or not at all, and as large as they are."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL

from channel_desk.documents.builders.deck import Deck
from channel_desk.documents.render.deck_layouts import lay_out
from channel_desk.documents.render.deck_sheet import Columns, Lying, Phrase, SlideSheet, Words
from channel_desk.documents.render.deck_values import read_values
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.training import Layout
from channel_desk.i18n import Language
from tests.fixtures.decks import (
    BOOK,
    bare_distributor,
    built,
    full_session,
    package_texts,
    pdf_bytes,
    pdf_pages,
    pptx_bytes,
    slide,
)

RULER = Typesetter(BOOK)


def deck_of(layout: Layout, bars: Sequence[tuple[str, str]], language: Language) -> Deck:
    made = slide(layout, title="每月销售额", rows=(("bars", tuple(bars)),))
    return built(full_session(), [made], bare_distributor(), language)


def year(*values: str) -> list[tuple[str, str]]:
    return [(f"{month}月", value) for month, value in enumerate(values, start=1)]


def sheet_of(deck: Deck) -> SlideSheet:
    return lay_out(deck, RULER)[0]


def lying(sheet: SlideSheet) -> Lying:
    return next(element for element in sheet.elements if isinstance(element, Lying))


@pytest.mark.parametrize(("value", "bare", "unit"), [("123,456 元", "123,456", "元"), ("¥99,800", "99,800", "¥")])
def test_that_values_without_room_lose_their_unit_and_no_digit(
    value: str, bare: str, unit: str, language_zh: Language
) -> None:
    deck = deck_of(Layout.CHART, year(*[value] * 12), language_zh)
    page = pdf_pages(pdf_bytes(deck))[0]
    assert page.count(bare) == 12
    assert "…" not in page
    assert page.count(unit) in {1, 12}
    assert not sheet_of(deck).is_cut


@pytest.mark.parametrize("value", ["约 1 万 3 千元左右", "CJ-60 300 台 一套"])
def test_that_a_value_of_several_figures_keeps_its_words(value: str, language_zh: Language) -> None:
    sheet = sheet_of(deck_of(Layout.CHART, year(*[value] * 12), language_zh))
    chart = next(element for element in sheet.elements if isinstance(element, Columns))
    assert {bar.shown for bar in chart.bars} == {"…"}


def test_that_a_unit_taken_from_lying_bars_stands_below_them(language_zh: Language) -> None:
    unit = "元，按每年每校每一台设备的全部费用折算，含滤芯、人工、运输、仓储与保险费用"
    page = pdf_pages(pdf_bytes(deck_of(Layout.CASE, [("以前", f"4,320 {unit}"), ("现在", f"980 {unit}")], language_zh)))
    assert "4,320" in page[0]
    assert page[0].replace("\n", "").count("元，按每年") == 1


@pytest.mark.parametrize("value", ["12,345,678", "12,345,678 元", "123,456,789,012"])
def test_that_a_value_that_fits_in_no_way_is_left_out_whole_and_told(value: str, language_zh: Language) -> None:
    deck = deck_of(Layout.CHART, year(*[value] * 12), language_zh)
    page = pdf_pages(pdf_bytes(deck))[0]
    assert not re.search(r"\d{2},", page)
    sheet = sheet_of(deck)
    assert sheet.is_cut
    assert value in sheet.notes
    series = Presentation(io.BytesIO(pptx_bytes(deck))).slides[0].shapes
    values = next(shape.chart.plots[0].series[0].values for shape in series if shape.has_chart)
    assert set(values) == {float(value.removesuffix(" 元").replace(",", ""))}


def test_that_a_fact_with_a_long_unit_keeps_its_figure_whole(language_zh: Language) -> None:
    facts = (("facts", (("123,456,789,012.34 元每年每校每台设备", "累计"),)),)
    made = slide(Layout.CHART, title="每月销售额", rows=facts)
    sheet = sheet_of(built(full_session(), [made], bare_distributor(), language_zh))
    texts = [element.text for element in sheet.elements if isinstance(element, Words)]
    assert "123,456,789,012.34" in texts
    assert "元每年每校每台设备 · 累计" in texts
    assert not sheet.is_cut


def test_that_labels_of_bars_that_are_cut_are_told(language_zh: Language) -> None:
    bars = [(f"株洲市第{number}中学后勤服务中心", "12") for number in range(1, 8)]
    assert sheet_of(deck_of(Layout.CHART, bars, language_zh)).is_cut
    assert sheet_of(deck_of(Layout.CASE, [(bars[0][0] * 3, "12")], language_zh)).is_cut
    assert not sheet_of(deck_of(Layout.CHART, year("12", "14"), language_zh)).is_cut


def test_that_words_in_place_of_a_value_are_told(language_zh: Language) -> None:
    assert sheet_of(deck_of(Layout.CHART, [("甲", "高"), ("乙", "12")], language_zh)).is_cut
    assert not sheet_of(deck_of(Layout.CHART, [("甲", "______"), ("乙", "")], language_zh)).is_cut


def test_that_a_long_value_at_a_lying_bar_is_whole(language_zh: Language) -> None:
    value = "123,456,789,012 元 / 每年每校"
    deck = deck_of(Layout.CASE, [("以前", value), ("现在", "98,765 元")], language_zh)
    assert value in pdf_pages(pdf_bytes(deck))[0]
    chart = lying(sheet_of(deck))
    assert chart.zero + chart.reach + 12 + max(block.width for block in chart.values) <= chart.x + chart.w


def test_that_bars_compare_figures_in_different_units(language_zh: Language) -> None:
    assert read_values(["9,800", "1.2 万", "2 万"]) == [9_800.0, 12_000.0, 20_000.0]
    written = package_texts(pptx_bytes(deck_of(Layout.CHART, year("9,800", "1.2 万", "2 万"), language_zh)))
    chart = next(text for name, text in written.items() if name.startswith("ppt/charts/chart"))
    assert "<c:v>12000</c:v>" in chart.replace("12000.0", "12000")
    assert "1.2 万" in chart


def test_that_figures_in_one_unit_are_edited_as_they_are_written() -> None:
    assert read_values(["486.2 万元", "", "512 万元"]) == [486.2, None, 512.0]


@pytest.mark.parametrize(("before", "is_drawn"), [("-12", True), ("12", False)])
def test_that_the_line_at_zero_is_drawn_where_a_bar_goes_below_it(
    before: str, is_drawn: bool, language_zh: Language
) -> None:
    data = pptx_bytes(deck_of(Layout.CASE, [("以前", before), ("现在", "30")], language_zh))
    shapes = Presentation(io.BytesIO(data)).slides[0].shapes
    axis = next(shape.chart for shape in shapes if shape.has_chart).category_axis
    assert (axis.format.line.fill.type != MSO_FILL.BACKGROUND) == is_drawn


def test_that_a_bar_below_zero_goes_to_the_other_side(language_zh: Language) -> None:
    deck = deck_of(Layout.CASE, [("以前", "-12"), ("现在", "30")], language_zh)
    chart = lying(sheet_of(deck))
    first, second = (chart.zero + (bar.value or 0) * chart.scale for bar in chart.bars)
    assert chart.x + chart.label_width + chart.values[0].width < first < chart.zero < second
    parts = package_texts(pptx_bytes(deck))
    written = next(text for name, text in parts.items() if name.startswith("ppt/charts/chart"))
    low = re.search(r'<c:min val="([-.\d]+)"', written)
    assert low is not None and float(low[1]) <= -12


@pytest.mark.parametrize(
    ("number", "amount"),
    [
        ("3–5 家", "3–5"),
        ("1/3", "1/3"),
        ("1 234 567", "1 234 567"),
        ("-12%", "-12%"),
        ("4,320 元", "4,320"),
        ("3 至 5 家", "3 至 5"),
        ("1.2 万台", "1.2"),
        ("4,320 元 / 3 年", "4,320"),
    ],
)
def test_that_a_big_number_is_not_torn_apart(number: str, amount: str, language_zh: Language) -> None:
    made = slide(Layout.BIG_NUMBER, title="数字", texts=(("number", number),))
    sheet = sheet_of(built(full_session(), [made], bare_distributor(), language_zh))
    assert next(one for one in sheet.elements if isinstance(one, Phrase)).pieces[0][0] == amount


@pytest.mark.parametrize("number", ["2026 年 12 月 8 日", "3-in-1", "3×5 米"])
def test_that_a_figure_that_means_nothing_alone_stays_in_its_text(number: str, language_zh: Language) -> None:
    made = slide(Layout.BIG_NUMBER, title="数字", texts=(("number", number),))
    sheet = sheet_of(built(full_session(), [made], bare_distributor(), language_zh))
    assert not [one for one in sheet.elements if isinstance(one, Phrase)]
    assert number in [one.text for one in sheet.elements if isinstance(one, Words)]
