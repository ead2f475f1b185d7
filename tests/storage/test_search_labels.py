"""Names are numbered in their order, and stay so whatever is written between them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channel_desk.clock import FixedClock
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import DistributorId
from channel_desk.paths import DataFolder
from channel_desk.storage import search
from channel_desk.storage.queries import distributor_list as lists
from channel_desk.storage.queries.distributor_list import ListQuery
from channel_desk.storage.search.labels import STEP, spread
from channel_desk.storage.search.query import first_names
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from tests.storage.search_desk import SearchDesk


@pytest.fixture
def desk(data_folder: DataFolder, clock: FixedClock) -> Iterator[SearchDesk]:
    store = Store.open(data_folder, clock)
    yield SearchDesk(store)
    store.close()


def rises(labels: list[int]) -> bool:
    return all(before < after for before, after in zip([0, *labels], labels, strict=False))


def test_that_new_names_stand_between_their_neighbours_and_move_nobody() -> None:
    assert spread([0, 0]) == [STEP, 2 * STEP]
    assert spread([10, 0, 20, 0]) == [10, 15, 20, 20 + STEP]
    assert spread([10, 0, 0, 20]) == [10, 13, 16, 20]


def test_that_only_neighbours_move_where_there_is_no_room() -> None:
    far = list(range(1000, 3000, 100))
    labels = spread([5, 6, 0, 7, 8, *far])
    assert rises(labels)
    assert labels[-len(far) + 3 :] == far[3:]


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 4))))
def test_that_labels_rise_and_stay_where_nothing_is_new(steps: list[tuple[int, int]]) -> None:
    given_labels: list[int] = []
    label = 0
    for step, new in steps:
        label += step
        given_labels += [0] * new + [label]
    labels = spread(given_labels)
    assert rises(labels)
    if 0 not in given_labels:
        assert labels == given_labels


def the_index_is_right(desk: SearchDesk, texts: list[str]) -> None:
    """The first names of the index are those of the whole list, and each name has one document, under its label."""
    raw, clock = desk.raw, desk.store.clock
    for text in texts:
        everything = lists.list_ids(raw, ListQuery(text=text), clock=clock)
        by_name = list(everything.ids[: everything.source_counts[0]])
        assert first_names(raw, text, 1000) == by_name, text
        assert first_names(raw, text, 3) == by_name[:3], text
    labels = [label for (label,) in raw.execute("SELECT name_label FROM search_keys ORDER BY sort_key, distributor_id")]
    assert rises(labels)
    documents = "SELECT document FROM search_documents WHERE document < ? ORDER BY document"
    assert [number for (number,) in raw.execute(documents, (search.tables.CONTACTS,))] == labels


def test_that_names_written_one_before_the_other_come_in_their_order(desk: SearchDesk) -> None:
    for number in range(300, 0, -1):
        desk.distributor(f"湖南{number:03d}")
    the_index_is_right(desk, ["hn", "湖南", "1", "hunan"])


def test_that_an_import_between_names_that_are_there_leaves_each_findable(desk: SearchDesk) -> None:
    for number in range(0, 400, 40):
        desk.distributor(f"湖南{number:03d}")
    more = [Distributor(name=f"湖南{number:03d}甲") for number in range(400)]
    desk.store.write("Import", lambda uow: uow.insert_many(more))
    the_index_is_right(desk, ["hn", "湖南", "甲", "1"])
    desk.store.undo()
    the_index_is_right(desk, ["hn", "湖南", "甲", "1"])


def steps_of(desk: SearchDesk, text: str, limit: int) -> int:
    """How many steps SQLite takes for the first names."""
    steps = [0]
    lists.name_order(desk.raw)

    def count() -> int:
        steps[0] += 1
        return 0

    desk.raw.set_progress_handler(count, 1)
    try:
        assert len(first_names(desk.raw, text, limit)) == limit
    finally:
        desk.raw.set_progress_handler(None, 0)
    return steps[0]


def test_that_the_first_names_do_not_cost_what_all_of_them_would(desk: SearchDesk) -> None:
    desk.store.write("Import", lambda uow: uow.insert_many([Distributor(name=f"湖南{one}") for one in range(1600)]))
    for text in ("湖", "hunan"):
        assert steps_of(desk, text, 20) * 5 < steps_of(desk, text, 1600)


def test_that_many_renamed_into_one_gap_are_found_by_their_new_names_alone(desk: SearchDesk) -> None:
    people = [desk.distributor(f"湖南{number:02d}") for number in range(14)]
    desk.distributor("安徽")
    desk.distributor("北京")

    def rename(uow: UnitOfWork) -> None:
        for number, one in enumerate(people):
            uow.update(Distributor, DistributorId(one), name=f"安徽{number:02d}")

    desk.store.write("Rename", rename)
    the_index_is_right(desk, ["安徽", "湖南", "0", "hn"])
    desk.store.undo()
    the_index_is_right(desk, ["安徽", "湖南", "0", "hn"])


NAMES = st.sampled_from(["安徽", "安徽甲", "北京", "湖南", "湖南甲", "湖南乙", "武汉", "武汉甲", "Zeiss"])


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchDesk]:
    store = Store.open(DataFolder(tmp_path_factory.mktemp("changing")), FixedClock(datetime(2026, 9, 22, tzinfo=UTC)))
    yield SearchDesk(store)
    store.close()


def rename_all(uow: UnitOfWork, ids: list[int], name: str) -> None:
    for number, one in enumerate(ids):
        uow.update(Distributor, DistributorId(one), name=f"{name}{number % 7}")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["new", "rename", "rename all", "delete", "undo"]), st.integers(0, 50), NAMES),
        max_size=12,
    )
)
def test_that_the_index_keeps_the_order_of_names_whatever_is_written(
    changing: SearchDesk, steps: list[tuple[str, int, str]]
) -> None:
    for what, which, name in steps:
        ids = [one for (one,) in changing.raw.execute("SELECT id FROM distributors ORDER BY id")]
        if what == "new" or not ids:
            changing.distributor(name)
        elif what == "undo" and changing.store.undo_label is not None:
            changing.store.undo()
        elif what == "rename":
            one = DistributorId(ids[which % len(ids)])
            changing.store.write("Rename", lambda uow, one=one, name=name: uow.update(Distributor, one, name=name))
        elif what == "rename all":
            changing.store.write("Rename", lambda uow, ids=ids, name=name: rename_all(uow, ids, name))
        elif what == "delete":
            one = DistributorId(ids[which % len(ids)])
            changing.store.write("Delete", lambda uow, one=one: uow.delete(Distributor, one))
    the_index_is_right(changing, ["h", "wh", "甲", "湖南", "anhui", "z"])
