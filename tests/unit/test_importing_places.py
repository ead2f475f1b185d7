"""Province, city and district in one cell, and payment terms in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.domain.import_fields import EXTRA
from channel_desk.domain.payment_terms import days_of_terms
from channel_desk.domain.places_in_cells import place_in
from tests.unit.test_exchange_systems import fields
from tests.unit.test_importing import codes, one, plan, record


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("湖北/武汉", ("湖北", "武汉", "")),
        ("湖北省-武汉市-江汉区", ("湖北省", "武汉市", "江汉区")),
        ("湖北省武汉市江汉区", ("湖北省", "武汉市", "江汉区")),
        ("湖北武汉", ("湖北", "武汉", "")),
        ("湖南长沙县", ("湖南", "", "长沙县")),
        ("湖北恩施土家族苗族自治州利川市", ("湖北", "恩施土家族苗族自治州", "利川市")),
        ("湖北省武汉市江汉", ("湖北省", "武汉市", "江汉")),
        ("吉林/吉林", ("吉林", "吉林", "")),
        ("北京朝阳区", ("北京", "", "朝阳区")),
        ("吉林市", ("", "吉林市", "")),
        ("湖北省", ("湖北省", "", "")),
        ("中国 湖北 武汉", ("湖北", "武汉", "")),
        ("Texas, Dallas", ("Texas", "Dallas", "")),
        ("New South Wales / Sydney", ("New South Wales", "Sydney", "")),
    ],
)
def test_that_a_place_in_one_cell_is_parted(text: str, parts: tuple[str, str, str]) -> None:
    found = place_in(text)
    assert found is not None
    assert tuple(found.get(field, "") for field in ("province", "city", "district")) == parts


@pytest.mark.parametrize(
    "text", ["", "武汉", "华中", "江汉区", "湖北/湖南", "湖北省武汉市江汉区解放大道688号", "a/b/c/d", "湖" * 61]
)
def test_that_what_may_be_anything_is_no_place(text: str) -> None:
    assert place_in(text) is None


@given(st.text("湖北武汉省市区县州/ -中国", max_size=30))
def test_that_no_character_of_a_place_is_lost(text: str) -> None:
    found = place_in(text)
    assert found is None or "".join(found.values()) == text.translate(str.maketrans("", "", "/ -"))


@pytest.mark.parametrize("heading", ["省/市", "省市", "所在地区", "省份/城市", "省/市/区", "Province / City"])
def test_that_a_column_of_provinces_with_their_cities_fills_both(heading: str) -> None:
    row = one(("客户名称", heading), ("甲公司", "湖北/武汉"))
    assert (record(row).province, record(row).city, codes(row)) == ("湖北", "武汉", [])


def test_that_a_column_of_something_else_is_no_place() -> None:
    assert fields("客户名称", "所在地", rows=(("甲公司", "解放大道688号"), ("乙公司", "芙蓉路2号"))) == ["name", EXTRA]
    assert fields("Name", "City/State", rows=(("Acme", "Dallas, TX"),)) == ["name", EXTRA]


def test_that_a_place_that_cannot_be_parted_is_kept_and_told() -> None:
    rows = plan(("客户名称", "省/市"), ("甲公司", "湖北/武汉"), ("乙公司", "湖南/长沙"), ("丙公司", "武汉")).rows
    assert [(record(row).extra, codes(row)) for row in rows[1:]] == [
        ((), []),
        ((("省/市", "武汉"),), ["place_unclear"]),
    ]


def test_that_a_city_of_its_own_column_counts_and_another_word_for_it_is_kept() -> None:
    row = one(("客户名称", "城市", "省/市"), ("甲公司", "武汉市", "湖北/武汉"))
    assert (record(row).province, record(row).city) == ("湖北", "武汉市")
    assert record(row).extra == (("省/市", "湖北/武汉"),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(
            ("月结30天", 30),
            ("月结 45", 45),
            ("账期60天", 60),
            ("帳期60天", 60),
            ("30天（月结）", 30),
            ("票到30天", 30),
        ),
        *(("2% 10 Net 30", 30), ("2/10, n/30", 30), ("net-45", 45), ("n/30", 30)),
        *(("现款现货", 0), ("款到发货", 0), ("货到付款", 0), ("COD", 0), ("Due on receipt", 0)),
        *(("一个月", None), ("EOM", None), ("看情况", None), ("30%预付", None), ("x" * 41, None)),
    ],
)
def test_that_payment_terms_in_words_are_days_where_they_say_so(text: str, days: int | None) -> None:
    assert days_of_terms(text) == days


def test_that_the_words_of_payment_terms_are_kept_beside_their_days() -> None:
    row = one(("客户名称", "账期"), ("甲公司", "月结30天"))
    assert (record(row).terms_days, record(row).extra, codes(row)) == (30, (("账期", "月结30天"),), ["terms_shortened"])
    row = one(("客户名称", "员工数"), ("甲公司", "月结30天"))
    assert (record(row).staff, codes(row)) == (None, ["not_a_number"])


@pytest.mark.parametrize("heading", ["PLZ/Ort", "PLZ Ort", "Postcode City", "Zip & City"])
def test_that_a_postcode_before_its_city_is_parted(heading: str) -> None:
    row = one(("Firma", heading), ("Huber GmbH", "D-80939 Garching bei München"))
    assert (record(row).postal_code, record(row).city) == ("D-80939", "Garching bei München")


def test_that_the_words_of_other_countries_are_known() -> None:
    found = fields("Partner", "Country Code", "Main contact", "Direct line", "Mobile", "Payment")
    assert found == ["name", "country", "contact.name", "contact.phone_2", "contact.phone", "terms_days"]
    assert fields("Partner", "Country Code", "Country") == ["name", EXTRA, "country"]
