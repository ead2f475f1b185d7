"""What cannot be read is told on every page, with a way to try again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.ui.distributors.page import DistributorsPage
from channel_desk.ui.distributors.preview import Preview
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.shell.pages import PAGES
from channel_desk.ui.shell.palette import Palette
from channel_desk.ui.widgets.states import ErrorStrip
from tests.fixtures.desks import SmallDesk
from tests.fixtures.disks import forget_pages, unreadable
from tests.ui.conftest import rest

pytestmark = pytest.mark.usefixtures("small_desk")
#: Pages that show nothing of the data.
WITHOUT_DATA = {"help", "settings"}


def strips(page: Page) -> list[ErrorStrip]:
    return [strip for strip in page.findChildren(ErrorStrip) if strip.isVisible()]


@pytest.fixture
def places(small_desk: SmallDesk, tmp_path: Path) -> dict[str, Place]:
    """A place of every page."""
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("经销商名称,电话\n洞庭水电,138 7311 4402\n", encoding="utf-8")
    known = {
        "file": Place("file", small_desk.distributor),
        "import": Place("import", extra=str(ledger)),
        "visit": Place("visit", small_desk.visit),
        "brief": Place("brief", small_desk.visit),
        "session": Place("session", small_desk.session),
    }
    return {spec.name: known.get(spec.name, Place(spec.name)) for spec in PAGES}


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_that_a_page_that_cannot_be_read_says_why_and_is_there_once_it_can(
    open_desk: Callable[[str], Desk],
    data_folder: DataFolder,
    places: dict[str, Place],
    qtbot: QtBot,
    name: str,
) -> None:
    whole = open_desk("en")
    told: list[UserError] = []
    whole.tasks.refused.connect(told.append)
    whole.window.go(Place("settings"))
    rest(qtbot, whole)
    whole.tasks.read(forget_pages, lambda _: None, owner=whole.window)
    with unreadable(data_folder):
        whole.window.go(places[name])
        page = whole.window.page
        assert page is not None
        page.load_anew()  # it may have been read before
        rest(qtbot, whole)
        said = strips(page)
        if name in WITHOUT_DATA:
            assert said == []
            return
        assert [strip.action.text() for strip in said] == ["Try again"]
        assert said[0].accessibleName().startswith("The data file")
        said[0].action.click()
        rest(qtbot, whole)
        assert strips(page) == said
    said[0].action.setFocus()
    QTest.keyClick(said[0].action, Qt.Key.Key_Space)
    rest(qtbot, whole)
    assert (strips(page), told) == ([], [])
    assert page.content.isVisible()
    here = QApplication.focusWidget()
    assert here is page or page.isAncestorOf(here)


def test_that_what_is_sought_and_who_is_looked_at_say_why_they_cannot_be_read(
    open_desk: Callable[[str], Desk], data_folder: DataFolder, small_desk: SmallDesk, qtbot: QtBot
) -> None:
    whole = open_desk("en")
    told: list[UserError] = []
    whole.tasks.refused.connect(told.append)
    whole.window.resize(1440, 900)
    whole.window.go(Place("distributors"))
    rest(qtbot, whole)
    page = whole.window.page
    assert isinstance(page, DistributorsPage)
    pane = page.findChild(Preview)
    assert pane is not None
    shown = small_desk.distributor
    pane.follow(shown)
    qtbot.waitUntil(lambda: pane.shown_id == shown)
    whole.tasks.read(forget_pages, lambda _: None, owner=whole.window)
    with unreadable(data_folder):
        pane.follow(shown)
        qtbot.waitUntil(lambda: pane.shown_id == 0)
        assert [strip.action.text() for strip in strips(page)] == ["Try again"]
        whole.window.open_palette()
        palette = whole.window.findChild(Palette)
        assert palette is not None
        qtbot.keyClicks(palette._field, "xiang")
        rest(qtbot, whole)
        only = palette._list.item(0).data(Qt.ItemDataRole.UserRole)
        assert only.text.startswith("The data file")
        said = palette._list.itemWidget(palette._list.item(0))
        assert said.heightForWidth(said.width()) <= said.height() <= palette._list.viewport().height()
        qtbot.keyClick(palette._field, Qt.Key.Key_Escape)
    strips(page)[0].action.click()
    qtbot.waitUntil(lambda: pane.shown_id == shown)
    assert (strips(page), told) == ([], [])
