"""What an import leaves in the files."""

from __future__ import annotations

from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.import_plan import ImportTable, Verdict
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
    for told in ([], ["unchanged"]):
        done = store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=True))
        assert [one.code for one in done.result.problems] == told
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


def test_that_an_update_with_the_same_file_changes_nothing_and_is_no_step(store):
    headings = ("经销商名称", "标签", "年销售额（万元）", "合作日期", "线路", "联系人", "电话")
    rows = (
        ("株洲百川", "重点,冷链", "120", "2019-03-01", "东线", "张三", "13800138000"),
        ("岳阳新力", "", "8.5", "2021/6/7", "", "李四\n王五", "13900139000\n13700137000"),
        ("岳阳新力", "", "8.5", "2021/6/7", "", "赵六", ""),
    )
    table = ImportTable(headings, rows)
    store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=True))
    before = store.read(lambda reader: (reader.all(Distributor), reader.all(Contact)))
    again = store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=True))
    assert [row.verdict for row in again.result.rows] == [Verdict.SKIPPED] * 3
    assert [one.code for one in again.result.problems] == ["unchanged"] * 3
    assert (again.changes.transaction_no, bool(again.changes)) == (None, False)
    assert store.read(lambda reader: (reader.all(Distributor), reader.all(Contact))) == before


def test_that_an_update_counts_only_the_rows_that_change_something(store):
    headings = ("经销商名称", "备注", "联系人", "电话")
    rows = [[f"公司{number}号", "老客户", f"张{number}", f"1380013{number:04d}"] for number in range(600)]

    def bring_in():
        table = ImportTable(headings, tuple(map(tuple, rows)))
        return store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=True)).result

    bring_in()
    rows[3][1], rows[550][3], rows[599][2] = "新客户", "13900139000", "李四"
    again = bring_in()
    changed = [row.row for row in again.rows if row.verdict is Verdict.UPDATED]
    assert (changed, again.counts[Verdict.SKIPPED]) == ([5, 552, 601], 597)
    assert bring_in().counts[Verdict.UPDATED] == 0


def test_that_a_file_with_some_of_the_further_details_that_are_known_changes_nothing(store):
    rows = (("经销商名称", "线路", "车辆"), ("株洲百川", "东线", "三辆"))
    again = (("经销商名称", "线路"), ("株洲百川", "东线"))
    for headings, row in (rows, again):
        table = ImportTable(headings, (row,))
        done = store.write("Import", lambda uow, table=table: run_import(uow, table, guess_mapping(table), update=True))
    assert [one.code for one in done.result.problems] == ["unchanged"]
    assert store.read(lambda reader: reader.all(Distributor))[0].extra == (("线路", "东线"), ("车辆", "三辆"))


def test_that_an_update_tells_people_of_one_name_apart_by_their_order(store):
    headings = ("经销商名称", "联系人1", "电话1", "联系人2", "电话2")
    table = ImportTable(headings, (("株洲百川", "张伟", "13800138000", "张伟", "13900139000"),))
    for _ in range(2):
        done = store.write("Import", lambda uow: run_import(uow, table, guess_mapping(table), update=True))
    assert done.result.counts[Verdict.SKIPPED] == 1
    assert [one.phone for one in store.read(lambda reader: reader.all(Contact))] == ["13800138000", "13900139000"]


def test_that_an_import_of_known_rows_alone_is_no_step(store):
    """Not even one that remembers the columns."""
    for headings in (("经销商名称", "城市"), ("城市", "客户名称")):
        table = ImportTable(headings, ((("株洲百川", "株洲"), ("株洲", "株洲百川"))[headings[0] == "城市"],))
        done = store.write("Import", lambda uow, table=table: run_import(uow, table, guess_mapping(table)))
    assert done.changes.transaction_no is None
