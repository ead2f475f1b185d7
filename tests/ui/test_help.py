"""The manual inside the window."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QUrl

from channel_desk.paths import resources
from channel_desk.ui.help.manual import ManualPage, key_of, read_manual, search_manual
from channel_desk.ui.help.page import HelpPage
from channel_desk.ui.help.reader import Reader
from channel_desk.ui.place import Place
from channel_desk.ui.shell.pages import PAGES
from tests.ui.conftest import rest


@pytest.fixture
def page(qtbot, desk):
    shown = HelpPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1200, 800)
    shown.show()
    return shown


def test_that_help_opens_with_its_first_page_and_the_titles_of_all(page):
    assert page.shown == page.contents.keys[0] == "first-steps"
    assert len(page.contents.keys) == len(read_manual(resources() / "help" / "en"))
    assert page.reader.toPlainText().startswith("First steps\n")


def test_that_a_place_with_a_key_opens_that_page(page):
    page.show_place(Place("help", extra="planner"))
    assert page.shown == "planner"
    assert page.reader.toPlainText().startswith("Planner\n")
    page.show_place(Place("help", extra="no-such-page"))
    assert page.shown == "planner"


def test_that_choosing_a_title_shows_its_page_from_the_top(page):
    page.contents.setCurrentRow(page.contents.keys.index("keyboard"))
    assert page.shown == "keyboard"
    assert page.reader.verticalScrollBar().value() == 0


def test_that_a_search_leaves_the_pages_that_hold_all_words_and_marks_them(page):
    page.search.setText("stance suitor")
    assert page.contents.keys == ("visit",)
    assert page.shown == "visit"
    marked = {one.cursor.selectedText().casefold() for one in page.reader.extraSelections()}
    assert marked == {"stance", "suitor"}


def test_that_a_search_without_result_says_so_and_is_cleared_by_escape(qtbot, page):
    page.search.setText("xylophone")
    assert page.contents.keys == ()
    assert page.nothing.isVisible()
    qtbot.keyClick(page.search.edit, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.reader.isVisible()
    assert len(page.contents.keys) > 1


def test_that_links_lead_to_pages_of_the_manual_and_nowhere_else(page, went, qtbot):
    page.reader.show_text("[a](06-planner.md) [b](https://example.org/06-planner.md) [c](../README.md)")
    page.reader.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.reader, Qt.Key.Key_Tab)
        assert page.reader.textCursor().hasSelection()
        qtbot.keyClick(page.reader, Qt.Key.Key_Return)
    assert went == [Place("help", extra="planner")]
    assert page.reader.loadResource(2, QUrl("https://example.org/picture.png")) is None


def test_that_the_theme_changes_the_page_that_is_read(page, theme):
    def colour():
        cursor = page.reader.textCursor()
        cursor.setPosition(page.reader.document().begin().next().position() + 1)
        return cursor.charFormat().foreground().color().name()

    assert colour() == theme.colour("ink").name()
    light = colour()
    theme.set_mode("dark")
    assert colour() == theme.colour("ink").name() != light
    theme.set_mode("light")


def test_that_a_word_of_a_title_comes_first():
    pages = (ManualPage("a", "Other", "# Other\nplanner"), ManualPage("b", "Planner", "# Planner\n"))
    assert [page.key for page in search_manual(pages, "PLANNER")] == ["b", "a"]


def test_that_the_target_of_a_link_is_not_searched():
    assert not ManualPage("a", "A", "# A\nSee [there](06-planner.md).").holds("planner.md")


@pytest.mark.parametrize(("link", "key"), [("06-planner.md", "planner"), ("planner.md", ""), ("x/06-planner.md", "")])
def test_that_only_names_of_pages_are_keys(link, key):
    assert key_of(link) == key


def test_that_f1_opens_the_manual_in_the_language_of_the_window(qtbot, small_desk, open_desk):
    desk = open_desk("zh_CN")
    (action,) = [one for one in desk.window.actions() if one.shortcut().toString() == "F1"]
    action.trigger()
    rest(qtbot, desk)
    assert desk.window.page.objectName() == "help"
    assert desk.window.page.reader.toPlainText().startswith("上手\n")


def test_that_f1_opens_what_the_manual_says_of_the_page(qtbot, small_desk, open_desk):
    desk = open_desk("en")
    (f1,) = [one for one in desk.window.actions() if one.shortcut().toString() == "F1"]
    for place in (Place("planner"), Place("visit", small_desk.visit), Place("import")):
        desk.window.go(place)
        rest(qtbot, desk)
        f1.trigger()
        assert desk.window.page.shown == place.page
    f1.trigger()
    assert desk.window.page.shown == "import"
    desk.window.back()
    assert desk.window.page.objectName() == "import"


@pytest.mark.parametrize("spec", [one for one in PAGES if one.name != "help"], ids=lambda one: one.name)
def test_that_every_page_has_its_place_in_the_manual(spec):
    assert spec.manual in {page.key for page in read_manual(resources() / "help" / "en")}


def test_that_an_open_popup_goes_when_the_language_changes(qtbot, small_desk, open_desk):
    desk = open_desk("en")
    desk.window.open_shortcuts()
    desk.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: desk.window.ctx.language.code == "zh_CN")
    qtbot.waitUntil(lambda: desk.window.findChild(object, "shortcuts") is None)
    rest(qtbot, desk)
    desk.window.open_shortcuts()
    assert desk.window.findChild(object, "shortcuts").isVisible()


def test_that_the_points_of_a_list_stand_apart_from_its_words(page):
    reader = page.findChild(Reader)
    reader.show_text("- `Ctrl+K` finds\n- Esc goes back\n")
    image = reader.viewport().grab().toImage()
    ground = image.pixelColor(0, 0)
    inked = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) != ground for y in range(min(image.height(), 120)))
    ]
    assert inked[0] < 60
    assert max(after - before for before, after in pairwise(inked[:8])) >= 8
