"""A long list of words to choose from: what is typed leaves those that match."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from channel_desk.i18n import Language
from channel_desk.presentation.import_preview import field_choices
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.choice_menu import ChoiceMenu


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> Callable[[Language], ChoiceField]:
    def show(language: Language) -> ChoiceField:
        made = ChoiceField(theme, field_choices(language), name="Field")
        qtbot.addWidget(made)
        made.show()
        return made

    return show


def menu_of(field: ChoiceField) -> ChoiceMenu:
    return field.findChildren(ChoiceMenu)[-1]


def offered(menu: ChoiceMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and action.isEnabled()]


def test_that_letters_leave_the_words_they_are_part_of_and_enter_takes_the_first(
    qtbot: QtBot, field: Callable[[Language], ChoiceField], language_en: Language
) -> None:
    shown = field(language_en)
    shown.open()
    menu = menu_of(shown)
    qtbot.keyClicks(menu, "contact ph")
    assert offered(menu)[:2] == ["Contact: phone", "Contact: second phone"]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert shown.value == "contact.phone"


def test_that_pinyin_finds_a_word_and_one_that_begins_with_it_comes_first(
    qtbot: QtBot, field: Callable[[Language], ChoiceField], language_zh: Language
) -> None:
    shown = field(language_zh)
    shown.open()
    menu = menu_of(shown)
    qtbot.keyClicks(menu, "qy")
    assert offered(menu) == ["销售区域", "授权区域"]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.keyClicks(menu, "dh")
    assert menu.activeAction().text() == "电话"


def test_that_a_letter_opens_the_list_of_many_words(
    qtbot: QtBot, field: Callable[[Language], ChoiceField], language_en: Language
) -> None:
    shown = field(language_en)
    target = shown.focusProxy()
    assert target is not None
    qtbot.keyClicks(target, "w")
    menu = menu_of(shown)
    assert "Warehouse (m²)" in offered(menu)
    assert menu.activeAction().text() == "Warehouse (m²)"
    assert shown.value is None


def test_that_backspace_and_esc_take_back_what_was_typed_before_the_list_closes(
    qtbot: QtBot, field: Callable[[Language], ChoiceField], language_en: Language
) -> None:
    shown = field(language_en)
    shown.open()
    menu = menu_of(shown)
    every = offered(menu)
    qtbot.keyClicks(menu, "fax!")
    assert offered(menu) == []
    qtbot.keyClick(menu, Qt.Key.Key_Backspace)
    assert offered(menu) == ["Contact: fax", *(f"Contact: fax ({number})" for number in range(2, 6))]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert offered(menu) == every
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_that_what_typing_found_stays_chosen_when_the_short_list_leaves_the_pointer(
    qtbot: QtBot, field: Callable[[Language], ChoiceField], language_en: Language
) -> None:
    shown = field(language_en)
    shown.open()
    menu = menu_of(shown)
    qtbot.keyClicks(menu, "tier")
    QApplication.sendEvent(menu, QEvent(QEvent.Type.Leave))
    assert menu.activeAction().text() == "Tier"
