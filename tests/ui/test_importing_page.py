"""The page of an import through its real widgets: a file, its columns, the verdict on every row, one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from channel_desk.domain.distributors import Distributor
from channel_desk.domain.import_fields import EXTRA
from channel_desk.services.distributors import edit_distributor
from channel_desk.ui.context import Context
from channel_desk.ui.importing.page import ImportPage
from channel_desk.ui.place import EVERYTHING, Place
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.widgets.text import Text
from tests.fixtures.choosing import choose

Settle = Callable[[], None]
CSV = "Customer,City,Boss phone,Remark\nAlpha Trading,Wuhan,13800138000,good\nBeta Trading,Wuhan,,\n,Wuhan,,\n"


@pytest.fixture
def page(make_desk: Callable[[str], Context], qtbot: QtBot, settle: Settle) -> Iterator[ImportPage]:
    page = ImportPage(make_desk("en"))
    qtbot.addWidget(page)
    page.resize(1264, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.show_place(Place("import"))
    settle()
    yield page
    page.close()


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def said(page: ImportPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def cells(page: ImportPage) -> list[tuple[str, ...]]:
    model = page._outcome.table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_that_without_a_file_the_page_asks_for_one(page: ImportPage) -> None:
    assert "Drag your customer list here" in said(page)

    page.choose_file()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()


def test_that_the_dialog_for_a_file_speaks_chinese_throughout(
    make_desk: Callable[[str], Context], qtbot: QtBot
) -> None:
    page = ImportPage(make_desk("zh_CN"))
    qtbot.addWidget(page)
    page.choose_file()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "查找范围："
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "文件类型："
    dialog.close()


def test_that_a_file_shows_its_columns_and_what_becomes_of_every_row(
    page: ImportPage, csv: Path, settle: Settle
) -> None:
    page.show_place(Place("import", extra=str(csv)))
    settle()

    fields = [row.field.value for row in page._mapping_list.rows]
    assert fields[:2] == ["name", "city"]
    assert [row[1] for row in cells(page)] == ["New", "New", "Reject"]
    assert page._outcome.counts == "2 new · 1 rejected · 1 with remarks"
    assert page._outcome.run.label == "Import 2"
    assert "guessed" in said(page)


def test_that_only_rows_with_remarks_can_be_shown_and_the_whole_remark_is_read_below(
    page: ImportPage, csv: Path, settle: Settle
) -> None:
    page.open_path(csv)
    settle()

    page._outcome.filter.step(1)
    assert [row[1] for row in cells(page)] == ["Reject"]


def test_that_the_remark_of_a_row_is_told_below_only_where_the_table_has_no_room_for_it(
    page: ImportPage, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    path = tmp_path / "list.csv"
    rows = ["Alpha,1", "Beta,about as much as in the year before it"]
    path.write_text("\n".join(["Customer,Credit limit", *rows, "Gamma,abc\n"]), encoding="utf-8")
    page.resize(1800, 800)
    page.open_path(path)
    settle()

    page._outcome.table.go_to_row(1)
    assert cells(page)[1][3].endswith("cannot be read as an amount; it is kept under further details.")
    assert "further details" not in said(page)

    page.resize(1024, 800)
    qtbot.waitUntil(lambda: "Credit limit: “about as much as in the year before it” cannot be read" in said(page))
    page._outcome.table.go_to_row(0)
    assert "cannot be read" not in said(page)


def test_that_the_size_of_a_file_is_that_of_its_rows_below_the_headings(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Our customers,\nCustomer,City\nAlpha,Wuhan\n,Wuhan\nTotal,2\n", encoding="utf-8")
    page.open_path(path)
    settle()
    assert page._outcome.counts.startswith("1 new · 1 rejected")
    assert "2 rows" in said(page)


def test_that_the_dialog_for_a_file_begins_where_the_last_file_was(page: ImportPage, csv: Path, settle: Settle) -> None:
    page.open_path(csv)
    settle()
    page.run()
    settle()
    again = ImportPage(page.ctx, page)  # as after a change of language
    again.choose_file()
    dialog = again.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == csv.parent
    dialog.close()


def test_that_a_remark_on_a_heading_names_its_column(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Customer,Annual sales (jars)\nAlpha,12\n", encoding="utf-8")
    page.show_place(Place("import", extra=str(path)))
    settle()
    assert "Annual sales (jars): “jars” in this heading is no known unit" in " ".join(cells(page)[0])


def test_that_a_heading_has_the_room_of_its_column_where_there_is_little(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("客户名称,经销商客户编码\n湘禾商贸,A1\n", encoding="utf-8")
    page.resize(1000, 800)
    page.open_path(path)
    settle()
    headings = [
        one for row in page._mapping_list.rows for one in row.findChildren(Text) if one.text() == "经销商客户编码"
    ]
    assert [one.width() >= one.sizeHint().width() for one in headings] == [True]


def test_that_another_choice_of_a_column_makes_the_plan_anew(page: ImportPage, csv: Path, settle: Settle) -> None:
    page.open_path(csv)
    settle()
    city = page._mapping_list.rows[1]

    keys = city.field.focusProxy()
    assert keys is not None
    QTest.keyClick(keys, Qt.Key.Key_Down)
    page._plan()
    settle()

    assert city.field.value != "city"
    assert "Wuhan" not in cells(page)[0]
    assert "chosen" in said(page)


def test_that_the_choice_of_a_column_is_kept_on_the_way_back_unless_the_file_was_changed(
    page: ImportPage, csv: Path, settle: Settle
) -> None:
    place = Place("import", extra=str(csv))
    page.show_place(place)
    settle()
    keys = page._mapping_list.rows[1].field.focusProxy()
    assert keys is not None
    QTest.keyClick(keys, Qt.Key.Key_Down)
    chosen = page._mapping_list.rows[1].field.value

    page.show_place(place)
    settle()
    assert page._mapping_list.rows[1].field.value == chosen

    csv.write_text(CSV + "Gamma Trading,Wuhan,,\n", encoding="utf-8")
    page.show_place(place)
    settle()
    assert page._mapping_list.rows[1].field.value == "city"
    assert "Gamma Trading" in str(cells(page))


def test_that_the_keyboard_stands_on_what_is_shown_while_a_file_is_read_and_after(
    page: ImportPage, csv: Path, tmp_path: Path, settle: Settle
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"nothing")
    for path, end in ((broken, page._zone.choose), (csv, page._outcome.table)):
        page.show_place(Place("import", extra=str(path)))
        assert page.start_focus() is None
        page.setFocus()
        settle()
        assert page.start_focus() is end
    page.show_place(Place("import", extra=str(broken)))
    page.setFocus()
    page.cancel()
    assert page._zone.choose.hasFocus()
    settle()


def test_that_the_row_of_the_headings_can_be_chosen_by_the_keyboard(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("1,2\nCode,Customer\nA1,Alpha\nFoo,Bar\nA2,Beta\n", encoding="utf-8")
    page.open_path(path)
    settle()
    keys = page._file.headings.focusProxy()
    assert (keys is not None, page._file.headings.value) == (True, 2)
    QTest.keyClick(keys, Qt.Key.Key_Up)
    settle()
    assert [row.field.value for row in page._mapping_list.rows][1] != "name"
    QTest.keyClick(keys, Qt.Key.Key_Down)
    settle()
    assert page._outcome.counts == "3 new · 1 with remarks"


def test_that_a_sheet_without_headings_leaves_the_choice_of_another_row_and_sheet(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "North"
    book.worksheets[0].append(["Customer", "City"])
    book.worksheets[0].append(["Alpha Trading", "Wuhan"])
    south = book.create_sheet("South")
    for row in ([1, 2], ["Foo", 3], [4, 5], ["Beta Trading", 6]):
        south.append(row)
    book.save(path)
    page.open_path(path)
    settle()
    assert "The sheet “South” was not read" in str(cells(page))

    choose(page._file.sheet, "South")
    settle()
    assert "No headings were found in list.xlsx" in said(page)
    assert page._file.isVisible()
    assert page._file.headings.focusProxy() is page.focusWidget()
    choose(page._file.headings, 2)
    settle()
    choose(page._mapping_list.rows[0].field, "name")
    page._plan()
    settle()
    assert "Beta Trading" in str(cells(page))
    assert "The sheet “North” was not read" in str(cells(page))


def test_that_a_sheet_that_cannot_be_read_leaves_the_choice_of_another(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Customer", "City"])
    book.worksheets[0].append(["Alpha Trading", "Wuhan"])
    book.create_sheet("Wide").append(list(range(500)))
    book.save(path)
    page.open_path(path)
    settle()
    choose(page._file.sheet, "Wide")
    settle()
    assert "too large" in said(page)
    assert page._file.isVisible()
    choose(page._file.sheet, "Sheet")
    settle()
    assert "Alpha Trading" in str(cells(page))
    page.open_path(tmp_path / "gone.xlsx")
    settle()
    assert not page._file.isVisible()


def test_that_a_file_without_names_points_at_the_columns(page: ImportPage, csv: Path, settle: Settle) -> None:
    page.open_path(csv)
    settle()

    choose(page._mapping_list.rows[0].field, EXTRA)
    page._plan()
    settle()
    assert "No column holds the distributor's name." in said(page)
    assert not page._outcome.run.isEnabled()

    choose(page._mapping_list.rows[0].field, "name")
    page._plan()
    settle()
    assert page._outcome.run.isEnabled()
    assert not page._strips.error.isVisible()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gone.xlsx", None, "was not found"),
        ("empty.csv", b"", "is empty"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "is no spreadsheet"),
    ],
)
def test_that_a_file_that_cannot_be_read_says_why_and_offers_another(
    page: ImportPage, settle: Settle, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    page.open_path(path)
    settle()

    assert sentence in said(page)
    assert page._strips.error.action.label == "Choose another file…"


def test_that_importing_is_one_step_that_undo_takes_back(
    page: ImportPage, csv: Path, settle: Settle, tasks: Tasks, qtbot: QtBot, went: list[Place]
) -> None:
    page.open_path(csv)
    settle()
    with qtbot.waitSignal(tasks.saved) as saved:
        page._outcome.run.click()
    settle()
    assert saved.args == ["2 distributors imported, 1 row left out"]
    assert went == [Place("distributors", extra=EVERYTHING)]

    tasks.undo()
    settle()
    left: list[int] = []
    tasks.read(lambda reader: reader.count(Distributor), left.append, owner=page, key="test")
    settle()
    assert left == [0]


def test_that_an_import_right_after_a_choice_of_columns_is_named_by_what_they_lead_to(
    page: ImportPage, csv: Path, settle: Settle, tasks: Tasks
) -> None:
    page.open_path(csv)
    settle()
    steps: list[str] = []
    tasks.saved.connect(steps.append)
    choose(page._mapping_list.rows[0].field, EXTRA)
    choose(page._mapping_list.rows[1].field, "name")  # three times "Wuhan"
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert steps == ["1 distributor imported, 2 rows left out"]


def test_that_an_import_right_after_the_choice_to_update_takes_over_what_differs(
    page: ImportPage, csv: Path, settle: Settle, tasks: Tasks
) -> None:
    page.open_path(csv)
    settle()
    page.run()
    settle()
    csv.write_text(CSV.replace("good", "good payer"), encoding="utf-8")
    page.open_path(csv)
    settle()
    steps: list[str] = []
    tasks.saved.connect(steps.append)
    page._outcome.update_known.setChecked(True)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert steps == ["1 distributor imported, 2 rows left out"]


def test_that_a_file_with_nothing_new_says_so_below_the_rows_and_when_it_is_imported_all_the_same(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "客户.csv"
    path.write_bytes("客户名称,城市\n湘禾商贸,长沙\n天悦商贸,武汉\n".encode("gbk"))
    page.open_path(path)
    settle()
    page.run()
    settle()
    told: list[str] = []
    page.ctx.feedback.wanted.connect(lambda text, *_: told.append(text))

    page.open_path(path)
    settle()
    page.run()
    assert page._outcome.counts == "Nothing new here. “Update known distributors” takes over what differs."

    assert told == [page._outcome.counts]

    page._outcome.update_known.setChecked(True)
    settle()
    page.run()
    assert page._outcome.counts == "No row says anything that your list does not have. The remarks say more."
    assert told[1:] == [page._outcome.counts]
    path.write_text("客户名称,城市,备注\n湘禾商贸,长沙,老客户\n天悦商贸,武汉,\n", encoding="utf-8")
    page.open_path(path)
    settle()
    assert page._outcome.counts == "1 to update · 1 skipped · 1 with remarks"
    page._outcome.update_known.setChecked(False)
    path.write_text("客户名称,城市\n湘禾商贸,长沙\n,武汉\n", encoding="utf-8")
    page.open_path(path)
    settle()
    assert page._outcome.counts == "Nothing new here. “Update known distributors” takes over what differs."
    path.write_text("Name,City\n,Wuhan\n", encoding="utf-8")
    page.open_path(path)
    settle()
    page.run()
    assert page._outcome.counts == "No row can be imported. The remarks say why."
    assert told[2:] == [page._outcome.counts]


def test_that_the_foot_counts_rows_with_remarks_and_not_what_is_said_of_the_whole_file(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "客户.csv"
    path.write_bytes("客户名称,信用额度\n湘禾商贸,约五万\n天悦商贸,50000\n".encode("gbk"))
    page.open_path(path)
    settle()
    QTest.mouseClick(page._outcome.filter._buttons["noted"], Qt.MouseButton.LeftButton)
    assert [(row, verdict) for row, verdict, *_ in cells(page)] == [("", "Note"), ("2", "New")]
    assert page._outcome.counts == "2 new · 1 with remarks"


def test_that_the_mapping_is_remembered_for_the_next_file_of_this_kind(
    page: ImportPage, csv: Path, settle: Settle
) -> None:
    page.open_path(csv)
    settle()
    choose(page._mapping_list.rows[3].field, "note")
    page._plan()
    settle()
    page.run()
    settle()

    page.open_path(csv)
    settle()
    assert page._mapping_list.rows[3].field.value == "note"
    assert "remembered" in said(page)
    assert [row[1] for row in cells(page)] == ["Skip", "Skip", "Reject"]
    assert not page._outcome.run.isEnabled()

    page._outcome.update_known.setChecked(True)
    choose(page._mapping_list.rows[3].field, "territory")
    page._plan()
    settle()
    assert [row[1] for row in cells(page)] == ["Update", "Skip", "Reject"]


def test_that_an_import_that_ends_after_its_page_was_left_calls_nobody_back(
    page: ImportPage, csv: Path, settle: Settle, tasks: Tasks, went: list[Place]
) -> None:
    page.open_path(csv)
    settle()
    page._outcome.run.click()
    page.hide()
    settle()

    assert went == []


def test_that_cancelling_goes_back_without_importing(
    page: ImportPage, csv: Path, settle: Settle, went: list[Place]
) -> None:
    page.open_path(csv)
    settle()
    page._outcome.cancel.click()
    settle()

    assert went == [Place("back")]


def test_that_an_import_that_is_stopped_changes_nothing_and_may_be_begun_again(
    page: ImportPage, tmp_path: Path, settle: Settle, tasks: Tasks, qtbot: QtBot, went: list[Place]
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Customer\n" + "".join(f"Trading {number}\n" for number in range(3000)), encoding="utf-8")
    page.open_path(path)
    settle()
    page.run()
    assert page._strips.busy.cancel.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert "Stopping the import" in said(page)
    settle()

    left: list[int] = []
    tasks.read(lambda reader: reader.count(Distributor), left.append, owner=page, key="test")
    settle()
    assert (left, went) == ([0], [])
    assert not page._strips.busy.isVisible()
    assert page._outcome.counts == "3,000 new"

    shares = []
    with qtbot.waitSignal(tasks.saved) as saved:
        page.run()
        assert page._writing is not None
        page._writing.progressed.connect(lambda *_: shares.append(page._strips.busy.share))
    settle()
    assert saved.args == ["3,000 distributors imported"]
    assert shares == [0.3, 0.5, 0.6]


def test_that_an_import_that_found_the_disk_full_goes_through_from_the_same_button_once_there_is_room(
    page: ImportPage, tmp_path: Path, settle: Settle, tasks: Tasks, went: list[Place]
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Customer\n" + "".join(f"Trading {number}\n" for number in range(500)), encoding="utf-8")

    def fill(*, is_full: bool) -> None:
        statement = f"PRAGMA max_page_count = {1 if is_full else 1 << 30}"
        tasks.read(lambda reader: reader.raw.execute(statement).fetchone(), list, owner=page, key="room")
        settle()

    page.open_path(path)
    settle()
    for again in (page._outcome.run.click, page._strips.error.action.click):
        fill(is_full=True)
        again()
        settle()
        assert "There is no space left on the disk" in said(page)
        assert page._outcome.run.hasFocus()
    fill(is_full=False)
    page._outcome.run.click()
    settle()
    assert went == [Place("distributors", extra=EVERYTHING)]
    assert "no space" not in said(page)


def test_that_reading_can_be_stopped(page: ImportPage, csv: Path, settle: Settle) -> None:
    page.open_path(csv)
    assert page._strips.busy.isVisible()
    page._strips.busy.cancel.click()
    settle()

    assert "Drag your customer list here" in said(page)
    assert page._source is None


def test_that_the_rows_keep_the_rules_of_qt(
    page: ImportPage, csv: Path, settle: Settle, qtmodeltester: ModelTester
) -> None:
    page.open_path(csv)
    settle()
    qtmodeltester.check(page._outcome.table.model())  # type: ignore[no-untyped-call] - of pytest-qt

    page._outcome.filter.step(1)
    page._outcome.update_known.setChecked(True)
    settle()
    qtmodeltester.check(page._outcome.table.model())  # type: ignore[no-untyped-call] - of pytest-qt


HEADINGS = ("客户编码", "客户名称", "城市", "手机")


@pytest.fixture
def provinces(tmp_path: Path) -> Path:
    """Three sheets of one kind, and one that is no list."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "封面"
    book.worksheets[0]["B2"] = "华中区经销商名册"
    for number, province in enumerate(("湖南", "湖北", "江西")):
        sheet = book.create_sheet(province)
        sheet.append(HEADINGS)
        for row in range(3 - number):
            sheet.append((f"{province}-{row}", f"{province}{'甲乙丙'[row]}商贸", province, f"1380000{number}{row}00"))
    book.save(tmp_path / "省份.xlsx")
    return tmp_path / "省份.xlsx"


def test_that_the_sheets_with_the_same_headings_follow_each_other(
    page: ImportPage, provinces: Path, settle: Settle, went: list[Place], qtbot: QtBot
) -> None:
    page.open_path(provinces)
    settle()
    assert (page._file.sheet.value, page._outcome.run.label) == ("湖南", "Import 3")
    choose(page._mapping_list.rows[2].field, "region")
    settle()
    page._outcome.table.setFocus()
    QTest.keyClick(page._outcome.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "“湖南” is imported. Next: “湖北”, with the same headings; after it: 江西." in said(page)
    assert (page._file.sheet.value, page._outcome.run.label) == ("湖北", "Import 2")
    assert page._mapping_list.rows[2].field.value == "region"
    assert [row[-1] for row in cells(page) if row[1] == "Note"] == [
        "The sheet “封面” was not read; choose it to import it.",
        "The sheet “江西” was not read; choose it to import it.",
    ]
    assert page._outcome.table.hasFocus()
    page.run()
    settle()
    assert "“湖北” is imported. Next: “江西”, with the same headings." in said(page)
    assert went == []
    page.run()
    settle()
    assert went == [Place("distributors", extra=EVERYTHING)]


def test_that_a_sheet_that_was_taken_back_is_told_and_offered_again(
    page: ImportPage, provinces: Path, settle: Settle, tasks: Tasks
) -> None:
    page.open_path(provinces)
    settle()
    for _ in range(2):
        page.run()
        settle()
    tasks.undo()
    settle()
    assert (page._file.sheet.value, page._outcome.cancel.label) == ("江西", "Stop here")
    assert "The sheet “湖北” was not read; choose it to import it." in [row[-1] for row in cells(page)]
    page.run()
    settle()
    assert page._file.sheet.value == "湖北"


def test_that_undo_of_something_else_takes_no_sheet_back(
    page: ImportPage, provinces: Path, settle: Settle, tasks: Tasks
) -> None:
    page.open_path(provinces)
    settle()
    page.run()
    settle()
    tasks.write("Distributor renamed", lambda uow: edit_distributor(uow, 1, name="长沙湘禾"))
    settle()
    tasks.undo()
    settle()
    assert page._file.sheet.value == "湖北"
    assert "The sheet “湖南” was not read; choose it to import it." not in [row[-1] for row in cells(page)]
    tasks.undo()
    settle()
    assert "The sheet “湖南” was not read; choose it to import it." in [row[-1] for row in cells(page)]


def test_that_whoever_stops_after_a_sheet_sees_what_came_in(
    page: ImportPage, provinces: Path, settle: Settle, went: list[Place]
) -> None:
    page.open_path(provinces)
    settle()
    page.run()
    settle()
    assert page._outcome.cancel.label == "Stop here"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert went == [Place("distributors", extra=EVERYTHING)]
    assert page._outcome.cancel.label == "Cancel"
    page.show_place(Place("import"))
    assert "Drag your customer list here" in said(page)


def test_that_the_sheets_that_came_in_are_known_after_a_change_of_the_language(
    page: ImportPage, provinces: Path, settle: Settle, make_desk: Callable[[str], Context], qtbot: QtBot
) -> None:
    page.open_path(provinces)
    settle()
    page.run()
    settle()
    page.let_go()
    other = ImportPage(make_desk("zh_CN"))
    qtbot.addWidget(other)
    assert (other._file.sheet.value, other._outcome.cancel.label) == ("湖北", "到此为止")


def test_that_the_columns_of_a_wide_file_follow_in_turns_and_end_with_another_file(
    page: ImportPage, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    def wide(word: str, columns: int) -> Path:
        path = tmp_path / f"{word}.csv"
        headings = ["Customer", *(f"{word} {number}" for number in range(columns))]
        path.write_text(",".join(headings) + "\nAlpha Trading" + ",1" * columns + "\n", encoding="utf-8")
        return path

    def shown() -> list[str]:
        return [row.findChildren(Text)[0].text() for row in page._mapping_list.rows]

    page.open_path(wide("Figure", 60))
    qtbot.waitUntil(lambda: bool(shown()))
    assert len(shown()) < 20
    page.open_path(wide("Sum", 40))
    qtbot.waitUntil(lambda: "Sum 1" in shown())
    settle()
    assert shown() == ["Customer", *(f"Sum {number}" for number in range(40))]
