from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from channel_desk.clock import FixedClock
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.keys import query_words
from channel_desk.domain.visits import Visit
from channel_desk.paths import DataFolder
from channel_desk.storage import search
from channel_desk.storage.file import Connection
from channel_desk.storage.kinds import KIND_OF_TABLE, field_types
from channel_desk.storage.search import index
from channel_desk.storage.search.documents import (
    AREA_COLUMNS,
    CONTACT_COLUMNS,
    CONTACT_NOTE_COLUMNS,
    LIST_COLUMNS,
    NAME_COLUMNS,
    NOTE_COLUMNS,
    PERSON_COLUMNS,
    PLACE_COLUMNS,
    RECORD_TEXTS,
    VISIT_PARTS,
    read_entries,
)
from channel_desk.storage.search.members import ids_of
from channel_desk.storage.search.tables import CONTACTS, RECORDS, SLOTS, RecordKind, slot_of
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from tests.storage.search_desk import SearchDesk


@pytest.fixture
def desk(data_folder: DataFolder, clock: FixedClock) -> Iterator[SearchDesk]:
    store = Store.open(data_folder, clock)
    yield SearchDesk(store)
    store.close()


def by_source(raw: Connection, text: str) -> tuple[set[int], ...]:
    """Who is found by name, by contact and by record."""
    return tuple(set(ids_of(bits)) for bits in search.search_ids(raw, text).bits)


def found(raw: Connection, text: str) -> set[int]:
    return set().union(*by_source(raw, text))


@pytest.mark.parametrize(
    "query",
    ["湖南", "湖", "南湘", "hunan", "huna", "hn", "hnxy", "HuNan", "ＨＵＮＡＮ", "湘岳机电设备", "sb", "xiangyue"],
)
def test_that_a_name_is_found_by_characters_pinyin_and_initials(desk: SearchDesk, query: str) -> None:
    wanted = desk.distributor("湖南湘岳机电设备")
    desk.distributor("武汉江城灯饰")
    assert found(desk.raw, query) == {wanted}


def test_that_traditional_and_simplified_characters_find_each_other(desk: SearchDesk) -> None:
    simplified, traditional = desk.distributor("广东华丽电气"), desk.distributor("廣東華麗電氣")
    assert found(desk.raw, "華麗電氣") == found(desk.raw, "华丽电气") == {simplified, traditional}
    assert found(desk.raw, "廣") == {simplified, traditional}


@pytest.mark.parametrize("query", ["6620", "371-6620", "03716620", "13803716620", "138", "620"])
def test_that_digits_of_a_phone_find_it_however_it_is_written(desk: SearchDesk, query: str) -> None:
    wanted = desk.distributor()
    desk.contact(wanted, "罗建平", phone="138 0371 6620")
    assert found(desk.raw, query) == {wanted}


def test_that_digits_do_not_run_from_one_number_into_the_next(desk: SearchDesk) -> None:
    wanted = desk.distributor()
    desk.contact(wanted, "罗建平", phone="0731-8888123转45")
    assert found(desk.raw, "8888123") == {wanted}
    assert found(desk.raw, "12345") == set()


@pytest.mark.parametrize("query", ["zengxiaoxian", "zxx", "cengxiaoxian", "cxx", "曾小", "zeng"])
def test_that_a_contact_is_found_by_every_reading_of_the_surname(desk: SearchDesk, query: str) -> None:
    wanted = desk.distributor("武汉江城灯饰")
    desk.contact(wanted, "曾小贤")
    assert by_source(desk.raw, query) == (set(), {wanted}, set())
    assert search.search_ids(desk.raw, query).counts == (0, 1, 0)


def test_that_words_that_are_read_in_their_own_way_are_found_by_both_readings(desk: SearchDesk) -> None:
    wanted = desk.distributor("长沙重工银行设备")
    for query in ("changsha", "cszg", "yinhang", "zhonggong", "chonggong"):
        assert found(desk.raw, query) == {wanted}, query


def test_that_code_city_and_places_are_found(desk: SearchDesk) -> None:
    wanted = desk.distributor("中天灯饰", code="CD-0203", city="长沙", province="湖南", address="五一路 10 号")
    for query in ("cd-0203", "CD-02", "0203", "长沙", "changsha", "cs", "湖南", "五一路"):
        assert found(desk.raw, query) == {wanted}, query


def test_that_an_answer_is_found_as_soon_as_it_is_stored(desk: SearchDesk) -> None:
    one = desk.distributor()
    desk.answer(desk.visit(one), "窜货还没了结")
    assert found(desk.raw, "窜货") == {one}


@pytest.mark.parametrize("query", ["湖南", "hunan", "hn", "华中", "huazhong", "hz"])
def test_that_province_and_region_answer_to_pinyin_after_names_and_contacts(desk: SearchDesk, query: str) -> None:
    wanted = desk.distributor("中天灯饰", city="长沙", province="湖南", region="华中")
    desk.distributor("江城灯饰", city="武汉", province="湖北", region="华东")
    assert by_source(desk.raw, query) == (set(), set(), {wanted})


def test_that_what_was_searched_before_is_found_as_it_is_now(desk: SearchDesk) -> None:
    first, second = desk.distributor("湖南湘岳"), desk.distributor("武汉江城")
    assert found(desk.raw, "hn") == {first}
    desk.store.write("Rename", lambda uow: uow.update(Distributor, first, name="襄阳汉水"))
    desk.contact(second, "胡宁")
    assert by_source(desk.raw, "hn") == (set(), {second}, set())
    third = desk.distributor("华诺电气")
    assert by_source(desk.raw, "hn") == ({third}, {second}, set())
    desk.store.write("Delete", lambda uow: uow.delete(Distributor, third))
    desk.store.undo()
    desk.store.undo()
    assert by_source(desk.raw, "hn") == (set(), {second}, set())


def test_that_nothing_from_a_write_that_failed_is_kept(desk: SearchDesk) -> None:
    wanted, raw = desk.distributor("武汉江城"), desk.raw

    def fail(uow: UnitOfWork) -> None:
        uow.update(Distributor, wanted, name="湖南湘岳")
        search.reindex(raw, [wanted])
        assert found(raw, "hn") == {wanted}
        raise RuntimeError

    assert found(desk.raw, "hn") == set()
    with pytest.raises(RuntimeError):
        desk.store.write("Rename", fail)
    assert found(desk.raw, "hn") == set()


def test_that_words_in_notes_visits_answers_and_promises_are_found(desk: SearchDesk) -> None:
    wanted = desk.distributor("武汉江城灯饰", note="额度用了八成")
    visit = desk.visit(wanted, summary="转到湖南的货已退回")
    desk.answer(visit, "窜货还没了结")
    desk.promise(wanted, "寄出授权书原件")
    for query in ("额度", "转到", "湖南", "hn", "窜货", "cuanhuo", "授权", "shouquan"):
        assert by_source(desk.raw, query)[2] == {wanted}, query


def test_that_further_details_are_found_by_their_values_and_not_by_headings_that_a_whole_list_shares(
    desk: SearchDesk,
) -> None:
    wanted = desk.distributor("武汉江城灯饰", extra=(("开票要求", "专票，月底寄出"), ("合作银行", "江汉支行")))
    for query in ("专票", "zhuanpiao", "月底", "支行"):
        assert by_source(desk.raw, query)[2] == {wanted}, query
    for query in ("要求", "yaoqiu", "合作", "hzyh"):
        assert found(desk.raw, query) == set(), query


def test_that_one_letter_does_not_search_running_text(desk: SearchDesk) -> None:
    desk.distributor("武汉江城灯饰", note="额度用了八成")
    assert found(desk.raw, "e") == set()


def test_that_each_distributor_counts_for_its_first_source(desk: SearchDesk) -> None:
    named = desk.distributor("湖南湘岳", note="湖南")
    contact = desk.distributor("株洲建宁机电", note="hn")
    desk.contact(contact, "胡宁")
    record = desk.distributor("九江浔阳电料", note="转到湖南的货")
    assert by_source(desk.raw, "hn") == ({named}, {contact}, {record})


def test_that_several_words_must_all_match_in_any_source(desk: SearchDesk) -> None:
    wanted = desk.distributor("湖南湘岳机电")
    desk.contact(wanted, "罗建平")
    desk.distributor("湖南洞庭电料")
    hits = search.search_ids(desk.raw, " 湖南　luojp 罗 ")
    assert hits.counts == (0, 0, 0)
    assert by_source(desk.raw, " 湖南　ljp 罗 ") == (set(), {wanted}, set())


@pytest.mark.parametrize("query", ["", "   ", "\u3000", "\u200b", "\x00"])
def test_that_a_query_without_a_word_finds_nothing(desk: SearchDesk, query: str) -> None:
    desk.distributor()
    assert len(search.search_ids(desk.raw, query)) == 0


def test_that_changes_undo_and_deletion_reach_the_index(desk: SearchDesk) -> None:
    wanted = desk.distributor("武汉江城灯饰")
    desk.store.write("Rename", lambda uow: uow.update(Distributor, wanted, name="襄阳汉水灯具"))
    assert (found(desk.raw, "江城"), found(desk.raw, "汉水")) == (set(), {wanted})
    desk.store.undo()
    assert (found(desk.raw, "江城"), found(desk.raw, "汉水")) == ({wanted}, set())
    desk.store.write("Delete", lambda uow: uow.delete(Distributor, wanted))
    assert found(desk.raw, "江城") == set()
    assert desk.raw.execute("SELECT count(*) FROM search_documents").fetchone() == (0,)
    assert desk.raw.execute("SELECT count(*) FROM search_keys").fetchone() == (0,)


def test_that_a_person_or_promise_that_was_deleted_is_found_no_more_and_leaves_nothing_in_the_index(
    desk: SearchDesk,
) -> None:
    wanted = desk.distributor("武汉江城灯饰")
    person, promise = desk.contact(wanted, "欧阳静"), desk.promise(wanted, "寄价目表")
    assert (found(desk.raw, "欧阳静"), found(desk.raw, "价目表")) == ({wanted}, {wanted})
    desk.store.write("Delete", lambda uow: uow.delete(Contact, person))
    desk.store.write("Delete", lambda uow: uow.delete(Commitment, promise))
    assert (found(desk.raw, "欧阳静"), found(desk.raw, "价目表")) == (set(), set())
    documents = desk.raw.execute("SELECT document FROM search_documents").fetchall()
    assert documents == desk.raw.execute("SELECT name_label FROM search_keys").fetchall()


def test_that_undo_of_a_step_that_deleted_one_and_renamed_another_finds_both_as_before(desk: SearchDesk) -> None:
    deleted, renamed = desk.distributor("武汉江城灯饰"), desk.distributor("长沙湘岳机电")
    desk.contact(renamed, "张三")

    def both(uow: UnitOfWork) -> None:
        uow.delete(Distributor, deleted)
        uow.update(Distributor, renamed, name="南昌洪都")

    desk.store.write("Both", both)
    desk.store.undo()
    texts = ("武汉江城", "长沙湘岳", "南昌洪都")
    assert [found(desk.raw, text) for text in texts] == [{deleted}, {renamed}, set()]


def test_that_thousands_at_once_leave_memory_and_index_set_for_single_saves(desk: SearchDesk) -> None:
    cache = desk.raw.execute("PRAGMA cache_size").fetchone()
    many = [Distributor(name=f"{number} 号店") for number in range(2_000)]
    desk.store.write("Import", lambda uow: uow.insert_many(many))
    assert desk.raw.execute("PRAGMA cache_size").fetchone() == cache
    for table in ("search_short", "search_long"):
        kept = dict(desk.raw.execute(f"SELECT k, v FROM {table}_config").fetchall())
        # What FTS5 does by itself: else each save makes the next search slower. And a mebibyte, not thirty-two.
        assert (kept["automerge"], kept["hashsize"]) == (4, 1 << 20)


def test_that_a_write_that_fails_leaves_the_index_alone(desk: SearchDesk) -> None:
    wanted = desk.distributor("武汉江城灯饰")

    def fail(uow: UnitOfWork) -> None:
        uow.update(Distributor, wanted, name="襄阳汉水灯具")
        search.reindex(desk.raw, [wanted])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.store.write("Rename", fail)
    assert (found(desk.raw, "江城"), found(desk.raw, "汉水")) == ({wanted}, set())


def test_that_saving_a_visit_renews_only_that_visit(desk: SearchDesk) -> None:
    wanted = desk.distributor("武汉江城灯饰", note="额度")
    first, second = desk.visit(wanted, summary="库存够卖"), desk.visit(wanted, summary="价格被冲")
    before = dict(desk.raw.execute("SELECT document, digest FROM search_documents"))
    desk.store.write("Edit", lambda uow: uow.update(Visit, second, summary="培训反馈好"))
    after = dict(desk.raw.execute("SELECT document, digest FROM search_documents"))
    changed = {number for number in before | after if before.get(number) != after.get(number)}
    assert changed == {RECORDS + wanted * SLOTS + slot_of(RecordKind.VISIT, second)}
    assert (found(desk.raw, "价格"), found(desk.raw, "培训"), found(desk.raw, "库存")) == (set(), {wanted}, {wanted})
    assert first != second


def test_that_records_sharing_a_slot_are_both_found_until_each_is_gone(desk: SearchDesk) -> None:
    wanted = desk.distributor("武汉江城灯饰")
    first = desk.visit(wanted, summary="库存够卖")
    second = first + (SLOTS - 1)
    assert slot_of(RecordKind.VISIT, first) == slot_of(RecordKind.VISIT, second)
    desk.raw.execute("INSERT INTO visits SELECT * FROM (SELECT * FROM visits WHERE id = ?) WHERE false", (first,))
    columns = [row[1] for row in desk.raw.execute("PRAGMA table_info(visits)")]
    chosen = ", ".join({"id": str(second), "summary": "'价格被冲'"}.get(column, column) for column in columns)
    desk.raw.execute("BEGIN IMMEDIATE")
    desk.raw.execute(f"INSERT INTO visits SELECT {chosen} FROM visits WHERE id = ?", (first,))
    search.reindex(desk.raw, [wanted])
    desk.raw.execute("COMMIT")
    assert found(desk.raw, "库存") == found(desk.raw, "价格") == {wanted}
    desk.store.write("Delete", lambda uow: uow.delete(Visit, first))
    assert (found(desk.raw, "库存"), found(desk.raw, "价格")) == (set(), {wanted})


@pytest.mark.parametrize("most", [1, 1000, 16_000_000])
def test_that_a_rebuild_in_parts_of_any_size_gives_the_same_index_as_single_saves(
    desk: SearchDesk, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(index, "_MOST_CHARACTERS", most)
    fill_with_variety(desk)
    queries = ["hn", "湖", "6620", "zeng", "额度", "c", "有限公司"]
    before = [search.search_ids(desk.raw, query) for query in queries]
    keys = "SELECT distributor_id, sort_key, city_key, code, tier, status, region, confirmed_on FROM search_keys"
    kept = desk.raw.execute(f"{keys} ORDER BY name_label").fetchall()
    desk.raw.execute("BEGIN IMMEDIATE")
    search.rebuild(desk.raw)
    desk.raw.execute("COMMIT")
    assert [search.search_ids(desk.raw, query) for query in queries] == before
    assert desk.raw.execute(f"{keys} ORDER BY name_label").fetchall() == kept


def test_that_merging_ends_and_changes_no_result(desk: SearchDesk) -> None:
    wanted = desk.distributor()
    for number in range(40):
        desk.store.write("Edit", lambda uow, number=number: uow.update(Distributor, wanted, note=f"第 {number} 次"))
    before = found(desk.raw, "39"), found(desk.raw, "38"), found(desk.raw, "湖南")
    for _ in range(100):
        desk.raw.execute("BEGIN IMMEDIATE")
        more = search.merge_idle(desk.raw)
        desk.raw.execute("COMMIT")
        if not more:
            break
    else:
        pytest.fail("merging never ends")
    assert (
        (found(desk.raw, "39"), found(desk.raw, "38"), found(desk.raw, "湖南")) == before == ({wanted}, set(), {wanted})
    )


def test_that_tidying_renews_what_autosave_left_and_ends_merging(desk: SearchDesk) -> None:
    wanted = desk.distributor("武汉江城")
    assert found(desk.raw, "hn") == set()
    for number in range(20):
        note = f"第 {number} 次，湖南"
        desk.store.write("Edit", lambda uow, note=note: uow.update(Distributor, wanted, note=note), index_later=True)
    assert any(not desk.store.tidy() for _ in range(100))
    assert found(desk.raw, "hn") == found(desk.raw, "19") == {wanted}
    assert desk.raw.execute("SELECT count(*) FROM search_dirty").fetchone() == (0,)


# -- the oracle: LIKE over the same documents --------------------------------------------------------------------


def fill_with_variety(desk: SearchDesk) -> None:
    names = [
        "湖南湘岳机电设备有限公司",
        "廣東華麗電氣（集團）",
        "长沙重工",
        "TCL电器 (Wuhan)",
        "QUICK-Stop",
        'O\'Neil & 50% "Söhne"',
        "3M_华南",
        "\U00020000\U000230b7贸易",
        "a*b OR c^d NEAR(e)",
        "益阳恩施",
    ]
    for number, name in enumerate(names):
        one = desk.distributor(name, code=f"CD-{number:04d}", city="长沙" if number % 2 else "西安", province="湖南")
        desk.contact(one, "曾小贤" if number % 3 else "单于飞", phone=f"0371-662{number}", title="采购主管")
        desk.contact(one, "Ann O'Hara", email=f"ann{number}@x-y.cn", note="喜欢钓鱼")
        visit = desk.visit(one, summary="转到湖南的货已退回；额度 30%", goals=("签合同", "看库存"))
        desk.answer(visit, f"第 {number} 次窜货")
        desk.promise(one, "寄出授权书_原件")


def oracle(desk: SearchDesk, query: str) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Search by LIKE over the texts that the index was made from."""
    connection = desk.raw
    connection.execute("PRAGMA case_sensitive_like = ON")
    ids = [row[0] for row in connection.execute("SELECT id FROM distributors")]
    texts: list[tuple[int, int, str]] = []
    for entry in read_entries(connection, ids):
        for number, document in entry.documents.items():
            source = 0 if number < CONTACTS else 1 if number < RECORDS else 2
            texts.append((entry.distributor_id, source, document.text))
    first_of_word = []
    for word in query_words(query):
        sources: dict[int, int] = {}
        for one, source, text in texts:
            if like(connection, text, word.text, source, one) or any(
                like(connection, text, spelling, source, one)
                for spelling in (*word.spellings, word.digits)
                if spelling and (source < 2 or not (len(spelling) == 1 and "Ａ" <= spelling <= "Ｚ"))
            ):
                sources[one] = min(source, sources.get(one, 2))
        first_of_word.append(sources)
    if not first_of_word:
        return frozenset(), frozenset(), frozenset()
    common = set.intersection(*(set(sources) for sources in first_of_word))
    weakest = {one: max(sources[one] for sources in first_of_word) for one in common}
    by_source = [frozenset(one for one in weakest if weakest[one] == source) for source in range(3)]
    return by_source[0], by_source[1], by_source[2]


def like(connection: Connection, text: str, part: str, source: int, one: int) -> bool:
    lines = text.split("\n")
    if source == 1 and len(part) < 3:
        # One or two digits do not search phones: their lines hold nothing but digits.
        lines = [line for line in lines if not line.isdigit()]
    pattern = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    joined = "\n".join(lines)
    return bool(connection.execute("SELECT ? LIKE ? ESCAPE '\\'", (joined, f"%{pattern}%")).fetchone()[0])


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchDesk]:
    from datetime import UTC, datetime

    folder = DataFolder(tmp_path_factory.mktemp("varied"))
    store = Store.open(folder, FixedClock(datetime(2026, 9, 22, tzinfo=UTC)))
    desk = SearchDesk(store)
    fill_with_variety(desk)
    yield desk
    store.close()


_PIECES = st.sampled_from(
    [
        *[
            "湖",
            "南",
            "湖南",
            "華",
            "电器",
            "长沙",
            "h",
            "n",
            "hn",
            "hunan",
            "xian",
            "xi'an",
            "zeng",
            "shan",
            "ang",
            "uang",
            "TCL",
            "3m",
            "30%",
            "_",
            '"',
            "'",
            "*",
            "-",
            "(",
            ")",
            "OR",
            "NEAR",
            "AND",
            "^",
            ":",
            "ö",
            "o",
            "66",
            "662",
            "0371-6621",
            "CD-0",
            "\\",
            "%",
            ";",
            "；",
            "授权书_原",
            "签合同",
            "@x-y",
            "窜货",
            "e",
            "en",
            "ens",
            "ｔｃｌ",
        ],
        "\U00020000",
        " ",
        "\u3000",
        "\n",
    ]
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(query=st.lists(_PIECES, max_size=4).map("".join))
@example(query='"')
@example(query="湖南 zeng")
@example(query="a*b OR c^d")
def test_that_results_equal_a_search_by_like(varied: SearchDesk, query: str) -> None:
    assert by_source(varied.raw, query) == oracle(varied, query)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(query=st.text(max_size=12))
def test_that_no_query_whatever_raises_and_any_equals_like(varied: SearchDesk, query: str) -> None:
    assert by_source(varied.raw, query) == oracle(varied, query)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_that_every_piece_of_a_stored_text_finds_its_distributor(varied: SearchDesk, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from([*varied.all(Distributor), *varied.all(Contact)]))
    start = data.draw(st.integers(0, len(record.name) - 1))
    piece = record.name[start : data.draw(st.integers(start + 1, len(record.name)))]
    owner = record.id if isinstance(record, Distributor) else record.distributor_id
    if piece.strip():
        assert owner in found(varied.raw, piece)


def test_that_every_text_of_a_file_is_found_or_known_not_to_be_looked_for() -> None:
    """A new field of a record is found only by the columns that ``documents`` names."""
    of_distributor = {*NAME_COLUMNS, *NOTE_COLUMNS, *AREA_COLUMNS, *PLACE_COLUMNS, *PERSON_COLUMNS, *LIST_COLUMNS}
    found = {"distributors": of_distributor, "contacts": {*CONTACT_COLUMNS, *CONTACT_NOTE_COLUMNS}}
    found |= {table: {*texts, *lists} for table, texts, lists in RECORD_TEXTS.values()}
    found |= {table: set(texts) for table, texts in VISIT_PARTS}
    aside = {"public_id", "country", "currency", "template", "brand", "language", "value"}
    for table, columns in found.items():
        texts = {name for name, (kind, _) in field_types(KIND_OF_TABLE[table]).items() if kind in {str, tuple}}
        assert texts - columns - aside == set(), table
        assert columns <= texts, table
