"""The page of the settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from channel_desk.settings import SETTINGS
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
    for one in SETTINGS:
        if not one.hidden:
            assert page.editors[one.key].widget.accessibleDescription() == page.ctx.tr(one.help)


def test_that_a_choice_is_kept_at_once(page, desk, qtbot):
    sunday = next(
        one for one in page.editors["week_starts"].widget.findChildren(QAbstractButton) if one.text() == "Sunday"
    )
    qtbot.mouseClick(sunday, Qt.MouseButton.LeftButton)
    assert desk.settings.text("week_starts") == "sunday"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_that_a_text_is_kept_when_enter_is_pressed_or_the_field_is_left(page, desk, qtbot, key):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field = page.editors["user_name"].widget
    field.edit.setFocus()
    field.edit.insert(" 林悦 ")
    assert desk.settings.text("user_name") == ""
    qtbot.keyClick(field.edit, key)
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
