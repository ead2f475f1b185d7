"""A customer list is dropped onto the empty window, looked through, imported, searched, opened, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Choice, Desk
from channel_desk.clock import FixedClock
from channel_desk.paths import DataFolder
from channel_desk.ui.distributors.page import DistributorsPage
from channel_desk.ui.distributors.table import DistributorTable
from channel_desk.ui.importing.page import ImportPage
from channel_desk.ui.place import Place
from tests.fixtures.choosing import choose

MESSY = Path(__file__).parents[1] / "fixtures" / "spreadsheets" / "messy-distributors.xlsx"
Settle = Callable[[], None]


@pytest.fixture
def desk(qapp: QApplication, data_folder: DataFolder, clock: FixedClock, qtbot: QtBot) -> Iterator[Desk]:
    """The whole window in Chinese on an empty data folder."""
    desk = Desk(qapp, Choice(data_folder, clock, "zh_CN"))
    failures: list[Exception] = []
    desk.tasks.open(data_folder, clock, then=lambda _: None, failed=failures.append)
    desk.window.resize(1440, 900)
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    desk.window.go(Place("distributors"))
    yield desk
    desk.window.close()
    assert not failures


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not desk.tasks.is_busy, timeout=30_000)


def said(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def drop(page: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), *how))


def test_that_a_dropped_list_is_imported_found_opened_and_taken_back(desk: Desk, settle: Settle) -> None:
    window = desk.window
    settle()
    empty = window.page
    assert isinstance(empty, DistributorsPage)
    assert "把您的客户表拖到这里" in said(empty)

    drop(empty, MESSY)
    settle()
    importing = window.page
    assert isinstance(importing, ImportPage)
    assert importing._outcome.run.label == "导入 60 家"

    QTest.keyClick(importing._outcome.run, Qt.Key.Key_Space)
    settle()
    page = window.page
    assert isinstance(page, DistributorsPage)
    table = page.findChild(DistributorTable)
    assert table is not None
    assert table.model().rowCount() == 60

    def found(text: str) -> int:
        field = page._filters.search
        field.setText(text)
        settle()
        return table.model().rowCount()

    assert found("hl") == 9
    assert found("湖南") == 10
    assert "10 家符合“湖南”，共 60 家" in said(page)
    assert found("hn") >= 10  # at least those of 湖南, by its initials
    assert found("qqzz") == 0
    assert "没有符合“qqzz”的。" in said(page)
    assert found("7457") == 1
    assert "17778837457" in str(table.model().index(0, 1).data())

    QTest.keyClick(page._filters.search.edit, Qt.Key.Key_Return)
    settle()
    shown = window.page
    assert shown is not None
    assert shown.objectName() == "file"

    window.back()
    desk.tasks.undo()
    settle()
    assert window.page is page
    page._clear()
    settle()
    assert "把您的客户表拖到这里" in said(page)


def test_that_what_was_chosen_for_an_import_outlives_the_language_and_a_look_elsewhere(
    desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Customer,City,Remark\nAlpha Trading,Wuhan,good\n", encoding="utf-8")
    window = desk.window
    drop(window.page, MESSY)
    settle()

    def importing() -> ImportPage:
        settle()
        assert isinstance(window.page, ImportPage)
        return window.page

    drop(importing(), other)
    choose(importing()._mapping_list.rows[2].field, "tags")
    importing()._outcome.update_known.setChecked(True)

    def shown() -> tuple[object, str, bool]:
        page = importing()
        return page._mapping_list.rows[2].field.value, page._outcome.counts, page._outcome.updates

    before = ("tags", "新建 1", True)
    assert shown() == before
    window.go(Place("settings"))
    window.back()
    assert shown() == before
    window.go(Place("settings"))
    desk.settings.set("language", "en")
    qtbot.waitUntil(lambda: window.ctx.language.code == "en")
    window.back()
    assert shown() == ("tags", "1 new", True)
    assert "chosen" in said(importing())
    desk.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: window.ctx.language.code == "zh_CN")
    assert shown() == before

    window.back()
    assert isinstance(window.page, DistributorsPage)
