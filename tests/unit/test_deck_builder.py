"""From slides to a deck: final texts, numbers, notes, and nothing internal."""

from __future__ import annotations

from typing import cast

import pytest

from channel_desk.documents.builders.deck import LONGEST_TEXT, build_deck, clean_text
from channel_desk.domain.distributors import Distributor, ShareableDistributor
from channel_desk.domain.training import Layout
from channel_desk.i18n import Language
from tests.fixtures.decks import (
    MARK,
    SHANGHAI,
    bare_distributor,
    built,
    full_session,
    known_distributor,
    marked_distributor,
    package_texts,
    pdf_bytes,
    pdf_pages,
    pptx_bytes,
    session,
    slide,
    standard,
    steps,
)


def test_that_the_footer_says_brand_training_and_date(language_zh: Language, language_en: Language) -> None:
    assert standard(full_session(), known_distributor(), language_zh).footer == (
        "澄川净水 · 湘禾商贸销售培训 · 2026年12月8日 周二"
    )
    assert standard(session("en"), bare_distributor(), language_en).footer == "湘禾商贸 sales training · Tue 8 Dec 2026"


def test_that_the_cover_gives_local_time_and_place(language_zh: Language) -> None:
    cover = standard(full_session(), known_distributor(), language_zh).cover
    assert cover.date_line == "2026年12月8日 周二\u20039:00–12:00"
    assert cover.place_line == "长沙 · 湘禾商贸会议室\u2003讲师 林悦"


def test_that_slides_follow_their_position(language_zh: Language) -> None:
    slides = [slide(Layout.QUIZ, title="B", position=2), slide(Layout.COVER, title="A", position=1)]
    deck = built(session(), slides, bare_distributor(), language_zh)
    assert [(one.number, one.title) for one in deck.slides] == [(1, "A"), (2, "B")]


def test_that_a_deck_refuses_the_internal_record(language_zh: Language) -> None:
    internal = cast("ShareableDistributor", Distributor(name="湘禾商贸"))
    with pytest.raises(TypeError):
        build_deck(session(), [], internal, language_zh, zone=SHANGHAI)


def test_that_no_internal_field_reaches_a_slide(language_zh: Language) -> None:
    shared = ShareableDistributor.of(marked_distributor())
    deck = standard(full_session(), shared, language_zh, contacts=("李敏",), steps=steps())
    everything = "\n".join([*pdf_pages(pdf_bytes(deck)), *package_texts(pptx_bytes(deck)).values(), repr(deck)])
    for telltale in (MARK, "987654321", "876543219", "7391"):
        assert telltale not in everything


def test_that_the_answer_of_a_quiz_stands_in_the_notes_alone(language_zh: Language) -> None:
    quiz = slide(
        Layout.QUIZ,
        title="先做什么？",
        texts=(("answer", "QZ"),),
        rows=(("options", (("甲",), ("乙",))),),
        notes="讲评",
    )
    deck = built(session(), [quiz], bare_distributor(), language_zh)
    assert deck.slides[0].notes == "答案：QZ\n讲评"
    assert "QZ" not in deck.slides[0].alt
    assert "QZ" not in pdf_pages(pdf_bytes(deck))[0]
    parts = package_texts(pptx_bytes(deck))
    assert [name for name, text in parts.items() if "QZ" in text] == ["ppt/notesSlides/notesSlide1.xml"]


def test_that_a_question_takes_the_place_of_a_missing_title(language_zh: Language) -> None:
    deck = built(session(), [slide(Layout.QUIZ, texts=(("question", "先做什么？"),))], bare_distributor(), language_zh)
    assert deck.slides[0].title == "先做什么？"
    assert not deck.slides[0].text("question")


def test_that_rows_have_the_columns_of_their_table(language_zh: Language) -> None:
    rows = (("tasks", (("12月1日",), ("", "", "", ""), ("a", "b", "c", "d", "e"))),)
    deck = built(session(), [slide(Layout.WORK_PLAN, rows=rows)], bare_distributor(), language_zh)
    assert deck.slides[0].table("tasks") == (("12月1日", "", "", ""), ("a", "b", "c", "d"))


def test_that_every_slide_can_be_read_aloud(language_en: Language) -> None:
    deck = standard(session("en"), bare_distributor(), language_en)
    assert all(one.title in one.alt for one in deck.slides)
    assert "B A question: what does it cost you in a year?" in deck.slides[8].alt


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x0bc\x1b", "abc"),
        ("\ud800x\ufffe", "x"),
        (" a\tb \r\n c ", "a b \n c"),
        ("x" * (LONGEST_TEXT + 5), "x" * (LONGEST_TEXT - 1) + "…"),
    ],
)
def test_that_texts_lose_what_no_file_can_hold(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned
