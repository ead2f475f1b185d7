"""The editable deck: real titles, tables and charts, and a file that opens whatever was written."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.dom import minidom

import pypdfium2
import pytest
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pypdfium2 import raw

from channel_desk.documents.builders.deck import Deck
from channel_desk.documents.render.deck_layouts import lay_out
from channel_desk.documents.render.deck_pptx import render_deck_pptx
from channel_desk.documents.render.deck_sheet import Box, Words
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.training import Layout
from channel_desk.errors import UserError
from channel_desk.i18n import Language
from tests.fixtures.decks import (
    BOOK,
    bare_distributor,
    built,
    filled_slide,
    full_session,
    known_distributor,
    package_texts,
    pdf_bytes,
    pptx_bytes,
    session,
    slide,
    standard,
)

HOSTILE = [
    "a<b & c > d \"e\" 'f' ]]> <!-- --> <a:t>",
    "x" * 5_000,
    "\U0001f600 \U0001f468\u200d\U0001f469 \u2764\ufe0f",
    "\x00\x01\x0b\x1f\ufffe\ud83d end",
    "=cmd|'/c calc'!A1",
    "http://example.org/a?b=c&d",
    "_x0041_ {name} %s {0}",
    "\u202eright to left\u202c \u0627\u0644",
]


@pytest.fixture
def deck(language_zh: Language) -> Deck:
    return standard(full_session(), known_distributor(), language_zh)


def opened(deck: Deck) -> Any:
    return Presentation(io.BytesIO(pptx_bytes(deck)))


def words_of(shape: Any) -> list[str]:
    """All texts of a shape, those of its parts included."""
    if shape.shape_type is not None and shape.has_text_frame:
        return [shape.text_frame.text]
    if getattr(shape, "has_table", False):
        return [cell.text for row in shape.table.rows for cell in row.cells]
    return [text for part in getattr(shape, "shapes", ()) for text in words_of(part)]


def test_that_it_opens_with_the_same_slides_as_the_pdf(deck: Deck) -> None:
    presentation = opened(deck)
    assert (presentation.slide_width, presentation.slide_height) == (12_192_000, 6_858_000)
    titles = [slide.shapes.title.text_frame.text.replace("\v", "") for slide in presentation.slides]
    assert titles == [sheet.title for sheet in lay_out(deck, Typesetter(BOOK))]


def test_that_title_and_subtitle_of_the_cover_are_those_of_its_layout(deck: Deck) -> None:
    cover = opened(deck).slides[0]
    held = {one.placeholder_format.idx: one.text_frame.text.replace("\v", "") for one in cover.placeholders}
    assert held == {0: deck.title, 1: deck.cover.subtitle}


def test_that_every_slide_has_notes_and_an_alternative_text(deck: Deck) -> None:
    for one, told in zip(opened(deck).slides, deck.slides, strict=True):
        assert one.notes_slide.notes_text_frame.text == told.notes
        described = [shape.get("descr") for shape in one.shapes._spTree.iter() if shape.get("descr")]
        assert described[0] == told.alt


def test_that_every_shape_that_is_no_text_is_described_or_said_to_tell_nothing(deck: Deck) -> None:
    for one in opened(deck).slides:
        for shape in one.shapes:
            properties = shape._element.xpath(".//p:cNvPr")[0]
            decorative = any(part.get("val") == "1" for part in properties.iter("{*}decorative"))
            assert shape.has_text_frame or decorative != bool(properties.get("descr")), shape.name
            if shape.has_text_frame:
                assert not decorative


def test_that_boxes_stand_where_they_stand_on_paper_and_are_as_large(deck: Deck) -> None:
    document = pypdfium2.PdfDocument(pdf_bytes(deck))
    seen = 0
    slides = list(zip(document, opened(deck).slides, lay_out(deck, Typesetter(BOOK)), strict=True))
    for page, one, sheet in slides[1:]:  # the panel of the cover is of its layout
        laid = [element for element in sheet.elements if isinstance(element, Box)]
        firsts = [shape.shapes[0] for shape in one.shapes if hasattr(shape, "shapes")]
        places = {tuple(round(part / 12700) for part in (b.left, b.top, b.width, b.height)) for b in firsts}
        assert places >= {tuple(map(round, (box.x, box.y, box.w, box.h))) for box in laid}
        drawn = [path.get_bounds() for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
        for box in laid:
            wanted = (box.x, 540 - box.y - box.h, box.x + box.w, 540 - box.y)
            assert not (box.fill or box.edge) or any(found == pytest.approx(wanted, abs=1.5) for found in drawn)
        seen += len(laid)
    document.close()
    assert seen > 5


def test_that_tables_are_tables(deck: Deck) -> None:
    slides = list(opened(deck).slides)
    table = next(shape.table for shape in slides[3].shapes if shape.has_table)
    assert [cell.text for cell in table.rows[0].cells] == ["客户说", "先问", "这样答"]
    assert len(table.rows) == 4


def test_that_the_texts_of_a_step_are_one_so_that_a_longer_one_pushes_the_next_down(language_zh: Language) -> None:
    steps = (("书面提醒", "5 个工作日内改正"), ("扣当季奖励", "按政策第 7 条"))
    policy = slide(Layout.POLICY, title="守住", rows=(("steps", steps),))
    deck = built(full_session(), [policy], known_distributor(), language_zh)
    shapes = Presentation(io.BytesIO(pptx_bytes(deck))).slides[0].shapes
    boxes = [shape.shapes for shape in shapes if hasattr(shape, "shapes")]
    texts = [[one.text_frame.text for one in box if one.text_frame.text] for box in boxes]
    assert texts == [["1\n书面提醒\n5 个工作日内改正"], ["2\n扣当季奖励\n按政策第 7 条"]]


def test_that_the_base_line_of_a_text_stands_where_it_stands_on_paper(deck: Deck) -> None:
    document = pypdfium2.PdfDocument(pdf_bytes(deck))
    x, y = ctypes.c_double(), ctypes.c_double()
    compared = 0
    for number, one in enumerate(opened(deck).slides):
        page = document[number]
        text_page = page.get_textpage()
        for shape in one.shapes:
            if not shape.name.startswith("TextBox"):
                continue
            first = shape.text_frame.paragraphs[0]
            places = list(iter(text_page.search(first.text[:6], match_case=True).get_next, None))
            if len(places) != 1:
                continue  # said elsewhere on the page as well
            raw.FPDFText_GetCharOrigin(text_page.raw, places[0][0], x, y)
            # PowerPoint has four fifths of a line of exact height above the base line.
            base_line = shape.top / 12_700 + 0.8 * first.line_spacing.pt
            assert base_line == pytest.approx(page.get_height() - y.value, abs=0.6), first.text
            compared += 1
    document.close()
    assert compared > 10


def test_that_a_title_of_two_lines_is_broken_where_it_is_on_paper(deck: Deck) -> None:
    broken = 0
    for one, sheet in zip(opened(deck).slides, lay_out(deck, Typesetter(BOOK)), strict=True):
        title = next(each for each in sheet.elements if isinstance(each, Words) and each.role == "title")
        lines = one.shapes.title.text_frame.text.split("\v")
        assert len(lines) == len(title.block.lines)
        assert list(map(len, lines)) == [sum(len(run.text) for run in line.runs) for line in title.block.lines]
        broken += len(lines) > 1
    assert broken


def test_that_figures_of_a_table_stand_at_the_right_of_their_column(language_zh: Language) -> None:
    home = ("CJ-20", "家庭", "6 人", "省心", "2,699", "质保 2 年")
    clinic = ("CJ-60", "诊所", "30 人", "省心", "16,800", "现货")
    products = slide(Layout.PRODUCTS, title="选型", rows=(("products", (home, clinic)),))
    deck = built(full_session(), [products], known_distributor(), language_zh)
    (table,) = [shape.table for shape in opened(deck).slides[0].shapes if shape.has_table]
    aligned = [[cell.text_frame.paragraphs[0].alignment for cell in row.cells][-2:] for row in table.rows]
    assert aligned == [[PP_ALIGN.RIGHT, PP_ALIGN.LEFT]] * 3


def test_that_the_second_text_of_a_step_stands_as_far_below_the_first_as_on_paper(language_zh: Language) -> None:
    steps = (("书面提醒", "5 个工作日内改正\n再犯扣奖励"),)
    policy = slide(Layout.POLICY, title="守住", rows=(("steps", steps),))
    deck = built(full_session(), [policy], known_distributor(), language_zh)
    (sheet,) = lay_out(deck, Typesetter(BOOK))
    (box,) = [element for element in sheet.elements if isinstance(element, Box)]
    (shape,) = [one for one in opened(deck).slides[0].shapes if hasattr(one, "shapes")]
    (frame,) = [one for one in shape.shapes if one.text_frame.text]
    paragraphs = frame.text_frame.paragraphs
    firsts = [paragraphs[[one.text for one in paragraphs].index(words.text.split("\n")[0])] for words in box.inside]
    top, places = frame.top / 12_700, {}
    for paragraph in paragraphs:
        top += paragraph.space_before.pt if paragraph.space_before else 0.0
        # PowerPoint has four fifths of a line of exact height above the base line.
        places[paragraph.text] = top + 0.8 * paragraph.line_spacing.pt
        top += paragraph.line_spacing.pt
    assert [places[one.text] for one in firsts] == pytest.approx(
        [words.y + words.block.baseline(0) for words in box.inside], abs=0.6
    )


def test_that_texts_shrink_in_a_wider_font_instead_of_standing_on_one_another(deck: Deck) -> None:
    shapes = [
        one for slide in opened(deck).slides for shape in slide.shapes for one in getattr(shape, "shapes", [shape])
    ]
    boxes = [shape.text_frame for shape in shapes if shape.name.startswith("TextBox")]
    assert len(boxes) > 20
    assert {box.auto_size for box in boxes} == {MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE}


def test_that_an_option_stays_beside_its_letter_when_another_font_needs_fewer_lines(language_en: Language) -> None:
    options = (("Deliver, before somebody else does it for you",), ("No",))
    quiz = slide(Layout.QUIZ, title="Which?", rows=(("options", options),))
    shapes = opened(built(full_session(), [quiz], known_distributor(), language_en)).slides[0].shapes
    boxes = [shape.shapes for shape in shapes if hasattr(shape, "shapes")]
    anchors = [one.text_frame.vertical_anchor for box in boxes for one in box if one.text_frame.text]
    assert anchors == [MSO_ANCHOR.MIDDLE] * 4


def test_that_a_footer_too_long_for_its_line_ends_as_it_does_on_paper(language_zh: Language) -> None:
    made = session(brand="湖南省净水设备与商用饮水综合服务运营中心" * 5)
    deck = built(made, [slide(Layout.QUIZ, title="小测")], known_distributor(), language_zh)
    placeholders = Presentation(io.BytesIO(pptx_bytes(deck))).slides[0].placeholders
    footer = next(one for one in placeholders if one.name == "Footer")
    assert footer.text.endswith("…")
    assert footer.text.removesuffix("…") in deck.footer


def test_that_a_chart_can_be_edited(language_zh: Language) -> None:
    bars = (("1月", "12 台"), ("2月", "14 台"), ("3月", "42 台"))
    presentation = opened(
        built(session(), [slide(Layout.CHART, title="涨了", rows=(("bars", bars),))], bare_distributor(), language_zh)
    )
    chart = next(shape.chart for shape in presentation.slides[0].shapes if shape.has_chart)
    assert list(chart.plots[0].categories) == ["1月", "2月", "3月"]
    assert list(chart.plots[0].series[0].values) == [12.0, 14.0, 42.0]
    assert chart.plots[0].series[0].data_labels.number_format == '#,##0" 台"'
    assert not chart.value_axis.visible
    assert not chart.value_axis.has_major_gridlines
    workbook = chart.part.chart_workbook.xlsx_part.blob
    assert b"xl/workbook.xml" in workbook


def test_that_values_no_format_can_write_are_shown_as_written(language_zh: Language) -> None:
    bars = (("1月", "12 台"), ("2月", "约 3 成"), ("3月", ""), ("4月", "\u22125"))
    data = pptx_bytes(built(session(), [slide(Layout.CHART, rows=(("bars", bars),))], bare_distributor(), language_zh))
    assert "约 3 成" in "".join(package_texts(data).values())


def test_that_nothing_points_to_effects_of_a_theme(deck: Deck) -> None:
    slides = [text for name, text in package_texts(pptx_bytes(deck)).items() if name.startswith("ppt/slides/slide")]
    assert len(slides) == 10
    assert not [text for text in slides if "<p:style>" in text or "srgbClr" in text]


def test_that_each_text_names_its_own_language_also_in_the_notes(language_en: Language) -> None:
    """Chinese names in an English deck were marked as English: read aloud letter by letter, or not at all."""
    made = session("en", title="One more school each", subtitle="湘禾商贸", place="长沙")
    slides = [slide(Layout.COVER, notes="先讲 first"), slide(Layout.QUIZ, title="Who signs?", notes="Answer: B")]
    languages: dict[str, str] = {}
    for shown in opened(built(made, slides, bare_distributor(), language_en)).slides:
        for part in (shown, shown.notes_slide):
            for run in part._element.iter(qn("a:r")):
                languages[run.text] = run.find(qn("a:rPr")).get("lang")
    assert languages["One more school each"] == languages["Who signs?"] == "en-GB"
    assert languages["湘禾商贸"] == languages["先讲 first"] == "zh-CN"
    assert {language for text, language in languages.items() if "湘" in text or "长沙" in text} == {"zh-CN"}


def test_that_the_theme_names_fonts_for_both_scripts(deck: Deck, language_en: Language) -> None:
    theme = package_texts(pptx_bytes(deck))["ppt/theme/theme1.xml"]
    assert theme.count('<a:latin typeface="Microsoft YaHei"') == 2
    assert theme.count('<a:ea typeface="Microsoft YaHei"') == 2
    english = package_texts(pptx_bytes(standard(session("en"), bare_distributor(), language_en)))
    assert english["ppt/theme/theme1.xml"].count('<a:latin typeface="Calibri"') == 2


def test_that_only_our_two_layouts_are_left(deck: Deck) -> None:
    assert [layout.name for layout in opened(deck).slide_layouts] == ["Cover", "Slide"]


def test_that_shapes_have_numbers_of_their_own(deck: Deck) -> None:
    for name, text in package_texts(pptx_bytes(deck)).items():
        if name.startswith("ppt/slides/slide"):
            numbers = [node.getAttribute("id") for node in minidom.parseString(text).getElementsByTagName("p:cNvPr")]
            assert len(numbers) == len(set(numbers))


def test_that_every_part_that_is_named_exists(deck: Deck) -> None:
    with zipfile.ZipFile(io.BytesIO(pptx_bytes(deck))) as package:
        names = set(package.namelist())
        assert package.testzip() is None
        for name in names:
            if not name.endswith(".rels"):
                continue
            folder = Path(name).parent.parent
            for node in minidom.parseString(package.read(name)).getElementsByTagName("Relationship"):
                target = node.getAttribute("Target")
                path = Path(target.lstrip("/")) if target.startswith("/") else folder / target
                parts: list[str] = []
                for part in path.parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in names
        overrides = minidom.parseString(package.read("[Content_Types].xml")).getElementsByTagName("Override")
        assert {node.getAttribute("PartName").lstrip("/") for node in overrides} <= names


def test_that_the_same_deck_gives_the_same_file(deck: Deck) -> None:
    assert pptx_bytes(deck) == pptx_bytes(deck)


def test_that_no_entry_of_the_file_tells_when_it_was_made(language_zh: Language) -> None:
    bars = (("bars", (("1月", "12"), ("2月", "14"))),)
    data = pptx_bytes(built(session(), [slide(Layout.CHART, rows=bars)], bare_distributor(), language_zh))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = next(name for name in package.namelist() if name.endswith(".xlsx"))
        entries = [*package.infolist(), *zipfile.ZipFile(io.BytesIO(package.read(book))).infolist()]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_that_hostile_texts_give_files_that_open(text: str, language_en: Language) -> None:
    slides = [filled_slide(layout, text) for layout in Layout]
    deck = built(
        session("en", title=text, brand=text, trainer=text, place=text), slides, bare_distributor(), language_en
    )
    assert pdf_bytes(deck).startswith(b"%PDF")
    data = pptx_bytes(deck)
    for content in package_texts(data).values():
        minidom.parseString(content.encode("utf-8"))
    assert len(Presentation(io.BytesIO(data)).slides) == len(lay_out(deck, Typesetter(BOOK)))


def test_that_a_formula_in_a_label_stays_text(language_en: Language) -> None:
    bars = (("bars", (("=1+1", "12"), ("{=1}", "14"), ("http://example.org", "3"))),)
    deck = built(session("en", title="=2+2"), [slide(Layout.CHART, rows=bars)], bare_distributor(), language_en)
    sheets = [text for name, text in package_texts(pptx_bytes(deck)).items() if name.endswith("worksheets/sheet1.xml")]
    assert len(sheets) == 1
    assert "<f>" not in sheets[0]
    assert "hyperlink" not in sheets[0]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("rows", [0, 20])
def test_that_an_empty_and_an_overfull_layout_open(layout: Layout, rows: int, language_en: Language) -> None:
    text = "Ask first, then answer. " * 8 if rows else ""
    deck = built(session("en"), [filled_slide(layout, text, rows=rows)], bare_distributor(), language_en)
    slides = list(opened(deck).slides)
    assert slides
    for one in slides:
        assert all(shape.left >= 0 and shape.left + shape.width <= 12_192_000 + 400_000 for shape in one.shapes)


def test_that_all_words_of_the_pdf_are_in_the_editable_deck(deck: Deck) -> None:
    presentation = opened(deck)
    written = " ".join(text for one in presentation.slides for shape in one.shapes for text in words_of(shape))
    for told in deck.slides:
        for _, rows in told.rows:
            for cell in (cell for row in rows for cell in row if cell and told.layout is not Layout.CASE):
                assert cell in written.replace("\n", "")


def test_that_an_editable_deck_is_written_whole_or_not_at_all(tmp_path: Path, deck: Deck) -> None:
    target = tmp_path / "课件.pptx"
    assert render_deck_pptx(deck, target, BOOK) == 10
    before = target.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["课件.pptx"]
    with pytest.raises(UserError) as caught:
        render_deck_pptx(deck, tmp_path / "missing" / "a.pptx", BOOK)
    assert caught.value.code == "folder_missing"
    assert target.read_bytes() == before


def test_that_both_files_of_a_deck_tell_for_whom_it_is(language_zh: Language) -> None:
    deck = built(session(subtitle="销售团队培训"), [slide(Layout.COVER)], bare_distributor(), language_zh)
    core = package_texts(pptx_bytes(deck))["docProps/core.xml"]
    assert f"<dc:title>{deck.title}</dc:title>" in core
    assert "<dc:subject>销售团队培训</dc:subject>" in core
    document = pypdfium2.PdfDocument(pdf_bytes(deck))
    told = document.get_metadata_dict()
    document.close()
    assert (told["Title"], told["Subject"]) == (deck.title, "销售团队培训")


def test_that_both_files_of_a_deck_are_dated_by_the_users_clock_and_name_no_maker_but_us(language_zh: Language) -> None:
    bars = (("bars", (("1月", "12"), ("2月", "14"))),)
    deck = built(session(), [slide(Layout.CHART, rows=bars)], bare_distributor(), language_zh)
    texts = package_texts(pptx_bytes(deck))
    told = {name: text for name, text in texts.items() if name.endswith("docProps/core.xml")}
    assert len(told) == 2
    assert all(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", text) == ["2026-11-22T12:30:00Z"] * 2 for text in told.values())
    assert not any("python" in text for text in texts.values())
    document = pypdfium2.PdfDocument(pdf_bytes(deck))
    assert document.get_metadata_value("CreationDate") == "D:20261122203000+08'00'"
    document.close()
