"""The deck builder in words: library, time, checks, forms, and typing that meets newer data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channel_desk.documents.printed import Unprinted
from channel_desk.domain.slide_layouts import LAYOUTS
from channel_desk.domain.training import Layout, Slide
from channel_desk.i18n import Language
from channel_desk.presentation.deck_builder import (
    DeckPages,
    Verdict,
    changed_fields,
    checks,
    is_empty,
    library_rows,
    slide_form,
    slide_name,
    slide_number,
    text_of,
    time_plan,
    with_table,
    with_text,
)
from channel_desk.services.training import SessionSheet
from tests.fixtures import decks

MODULES = {module.key: module for module in decks.modules()}


def slide(number: int, **changes: object) -> Slide:
    return replace(decks.slide(Layout.POLICY, title=f"Slide {number}"), id=number, position=number - 1, **changes)  # type: ignore[arg-type] - keywords of many types


def sheet(*slides: Slide) -> SessionSheet:
    return SessionSheet(decks.session(), decks.known_distributor(), slides)


def test_that_the_library_stands_in_its_groups(language_en: Language) -> None:
    rows = library_rows(
        decks.modules(), decks.facts(decks.session(), decks.known_distributor()), (), typed="", language=language_en
    )
    assert rows[0].is_heading
    assert {row.key for row in rows if not row.is_heading} == set(MODULES)
    assert not any(row.missing for row in rows)


def test_that_a_module_without_its_facts_says_which(language_en: Language, language_zh: Language) -> None:
    facts = decks.facts(decks.session(), decks.bare_distributor())
    for language, reason in ((language_en, "Missing: Covered outlets"), (language_zh, "缺：覆盖网点")):
        rows = {row.key: row for row in library_rows(decks.modules(), facts, (), typed="", language=language)}
        assert rows["outlets_figure"].missing == reason
        assert not rows["products"].missing  # a worksheet has blanks


def test_that_used_modules_are_marked(language_en: Language) -> None:
    facts = decks.facts(decks.session(), decks.known_distributor())
    used = library_rows(decks.modules(), facts, (slide(1, module="products"),), typed="", language=language_en)
    assert [row.key for row in used if row.is_used] == ["products"]


def test_that_typing_finds_modules_by_name_and_pinyin(language_zh: Language) -> None:
    facts = decks.facts(decks.session(), decks.known_distributor())
    for typed in ("异议", "yiyi"):
        found = library_rows(decks.modules(), facts, (), typed=typed, language=language_zh)
        assert "objections" in [row.key for row in found]
        assert len([row for row in found if not row.is_heading]) < len(MODULES)
    assert library_rows(decks.modules(), facts, (), typed="zzzz", language=language_zh) == ()


def test_that_typing_finds_modules_by_their_title_whatever_blanks_stand_around_it(language_en: Language) -> None:
    facts = decks.facts(decks.session(), decks.known_distributor())
    found = library_rows(decks.modules(), facts, (), typed=" nearby ", language=language_en)
    assert [row.key for row in found if not row.is_heading] == ["reference_case"]


def test_that_a_worksheet_can_be_added_before_its_facts_are_known(language_en: Language) -> None:
    facts = decks.facts(decks.session(), decks.bare_distributor())
    figure = MODULES["outlets_figure"]
    (_, told), (_, sheet) = (
        library_rows((one,), facts, (), typed="", language=language_en)
        for one in (figure, replace(figure, worksheet=True))
    )
    assert (told.missing, sheet.missing) == ("Missing: Covered outlets", "")


def test_that_a_deck_that_is_too_long_says_what_to_leave_out(language_en: Language) -> None:
    slides = [
        slide(1, minutes=5),
        slide(2, minutes=20),
        slide(3, minutes=10, module="price_policy"),
        slide(4, minutes=60),
    ]
    plan = time_plan(slides, 90, MODULES, language_en)
    assert plan.is_over
    assert plan.figure == "95 / 90 min"
    assert plan.advice == "5 min too long. Leaving out “Slide 1” saves 5."
    shortest = time_plan(slides[1:], 80, MODULES, language_en)
    name = MODULES["price_policy"].text("en").name
    assert shortest.advice == f"10 min too long. Leaving out “{name}” saves 10."


@pytest.mark.parametrize(("available", "advice"), [(40, "10 minutes left"), (31, "1 minute left"), (30, "Just fits")])
def test_that_time_left_is_told(available: int, advice: str, language_en: Language) -> None:
    assert time_plan([slide(1, minutes=30)], available, MODULES, language_en).advice == advice


def test_that_the_frame_of_the_session_is_never_left_out(language_en: Language) -> None:
    frame = [replace(decks.slide(layout), id=1, minutes=45) for layout in (Layout.COVER, Layout.AGENDA)]
    assert time_plan(frame, 30, MODULES, language_en).advice == "60 min too long"


def test_that_a_slide_that_takes_no_time_is_not_left_out_to_save_time(language_en: Language) -> None:
    cover = replace(decks.slide(Layout.COVER), id=1, minutes=90)
    assert time_plan([cover, slide(2, minutes=0)], 30, MODULES, language_en).advice == "60 min too long"


def test_that_a_deck_that_just_fits_is_not_over(language_en: Language) -> None:
    assert [time_plan([slide(1, minutes=30)], minutes, MODULES, language_en).is_over for minutes in (30, 29)] == [
        False,
        True,
    ]


def test_that_checks_name_the_pages_to_look_at(language_en: Language) -> None:
    slides = [slide(1), slide(2, title=""), slide(3), slide(4)]
    pages = DeckPages(((1, 2), (2, 1), (3, 1), (4, 1)))
    boxes = [Unprinted("2", ("\U0001f600",)), Unprinted("4", ("\U0001f600", "한"))]
    found = checks(slides, frozenset({1, 3, 4}), pages, language_en, unprinted=boxes)
    assert [check.verdict for check in found] == [Verdict.FINE, *[Verdict.LOOK] * 3]
    assert found[1].text == "Text too long on slides 1, 4–5"
    assert found[2].text == "Nothing on slide 3"
    assert found[1].slide_id == 1
    assert found[2].slide_id == 2
    assert found[3].text == "No font for \U0001f600 한 on slides 2, 4"
    assert found[3].slide_id == 1, "the second page of the first slide"


def test_that_a_slide_of_many_rows_takes_several_pages() -> None:
    pages = DeckPages(((7, 1), (5, 3), (9, 1)))
    assert pages.total == 5
    assert [pages.slide_at(page) for page in range(5)] == [7, 5, 5, 5, 9]
    assert [pages.first_of(one) for one in (7, 5, 9, 1)] == [0, 1, 4, None]
    assert pages.slide_at(5) is None


def test_that_a_slide_moved_on_has_the_number_of_its_page_until_the_deck_is_drawn_anew() -> None:
    pages = DeckPages(((1, 2), (2, 1)))
    assert [slide_number(slide(one), place, pages) for place, one in enumerate((2, 3, 1))] == [3, 2, 1]


def test_that_a_title_of_two_lines_is_named_in_one(language_en: Language) -> None:
    assert slide_name(replace(slide(1), title="Keep the price\n and the margin"), MODULES, language_en) == (
        "Keep the price and the margin"
    )


def test_that_a_cover_is_never_empty_and_a_bare_slide_is() -> None:
    assert not is_empty(decks.slide(Layout.COVER))
    assert is_empty(decks.slide(Layout.QUIZ, title=" \n"))
    assert is_empty(decks.slide(Layout.CHART, rows=(("bars", (("", " "),)),)))
    assert is_empty(decks.slide(Layout.QUIZ, texts=(("answer", "B"), ("source", "x"))))
    assert not is_empty(decks.slide(Layout.QUIZ, rows=(("options", (("Yes",),)),)))


@pytest.mark.parametrize("layout", list(Layout))
def test_that_each_layout_has_a_form_for_all_its_texts(layout: Layout, language_zh: Language) -> None:
    form = slide_form(layout, language_zh)
    assert [text.key for text in form.texts] == [text.key for text in LAYOUTS[layout].texts]
    assert [(table.key, len(table.columns)) for table in form.tables] == [
        (rows.key, len(rows.columns)) for rows in LAYOUTS[layout].rows
    ]
    for table, rows in zip(form.tables, LAYOUTS[layout].rows, strict=True):
        assert table.most == rows.most_typed
        assert (table.hint == f"最多 {rows.most} 行") is not rows.goes_on


@pytest.mark.parametrize("key", ["kicker", "title", "notes", "source"])
def test_that_a_typed_text_is_what_is_stored(key: str) -> None:
    before = decks.filled_slide(Layout.QUIZ, "old")
    after = with_text(before, key, "new")
    assert text_of(after, key) == "new"
    assert list(changed_fields(before, after)) == ["texts" if key == "source" else key]
    assert after.text("question") == "old"


def test_that_rows_of_a_table_replace_the_ones_before() -> None:
    before = decks.filled_slide(Layout.CASE, "old")
    after = with_table(before, "steps", [["a", "b"]])
    assert after.table("steps") == (("a", "b"),)
    assert after.table("bars") == before.table("bars")
