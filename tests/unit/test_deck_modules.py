"""The library of slides: every module is complete, reads well with little knowledge, and never invents a figure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from channel_desk.domain.deck_modules import (
    BLANK,
    FACT_LABELS,
    DeckFacts,
    Module,
    ModuleGroup,
    fill_module,
    fit_minutes,
    placeholders,
    read_module,
    standard_deck,
)
from channel_desk.domain.shareable import ShareableDistributor
from channel_desk.domain.shipped_files import ShippedFileError
from channel_desk.domain.slide_layouts import LAYOUTS
from channel_desk.domain.training import Layout, Slide
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, Language
from channel_desk.paths import resources
from tests.fixtures.decks import (
    bare_distributor,
    facts,
    full_session,
    known_distributor,
    modules,
    session,
    standard,
)

MODULES = modules()
KEYS = [module.key for module in MODULES]


def said(slide: Slide) -> list[str]:
    """All texts of a slide."""
    cells = [cell for _, rows in slide.rows for row in rows for cell in row]
    return [slide.kicker, slide.title, slide.notes, *(text for _, text in slide.texts), *cells]


def find(key: str) -> Module:
    return next(module for module in MODULES if module.key == key)


def test_that_every_shelf_of_the_library_holds_something() -> None:
    assert {module.group for module in MODULES} == set(ModuleGroup)


@pytest.mark.parametrize("module", MODULES, ids=KEYS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_that_a_module_says_in_every_language_what_its_layout_has_room_for(module: Module, code: str) -> None:
    form = LAYOUTS[module.layout]
    text = dict(module.languages)[code]
    assert text.name
    assert text.notes
    assert {key for key, _ in text.texts} <= {one.key for one in form.texts}
    tables = {table.key: table for table in form.rows}
    for key, plan in text.rows:
        rows = (*plan.then, *plan.otherwise, *((plan.cells,) if plan.cells else ()))
        assert all(len(row) == len(tables[key].columns) for row in rows)
        assert len(plan.then) <= tables[key].most


@pytest.mark.parametrize("module", MODULES, ids=KEYS)
def test_that_both_languages_of_a_module_have_the_same_shape(module: Module) -> None:
    shapes = {
        (tuple(key for key, _ in text.texts), tuple((key, len(plan.then)) for key, plan in text.rows), bool(text.part))
        for _, text in module.languages
    }
    assert len(shapes) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_a_bare_distributor_gets_ten_good_slides(code: str, request: pytest.FixtureRequest) -> None:
    language: Language = request.getfixturevalue(f"language_{code[:2]}")
    known = facts(session(code), bare_distributor())
    slides = standard_deck(MODULES, known, code, language.formats)
    assert [slide.layout for slide in slides] == [
        Layout.COVER, Layout.AGENDA, Layout.POLICY, Layout.OBJECTIONS, Layout.CASE, Layout.PRODUCTS, Layout.POLICY,
        Layout.BIG_NUMBER, Layout.QUIZ, Layout.WORK_PLAN,
    ]  # fmt: skip
    assert [slide.position for slide in slides] == list(range(10))
    assert all(slide.title and slide.kicker and slide.notes for slide in slides)
    assert not [text for slide in slides for text in said(slide) if "{" in text]


@pytest.mark.parametrize("module", MODULES, ids=KEYS)
def test_that_only_worksheets_leave_blanks_to_write_on(module: Module, language_zh: Language) -> None:
    slide = fill_module(module, facts(full_session(), known_distributor()), "zh_CN", language_zh.formats)
    assert module.worksheet == any(BLANK in text for text in said(slide))


@pytest.mark.parametrize("module", MODULES, ids=KEYS)
def test_that_a_figure_on_a_worksheet_is_left_open(module: Module, language_zh: Language) -> None:
    slide = fill_module(module, facts(full_session(), known_distributor()), "zh_CN", language_zh.formats)
    assert all(not row[1] for row in slide.table("bars"))


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record | {"standart": 1},
        lambda record: record | {"layout": "agendas"},
        lambda record: record | {"en": record["en"] | {"titel": "Agenda"}},
        lambda record: record | {"en": record["en"] | {"rows": {"parts": {"each": "parts", "cells": [], "also": []}}}},
    ],
    ids=["key", "layout", "text", "rows"],
)
def test_that_a_mistyped_word_in_the_file_of_a_module_is_told(
    change: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    record = json.loads((resources() / "decks" / "agenda.json").read_text("utf-8"))
    assert read_module(record) in MODULES
    with pytest.raises(ShippedFileError, match="agenda"):
        read_module(change(record))


@pytest.mark.parametrize("module", MODULES, ids=KEYS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_that_a_module_uses_known_placeholders_only(module: Module, code: str, language_en: Language) -> None:
    known = facts(full_session(), known_distributor(), contacts=("李敏",))
    known = replace(known, stores=3)
    names = set(known.values(language_en.formats))
    names |= {"part_time", "part", "part_use"}
    text = module.text(code)
    alternatives = [*text.kicker, *text.title, *text.notes, *(one for _, all_ in text.texts for one in all_)]
    for _, plan in text.rows:
        for row in (*plan.then, *plan.otherwise, plan.cells):
            alternatives += [one for cell in row for one in cell]
    assert {name for one in alternatives for name in placeholders(one)} <= names
    assert set(module.needs) <= set(FACT_LABELS)


def test_that_a_module_says_which_facts_it_misses(language_zh: Language) -> None:
    module = find("outlets_figure")
    known = facts(session(), bare_distributor())
    assert module.missing(known) == ("outlets",)
    with pytest.raises(UserError) as caught:
        fill_module(module, known, "zh_CN", language_zh.formats)
    assert caught.value.code == "deck_facts_missing"


def test_that_figures_come_from_the_file(language_zh: Language) -> None:
    slide = fill_module(
        find("outlets_figure"), facts(full_session(), known_distributor()), "zh_CN", language_zh.formats
    )
    assert slide.title == "湘禾商贸有 126 个网点，哪些货架上还缺货"
    assert slide.text("sum") == "126 个 网点 ÷ 9 位 业务员 = 14 个 每人"


def test_that_a_sum_that_does_not_come_out_says_about(language_en: Language) -> None:
    sums = {}
    for outlets in (126, 140, 3):
        known = replace(facts(full_session(), known_distributor()), outlets=outlets)
        sums[outlets] = fill_module(find("outlets_figure"), known, "en", language_en.formats).text("sum")
    assert sums == {
        126: "126 outlets ÷ 9 salespeople = 14 outlets each",
        140: "140 outlets ÷ 9 salespeople ≈ 16 outlets each",
        3: "3 outlets on the list",
    }


def test_that_the_work_plan_names_who_does_what(language_zh: Language) -> None:
    known = facts(full_session(), known_distributor(), contacts=("李敏", "周凯"))
    tasks = fill_module(find("work_plan"), known, "zh_CN", language_zh.formats).table("tasks")
    assert len(tasks) == 4
    assert tasks[2] == ("12月22日", "和林悦一起拜访第一家", "李敏", "拜访记录")


def test_that_braces_in_a_name_are_not_read_as_placeholders(language_zh: Language) -> None:
    distributor = replace(known_distributor(), short_name="{brand}{0}")
    slide = fill_module(find("outlets_figure"), facts(full_session(), distributor), "zh_CN", language_zh.formats)
    assert slide.title.startswith("{brand}{0}有 126")


def test_that_the_agenda_follows_the_minutes_of_the_slides(language_zh: Language) -> None:
    slides = standard_deck(MODULES, facts(session(), bare_distributor()), "zh_CN", language_zh.formats)
    parts = slides[1].table("parts")
    assert [part[0] for part in parts] == ["9:10", "9:35", "10:15", "10:40", "11:05", "11:40"]
    assert sum(slide.minutes for slide in slides) == 180


@pytest.mark.parametrize(
    ("wanted", "available", "fitted"),
    [
        ([10, 20, 30], 60, [10, 20, 30]),
        ([10, 20, 30], 120, [20, 40, 60]),
        ([5, 40], 20, [5, 15]),
        ([40, 5, 5], 17, [5, 5, 5]),
        ([10, 20], 0, [10, 20]),
    ],
)
def test_that_minutes_fit_the_session(wanted: list[int], available: int, fitted: list[int]) -> None:
    assert fit_minutes(wanted, available) == fitted


@pytest.mark.parametrize("available", range(50, 500, 5))
def test_that_the_parts_of_a_session_end_when_it_does(available: int) -> None:
    wanted = [module.minutes for module in MODULES if module.standard is not None]
    fitted = fit_minutes(wanted, available)
    assert sum(fitted) == available
    assert min(fitted) >= 5


def test_that_a_session_without_length_still_gets_a_deck(language_en: Language) -> None:
    made = session("en", ends_at=datetime(2026, 12, 8, 1, 0, tzinfo=UTC))
    assert len(standard_deck(MODULES, facts(made, bare_distributor()), "en", language_en.formats)) == 10


def test_that_external_documents_know_of_a_distributor_what_it_may_read_and_nothing_else() -> None:
    assert {field.name for field in fields(ShareableDistributor)} == {
        "name", "short_name", "country", "province", "city", "district", "address", "industries", "since_on",
        "stores", "outlets", "sales_people", "contract_territory",
    }  # fmt: skip


def test_that_nothing_internal_fits_into_the_facts_of_a_deck() -> None:
    names = {field.name for field in fields(DeckFacts)}
    assert not {
        name for name in names if re.search("credit|tier|status|note|sales_minor|terms|limit|promise|step|owe", name)
    }


def test_that_the_cover_of_a_new_session_says_its_title_once(language_zh: Language) -> None:
    called_like_the_team = session(title="湘禾商贸销售培训")
    assert standard(called_like_the_team, known_distributor(), language_zh).cover.subtitle == ""
    assert standard(session(), known_distributor(), language_zh).cover.subtitle == "湘禾商贸销售培训"
    named = replace(called_like_the_team, subtitle="第二期")
    assert standard(named, known_distributor(), language_zh).cover.subtitle == "第二期"
