"""The page of distributors through its real widgets: find, walk, check, create, delete and undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from channel_desk.clock import FixedClock
from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status, Tier
from channel_desk.domain.record import DistributorId
from channel_desk.paths import DataFolder
from channel_desk.services.commitments import promise
from channel_desk.services.finding import View
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.distributors.page import DistributorsPage
from channel_desk.ui.distributors.table import DistributorTable
from channel_desk.ui.place import EVERYTHING, Place
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.choice_menu import ChoiceMenu
from channel_desk.ui.widgets.menu import Menu
from channel_desk.ui.widgets.text import Text

Settle = Callable[[], None]
NAMES = ("湖南湘岳机电", "河南嵩源电气", "武汉华诺电气", "株洲建宁机电")


@pytest.fixture
def region(data_folder: DataFolder, clock: FixedClock) -> dict[str, int]:
    """Four distributors by name; the third belongs to another tier and status, the last has a contact named 胡宁."""
    store = Store.open(data_folder, clock)

    def fill(uow: UnitOfWork) -> dict[str, int]:
        ids = {
            name: uow.insert(
                Distributor(
                    name=name,
                    city="长沙",
                    tier=Tier.A if name.startswith("武汉") else Tier.B,
                    status=Status.AT_RISK if name.startswith("武汉") else Status.ACTIVE,
                )
            )
            for name in NAMES
        }
        owner = DistributorId(ids["株洲建宁机电"])
        uow.insert(Contact(distributor_id=owner, name="胡宁", title="采购主管", phone="138 7311 4402"))
        return ids

    ids = store.write("Fill", fill, undoable=False).result
    store.close()
    return ids


@pytest.fixture
def page(
    region: dict[str, int], make_desk: Callable[[str], Context], qtbot: QtBot, settle: Settle
) -> Iterator[DistributorsPage]:
    page = DistributorsPage(make_desk("en"))
    qtbot.addWidget(page)
    page.resize(1264, 800)
    with qtbot.waitExposed(page):
        page.show()
    settle()
    yield page
    page.close()


def shown_names(page: DistributorsPage) -> list[str]:
    table = page.findChild(DistributorTable)
    assert table is not None
    model = table.model()
    return [str(model.index(row, 1).data()).split(",")[0] for row in range(model.rowCount())]


def table_of(page: DistributorsPage) -> DistributorTable:
    table = page.findChild(DistributorTable)
    assert table is not None
    return table


def said(page: DistributorsPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def type_search(page: DistributorsPage, text: str, qtbot: QtBot, settle: Settle) -> None:
    field = page.search_field()
    field.setFocus()
    QTest.keyClicks(field, text)
    settle()


def test_that_the_list_stands_in_the_order_of_names_with_its_count(page: DistributorsPage) -> None:
    assert shown_names(page) == ["河南嵩源电气", "湖南湘岳机电", "武汉华诺电气", "株洲建宁机电"]
    assert "4 distributors" in said(page)
    assert "4 of 4" not in said(page)


def test_that_each_key_finds_by_initials_name_first_and_the_foot_counts_by_source(
    page: DistributorsPage, qtbot: QtBot, settle: Settle
) -> None:
    type_search(page, "hn", qtbot, settle)

    assert shown_names(page) == ["河南嵩源电气", "湖南湘岳机电", "武汉华诺电气", "株洲建宁机电"]
    assert "4 of 4 match “hn”" in said(page)
    assert "name or city 3 · contacts 1" in said(page)


def test_that_a_match_outside_the_name_is_told_in_a_second_line(
    page: DistributorsPage, qtbot: QtBot, settle: Settle
) -> None:
    type_search(page, "4402", qtbot, settle)

    cell = table_of(page).model().index(0, 1)
    assert cell.data() == "株洲建宁机电, Contact 胡宁 138 7311 4402"


def test_that_nothing_found_says_so_and_one_button_shows_all_again(
    page: DistributorsPage, qtbot: QtBot, settle: Settle
) -> None:
    type_search(page, "zzzz", qtbot, settle)
    assert "Nothing matches “zzzz”." in said(page)

    page._clear()
    settle()
    assert len(shown_names(page)) == 4


def test_that_a_list_that_was_narrowed_can_be_had_whole(page: DistributorsPage, qtbot: QtBot, settle: Settle) -> None:
    page._views.step(1)
    type_search(page, "zzzz", qtbot, settle)
    page.show_place(Place("distributors", extra=EVERYTHING))
    settle()
    assert (page.query.view, page.query.text, len(shown_names(page))) == (View.ALL, "", 4)


def test_that_views_and_chips_narrow_the_list(page: DistributorsPage, settle: Settle) -> None:
    assert "4 distributors" in said(page)
    assert "4 of 4" not in said(page)
    page._views.step(1)
    settle()
    assert page.query.view is View.AT_RISK
    assert shown_names(page) == ["武汉华诺电气"]

    page._views.step(-1)
    page._filters.tiers.choose(frozenset({"B"}))
    settle()
    assert "武汉华诺电气" not in shown_names(page)
    assert "3 of 4" in said(page)


def test_that_a_chip_opens_its_values_with_counts(page: DistributorsPage, qtbot: QtBot, settle: Settle) -> None:
    page._filters.tiers.open()
    popup = page._filters.tiers._popup
    assert popup is not None
    boxes = popup.findChildren(Checkbox)

    assert [box.text() for box in boxes] == ["A (1)", "B (3)"]
    boxes[0].click()
    settle()
    assert shown_names(page) == ["武汉华诺电气"]
    popup.close()


def test_that_the_arrows_stay_among_the_values_of_a_chip(page: DistributorsPage, qtbot: QtBot) -> None:
    page._filters.tiers.open()
    popup = page._filters.tiers._popup
    assert popup is not None
    boxes = popup.findChildren(Checkbox)
    boxes[-1].setFocus()

    QTest.keyClick(boxes[-1], Qt.Key.Key_Down)
    assert popup.focusWidget() is boxes[0]
    QTest.keyClick(boxes[0], Qt.Key.Key_Up)
    assert popup.focusWidget() is boxes[-1]
    popup.close()


def test_that_the_values_of_a_chip_stand_on_a_sheet_of_their_height(page: DistributorsPage) -> None:
    page._filters.tiers.offer([("A", 1)])
    page._filters.tiers.open()
    popup = page._filters.tiers._popup
    assert popup is not None
    assert popup.height() < 60
    image = popup.grab().toImage()
    assert image.pixelColor(1, 1).alpha() < 40  # a round corner
    ground = {image.pixelColor(x, y).name() for x in range(40, 160) for y in range(14, 34)}
    assert page.ctx.theme.colour("surface").name() in ground
    assert page.ctx.theme.colour("window").name() not in ground
    popup.close()


def test_that_the_heads_sort_and_the_current_row_stays(page: DistributorsPage, settle: Settle) -> None:
    table = table_of(page)
    table.go_to(1)
    page.sort_by("tier", False)
    settle()

    assert shown_names(page)[0] == "武汉华诺电气"


def test_that_the_keys_walk_check_and_open(
    page: DistributorsPage, qtbot: QtBot, region: dict[str, int], went: list[Place]
) -> None:
    table = table_of(page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert page._rows.checked == {region["湖南湘岳机电"]}

    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(page._rows.checked) == 2
    assert "2 selected" in said(page)

    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not page._rows.checked

    QTest.keyClick(table, Qt.Key.Key_Return)
    assert went == [Place("file", region["武汉华诺电气"])]


def test_that_esc_on_a_button_of_the_checked_rows_unchecks_them_and_goes_back_to_the_list(
    page: DistributorsPage, qtbot: QtBot, went: list[Place]
) -> None:
    table = table_of(page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    tier = page._list.foot.bulk.tier
    tier.setFocus()

    QTest.keyClick(tier, Qt.Key.Key_Escape)
    assert not page._rows.checked
    assert page.focusWidget() is table


def test_that_a_double_click_opens_the_file(
    page: DistributorsPage, qtbot: QtBot, region: dict[str, int], went: list[Place]
) -> None:
    table = table_of(page)
    middle = table.visualRect(table.model().index(0, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    assert went == [Place("file", region["河南嵩源电气"])]


def test_that_a_click_on_a_box_checks_without_opening(page: DistributorsPage, qtbot: QtBot, went: list[Place]) -> None:
    table = table_of(page)
    box = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)

    assert len(page._rows.checked) == 1
    assert not went


def test_that_the_preview_follows_the_current_row(page: DistributorsPage, qtbot: QtBot, region: dict[str, int]) -> None:
    table_of(page).go_to(3)
    qtbot.waitUntil(lambda: page._preview.shown_id == region["株洲建宁机电"])

    qtbot.waitUntil(lambda: "胡宁 采购主管" in said(page))
    assert "138 7311 4402" in said(page)


def test_that_promises_of_both_sides_stand_below_each_other_in_the_preview_and_late_ones_are_red(
    page: DistributorsPage, qtbot: QtBot, region: dict[str, int], settle: Settle
) -> None:
    one = DistributorId(region["株洲建宁机电"])
    past = page.ctx.today - timedelta(days=4)

    def work(uow: UnitOfWork) -> None:
        for side in Direction:
            promise(uow, Commitment(distributor_id=one, direction=side, text=f"Promise of {side.value}", due_on=past))

    page.ctx.tasks.write("Promise", work)
    settle()
    table_of(page).go_to(3)
    qtbot.waitUntil(lambda: "Open promises 2" in said(page))

    words = [text for text in page._preview.findChildren(Text) if text.text().startswith("Promise of ")]
    late = [text for text in page._preview.findChildren(Text) if text.text() == "4 days late"]
    qtbot.waitUntil(lambda: len({text.mapTo(page, QPoint()).y() for text in words}) == 2)
    assert len({text.mapTo(page, QPoint()).x() for text in words}) == 1
    assert [text._colour for text in late] == ["danger-text", "danger-text"]


def test_that_f4_hides_and_shows_the_preview(page: DistributorsPage) -> None:
    assert page._preview.isVisible()
    page.toggle_preview()
    assert not page._preview.isVisible()
    page.toggle_preview()
    assert page._preview.isVisible()


def test_that_the_preview_goes_first_and_columns_follow_where_it_is_narrow(page: DistributorsPage) -> None:
    page.resize(700, 600)

    assert not page._preview.isVisible()
    assert table_of(page).isColumnHidden(7)
    assert not table_of(page).isColumnHidden(1)


def test_that_deleting_is_one_step_that_undo_takes_back(
    page: DistributorsPage, tasks: Tasks, settle: Settle, qtbot: QtBot
) -> None:
    page._rows.check([0, 1], on=True)
    with qtbot.waitSignal(tasks.saved) as saved:
        page.delete()
    settle()
    assert saved.args == ["2 distributors deleted"]
    assert shown_names(page) == ["武汉华诺电气", "株洲建宁机电"]
    assert not page._rows.checked

    tasks.undo()
    settle()
    assert len(shown_names(page)) == 4


def test_that_the_tier_of_all_checked_rows_is_set_in_one_step(
    page: DistributorsPage, tasks: Tasks, settle: Settle
) -> None:
    page._rows.check_all()
    page._list.foot.bulk.tier.click()
    menu = page.findChild(ChoiceMenu)
    assert menu is not None
    assert menu.activeAction() is None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    settle()

    kept: list[set[Tier | None]] = []
    tasks.read(lambda reader: {one.tier for one in reader.all(Distributor)}, kept.append, owner=page, key="test")
    settle()
    assert kept == [{Tier.C}]
    assert len(page._rows.checked) == 4


def test_that_the_tiers_for_a_single_row_begin_at_the_one_it_has(page: DistributorsPage) -> None:
    table = table_of(page)
    table.go_to(shown_names(page).index("武汉华诺电气"))
    QTest.keyClick(table, Qt.Key.Key_Space)
    page._list.foot.bulk.tier.click()
    menu = page.findChild(ChoiceMenu)
    assert menu is not None
    chosen = menu.activeAction()
    assert chosen is not None
    assert chosen.text() == "A"
    menu.close()


def test_that_the_one_checked_row_is_meant_also_where_another_is_the_current_one(
    page: DistributorsPage, went: list[Place], region: dict[str, int]
) -> None:
    table = table_of(page)
    table.go_to(shown_names(page).index("武汉华诺电气"))
    QTest.keyClick(table, Qt.Key.Key_Space)
    table.go_to(shown_names(page).index("株洲建宁机电"))
    QTest.mouseClick(page._list.foot.bulk.open, Qt.MouseButton.LeftButton)
    assert went == [Place("file", region["武汉华诺电气"])]


def ask_menu(table: DistributorTable) -> None:
    """As the menu key does."""
    QApplication.sendEvent(table, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))


def test_that_what_the_menu_of_a_row_offers_is_a_command_too(page: DistributorsPage) -> None:
    table = table_of(page)
    QTest.keyClick(table, Qt.Key.Key_Down)
    ask_menu(table)
    (menu,) = (one for one in page.findChildren(Menu) if one.isVisible())
    offered = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert offered[:2] == ["Open file", "Plan visit"]
    assert offered[-1] == "Delete"
    assert set(offered) <= {one.text() for one in page.actions()}
    menu.close()


def test_that_the_menu_of_several_rows_offers_only_what_is_done_with_all_of_them(page: DistributorsPage) -> None:
    page._rows.check_all()
    QTest.keyClick(table_of(page), Qt.Key.Key_Down)
    ask_menu(table_of(page))
    (menu,) = (one for one in page.findChildren(Menu) if one.isVisible())
    offered = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert offered == ["Set tier A", "Set tier B", "Set tier C", "Without tier", "Delete"]
    menu.close()


def test_that_a_name_that_somebody_has_is_told_and_enter_opens_the_file_that_is_there(
    page: DistributorsPage, settle: Settle, went: list[Place], region: dict[str, int]
) -> None:
    strip = page._list.strip
    page.new_distributor()
    strip.field.edit.insert("武漢華諾電氣 有限公司")
    QTest.keyClick(strip.field.edit, Qt.Key.Key_Return)
    settle()
    assert strip.field.error == "There is 武汉华诺电气 in 长沙 already."
    assert page.focusWidget() is strip.open_existing
    QTest.keyClick(strip.open_existing, Qt.Key.Key_Return)
    assert went == [Place("file", region["武汉华诺电气"])]
    assert strip.isHidden()


def test_that_a_second_one_of_a_name_is_a_step_that_says_so_until_another_name_is_typed(
    page: DistributorsPage, settle: Settle
) -> None:
    strip = page._list.strip

    def said() -> tuple[str, str]:
        return strip._create.text(), strip._hint.text()

    page.new_distributor()
    before = said()
    assert before == ("Create", "Enter creates the file and opens it.")
    strip.field.edit.insert("武汉华诺电气")
    QTest.keyClick(strip.field.edit, Qt.Key.Key_Return)
    settle()
    assert said() == ("Create all the same", "")
    strip.field.edit.insert("二")
    assert said() == before
    assert strip.open_existing.isHidden()


def test_that_a_name_that_is_typed_on_is_neither_created_nor_told_to_be_there(
    page: DistributorsPage, settle: Settle, went: list[Place]
) -> None:
    field = page._list.strip.field
    page.new_distributor()
    for name in ("武汉华诺电气", "益阳恒能"):
        field.setText(name)
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
        field.edit.insert("工程")  # before it is known whether there is one
        settle()
        assert (field.text(), field.error, went) == (f"{name}工程", "", [])


def test_that_a_name_taken_over_from_the_search_is_typed_over_and_what_was_wrong_before_is_forgotten(
    page: DistributorsPage, settle: Settle
) -> None:
    strip = page._list.strip
    page.new_distributor()
    QTest.keyClick(strip.field.edit, Qt.Key.Key_Return)
    settle()
    assert strip.field.error
    QTest.keyClick(strip.field.edit, Qt.Key.Key_Escape)
    page.new_distributor()
    assert not strip.field.error
    strip.begin("益阳恒能")
    QTest.keyClicks(strip.field.edit, "Q")
    assert strip.field.text() == "Q"


def test_that_two_companies_may_share_a_name(page: DistributorsPage, settle: Settle, went: list[Place]) -> None:
    field = page._list.strip.field
    page.new_distributor()
    for name in ("株洲建宁机电", "武汉华诺电气"):
        field.setText(name)
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
        settle()
        assert name in field.error
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    settle()
    assert shown_names(page).count("武汉华诺电气") == 2
    assert [place.page for place in went] == ["file"]


def test_that_a_new_distributor_is_typed_in_place_and_opened(
    page: DistributorsPage, qtbot: QtBot, settle: Settle, went: list[Place]
) -> None:
    page._new.click()
    field = page._list.strip.field.edit
    field.insert(" 益阳恒能电气工程 ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()

    assert [place.page for place in went] == ["file"]
    assert "益阳恒能电气工程" in shown_names(page)


def test_that_a_nameless_distributor_is_refused_beside_the_field(
    page: DistributorsPage, qtbot: QtBot, settle: Settle, went: list[Place]
) -> None:
    page.new_distributor()
    QTest.keyClick(page._list.strip.field.edit, Qt.Key.Key_Return)
    settle()

    assert page._list.strip.field.error.startswith("A name is needed.")
    assert not went


def test_that_planning_a_visit_leads_to_the_planner(
    page: DistributorsPage, settle: Settle, region: dict[str, int], went: list[Place]
) -> None:
    page._changes.plan(region["湖南湘岳机电"])
    settle()

    assert [(place.page, place.extra) for place in went] == [("planner", "2026-09-23")]


def test_that_a_change_from_elsewhere_keeps_the_current_row(
    page: DistributorsPage, tasks: Tasks, settle: Settle, region: dict[str, int]
) -> None:
    table = table_of(page)
    table.go_to(2)
    tasks.write("Add", lambda uow: uow.insert(Distributor(name="安阳电料")))
    settle()

    assert shown_names(page)[0] == "安阳电料"
    assert table.current_id == region["武汉华诺电气"]


def test_that_typing_anywhere_is_a_search(page: DistributorsPage, qtbot: QtBot, settle: Settle) -> None:
    table = table_of(page)
    table.setFocus()
    QTest.keyClicks(table, "whhn")
    settle()

    assert shown_names(page) == ["武汉华诺电气"]


def test_that_what_an_input_method_composes_on_the_list_is_a_search_once_it_is_text(
    page: DistributorsPage, qtbot: QtBot, settle: Settle
) -> None:
    page.activateWindow()
    table = table_of(page)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    everything = shown_names(page)
    QApplication.sendEvent(table, QInputMethodEvent("wu'han", []))
    settle()
    assert (shown_names(page), table.hasFocus()) == (everything, True)
    for words in ("武汉", "华诺"):
        committed = QInputMethodEvent()
        committed.setCommitString(words)
        receiver = page.focusWidget()
        assert receiver is not None
        QApplication.sendEvent(receiver, committed)
    settle()
    assert shown_names(page) == ["武汉华诺电气"]


def test_that_a_dropped_file_is_imported(page: DistributorsPage, went: list[Place], tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "customers.xlsx"))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), *how))
    assert page._veil.isVisible()
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), *how))
    assert not page._veil.isVisible()

    assert [(place.page, Path(place.extra)) for place in went] == [("import", tmp_path / "customers.xlsx")]


def test_that_an_empty_desk_shows_where_to_bring_the_list(
    make_desk: Callable[[str], Context], qtbot: QtBot, settle: Settle
) -> None:
    page = DistributorsPage(make_desk("zh_CN"))
    qtbot.addWidget(page)
    page.resize(1264, 800)
    with qtbot.waitExposed(page):
        page.show()
    settle()

    assert "把您的客户表拖到这里" in said(page)
    assert not page._filters.isVisible()
    assert page.start_focus() is page._list.empty
    page.close()


def test_that_the_shapes_of_names_are_made_ahead_and_then_no_more(page: DistributorsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._glyphs.is_wanting)
    qtbot.waitUntil(lambda: not page._glyphs.isActive())
    page.load()
    assert not page._glyphs.isActive()
