"""Menus that a button opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.menu import open_menu, open_menu_at


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> Button:
    made = Button(theme, "More")
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_a_menu_opened_by_key_marks_its_first_entry_and_enter_takes_it(
    qtbot: QtBot, theme: Theme, button: Button
) -> None:
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    taken: list[str] = []
    menu = open_menu_at(theme, button, [("One", lambda: taken.append("one")), None, ("Two", lambda: None)])
    assert menu.activeAction() is menu.actions()[0]
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(menu, held)
    assert taken == []  # the Enter that opened it is held down
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert taken == ["one"]


def test_that_a_menu_opened_by_the_pointer_marks_nothing(theme: Theme, button: Button) -> None:
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    below = open_menu_at(theme, button, [("One", lambda: None)])
    assert below.activeAction() is None
    below.close()
    at = open_menu(theme, button, [("One", lambda: None)], QCursor.pos())
    assert at.activeAction() is None
    at.close()
    beside = open_menu(theme, button, [("One", lambda: None)], QCursor.pos() + QPoint(40, 40))
    assert beside.activeAction().text() == "One"
    beside.close()
