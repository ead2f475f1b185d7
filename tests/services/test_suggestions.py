"""What is offered for a name that is being typed, where Enter takes the first."""

from __future__ import annotations

import pytest

from channel_desk.domain.distributors import Distributor
from channel_desk.presentation.palette import distributor_hits
from channel_desk.services.distributors import create_distributor
from channel_desk.services.finding import suggest


@pytest.mark.parametrize("typed", ["xh", "xianghe", "湘禾"])
def test_that_a_name_that_begins_with_what_is_typed_is_offered_before_one_that_only_has_it(store, typed):
    """In the order of names 湘 comes last."""
    for name, short_name in (
        ("杭州湘禾暖通有限公司", "杭暖"),
        ("北湘禾电器", ""),
        ("长沙湘禾商贸有限公司", "湘禾商贸"),
    ):
        new = Distributor(name=name, short_name=short_name)
        store.write("x", lambda uow, new=new: create_distributor(uow, new))
    found = store.read(lambda reader: suggest(reader, typed))
    offered = [hit.text for hit in distributor_hits(found, typed)]
    assert offered == ["湘禾商贸", "北湘禾电器", "杭暖"]


def test_that_a_name_that_begins_with_what_is_typed_is_offered_first_of_many(store):
    names = [*(f"北湘禾电器 {number}" for number in range(30)), "湘禾商贸"]
    store.write("x", lambda uow: uow.insert_many([Distributor(name=name) for name in names]))
    found = store.read(lambda reader: suggest(reader, "湘禾"))
    assert distributor_hits(found, "湘禾")[0].text == "湘禾商贸"


def test_that_what_matched_is_marked_where_it_stands_also_beside_the_name(store):
    for name, note in (("湘禾商贸", ""), ("北方电器", "老板和湘禾沾亲")):
        new = Distributor(name=name, note=note)
        store.write("x", lambda uow, new=new: create_distributor(uow, new))
    found = store.read(lambda reader: suggest(reader, "湘禾"))
    by_name, by_note = distributor_hits(found, "湘禾")
    assert [by_name.text[start:end] for start, end in by_name.spans] == ["湘禾"]
    assert by_note.spans == ()
    assert [by_note.remark[start:end] for start, end in by_note.remark_spans] == ["湘禾"]


def test_that_a_city_that_matched_is_marked_beside_the_name(store):
    store.write("x", lambda uow: create_distributor(uow, Distributor(name="北方电器", city="湖北武汉")))
    (hit,) = distributor_hits(store.read(lambda reader: suggest(reader, "武汉")), "武汉")
    assert (hit.remark, hit.remark_spans) == ("湖北武汉", ((2, 4),))
