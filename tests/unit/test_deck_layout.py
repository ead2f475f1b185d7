"""Slides on paper: everything within its place, whatever people write."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from channel_desk.documents.render.deck_layouts import lay_out
from channel_desk.documents.render.deck_pdf import render_deck_pdf
from channel_desk.documents.render.deck_sheet import Box, Element, Grid, SlideSheet, Stroke, Words
from channel_desk.documents.render.deck_values import read_values
from channel_desk.documents.render.preview import Preview
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.shareable import ShareableDistributor
from channel_desk.domain.training import Layout, Slide
from channel_desk.errors import UserError
from channel_desk.i18n import Language, load_language
from channel_desk.paths import resources
from tests.fixtures.decks import (
    BOOK,
    bare_distributor,
    built,
    filled_slide,
    full_session,
    known_distributor,
    pdf_bytes,
    pdf_pages,
    session,
    slide,
    standard,
)
from tests.fixtures.golden import golden

ENGLISH = load_language("en", resources() / "i18n")
RULER = Typesetter(BOOK)
LONG = "把净饮机卖进学校和酒店 a long sentence without mercy, " * 60
TEXTS = [
    "",
    "短",
    "Sell water machines",
    "一个月用多少，花多少，谁提谁批？" * 3,
    "W" * 400,
    LONG,
    "a\nb\nc\nd",
    "“引号”开头的话",
]


def sheets_of(*slides: Slide, language: Language = ENGLISH) -> tuple[SlideSheet, ...]:
    return lay_out(built(session("en"), slides, bare_distributor(), language), RULER)


def frames(elements: tuple[Element, ...]) -> list[tuple[float, float, float, float]]:
    """What takes room: left, top, right, bottom; lines and the panel behind the cover's promises do not."""
    return [
        (element.x, element.y, element.x + element.w, element.y + element.h)
        for element in elements
        if not isinstance(element, Stroke) and not (isinstance(element, Box) and not element.inside)
    ]


def check(sheet: SlideSheet) -> None:
    places = frames(sheet.elements)
    for left, top, right, bottom in places:
        assert left >= 0 and top >= 0 and right <= 960 and bottom <= 540, sheet
    for number, (left, top, right, bottom) in enumerate(places):
        for other in places[number + 1 :]:
            apart = right <= other[0] + 1 or other[2] <= left + 1 or bottom <= other[1] + 5 or other[3] <= top + 5
            assert apart, (sheet.title[:30], (left, top, right, bottom), other)
    for element in sheet.elements:
        if isinstance(element, Words):
            assert element.block.width <= element.w + 0.5, element
        if isinstance(element, Box):
            assert all(words.y + words.h <= element.y + element.h + 1 for words in element.inside)
            assert all(words.x + words.block.width <= element.x + element.w for words in element.inside)
        if isinstance(element, Grid):
            for row in element.rows:
                # a closing mark may stand out with its empty half
                widths = zip(row, element.widths, strict=True)
                assert all(cell.block.width <= width + cell.style.size / 2 for cell, width in widths)


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("rows", [None, 1, 20])
def test_that_a_layout_holds_whatever_is_written(layout: Layout, text: str, rows: int | None) -> None:
    sheets = sheets_of(filled_slide(layout, text, rows=rows))
    assert sheets
    for sheet in sheets:
        check(sheet)


@settings(max_examples=100)
@example(layout=Layout.BIG_NUMBER, text="0" * 60, rows=0)
@example(layout=Layout.CASE, text="0" * 87, rows=3)
@given(layout=st.sampled_from(list(Layout)), text=st.text(max_size=300), rows=st.integers(0, 12))
def test_that_a_layout_holds_texts_nobody_thought_of(layout: Layout, text: str, rows: int) -> None:
    for sheet in sheets_of(filled_slide(layout, text, rows=rows)):
        check(sheet)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_that_nothing_of_the_standard_deck_is_cut(code: str, request: pytest.FixtureRequest) -> None:
    language: Language = request.getfixturevalue(f"language_{code[:2]}")
    for distributor, made in ((bare_distributor(), session(code)), (known_distributor(), full_session(code))):
        sheets = lay_out(standard(made, distributor, language), RULER)
        assert len(sheets) == 10
        assert not [sheet.title for sheet in sheets if sheet.is_cut]
        for sheet in sheets:
            check(sheet)


def test_that_rows_beyond_a_slide_go_on_to_the_next(language_zh: Language) -> None:
    rows = (("objections", tuple((f"“第 {n} 句。”", "先问？", "再答。") for n in range(7))),)
    sheets = sheets_of(slide(Layout.OBJECTIONS, kicker="异议", title="先问", rows=rows), language=language_zh)
    grids = [element for sheet in sheets for element in sheet.elements if isinstance(element, Grid)]
    assert [len(grid.rows) for grid in grids] == [3, 3, 1]
    kickers = [
        one.text for sheet in sheets for one in sheet.elements if isinstance(one, Words) and one.role == "kicker"
    ]
    assert kickers == ["异议", "异议 · 续", "异议 · 续"]
    assert [sheet.number for sheet in sheets] == [1, 2, 3]


def grids_of(*rows: tuple[str, ...]) -> list[Grid]:
    sheets = sheets_of(slide(Layout.PRODUCTS, title="产品", rows=(("products", rows),)))
    return [element for sheet in sheets for element in sheet.elements if isinstance(element, Grid)]


@pytest.mark.parametrize("count", [7, 9, 13])
def test_that_all_slides_of_a_table_have_one_size(count: int) -> None:
    long = ("CJ-100 商用直饮机", "学校、酒店、写字楼茶水间", "200 人以上", "滤芯寿命 12 个月", "123,456.00", "3 年质保")
    grids = grids_of(*(long for _ in range(count - 1)), ("CJ", "家", "6", "省", "9", "有"))
    assert len(grids) > 1
    assert len({tuple(cell.style for cell in row) for grid in grids for row in grid.rows}) == 1
    assert len({grid.gutters for grid in grids}) == 1
    assert sum(len(grid.rows) for grid in grids) == count


def test_that_figures_keep_away_from_the_words_behind_them() -> None:
    (grid,) = grids_of(
        ("CJ-20", "家庭", "6 人", "省心", "2,699", "质保 2 年"), ("CJ-60", "诊所", "30 人", "省心", "16,800", "现货")
    )
    assert grid.aligns[4:] == ("right", "left")
    assert grid.gutters[4] > 36
    assert all(row[4].block.width <= grid.widths[4] - grid.gutters[4] for row in grid.rows)


def test_that_body_texts_are_never_below_sixteen_points() -> None:
    for layout in (Layout.AGENDA, Layout.WORK_PLAN, Layout.OBJECTIONS, Layout.PRODUCTS):
        for sheet in sheets_of(filled_slide(layout, "一个月用多少，花多少，谁提谁批？" * 2)):
            grids = [element for element in sheet.elements if isinstance(element, Grid)]
            sizes = {cell.style.size for grid in grids for row in grid.rows for cell in row}
            assert min(sizes) >= 16


def test_that_a_title_is_set_smaller_before_it_is_cut() -> None:
    def title(text: str) -> Words:
        sheet = sheets_of(slide(Layout.AGENDA, title=text))[0]
        return next(one for one in sheet.elements if isinstance(one, Words) and one.role == "title")

    assert title("守住价格").style.size == 30
    assert title("守" * 60).style.size == 26
    assert len(title("守" * 60).block.lines) == 2
    assert title("守" * 90).text.endswith("…")


def test_that_the_notes_keep_what_the_slide_had_to_cut() -> None:
    sheet = sheets_of(slide(Layout.AGENDA, title="守" * 90, notes="慢一点"))[0]
    assert sheet.is_cut
    assert sheet.notes.startswith("慢一点")
    assert "守" * 90 in sheet.notes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", 42.0),
        ("¥18,600", 18600.0),
        ("3.5%", 3.5),
        ("\u22125", -5.0),
        ("约 12 台", 12.0),
        ("", None),
        ("______", None),
        ("1.2 万", 12_000.0),
        ("3 亿元", 300_000_000.0),
        ("1 亿 2,000 万", 120_000_000.0),
        ("12 万 8 万", 120_000.0),
        ("1.2k", 1_200.0),
        ("$1.5m", 1_500_000.0),
        ("$1.2bn", 1_200_000_000.0),
        ("30 m²", 30.0),
        ("5 km", 5.0),
        ("CJ-60 30 台", 30.0),
        ("CJ-60", None),
        ("CNY 4,320", 4_320.0),
        ("2026年 12 台", 12.0),
        ("12 月 30 台", 30.0),
        ("6 个月", 6.0),
        ("-12", -12.0),
        ("-¥12", -12.0),
        ("3–5 家", 4.0),
        ("1/4", 0.25),
        ("1 234 567", 1_234_567.0),
        ("1,5", 1.5),
    ],
)
def test_that_values_are_read_as_people_write_them(text: str, value: float | None) -> None:
    assert read_values([text, "1"])[0] == value


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_that_the_text_of_the_standard_deck_is_the_known_one(code: str, request: pytest.FixtureRequest) -> None:
    language: Language = request.getfixturevalue(f"language_{code[:2]}")
    pages = pdf_pages(pdf_bytes(standard(full_session(code), known_distributor(), language)))
    text = "\n\n".join(f"== {number}\n{page.strip()}" for number, page in enumerate(pages, start=1)) + "\n"
    assert text == golden(f"deck_{code}.txt", text)


def test_that_the_same_deck_gives_the_same_pdf(language_zh: Language) -> None:
    deck = standard(full_session(), known_distributor(), language_zh)
    assert pdf_bytes(deck) == pdf_bytes(deck)


def test_that_slides_are_wide_pages_with_bookmarks(language_zh: Language) -> None:
    document = pypdfium2.PdfDocument(pdf_bytes(standard(full_session(), known_distributor(), language_zh)))
    try:
        assert {page.get_size() for page in document} == {(960.0, 540.0)}
        marks = [mark.get_title() for mark in document.get_toc()]
    finally:
        document.close()
    assert len(marks) == 10
    assert marks[1] == "3 小时，每一段都带走一样东西"


def test_that_a_value_stands_above_its_bar_and_below_one_that_falls(language_en: Language) -> None:
    chart = slide(Layout.CHART, rows=(("bars", (("Jan", "12"), ("Feb", "-30"), ("Mar", "47"))),))
    document = pypdfium2.PdfDocument(pdf_bytes(built(session("en"), [chart], bare_distributor(), language_en)))
    page = document[0]
    text = page.get_textpage()
    paths = [path.get_bounds() for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    for value in ("12", "30", "47"):
        found = text.search(value).get_next()
        assert found is not None
        left, below, _, above = text.get_charbox(found[0])
        (bar,) = [one for one in paths if one[0] < left < one[2] and 20 < one[2] - one[0] < 400 and one[3] - one[1] > 4]
        assert 0 < (bar[1] - above if value == "30" else below - bar[3]) < 12
    document.close()


def test_that_a_blank_to_write_in_is_one_line_on_paper(language_en: Language) -> None:
    def longest_line(title: str) -> int:
        """The most dark pixels beside each other where the title stands."""
        deck = built(session("en"), [slide(Layout.PRODUCTS, title=title)], bare_distributor(), language_en)
        with Preview(pdf_bytes(deck)) as preview:
            picture = preview.picture(0, 1920)
        dark = bytes(value < 128 for value in picture.pixels[::4])
        above = len(dark) // 4
        lines = (dark[start : start + picture.width] for start in range(0, above, picture.width))
        return max(len(run) for line in lines for run in line.split(b"\0"))

    assert longest_line("_" * 20) > 1.9 * longest_line("_" * 10) > 1.9 * longest_line("__")


def test_that_a_place_that_cannot_be_written_is_named(tmp_path: Path, language_zh: Language) -> None:
    target = tmp_path / "missing" / "deck.pdf"
    with pytest.raises(UserError) as caught:
        render_deck_pdf(standard(session(), bare_distributor(), language_zh), target, BOOK)
    assert caught.value.code == "folder_missing"


def test_that_a_deck_without_slides_has_no_pages(language_zh: Language) -> None:
    deck = built(session(), [], bare_distributor(), language_zh)
    assert render_deck_pdf(deck, io.BytesIO(), BOOK).count == 0


def test_that_an_agenda_nobody_knows_the_times_of_has_no_column_for_them(language_en: Language) -> None:
    for time, heads in (("", ["Part", "What for"]), ("9:00", ["Time", "Part", "What for"])):
        parts = ((time, "Products", "one minute"), ("", "Quiz", "sure"))
        agenda = slide(Layout.AGENDA, title="Today", rows=(("parts", parts),))
        deck = built(full_session("en"), [agenda], known_distributor(), language_en)
        grid = next(one for one in lay_out(deck, Typesetter(BOOK))[0].elements if isinstance(one, Grid))
        assert [cell.text for cell in grid.head] == heads
        assert all(len(row) == len(heads) for row in grid.rows)
        assert grid.w == pytest.approx(848)


def test_that_the_cover_says_nothing_twice(language_en: Language) -> None:
    plain = session("en", title="Xianghe sales training")
    team = built(plain, [slide(Layout.COVER)], ShareableDistributor.of(Distributor(name="Xianghe")), language_en)
    assert (team.title, team.cover.subtitle) == ("Xianghe sales training", "")
    named = built(full_session("en"), [slide(Layout.COVER)], known_distributor(), language_en)
    assert named.cover.subtitle == "湘禾商贸 sales training"


def test_that_the_right_answer_of_a_quiz_is_for_the_trainer_alone(language_en: Language) -> None:
    quiz = slide(
        Layout.QUIZ,
        texts=(("question", "Which filter?"), ("answer", "The third one")),
        rows=(("options", (("A coarse one",), ("A fine one",))),),
        notes="Wait for hands",
    )
    made = built(full_session("en"), [quiz], known_distributor(), language_en)
    shown = made.slides[0]
    assert shown.notes == "Answer: The third one\nWait for hands"
    assert "third" not in f"{shown.title} {shown.texts} {shown.rows} {shown.alt}"


@pytest.mark.parametrize(
    ("place", "line"), [("Meeting room 3", "长沙 · Meeting room 3"), ("长沙，3 号会议室", "长沙，3 号会议室")]
)
def test_that_the_cover_names_a_city_once(place: str, line: str, language_en: Language) -> None:
    made = built(session("en", place=place), [slide(Layout.COVER)], known_distributor(), language_en)
    assert made.cover.place_line == line


def test_that_long_notes_of_the_trainer_are_whole(language_en: Language) -> None:
    notes = "Ask who sold one last week. " * 200
    made = built(full_session("en"), [slide(Layout.COVER, notes=notes)], known_distributor(), language_en)
    assert made.slides[0].notes == notes.strip()
