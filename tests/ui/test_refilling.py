"""Lists that are made anew under the hands of somebody who works with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from channel_desk.ui.widgets.refilling import refilling


@pytest.fixture
def room(qtbot):
    """A window with a list between two fields."""
    window = QWidget()
    qtbot.addWidget(window)
    outer = QVBoxLayout(window)
    outer.addWidget(QLineEdit(window))
    window.list = QVBoxLayout()
    outer.addLayout(window.list)
    outer.addWidget(QLineEdit(window))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def row(name: str) -> QWidget:
    """Words, and two buttons beside them."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.addWidget(QLabel(name))
    for verb in ("tick", "open"):
        button = QPushButton(verb)
        button.setObjectName(f"{verb} {name}")
        layout.addWidget(button)
    return line


def fill(room, *names: str) -> None:
    with refilling(room.list):
        for name in names:
            room.list.addWidget(row(name))


def focused(room) -> str:
    widget = room.focusWidget()
    return widget.objectName() if widget is not None and widget.hasFocus() else ""


@pytest.mark.parametrize(
    ("after", "goes_to"),
    [
        (("a", "b", "c"), "open b"),
        (("a", "c"), "open c"),
        (("a",), "open a"),
        (("x", "y", "z"), "open y"),
    ],
)
def test_that_the_focus_goes_on_at_the_same_place(room, qtbot, after, goes_to):
    fill(room, "a", "b", "c")
    shown = room.findChild(QPushButton, "open b")
    qtbot.waitUntil(shown.isVisible)
    shown.setFocus()
    fill(room, *after)
    assert focused(room) == goes_to
    qtbot.waitUntil(room.focusWidget().isVisible)
    qtbot.keyClick(room.focusWidget(), Qt.Key.Key_Backtab)
    assert focused(room) == goes_to.replace("open", "tick")


def test_that_a_focus_elsewhere_stays_there(room, qtbot):
    fill(room, "a", "b")
    field = room.findChildren(QLineEdit)[1]
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    fill(room, "b")
    assert field.hasFocus()
