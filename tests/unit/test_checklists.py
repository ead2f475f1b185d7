"""The standard checklist asks what the work needs, and a broken file is refused with its reason."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from channel_desk.domain.checklist_files import load_template, read_template
from channel_desk.domain.checklists import Item, ItemKind, Situation, Template, sections_for, written_value
from channel_desk.domain.distributors import ChannelType, Status
from channel_desk.domain.shipped_files import ShippedFileError
from channel_desk.domain.visits import Phase, Purpose, Visit
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES
from channel_desk.paths import resources

FOLDER = resources() / "checklists"
EVERYTHING_OPEN = frozenset({"ours", "theirs", "last_visit"})


@pytest.fixture(scope="module")
def template() -> Template:
    return load_template(FOLDER)


@pytest.fixture
def data() -> dict:
    return json.loads((FOLDER / "standard.json").read_text("utf-8"))


def asked(template: Template, phase: Phase, **situation) -> list:
    sections = sections_for(template, Situation(**{"purpose": Purpose.ROUTINE, **situation}))
    return [item for section in sections if section.phase is phase for item in section.items]


def counts(template: Template, **situation) -> tuple[int, ...]:
    return tuple(len(asked(template, phase, **situation)) for phase in Phase)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (ItemKind.MONEY, "12400000", "$124,000"),
        (ItemKind.MONEY, "-50", "−$0.50"),
        (ItemKind.MONEY, "about a third", "about a third days"),
        (ItemKind.NUMBER, "70", "70 days"),
        (ItemKind.NUMBER, "", ""),
    ],
)
def test_that_a_stored_figure_is_read_with_its_unit_and_money_in_the_currency_of_the_distributor(
    language_en, kind, value, said
):
    item = Item(code=101, kind=kind, text={}, unit={"en": "days", "zh_CN": "天"})
    assert written_value(item, value, language_en, currency="USD") == said


def test_that_every_text_stands_in_every_language(template):
    for section in template.sections:
        assert set(section.title) == set(LANGUAGES)
        for item in section.items:
            assert set(item.text) == set(LANGUAGES)
            assert not item.hint or set(item.hint) == set(LANGUAGES)


@pytest.mark.parametrize("kind", [ChannelType.PRODUCT, ChannelType.DISTRIBUTION, ChannelType.RETAIL_CHAIN])
def test_that_a_typical_visit_fits_its_brief(template, kind):
    before, during, after = counts(template, channel_type=kind, open_things=EVERYTHING_OPEN)
    assert 10 <= before <= 16
    assert 20 <= during <= 26
    assert 12 <= after <= 14


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("kind", list(ChannelType))
@pytest.mark.parametrize("status", list(Status))
def test_that_no_situation_overfills_a_phase(template, purpose, kind, status):
    found = counts(template, purpose=purpose, channel_type=kind, status=status, open_things=EVERYTHING_OPEN)
    assert all(low <= count <= high for count, low, high in zip(found, (10, 18, 12), (20, 30, 16), strict=True))


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DURING])
def test_that_what_is_open_from_the_last_visit_stands_first(template, phase):
    assert [item.needs for item in asked(template, phase, open_things=EVERYTHING_OPEN)][:3] == [
        "ours",
        "theirs",
        "last_visit",
    ]
    assert not any(item.needs for item in asked(template, phase))


def test_that_the_after_phase_opens_with_verdict_and_next_step(template):
    first, second, *_ = asked(template, Phase.AFTER)
    assert (first.code, first.kind) == (301, ItemKind.VERDICT)
    assert (second.code, second.kind) == (302, ItemKind.NEXT_STEP)


def test_that_training_is_always_asked_for(template):
    for purpose in Purpose:
        assert 313 in [item.code for item in asked(template, Phase.AFTER, purpose=purpose)]


def test_that_the_talk_asks_how_departments_spend_what_they_have(template):
    texts = {item.code: item.text for item in asked(template, Phase.DURING)}
    assert "resources" in texts[234]["en"]
    assert "部门" in texts[234]["zh_CN"]


def test_that_every_purpose_but_the_routine_one_asks_something_of_its_own(template):
    routine = {item.code for phase in Phase for item in asked(template, phase)}
    for purpose in set(Purpose) - {Purpose.ROUTINE}:
        assert {item.code for phase in Phase for item in asked(template, phase, purpose=purpose)} - routine


@pytest.mark.parametrize("kind", list(ChannelType))
def test_that_each_channel_type_has_its_own_talk(template, kind):
    own = [item for item in template.items() if item.channel_types == {kind}]
    assert len(own) >= 2
    assert all(item in asked(template, Phase.DURING, channel_type=kind) for item in own)


def test_that_a_project_is_asked_for_its_step_and_way_of_buying(template):
    items = {item.code: item for item in asked(template, Phase.DURING, channel_type=ChannelType.PROJECT)}
    assert len(items[231].options) == 8
    assert len(items[232].options) == 4


def test_that_a_newcomer_is_asked_what_an_old_partner_is_not(template):
    new = {item.code for item in asked(template, Phase.DURING, purpose=Purpose.FIRST, status=Status.PROSPECT)}
    old = {item.code for item in asked(template, Phase.DURING)}
    assert {211, 212, 213, 214} <= new - old
    assert 209 in old - new


def test_that_a_distributor_of_unknown_type_is_asked_the_questions_of_all_types(template):
    unknown = {item.code for item in asked(template, Phase.DURING)}
    of_types = {item.code for kind in ChannelType for item in asked(template, Phase.DURING, channel_type=kind)}
    assert unknown == of_types
    assert unknown > {item.code for item in asked(template, Phase.DURING, channel_type=ChannelType.PROJECT)}


@pytest.mark.parametrize(
    ("status", "money"),
    [(Status.PROSPECT, False), (Status.NEGOTIATING, False), (Status.ACTIVE, True), (Status.ENDED, True)],
)
def test_that_whoever_has_bought_is_prepared_with_credit_overdue_and_claims(template, status, money):
    """Also one who buys no more: what is still unpaid is what such a visit is about."""
    codes = {item.code for item in asked(template, Phase.BEFORE, purpose=Purpose.ROUTINE, status=status)}
    assert (113 in codes) is money


def test_that_the_visit_s_own_fields_can_be_filled_from_the_checklist(template):
    named = {item.visit_field for item in template.items() if item.visit_field}
    wanted = {"result_wanted", "goals", "may_promise", "ask_first", "not_today", "appointment", "route", "verdict"}
    assert wanted | {"next_step", "summary", "interest"} == named
    assert named <= {field.name for field in fields(Visit)}


def test_that_new_visits_begin_with_the_newest_checklist(data):
    assert (data["key"], data["version"]) == (Visit.template, Visit.template_version)


def test_that_an_old_version_is_found_beside_the_new_one(tmp_path, data):
    old = data["version"]
    new = old + 1
    (tmp_path / "standard.json").write_text(json.dumps(data | {"version": new}), "utf-8")
    (tmp_path / f"standard-{old}.json").write_text(json.dumps(data), "utf-8")
    assert [load_template(tmp_path, "standard", version).version for version in (old, new)] == [old, new]


@pytest.mark.parametrize(("key", "version"), [("standard", 99), ("other", 1)])
def test_that_a_version_nobody_has_is_named(key, version):
    with pytest.raises(UserError) as caught:
        load_template(FOLDER, key, version)
    assert caught.value.code == "checklist_missing"


def item(data: dict, code: int) -> dict:
    return next(one for section in data["sections"] for one in section["items"] if one["code"] == code)


@pytest.mark.parametrize(
    ("code", "change", "words"),
    [
        (204, {"code": 203}, "twice"),
        (204, {"code": 304}, "belong"),
        (204, {"code": 20}, "three digits"),
        (204, {"kind": "guess"}, "ItemKind"),
        (204, {"text": {"en": "Greet"}}, "stands in"),
        (204, {"text": {"en": "Greet", "zh_CN": " "}}, "empty"),
        (204, {"lines": 3}, "lines"),
        (204, {"purposes": ["holiday"]}, "Purpose"),
        (204, {"statuses": ["gone"]}, "Status"),
        (204, {"needs": "rain"}, "needs"),
        (204, {"visit_field": "mood"}, "no field"),
        (204, {"options": [{"key": "a", "label": {"en": "a", "zh_CN": "甲"}}]}, "options"),
        (204, {"unit": {"en": "days", "zh_CN": "天"}}, "unit"),
        (204, {"colour": "red"}, "unknown colour"),
        (252, {"options": []}, "options"),
        (301, {"kind": "text"}, "opens with"),
    ],
)
def test_that_a_broken_item_is_refused_with_its_reason(data, code, change, words):
    item(data, code).update(change)
    with pytest.raises(ShippedFileError, match=words):
        read_template(data, key="standard")


def test_that_a_file_is_what_its_name_says(data):
    with pytest.raises(ShippedFileError, match="calls itself"):
        read_template(data, key="short")


def test_that_a_section_stands_once_and_is_not_empty(data):
    data["sections"][1]["key"] = data["sections"][0]["key"]
    with pytest.raises(ShippedFileError, match="no section stands twice"):
        read_template(data, key="standard")
    data["sections"][1]["items"] = []
    with pytest.raises(ShippedFileError, match="no items"):
        read_template(data, key="standard")
