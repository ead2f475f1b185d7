"""The library of objections knows all eight kinds and refuses half an entry."""

from __future__ import annotations

import copy
import json

import pytest

from channel_desk.domain.objection_library import load_objections, of_kind, read_objections
from channel_desk.domain.shipped_files import ShippedFileError
from channel_desk.domain.visits import ObjectionKind
from channel_desk.i18n import LANGUAGES
from channel_desk.paths import resources

FOLDER = resources() / "objections"


@pytest.fixture
def data() -> list[dict]:
    return json.loads((FOLDER / "library.json").read_text("utf-8"))


@pytest.mark.parametrize("kind", list(ObjectionKind))
def test_that_each_kind_has_two_to_four_entries(kind):
    assert 2 <= len(of_kind(load_objections(FOLDER), kind)) <= 4


def test_that_every_text_stands_in_every_language():
    for entry in load_objections(FOLDER):
        for texts in (entry.they_say, entry.may_mean, *entry.ask_first, *entry.answers, entry.bring):
            assert set(texts) == set(LANGUAGES)


def test_that_the_school_that_wants_no_name_on_a_slide_has_none_in_an_answer(data):
    assert "一中" not in json.dumps(data, ensure_ascii=False)


def test_that_entries_come_in_the_order_of_the_kinds(data):
    kinds = [entry.kind for entry in read_objections(list(reversed(data)))]
    assert list(dict.fromkeys(kinds)) == list(ObjectionKind)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "weather"}, "knows no weather"),
        ({"ask_first": []}, "one or two questions"),
        ({"answers": []}, "no answer"),
        ({"bring": {"en": "x"}}, "stands in"),
        ({"they_say": {"en": "x", "zh_CN": ""}}, "empty"),
        ({"mood": "bad"}, "exactly"),
        ({"key": "need_later"}, "twice"),
    ],
)
def test_that_half_an_entry_is_refused(data, change, words):
    data[0] = data[0] | change
    with pytest.raises(ShippedFileError, match=words):
        read_objections(data)


def test_that_a_kind_without_entries_is_named(data):
    rest = [copy.deepcopy(one) for one in data if one["kind"] != "brand"]
    with pytest.raises(ShippedFileError, match="brand"):
        read_objections(rest)
