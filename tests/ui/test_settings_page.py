"""The page of the settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from channel_desk.settings import SETTINGS, Kind
from channel_desk.ui.place import Place
from channel_desk.ui.settings.page import SettingsPage


@pytest.fixture
def page(qtbot, desk, settle):
    shown = SettingsPage(desk)
    qtbot.addWidget(shown)
    shown.show_place(Place("settings"))
    shown.show()
    settle()
    return shown


def test_that_every_setting_has_an_editor_with_its_words(page):
    assert set(page.editors) == {one.key for one in SETTINGS if not one.hidden}
    for editor in page.editors.values():
        assert editor.widget.accessibleDescription()


def test_that_a_choice_is_kept_at_once(page, desk):
    page.editors["week_starts"].widget.chosen.emit("sunday")
    assert desk.settings.text("week_starts") == "sunday"


def test_that_a_text_is_kept_when_the_field_is_left_or_enter_is_pressed(page, desk, qtbot):
    field = page.editors["user_name"].widget
    field.edit.insert(" 林悦 ")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert desk.settings.text("user_name") == "林悦"


def test_that_a_number_out_of_range_changes_nothing(page, desk, qtbot):
    field = page.editors["visit_minutes"].widget
    field.set_value(None)
    qtbot.keyClicks(field.edit, "5")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert desk.settings.number("visit_minutes") == 90


def test_that_what_was_changed_elsewhere_is_shown_when_the_page_is_gone_to(page, desk):
    desk.settings.set("brand", "澄川净水")
    page.show_place(Place("settings"))
    assert page.editors["brand"].widget.text() == "澄川净水"
    assert {one.kind for one in SETTINGS} >= {Kind.TEXT, Kind.CHOICE, Kind.NUMBER}
