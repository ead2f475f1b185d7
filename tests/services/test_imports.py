"""What an import leaves in the files."""

from __future__ import annotations

from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.importing import ImportTable
from channel_desk.exchange.headings import guess_mapping
from channel_desk.services.imports import run_import
from channel_desk.storage.store import Store

HEADINGS = ("客户编码", "经销商名称", "联系人1", "电话1", "联系人2", "电话2")


def bring_in(store: Store, *people: tuple[str, ...], update: bool = False) -> list[str]:
    """Import a row of one distributor for each of ``people``; its people then, in their order."""
    rows = tuple(
        ("JX1", "株洲百川日化经营部", *(cell for name in row for cell in (name, f"1389195{ord(name[0]) % 10000:04d}")))
        + ("",) * (4 - 2 * len(row))
        for row in people
    )
    table = ImportTable(headings=HEADINGS, rows=rows)
    store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=update))
    contacts = store.read(lambda reader: reader.all(Contact, order=("position", "id")))
    assert len({one.position for one in contacts}) == len(contacts)
    return [one.name for one in contacts]


def test_that_people_stand_in_the_file_in_the_order_of_the_rows(store):
    assert bring_in(store, ("王子涵", "李四"), ("赵六",)) == ["王子涵", "李四", "赵六"]


def test_that_new_people_of_an_update_come_after_those_who_are_there(store):
    bring_in(store, ("王子涵", "李四"))
    assert bring_in(store, ("孙七", "周八"), ("李四", "吴九"), update=True) == [
        "王子涵",
        "李四",
        "孙七",
        "周八",
        "吴九",
    ]


def test_that_names_over_two_lines_are_known_again_by_the_next_update(store):
    table = ImportTable(("经销商名称", "联系人"), (("株洲百川\n日化经营部", "John\nSmith"),))
    for _ in range(2):
        done = store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=True))
        assert done.result.problems == ()
    assert [one.name for one in store.read(lambda reader: reader.all(Contact))] == ["John Smith"]


def test_that_an_update_knows_people_however_their_names_are_typed(store):
    """As two rows of one file do; their names are taken over as the file has them now."""
    for name, job in (("MARIA  WEBER", ""), ("Maria Weber", "采购")):
        table = ImportTable(("经销商名称", "联系人", "职务"), (("株洲百川", name, job),))
        store.write("Import", lambda uow, table=table: run_import(uow, table, guess_mapping(table), update=True))
    people = store.read(lambda reader: reader.all(Contact))
    assert [(one.name, one.title) for one in people] == [("Maria Weber", "采购")]


def test_that_an_update_empties_nothing_and_says_no_tag_twice(store):
    rows = (("经销商名称", "联系人", "手机", "标签"), ("株洲百川", "张三", "13800138000", "重点,冷链"))
    again = (("经销商名称", "联系人", "标签"), ("株洲百川", "张三", "冷链,新客"))
    for headings, row in (rows, again):
        table = ImportTable(headings, (row,))
        store.write("Import", lambda uow, table=table: run_import(uow, table, guess_mapping(table), update=True))
    assert [one.phone for one in store.read(lambda reader: reader.all(Contact))] == ["13800138000"]
    assert [one.tags for one in store.read(lambda reader: reader.all(Distributor))] == [("重点", "冷链", "新客")]
